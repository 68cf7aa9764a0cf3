//! Two changed texts of one base: they merge without a panic, what came of it reads, and a side that changed nothing adds nothing.

use scn::merge::{Sides, by_lines, merge};
use scn::syntax::parse;

use crate::books::texts;
use crate::chance::Chance;
use crate::mutate::mutated;
use crate::surface::Surface;

/// Stands between the three texts of an input.
const BETWEEN: &str = "\u{1c}";
const SIDES: Sides<'_> = Sides { ours: "ours", theirs: "theirs" };

/// Changes on both sides, which may be of the same line.
pub fn attack(surface: &mut Surface) {
    let texts = texts();
    surface.rounds(120, |surface, chance| {
        let (base, other) = (&texts[chance.below(texts.len())], &texts[chance.below(texts.len())]);
        let (ours, theirs) = (sound(base, other, chance), sound(base, other, chance));
        let input = [base.as_str(), &ours, &theirs].map(|text| text.replace(BETWEEN, "")).join(BETWEEN);
        surface.input(input.as_bytes(), || replay(input.as_bytes()));
    });
}

/// A changed text that can still be read, if one is found soon.
fn sound(base: &str, other: &str, chance: &mut Chance) -> String {
    let tried: Vec<String> = (0..12).map(|_| mutated(base, other, chance)).collect();
    let found = tried.iter().find(|text| !parse(text).has_errors() && text.as_str() != base);
    found.unwrap_or(&tried[0]).clone()
}

/// What must hold of any merge.
pub fn replay(bytes: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let mut texts = text.split(BETWEEN);
    let (Some(base), Some(ours), Some(theirs)) = (texts.next(), texts.next(), texts.next()) else {
        return Err("it is not three texts".to_string());
    };
    by_lines(ours, theirs, SIDES);
    let Ok(merged) = merge(base, ours, theirs, SIDES) else { return Ok("cannot be read".to_string()) };
    let same = |one: &str, other: &str, what: &str| if one == other { Ok(()) } else { Err(what.to_string()) };
    let alone = |a: &str, b: &str, c: &str| merge(a, b, c, SIDES).map(|merged| merged.text).unwrap_or_default();
    same(&alone(base, ours, base), &alone(ours, ours, ours), "a side that changed nothing changes the merge")?;
    same(&alone(base, base, theirs), &alone(theirs, theirs, theirs), "our side changed nothing and changes the merge")?;
    same(&alone(base, ours, ours), &alone(ours, ours, ours), "two equal sides do not merge to themselves")?;
    if !merged.conflicts.is_empty() {
        return Ok("conflicts".to_string());
    }
    match parse(&merged.text).has_errors() {
        true => Err(format!("what merged without a conflict does not read:\n{}", merged.text)),
        false => Ok("merged".to_string()),
    }
}
