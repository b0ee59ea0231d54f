//! Feeds `properties::sheet`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::sheet(octets));
