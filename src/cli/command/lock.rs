//! `scn lock`: which data and sources a book was read with, so that a silent change of them is seen.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostic::render::counted;
use crate::model::Source;

use super::super::Outcome;
use super::super::args::LockArgs;
use super::super::book::Book;
use super::super::config::Config;
use super::super::disk;
use super::super::draft;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

const HEAD: &str = "# Written by `scn lock`: what the book was read with. One line for each data file and source.\n";

/// Writes `scn.lock` beside the book, or says what is no longer as it was locked.
pub fn run(args: &LockArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let book = Book::open(&args.book, &args.strictness, config)?;
    if book.say(&book.judged([]), terminal) {
        return Ok(Outcome::Findings);
    }
    let path = book.folder.join("scn.lock");
    let lines = lines(&book);
    if !args.check {
        let text: String = lines.iter().map(|(what, fingerprint)| format!("{what} {fingerprint}\n")).collect();
        draft::write(&path, format!("{HEAD}{text}"))?;
        terminal.summary(&format!("{}: {} locked", disk::shown(&path), counted(lines.len(), "fingerprint")));
        return Ok(Outcome::Clean);
    }
    let locked = read(&path)?;
    let changes = changes(&locked, &lines);
    terminal.page(None, &changes.concat())?;
    terminal.summary(&match changes.len() {
        0 => format!("{}: as it was locked", disk::shown(&path)),
        many => format!("{}: {many} changed; `scn lock` locks them anew", disk::shown(&path)),
    });
    Ok(Outcome::findings(!changes.is_empty()))
}

/// What stands in a book's lock: what a line is about, and its fingerprint.
fn lines(book: &Book) -> BTreeMap<String, String> {
    let folder = format!("{}/", disk::shown(&book.folder));
    let mut lines = BTreeMap::new();
    for (path, bytes) in &book.checked.loaded.data {
        let path = path.strip_prefix(&folder).unwrap_or(path);
        lines.insert(format!("data {path}"), fingerprint(bytes));
    }
    for source in &book.checked.model.sources {
        lines.insert(format!("source {}", source.name), of_source(source, book));
    }
    lines
}

/// A source that is a file of the book by its bytes, any other by what the book says of it.
fn of_source(source: &Source, book: &Book) -> String {
    let said =
        format!("{}\n{}\n{}\n{:?}\n{:?}", source.title, source.medium, source.target, source.dated, source.accessed);
    let said = fingerprint(said.as_bytes());
    if &*source.medium != "file" {
        return said;
    }
    match book.fence().read(&book.folder.join(&*source.target)) {
        Ok(bytes) => format!("{said} file {}", fingerprint(&bytes)),
        Err(_) => format!("{said} file absent"),
    }
}

fn fingerprint(bytes: &[u8]) -> String {
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digest}")
}

fn read(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    if !path.is_file() {
        return Err(Failure::asked(format!("there is no `{}`", disk::shown(path)), "`scn lock` writes it"));
    }
    let text = disk::read_text(path)?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    Ok(lines
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let what = [words.next().unwrap_or(""), words.next().unwrap_or("")].join(" ");
            (what, words.next().unwrap_or("").to_string())
        })
        .collect())
}

fn changes(locked: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let changed = now.iter().filter_map(|(what, fingerprint)| match locked.get(what) {
        None => Some(format!("{what}: not locked\n")),
        Some(known) if known != fingerprint => Some(format!("{what}: {}\n", how(what, known, fingerprint))),
        Some(_) => None,
    });
    let gone = locked.keys().filter(|what| !now.contains_key(*what)).map(|what| format!("{what}: no longer used\n"));
    changed.chain(gone).collect()
}

/// Whether the file has changed, or what the book says of the source.
fn how(what: &str, known: &str, now: &str) -> &'static str {
    let said = |text: &str| text.split(' ').next().map(str::to_string);
    let is_file = what.starts_with("data ") || said(known) == said(now);
    match is_file {
        true if now.ends_with("absent") => "the file is gone",
        true => "the file has changed",
        false => "what the book says of it has changed",
    }
}
