//! Any text is checked and evaluated without a panic, and twice the same.
#![no_main]

#[path = "../../support/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(error) = checks::checks(text) {
        panic!("{error}");
    }
});
