//! The target `format`: what it holds stands in `tests/fuzz/targets/format.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("format", bytes));
