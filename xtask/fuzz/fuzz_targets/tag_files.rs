//! Feeds `properties::tag_files`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::tag_files(octets));
