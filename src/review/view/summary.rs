//! The answer of a review in a sentence.

use crate::diagnostic::render::counted;
use crate::eval::Cell;
use crate::text::decimal::{fixed, shifted, to_places};

use super::super::{Effect, Review, place_of};
use super::amount::Rounding;

/// What happened to the first output that moved, how much else did, and what is new or gone.
pub fn sentence(review: &Review) -> String {
    if review.is_empty() {
        return "Nothing changed.".to_string();
    }
    let changed = || review.effects.iter().filter(|effect| effect.moved.has_changed());
    let moved: Vec<&Effect> =
        changed().filter(|effect| effect.moved.old.is_some() && effect.moved.new.is_some()).collect();
    let new = changed().filter(|effect| effect.moved.old.is_none()).count();
    let gone = changed().filter(|effect| effect.moved.new.is_none()).count();
    let mut parts = vec![match headline(&moved) {
        Some(first) => told(review, first),
        None if review.effects.is_empty() => "The book names no output".to_string(),
        None => "No output moved".to_string(),
    }];
    if moved.len() > 1 {
        parts.push(format!("{} moved", counted(moved.len() - 1, "other value")));
    }
    parts.extend((new > 0).then(|| format!("{new} {} new", if new == 1 { "is" } else { "are" })));
    parts.extend((gone > 0).then(|| format!("{gone} {} gone", if gone == 1 { "is" } else { "are" })));
    format!("{}: {}.", parts.join(", "), counted(review.changes.len(), "change"))
}

/// The first output that moved in the base case, else the first that moved.
fn headline<'e>(moved: &[&'e Effect]) -> Option<&'e Effect> {
    let first = moved.iter().find(|effect| effect.case == "base" && effect.moved.material);
    first.or(moved.iter().find(|effect| effect.moved.material)).or(moved.first()).copied()
}

/// `co.value in base went from 26.28 to 24.10 CNY/share (-8.3%)`
fn told(review: &Review, effect: &Effect) -> String {
    let output = &review.outputs[effect.output];
    let place = place_of(&output.path, effect);
    let name = if output.label.is_empty() { place.clone() } else { format!("{} ({place})", output.label) };
    let rounding = Rounding::of(&effect.moved);
    let side = |cell: &Option<Cell>| cell.as_ref().map(|cell| rounding.cell(cell, &effect.moved.unit).display);
    let share = effect.moved.relative.map(|share| format!(" ({})", percent(share))).unwrap_or_default();
    let (old, new) = (side(&effect.moved.old).unwrap_or_default(), side(&effect.moved.new).unwrap_or_default());
    format!("{name} went from {old} to {new}{share}")
}

/// A share with its sign: `+5.2%`.
pub fn percent(share: f64) -> String {
    let percent = shifted(share, 2);
    let decimals = if to_places(percent, 1).abs() >= 100.0 { 0 } else { 1 };
    let text = fixed(percent, decimals);
    let sign = if share > 0.0 { "+" } else { "" };
    format!("{sign}{text}%")
}
