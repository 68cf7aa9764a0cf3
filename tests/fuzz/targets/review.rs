//! Any two books that check can be reviewed: no panic, what is said adds up, and a book beside itself has nothing to review.

use scn::model::Model;
use scn::review::view::{Revision, view};
use scn::review::write::{html, json, markdown};
use scn::review::{Options, review};
use scn::text::Sources;
use scn::workspace::Checked;

use super::texts::three;
use crate::checks::Files;

/// Holds of two texts in one input.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    let Some([old, new, _]) = three(bytes) else { return Ok(()) };
    let Some(old) = sound(&old) else { return Ok(()) };
    if super::is_one_of(8, bytes) && !review(&old.model, &old.model, &options()).is_empty() {
        return Err("a book beside itself has something to review".to_string());
    }
    let Some(new) = sound(&new) else { return Ok(()) };
    reviewed((&old.model, old.sources()), (&new.model, new.sources()))
}

fn sound(text: &str) -> Option<Checked> {
    let book = scn::workspace::open("book.scn", &Files { book: text, beside: None }, None);
    book.is_sound().then_some(book)
}

fn options() -> Options {
    Options { materiality: Some(0.0), evaluations: 60, ..Options::default() }
}

fn reviewed(old: (&Model, &Sources), new: (&Model, &Sources)) -> Result<(), String> {
    let review = review(old.0, new.0, &options());
    for why in &review.whys {
        let sum: f64 = why.shares.iter().map(|share| share.effect).sum::<f64>() + why.rest;
        let whole = review.effects[why.effect].moved.difference.unwrap_or(f64::NAN);
        let size = why.shares.iter().map(|share| share.effect.abs()).fold(whole.abs().max(1.0), f64::max);
        // The shares of numbers near the greatest have a sum beyond it.
        if (sum - whole).abs() > 1e-9 * size && size < 1e290 {
            return Err(format!("the shares come to {sum}, and the move to {whole}: {why:?}"));
        }
    }
    let shown = view(&review, Revision { name: "old", sources: old.1 }, Revision { name: "new", sources: new.1 });
    markdown(&shown, "");
    html(&shown, "");
    json(&shown);
    Ok(())
}
