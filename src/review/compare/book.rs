//! The book as a whole: its date, currency and owner, its calendars, its sources.

use crate::calendar::Timeline;
use crate::model::Source;

use super::super::change::{Change, ChangeKind, Swap};
use super::Compare;

impl Compare<'_> {
    /// Compares what belongs to no value.
    pub(super) fn book(&mut self) {
        self.header();
        self.calendars();
        self.sources();
    }

    fn header(&mut self) {
        let (old, new) = (self.baseline, self.current);
        let text = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(str::to_string);
        let share = |share: Option<f64>| share.map(crate::units::percent);
        let rows = [
            ("currency", text(&old.currency), text(&new.currency), ChangeKind::Book),
            ("as_of", old.as_of.map(|date| date.to_string()), new.as_of.map(|date| date.to_string()), ChangeKind::Book),
            ("owner", text(&old.owner), text(&new.owner), ChangeKind::Words),
            ("materiality", share(old.materiality), share(new.materiality), ChangeKind::Book),
        ];
        for (what, old, new, kind) in rows.into_iter().filter(|(_, old, new, _)| old != new) {
            self.changes.push(Change::of(kind, format!("model {what}")).saying(old, new));
        }
    }

    fn calendars(&mut self) {
        let lines = |model: &crate::model::Model| model.timelines.iter().cloned().collect::<Vec<Timeline>>();
        let (old, new) = (lines(self.baseline), lines(self.current));
        for line in &new {
            let before = old.iter().find(|old| old.frequency == line.frequency);
            if before.is_none_or(|before| said(before) != said(line)) {
                let change = Change::of(ChangeKind::Book, format!("calendar {}", line.name));
                self.changes.push(of_calendars(change.saying(before.map(said), Some(said(line)))));
            }
        }
        for line in old.iter().filter(|old| new.iter().all(|new| new.frequency != old.frequency)) {
            let change = Change::of(ChangeKind::Book, format!("calendar {}", line.name));
            self.changes.push(of_calendars(change.saying(Some(said(line)), None)));
        }
    }

    fn sources(&mut self) {
        for new in &self.current.sources {
            let old = self.baseline.sources.iter().find(|old| old.name == new.name);
            let path = format!("source {}", new.name);
            match old {
                None => self.changes.push(
                    Change::of(ChangeKind::Added, path).saying(None, Some(described(new))).at(None, Some(new.place)),
                ),
                Some(old) if described(old) != described(new) => self.changes.push(
                    Change::of(ChangeKind::Source, path)
                        .saying(Some(described(old)), Some(described(new)))
                        .at(Some(old.place), Some(new.place)),
                ),
                Some(_) => {}
            }
        }
        for old in
            self.baseline.sources.iter().filter(|old| self.current.sources.iter().all(|new| new.name != old.name))
        {
            let change = Change::of(ChangeKind::Removed, format!("source {}", old.name));
            self.changes.push(change.saying(Some(described(old)), None).at(Some(old.place), None));
        }
    }
}

/// All changes of calendars are taken back together: one may be made of the parts of another.
fn of_calendars(mut change: Change) -> Change {
    change.swaps = vec![Swap::Calendars];
    change
}

/// `annual 2023A..2037E, actual to 2025A, ending month 12`
fn said(line: &Timeline) -> String {
    let at = |index: usize| line.period(index).map(|period| period.to_string()).unwrap_or_default();
    let actual = line.at_ordinal(line.last_actual);
    format!(
        "{} {}..{}, actual to {actual}, ending in month {}",
        line.frequency.word(),
        at(0),
        at(line.len - 1),
        line.ending_month
    )
}

/// A source in one line.
fn described(source: &Source) -> String {
    let mut text = format!("\"{}\" {} \"{}\"", source.title, source.medium, source.target);
    if let Some(date) = source.dated {
        text += &format!(" dated {date}");
    }
    if let Some(date) = source.accessed {
        text += &format!(" accessed {date}");
    }
    if let Some(days) = source.stale_after_days {
        text += &format!(" stale after {days} d");
    }
    text
}
