//! Any three texts merge without a panic: each word that a side brought is in the result or in a conflict that says it.

use std::collections::BTreeSet;

use scn::merge::{Merged, Sides, merge};
use scn::syntax::parse;

use super::texts::three;
use crate::invariants::sets;

const SIDES: Sides<'_> = Sides { ours: "ours", theirs: "theirs" };

/// Holds of three texts in one input.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    let Some([base, ours, theirs]) = three(bytes) else { return Ok(()) };
    let all_read = [&base, &ours, &theirs].iter().all(|text| !parse(text).has_errors());
    let merged = match merge(&base, &ours, &theirs, SIDES) {
        Ok(merged) => merged,
        Err((version, error)) if all_read => return Err(format!("all three read, and {version:?} does not: {error}")),
        Err(_) => return Ok(()),
    };
    if !all_read {
        return Err("a text that does not read was merged".to_string());
    }
    kept(&base, &ours, &merged)?;
    kept(&base, &theirs, &merged)?;
    if merged.conflicts.is_empty() {
        let set = sets(&merged.text)?.ok_or("a merge without a conflict does not read")?;
        if set != merged.text {
            return Err(format!("a merge is not in canonical style:\n{}", merged.text));
        }
    }
    let other = merge(&base, &theirs, &ours, SIDES).map_err(|(_, error)| format!("the sides changed: {error}"))?;
    if other.conflicts.is_empty() != merged.conflicts.is_empty() {
        return Err(format!("{:?} is not {:?} with the sides changed", merged.conflicts, other.conflicts));
    }
    Ok(())
}

/// Every word that a side brought must be said by the merge.
fn kept(base: &str, side: &str, merged: &Merged) -> Result<(), String> {
    let of_conflicts = merged.conflicts.iter().flat_map(|one| [&one.ours, &one.theirs]).flatten();
    let said: BTreeSet<&str> = words(&merged.text).chain(of_conflicts.flat_map(|text| words(text))).collect();
    let base: BTreeSet<&str> = words(base).collect();
    let lost = words(side).find(|word| !base.contains(word) && !said.contains(word));
    lost.map_or(Ok(()), |word| Err(format!("`{word}` is lost:\n{}\n{:?}", merged.text, merged.conflicts)))
}

/// Names, numbers and the words of texts; signs are set in other ways by the style.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}
