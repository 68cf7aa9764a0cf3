//! `Clauses`: what stands behind a value in plain words: which source and where in it, who says so, why.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::{Model, Provenance};

/// The clauses of a value, with the source by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Clauses {
    /// The name of the source that is cited.
    pub source: Option<String>,
    /// What that source is called.
    pub title: Option<String>,
    /// Where in it, as the file writes it: `ex 21 p 14`.
    pub at: Option<String>,
    /// Who stands behind it.
    pub by: Option<String>,
    /// Why.
    pub because: Option<String>,
    /// The calibration that solved the value.
    pub implied_by: Option<String>,
}

impl Provenance {
    /// What stands behind a value of a model.
    pub fn clauses(&self, model: &Model) -> Clauses {
        let source = self.citation.as_ref().map(|citation| model.source(citation.source));
        Clauses {
            source: source.map(|source| source.name.to_string()),
            title: source.map(|source| source.title.to_string()),
            at: self.citation.as_ref().and_then(|citation| text(&citation.locator)),
            by: text(&self.owner),
            because: text(&self.reason),
            implied_by: text(&self.implied),
        }
    }

    /// The source that is cited and where in it: `ar25 p 41`.
    pub fn cited(&self, model: &Model) -> Option<String> {
        let citation = self.citation.as_ref()?;
        Some(cited(&model.source(citation.source).name, citation.locator.as_deref()))
    }

    /// Who stands behind a value and why: `by li.wei because "…"`.
    pub fn spoken(&self) -> Option<String> {
        spoken(self.owner.as_deref(), self.reason.as_deref())
    }
}

impl Clauses {
    /// The source and where in it: `ar25 p 41`.
    pub fn cited(&self) -> Option<String> {
        self.source.as_ref().map(|name| cited(name, self.at.as_deref()))
    }

    /// Who stands behind it and why: `by li.wei because "…"`.
    pub fn spoken(&self) -> Option<String> {
        spoken(self.by.as_deref(), self.because.as_deref())
    }
}

/// As a file writes them: `from ar25 p 41 by li.wei because "…"`.
impl fmt::Display for Clauses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.cited().map(|cited| format!("from {cited}"));
        let implied = self.implied_by.as_ref().map(|study| format!("implied by {study}"));
        let all: Vec<String> = [source, self.spoken(), implied].into_iter().flatten().collect();
        f.write_str(&all.join(" "))
    }
}

fn cited(name: &str, at: Option<&str>) -> String {
    at.map_or(name.to_string(), |at| format!("{name} {at}"))
}

fn spoken(owner: Option<&str>, reason: Option<&str>) -> Option<String> {
    let owner = owner.map(|owner| format!("by {owner}"));
    let reason = reason.map(|reason| format!("because \"{reason}\""));
    let said: Vec<String> = owner.into_iter().chain(reason).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn text(text: &Option<Arc<str>>) -> Option<String> {
    text.as_deref().map(str::to_string)
}
