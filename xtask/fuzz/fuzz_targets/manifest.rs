//! Feeds `properties::manifest`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::manifest(octets));
