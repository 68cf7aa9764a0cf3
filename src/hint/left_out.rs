//! A sum that leaves out one of its kind: `a + b + c` where there are a, b, c and d.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::model::{BinaryOp, Expr, ExprKind, Formula, Piece, VariableId};

use super::book::{Book, hint};
use super::error::HintError;
use super::formula::{factors, formulas, named, nodes, terms};
use super::words::{is_total, words};

/// How many names a sum must have before one that is missing is a slip, and how many if it is called a total.
const SEVERAL: usize = 3;
const TOTAL: usize = 2;

/// Looks at every formula that is a sum of names.
pub fn look(book: &Book) -> Vec<Problem> {
    let (mut seen, mut problems) = (BTreeSet::new(), Vec::new());
    for id in book.variables() {
        let pieces = formulas(book.model.variable(id)).filter(|piece| seen.insert(piece.place));
        problems.extend(pieces.filter_map(|piece| sum(book, id, piece)));
    }
    problems
}

fn sum(book: &Book, id: VariableId, piece: &Piece) -> Option<Problem> {
    let (names, missing, what) = sums(&piece.formula).into_iter().find_map(|sum| lacking(book, id, sum))?;
    let error = HintError::LeftOut {
        path: book.path_of_piece(id, piece),
        count: names.len(),
        all: names.len() + 1,
        what,
        missing: book.model.variable(missing).path.to_string(),
        span: piece.place.span,
    };
    Some(hint(piece.place, &error))
}

/// Every sum in a formula, each whole.
fn sums(formula: &Formula) -> Vec<&Expr> {
    let is_sum = |expr: &Expr| matches!(expr.kind, ExprKind::Binary { op: BinaryOp::Plus, .. });
    let inner: Vec<&Expr> = nodes(formula).into_iter().filter(|node| is_sum(node)).flat_map(sides).collect();
    let whole = nodes(formula).into_iter().filter(|node| is_sum(node));
    whole.filter(|node| !inner.iter().any(|part| std::ptr::eq(*part, *node))).collect()
}

fn sides(sum: &Expr) -> Vec<&Expr> {
    match &sum.kind {
        ExprKind::Binary { left, right, .. } => vec![left, right],
        _ => Vec::new(),
    }
}

/// What a sum adds up, and the one that it leaves out: of its terms, or of what stands at one place of each product.
fn lacking(book: &Book, id: VariableId, sum: &Expr) -> Option<(BTreeSet<VariableId>, VariableId, String)> {
    let variable = book.model.variable(id);
    let least = if is_total(&variable.name) { TOTAL } else { SEVERAL };
    let products: Vec<Vec<&Expr>> = terms(sum).into_iter().map(factors).collect();
    let length = products.first().map(Vec::len)?;
    if products.len() < least || products.iter().any(|product| product.len() != length) {
        return None;
    }
    (0..length).find_map(|at| {
        let names: Option<Vec<VariableId>> =
            products.iter().map(|product| named(book.model, variable, product[at])).collect();
        let names: BTreeSet<VariableId> = names?.into_iter().collect();
        if names.len() < products.len() || names.contains(&id) {
            return None;
        }
        let (missing, what) = one_missing(book, &names)?;
        let is_meant = missing == id || reads_one(book, id, missing) || is_elsewhere(book, id, missing, &names);
        (!is_meant).then_some((names, missing, what))
    })
}

/// The one value that would complete the names: of a family, or of names that share their first or last word.
fn one_missing(book: &Book, names: &BTreeSet<VariableId>) -> Option<(VariableId, String)> {
    for family in book.families_of(*names.first()?) {
        let all: BTreeSet<VariableId> = family.variables.iter().copied().collect();
        if names.is_subset(&all) {
            let missing = single(all.difference(names).copied())?;
            let name = &book.model.variable(missing).name;
            let what =
                if family.of_kind { format!("`{name}` of {}", family.name) } else { format!("members of `{name}`") };
            let entity = book.model.variable(missing).entity.filter(|_| family.of_kind);
            let is_sum = entity.is_some_and(|entity| is_total(&book.model.entity(entity).name));
            return (!is_sum).then_some((missing, what));
        }
    }
    alike(book, names, true).or_else(|| alike(book, names, false))
}

/// Names of one owner that begin, or end, with the same words.
fn alike(book: &Book, names: &BTreeSet<VariableId>, first: bool) -> Option<(VariableId, String)> {
    let one = book.model.variable(*names.first()?);
    let split = |id: &VariableId| words(&book.model.variable(*id).name);
    let stem =
        |parts: &[String]| -> Option<String> { if first { parts.first().cloned() } else { parts.last().cloned() } };
    let word = stem(&split(names.first()?))?;
    let belongs = |id: &VariableId| {
        let variable = book.model.variable(*id);
        let same = variable.entity == one.entity && variable.ty == one.ty && variable.time == one.time;
        if !same || variable.series != one.series {
            return false;
        }
        let parts = split(id);
        parts.len() == 2 && stem(&parts).as_ref() == Some(&word)
    };
    if !names.iter().all(belongs) {
        return None;
    }
    let others = book.owned(one.entity).iter().copied().filter(|id| belongs(id) && !names.contains(id));
    let others = others.filter(|id| !is_total(&book.model.variable(*id).name));
    Some((
        single(others)?,
        format!("values called `{}`", if first { format!("{word}_…") } else { format!("…_{word}") }),
    ))
}

fn single(mut all: impl Iterator<Item = VariableId>) -> Option<VariableId> {
    all.next().filter(|_| all.next().is_none())
}

/// Whether the missing value is made of the others, or meets the sum in some other formula.
fn is_elsewhere(book: &Book, sum: VariableId, missing: VariableId, names: &BTreeSet<VariableId>) -> bool {
    let of_missing = reads(book, missing);
    if of_missing.contains(&sum) || of_missing.iter().any(|id| names.contains(id)) {
        return true;
    }
    let all = (0..book.model.variables.len() as u32).map(VariableId);
    let mut readers = all.filter(|id| *id != sum && reads_one(book, *id, missing)).map(|id| reads(book, id));
    readers.any(|read| read.contains(&sum) || names.is_subset(&read))
}

/// The variables that the formulas of one name.
fn reads(book: &Book, id: VariableId) -> BTreeSet<VariableId> {
    let variable = book.model.variable(id);
    let all = formulas(variable).flat_map(|piece| nodes(&piece.formula));
    all.filter_map(|node| named(book.model, variable, node)).collect()
}

fn reads_one(book: &Book, id: VariableId, other: VariableId) -> bool {
    let variable = book.model.variable(id);
    let mut all = formulas(variable).flat_map(|piece| nodes(&piece.formula));
    all.any(|node| named(book.model, variable, node) == Some(other))
}
