//! Which values a word asks for: a path, all of an entity or a kind, an expression, or a period of any of them.

mod cases;
mod paths;
mod periods;
mod sets;

use std::sync::Arc;

use crate::calendar::{Frequency, Period};
use crate::check::expression;
use crate::diagnostic::{Problem, Refusal};
use crate::eval::{Cell, Results};
use crate::export::Selected;
use crate::model::{CaseId, Model, VariableId};
use crate::text::nearest;
use crate::workspace::Checked;

pub use cases::{case, cases, repeated};
pub use paths::path_and_period;
pub use periods::{covered, periods};
pub use sets::sets;

/// What is looked at: a checked book, its results, the cases and the periods.
pub struct View<'a> {
    pub checked: &'a Checked,
    pub results: &'a Results,
    pub cases: Vec<CaseId>,
    pub periods: Option<(Period, Period)>,
}

impl View<'_> {
    /// What the book is asked for: its outputs, or every value it derives if it names none.
    pub fn outputs(&self) -> Vec<Selected> {
        let model = self.model();
        if model.outputs.is_empty() {
            let shown = (0..model.variables.len() as u32).map(VariableId).filter(|id| !model.variable(*id).hidden);
            return shown.map(|id| self.variable(id)).collect();
        }
        let output = |output: &crate::model::Output| {
            let label = Some(output.label.clone()).filter(|label| !label.is_empty());
            Selected { label, ..self.variable(output.variable) }
        };
        model.outputs.iter().map(output).collect()
    }

    /// The values a word names; a word that names nothing is read as an expression.
    pub fn word(&self, word: &str) -> Result<Vec<Selected>, Refusal> {
        let model = self.model();
        if let Some(id) = model.variable_at(word) {
            return Ok(vec![self.variable(id)]);
        }
        let family = format!("{word}[");
        let entity = model.entity_named(word);
        let kind = model.kind_named(word);
        let wanted = |id: &VariableId| {
            let variable = model.variable(*id);
            let of_kind = || kind.is_some() && variable.entity.map(|of| model.entity(of).kind) == kind;
            let of_entity = || entity.is_some() && variable.entity == entity;
            !variable.hidden && (variable.path.starts_with(&family) || of_entity() || of_kind())
        };
        let found: Vec<VariableId> = (0..model.variables.len() as u32).map(VariableId).filter(wanted).collect();
        if !found.is_empty() || entity.is_some() || kind.is_some() {
            let selected = found
                .into_iter()
                .map(|id| Selected { of_kind: kind.and_then(|_| self.attribute(id)), ..self.variable(id) });
            return Ok(selected.collect());
        }
        self.expression(word).map(|selected| vec![selected])
    }

    fn model(&self) -> &Model {
        &self.checked.model
    }

    fn attribute(&self, id: VariableId) -> Option<(Arc<str>, Arc<str>)> {
        let variable = self.model().variable(id);
        let entity = self.model().entity(variable.entity?).name.clone();
        let index = variable.index.map(|index| format!("[{}]", self.model().entity(index).name)).unwrap_or_default();
        Some((entity, format!("{}{index}", variable.name).into()))
    }

    fn variable(&self, id: VariableId) -> Selected {
        let variable = self.model().variable(id);
        let indexes = self.indexes(variable.time);
        let cells = |case: CaseId| match variable.time {
            None => vec![self.results.cell(case, id, None)],
            Some(_) => indexes.clone().map(|index| self.results.cell(case, id, Some(index))).collect(),
        };
        Selected {
            path: variable.path.clone(),
            label: variable.label.clone(),
            of_kind: None,
            unit: variable.unit.clone(),
            time: variable.time,
            periods: self.names(variable.time),
            cases: self.cases.iter().map(|case| (self.model().case(*case).name.clone(), cells(*case))).collect(),
        }
    }

    fn expression(&self, text: &str) -> Result<Selected, Refusal> {
        let model = self.model();
        let read = expression(&self.checked.symbols, text, &[]);
        let (formula, unit) = read.map_err(|problems| self.unread(text, &problems))?;
        let time = formula.expr.time;
        let indexes = self.indexes(time);
        let cells = |case: CaseId| -> Vec<Cell> {
            let all = self.results.formula(model, case, &formula, None);
            if time.is_none() { all } else { all.into_iter().take(indexes.end).skip(indexes.start).collect() }
        };
        Ok(Selected {
            path: Arc::from(text),
            label: None,
            of_kind: None,
            unit,
            time,
            periods: self.names(time),
            cases: self.cases.iter().map(|case| (model.case(*case).name.clone(), cells(*case))).collect(),
        })
    }

    /// The indexes of the periods that are shown, on the timeline of a frequency.
    fn indexes(&self, time: Option<Frequency>) -> std::ops::Range<usize> {
        let Some(line) = time.and_then(|frequency| self.model().timelines.get(frequency)) else { return 0..0 };
        let Some((first, last)) = self.periods else { return 0..line.len };
        let window = covered(line, first, last);
        window.first..window.last
    }

    fn names(&self, time: Option<Frequency>) -> Vec<String> {
        let Some(line) = time.and_then(|frequency| self.model().timelines.get(frequency)) else {
            return vec![String::new()];
        };
        self.indexes(time).filter_map(|index| line.period(index)).map(|period| period.to_string()).collect()
    }

    fn unread(&self, text: &str, problems: &[Problem]) -> Refusal {
        let message = match problems.first() {
            Some(problem) => format!("`{text}`: {}", problem.message),
            None => format!("`{text}` is no path of this book"),
        };
        let model = self.model();
        let paths = model.variables.iter().filter(|variable| !variable.hidden).map(|variable| &*variable.path);
        let names = model.entities.iter().map(|entity| &*entity.name).chain(model.kinds.iter().map(|kind| &*kind.name));
        let help = problems.first().and_then(|problem| problem.help.clone());
        let near = nearest(text, paths.chain(names)).map(|near| format!("did you mean `{near}`?"));
        Refusal { message, help: help.or(near) }
    }
}
