//! The answer of a review in a sentence.

use crate::diagnostic::render::counted;
use crate::eval::Cell;
use crate::export::display;

use super::super::{Effect, Review, place_of};
use super::amount::Rounding;

/// What happened to the first output that moved, and how much else did.
pub fn sentence(review: &Review) -> String {
    if review.is_empty() {
        return "Nothing changed.".to_string();
    }
    let moved: Vec<&Effect> = review.effects.iter().filter(|effect| effect.has_changed()).collect();
    let changes = counted(review.changes.len(), "change");
    let Some(first) = headline(&moved) else {
        return match review.effects.is_empty() {
            true => format!("{changes}; the book names no output to hold them against."),
            false => format!("{changes}, and no output moved."),
        };
    };
    let others = moved.len() - 1;
    let more = if others == 0 { String::new() } else { format!(", and {} moved", counted(others, "other value")) };
    format!("{}{more}: {changes}.", told(review, first))
}

/// The first output that moved in the base case, else the first that moved.
fn headline<'e>(moved: &[&'e Effect]) -> Option<&'e Effect> {
    let first = moved.iter().find(|effect| effect.case == "base" && effect.material);
    first.or(moved.iter().find(|effect| effect.material)).or(moved.first()).copied()
}

/// `co.value in base went from 26.28 to 24.10 CNY/share (-8.3%)`
fn told(review: &Review, effect: &Effect) -> String {
    let output = &review.outputs[effect.output];
    let place = place_of(&output.path, effect);
    let name = if output.label.is_empty() { place.clone() } else { format!("{} ({place})", output.label) };
    let rounding = Rounding::of(effect);
    let side = |cell: &Cell| rounding.cell(cell, &effect.unit).display;
    match (&effect.old, &effect.new) {
        (Some(old), Some(new)) => {
            let share = effect.relative.map(|share| format!(" ({})", percent(share))).unwrap_or_default();
            format!("{name} went from {} to {}{share}", side(old), side(new))
        }
        (None, Some(new)) => format!("{name} is new, {}", display(new, &effect.unit)),
        (Some(_), None) => format!("{name} is not asked for any more"),
        (None, None) => name,
    }
}

/// A share with its sign: `+5.2%`.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = if percent.abs() >= 100.0 { 0 } else { 1 };
    let sign = if share > 0.0 { "+" } else { "" };
    format!("{sign}{percent:.decimals$}%")
}
