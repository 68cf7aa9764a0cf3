//! `Diff`: where two definitions of one variable differ, stretch by stretch of time.

use std::ops::RangeInclusive;

use crate::format::wording;
use crate::model::{Definition, ExprKind, Model, Piece, Provenance, Role, Window};

/// One stretch of time in which a definition is not what it was.
#[derive(Debug, Clone)]
pub struct Spot {
    pub window: Window,
    pub old: Option<Piece>,
    pub new: Option<Piece>,
}

/// How two definitions differ; nothing in it if they do not.
#[derive(Debug, Clone, Default)]
pub struct Diff {
    /// Where another value or formula stands.
    pub values: Vec<Spot>,
    /// Where only what stands behind the value is different.
    pub words: Vec<Spot>,
    /// How gaps between anchors are filled.
    pub fills: bool,
}

impl Diff {
    /// Compares two definitions in the ids of the union, over some periods; `common` are those that both timelines have.
    pub fn of(
        old: &Definition,
        new: &Definition,
        periods: RangeInclusive<usize>,
        common: Window,
        models: (&Model, &Model),
    ) -> Diff {
        let mut diff = Diff { fills: old.interpolation != new.interpolation, ..Diff::default() };
        for index in periods {
            let (before, after) = (piece(old, index), piece(new, index));
            let (Some(before), Some(after)) = (before, after) else {
                if (before.is_some() && common.holds(index)) || after.is_some() && common.holds(index) {
                    push(&mut diff.values, index, before, after);
                }
                continue;
            };
            let same_value = before.formula.expr == after.formula.expr;
            let continued = !common.holds(index) && same_text(before, after);
            match same_value || continued {
                false => push(&mut diff.values, index, Some(before), Some(after)),
                true if !same_words(before, after, models) => {
                    push(&mut diff.words, index, Some(before), Some(after));
                }
                true => {}
            }
        }
        diff
    }

    /// Whether the definitions say the same.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.words.is_empty() && !self.fills
    }

    /// Whether all that differs are values that a file states.
    pub fn is_value(&self) -> bool {
        let stated = |piece: &Option<Piece>| piece.as_ref().is_none_or(is_stated);
        self.values.iter().all(|spot| stated(&spot.old) && stated(&spot.new))
    }

    /// Whether the text is the same wherever the meaning differs: the cause stands elsewhere.
    pub fn is_consequence(&self) -> bool {
        let same = |spot: &Spot| match (&spot.old, &spot.new) {
            (Some(old), Some(new)) => same_text(old, new),
            _ => false,
        };
        !self.fills && !self.values.is_empty() && self.values.iter().all(same)
    }

    /// The first stretch that says who stands behind the change.
    pub fn first(&self) -> Option<&Spot> {
        self.values.first().or(self.words.first())
    }

    /// Whether the verb changed anywhere.
    pub fn has_role(&self) -> bool {
        self.both().any(|(old, new)| old.role != new.role && !(is_derived(old) || is_derived(new)))
    }

    /// Whether another source, or another place in it, is cited anywhere.
    pub fn has_source(&self, models: (&Model, &Model)) -> bool {
        self.both().any(|(old, new)| old.provenance.cited(models.0) != new.provenance.cited(models.1))
    }

    /// Whether the owner or the reason is another anywhere.
    pub fn has_words(&self) -> bool {
        let said = |provenance: &Provenance| (provenance.owner.clone(), provenance.reason.clone());
        self.both().any(|(old, new)| said(&old.provenance) != said(&new.provenance))
    }

    fn both(&self) -> impl Iterator<Item = (&Piece, &Piece)> {
        self.values.iter().chain(&self.words).filter_map(|spot| spot.old.as_ref().zip(spot.new.as_ref()))
    }
}

/// Whether a piece is a value that a file states, rather than a formula.
pub fn is_stated(piece: &Piece) -> bool {
    let expr = &piece.formula.expr;
    let is_word = matches!(expr.kind, ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Missing { .. });
    is_word || expr.constant().is_some()
}

fn is_derived(piece: &Piece) -> bool {
    piece.role == Role::Derived
}

/// Whether two pieces are written alike, whatever their layout.
fn same_text(old: &Piece, new: &Piece) -> bool {
    let (old, new) = (&old.formula.text, &new.formula.text);
    old == new || wording(old) == wording(new)
}

fn same_words(old: &Piece, new: &Piece, models: (&Model, &Model)) -> bool {
    old.role == new.role
        && old.provenance.owner == new.provenance.owner
        && old.provenance.reason == new.provenance.reason
        && old.provenance.cited(models.0) == new.provenance.cited(models.1)
}

fn piece(definition: &Definition, index: usize) -> Option<&Piece> {
    let after = definition.pieces.partition_point(|piece| piece.window.first <= index);
    definition.pieces.get(after.checked_sub(1)?).filter(|piece| piece.window.holds(index))
}

/// Adds a period to the last stretch if it goes on, else begins one.
fn push(spots: &mut Vec<Spot>, index: usize, old: Option<&Piece>, new: Option<&Piece>) {
    let same = |kept: &Option<Piece>, now: Option<&Piece>| {
        kept.as_ref().map(|piece| (piece.place, piece.window)) == now.map(|piece| (piece.place, piece.window))
    };
    match spots.last_mut() {
        Some(last) if last.window.last + 1 == index && same(&last.old, old) && same(&last.new, new) => {
            last.window.last = index;
        }
        _ => spots.push(Spot { window: Window { first: index, last: index }, old: old.cloned(), new: new.cloned() }),
    }
}
