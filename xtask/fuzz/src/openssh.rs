//! Signatures, keys and lists of OpenSSH.

use provenance::name::is_harmless;
use provenance::seal::ssh::{AllowedSigners, Fault, Key, PublicKey, Revoked, verify};
use provenance::seal::vouch::Broken;

/// Nobody ever signed this, so that whatever is taken for a signature over it is a forgery.
const ROOT: &[u8] = b"bundle-root/v1 that nobody signed\n";
/// Characters of a message: what it shows of a file is short.
const LONGEST: usize = 1_000;

/// A file of OpenSSH, taken for each sort that is read: nothing is forged, and what is told is harmless and short.
pub fn openssh(octets: &[u8]) {
    match verify(ROOT, octets, None, None, None) {
        Ok(vouching) => panic!("forged: {vouching:?}"),
        Err(Broken::Unreadable(why) | Broken::Mismatch(why) | Broken::Unsupported(why)) => harmless(&why),
    }
    match Key::read(octets, None) {
        Ok(key) => harmless(&format!("{key:?}")),
        Err(error) => harmless(&error.to_string()),
    }
    match PublicKey::read(octets) {
        Ok(key) => harmless(&format!("{} {key:?}", key.fingerprint())),
        Err(why) => harmless(&why),
    }
    let lines = octets.split(|octet| *octet == b'\n').count();
    faults(AllowedSigners::read(octets).err(), lines);
    faults(Revoked::read(octets).err(), lines);
}

fn faults(faults: Option<Vec<Fault>>, lines: usize) {
    for fault in faults.into_iter().flatten() {
        harmless(&fault.to_string());
        assert!(fault.line <= lines, "{fault}");
    }
}

fn harmless(text: &str) {
    assert!(is_harmless(text), "{text:?}");
    assert!(text.chars().count() <= LONGEST, "{text}");
}
