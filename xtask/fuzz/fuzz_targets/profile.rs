//! Feeds `properties::profile`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::profile(octets));
