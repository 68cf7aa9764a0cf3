//! A series in a longer period than its own: what it comes to there, how, and from which of its values.

use serde::Serialize;

use crate::calendar::{Period, Timeline};
use crate::check::expression;
use crate::model::{SeriesKind, VariableId};
use crate::select::covered;
use crate::text::Location;

use super::super::{Amount, Timed};
use super::Asker;

/// A series in a longer period than its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Longer {
    pub path: String,
    pub label: Option<String>,
    pub period: String,
    pub case: String,
    #[serde(flatten)]
    pub amount: Amount,
    /// How it adds up over time.
    pub series: Option<SeriesKind>,
    /// The same in words, before the values.
    pub how: &'static str,
    /// The values of its own periods in the longer one.
    pub parts: Vec<Timed>,
    /// Where it is defined.
    pub place: Option<Location>,
}

impl Asker<'_> {
    /// The value of a longer period with those it is made of; nothing if the series has no such period.
    pub(super) fn longer(&self, id: VariableId, line: &Timeline, period: Period) -> Option<Longer> {
        let variable = self.variable(id);
        if period.frequency <= line.frequency {
            return None;
        }
        let text = format!("{}[{period}]", variable.path);
        let (formula, _) = expression(&self.checked.symbols, &text, &[]).ok()?;
        let value = self.results.formula(self.model(), self.case, &formula, None).into_iter().next()?;
        let window = covered(line, period, period);
        let cell = |index: usize| {
            let name = self.model().period_of(variable, Some(index)).unwrap_or_default();
            (name, self.results.cell(self.case, id, Some(index)))
        };
        Some(Longer {
            path: variable.path.to_string(),
            label: variable.label.as_deref().map(str::to_string),
            period: period.to_string(),
            case: self.case_name(),
            amount: Amount::of(&value, &variable.unit),
            series: variable.series,
            how: how(variable.series),
            parts: Timed::row((window.first..window.last).map(cell).collect(), &variable.unit),
            place: self.place(variable.place),
        })
    }
}

/// How a series adds up, in words.
fn how(series: Option<SeriesKind>) -> &'static str {
    match series {
        Some(SeriesKind::Flow) => "a flow: the sum of",
        Some(SeriesKind::Stock) => {
            "a stock: the last of, or for an average that of the opening and the closing, beside"
        }
        Some(SeriesKind::Price) => "a price: the mean of",
        Some(SeriesKind::Rate) => "a rate: compounded from",
        Some(SeriesKind::Ratio) => "a ratio: worked out again from its parts in that period, beside",
        None => "beside",
    }
}
