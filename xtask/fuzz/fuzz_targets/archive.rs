//! Feeds `properties::archive`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::archive(octets));
