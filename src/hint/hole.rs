//! A hole inside a series: 2024A and 2026E are there, and nothing is said of 2025A.

use crate::diagnostic::Problem;
use crate::model::{Piece, VariableId, Window};

use super::book::{Book, hint, one_each};
use super::error::HintError;

/// Looks at every series whose periods are not filled in between.
pub fn look(book: &Book) -> Vec<Problem> {
    one_each(book.variables().flat_map(|id| holes(book, id)))
}

fn holes(book: &Book, id: VariableId) -> Vec<Problem> {
    let variable = book.model.variable(id);
    let definition = &variable.definition;
    if variable.time.is_none() || definition.interpolation.is_some() {
        return Vec::new();
    }
    let mut pieces: Vec<&Piece> = definition.pieces.iter().collect();
    pieces.sort_by_key(|piece| piece.window);
    let gaps: Vec<(&Piece, Window)> =
        pieces.windows(2).filter_map(|two| Some((two[0], between(two[0], two[1])?))).collect();
    if is_meant(&pieces, &gaps) {
        return Vec::new();
    }
    gaps.into_iter().filter_map(|(piece, gap)| hole(book, id, piece, gap)).collect()
}

fn hole(book: &Book, id: VariableId, piece: &Piece, gap: Window) -> Option<Problem> {
    let word = |index: usize| book.period(id, index).unwrap_or_default();
    let missing = match gap.last - gap.first {
        0 => word(gap.first),
        _ => format!("{} to {}", word(gap.first), word(gap.last)),
    };
    let (before, after) = (word(gap.first.checked_sub(1)?), word(gap.last + 1));
    let path = book.model.variable(id).path.to_string();
    Some(hint(piece.place, &HintError::Hole { path, missing, before, after, span: piece.place.span }))
}

fn between(one: &Piece, next: &Piece) -> Option<Window> {
    let first = one.window.last.checked_add(1)?;
    (first < next.window.first).then(|| Window { first, last: next.window.first - 1 })
}

/// A series of a few points far apart, or of every second period, is stated so on purpose.
fn is_meant(pieces: &[&Piece], gaps: &[(&Piece, Window)]) -> bool {
    let length = |window: &Window| window.last.saturating_sub(window.first).saturating_add(1);
    let stated: usize = pieces.iter().map(|piece| length(&piece.window)).fold(0, usize::saturating_add);
    let missing: usize = gaps.iter().map(|(_, gap)| length(gap)).sum();
    let is_regular = gaps.len() > 1 && gaps.len() + 1 == pieces.len();
    missing >= stated || is_regular
}
