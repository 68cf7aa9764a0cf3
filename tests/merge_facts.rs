//! What holds of any merge: each fact that a side changed is in the result, or in a conflict that says it.

use proptest::prelude::*;
use scn::merge::{Merged, Sides, merge};

/// A file with every item and line of the language.
const WHOLE: &str = include_str!("fixtures/syntax/ok/whole_language.scn");
const SIDES: Sides<'_> = Sides { ours: "ours", theirs: "theirs" };

/// The words that a side may change: whole numbers and the letters of texts, wherever they stand, comments too.
fn words() -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in WHOLE.split_inclusive(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '.') {
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            found.push((at, at + word.len()));
        }
        at += piece.len();
    }
    found
}

/// The text with one word in place of another.
fn changed((from, to): (usize, usize), word: &str) -> String {
    format!("{}{word}{}", &WHOLE[..from], &WHOLE[to..])
}

/// Whether a merge says a word, in its text or in what it says of a conflict.
fn says(merged: &Merged, word: &str) -> bool {
    let of_conflicts = merged.conflicts.iter().flat_map(|one| [&one.ours, &one.theirs]).flatten();
    merged.text.contains(word) || of_conflicts.into_iter().any(|text| text.contains(word))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_is_lost(left in prop::sample::select(words()), right in prop::sample::select(words())) {
        let (ours, theirs) = (changed(left, "987654"), changed(right, "345678"));
        if let Ok(merged) = merge(WHOLE, &ours, &theirs, SIDES) {
            prop_assert!(says(&merged, "987654") && says(&merged, "345678"), "{}", merged.text);
            let (same, clean) = (left == right, merged.conflicts.is_empty());
            prop_assert!(!(same && clean), "both values of one fact are kept:\n{}", merged.text);
        }
    }
}

#[test]
fn a_word_that_both_sides_change_is_a_conflict_everywhere() {
    let words = words();
    assert!(words.len() > 20, "{}", words.len());
    let mut merged = 0;
    for word in words {
        if let Ok(one) = merge(WHOLE, &changed(word, "987654"), &changed(word, "345678"), SIDES) {
            merged += 1;
            assert!(!one.conflicts.is_empty(), "{:?} has two values:\n{}", &WHOLE[word.0..word.1], one.text);
        }
    }
    assert!(merged > 15, "{merged}");
}
