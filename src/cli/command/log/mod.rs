//! `scn log`: how a value moved over the revisions of a book, with who and why.

mod history;
mod picture;
mod written;

use crate::cli::Outcome;
use crate::cli::args::{HistoryFormat, LogArgs};
use crate::cli::book::{Book, split};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::git::Git;
use crate::cli::terminal::Terminal;
use crate::select;
use history::histories;

/// Prints the history of each path; a book that does not check is a finding.
pub fn run(args: &LogArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let book = Book::open(&path, &args.strictness, config)?;
    if !book.checked.is_sound() {
        book.say(&book.judged([]), terminal);
        return Ok(Outcome::Findings);
    }
    select::case(&book.checked.model, &args.case)?;
    let git = Git::at(&book.folder)?;
    let words: Vec<String> = match words {
        [] => outputs(&book)?,
        words => words.to_vec(),
    };
    let all = histories(args, &git, &path, &book, &words)?;
    let text = match args.format {
        HistoryFormat::Human => written::human(&all),
        HistoryFormat::Json => written::json(&all),
        HistoryFormat::Md => written::markdown(&all),
    };
    terminal.either(args.format != HistoryFormat::Json, args.output.as_deref(), &text)?;
    if let Some(path) = &args.chart {
        picture::write(&all, path, terminal)?;
    }
    Ok(Outcome::Clean)
}

fn outputs(book: &Book) -> Result<Vec<String>, Failure> {
    let model = &book.checked.model;
    let paths: Vec<String> =
        model.outputs.iter().map(|output| model.variable(output.variable).path.to_string()).collect();
    match paths.is_empty() {
        true => Err(Failure::asked("the book names no output", "name a path: `scn log co.value`")),
        false => Ok(paths),
    }
}
