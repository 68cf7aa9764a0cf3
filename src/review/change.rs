//! `Change`: one edit of a book by what it means, with who stands behind it.

use std::sync::Arc;

use crate::model::{CaseId, Definition, EntityId, Override, Provenance, VariableId};
use crate::text::Place;

/// What sort of edit it is, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A number, text, yes or no that a file states.
    Value,
    Formula,
    /// A line of a case, its parent or its probability.
    Case,
    Added,
    Removed,
    Renamed,
    /// Flow, stock, …, or whether it varies over time at all.
    Series,
    Unit,
    /// The range, or how values are spread over it.
    Range,
    /// A fact became a judgement, or the reverse.
    Role,
    /// Another source, another place in it, or another date of it.
    Source,
    /// The figure that a `reconcile` says is printed.
    Published,
    Tolerance,
    /// Opened or closed.
    Dispute,
    Check,
    Claim,
    /// What a study asks, or how it is run.
    Study,
    /// What a report is made of.
    Report,
    /// The calendar, the date or the currency of the book.
    Book,
    /// Owner, reason or label only.
    Words,
}

impl ChangeKind {
    /// The word that people and machines are shown.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Value => "value",
            ChangeKind::Formula => "formula",
            ChangeKind::Case => "case",
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Series => "series",
            ChangeKind::Unit => "unit",
            ChangeKind::Range => "range",
            ChangeKind::Role => "role",
            ChangeKind::Source => "source",
            ChangeKind::Published => "published",
            ChangeKind::Tolerance => "tolerance",
            ChangeKind::Dispute => "dispute",
            ChangeKind::Check => "check",
            ChangeKind::Claim => "claim",
            ChangeKind::Study => "study",
            ChangeKind::Report => "report",
            ChangeKind::Book => "book",
            ChangeKind::Words => "words",
        }
    }
}

/// One edit.
#[derive(Debug, Clone)]
pub struct Change {
    pub kind: ChangeKind,
    /// What else the same line says differently.
    pub also: Vec<ChangeKind>,
    /// As the current model names it; what was removed, as the baseline did.
    pub path: String,
    /// The name it had, if it has another now.
    pub was: Option<String>,
    /// The case whose line it is.
    pub case: Option<String>,
    pub old: Option<String>,
    pub new: Option<String>,
    /// Where the two values come from, if a source is cited.
    pub sources: (Option<String>, Option<String>),
    /// Who stands behind it now (or did, if it was removed).
    pub who: Option<String>,
    pub because: Option<String>,
    /// Whether the reason is the one that the old value had.
    pub same_reason: bool,
    pub places: (Option<Place>, Option<Place>),
    /// What it is grouped under: an entity, or nothing.
    pub entity: Option<String>,
    /// The variables it is about, of the baseline and of the current model.
    pub variables: Vec<(Option<VariableId>, Option<VariableId>)>,
    pub(super) swaps: Vec<Swap>,
}

/// What takes an edit back in the union of both models.
#[derive(Debug, Clone)]
pub(super) enum Swap {
    /// The baseline's definition of a variable.
    Define(VariableId, Arc<Definition>),
    /// The baseline's lines of a case for a variable.
    Lines(CaseId, VariableId, Vec<Override>),
    /// An entity that was not there.
    Absent(EntityId),
    /// An entity that is there no more.
    Present(EntityId),
    /// The baseline's parent and probability of a case.
    Case(CaseId, Option<CaseId>, Option<f64>),
    /// The baseline's calendars.
    Calendars,
}

impl Change {
    /// A change of a path with nothing said yet.
    pub(super) fn of(kind: ChangeKind, path: impl Into<String>) -> Change {
        Change {
            kind,
            also: Vec::new(),
            path: path.into(),
            was: None,
            case: None,
            old: None,
            new: None,
            sources: (None, None),
            who: None,
            because: None,
            same_reason: false,
            places: (None, None),
            entity: None,
            variables: Vec::new(),
            swaps: Vec::new(),
        }
    }

    /// The same with what was there and what is.
    pub(super) fn saying(mut self, old: Option<String>, new: Option<String>) -> Change {
        (self.old, self.new) = (old, new);
        self
    }

    /// The same with its two places.
    pub(super) fn at(mut self, old: Option<Place>, new: Option<Place>) -> Change {
        self.places = (old, new);
        self
    }

    /// The same with who stands behind it.
    pub(super) fn by(mut self, old: Option<&Provenance>, new: Option<&Provenance>) -> Change {
        let stands = new.or(old);
        let text = |text: &Option<Arc<str>>| text.as_deref().map(str::to_string);
        self.who = stands.and_then(|provenance| text(&provenance.owner));
        self.because = stands.and_then(|provenance| text(&provenance.reason));
        let reasons = old.zip(new).map(|(old, new)| old.reason.is_some() && old.reason == new.reason);
        self.same_reason = reasons.unwrap_or(false);
        self
    }

    /// The same in the lines of a case.
    pub(super) fn in_case(mut self, case: &str) -> Change {
        self.case = Some(case.to_string());
        self
    }

    /// What is shown for it: its path, and its case if it is a case's line.
    pub fn title(&self) -> String {
        match &self.case {
            Some(case) if self.path != format!("case {case}") => format!("{} in {case}", self.path),
            _ => self.path.clone(),
        }
    }
}
