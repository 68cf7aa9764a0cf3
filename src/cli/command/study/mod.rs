//! `scn study`: the studies of a book, or the answer to one of them.

mod draw;
mod list;
mod parts;
mod picture;
mod progress;
mod write;

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use crate::diagnostic::Problems;
use crate::eval::Settings;
use crate::export::{csv, study};
use crate::model::{Model, StudyId};
use crate::study::{Answer, Options, Shard};
use crate::text::nearest;

use super::super::Outcome;
use super::super::args::{StudyArgs, StudyFormat};
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::interrupt;
use super::super::terminal::{Terminal, width};
use crate::select::case;
use progress::Progress;

/// Lists the studies of a book, or answers the one that is named.
pub fn run(args: &StudyArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let mut book = Book::open(&path, &args.strictness, config)?;
    let found = book.say(&book.judged([]), terminal);
    if !book.checked.is_sound() {
        return Ok(Outcome::Findings);
    }
    match words {
        [] => {
            terminal.either(
                for_people(args.format),
                args.output.as_deref(),
                &list::text(&book.checked.model, args.format, args.csv.formulas()),
            )?;
            Ok(Outcome::findings(found))
        }
        [name] => {
            let study = named(&book.checked.model, name)?;
            match book.settings(&args.with, &args.set, terminal)? {
                Some(settings) => answer(study, settings, &book, args, terminal),
                None => Ok(Outcome::Findings),
            }
        }
        [_, second, ..] => Err(Failure::asked(
            format!("`{second}` is one name too many"),
            "one study is answered at a time: `scn study BOOK NAME`",
        )),
    }
}

fn answer(
    id: StudyId,
    settings: Settings,
    book: &Book,
    args: &StudyArgs,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let model = &book.checked.model;
    if args.write {
        write::refuse(model.study(id))?;
    }
    let stop = interrupt::stop();
    let progress = Progress::new(terminal.quiet);
    let tell = |done: u64, all: u64| progress.tell(done, all);
    let options = Options {
        settings,
        base: OnceLock::new(),
        case: args.case.as_deref().map(|name| case(model, name)).transpose()?,
        draws: args.draws,
        seed: args.seed,
        threads: args.threads.count(),
        shard: shard(args)?,
        progress: Some(&tell),
        stop: Some(stop),
    };
    let answer = match args.merge.is_empty() {
        true => crate::study::run(model, id, &options),
        false => crate::study::merge(model, id, &options, parts::read(&args.merge)?),
    };
    progress.end();
    match answer {
        Ok(answer) => {
            let found = notes(&answer, book, terminal);
            print(&answer, args, terminal)?;
            if let Some(path) = &args.chart {
                picture::write(&answer, path, terminal)?;
            }
            if args.write {
                write::write(&answer, id, book, terminal)?;
            }
            Ok(Outcome::findings(found))
        }
        Err(_) if stop.load(Ordering::Relaxed) => {
            terminal.summary("stopped; nothing is written");
            Ok(Outcome::Stopped)
        }
        Err(problems) => {
            let mut all = Problems::default();
            all.extend(problems);
            book.say(&book.policy.judge(all), terminal);
            Ok(Outcome::Findings)
        }
    }
}

/// Whether a form is looked at, in a terminal or as a page, and not only read by programs.
fn for_people(format: StudyFormat) -> bool {
    matches!(format, StudyFormat::Human | StudyFormat::Md)
}

fn print(answer: &Answer, args: &StudyArgs, terminal: &Terminal) -> Result<(), Failure> {
    let text = match args.format {
        StudyFormat::Human => {
            let to_screen = args.output.is_none();
            let bars =
                if to_screen && std::io::stdout().is_terminal() { picture::bars(answer, width()) } else { Vec::new() };
            draw::text(&[study::parts(answer), bars].concat(), to_screen)
        }
        StudyFormat::Json => study::json(answer),
        StudyFormat::Csv => csv(answer.told().records(), args.csv.formulas()),
        StudyFormat::Md => study::markdown(&study::parts(answer)),
        #[cfg(feature = "parquet")]
        StudyFormat::Parquet => return columns(answer, args),
    };
    terminal.either(for_people(args.format), args.output.as_deref(), &text)
}

/// The rows of an answer as a file of columns.
#[cfg(feature = "parquet")]
fn columns(answer: &Answer, args: &StudyArgs) -> Result<(), Failure> {
    let Some(path) = args.output.as_deref().filter(|path| *path != std::path::Path::new("-")) else {
        return Err(Failure::asked(
            "Parquet is for programs and not for a terminal",
            "name a file: `-o answer.parquet`",
        ));
    };
    let bytes = study::parquet(&answer.told().records());
    let bytes = bytes.map_err(|error| Failure::plain(format!("these rows make no Parquet: {error}")))?;
    super::super::draft::write(path, bytes)
}

/// Warnings about how an answer was found.
fn notes(answer: &Answer, book: &Book, terminal: &Terminal) -> bool {
    let mut notes = Problems::default();
    notes.extend(answer.notes().iter().cloned());
    book.say(&book.policy.judge(notes), terminal)
}

/// `2/8`: the second of eight parts, which is of use as JSON only.
fn shard(args: &StudyArgs) -> Result<Option<Shard>, Failure> {
    let Some(text) = args.shard.as_deref() else { return Ok(None) };
    let parts = text.split_once('/').map(|(number, of)| (number.parse::<u64>(), of.parse::<u64>()));
    match (parts, args.format) {
        (Some((Ok(number), Ok(of))), StudyFormat::Json) if (1..=of).contains(&number) => Ok(Some(Shard { number, of })),
        (Some((Ok(number), Ok(of))), _) if (1..=of).contains(&number) => Err(Failure::asked(
            "a part is written as JSON, for the other parts to join",
            format!("add `--format json -o {number}.json`, and put the parts together with `--merge`"),
        )),
        _ => Err(Failure::asked(
            format!("`{text}` is no part of a whole"),
            "write `--shard 2/8` for the second of eight",
        )),
    }
}

/// The study of a name.
pub fn named(model: &Model, name: &str) -> Result<StudyId, Failure> {
    model.study_named(name).ok_or_else(|| {
        let names: Vec<&str> = model.studies.iter().map(|study| &*study.name).collect();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => "this book has no studies".to_string(),
            None => format!("the studies are {}", names.join(", ")),
        };
        Failure::asked(format!("there is no study `{name}`"), help)
    })
}
