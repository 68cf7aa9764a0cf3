//! Answers of studies, then and now, as others see them.

use serde::Serialize;

use crate::eval::Cell;

use super::super::answer::{AnswerPair, AnswerRow};
use super::{Amount, Rounding, clean};

/// What the answer of one study was and is.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerView {
    pub study: String,
    pub kind: &'static str,
    pub title: Option<String>,
    /// Why the baseline has no answer, though it asks.
    pub old_failed: Option<String>,
    pub new_failed: Option<String>,
    /// Numbers that moved by more than what is worth a line.
    pub rows: Vec<AnswerRowView>,
    /// How many others moved.
    pub more: usize,
    /// How many did not move.
    pub unchanged: usize,
}

/// One number of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerRowView {
    /// `risk: co.value mean@base`
    pub id: String,
    pub case: String,
    /// The output, the condition, or the input that is solved for.
    pub of: String,
    pub says: String,
    pub unit: String,
    pub old: Option<Amount>,
    pub new: Option<Amount>,
    pub difference: Option<Amount>,
    /// A share: 0.05 is 5%.
    pub relative: Option<f64>,
}

/// An answer as others see it.
pub fn answer_view(pair: &AnswerPair) -> AnswerView {
    AnswerView {
        study: pair.study.clone(),
        kind: pair.kind,
        title: pair.title.clone(),
        old_failed: pair.failed.0.clone(),
        new_failed: pair.failed.1.clone(),
        rows: pair.rows.iter().map(|row| row_view(pair, row)).collect(),
        more: pair.more,
        unchanged: pair.unchanged,
    }
}

fn row_view(pair: &AnswerPair, row: &AnswerRow) -> AnswerRowView {
    let (moved, rounding) = (&row.moved, Rounding::of(&row.moved));
    let side = |cell: &Option<Cell>| cell.as_ref().map(|cell| rounding.cell(cell, &moved.unit));
    AnswerRowView {
        id: format!("{}: {} {}@{}", pair.study, row.of, row.says, row.case),
        case: row.case.clone(),
        of: row.of.clone(),
        says: row.says.clone(),
        unit: moved.unit.symbol.to_string(),
        old: side(&moved.old),
        new: side(&moved.new),
        difference: moved.difference.map(|_| rounding.total(moved)),
        relative: moved.relative.map(clean),
    }
}

impl AnswerView {
    /// The title of the study, or its name.
    pub fn heading(&self) -> String {
        match &self.title {
            Some(title) => format!("{} {}, {title}", self.kind, self.study),
            None => format!("{} {}", self.kind, self.study),
        }
    }

    /// What is said beside the rows: why there is no answer, and how many numbers are not listed.
    pub fn notes(&self) -> Vec<String> {
        let failed = |side: &Option<String>, when: &str| {
            side.as_ref().map(|why| format!("{when} the change it has no answer: {why}"))
        };
        let counted = crate::diagnostic::render::counted;
        let mut notes: Vec<String> =
            failed(&self.old_failed, "before").into_iter().chain(failed(&self.new_failed, "after")).collect();
        notes.extend(
            (self.more > 0).then(|| format!("{} moved that are not listed", counted(self.more, "other number"))),
        );
        notes.extend((self.unchanged > 0).then(|| format!("{} did not change", counted(self.unchanged, "number"))));
        notes
    }

    /// What it is of, what it says, case, before, after, move, share: a row for each number.
    pub fn cells(&self) -> Vec<[String; 7]> {
        let text = |amount: &Option<Amount>| amount.as_ref().map_or(String::new(), |amount| amount.display.clone());
        let row = |row: &AnswerRowView| {
            [
                row.of.clone(),
                row.says.clone(),
                row.case.clone(),
                text(&row.old),
                text(&row.new),
                text(&row.difference),
                row.relative.map(super::percent).unwrap_or_default(),
            ]
        };
        self.rows.iter().map(row).collect()
    }
}
