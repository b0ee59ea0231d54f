//! Feeds `properties::bundle`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::bundle(octets));
