//! Feeds `properties::format`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::format(octets));
