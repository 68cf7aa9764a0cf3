//! The target `merge`: what it holds stands in `tests/fuzz/targets/merge.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("merge", bytes));
