//! `scn merge`: three versions of a file to one, as `git` asks its merge drivers.

mod judge;

use std::path::Path;

use crate::diagnostic::Policy;
use crate::merge::{Conflict, Merged, Sides, Version, by_lines, merge};

use self::judge::Texts;
use super::super::Outcome;
use super::super::args::{MergeArgs, Strictness};
use super::super::book::policy;
use super::super::config::Config;
use super::super::disk;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

/// Merges a file fact by fact; conflicts stand between markers and are told one by one. Facts that do not go together are told
/// as the problems of the merged file, and count as a conflict.
pub fn run(args: &MergeArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let base = disk::read_text(&args.base)?;
    let ours = disk::read_text(&args.ours)?;
    let theirs = disk::read_text(&args.theirs)?;
    let sides = Sides { ours: &args.ours_label, theirs: &args.theirs_label };
    let policy = policy(&Strictness::default(), config)?;
    let name = args.path.clone().unwrap_or_else(|| disk::shown(&args.ours));
    match merge(&base, &ours, &theirs, sides) {
        Ok(merged) => {
            write(args, terminal, &merged.text)?;
            merged.conflicts.iter().for_each(|conflict| terminal.say(&told(&name, conflict, sides)));
            let apart = merged.conflicts.is_empty()
                && has_come_apart(&name, [&ours, &theirs], &merged, sides, &policy, terminal);
            if !apart {
                terminal.summary(&summary(&name, merged.conflicts.len()));
            }
            Ok(Outcome::findings(apart || !merged.conflicts.is_empty()))
        }
        Err((version, error)) => {
            write(args, terminal, &by_lines(&ours, &theirs, sides))?;
            let whose = match version {
                Version::Base => "the common ancestor",
                Version::Ours => sides.ours,
                Version::Theirs => sides.theirs,
            };
            terminal.say(&format!("{name}: {error} ({whose}), so the sides stand line against line\n"));
            Ok(Outcome::Findings)
        }
    }
}

/// Whether facts of both sides do not go together; what one side has alone is not looked at.
fn has_come_apart(
    name: &str,
    [ours, theirs]: [&str; 2],
    merged: &Merged,
    sides: Sides<'_>,
    policy: &Policy,
    terminal: &Terminal,
) -> bool {
    let is_one_side = merged.is_one_side;
    let texts = Texts { ours, theirs, merged: &merged.text };
    !is_one_side && judge::has_come_apart(name, &texts, sides, policy, terminal)
}

fn write(args: &MergeArgs, terminal: &Terminal, text: &str) -> Result<(), Failure> {
    let target = if args.write { Some(args.ours.as_path()) } else { args.output.as_deref() };
    terminal.data(target.filter(|path| *path != Path::new("-")), text)
}

fn told(name: &str, conflict: &Conflict, sides: Sides<'_>) -> String {
    let side = |label: &str, text: &Option<String>| {
        let text = text.as_deref().unwrap_or("removed");
        format!("  {label}: {text}\n")
    };
    let base = side("before", &conflict.base.clone().or_else(|| Some("not there".to_string())));
    format!(
        "{name}: both sides changed {}\n{base}{}{}",
        conflict.fact,
        side(sides.ours, &conflict.ours),
        side(sides.theirs, &conflict.theirs)
    )
}

fn summary(name: &str, conflicts: usize) -> String {
    match conflicts {
        0 => format!("{name}: merged"),
        1 => format!("{name}: 1 conflict"),
        many => format!("{name}: {many} conflicts"),
    }
}
