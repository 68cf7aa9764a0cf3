//! Several definitions of one series to one, if they hold in different periods.

use crate::model::Window;
use crate::text::Place;

use super::super::Resolver;
use super::super::error::ResolveError;
use super::super::symbols::Line;
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
        Some(line)
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
        let mut kept: Vec<super::super::symbols::Piece> = Vec::new();
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
        let candidates = lines.candidates.into_iter().map(|mut line| {
            self.in_order(name, &mut line);
            line
        });
        let candidates = candidates.collect();
        (self.one_line(name, lines.lines), candidates)
    }
}

fn first(place: Place) -> crate::diagnostic::Label {
    crate::diagnostic::Label { place, text: "the first one".to_string() }
}
