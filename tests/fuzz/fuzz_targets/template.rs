//! The target `template`: what it holds stands in `tests/fuzz/targets/template.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("template", bytes));
