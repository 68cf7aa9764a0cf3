//! `scn blame`: which commits a result rests on, and what each of them wrote.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::{BlameArgs, HistoryFormat};
use crate::cli::book::{Book, split};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::git::{Blamed, Commit, Git};
use crate::cli::sheet::Sheet;
use crate::cli::terminal::Terminal;
use crate::diagnostic::render::counted;
use crate::model::{CaseId, Model, Provenance, VariableId};
use crate::review::rests_on;
use crate::select;
use crate::text::{Place, markdown, nearest};

/// One line of the book that a result rests on.
struct Line {
    path: String,
    text: String,
    place: Place,
    by: Option<String>,
    because: Option<String>,
}

/// What one commit wrote; nothing for lines that are not committed.
type Written<'l> = Vec<OfCommit<'l>>;

/// A commit and its lines.
type OfCommit<'l> = (Option<Commit>, Vec<&'l Line>);

/// Prints the commits of every line that a result rests on, the newest first.
pub fn run(args: &BlameArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let book = Book::open(&path, &args.strictness, config)?;
    if !book.checked.is_sound() {
        book.say(&book.judged([]), terminal);
        return Ok(Outcome::Findings);
    }
    let model = &book.checked.model;
    let case = select::case(model, &args.case)?;
    let id = asked(model, words)?;
    let lines = lines(model, id, case);
    let git = Git::at(&book.folder)?;
    let commits = written(&git, &book, &lines)?;
    let text = match args.format {
        HistoryFormat::Human => human(&commits, &book),
        HistoryFormat::Md => markdown(&commits, &book),
        HistoryFormat::Json => as_json(&commits, &book),
    };
    terminal.either(args.format != HistoryFormat::Json, args.output.as_deref(), &text)?;
    let count: usize = commits.iter().map(|(_, lines)| lines.len()).sum();
    terminal.summary(&format!("{} from {}", counted(count, "line"), counted(commits.len(), "commit")));
    Ok(Outcome::Clean)
}

fn cited(model: &Model, provenance: &Provenance) -> Option<String> {
    let citation = provenance.citation.as_ref()?;
    let place = citation.locator.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
    Some(format!("from {}{place}", model.source(citation.source).name))
}

fn asked(model: &Model, words: &[String]) -> Result<VariableId, Failure> {
    let word = match words {
        [word] => word,
        _ => return Err(Failure::asked("name one path", "as in `scn blame co.value`")),
    };
    model.variable_at(word).ok_or_else(|| {
        let paths = model.variables.iter().filter(|variable| !variable.hidden).map(|variable| &*variable.path);
        let help = nearest(word, paths)
            .map_or("`scn eval` lists the paths".to_string(), |near| format!("did you mean `{near}`?"));
        Failure::asked(format!("there is no value `{word}`"), help)
    })
}

/// Every line that a value rests on in a case: definitions, and the lines of the case and of those it stands on.
fn lines(model: &Model, id: VariableId, case: CaseId) -> Vec<Line> {
    let behind = rests_on(model, id);
    let mut lines: BTreeMap<Place, Line> = BTreeMap::new();
    let mut add = |path: &str, text: &str, place: Place, provenance: &Provenance| {
        let said = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(str::to_string);
        let (by, because) = (said(&provenance.owner), said(&provenance.reason).or_else(|| cited(model, provenance)));
        lines.entry(place).or_insert(Line { path: path.to_string(), text: text.to_string(), place, by, because });
    };
    for id in &behind {
        let variable = model.variable(*id);
        for piece in &variable.definition.pieces {
            add(&variable.path, &piece.formula.text, piece.place, &piece.provenance);
        }
    }
    for case in model.chain(case) {
        for line in model.case(case).overrides.iter().filter(|line| behind.binary_search(&line.variable).is_ok()) {
            let path = format!("{} in {}", model.variable(line.variable).path, model.case(case).name);
            for said in line.said(model) {
                add(&path, &said.text, said.place, &said.provenance);
            }
        }
    }
    lines.into_values().collect()
}

/// The lines by the commits they are from, the newest first and those of one moment in the order of the book; library lines are from none and left out.
fn written<'l>(git: &Git, book: &Book, lines: &'l [Line]) -> Result<Written<'l>, Failure> {
    let mut files: BTreeMap<String, Option<Blamed>> = BTreeMap::new();
    let mut commits: Vec<OfCommit<'l>> = Vec::new();
    let library = |place: Place| {
        let files = &book.checked.loaded.files;
        files.iter().any(|file| file.source == place.source && file.library.is_some())
    };
    for line in lines.iter().filter(|line| !library(line.place)) {
        let source = book.checked.sources().get(line.place.source);
        let name = source.path.to_string();
        if !files.contains_key(&name) {
            let blamed = git.blame(&git.relative(Path::new(&name))?, None)?;
            files.insert(name.clone(), blamed);
        }
        let number = source.line_column(line.place.span.start).0;
        let commit = files.get(&name).and_then(|blamed| blamed.as_ref()?.line(number)).cloned();
        let commit = commit.filter(|commit| !commit.hash.starts_with("0000000"));
        let hash = |commit: &Option<Commit>| commit.as_ref().map(|commit| commit.hash.clone());
        match commits.iter_mut().find(|(other, _)| hash(other) == hash(&commit)) {
            Some((_, lines)) => lines.push(line),
            None => commits.push((commit, vec![line])),
        }
    }
    commits.sort_by_key(|(commit, _)| std::cmp::Reverse(commit.as_ref().map_or(i64::MAX, |commit| commit.time)));
    Ok(commits)
}

fn cells(commit: &Option<Commit>, line: &Line, book: &Book) -> [String; 8] {
    let (hash, date, author) = match commit {
        Some(commit) => (commit.short().to_string(), commit.date.clone(), commit.author.clone()),
        None => ("not committed".to_string(), String::new(), String::new()),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = book.checked.sources().locate(line.place);
    [hash, date, author, line.path.clone(), line.text.clone(), text(&line.by), text(&line.because), place]
}

const HEAD: [&str; 8] = ["commit", "date", "author", "", "", "by", "because", "where"];

fn human(commits: &Written<'_>, book: &Book) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (commit, lines) in commits {
        rows.extend(lines.iter().map(|line| {
            let mut row = cells(commit, line, book);
            row[..7].iter_mut().for_each(|cell| *cell = cut(cell));
            row.to_vec()
        }));
    }
    Sheet { head: HEAD.map(str::to_string).to_vec(), labels: 8, trailing: 0, rows }.text(None)
}

fn markdown(commits: &Written<'_>, book: &Book) -> String {
    let mut text = format!("| {} |\n|{}\n", HEAD.join(" | "), " --- |".repeat(HEAD.len()));
    for (commit, lines) in commits {
        for line in lines {
            text += &markdown::row(cells(commit, line, book).iter().map(String::as_str));
        }
    }
    text
}

fn as_json(commits: &Written<'_>, book: &Book) -> String {
    let line = |line: &&Line| {
        let place = book.checked.sources().locate(line.place);
        json!({ "path": line.path, "text": line.text, "by": line.by, "because": line.because, "place": place })
    };
    let one = |(commit, lines): &(Option<Commit>, Vec<&Line>)| {
        let field = |of: fn(&Commit) -> &String| commit.as_ref().map(of).cloned();
        json!({
            "commit": field(|commit| &commit.hash),
            "date": field(|commit| &commit.date),
            "author": field(|commit| &commit.author),
            "subject": field(|commit| &commit.subject),
            "lines": lines.iter().map(line).collect::<Vec<_>>(),
        })
    };
    let whole = json!({ "schema_version": 1, "commits": commits.iter().map(one).collect::<Vec<_>>() });
    format!("{whole:#}\n")
}

fn cut(text: &str) -> String {
    const MOST: usize = 44;
    crate::text::shortened(text, MOST)
}
