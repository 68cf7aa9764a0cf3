//! The target `csv`: what it holds stands in `tests/fuzz/targets/csv.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("csv", bytes));
