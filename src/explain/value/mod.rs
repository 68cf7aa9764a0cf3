//! Why a value is what it is: its formula with the value of every part, and everything that was written to it.

mod carries;
mod longer;
mod series;
mod tree;
mod written;

use serde::Serialize;

use crate::calendar::{Frequency, Period, Timeline};
use crate::diagnostic::Refusal;
use crate::eval::{Results, trace};
use crate::model::{CaseId, Model, Variable, VariableId};
use crate::text::Location;
use crate::workspace::Checked;

use super::{Amount, Explained};

pub use carries::{Carried, Carries};
pub use longer::Longer;
pub use series::Series;
pub use tree::{Folded, Node, Origin};
pub use written::{Candidate, Layer, Piece, Range, Stretch, Written};

/// A value without time, or a series in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Value {
    pub path: String,
    pub label: Option<String>,
    pub period: Option<String>,
    pub case: String,
    #[serde(flatten)]
    pub amount: Amount,
    /// As it is computed; nothing for what is stated.
    pub formula: Option<String>,
    /// The parts of the formula that are worth a line.
    pub tree: Vec<Node>,
    /// Everything that was written to it, the file's own line first; the last one holds unless it shifts or scales.
    pub writes: Vec<Written>,
    /// What the inputs behind it do to it; nothing if that is not asked for, or there are none.
    pub carries: Option<Carries>,
    /// How it varies.
    pub ranges: Vec<Range>,
    /// The values of other sources that were kept and not chosen.
    pub candidates: Vec<Candidate>,
    /// Where it is defined.
    pub place: Option<Location>,
}

/// What is asked about values: in which case, how deep, and by what share inputs are raised.
pub(super) struct Asker<'a> {
    pub checked: &'a Checked,
    pub results: &'a Results,
    pub case: CaseId,
    pub depth: usize,
    pub raise: f64,
}

impl Asker<'_> {
    /// A value without time or a period with its tree; a series with its numbers and its lines.
    pub fn asked(&self, id: VariableId, period: Option<&str>) -> Result<Explained, Refusal> {
        match (period, self.line(self.variable(id))) {
            (Some(text), line) => self.period(id, line, text),
            (None, Some(line)) => Ok(Explained::Series(Box::new(self.series(id, line)))),
            (None, None) => Ok(self.cell(id, None)),
        }
    }

    fn period(&self, id: VariableId, line: Option<&Timeline>, text: &str) -> Result<Explained, Refusal> {
        let path = &self.variable(id).path;
        let line = line.ok_or_else(|| Refusal::plain(format!("`{path}` does not vary over time")))?;
        let period = Period::parse(text).ok();
        let own = period.filter(|period| period.frequency == line.frequency);
        if let Some(index) = own.and_then(|period| line.index_of(period.ordinal)) {
            return Ok(self.cell(id, Some(index)));
        }
        if let Some(longer) = period.and_then(|period| self.longer(id, line, period)) {
            return Ok(Explained::Longer(longer));
        }
        let at = |index: usize| line.period(index).map(|period| period.to_string()).unwrap_or_default();
        let range = format!("its periods are {} to {}", at(0), at(line.len - 1));
        Err(Refusal::with(format!("`{path}` has no value in {text}"), range))
    }

    fn cell(&self, id: VariableId, index: Option<usize>) -> Explained {
        let variable = self.variable(id);
        let trace = trace(self.model(), self.results, self.case, id, index);
        let root = trace.root.as_ref().filter(|root| !root.children.is_empty());
        Explained::Value(Box::new(Value {
            path: variable.path.to_string(),
            label: variable.label.as_deref().map(str::to_string),
            period: self.model().period_of(variable, index),
            case: self.case_name(),
            amount: Amount::of(&trace.value, &variable.unit),
            formula: root.map(|root| root.text.to_string()),
            tree: root.map(|root| self.tree(id, index, &root.children)).unwrap_or_default(),
            writes: trace.writes.iter().map(|write| self.written(write)).collect(),
            carries: self.carries(id, index),
            ranges: self.ranges(variable, index),
            candidates: self.candidates(variable, index),
            place: self.place(variable.place),
        }))
    }

    fn model(&self) -> &Model {
        &self.checked.model
    }

    fn variable(&self, id: VariableId) -> &Variable {
        self.model().variable(id)
    }

    /// The timeline of a series.
    fn line(&self, variable: &Variable) -> Option<&Timeline> {
        variable.time.and_then(|frequency: Frequency| self.model().timelines.get(frequency))
    }

    fn case_name(&self) -> String {
        self.model().case(self.case).name.to_string()
    }

    fn place(&self, place: crate::text::Place) -> Option<Location> {
        self.checked.sources().location(place)
    }
}
