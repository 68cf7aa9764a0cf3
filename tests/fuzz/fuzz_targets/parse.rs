//! Any text reads without a panic, and nothing of it is lost.
#![no_main]

#[path = "../../support/invariants.rs"]
mod invariants;
#[path = "../../support/tree.rs"]
mod tree;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(error) = invariants::reads(text) {
        panic!("{error}");
    }
});
