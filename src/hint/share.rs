//! A share of a whole above 100% or below 0%, and shares of one whole that are not the whole together.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::model::{BinaryOp, CaseId, Change, Expr, ExprKind, VariableId, Window};
use crate::text::Place;

use super::book::{Book, Family, Stated, constants, hint, one_each, percent, windows};
use super::error::HintError;
use super::formula::{factors, formulas, named, nodes};
use super::words::has;

/// Words of what is a part of a whole.
const SHARES: &[&str] = &[
    "churn",
    "fraction",
    "lgd",
    "mix",
    "occupancy",
    "ownership",
    "payout",
    "pd",
    "penetration",
    "prob",
    "probability",
    "proportion",
    "share",
    "split",
    "stake",
    "utilisation",
    "utilization",
    "vacancy",
    "weight",
    "weighting",
    "weights",
    "yield",
];
/// Words of shares that are looked at even where a formula makes them.
const DERIVED: &[&str] = &["occupancy", "penetration", "probability", "utilisation", "utilization", "vacancy"];
/// Shares that may lie beyond their whole, with how far: more than the profit is paid out, a plant runs above its nameplate,
/// customers that buy more outweigh those that leave.
const BEYOND: &[(&str, f64, f64)] =
    &[("payout", 0.0, 3.0), ("utilisation", 0.0, 1.2), ("utilization", 0.0, 1.2), ("churn", f64::NEG_INFINITY, 1.0)];
/// Words that make something else of it: a move, a comparison, a return on money, the weight of a risk.
const OTHERWISE: &[&str] = &[
    "below",
    "cagr",
    "change",
    "decrease",
    "delta",
    "difference",
    "discount",
    "dividend",
    "earnings",
    "fall",
    "fcf",
    "gain",
    "growth",
    "increase",
    "index",
    "move",
    "multiple",
    "over",
    "premium",
    "price",
    "relative",
    "rise",
    "risk",
    "spread",
    "swing",
    "times",
    "to",
    "uplift",
    "upside",
    "versus",
    "vs",
    "yoy",
];
/// Words of indexed shares of one whole.
const WHOLES: &[&str] = &["mix", "prob", "probability", "split", "weight", "weighting", "weights"];
/// What rounding may do to each share.
const ROUNDING: f64 = 0.005;
/// How far a sum may be off and still be meant to be the whole.
const FAR: f64 = 0.25;

/// Looks at every input that is a share by its name, or because a formula gives the rest to something else.
pub fn look(book: &Book) -> Vec<Problem> {
    let weights = weights(book);
    let mut problems: Vec<Problem> = Vec::new();
    for id in book.variables().filter(|id| book.is_ratio(*id)) {
        if let Some(what) = what(book, id, &weights) {
            let (least, most) = if weights.contains(&id) { (0.0, 1.0) } else { bounds(&book.model.variable(id).name) };
            let between = match least.is_finite() {
                true => format!("between {} and {}", percent().shown(least), percent().shown(most)),
                false => format!("below {}", percent().shown(most)),
            };
            let all = stated(book, id).into_iter();
            let outside = all.filter(|(number, ..)| !(least - 1e-9..=most + 1e-9).contains(number));
            problems.extend(outside.map(|found| beyond(book, id, found, (what.clone(), between.clone()))));
        }
    }
    problems.extend(book.families.iter().filter(|family| !family.of_kind).flat_map(|family| whole(book, family)));
    one_each(problems)
}

fn beyond(
    book: &Book,
    id: VariableId,
    (number, index, place): (f64, usize, Place),
    (what, between): (String, String),
) -> Problem {
    // A share is shown as one, whatever its unit.
    let is_plain = book.model.variable(id).unit.symbol.is_empty();
    let value = if is_plain { percent().shown(number) } else { book.say(id, number) };
    let path = book.path(id, index);
    hint(place, &HintError::Share { path, value, what, between, span: place.span })
}

/// Between what a share of this name may lie.
fn bounds(name: &str) -> (f64, f64) {
    let words = super::words::words(name);
    let found = BEYOND.iter().find(|(word, ..)| words.iter().any(|own| own == word));
    found.map_or((0.0, 1.0), |(_, least, most)| (*least, *most))
}

/// What share of a whole a value is, if it is one.
fn what(book: &Book, id: VariableId, weights: &BTreeSet<VariableId>) -> Option<String> {
    let variable = book.model.variable(id);
    if weights.contains(&id) {
        return Some("what a formula weighs with, as `x` and as `1 - x`,".to_string());
    }
    let word = super::words::words(&variable.name).into_iter().find(|word| SHARES.contains(&word.as_str()))?;
    let article = if word.starts_with('o') { "an" } else { "a" };
    (!has(&variable.name, OTHERWISE)).then(|| format!("{article} {}", word.trim_end_matches("s")))
}

/// Every number that is stated of an input: its pieces, the ends of its range, the lines of cases.
fn stated(book: &Book, id: VariableId) -> Vec<(f64, usize, Place)> {
    let variable = book.model.variable(id);
    let mut all: Vec<(f64, usize, Place)> =
        book.of(id).iter().map(|one| (one.number, one.piece.window.first, one.piece.place)).collect();
    for ranged in &variable.ranges {
        let ends = ranged.spread.stated().into_iter().flat_map(|(low, high)| [low.constant(), high.constant()]);
        let index = ranged.window.first;
        let place = book.at(id, index).map_or(variable.place, |one| one.piece.place);
        all.extend(ends.flatten().map(|end| (end, index, place)));
    }
    let overrides = book.model.cases.iter().flat_map(|case| &case.overrides).filter(|change| change.variable == id);
    for change in overrides {
        if let Change::Set(definition) = &change.change {
            let numbers = constants(definition).map(|(piece, number)| (number, piece.window.first, change.place));
            all.extend(numbers);
        }
    }
    all.extend(computed(book, id));
    all
}

/// What the lines of cases that shift or scale an input make of it, and what the formula of a share that is told by its name
/// comes to.
fn computed(book: &Book, id: VariableId) -> Vec<(f64, usize, Place)> {
    let variable = book.model.variable(id);
    let cells = |case: CaseId, place: Place| {
        let cells = book.results.cells(case, id).into_iter().enumerate();
        cells.filter_map(move |(index, cell)| Some((cell.number()?, index, place)))
    };
    let mut all = Vec::new();
    for (at, case) in book.model.cases.iter().enumerate() {
        let moved = case.overrides.iter().filter(|change| change.variable == id);
        let moved = moved.filter(|change| !matches!(change.change, Change::Set(_)));
        all.extend(moved.flat_map(|change| cells(CaseId(at as u32), change.place)));
    }
    if has(&variable.name, DERIVED) && formulas(variable).next().is_some() {
        all.extend(cells(CaseId::BASE, variable.place));
    }
    all
}

/// Inputs that some formula weighs with: `x * a + (1 - x) * b`.
fn weights(book: &Book) -> BTreeSet<VariableId> {
    let mut found = BTreeSet::new();
    for variable in &book.model.variables {
        let all = formulas(variable).flat_map(|piece| nodes(&piece.formula));
        for (left, right) in all.filter_map(|node| match &node.kind {
            ExprKind::Binary { op: BinaryOp::Plus, left, right } => Some((left, right)),
            _ => None,
        }) {
            let names = |expr: &Expr| -> BTreeSet<VariableId> {
                factors(expr).into_iter().filter_map(|factor| named(book.model, variable, factor)).collect()
            };
            let rests = |expr: &Expr| -> BTreeSet<VariableId> {
                factors(expr).into_iter().filter_map(|factor| named(book.model, variable, rest(factor)?)).collect()
            };
            found.extend(names(left).intersection(&rests(right)));
            found.extend(names(right).intersection(&rests(left)));
        }
    }
    found.retain(|id| !book.of(*id).is_empty());
    found
}

/// The `x` of `1 - x`.
fn rest(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Binary { op: BinaryOp::Minus, left, right } if left.constant() == Some(1.0) => Some(right),
        _ => None,
    }
}

/// Members that are shares of one whole and miss it by more than rounding.
fn whole(book: &Book, family: &Family) -> Vec<Problem> {
    let first = family.variables[0];
    if !book.is_ratio(first) || !has(&family.name, WHOLES) || has(&family.name, OTHERWISE) {
        return Vec::new();
    }
    windows(book, family).into_iter().filter_map(|window| at(book, family, window)).collect()
}

fn at(book: &Book, family: &Family, window: Window) -> Option<Problem> {
    let parts: Vec<Stated> = family.variables.iter().filter_map(|id| book.at(*id, window.first)).collect();
    let sum: f64 = parts.iter().map(|part| part.number).sum();
    let off = (sum - 1.0).abs();
    if parts.len() < family.variables.len() || off <= ROUNDING * parts.len() as f64 || off > FAR {
        return None;
    }
    let (first, last) = (parts.first()?, parts.last()?);
    let variable = book.model.variable(first.variable);
    let path = variable.path.split('[').next().unwrap_or_default().to_string();
    let period = book.period(first.variable, window.first).map_or(String::new(), |period| format!(" in {period}"));
    let parts = book.listed(&parts, false);
    let place = last.piece.place;
    Some(hint(place, &HintError::Whole { path, sum: percent().shown(sum), period, parts, span: place.span }))
}
