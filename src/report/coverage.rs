//! What of a source stands in the book, by place: how many of its figures are given, assumed, reconciled or disputed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use crate::eval::Verdict;
use crate::model::{Change, Citation, Override, Piece, Role};

use super::ReportError;
use super::desk::Desk;
use super::number::Number;

/// What is counted, as templates call it.
const WORDS: [&str; 6] = ["given", "assumed", "reconciled", "disputed", "failed", "missing"];

/// How many figures of each sort.
type Tally = [usize; 6];

/// Figures that cite one place.
#[derive(Debug)]
pub struct Mark {
    source: u32,
    place: Place,
    sort: usize,
    count: usize,
}

/// The first part of a locator: `ex 21`, `p 4`, `line 612`, or words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    word: String,
    number: Option<u64>,
}

/// Adds `coverage(place, source=, first=, last=)` and `cited_places(source=)`.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    let at = desk.clone();
    engine.add_function("coverage", move |place: Option<&str>, options: Kwargs| coverage(&at, place, &options));
    let at = desk.clone();
    engine.add_function("cited_places", move |options: Kwargs| places(&at, &options));
}

/// How many figures cite a place, the numbers of a range, or a source at all.
fn coverage(desk: &Arc<Desk>, place: Option<&str>, options: &Kwargs) -> Result<Value, Error> {
    let source = source(desk, options)?;
    let (first, last) = (whole(options, "first")?, whole(options, "last")?);
    options.assert_all_used()?;
    let wanted = place.map(Place::read);
    let fits = |mark: &&Mark| {
        let Some(wanted) = &wanted else { return true };
        let number = mark.place.number.unwrap_or(0);
        let inside = first.is_none_or(|first| number >= first) && last.is_none_or(|last| number <= last);
        mark.place.word == wanted.word && (wanted.number.is_none() || mark.place.number == wanted.number) && inside
    };
    let marks = desk.marks().iter().filter(|mark| source.is_none_or(|source| mark.source == source)).filter(fits);
    let mut tally = Tally::default();
    marks.for_each(|mark| tally[mark.sort] += mark.count);
    Ok(record(desk, source, place.unwrap_or(""), &tally))
}

/// Every place that is cited, by its first part, with what is counted there.
fn places(desk: &Arc<Desk>, options: &Kwargs) -> Result<Vec<Value>, Error> {
    let source = source(desk, options)?;
    options.assert_all_used()?;
    let mut all: BTreeMap<&Place, Tally> = BTreeMap::new();
    for mark in desk.marks().iter().filter(|mark| source.is_none_or(|source| mark.source == source)) {
        all.entry(&mark.place).or_default()[mark.sort] += mark.count;
    }
    Ok(all.into_iter().map(|(place, tally)| record(desk, source, &place.to_string(), &tally)).collect())
}

fn record(desk: &Desk, source: Option<u32>, place: &str, tally: &Tally) -> Value {
    let title = source.map_or("", |source| &*desk.model.sources[source as usize].title);
    let counts = WORDS.iter().zip(tally).map(|(word, count)| (*word, Value::from(*count)));
    let total = Value::from(tally.iter().sum::<usize>());
    let rest = [("source", Value::from(title)), ("place", Value::from(place)), ("total", total)];
    Value::from_pairs(counts.chain(rest))
}

/// A whole number: one of the template, or a value of the book.
fn whole(options: &Kwargs, name: &str) -> Result<Option<u64>, Error> {
    let Some(value) = options.get::<Option<Value>>(name)? else { return Ok(None) };
    match value.downcast_object_ref::<Number>() {
        Some(number) => Ok(number.shown().map(|shown| shown.max(0.0) as u64)),
        None => options.get::<Option<u64>>(name),
    }
}

fn source(desk: &Desk, options: &Kwargs) -> Result<Option<u32>, Error> {
    let Some(name) = options.get::<Option<&str>>("source")? else { return Ok(None) };
    let found = desk.model.sources.iter().position(|source| &*source.name == name);
    let nearest = || desk.nearest(name, desk.model.sources.iter().map(|source| &*source.name));
    let unknown = || ReportError::UnknownName { name: name.to_string(), nearest: nearest() };
    Ok(Some(found.ok_or_else(unknown)? as u32))
}

/// Every figure of the book that cites a place in a source.
pub fn marks(desk: &Desk) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut seen = BTreeSet::new();
    for variable in desk.model.variables.iter().filter(|variable| !variable.hidden) {
        if seen.insert(Arc::as_ptr(&variable.definition)) {
            marks.extend(variable.definition.pieces.iter().filter_map(stated));
        }
        let beside = variable.candidates.iter();
        marks.extend(beside.filter_map(|other| mark(other.provenance.citation.as_ref()?, 0, other.pieces.len())));
    }
    let mut lines: Vec<_> = desk.model.cases.iter().flat_map(|case| &case.overrides).collect();
    lines.dedup_by_key(|line| line.place);
    marks.extend(lines.into_iter().flat_map(in_case));
    for figure in &desk.findings.reconciles {
        let sort = match figure.verdict {
            Verdict::Reconciled => 2,
            Verdict::Disputed => 3,
            Verdict::Failed => 4,
            Verdict::Missing => 5,
        };
        let citation = &desk.model.reconciles[figure.reconcile].provenance.citation;
        marks.extend(citation.as_ref().and_then(|citation| mark(citation, sort, 1)));
    }
    marks
}

/// A piece that is typed; a formula states no figure.
fn stated(piece: &Piece) -> Option<Mark> {
    let sort = usize::from(piece.role == Role::Assumed);
    let citation = piece.provenance.citation.as_ref().filter(|_| piece.role != Role::Derived)?;
    mark(citation, sort, 1)
}

/// What a line of a case states: each of its pieces, or the amount that it shifts or scales by.
fn in_case(line: &Override) -> Vec<Mark> {
    let here = |piece: &&Piece| piece.place.source == line.place.source && line.place.span.holds(piece.place.span);
    match &line.change {
        // Another candidate is counted where it stands.
        Change::Set(definition) => definition.pieces.iter().filter(here).filter_map(stated).collect(),
        Change::Shift(_) | Change::Scale(_) => {
            line.provenance.citation.as_ref().and_then(|citation| mark(citation, 0, 1)).into_iter().collect()
        }
    }
}

fn mark(citation: &Citation, sort: usize, count: usize) -> Option<Mark> {
    let place = Place::read(citation.locator.as_deref().unwrap_or(""));
    (count > 0).then_some(Mark { source: citation.source.0, place, sort, count })
}

impl Place {
    /// `ex 21 line 566` stands at `ex 21`.
    fn read(locator: &str) -> Place {
        let mut words = locator.split_whitespace();
        let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        match second.parse() {
            Ok(number) => Place { word: first.to_string(), number: Some(number) },
            Err(_) => Place { word: locator.trim().to_string(), number: None },
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.number {
            Some(number) => write!(f, "{} {number}", self.word),
            None => f.write_str(&self.word),
        }
    }
}
