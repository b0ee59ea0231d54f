//! Feeds `properties::signature`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::signature(octets));
