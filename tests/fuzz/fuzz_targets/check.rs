//! The target `check`: what it holds stands in `tests/fuzz/targets/check.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("check", bytes));
