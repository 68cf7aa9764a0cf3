//! `Point`: what one revision says of a path in one period, and who says so.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::diagnostic::Refusal;
use crate::eval::{Cell, Settings, Write, writes};
use crate::export::{Selected, display, in_unit};
use crate::model::{Clauses, Model, Role};
use crate::select::{View, case, path_and_period};
use crate::units::Units;
use crate::workspace::Checked;

/// What one revision says of a path, period by period; nothing if it does not check or has no such path.
pub type State = Vec<(Option<String>, Point)>;

/// What one revision says of a path in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Point {
    pub display: String,
    /// Of `unit`; nothing for a text or where there is no value.
    pub number: Option<f64>,
    pub unit: String,
    /// Who stands behind it, if it is stated and not computed.
    pub by: Option<String>,
    /// Why; or where it is from.
    pub because: Option<String>,
}

/// What a revision says of each path; an error where a path means nothing.
pub fn states(checked: &Checked, words: &[String], name: &str) -> Result<Vec<Result<State, Refusal>>, Refusal> {
    let case = case(&checked.model, name)?;
    let evaluated = checked.evaluate(&Settings::default());
    let view = View { checked, results: &evaluated.results, cases: vec![case], periods: None };
    Ok(words.iter().map(|word| state(&view, word)).collect())
}

fn state(view: &View<'_>, word: &str) -> Result<State, Refusal> {
    let model = &view.checked.model;
    let mut state = State::new();
    for one in view.word(word)?.iter().take(1) {
        for (at, period) in one.periods.iter().enumerate() {
            let cell = one.cases.first().and_then(|(_, cells)| cells.get(at));
            let Some(cell) = cell else { continue };
            let period_name = Some(period.clone()).filter(|name| !name.is_empty());
            state.push((period_name, point(one, cell, stated(view, word, at), model)));
        }
    }
    Ok(state)
}

/// The last line that states a value, if it is stated rather than computed.
fn stated(view: &View<'_>, word: &str, at: usize) -> Option<Write> {
    let model = &view.checked.model;
    let (id, named) = path_and_period(model, word)?;
    let line = model.variable(id).time.and_then(|time| model.timelines.get(time));
    let index = match named {
        Some(named) => line.and_then(|line| line.index_of(Period::parse(named).ok()?.ordinal)),
        None => Some(at),
    };
    let last = writes(model, &Settings::default(), *view.cases.first()?, id, index).pop();
    last.filter(|write| write.role != Role::Derived)
}

fn point(one: &Selected, cell: &Cell, stated: Option<Write>, model: &Model) -> Point {
    let clauses = stated.map(|write| write.provenance.clauses(model)).unwrap_or_default();
    let cited = clauses.cited().map(|cited| format!("from {cited}"));
    let Clauses { by, because, .. } = clauses;
    Point {
        display: display(cell, &one.unit),
        number: in_unit(cell, &one.unit),
        unit: one.unit.symbol.to_string(),
        by,
        because: because.or(cited),
    }
}

impl Point {
    /// How far a value moved since an earlier point, in the unit it has now.
    pub(super) fn since(&self, before: &Point, units: &Units) -> Option<f64> {
        let old = before.number_in(&self.unit, units)?;
        Some(self.number? - old).filter(|difference| *difference != 0.0)
    }

    /// The number in another unit, as a book has units now; nothing if it is no measure of the same.
    pub(super) fn number_in(&self, unit: &str, units: &Units) -> Option<f64> {
        if self.unit == unit {
            return self.number;
        }
        let (from, to) = (units.parse(&self.unit).ok()?, units.parse(unit).ok()?);
        from.measures_like(&to).then(|| Some(to.from_base(from.to_base(self.number?)))).flatten()
    }
}
