//! Several definitions of one series to one, if they hold in different periods.

use crate::model::{Interpolation, Role, Window};
use crate::text::Place;

use super::super::Resolver;
use super::super::error::ResolveError;
use super::super::speech::SpeechError;
use super::super::symbols::{Line, Piece};
use super::Lines;

impl<'a> Resolver<'a> {
    /// One line of all lines of one thing; a table may hold the actuals and a block the estimates.
    pub(in super::super) fn one_line(&mut self, name: &str, lines: Vec<Line>) -> Option<Line> {
        let count = lines.len();
        let mut lines = lines.into_iter().filter(|line| count == 1 || !line.pieces.is_empty());
        let mut line = lines.next()?;
        for other in lines {
            if !self.can_join(name, &line, &other) {
                continue;
            }
            line.series = line.series.or(other.series);
            line.interpolation = line.interpolation.or(other.interpolation);
            if line.unit.is_none() || (line.pinned.is_none() && other.pinned.is_some()) {
                (line.unit, line.pinned) = (other.unit, other.pinned);
            }
            line.pieces.extend(other.pieces);
        }
        self.in_order(name, &mut line);
        self.fills(name, &line);
        Some(line)
    }

    /// What lies between anchors may not make the past hang on an estimate, nor an estimate a quoted fact.
    fn fills(&mut self, name: &str, line: &Line) {
        let (Some(how), Some(frequency)) = (line.interpolation, line.frequency) else { return };
        let Some(timeline) = self.symbols.timelines.get(frequency) else { return };
        let ends = timeline.len;
        let mut next = line.pieces.iter().skip(1).map(Some).chain([None]);
        let found = line.pieces.iter().find_map(|left| {
            let (right, window) = (next.next()?, left.window?);
            let until = right.and_then(|right| right.window).map_or(ends, |window| window.first);
            let mut gap = window.last + 1..until;
            let wrong = match (how, right) {
                (Interpolation::Step, _) => {
                    let copied = timeline.is_actual(window.last) && left.role == Role::Given;
                    gap.find(|index| copied && !timeline.is_actual(*index))
                }
                (_, Some(_)) => gap.find(|index| timeline.is_actual(*index) && !timeline.is_actual(until)),
                (_, None) => None,
            };
            Some((wrong?, left.place, right.map(|right| right.place)))
        });
        if let Some((index, left, right)) = found {
            let period = timeline.period(index).map_or(String::new(), |period| period.to_string());
            self.filled(name, &period, how, (left, right));
        }
    }

    fn filled(&mut self, name: &str, period: &str, how: Interpolation, (left, right): (Place, Option<Place>)) {
        let message = match how {
            Interpolation::Step => {
                format!("`{name}` in {period} is an estimate, and would be given as the actual before it is")
            }
            _ => format!("`{name}` in {period} has happened, and would be filled from an estimate"),
        };
        let help = format!("write an anchor of its own for {period}, with its clauses");
        let (span, label) = (left.span, "the anchor before it");
        self.report(left.source, &SpeechError::OtherMark { message, help, span, label, other: None });
        if let (Some(place), Some(problem)) = (right, self.problems.last_mut()) {
            problem.labels.push(crate::diagnostic::Label { place, text: "the anchor behind it".to_string() });
        }
    }

    fn can_join(&mut self, name: &str, line: &Line, other: &Line) -> bool {
        let windows = |line: &Line| !line.pieces.is_empty() && line.pieces.iter().all(|piece| piece.window.is_some());
        if !windows(line) || !windows(other) {
            let help = match windows(line) != windows(other) {
                true => "give the formula its own periods: `2026E.. …`",
                false => "keep one of the two, or make the other one `also given`",
            };
            self.duplicate(name, other.place, line.place, help);
            return false;
        }
        if line.frequency != other.frequency {
            let help = "one series keeps to one calendar; name the finer one apart and roll it up with `annual(x)`";
            self.duplicate(name, other.place, line.place, help);
            return false;
        }
        self.same_series(name, line, other)
    }

    fn same_series(&mut self, name: &str, line: &Line, other: &Line) -> bool {
        let (Some(one), Some(two)) = (line.series, other.series) else { return true };
        if one != two {
            let message = format!("`{name}` has two series kinds");
            let help = "a series is one of flow, stock, ratio, rate, price in all its lines".to_string();
            let error = ResolveError::SeriesKind { message, help, span: other.place.span };
            self.report(other.place.source, &error).labels.push(first(line.place));
        }
        one == two
    }

    /// Sorts the pieces by time and drops those that overlap an earlier one.
    fn in_order(&mut self, name: &str, line: &mut Line) {
        if line.pieces.len() < 2 {
            return;
        }
        line.pieces.sort_by_key(|piece| piece.window.map(|window| window.first));
        let mut kept: Vec<Piece> = Vec::new();
        for piece in std::mem::take(&mut line.pieces) {
            match (kept.last(), piece.window) {
                (Some(before), Some(window)) if before.window.is_some_and(|other| other.last >= window.first) => {
                    let places = (before.place, piece.place);
                    self.overlap(name, line, window, places);
                }
                _ => kept.push(piece),
            }
        }
        line.pieces = kept;
    }

    fn overlap(&mut self, name: &str, line: &Line, window: Window, (before, place): (Place, Place)) {
        let timeline = line.frequency.and_then(|frequency| self.symbols.timelines.get(frequency));
        let period = timeline.and_then(|line| line.period(window.first)).map(|period| period.to_string());
        let (name, period) = (name.to_string(), period.unwrap_or_default());
        let error = ResolveError::Overlap { name, period, span: place.span };
        self.report(place.source, &error).labels.push(first(before));
    }

    /// The definitions of one thing, in one.
    pub(super) fn settled(&mut self, name: &str, lines: Lines) -> (Option<Line>, Vec<Line>) {
        let mut candidates = lines.candidates;
        candidates.iter_mut().for_each(|line| self.in_order(name, line));
        self.candidates_once(name, &candidates);
        (self.one_line(name, lines.lines), candidates)
    }
}

impl Resolver<'_> {
    /// A case names a candidate by its source, so one source has one of them in a period.
    fn candidates_once(&mut self, name: &str, lines: &[Line]) {
        let pieces: Vec<(usize, &Piece)> =
            lines.iter().enumerate().flat_map(|(at, line)| line.pieces.iter().map(move |piece| (at, piece))).collect();
        let source = |piece: &Piece| piece.provenance.citation.as_ref().map(|citation| citation.source);
        for (at, (line, piece)) in pieces.iter().enumerate() {
            let same = |(other, before): &&(usize, &Piece)| {
                other != line && source(before).is_some() && source(before) == source(piece) && meet(before, piece)
            };
            if let (Some((_, before)), Some(source)) = (pieces[..at].iter().find(same), source(piece)) {
                let source = self.symbols.sources[source.0 as usize].name.clone();
                let (what, span) = (format!("the candidate of `{name}` from `{source}`"), piece.place.span);
                let error = ResolveError::Twice { what, span };
                self.report(piece.place.source, &error).labels.push(first(before.place));
            }
        }
    }
}

/// Whether two pieces hold in one period.
fn meet(one: &Piece, two: &Piece) -> bool {
    match (one.window, two.window) {
        (Some(one), Some(two)) => one.common(two).is_some(),
        _ => true,
    }
}

fn first(place: Place) -> crate::diagnostic::Label {
    crate::diagnostic::Label { place, text: "the first one".to_string() }
}
