//! Formats of what is signed, encrypted or kept in a store.

use ingest::FormatIdentifier;
use provenance::Identifier;

fn told(content: &[u8]) -> (&'static str, &'static str) {
    let format = FormatIdentifier.identify("x", content, content.len() as u64);
    (format.media_type.unwrap_or("-"), format.puid.unwrap_or("-"))
}

const SIGNED: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80";
const TIME_STAMP: &[u8] = b"\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04";

#[test]
fn messages_certificates_and_time_stamps_in_der() {
    let with = |start: &[u8], rest: &[u8]| [start, rest, &[0; 40]].concat();
    assert_eq!(told(&with(b"\x30\x80", SIGNED)), ("application/pkcs7-mime", "fmt/670"));
    assert_eq!(told(&with(b"\x30\x82\x01\x00", SIGNED)), ("application/pkcs7-mime", "fmt/670"));
    let stamp = [SIGNED, TIME_STAMP].concat();
    assert_eq!(told(&with(b"\x30\x82\x01\x00", &stamp)), ("application/vnd.etsi.timestamp-token", "-"));
    let reply = [b"\x30\x03\x02\x01\0", &b"\x30\x82\x01\x00"[..], &stamp].concat();
    assert_eq!(told(&with(b"\x30\x82\x01\x09", &reply)), ("application/timestamp-reply", "-"));
    let certificate = b"\x30\x82\x01\x00\x30\x82\x01\x00\xA0\x03\x02\x01\x02\x02\x01\x05";
    assert_eq!(told(&with(certificate, b"")), ("application/pkix-cert", "-"));
    assert_eq!(told(&with(b"\x30\x82\x01\x00", b"\x02\x01\x00")), ("-", "-"));
    let proof = b"\0OpenTimestamps\0\0Proof\0\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01\x08";
    assert_eq!(told(proof), ("application/vnd.opentimestamps.v1", "-"));
}

#[test]
fn packets_of_open_pgp() {
    // A session key for a public key, and encrypted data behind it.
    let key = [&b"\x85\x01\x0C\x03"[..], &[7; 267]].concat();
    assert_eq!(told(&[&key[..], b"\xD2\x81\x01"].concat()), ("application/pgp-encrypted", "-"));
    assert_eq!(told(&[&key[..], b"\x01\x02\x03"].concat()), ("-", "-"));
    let password = b"\x8C\x0D\x04\x09\x03\x08\x01\x02\x03\x04\x05\x06\x07\x08\x60\xD2\x40\x01";
    assert_eq!(told(password), ("application/pgp-encrypted", "-"));
    let signature = [&b"\x88\x10\x04\x00\x16\x08"[..], &[1; 12]].concat();
    assert_eq!(told(&signature), ("application/pgp-signature", "-"));
    assert_eq!(told(&[&signature[..], b"\0"].concat()), ("-", "-"));
    let public = [&b"\x98\x08\x04\0\0\0\0\x16\x01\x01"[..], b"\xB4\x03Ada"].concat();
    assert_eq!(told(&public), ("application/pgp-keys", "-"));
}

#[test]
fn databases_and_stores_of_mail() {
    let access = |engine: &[u8], version: u8, property: &str| {
        let wide: Vec<u8> = property.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\0\x01\0\0Standard ", engine, b" DB\0", &[version, 0, 0, 0], &wide].concat()
    };
    let type_ = "application/x-msaccess";
    assert_eq!(told(&access(b"Jet", 1, "AccessVersion08.50")), (type_, "x-fmt/240"));
    assert_eq!(told(&access(b"Jet", 1, "AccessVersion09.50")), (type_, "x-fmt/241"));
    assert_eq!(told(&access(b"Jet", 1, "")), (type_, "-"));
    assert_eq!(told(&access(b"ACE", 2, "AccessVersion09.50")), (type_, "fmt/275"));
    let store = |version: u8| [&b"!BDN\x01\x02\x03\x04SM"[..], &[version, 0], &[0; 50]].concat();
    let type_ = "application/vnd.ms-outlook-pst";
    assert_eq!(told(&store(23)), (type_, "x-fmt/249"));
    assert_eq!(told(&store(14)), (type_, "x-fmt/248"));
    assert_eq!(told(&store(36)), (type_, "-"));
    assert_eq!(told(b"!BDN\x01\x02\x03\x04SO\x17\0"), (type_, "-"));
}
