//! Feeds `properties::seal`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::seal(octets));
