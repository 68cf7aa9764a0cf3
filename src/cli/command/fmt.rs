//! `scn fmt`: files in the one canonical style.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::diagnostic::Problems;
use crate::diagnostic::render::counted;
use crate::text::{Source, Sources};
use crate::workspace::format;

use super::super::Outcome;
use super::super::args::FmtArgs;
use super::super::disk;
use super::super::draft;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

/// What formatting came to.
#[derive(Debug, Default)]
struct Tally {
    files: usize,
    changed: usize,
    broken: usize,
    /// Files that could not be opened or written; each is told, and the others are done.
    failed: usize,
}

/// Formats files in place, or prints what would change; a file that does not parse is left as it is.
pub fn run(args: &FmtArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return stdin(args, terminal);
    }
    let mut tally = Tally::default();
    for path in files(&args.paths)? {
        match one(&path, args, terminal, &mut tally) {
            Err(Failure::BrokenPipe) => return Err(Failure::BrokenPipe),
            Err(failure) => {
                terminal.failure(&failure);
                tally.failed += 1;
            }
            Ok(()) => {}
        }
    }
    if !args.print && (tally.files > 0 || tally.failed == 0) {
        terminal.summary(&summary(&tally, args));
    }
    if tally.failed > 0 {
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::findings(tally.broken > 0 || args.check && tally.changed > 0))
}

fn one(path: &Path, args: &FmtArgs, terminal: &Terminal, tally: &mut Tally) -> Result<(), Failure> {
    let text = disk::read_text(path)?;
    let name = disk::shown(path);
    tally.files += 1;
    if args.print {
        return terminal.data(None, formatted_or_not(&name, &text).as_deref().unwrap_or(&text));
    }
    let Some(formatted) = formatted(&name, &text, terminal) else {
        tally.broken += 1;
        return Ok(());
    };
    if formatted == text {
        return Ok(());
    }
    tally.changed += 1;
    match args.check || args.diff {
        true => terminal.page(None, &difference(&name, &text, &formatted)),
        false => draft::write(path, &formatted),
    }
}

fn stdin(args: &FmtArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    if args.paths.len() > 1 {
        return Err(Failure::asked("`-` stands for standard input, alone", "name files, or `-`"));
    }
    let path = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
    let bytes = disk::read_stdin()?;
    let text = disk::text(bytes).map_err(|reason| disk::error_of("read", &path, reason))?;
    let name = disk::shown(&path);
    let Some(formatted) = formatted(&name, &text, terminal) else { return Ok(Outcome::Findings) };
    match args.check || args.diff {
        true => terminal.page(None, &difference(&name, &text, &formatted))?,
        false => terminal.data(None, &formatted)?,
    }
    Ok(Outcome::findings(args.check && formatted != text))
}

/// The canonical text; if there is none, why is printed.
fn formatted(name: &str, text: &str, terminal: &Terminal) -> Option<String> {
    let mut sources = Sources::default();
    let source = sources.add(Source::new(name, text));
    match format(source, text) {
        Ok(formatted) => Some(formatted),
        Err(found) => {
            let mut problems = Problems::default();
            problems.extend(found);
            terminal.problems(&problems.sorted(), &sources);
            None
        }
    }
}

/// The canonical text, and not a word if there is none.
fn formatted_or_not(name: &str, text: &str) -> Option<String> {
    let mut sources = Sources::default();
    format(sources.add(Source::new(name, text)), text).ok()
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => all.extend(disk::scenarios_below(path)?),
            false => all.push(path.clone()),
        }
    }
    Ok(all)
}

/// The lines that would change; an end of line that would be another is shown.
fn difference(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().header(name, &format!("{name} (formatted)")).to_string().replace("\r\n", "␍\n")
}

fn summary(tally: &Tally, args: &FmtArgs) -> String {
    let changed = counted(tally.changed, "file");
    let verb = if args.check || args.diff { "would change" } else { "changed" };
    let broken = match tally.broken {
        0 => String::new(),
        1 => ", 1 file cannot be read and stays as it is".to_string(),
        number => format!(", {} cannot be read and stay as they are", counted(number, "file")),
    };
    match tally.changed {
        0 if tally.broken == 0 => format!("{} formatted already", counted(tally.files, "file")),
        _ => format!("{changed} of {} {verb}{broken}", tally.files),
    }
}
