//! `Spans`: the calendars of two models and the one that holds all of their periods.

use std::collections::BTreeMap;

use crate::calendar::{Frequency, Timeline, Timelines};
use crate::model::Model;

use super::translate::Shift;

/// How many periods later the same period is on another calendar, where the two are not the same.
pub type Shifts = BTreeMap<Frequency, Shift>;

/// A calendar, and the way to it from the one that holds all periods.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    pub timelines: Timelines,
    pub shifts: Shifts,
}

/// All periods of two models, and the calendar of each.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    pub whole: Timelines,
    pub baseline: Calendar,
    pub current: Calendar,
}

impl Spans {
    /// Lays the calendars of two models over each other.
    pub fn of(baseline: &Model, current: &Model) -> Spans {
        let (old, new) = (&baseline.timelines, &current.timelines);
        let mut whole = Timelines::default();
        for line in new.iter().chain(old.iter().filter(|line| new.get(line.frequency).is_none())) {
            // A frequency is added once: those of the baseline are only the ones that the current model lacks.
            let _ = whole.add(joined(line, old.get(line.frequency)));
        }
        let calendar = |of: &Timelines| Calendar { timelines: of.clone(), shifts: shifts(&whole, of) };
        let (baseline, current) = (calendar(old), calendar(new));
        Spans { whole, baseline, current }
    }

    /// The way from the baseline's calendar, and from the current one, to the one that holds all periods.
    pub fn ways(&self) -> (Shifts, Shifts) {
        (shifts(&self.baseline.timelines, &self.whole), shifts(&self.current.timelines, &self.whole))
    }
}

/// A timeline with all periods of another.
fn joined(line: &Timeline, other: Option<&Timeline>) -> Timeline {
    let other = other.unwrap_or(line);
    let end = |line: &Timeline| line.first + line.len as i32;
    let (first, last) = (line.first.min(other.first), end(line).max(end(other)));
    Timeline { first, len: (last - first).max(1) as usize, ..line.clone() }
}

fn shifts(from: &Timelines, to: &Timelines) -> Shifts {
    let both = from.iter().filter_map(|old| Some((old, to.get(old.frequency)?)));
    let moved = both.filter(|(old, new)| old.first != new.first || old.len != new.len);
    let shift = |(old, new): (&Timeline, &Timeline)| {
        let by = i64::from(old.first) - i64::from(new.first);
        (old.frequency, Shift { by, old_len: old.len, new_len: new.len })
    };
    moved.map(shift).collect()
}
