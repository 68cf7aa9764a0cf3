//! Sources with how much cites them.

use serde::Serialize;

use crate::model::{Model, Override, Provenance};
use crate::text::{Location, Sources};

/// A source of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Source {
    pub name: String,
    pub title: String,
    /// `file`, `url` or `document`.
    pub medium: String,
    pub target: String,
    /// Year, month and day.
    pub dated: Option<String>,
    pub accessed: Option<String>,
    pub place: Option<Location>,
    /// How many values cite it.
    pub values: usize,
    /// How many lines of cases cite it.
    pub case_lines: usize,
    /// How many published figures cite it.
    pub figures: usize,
}

impl Source {
    pub(super) fn named(model: &Model, sources: &Sources, word: &str) -> Option<Source> {
        let at = model.sources.iter().position(|source| &*source.name == word)?;
        let source = &model.sources[at];
        let cites =
            |provenance: &Provenance| provenance.citation.as_ref().is_some_and(|cited| cited.source.0 as usize == at);
        let values = model.variables.iter().filter(|variable| !variable.hidden);
        let values = values.filter(|variable| variable.definition.pieces.iter().any(|piece| cites(&piece.provenance)));
        Some(Source {
            name: source.name.to_string(),
            title: source.title.to_string(),
            medium: source.medium.to_string(),
            target: source.target.to_string(),
            dated: source.dated.map(|date| date.to_string()),
            accessed: source.accessed.map(|date| date.to_string()),
            place: sources.location(source.place),
            values: values.count(),
            case_lines: case_lines(model, &cites),
            figures: model.reconciles.iter().filter(|figure| cites(&figure.provenance)).count(),
        })
    }
}

/// Each line once, whatever it touches.
fn case_lines(model: &Model, cites: &dyn Fn(&Provenance) -> bool) -> usize {
    let lines = model.cases.iter().flat_map(|case| &case.overrides);
    let mut lines: Vec<&Override> = lines.filter(|line| line.behind().any(|behind| cites(behind))).collect();
    lines.dedup_by_key(|line| line.place);
    lines.len()
}
