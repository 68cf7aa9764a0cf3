//! A series in all of its periods: its numbers and the lines that define it.

use serde::Serialize;

use crate::calendar::Timeline;
use crate::eval::{Layer, Write, writes};
use crate::model::{Interpolation, SeriesKind, VariableId};
use crate::text::Location;

use super::super::Timed;
use super::{Asker, Candidate, Piece, Range, Written};

/// A series in all of its periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Series {
    pub path: String,
    pub label: Option<String>,
    pub case: String,
    pub unit: String,
    /// How it adds up over time.
    pub series: Option<SeriesKind>,
    pub values: Vec<Timed>,
    /// The lines that define it, in the order of time.
    pub pieces: Vec<Piece>,
    /// How the periods between them are filled.
    pub interpolation: Option<Interpolation>,
    /// What cases and the run wrote over that, in any period.
    pub writes: Vec<Written>,
    /// How it varies.
    pub ranges: Vec<Range>,
    /// The values of other sources that were kept and not chosen.
    pub candidates: Vec<Candidate>,
    /// Where it is defined.
    pub place: Option<Location>,
}

impl Asker<'_> {
    pub(super) fn series(&self, id: VariableId, line: &Timeline) -> Series {
        let variable = self.variable(id);
        let cell = |(index, period): (usize, crate::calendar::Period)| {
            (period.to_string(), self.results.cell(self.case, id, Some(index)))
        };
        Series {
            path: variable.path.to_string(),
            label: variable.label.as_deref().map(str::to_string),
            case: self.case_name(),
            unit: variable.unit.symbol.to_string(),
            series: variable.series,
            values: Timed::row(line.periods().enumerate().map(cell).collect(), &variable.unit),
            pieces: self.pieces(variable),
            interpolation: variable.definition.interpolation,
            writes: self.laid_over(id, line).iter().map(|write| self.written(write)).collect(),
            ranges: self.ranges(variable, None),
            candidates: self.candidates(variable, None),
            place: self.place(variable.place),
        }
    }

    /// What was written over the definition in any period, each line once.
    fn laid_over(&self, id: VariableId, line: &Timeline) -> Vec<Write> {
        let mut all: Vec<Write> = Vec::new();
        for index in 0..line.len {
            for write in writes(self.model(), &self.results.settings, self.case, id, Some(index)) {
                let known = all.iter().any(|other| other.place == write.place && other.text == write.text);
                if write.layer != Layer::Definition && !known {
                    all.push(write);
                }
            }
        }
        all
    }
}
