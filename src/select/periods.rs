//! Periods by their names.

use crate::calendar::{Frequency, Period};
use crate::diagnostic::Refusal;
use crate::model::Window;

/// `2025A..2028E`, `2027E`, `2026E..`, `..2026E`; marks may be left out.
pub fn periods(text: &str) -> Result<(Period, Period), Refusal> {
    let one = |text: &str, otherwise: &str| {
        let text = if text.is_empty() { otherwise } else { text };
        let marked = if text.ends_with(['A', 'E']) { text.to_string() } else { format!("{text}E") };
        let wrong =
            |_| Refusal::with(format!("`{text}` is not a period"), "write 2027E, 1H26E, 2025A..2028E or 2026E..");
        Period::parse(&marked).map_err(wrong)
    };
    match text.split_once("..") {
        Some((first, last)) => Ok((one(first, "1900A")?, one(last, "2999E")?)),
        None => one(text, text).map(|period| (period, period)),
    }
}

/// The part of a timeline that two periods of any frequency span, the end not included.
pub fn covered(line: &crate::calendar::Timeline, first: Period, last: Period) -> Window {
    let start = |period: Period| scaled(period.ordinal, period.frequency, line.frequency);
    let (from, to) = (start(first), start(Period { ordinal: last.ordinal + 1, ..last }));
    let at = |ordinal: i32| (ordinal - line.first).clamp(0, line.len as i32) as usize;
    Window { first: at(from), last: at(to).max(at(from)) }
}

fn scaled(ordinal: i32, from: Frequency, to: Frequency) -> i32 {
    let scaled = ordinal * to.per_year();
    -(-scaled).div_euclid(from.per_year())
}
