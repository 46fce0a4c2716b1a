#![no_main]
//! Feeds the target `manifest` with the inputs that libFuzzer makes.

libfuzzer_sys::fuzz_target!(|input: &[u8]| miniguard_fuzz::manifest(input));
