//! Feeds `properties::parts`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::parts(octets));
