//! What is written of a value: its lines layer by layer, its pieces, its ranges, and what other sources say.

use serde::Serialize;

use crate::eval::{self, Write};
use crate::model::{self, Clauses, Ranged, Role, Variable, Window};
use crate::text::Location;

use super::Asker;

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Layer {
    /// The line that defines the value.
    Definition,
    /// A line of a case.
    Case,
    /// What a run lays over the book.
    Set,
}

/// One line that was written to a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Written {
    pub layer: Layer,
    /// The case whose line it is.
    pub case: Option<String>,
    pub role: Role,
    /// As written, without clauses.
    pub text: String,
    #[serde(flatten)]
    pub clauses: Clauses,
    pub place: Option<Location>,
}

/// One stretch of a series and what holds in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Piece {
    pub role: Role,
    #[serde(flatten)]
    pub stretch: Stretch,
    #[serde(flatten)]
    pub clauses: Clauses,
    pub place: Option<Location>,
}

/// What is written for some periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stretch {
    /// `2026E`, `2026E..2028E`; nothing for a value without time.
    pub periods: Option<String>,
    /// As written, without clauses.
    pub text: String,
}

/// How a value, or a piece of it, varies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Range {
    /// Which piece, if there are several.
    pub periods: Option<String>,
    /// As written, behind `range`.
    pub text: String,
}

/// A value of another source that was kept and not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    pub pieces: Vec<Stretch>,
    #[serde(flatten)]
    pub clauses: Clauses,
    pub place: Option<Location>,
}

impl Asker<'_> {
    pub(super) fn written(&self, write: &Write) -> Written {
        let (layer, case) = match write.layer {
            eval::Layer::Definition => (Layer::Definition, None),
            eval::Layer::Case(case) => (Layer::Case, Some(self.model().case(case).name.to_string())),
            eval::Layer::Settings => (Layer::Set, None),
        };
        Written {
            layer,
            case,
            role: write.role,
            text: write.text.to_string(),
            clauses: write.provenance.clauses(self.model()),
            place: self.place(write.place),
        }
    }

    /// The lines that define a series, each with its periods.
    pub(super) fn pieces(&self, variable: &Variable) -> Vec<Piece> {
        let piece = |piece: &model::Piece| Piece {
            role: piece.role,
            stretch: self.stretch(variable, piece.window, &piece.formula.text),
            clauses: piece.provenance.clauses(self.model()),
            place: self.place(piece.place),
        };
        variable.definition.pieces.iter().map(piece).collect()
    }

    /// How the pieces of a value vary; at an index only the piece that holds there.
    pub(super) fn ranges(&self, variable: &Variable, index: Option<usize>) -> Vec<Range> {
        let held = |ranged: &&Ranged| index.is_none_or(|at| ranged.window.holds(at));
        let is_several = variable.definition.pieces.len() > 1;
        let range = |ranged: &Ranged| Range {
            periods: self.model().periods_of(variable, ranged.window).filter(|_| is_several),
            text: ranged.spread.text.to_string(),
        };
        variable.ranges.iter().filter(held).map(range).collect()
    }

    /// What other sources say; at an index only those that say something there.
    pub(super) fn candidates(&self, variable: &Variable, index: Option<usize>) -> Vec<Candidate> {
        let held = |candidate: &&model::Candidate| {
            index.is_none_or(|at| candidate.pieces.iter().any(|(window, _)| window.holds(at)))
        };
        let candidate = |candidate: &model::Candidate| Candidate {
            pieces: candidate
                .pieces
                .iter()
                .map(|(window, formula)| self.stretch(variable, *window, &formula.text))
                .collect(),
            clauses: candidate.provenance.clauses(self.model()),
            place: self.place(candidate.place),
        };
        variable.candidates.iter().filter(held).map(candidate).collect()
    }

    fn stretch(&self, variable: &Variable, window: Window, text: &str) -> Stretch {
        Stretch { periods: self.model().periods_of(variable, window), text: text.to_string() }
    }
}
