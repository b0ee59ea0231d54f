//! Feeds `properties::openssh`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::openssh(octets));
