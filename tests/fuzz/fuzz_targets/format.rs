//! Setting a text that reads well keeps its tree and its comments, and a second setting changes nothing.
#![no_main]

#[path = "../../support/invariants.rs"]
mod invariants;
#[path = "../../support/tree.rs"]
mod tree;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(error) = invariants::sets(text) {
        panic!("{error}");
    }
});
