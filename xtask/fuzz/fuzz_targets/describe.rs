//! Feeds `properties::describe`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::describe(octets));
