//! `Timeline`: the periods of one frequency, actual then estimated; `Timelines`: one for each frequency.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::word::SeriesKind;

use super::{Frequency, Period};

/// Consecutive periods of one frequency; those up to `last_actual` are actual, the others estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    pub name: Arc<str>,
    pub frequency: Frequency,
    /// The ordinal of the first period.
    pub first: i32,
    /// How many periods there are; at least one.
    pub len: usize,
    /// The ordinal of the last actual period; before `first` if all are estimated.
    pub last_actual: i32,
    /// The calendar month, from 1, in which the fiscal year ends.
    pub ending_month: i8,
}

impl Timeline {
    /// The period at an index, if there is one.
    pub fn period(&self, index: usize) -> Option<Period> {
        (index < self.len).then(|| self.at_ordinal(self.first + index as i32))
    }

    /// The index of an ordinal on this line.
    pub fn index_of(&self, ordinal: i32) -> Option<usize> {
        usize::try_from(ordinal - self.first).ok().filter(|index| *index < self.len)
    }

    /// Every period in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> {
        (0..self.len as i32).map(|index| self.at_ordinal(self.first + index))
    }

    /// The period of an ordinal, with this line's actual or estimated mark.
    pub fn at_ordinal(&self, ordinal: i32) -> Period {
        Period { frequency: self.frequency, ordinal, estimated: ordinal > self.last_actual }
    }

    /// How many periods have happened: the index of the first estimated one, if there is one.
    pub fn actual(&self) -> usize {
        usize::try_from(self.last_actual - self.first + 1).unwrap_or(0).min(self.len)
    }

    /// Whether the period at an index has happened.
    pub fn is_actual(&self, index: usize) -> bool {
        index < self.actual()
    }

    /// The last day of a period.
    pub fn end(&self, period: Period) -> Option<Date> {
        end_of(period, self.ending_month)
    }

    /// How many days a period has.
    pub fn days(&self, period: Period) -> Option<f64> {
        let before = Period { ordinal: period.ordinal - 1, ..period };
        let span = self.end(period)?.since(self.end(before)?).ok()?;
        Some(f64::from(span.get_days()))
    }
}

/// The last day of a period when fiscal years end in `ending_month` (from 1); months are calendar months.
pub fn end_of(period: Period, ending_month: i8) -> Option<Date> {
    let months = match period.frequency {
        Frequency::Month => period.ordinal,
        _ => {
            let length = 12 / period.frequency.per_year();
            period.year() * 12 + i32::from(ending_month) - 12 + (period.part() + 1) * length - 1
        }
    };
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    let month = months.rem_euclid(12) as i8 + 1;
    Some(Date::new(year, month, 1).ok()?.last_of_month())
}

/// The timelines of a model, at most one of each frequency.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timelines {
    lines: Vec<Timeline>,
}

impl Timelines {
    /// Adds a timeline; gives the one of the same frequency back if there is one already.
    pub fn add(&mut self, line: Timeline) -> Result<(), Timeline> {
        match self.get(line.frequency) {
            Some(_) => Err(line),
            None => {
                self.lines.push(line);
                Ok(())
            }
        }
    }

    /// The timeline of a frequency.
    pub fn get(&self, frequency: Frequency) -> Option<&Timeline> {
        self.lines.iter().find(|line| line.frequency == frequency)
    }

    /// The timeline of series that name no period: the first declared.
    pub fn default_line(&self) -> Option<&Timeline> {
        self.lines.first()
    }

    /// Every timeline in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = &Timeline> {
        self.lines.iter()
    }

    /// The indexes on the `fine` line of the periods that make up `period`, all of them or nothing.
    ///
    /// Quarters of a year that ends in March are those whose last month falls in it.
    pub fn parts(&self, period: Period, fine: Frequency) -> Option<Range<usize>> {
        self.parts_from(period, fine, false)
    }

    /// The indexes on the `fine` line of the periods that a roll-up looks at: of a stock the last one only.
    pub fn rolled_parts(&self, period: Period, fine: Frequency, how: SeriesKind) -> Option<Range<usize>> {
        self.parts_from(period, fine, how == SeriesKind::Stock)
    }

    fn parts_from(&self, period: Period, fine: Frequency, only_last: bool) -> Option<Range<usize>> {
        let line = self.get(fine)?;
        let ratio = fine.per_year() / period.frequency.per_year();
        let first = match fine {
            Frequency::Month => {
                let ending = self.get(period.frequency).map_or(line.ending_month, |coarse| coarse.ending_month);
                let length = 12 / period.frequency.per_year();
                period.year() * 12 + i32::from(ending) - 12 + period.part() * length
            }
            _ => period.ordinal * ratio,
        };
        let end = line.index_of(first + ratio - 1)?;
        let start = if only_last { end } else { line.index_of(first)? };
        Some(start..end + 1)
    }
}
