//! What one revision says of a path, period by period, and the rows in which it is not what it was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::cli::failure::Failure;
use crate::cli::git::Commit;
use crate::eval::{Cell, Settings, Write, writes};
use crate::export::{Selected, display};
use crate::model::{Model, Role};
use crate::select::View;
use crate::units::Units;
use crate::workspace::Checked;

use super::history::{History, Row};

/// What one revision says of a path, period by period; nothing if it does not check or has no such path.
pub type State = Vec<(Option<String>, Point)>;

/// What one revision says of a path in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    display: String,
    number: Option<f64>,
    unit: String,
    by: Option<String>,
    because: Option<String>,
}

/// What a revision says of each path; an error where a path means nothing.
pub fn states(checked: &Checked, words: &[String], case: &str) -> Result<Vec<Result<State, Failure>>, Failure> {
    let case = crate::select::case(&checked.model, case)?;
    let evaluated = checked.evaluate(&Settings::default());
    let view = View { checked, results: &evaluated.results, cases: vec![case], periods: None };
    Ok(words.iter().map(|word| state(&view, word)).collect())
}

fn state(view: &View<'_>, word: &str) -> Result<State, Failure> {
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
    let (path, named) = split_period(model, word);
    let id = model.variable_at(&path)?;
    let line = model.variable(id).time.and_then(|time| model.timelines.get(time));
    let index = match &named {
        Some(named) => line.and_then(|line| line.index_of(Period::parse(named).ok()?.ordinal)),
        None => Some(at),
    };
    let last = writes(model, &Settings::default(), *view.cases.first()?, id, index).pop();
    last.filter(|write| write.role != Role::Derived)
}

/// `co.revenue[2027E]` as the path of a variable and a period, if it is that.
pub fn split_period(model: &Model, word: &str) -> (String, Option<String>) {
    let parts = word.strip_suffix(']').and_then(|word| word.rsplit_once('['));
    match parts {
        Some((path, period)) if Period::parse(period).is_ok() && model.variable_at(path).is_some() => {
            (path.to_string(), Some(period.to_string()))
        }
        _ => (word.to_string(), None),
    }
}

fn point(one: &Selected, cell: &Cell, stated: Option<Write>, model: &Model) -> Point {
    let provenance = stated.map(|write| write.provenance);
    let text = |text: Option<&std::sync::Arc<str>>| text.map(|text| text.to_string());
    let cited = provenance.as_ref().and_then(|provenance| provenance.citation.as_ref()).map(|citation| {
        let place = citation.locator.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        format!("from {}{place}", model.source(citation.source).name)
    });
    Point {
        display: display(cell, &one.unit),
        number: crate::export::in_unit(cell, &one.unit),
        unit: one.unit.symbol.to_string(),
        by: text(provenance.as_ref().and_then(|provenance| provenance.owner.as_ref())),
        because: text(provenance.as_ref().and_then(|provenance| provenance.reason.as_ref())).or(cited),
    }
}

/// The history of one path, the oldest revision first: for each period the revisions in which something is not what it was.
pub fn told<'s>(
    word: &str,
    case: &str,
    units: &Units,
    states: impl Iterator<Item = (&'s Option<Commit>, &'s State)>,
) -> History {
    let mut history = History { path: word.to_string(), case: case.to_string(), unit: String::new(), rows: Vec::new() };
    let mut last: BTreeMap<Option<String>, Point> = BTreeMap::new();
    for (commit, state) in states {
        for (period, point) in state {
            let before = last.insert(period.clone(), point.clone());
            if before.as_ref() == Some(point) {
                continue;
            }
            history.unit = point.unit.clone();
            history.rows.push(Row {
                commit: commit.clone(),
                period: period.clone(),
                display: point.display.clone(),
                number: point.number,
                moved: before.and_then(|before| moved(&before, point, units)),
                by: point.by.clone(),
                because: point.because.clone(),
            });
        }
    }
    history
}

/// How far a value moved, in its unit of today.
fn moved(before: &Point, now: &Point, units: &Units) -> Option<(f64, String)> {
    let old = if before.unit == now.unit { before.number? } else { converted(before, &now.unit, units)? };
    let difference = now.number? - old;
    if difference == 0.0 {
        return None;
    }
    let share = (old != 0.0).then(|| crate::review::view::percent(difference / old.abs()));
    Some((difference, share.unwrap_or_default()))
}

/// The number of a point in another unit, as the book has units now; nothing if it is no measure of the same.
fn converted(point: &Point, unit: &str, units: &Units) -> Option<f64> {
    let (from, to) = (units.parse(&point.unit).ok()?, units.parse(unit).ok()?);
    from.measures_like(&to).then(|| Some(to.from_base(from.to_base(point.number?)))).flatten()
}
