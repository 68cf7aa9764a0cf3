//! The history of a value: its revisions in order, each computed once, and the rows in which it is not what it was.

use std::collections::BTreeMap;
use std::path::Path;

use crate::calendar::Period;
use crate::cli::args::LogArgs;
use crate::cli::book::{Book, date, root_of};
use crate::cli::command::review::{WorkTree, root_in};
use crate::cli::failure::Failure;
use crate::cli::git::{Commit, Git};
use crate::cli::select::View;
use crate::eval::{Cell, Settings, Write, writes};
use crate::export::{Selected, display};
use crate::model::{Model, Role};
use crate::review::earlier_path;
use crate::units::Unit;
use crate::workspace::{Checked, open};

/// How one path moved.
#[derive(Debug, Clone)]
pub struct History {
    pub path: String,
    pub case: String,
    pub unit: String,
    /// The oldest first.
    pub rows: Vec<Row>,
}

/// One revision in which the value, or what stands behind it, was not what it was before.
#[derive(Debug, Clone)]
pub struct Row {
    /// Nothing for the work tree.
    pub commit: Option<Commit>,
    pub period: Option<String>,
    pub display: String,
    /// In the unit of the row's value.
    pub number: Option<f64>,
    /// The move since the row before of the same period, in the same unit.
    pub moved: Option<(f64, String)>,
    pub by: Option<String>,
    pub because: Option<String>,
}

/// What one revision says of a path, period by period; nothing if it does not check or has no such path.
type State = BTreeMap<Option<String>, Point>;

#[derive(Debug, Clone, PartialEq)]
struct Point {
    display: String,
    number: Option<f64>,
    unit: Unit,
    by: Option<String>,
    because: Option<String>,
}

/// Walks from the newest revision to the oldest, following renames, and tells each path's history forward.
pub fn histories(
    args: &LogArgs,
    git: &Git,
    path: &Path,
    book: &Book,
    words: &[String],
) -> Result<Vec<History>, Failure> {
    let as_of = args.strictness.as_of.as_deref().map(date).transpose()?;
    let root = git.relative(&root_of(path)?)?;
    let commits = git.log(args.upto.as_deref().unwrap_or("HEAD"), &paths(git, book, &root), args.most)?;
    let mut names: Vec<String> = words.to_vec();
    let mut revisions: Vec<(Option<Commit>, Vec<State>)> = Vec::new();
    let mut newer: Option<Checked> = None;
    if args.upto.is_none() {
        let checked = open(&root, &WorkTree { top: git.top.clone() }, as_of);
        // What is asked for must be there now.
        let now = states(&checked, &names, &args.case)?.into_iter().collect::<Result<Vec<_>, _>>()?;
        revisions.push((None, now));
        newer = Some(checked);
    }
    for commit in commits {
        let tree = git.tree(&git.revision(&commit.hash)?)?;
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Ok(root) = root_in(&tree, if tree.has(&root) { &root } else { folder }, &git.revision(&commit.hash)?)
        else {
            break;
        };
        let checked = open(&root, &tree, as_of);
        if !checked.is_sound() {
            continue;
        }
        if let Some(newer) = &newer {
            names = names.iter().map(|name| earlier(&checked.model, &newer.model, name)).collect();
        }
        let then = states(&checked, &names, &args.case).unwrap_or_default();
        let then = names.iter().zip(then.into_iter().chain(std::iter::repeat_with(|| Ok(State::new()))));
        revisions.push((Some(commit), then.map(|(_, state)| state.unwrap_or_default()).collect()));
        newer = Some(checked);
    }
    revisions.reverse();
    let history =
        |(at, word): (usize, &String)| told(word, &args.case, revisions.iter().map(|(commit, all)| (commit, &all[at])));
    Ok(words.iter().enumerate().map(history).collect())
}

/// The book's folder, and every file that it reads from elsewhere.
fn paths(git: &Git, book: &Book, root: &str) -> Vec<String> {
    let folder = root.rsplit_once('/').map_or(".", |(folder, _)| folder).to_string();
    let read = book.checked.loaded.files.iter().filter(|file| file.library.is_none());
    let sources = read.map(|file| book.checked.sources().get(file.source).path.to_string());
    let data = book.checked.loaded.data.keys().cloned();
    let all = sources.chain(data).filter_map(|path| git.relative(Path::new(&path)).ok());
    let outside = all.filter(|path| folder != "." && !path.starts_with(&format!("{folder}/")));
    let mut paths: Vec<String> = [folder.clone()].into_iter().chain(outside).collect();
    paths.dedup();
    paths
}

/// The name that a path had before; an expression stays as it is.
fn earlier(old: &Model, new: &Model, name: &str) -> String {
    let (path, period) = split_period(new, name);
    if old.variable_at(&path).is_some() {
        return name.to_string();
    }
    match earlier_path(old, new, &path) {
        Some(before) => format!("{before}{}", period.map(|period| format!("[{period}]")).unwrap_or_default()),
        None => name.to_string(),
    }
}

/// `co.revenue[2027E]` as the path of a variable and a period, if it is that.
fn split_period(model: &Model, word: &str) -> (String, Option<String>) {
    let parts = word.strip_suffix(']').and_then(|word| word.rsplit_once('['));
    match parts {
        Some((path, period)) if Period::parse(period).is_ok() && model.variable_at(path).is_some() => {
            (path.to_string(), Some(period.to_string()))
        }
        _ => (word.to_string(), None),
    }
}

/// What a revision says of each path; an error where a path means nothing.
fn states(checked: &Checked, words: &[String], case: &str) -> Result<Vec<Result<State, Failure>>, Failure> {
    let case = crate::cli::select::case(&checked.model, case)?;
    let evaluated = checked.evaluate(&Settings::default());
    let view = View { checked, results: &evaluated.results, cases: vec![case], periods: None };
    Ok(words.iter().map(|word| state(&view, word)).collect())
}

fn state(view: &View<'_>, word: &str) -> Result<State, Failure> {
    let model = &view.checked.model;
    let mut state = State::new();
    for one in view.word(word)?.iter().take(1) {
        for (at, period) in one.periods.iter().enumerate() {
            let cell = one.cases.first().and_then(|(_, cells)| cells.get(at));
            let Some(cell) = cell else { continue };
            let period_name = Some(period.clone()).filter(|name| !name.is_empty());
            state.insert(period_name, point(one, cell, stated(view, word, at), model));
        }
    }
    Ok(state)
}

/// The last line that states a value, if it is stated rather than computed.
fn stated(view: &View<'_>, word: &str, at: usize) -> Option<Write> {
    let model = &view.checked.model;
    let (path, named) = split_period(model, word);
    let id = model.variable_at(&path)?;
    let line = model.variable(id).time.and_then(|time| model.timelines.get(time));
    let index = match &named {
        Some(named) => line.and_then(|line| line.index_of(Period::parse(named).ok()?.ordinal)),
        None => Some(at),
    };
    let last = writes(model, &Settings::default(), *view.cases.first()?, id, index).pop();
    last.filter(|write| write.role != Role::Derived)
}

fn point(one: &Selected, cell: &Cell, stated: Option<Write>, model: &Model) -> Point {
    let provenance = stated.map(|write| write.provenance);
    let text = |text: Option<&std::sync::Arc<str>>| text.map(|text| text.to_string());
    let cited = provenance.as_ref().and_then(|provenance| provenance.citation.as_ref()).map(|citation| {
        let place = citation.locator.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        format!("from {}{place}", model.source(citation.source).name)
    });
    Point {
        display: display(cell, &one.unit),
        number: crate::export::in_unit(cell, &one.unit),
        unit: one.unit.clone(),
        by: text(provenance.as_ref().and_then(|provenance| provenance.owner.as_ref())),
        because: text(provenance.as_ref().and_then(|provenance| provenance.reason.as_ref())).or(cited),
    }
}

/// The rows of one path: for each period the revisions in which something is not what it was.
fn told<'s>(word: &str, case: &str, states: impl Iterator<Item = (&'s Option<Commit>, &'s State)>) -> History {
    let mut history = History { path: word.to_string(), case: case.to_string(), unit: String::new(), rows: Vec::new() };
    let mut last: BTreeMap<Option<String>, Point> = BTreeMap::new();
    for (commit, state) in states {
        for (period, point) in state {
            let before = last.insert(period.clone(), point.clone());
            if before.as_ref() == Some(point) {
                continue;
            }
            history.unit = point.unit.symbol.to_string();
            history.rows.push(Row {
                commit: commit.clone(),
                period: period.clone(),
                display: point.display.clone(),
                number: point.number,
                moved: before.and_then(|before| moved(&before, point)),
                by: point.by.clone(),
                because: point.because.clone(),
            });
        }
    }
    history
}

fn moved(before: &Point, now: &Point) -> Option<(f64, String)> {
    if !before.unit.measures_like(&now.unit) {
        return None;
    }
    let old = now.unit.from_base(before.unit.to_base(before.number?));
    let difference = now.number? - old;
    if difference == 0.0 {
        return None;
    }
    let share = (old != 0.0).then(|| crate::review::view::percent(difference / old.abs()));
    Some((difference, share.unwrap_or_default()))
}
