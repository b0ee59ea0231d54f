//! Feeds `properties::ledger`.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| properties::ledger(octets));
