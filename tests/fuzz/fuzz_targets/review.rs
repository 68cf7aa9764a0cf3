//! The target `review`: what it holds stands in `tests/fuzz/targets/review.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("review", bytes));
