//! A value a thousand times, or a thousandth of, what stands beside it: mn written for bn.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::model::{Change, Override, VariableId, Window};
use crate::text::Place;

use super::book::{Book, Stated, constants, distinct, hint, windows};
use super::error::HintError;

/// How near to a power of a thousand a second source must be, as a factor, and anything else.
const NEAR_SOURCE: f64 = 3.0;
const NEAR: f64 = 1.5;
/// How far the others may lie apart, as a factor, and pure numbers.
const APART: f64 = 5.0;
const APART_RATIOS: f64 = 2.0;
/// How many others must agree: where the scale or unit is written as theirs is, and where it is not.
const AGREE: usize = 3;
const AGREE_OTHERWISE: usize = 2;
/// How many periods are looked at on each side, the nearer ones first.
const REACHES: [usize; 2] = [2, 3];

/// Looks along every series, through every family, at other sources and at the lines of cases.
pub fn look(book: &Book) -> Vec<Problem> {
    let mut found = Found { book, seen: BTreeSet::new(), problems: Vec::new() };
    for id in book.variables() {
        found.series(id);
        found.sources(id);
    }
    for family in &book.families {
        for window in windows(book, family) {
            let all = family.variables.iter().filter_map(|id| book.at(*id, window.first));
            found.family(&distinct(all));
        }
    }
    for case in &book.model.cases {
        case.overrides.iter().for_each(|change| found.case(change));
    }
    found.problems
}

struct Found<'f, 'b> {
    book: &'f Book<'b>,
    seen: BTreeSet<Place>,
    problems: Vec<Problem>,
}

impl<'b> Found<'_, 'b> {
    fn series(&mut self, id: VariableId) {
        let all = self.book.of(id).to_vec();
        for (at, one) in all.iter().enumerate() {
            for reach in REACHES {
                let around = all[at.saturating_sub(reach)..at].iter().chain(all[at + 1..].iter().take(reach));
                let others: Vec<Stated> = around.copied().collect();
                self.hold(one, &others, "its neighbours");
            }
        }
    }

    /// Only the least and the largest can be a thousand times off when the others lie together.
    fn family(&mut self, all: &[Stated<'b>]) {
        let mut sorted = all.to_vec();
        sorted.retain(|one| one.number != 0.0);
        sorted.sort_by(|a, b| a.number.abs().total_cmp(&b.number.abs()));
        let Some((first, larger)) = sorted.split_first() else { return };
        let Some((last, smaller)) = sorted.split_last() else { return };
        self.hold(first, larger, "the others");
        self.hold(last, smaller, "the others");
    }

    fn hold(&mut self, one: &Stated, others: &[Stated], beside: &'static str) {
        let apart = if self.book.is_ratio(one.variable) { APART_RATIOS } else { APART };
        let others: Vec<Stated> = others.iter().copied().filter(|other| other.number != 0.0).collect();
        let numbers: Vec<f64> = others.iter().map(|other| other.number.abs()).collect();
        let written = measure(&one.piece.formula.text);
        let as_others = others.iter().any(|other| measure(&other.piece.formula.text) == written);
        if numbers.len() < (if as_others { AGREE } else { AGREE_OTHERWISE }) {
            return;
        }
        if let Some(times) = thousandfold(one.number.abs(), &numbers, apart) {
            let by_period = beside == "its neighbours";
            let said = (self.book.path_of(one), self.book.say_stated(one), self.book.listed(&others, by_period));
            self.say(one.piece.place, said, times, beside);
        }
    }

    /// Another source for the same number.
    fn sources(&mut self, id: VariableId) {
        let candidates = &self.book.model.variable(id).candidates;
        for candidate in candidates {
            for (window, formula) in &candidate.pieces {
                let chosen = self.book.at(id, window.first);
                let number = formula.expr.constant();
                let (Some(chosen), Some(number)) = (chosen, number) else { continue };
                if let Some(times) = off(number.abs(), chosen.number.abs(), NEAR_SOURCE) {
                    let (path, value) = (self.book.path(id, window.first), self.book.say(id, number));
                    let other = self.book.say_stated(&chosen);
                    self.say(candidate.place, (path, value, other), times, "what the line in use has");
                }
            }
        }
    }

    /// A line of a case against the value that it replaces.
    fn case(&mut self, change: &Override) {
        let Change::Set(definition) = &change.change else { return };
        let id = change.variable;
        for (piece, number) in constants(definition) {
            let index = if piece.window == Window::WHOLE { 0 } else { piece.window.first };
            let cell = self.book.results.cell(crate::model::CaseId::BASE, id, Some(index));
            let Some(base) = cell.number().filter(|_| !self.book.is_ratio(id)) else { continue };
            // What is written as the line it replaces is was meant to differ.
            let replaced = self.book.at(id, index).map(|one| one.piece.formula.text.clone());
            if replaced.is_some_and(|text| measure(&text) == measure(&piece.formula.text)) {
                continue;
            }
            if let Some(times) = off(number.abs(), base.abs(), NEAR) {
                let (path, value) = (self.book.path(id, index), self.book.say(id, number));
                let other = self.book.say(id, base);
                self.say(change.place, (path, value, other), times, "what it is without this line");
            }
        }
    }

    fn say(&mut self, place: Place, said: (String, String, String), times: &'static str, beside: &'static str) {
        if self.seen.insert(place) {
            let (path, value, others) = said;
            let error = HintError::Thousandfold { path, value, times, beside, others, span: place.span };
            self.problems.push(hint(place, &error));
        }
    }
}

/// The scale and unit behind a number, as written.
fn measure(text: &str) -> &str {
    text.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '.' | '_' | 'e')).trim()
}

/// How many times the others a number is, if that is a power of a thousand of where they lie together.
fn thousandfold(number: f64, others: &[f64], apart: f64) -> Option<&'static str> {
    let least = others.iter().copied().fold(f64::INFINITY, f64::min);
    let most = others.iter().copied().fold(0.0, f64::max);
    let are_sizes = others.iter().chain([&number]).all(|number| is_power_of_ten(*number));
    if others.is_empty() || most > least * apart || are_sizes {
        return None;
    }
    let middle = (least * most).sqrt();
    off(number, middle, NEAR * most / middle)
}

/// Which power of a thousand one number is of another, in words.
fn off(number: f64, other: f64, near: f64) -> Option<&'static str> {
    if number <= 0.0 || other <= 0.0 {
        return None;
    }
    let tens = libm::log10(number / other);
    let power = libm::round(tens / 3.0);
    if (tens - power * 3.0).abs() > libm::log10(near) + 1e-9 {
        return None;
    }
    match power as i32 {
        1 => Some("a thousand times"),
        2 => Some("a million times"),
        3 => Some("a billion times"),
        -1 => Some("a thousandth of"),
        -2 => Some("a millionth of"),
        -3 => Some("a billionth of"),
        _ => None,
    }
}

/// Sizes that are only given by their order, such as 1 and 1,000, may well lie a thousand times apart.
fn is_power_of_ten(number: f64) -> bool {
    let tens = libm::log10(number);
    (tens - libm::round(tens)).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_powers_of_a_thousand_count() {
        assert_eq!(thousandfold(9.4, &[7_100.0, 8_200.0], APART), Some("a thousandth of"));
        assert_eq!(thousandfold(9.4e6, &[7.1, 8.2], APART), Some("a million times"));
        assert_eq!(thousandfold(94.0, &[7.1, 8.2], APART), None);
        assert_eq!(thousandfold(9_400.0, &[0.1, 8.2], APART), None);
        assert_eq!(thousandfold(9_000.0, &[8.0, 7.0], APART), Some("a thousand times"));
        assert_eq!(thousandfold(20_000.0, &[8.0, 7.0], APART), None);
        assert_eq!(thousandfold(1_000.0, &[1.0, 1.0], APART), None);
    }

    #[test]
    fn scale_and_unit_are_told_from_the_number() {
        assert_eq!(measure("-7_100.5 mn CNY"), "mn CNY");
        assert_eq!(measure("2_800"), "");
    }
}
