//! A series in a longer period than its own: what it comes to there, how, and from which of its values.

use crate::calendar::{Frequency, Period};
use crate::check::expression;
use crate::model::{SeriesKind, Variable, VariableId};

use super::value::{Told, told};
use crate::select::covered;

impl Told<'_> {
    /// The value of a longer period with those it is made of; nothing if the series has no such period.
    pub(super) fn longer(&self, id: VariableId, period: Period, frequency: Frequency) -> Option<String> {
        let variable = self.model().variable(id);
        let line = self.model().timelines.get(frequency).filter(|_| period.frequency > frequency)?;
        let text = format!("{}[{period}]", variable.path);
        let (formula, _) = expression(&self.checked.symbols, &text, &[]).ok()?;
        let value = self.results.formula(self.model(), self.case, &formula, None).into_iter().next()?;
        let mut out = format!("{text} = {}\n  {}\n", told(&value, &variable.unit), how(variable));
        let window = covered(line, period, period);
        for index in window.first..window.last {
            let name = line.period(index).map(|period| period.to_string()).unwrap_or_default();
            let cell = self.results.cell(self.case, id, Some(index));
            out += &format!("    {}[{name}] = {}\n", variable.path, told(&cell, &variable.unit));
        }
        Some(out)
    }
}

/// How a series adds up, in words.
fn how(variable: &Variable) -> &'static str {
    match variable.series {
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
