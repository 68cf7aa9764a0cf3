//! The model item and calendars; which window of its timeline a written period is.

use std::sync::Arc;

use crate::calendar::{Frequency, Period, Timeline};
use crate::model::Window;
use crate::syntax::ast::{Calendar, ItemKind, ModelItem, Periods};
use crate::text::decimal::shifted;
use crate::text::{SourceId, Span, fault_of_path};

use super::Resolver;
use super::error::ResolveError;
use super::names::did_you_mean;

impl<'a> Resolver<'a> {
    /// Reads the model item and then every calendar, whose boundary may hang on the model's date.
    pub(super) fn calendars(&mut self) {
        self.model_items();
        self.symbols.book.as_of = self.loaded.as_of.or(self.symbols.book.as_of);
        for file in &self.loaded.files {
            for item in &file.file.items {
                if let ItemKind::Calendar(calendar) = &item.kind {
                    self.calendar(file.source, calendar, file.space.is_empty());
                }
            }
        }
        self.same_endings();
    }

    fn model_items(&mut self) {
        let mut found: Option<crate::text::Place> = None;
        for (at, file) in self.loaded.files.iter().enumerate() {
            for item in &file.file.items {
                let ItemKind::Model(model) = &item.kind else { continue };
                let place = model.name.at(file.source);
                if !file.space.is_empty() {
                    continue;
                }
                match found {
                    Some(first) => self.second_model(place, first),
                    None if at > 0 => self.model_elsewhere(place),
                    None => self.model(file.source, model),
                }
                found = found.or(Some(place));
            }
        }
    }

    fn second_model(&mut self, place: crate::text::Place, first: crate::text::Place) {
        let message = "a book has one model item".to_string();
        let help = "keep the one in the root file".to_string();
        let error = ResolveError::Model { message, help, span: place.span };
        self.report(place.source, &error).labels.push(label(first, "the first one"));
    }

    fn model_elsewhere(&mut self, place: crate::text::Place) {
        let message = "the model item stands in the root file only".to_string();
        let help = "move it to the book's root, or use this file `as` a name to keep its book apart".to_string();
        self.report(place.source, &ResolveError::Model { message, help, span: place.span });
    }

    fn model(&mut self, source: SourceId, item: &ModelItem) {
        self.symbols.book.name = self.arc(source, item.name);
        self.symbols.book.label = item.label.map_or(self.arc(source, item.name), |label| self.told(source, label));
        for field in &item.fields {
            let value = self.text(source, field.value).trim();
            match self.text(source, field.name) {
                "currency" => self.model_currency(source, field.value),
                "as_of" => self.symbols.book.as_of = self.date(source, field.value),
                "owner" => self.symbols.book.owner = Some(value.into()),
                "materiality" => self.symbols.book.materiality = self.materiality(source, field.value),
                "reports" => self.symbols.book.reports = self.report_folder(source, field.value),
                other => {
                    let message = format!("a model has no field `{other}`");
                    let fields = ["currency", "as_of", "owner", "materiality", "reports"];
                    let others = "its fields are currency, as_of, owner, materiality and reports";
                    let help = did_you_mean(other, fields, others);
                    self.report(source, &ResolveError::Model { message, help, span: field.name });
                }
            }
        }
    }

    /// A share such as `0.5%`.
    fn materiality(&mut self, source: SourceId, span: Span) -> Option<f64> {
        let text = self.text(source, span).trim();
        let percent = text.strip_suffix('%').and_then(|digits| digits.trim().parse::<f64>().ok());
        let share = percent.map(|percent| shifted(percent, -2)).filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            let message = format!("`{text}` is not a share of an output");
            let help = "write it in percent, such as 0.5%".to_string();
            self.report(source, &ResolveError::Model { message, help, span });
        }
        share
    }

    /// A text such as `"notes"`.
    fn report_folder(&mut self, source: SourceId, span: Span) -> Option<Arc<str>> {
        let text = self.text(source, span).trim();
        let path = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let why = match path {
            Some(path) => match fault_of_path(path) {
                None => return Some(path.into()),
                Some(why) => format!("`{path}` is no folder for reports: {why}"),
            },
            None => format!("`{text}` is no folder for reports: it is no text"),
        };
        let help = "write a folder below the book's own in quotes, such as `reports \"notes\"`".to_string();
        self.report(source, &ResolveError::Model { message: why, help, span });
        None
    }

    fn model_currency(&mut self, source: SourceId, span: Span) {
        let code = self.text(source, span).trim();
        let unit = self.symbols.units.get(code).and_then(|unit| unit.dimension.single());
        if unit.is_some_and(|base| self.symbols.units.is_currency(base)) {
            self.symbols.book.currency = Some(code.into());
            return;
        }
        let message = format!("`{code}` is not a currency");
        let help = crate::units::currency_help(code, None)
            .unwrap_or_else(|| "name it by its ISO code, such as USD or CNY".to_string());
        self.report(source, &ResolveError::Model { message, help, span });
    }

    fn calendar(&mut self, source: SourceId, item: &Calendar, is_main: bool) {
        let Some(line) = self.timeline(source, item) else { return };
        let word = line.frequency.word();
        if self.symbols.timelines.add(line).is_err() && is_main {
            let message = format!("there is {} calendar already", article(word));
            self.calendar_problem::<()>(source, item.name, message, "a book has one calendar of each frequency");
        }
    }

    fn timeline(&mut self, source: SourceId, item: &Calendar) -> Option<Timeline> {
        let word = self.text(source, item.frequency);
        let Some(frequency) = Frequency::from_word(word) else {
            let message = format!("`{word}` is not a frequency");
            return self.calendar_problem(source, item.frequency, message, "say annual, half, quarter or month");
        };
        let ending_month = match item.ending {
            None => 12,
            Some(span) => match Period::month_of(self.text(source, span)) {
                Some(month) => month as i8 + 1,
                None => {
                    let message = format!("`{}` is not a month", self.text(source, span));
                    return self.calendar_problem(source, span, message, "write three letters: Mar, Jun, Dec");
                }
            },
        };
        let ends = self.range_ends(source, item, frequency)?;
        let (first, last) = (ends.first()?.0, ends.last()?.1);
        let mut line = Timeline {
            name: self.arc(source, item.name),
            frequency,
            first: first.ordinal,
            len: usize::try_from(last.ordinal - first.ordinal + 1).ok()?,
            last_actual: first.ordinal - 1,
            ending_month,
        };
        line.last_actual = self.last_actual(source, item, &line, &ends)?;
        Some(line)
    }

    /// The first and last period of each range, checked to be of the frequency, in order and without gaps.
    fn range_ends(&mut self, source: SourceId, item: &Calendar, frequency: Frequency) -> Option<Vec<(Period, Period)>> {
        let mut ends: Vec<(Period, Period)> = Vec::new();
        for (from, to) in &item.ranges {
            let mut read = |span: Span| {
                let text = self.text(source, span);
                let period = Period::parse(text).ok().filter(|period| period.frequency == frequency);
                period.or_else(|| {
                    let message = format!("`{text}` is not {} period", article(frequency.word()));
                    let help = "write 2025A, 1H26E, 3Q27E or Jan26E, as the frequency asks";
                    self.calendar_problem(source, span, message, help)
                })
            };
            let (first, last) = (read(*from)?, read(*to)?);
            let follows = ends.last().is_none_or(|(_, before)| first.ordinal == before.ordinal + 1);
            if last.ordinal < first.ordinal || last.ordinal - first.ordinal > 20_000 {
                let help = "write FIRST..LAST, of at most 20,000 periods";
                return self.calendar_problem(source, from.to(*to), "this range has no periods".to_string(), help);
            }
            if !follows {
                let message = "the second range does not begin where the first ends".to_string();
                return self.calendar_problem(source, *from, message, "leave neither a gap nor an overlap");
            }
            ends.push((first, last));
        }
        (!ends.is_empty()).then_some(ends)
    }

    /// Where the actual periods end: as two ranges state it, else before the model's date, else as the marks say.
    fn last_actual(
        &mut self,
        source: SourceId,
        item: &Calendar,
        line: &Timeline,
        ends: &[(Period, Period)],
    ) -> Option<i32> {
        let (first, last) = (ends.first()?.0, ends.last()?.1);
        if let [(_, actual), (estimate, _)] = ends
            && !actual.estimated
            && estimate.estimated
        {
            return Some(actual.ordinal);
        }
        if first.estimated == last.estimated && ends.len() == 1 && self.symbols.book.as_of.is_none() {
            return Some(if first.estimated { first.ordinal - 1 } else { last.ordinal });
        }
        let Some(as_of) = self.symbols.book.as_of else {
            let message = "nothing says which period is the last actual one".to_string();
            let help = "give the model an `as_of` date, or write two ranges: `2023A..2025A, 2026E..2037E`";
            return self.calendar_problem(source, item.name, message, help);
        };
        let is_actual = |period: &Period| line.end(*period).is_some_and(|end| end < as_of);
        let actual = line.periods().take_while(is_actual).count() as i32;
        let boundary = Timeline { last_actual: line.first + actual - 1, ..line.clone() };
        for (span, period) in [(item.ranges.first()?.0, first), (item.ranges.last()?.1, last)] {
            self.mark(source, span, period, &boundary);
        }
        Some(boundary.last_actual)
    }

    fn same_endings(&mut self) {
        let endings: Vec<i8> = self
            .symbols
            .timelines
            .iter()
            .filter(|line| line.frequency != Frequency::Month)
            .map(|line| line.ending_month)
            .collect();
        if endings.windows(2).all(|pair| pair[0] == pair[1]) {
            return;
        }
        let calendars =
            self.loaded.files.iter().flat_map(|file| file.file.items.iter().map(|item| (file.source, item)));
        let mut last = calendars.filter_map(|(source, item)| match &item.kind {
            ItemKind::Calendar(calendar) => Some((source, calendar.name)),
            _ => None,
        });
        if let Some((source, span)) = last.next_back() {
            let message = "the calendars' fiscal years end in different months".to_string();
            self.calendar_problem::<()>(source, span, message, "let all of them end in the same month");
        }
    }

    fn calendar_problem<T>(&mut self, source: SourceId, span: Span, message: String, help: &str) -> Option<T> {
        self.report(source, &ResolveError::Calendar { message, help: help.to_string(), span });
        None
    }

    /// The window of written periods on their timeline.
    pub(super) fn window(&mut self, source: SourceId, periods: &Periods) -> Option<(Frequency, Window)> {
        match periods {
            Periods::One(span) => {
                let (frequency, first) = self.period(source, *span)?;
                Some((frequency, Window { first, last: first }))
            }
            Periods::From(span) => {
                let (frequency, first) = self.period(source, *span)?;
                let last = self.symbols.timelines.get(frequency).map_or(first, |line| line.len - 1);
                Some((frequency, Window { first, last }))
            }
            Periods::Range(from, to) => {
                let (first, last) = (self.period(source, *from), self.period(source, *to));
                let ((frequency, first), (other, last)) = (first?, last?);
                if frequency == other && first <= last {
                    return Some((frequency, Window { first, last }));
                }
                let message = "this range has no periods".to_string();
                let help = "write FIRST..LAST, both of one calendar".to_string();
                self.report(source, &ResolveError::Periods { message, help, span: from.to(*to) });
                None
            }
        }
    }

    /// The index of a written period on its timeline.
    pub(super) fn period(&mut self, source: SourceId, span: Span) -> Option<(Frequency, usize)> {
        let text = self.text(source, span);
        let Ok(period) = Period::parse(text) else {
            let message = format!("`{text}` is not a period");
            let help = "write 2025A, 1H26E, 3Q27E or Jan26E, always with A or E".to_string();
            self.report(source, &ResolveError::Periods { message, help, span });
            return None;
        };
        match located(&self.symbols.timelines, period, span) {
            Ok(found) => Some(found),
            Err(ResolveError::NoCalendar { .. }) if self.no_calendar.contains(&period.frequency) => None,
            Err(error) => {
                if matches!(error, ResolveError::NoCalendar { .. }) {
                    self.no_calendar.push(period.frequency);
                }
                self.report(source, &error);
                None
            }
        }
    }

    fn mark(&mut self, source: SourceId, span: Span, period: Period, line: &Timeline) {
        if let Some(error) = wrong_mark(period, line, span) {
            self.report(source, &error);
        }
    }
}

/// The index of a period on the timeline of its frequency, or why it has none.
pub fn located(
    timelines: &crate::calendar::Timelines,
    period: Period,
    span: Span,
) -> Result<(Frequency, usize), ResolveError> {
    let Some(line) = timelines.get(period.frequency) else {
        let word = period.frequency.word();
        let (article, word) = (article(word), word.to_string());
        return Err(ResolveError::NoCalendar { period: period.to_string(), article, word, span });
    };
    let Some(index) = line.index_of(period.ordinal) else {
        let end = |index: usize| line.period(index).map(|period| period.to_string()).unwrap_or_default();
        let (first, last) = (end(0), end(line.len - 1));
        return Err(ResolveError::OffCalendar { period: period.to_string(), first, last, span });
    };
    match wrong_mark(period, line, span) {
        Some(error) => Err(error),
        None => Ok((period.frequency, index)),
    }
}

fn wrong_mark(period: Period, line: &Timeline, span: Span) -> Option<ResolveError> {
    let right = line.at_ordinal(period.ordinal);
    if right.estimated == period.estimated {
        return None;
    }
    let words = |estimated| if estimated { "an estimate" } else { "actual" };
    let text = right.to_string();
    Some(ResolveError::Mark {
        period: text[..text.len() - 1].to_string(),
        is: words(right.estimated),
        right: text,
        span,
        was: words(period.estimated),
    })
}

fn article(word: &str) -> String {
    let article = if word.starts_with('a') { "an" } else { "a" };
    format!("{article} {word}")
}

fn label(place: crate::text::Place, text: &str) -> crate::diagnostic::Label {
    crate::diagnostic::Label { place, text: text.to_string() }
}
