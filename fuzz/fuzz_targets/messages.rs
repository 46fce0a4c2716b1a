#![no_main]
//! Feeds the target `messages` with the inputs that libFuzzer makes.

libfuzzer_sys::fuzz_target!(|input: &[u8]| miniguard_fuzz::messages(input));
