//! `scn new`: a small book that checks, evaluates, reconciles and reports.

use std::path::{Path, PathBuf};

use super::super::Outcome;
use super::super::args::NewArgs;
use super::super::disk;
use super::super::draft;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

/// The files of a new book; `NAME` in the text is the model's name.
const FILES: &[(&str, &str)] =
    &[("book.scn", include_str!("book.scn")), ("templates/note.md.j2", include_str!("note.md.j2"))];

/// Makes the directory and its files; one that holds a book already is left as it is.
pub fn run(args: &NewArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let directory = &args.directory;
    if let Some((taken, _)) = FILES.iter().find(|(path, _)| directory.join(path).exists()) {
        let message = format!("`{}` exists already", disk::shown(&directory.join(taken)));
        return Err(Failure::asked(message, "name another directory"));
    }
    let name = model_name(directory)?;
    let files: Vec<(PathBuf, String)> =
        FILES.iter().map(|(path, text)| (directory.join(path), text.replace("NAME", &name))).collect();
    let files: Vec<(&Path, &[u8])> = files.iter().map(|(path, text)| (&**path, text.as_bytes())).collect();
    draft::write_all(&files)?;
    let here = disk::shown(directory);
    terminal.summary(&format!("made `{here}`; now try:\n  scn check {here}\n  scn eval {here}\n  scn report {here}"));
    Ok(Outcome::Clean)
}

/// A name of the language made of the directory's: `My Book 2` is `my_book_2`.
fn model_name(directory: &Path) -> Result<String, Failure> {
    let whole = std::path::absolute(directory).unwrap_or_else(|_| directory.to_path_buf());
    let last = whole.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = last.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    match name.chars().find(|letter| *letter != '_') {
        None => Err(Failure::asked(format!("`{last}` makes no name for a model"), "name the directory with letters")),
        Some(first) if first.is_ascii_digit() => Ok(format!("book_{name}")),
        Some(_) => Ok(name.trim_matches('_').to_string()),
    }
}
