//! How a value moved over the revisions of a book, with who and why; the revisions are whoever's that asks.

mod point;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Refusal;
use crate::model::Model;
use crate::review::{earlier_path, view::percent};
use crate::select::path_and_period;
use crate::units::Units;
use crate::workspace::Checked;

pub use point::{Point, State, states};

/// How one path moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct History {
    pub path: String,
    pub case: String,
    /// The unit of the last row.
    pub unit: String,
    /// The oldest first.
    pub rows: Vec<Moment>,
}

/// One revision in which the value, or what stands behind it, was not what it was before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Moment {
    /// Which of the revisions, from 0, the oldest first.
    pub revision: usize,
    pub period: Option<String>,
    #[serde(flatten)]
    pub point: Point,
    /// The move since the row before of the same period, in the same unit.
    pub difference: Option<f64>,
    /// The same as a share of what it was, as people read it; empty where that was 0.
    pub share: Option<String>,
}

/// The history of each path over some revisions of a book, the oldest first, under the names it has in the last one; a
/// revision that does not check says nothing.
pub fn histories(revisions: &[&Checked], words: &[String], case: &str) -> Result<Vec<History>, Refusal> {
    let Some((last, older)) = revisions.split_last() else { return Ok(Vec::new()) };
    let nothing = || vec![State::new(); words.len()];
    let mut all = vec![states(last, words, case)?.into_iter().collect::<Result<Vec<State>, Refusal>>()?];
    let (mut newer, mut names) = (*last, words.to_vec());
    for checked in older.iter().rev() {
        if !checked.is_sound() {
            all.push(nothing());
            continue;
        }
        names = names.iter().map(|name| earlier_name(&checked.model, &newer.model, name)).collect();
        let said = states(checked, &names, case).map(|all| all.into_iter().map(Result::unwrap_or_default).collect());
        all.push(said.unwrap_or_else(|_| nothing()));
        newer = checked;
    }
    all.reverse();
    let history = |(at, word): (usize, &String)| history(word, case, &last.model.units, all.iter().map(|one| &one[at]));
    Ok(words.iter().enumerate().map(history).collect())
}

/// The history of one path, the oldest revision first: for each period the revisions in which something is not what it was.
pub fn history<'s>(word: &str, case: &str, units: &Units, states: impl Iterator<Item = &'s State>) -> History {
    let mut history = History { path: word.to_string(), case: case.to_string(), unit: String::new(), rows: Vec::new() };
    let mut last: BTreeMap<&Option<String>, &Point> = BTreeMap::new();
    for (revision, state) in states.enumerate() {
        for (period, point) in state {
            let before = last.insert(period, point);
            if before == Some(point) {
                continue;
            }
            history.unit = point.unit.clone();
            history.rows.push(moment(revision, period, point, before, units));
        }
    }
    history
}

fn moment(revision: usize, period: &Option<String>, point: &Point, before: Option<&Point>, units: &Units) -> Moment {
    let difference = before.and_then(|before| point.since(before, units));
    let share = difference.map(|difference| {
        let old = before.and_then(|before| before.number_in(&point.unit, units)).unwrap_or_default();
        if old == 0.0 { String::new() } else { percent(difference / old.abs()) }
    });
    Moment { revision, period: period.clone(), point: point.clone(), difference, share }
}

/// The name that a path had in an older revision; an expression stays as it is.
pub fn earlier_name(old: &Model, new: &Model, name: &str) -> String {
    let (path, period) = match path_and_period(new, name) {
        Some((id, period)) => (&*new.variable(id).path, period),
        None => (name, None),
    };
    if old.variable_at(path).is_some() {
        return name.to_string();
    }
    match earlier_path(old, new, path) {
        Some(before) => format!("{before}{}", period.map(|period| format!("[{period}]")).unwrap_or_default()),
        None => name.to_string(),
    }
}
