//! The target `yaml`: what it holds stands in `tests/fuzz/targets/yaml.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| scn_fuzz::targets::run("yaml", bytes));
