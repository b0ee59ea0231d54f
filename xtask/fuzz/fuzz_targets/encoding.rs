//! Feeds `properties::encoding`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::encoding(octets));
