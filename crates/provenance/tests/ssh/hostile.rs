//! Cut, flipped and invented octets: never a panic, and never a signature that nobody made.

use crate::ROOT;
use proptest::prelude::*;
use provenance::seal::ssh::{AllowedSigners, Key, PublicKey, Revoked, verify};
use provenance::seal::vouch::Broken;

const SIGNATURES: [&[u8]; 4] = [
    include_bytes!("fixtures/ed25519.sig"),
    include_bytes!("fixtures/short-scalar.sig"),
    include_bytes!("fixtures/p521.sig"),
    include_bytes!("fixtures/rsa.sig"),
];

/// Shows some octets with each of their bits turned, one after another.
pub fn every_flip(octets: &[u8], mut look: impl FnMut(&[u8], usize)) {
    let mut flipped = octets.to_vec();
    for bit in 0..octets.len() * 8 {
        flipped[bit / 8] ^= 1 << (bit % 8);
        look(&flipped, bit);
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn every_bit_of_a_signature_counts() {
    for armored in SIGNATURES {
        assert!(verify(ROOT, armored, None, None, None).is_ok());
        every_flip(armored, |flipped, bit| {
            let judged = verify(ROOT, flipped, None, None, None);
            assert!(judged.is_err(), "bit {bit}: {judged:?}");
        });
    }
}

#[test]
fn every_bit_of_the_root_counts() {
    every_flip(ROOT, |flipped, bit| {
        let judged = verify(flipped, SIGNATURES[0], None, None, None);
        assert!(matches!(judged, Err(Broken::Mismatch(_))), "bit {bit}: {judged:?}");
    });
}

#[test]
fn a_cut_signature_is_unreadable() {
    for armored in SIGNATURES {
        // Only the last line end may be missing.
        for cut in 0..armored.len() - 1 {
            let judged = verify(ROOT, &armored[..cut], None, None, None);
            assert!(matches!(judged, Err(Broken::Unreadable(_))), "cut at {cut}: {judged:?}");
        }
    }
}

#[test]
fn nothing_stands_before_or_behind() {
    for armored in SIGNATURES {
        for wrong in [[armored, b"\n"].concat(), [armored, armored].concat(), [b"\n", armored].concat()] {
            assert!(matches!(verify(ROOT, &wrong, None, None, None), Err(Broken::Unreadable(_))));
        }
    }
    let long = [SIGNATURES[0], &vec![b'A'; 1 << 20]].concat();
    assert!(matches!(verify(ROOT, &long, None, None, None), Err(Broken::Unreadable(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn changed_signatures_never_pass(
        which in 0..SIGNATURES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut armored = SIGNATURES[which].to_vec();
        for (place, octet) in changes {
            let place = place.index(armored.len());
            armored[place] = octet;
        }
        let judged = verify(ROOT, &armored, None, None, None);
        prop_assert!(judged.is_err() || armored == SIGNATURES[which]);
    }

    #[test]
    fn no_octets_panic(octets in prop::collection::vec(any::<u8>(), 0..600), passphrase in any::<[u8; 4]>()) {
        let _ = verify(ROOT, &octets, None, None, None);
        let _ = Key::read(&octets, Some(&passphrase));
        let _ = PublicKey::read(&octets);
        let _ = AllowedSigners::read(&octets);
        let _ = Revoked::read(&octets);
        let _ = Revoked::read(&[&b"SSHKRL\n\0\0\0\0\x01"[..], &octets].concat());
    }

    #[test]
    fn no_structures_panic(octets in prop::collection::vec(prop_oneof![Just(0_u8), 0..32_u8, any::<u8>()], 0..400)) {
        use base64ct::{Base64, Encoding};
        for (label, magic) in [("SSH SIGNATURE", &b"SSHSIG\0\0\0\x01"[..]), ("OPENSSH PRIVATE KEY", b"openssh-key-v1\0")] {
            let body = Base64::encode_string(&[magic, &octets].concat());
            let text = format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
            prop_assert!(verify(ROOT, text.as_bytes(), None, None, None).is_err());
            prop_assert!(Key::read(text.as_bytes(), Some(b"x")).is_err());
        }
        let mut krl = [&b"SSHKRL\n\0\0\0\0\x01"[..], &[0; 32]].concat();
        krl.extend_from_slice(&octets);
        let _ = Revoked::read(&krl);
    }
}
