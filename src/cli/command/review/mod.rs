//! `scn review`: what changed between two revisions of a book, what it did to the outputs, and why.

mod gate;
mod human;
mod sides;

use crate::review::view::{Revision, View, view};
use crate::review::write::{html, json, markdown};
use crate::review::{Grouping, Options, Review, Studies, review};
use crate::text::Sources;

use super::super::Outcome;
use super::super::args::{By, ReviewArgs, ReviewFormat};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;
use sides::{Sides, open};

pub use sides::{book_of, root_in};

/// Prints the review; a rule that is hit, or a current revision that does not check, is a finding.
pub fn run(args: &ReviewArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let mut options = options(args)?;
    let sides = open(args, terminal, config)?;
    let Some(sides) = sides else { return Ok(Outcome::Findings) };
    let files = |sources: &Sources| sources.iter().map(|(_, source)| source.path.to_string()).collect();
    options.files = (files(sides.baseline.checked.sources()), files(sides.current.checked.sources()));
    options.functions = (sides.baseline.checked.functions(), sides.current.checked.functions());
    options.studies = studies(args, &sides)?;
    let (old, new) = (&sides.baseline.checked.model, &sides.current.checked.model);
    let rules = gate::rules(&args.fail_on)?;
    let review = review(old, new, &options);
    let hits = gate::hits(&rules, &review, new)?;
    let view = shown(&review, &sides);
    let text = match format(args) {
        ReviewFormat::Human => human::human(&view),
        ReviewFormat::Json => json(&view),
        ReviewFormat::Md => markdown(&view, &sides.reproduce),
        ReviewFormat::Html => html(&view, &sides.reproduce),
    };
    terminal.either(format(args) != ReviewFormat::Json, args.output.as_deref(), &text)?;
    hits.iter().for_each(|hit| terminal.say(&format!("{hit}\n")));
    Ok(Outcome::findings(!hits.is_empty()))
}

fn shown(review: &Review, sides: &Sides) -> View {
    let side = |side: &'_ sides::Side| -> (String, Sources) { (side.name.clone(), side.checked.sources().clone()) };
    let (old, new) = (side(&sides.baseline), side(&sides.current));
    view(review, Revision { name: &old.0, sources: &old.1 }, Revision { name: &new.0, sources: &new.1 })
}

/// The studies that are asked for, which either side must have.
fn studies(args: &ReviewArgs, sides: &Sides) -> Result<Studies, Failure> {
    let Some(names) = &args.studies else { return Ok(Studies::None) };
    if names.is_empty() {
        return Ok(Studies::All);
    }
    let (old, new) = (&sides.baseline.checked.model, &sides.current.checked.model);
    for name in names.iter().filter(|name| old.study_named(name).is_none()) {
        super::study::named(new, name)?;
    }
    Ok(Studies::Named(names.clone()))
}

fn format(args: &ReviewArgs) -> ReviewFormat {
    let ending =
        args.output.as_ref().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy().into_owned());
    args.format.unwrap_or(match ending.as_deref() {
        Some("json") => ReviewFormat::Json,
        Some("md") => ReviewFormat::Md,
        Some("html" | "htm") => ReviewFormat::Html,
        _ => ReviewFormat::Human,
    })
}

fn options(args: &ReviewArgs) -> Result<Options, Failure> {
    let grouping = args.by.map(|by| match by {
        By::Change => Grouping::Change,
        By::Entity => Grouping::Entity,
        By::File => Grouping::File,
        By::Owner => Grouping::Owner,
    });
    let renamed = args.renamed.iter().map(|text| match text.split_once('=') {
        Some((old, new)) => Ok((old.trim().to_string(), new.trim().to_string())),
        None => Err(Failure::asked(format!("`{text}` is not a change of a name"), "write it as old=new")),
    });
    let renamed = renamed.collect::<Result<Vec<_>, Failure>>()?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let materiality = args.materiality.as_deref().map(gate::share).transpose()?;
    Ok(Options { materiality, renamed, grouping, threads, ..Options::default() })
}
