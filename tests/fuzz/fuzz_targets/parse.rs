//! The target `parse`: what it holds stands in `tests/fuzz/targets/parse.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("parse", bytes));
