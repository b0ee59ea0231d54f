//! Feeds `properties::checklist`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::checklist(octets));
