//! `scn explain`: why a value is what it is, what a name means, what a code stands for.

mod name;
mod tree;
mod value;

use serde_json::json;

use crate::diagnostic::Refusal;
use crate::eval::Settings;
use crate::explain::{
    Builtin, Explained, Question, SCHEMA_VERSION, everywhere, everywhere_names, explain, is_value, named,
};
use crate::text::{Location, nearest};

use super::super::Outcome;
use super::super::args::{ExplainArgs, ExplainFormat};
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

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
    let mut all = Vec::new();
    for word in words {
        match everywhere(word) {
            Some(explained) => all.push(explained),
            None => {
                if book.is_none() {
                    let opened = Book::open(&path, &args.strictness, config);
                    book = Some(opened.map_err(|failure| unknown(word, failure))?);
                }
                let Some(book) = &book else { continue };
                let Some(explained) = in_book(word, book, args, terminal)? else { return Ok(Outcome::Findings) };
                all.push(explained);
            }
        }
    }
    let is_for_people = args.format == ExplainFormat::Human;
    terminal.either(is_for_people, None, &if is_for_people { human(&all) } else { as_json(&all) })?;
    Ok(Outcome::Clean)
}

/// A value or a name of the book; nothing if the book's problems were printed instead.
fn in_book(word: &str, book: &Book, args: &ExplainArgs, terminal: &Terminal) -> Result<Option<Explained>, Failure> {
    if !is_value(&book.checked, word) {
        return Ok(Some(named(&book.checked, word)?));
    }
    let Some(evaluated) = book.evaluate(&Settings::default()) else {
        book.say(&book.judged([]), terminal);
        return Ok(None);
    };
    let mut question = Question::of(word);
    (question.case, question.depth, question.raise) = (&args.case, args.depth, share(&args.raise)?);
    Ok(Some(explain(&book.checked, &evaluated.results, &question)?))
}

/// The share that `--raise` names: `1%`, `10%`.
fn share(text: &str) -> Result<f64, Failure> {
    let number = text.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let share = number.map(|number| number / 100.0).filter(|share| share.is_finite() && *share > -1.0);
    share.ok_or_else(|| Failure::asked(format!("`{text}` is no share"), "write `--raise 1%`"))
}

/// Without a book, a word that is nothing everywhere is told apart from a book that cannot be found.
fn unknown(word: &str, failure: Failure) -> Failure {
    let message = format!("`{word}` is no code, module or built-in function, and {failure}");
    match nearest(word, everywhere_names()) {
        Some(near) => Failure::asked(message, format!("did you mean `{near}`?")),
        None => Failure::Asked(Refusal { message, help: failure.help().map(str::to_string) }),
    }
}

fn as_json(all: &[Explained]) -> String {
    format!("{:#}\n", json!({ "schema_version": SCHEMA_VERSION, "explained": all }))
}

fn human(all: &[Explained]) -> String {
    all.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn text(explained: &Explained) -> String {
    match explained {
        Explained::Value(value) => value::value(value),
        Explained::Series(series) => value::series(series),
        Explained::Longer(longer) => value::longer(longer),
        Explained::Entity(entity) => name::entity(entity),
        Explained::Kind(kind) => name::kind(kind),
        Explained::Case(case) => name::case(case),
        Explained::Study(study) => name::study(study),
        Explained::Source(source) => name::source(source),
        Explained::Function(function) => format!("{}\n{}", function.text, place(&function.place)),
        Explained::Unit(unit) => name::unit(unit),
        Explained::Code(code) => code.page.clone(),
        Explained::Module(module) => module.text.clone(),
        Explained::Builtin(Builtin { signature, sentence, example, result, .. }) => {
            format!("{signature}\n\n  {sentence}\n\n  {example}  =  {result}\n")
        }
    }
}

/// The line that says where something stands; none for what stands in no file.
fn place(place: &Option<Location>) -> String {
    place.as_ref().map(|place| format!("      {place}\n")).unwrap_or_default()
}
