//! Studies in words: what is asked, from where, and what is set.

use serde::Serialize;

use crate::export::study::settings;
use crate::model::{Clauses, Model};
use crate::text::{Location, Sources};

/// A study of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Study {
    pub name: String,
    pub title: Option<String>,
    /// The word that begins it: `grid`, `tornado`, `simulate`, `calibrate`, `bridge`, `discover`.
    pub kind: String,
    pub place: Option<Location>,
    /// A line each.
    pub settings: Vec<String>,
    #[serde(flatten)]
    pub clauses: Clauses,
}

impl Study {
    pub(super) fn named(model: &Model, sources: &Sources, word: &str) -> Option<Study> {
        let study = model.study(model.study_named(word)?);
        Some(Study {
            name: study.name.to_string(),
            title: study.title.as_deref().map(str::to_string),
            kind: study.kind.word().to_string(),
            place: sources.location(study.place),
            settings: settings(model, study),
            clauses: study.provenance.clauses(model),
        })
    }
}
