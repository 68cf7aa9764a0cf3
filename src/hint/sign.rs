//! A number with another sign than its row: one cost below zero among costs above it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Problem;
use crate::model::{EntityId, SeriesKind, Type, VariableId, Window};
use crate::text::Place;

use super::book::{Book, Stated, distinct, hint, windows};
use super::error::HintError;
use super::words::{COLUMN, COSTS, COUNTS, RESULTS, has};

/// How many others must agree where the name tells that a sign is a slip, and where only the sizes do.
const FEW: usize = 2;
const SOME: usize = 3;
/// How far apart the sizes of a row may lie that tells by its sizes.
const ALIKE: f64 = 3.0;

/// Looks along every series, through every family, and down the costs that stand side by side.
pub fn look(book: &Book) -> Vec<Problem> {
    let (mut seen, mut problems) = (BTreeSet::new(), Vec::new());
    let mut hold = |row: &[Stated], by_period: bool| {
        if let Some((place, problem)) = odd(book, row, by_period).filter(|(place, _)| !seen.contains(place)) {
            seen.insert(place);
            problems.push(problem);
        }
    };
    for id in book.variables() {
        hold(book.of(id), true);
    }
    for family in &book.families {
        for window in windows(book, family) {
            hold(&distinct(family.variables.iter().filter_map(|id| book.at(*id, window.first))), false);
        }
    }
    for column in costs(book) {
        hold(&column, false);
    }
    problems
}

/// The one number whose sign differs from all the others of its row.
fn odd(book: &Book, row: &[Stated], by_period: bool) -> Option<(Place, Problem)> {
    let signed: Vec<Stated> = row.iter().filter(|one| one.number != 0.0).copied().collect();
    let (below, above): (Vec<Stated>, Vec<Stated>) = signed.iter().partition(|one| one.number < 0.0);
    let (one, others, sign) = match (below.as_slice(), above.as_slice()) {
        ([one], others) if others.len() >= FEW => (*one, others, "above zero"),
        (others, [one]) if others.len() >= FEW => (*one, others, "below zero"),
        _ => return None,
    };
    if !tells(book, &one, others, by_period) {
        return None;
    }
    let error = HintError::Sign {
        path: book.path_of(&one),
        value: book.say_stated(&one),
        others: format!("the {} others", others.len()),
        sign,
        list: book.listed(others, by_period),
        span: one.piece.place.span,
    };
    Some((one.piece.place, hint(one.piece.place, &error)))
}

/// Whether a row is one of a single sign: by its name, by its unit, or because only the sign of one differs.
fn tells(book: &Book, one: &Stated, others: &[Stated], by_period: bool) -> bool {
    let variable = book.model.variable(one.variable);
    if book.is_ratio(one.variable) || has(&variable.name, RESULTS) || variable.series == Some(SeriesKind::Rate) {
        return false;
    }
    if has(&variable.name, COSTS) || has(&variable.name, COUNTS) {
        return true;
    }
    let sizes = others.iter().map(|other| other.number.abs());
    let (least, most) = sizes.fold((f64::INFINITY, 0.0f64), |(low, high), size| (low.min(size), high.max(size)));
    let is_alike = most <= least * ALIKE && (least / 1.5..=most * 1.5).contains(&one.number.abs());
    others.len() >= SOME && is_alike && (by_period || !book.is_money(one.variable))
}

/// The costs of one entity, or of the book, that are stated for one period.
fn costs<'b>(book: &Book<'b>) -> Vec<Vec<Stated<'b>>> {
    let mut columns: BTreeMap<(Option<EntityId>, Window), Vec<Stated<'b>>> = BTreeMap::new();
    for id in book.variables() {
        let variable = book.model.variable(id);
        if has(&variable.name, COLUMN) && !has(&variable.name, RESULTS) {
            for one in book.of(id) {
                columns.entry((variable.entity, one.piece.window)).or_default().push(*one);
            }
        }
    }
    columns.into_values().flat_map(|column| by_type(book, column)).collect()
}

fn by_type<'b>(book: &Book<'b>, column: Vec<Stated<'b>>) -> Vec<Vec<Stated<'b>>> {
    let mut types: Vec<(Type, Vec<Stated<'b>>)> = Vec::new();
    let ty = |id: VariableId| book.model.variable(id).ty.clone();
    for one in column {
        let ty = ty(one.variable);
        match types.iter_mut().find(|(other, _)| *other == ty) {
            Some((_, all)) => all.push(one),
            None => types.push((ty, vec![one])),
        }
    }
    types.into_iter().map(|(_, all)| all).collect()
}
