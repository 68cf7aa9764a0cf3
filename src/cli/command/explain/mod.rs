//! `scn explain`: why a value is what it is, what a name means, what a code stands for.

mod inputs;
mod longer;
mod lookup;
mod name;
mod tree;
mod value;

use crate::calendar::Period;
use crate::diagnostic::Refusal;
use crate::eval::Settings;
use crate::model::VariableId;
use crate::text::nearest;

use super::super::Outcome;
use super::super::args::ExplainArgs;
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;
use crate::select::case;

/// Explains each word: first as something every book has, then as a name of this book.
pub fn run(args: &ExplainArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = match args.words.as_slice() {
        [single] => (".".into(), std::slice::from_ref(single)),
        words => split(words),
    };
    if words.is_empty() {
        return Err(Failure::asked("there is nothing to explain", "name a path, a name, a module or a code"));
    }
    let mut book = None;
    let mut texts = Vec::new();
    for word in words {
        match lookup::everywhere(word) {
            Some(text) => texts.push(text),
            None => {
                if book.is_none() {
                    let opened = Book::open(&path, &args.strictness, config);
                    book = Some(opened.map_err(|failure| unknown(word, failure))?);
                }
                let Some(book) = &book else { continue };
                let Some(text) = in_book(word, book, args, terminal)? else { return Ok(Outcome::Findings) };
                texts.push(text);
            }
        }
    }
    terminal.page(None, &texts.join("\n"))?;
    Ok(Outcome::Clean)
}

/// A value or a name of the book; nothing if the book's problems were printed instead.
fn in_book(word: &str, book: &Book, args: &ExplainArgs, terminal: &Terminal) -> Result<Option<String>, Failure> {
    let model = &book.checked.model;
    if let Some((id, period)) = variable(book, word) {
        let Some(evaluated) = book.evaluate(&Settings::default()) else {
            book.say(&book.judged([]), terminal);
            return Ok(None);
        };
        let case = case(model, &args.case)?;
        let raise = inputs::share(&args.raise)?;
        let told = value::Told { checked: &book.checked, results: &evaluated.results, case, depth: args.depth, raise };
        return match period {
            None => Ok(Some(told.variable(id))),
            Some(text) => told.period(id, &text).map(Some),
        };
    }
    name::named(word, &book.checked).map(Some).ok_or_else(|| {
        let near = nearest(word, name::names(&book.checked)).map(|near| format!("did you mean `{near}`?"));
        Failure::Asked(Refusal { message: format!("this book has no `{word}`"), help: near })
    })
}

/// The variable of a path, and the period in its last bracket if there is one.
fn variable(book: &Book, word: &str) -> Option<(VariableId, Option<String>)> {
    let model = &book.checked.model;
    if let Some(id) = model.variable_at(word) {
        return Some((id, None));
    }
    let (path, index) = word.strip_suffix(']')?.rsplit_once('[')?;
    let id = model.variable_at(path)?;
    Period::parse(index).ok().map(|_| (id, Some(index.to_string())))
}

/// Without a book, a word that is nothing everywhere is told apart from a book that cannot be found.
fn unknown(word: &str, failure: Failure) -> Failure {
    let message = format!("`{word}` is no code, module or built-in function, and {failure}");
    match nearest(word, lookup::names()) {
        Some(near) => Failure::asked(message, format!("did you mean `{near}`?")),
        None => Failure::Asked(Refusal { message, help: failure.help().map(str::to_string) }),
    }
}
