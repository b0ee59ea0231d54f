//! Feeds `properties::fetch`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::fetch(octets));
