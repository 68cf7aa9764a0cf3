//! Cases with their lines.

use serde::Serialize;

use crate::model::{self, Clauses, Model, Said};
use crate::text::{Location, Sources};

/// A case and what it changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Case {
    pub name: String,
    pub label: String,
    /// The case that it builds on; nothing for `base`.
    pub from: Option<String>,
    /// The kinds and entities that it is about; none if it is about everything.
    pub about: Vec<String>,
    pub probability: Option<f64>,
    pub place: Option<Location>,
    pub lines: Vec<CaseLine>,
}

/// One line of a case, or one piece of it, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CaseLine {
    /// As written, without clauses.
    pub text: String,
    #[serde(flatten)]
    pub clauses: Clauses,
    pub place: Option<Location>,
}

impl Case {
    pub(super) fn named(model: &Model, sources: &Sources, word: &str) -> Option<Case> {
        let case = model.case(model.case_named(word)?);
        Some(Case {
            name: case.name.to_string(),
            label: case.label.to_string(),
            from: case.extends.map(|id| model.case(id).name.to_string()),
            about: case.subjects(model),
            probability: case.probability,
            place: sources.location(case.place),
            lines: lines(model, sources, case),
        })
    }
}

/// Each line once, whatever it touches.
fn lines(model: &Model, sources: &Sources, case: &model::Case) -> Vec<CaseLine> {
    let line = |said: Said| CaseLine {
        text: said.text.to_string(),
        clauses: said.provenance.clauses(model),
        place: sources.location(said.place),
    };
    let mut told = Vec::new();
    let mut lines = Vec::new();
    for change in &case.overrides {
        if !told.contains(&change.place) {
            told.push(change.place);
            lines.extend(change.said(model).into_iter().map(line));
        }
    }
    lines
}
