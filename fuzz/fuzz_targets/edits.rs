#![no_main]
//! Feeds the target `edits` with the inputs that libFuzzer makes.

libfuzzer_sys::fuzz_target!(|input: &[u8]| miniguard_fuzz::edits(input));
