//! `Mark`: figures that cite a place in a source.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::eval::{Findings, Verdict};
use crate::model::{Change, Citation, Model, Override, Piece, Role};

/// What is counted, as templates call it.
pub const WORDS: [&str; 6] = ["given", "assumed", "reconciled", "disputed", "failed", "missing"];

/// Figures that cite one place.
#[derive(Debug)]
pub struct Mark {
    pub source: u32,
    pub place: Place,
    /// Which of [`WORDS`] it is.
    pub sort: usize,
    pub count: usize,
}

/// The first part of a locator: `ex 21`, `p 4`, `line 612`, or words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub word: String,
    pub number: Option<u64>,
}

/// Every figure of the book that cites a place in a source.
pub fn marks(model: &Model, findings: &Findings) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut seen = BTreeSet::new();
    for variable in model.variables.iter().filter(|variable| !variable.hidden) {
        if seen.insert(Arc::as_ptr(&variable.definition)) {
            marks.extend(variable.definition.pieces.iter().filter_map(stated));
        }
        let beside = variable.candidates.iter();
        marks.extend(beside.filter_map(|other| mark(other.provenance.citation.as_ref()?, 0, other.pieces.len())));
    }
    let mut lines: Vec<_> = model.cases.iter().flat_map(|case| &case.overrides).collect();
    lines.dedup_by_key(|line| line.place);
    marks.extend(lines.into_iter().flat_map(in_case));
    for figure in &findings.reconciles {
        let sort = match figure.verdict {
            Verdict::Reconciled => 2,
            Verdict::Disputed => 3,
            Verdict::Failed => 4,
            Verdict::Missing => 5,
        };
        let citation = &model.reconciles[figure.reconcile].provenance.citation;
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
    pub fn read(locator: &str) -> Place {
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
