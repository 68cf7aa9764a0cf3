//! `scn study`: the studies of a book, or the answer to one of them.

mod draw;
mod list;

use crate::export::study::{Part, settings};
use crate::model::{Model, StudyId};
use crate::text::nearest;

use super::super::Outcome;
use super::super::args::StudyArgs;
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

/// Lists the studies of a book, or answers the one that is named.
pub fn run(args: &StudyArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let book = Book::open(&path, &args.strictness, config)?;
    let found = book.say(&book.judged([]), terminal);
    if !book.checked.is_sound() {
        return Ok(Outcome::Findings);
    }
    let model = &book.checked.model;
    let text = match words {
        [] => list::text(model, args.format),
        [name] => {
            let study = model.study(named(model, name)?);
            draw::text(&settings(model, study).into_iter().map(Part::Line).collect::<Vec<_>>(), true)
        }
        [_, second, ..] => {
            let message = format!("`{second}` is one name too many");
            return Err(Failure::asked(message, "one study is answered at a time: `scn study BOOK NAME`"));
        }
    };
    terminal.data(args.output.as_deref(), &text)?;
    Ok(Outcome::findings(found))
}

fn named(model: &Model, name: &str) -> Result<StudyId, Failure> {
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
