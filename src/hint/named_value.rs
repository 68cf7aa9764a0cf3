//! A number in a formula that has a name: `* 7.1` beside `fx = 7.1`.

use std::collections::BTreeMap;

use crate::diagnostic::Problem;
use crate::model::{EntityId, Expr, ExprKind, Piece, Type, VariableId};
use crate::text::{Place, Span};

use super::book::{Book, hint};
use super::error::HintError;
use super::formula::{calculated, formulas, named, nodes};

/// Whole numbers that count things everywhere: hours, weeks, days, bits.
const EVERYWHERE: [f64; 16] =
    [12.0, 15.0, 24.0, 25.0, 30.0, 36.0, 48.0, 52.0, 60.0, 64.0, 128.0, 256.0, 360.0, 365.0, 366.0, 1024.0];

/// Plain factors that stand in formulas for many reasons.
const PLAIN: [f64; 10] = [0.25, 0.75, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 2.5];

/// Inputs by their owner and the bits of their number.
type Names = BTreeMap<(Option<EntityId>, u64), Vec<VariableId>>;

/// Looks at the numbers that are written out in formulas.
pub fn look(book: &Book) -> Vec<Problem> {
    let names = names(book);
    let mut seen = std::collections::BTreeSet::new();
    let mut problems = Vec::new();
    for id in book.variables() {
        for piece in formulas(book.model.variable(id)) {
            if seen.insert(piece.place) {
                let numbers = calculated(&piece.formula).into_iter();
                problems.extend(numbers.filter_map(|node| literal(book, &names, id, piece, node)));
            }
        }
    }
    problems
}

/// Inputs that are one number, whatever the period.
fn names(book: &Book) -> Names {
    let mut names = Names::new();
    for id in book.variables() {
        let (stated, variable) = (book.of(id), book.model.variable(id));
        let is_all = stated.len() == variable.definition.pieces.len();
        let Some(first) = stated.first().filter(|_| is_all) else { continue };
        if stated.iter().all(|one| one.number == first.number) && variable.index.is_none() {
            names.entry((variable.entity, first.number.to_bits())).or_default().push(id);
        }
    }
    names
}

fn literal(book: &Book, names: &Names, id: VariableId, piece: &Piece, node: &Expr) -> Option<Problem> {
    let ExprKind::Number(number) = node.kind else { return None };
    let owner = book.model.variable(id);
    let text = written(&piece.formula.text, node.span)?;
    if !is_distinctive(text, number, &node.ty) {
        return None;
    }
    let entity = owner.entity.filter(|_| !is_shared(book, id, piece));
    let own = entity.and_then(|entity| names.get(&(Some(entity), number.to_bits())));
    let top = names.get(&(None, number.to_bits()));
    let same: Vec<VariableId> = own.into_iter().chain(top).flatten().copied().collect();
    let same: Vec<VariableId> = same.into_iter().filter(|name| fits(book, id, *name, (&node.ty, text))).collect();
    let [name] = same.as_slice() else { return None };
    let reads = nodes(&piece.formula).into_iter().any(|node| named(book.model, owner, node) == Some(*name));
    if reads {
        return None;
    }
    let place = place_of(piece, node.span);
    let error = HintError::NamedValue {
        path: book.path_of_piece(id, piece),
        literal: format!("`{text}`"),
        name: book.model.variable(*name).path.to_string(),
        span: place.span,
    };
    Some(hint(place, &error).with(book.model.variable(*name).place, "this one"))
}

/// Whether a formula is that of a kind, or one that other entities take over: what it equals in one, it does not in others.
fn is_shared(book: &Book, id: VariableId, piece: &Piece) -> bool {
    let mut others = book.families_of(id).filter(|family| family.of_kind).flat_map(|family| &family.variables);
    others.any(|other| {
        let pieces = &book.model.variable(*other).definition.pieces;
        *other != id && pieces.iter().any(|other| other.place == piece.place)
    })
}

/// Whether a name measures what the literal does, and percent is not held against plain numbers.
fn fits(book: &Book, id: VariableId, name: VariableId, (ty, text): (&Type, &str)) -> bool {
    let variable = book.model.variable(name);
    name != id && variable.ty == *ty && text.ends_with('%') == (&*variable.unit.symbol == "%")
}

/// The literal as it stands in a formula; nothing for a number that nobody wrote there.
fn written(text: &str, span: Span) -> Option<&str> {
    let literal = span.of(text).trim();
    literal.starts_with(|letter: char| letter.is_ascii_digit()).then_some(literal)
}

/// Where a literal of a formula is written; a formula that is not written where its piece is has no place for its parts.
fn place_of(piece: &Piece, literal: Span) -> Place {
    let Place { source, span } = piece.place;
    let is_there = (span.end - span.start) as usize == piece.formula.text.len();
    if is_there { literal.shifted(span.start).at(source) } else { piece.place }
}

/// Whether a number is so particular that an equal one is hardly chance: at least two digits that count, and for a whole
/// number without a unit three.
fn is_distinctive(text: &str, number: f64, ty: &Type) -> bool {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !"._".contains(letter)).unwrap_or(text.len());
    let digits: String = text[..end].chars().filter(char::is_ascii_digit).collect();
    let counting = digits.trim_start_matches('0').trim_end_matches('0').len();
    let is_bare = matches!(ty, Type::Number(dimension) if dimension.is_ratio()) && end == text.len();
    let is_whole = libm::floor(number) == number;
    let plain: Option<f64> = text[..end].replace('_', "").parse().ok();
    let is_everywhere = plain.is_some_and(|plain| EVERYWHERE.contains(&plain)) && !text.ends_with('%');
    let is_plain = is_bare && PLAIN.contains(&number);
    !is_everywhere && !is_plain && counting >= if is_bare && is_whole { 3 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Dimension;

    #[test]
    fn round_numbers_and_those_of_clocks_are_not_distinctive() {
        let ratio = Type::Number(Dimension::RATIO);
        let is = |text: &str, number: f64| is_distinctive(text, number, &ratio);
        assert!(is("7.1", 7.1) && is("25%", 0.25) && is("0.355", 0.355) && is("1_588", 1588.0));
        assert!(
            !is("365", 365.0) && !is("0.5", 0.5) && !is("10%", 0.1) && !is("100", 100.0) && !is("70_000", 70_000.0)
        );
        assert!(!is("62", 62.0) && !is("1.2", 1.2));
    }
}
