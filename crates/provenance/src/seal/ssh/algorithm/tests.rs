//! Which signatures are one: published edge cases of Ed25519, and forms that no key makes.

use super::super::wire::{put_positive, put_string};
use super::*;
use ed25519_dalek::Signer as _;
use std::path::Path;

fn strings(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        put_string(&mut out, part);
    }
    out
}

fn ed25519(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Broken> {
    let key = PublicKey::from_blob(&strings(&[b"ssh-ed25519", key])).unwrap();
    verify(&key, message, &strings(&[b"ssh-ed25519", signature]))
}

/// C2SP CCTV's 914 cases, all of which pass by some rule: by ours those pass whose parts are in their one
/// encoding, of no small order, and hold in the equation without its cofactor.
#[test]
fn edge_cases_of_ed25519_pass_by_one_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/c2sp-cctv-ed25519");
    let Ok(text) = std::fs::read_to_string(folder.join("ed25519vectors.json")) else {
        println!("passed over: there is no {}", folder.display());
        return;
    };
    let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
    let refused = ["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"];
    let (mut passed, mut all) = (0, 0);
    for case in cases.as_array().unwrap() {
        let octets = |name: &str| base16ct::lower::decode_vec(case[name].as_str().unwrap()).unwrap();
        let flags: Vec<&str> =
            case["flags"].as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
        let expected = !flags.iter().any(|flag| refused.contains(flag));
        let judged = ed25519(&octets("key"), case["msg"].as_str().unwrap().as_bytes(), &octets("sig"));
        assert_eq!(judged.is_ok(), expected, "{}: {flags:?} {judged:?}", case["number"]);
        all += 1;
        passed += usize::from(expected);
    }
    assert_eq!(all, 914);
    assert!(passed > 0 && passed < all / 10, "{passed} of {all}");
}

#[test]
fn a_number_beyond_the_order_is_refused() {
    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let good = key.sign(b"message").to_bytes();
    let public = key.verifying_key().to_bytes();
    assert_eq!(ed25519(&public, b"message", &good), Ok(()));
    // S + L is the same number to whoever does not look (RFC 8032 §8.4).
    let order =
        base16ct::lower::decode_vec("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
            .unwrap();
    let mut second = good;
    let mut carry = 0;
    for (octet, more) in second[32..].iter_mut().zip(order) {
        let sum = u16::from(*octet) + u16::from(more) + carry;
        *octet = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert!(matches!(ed25519(&public, b"message", &second), Err(Broken::Mismatch(_))));
    for wrong in [&good[..63], &[&good[..], &[0]].concat(), &[]] {
        assert!(ed25519(&public, b"message", wrong).is_err());
    }
}

#[test]
fn an_algorithm_is_that_of_its_key() {
    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let blob = strings(&[b"ssh-ed25519", &key.verifying_key().to_bytes()]);
    let public = PublicKey::from_blob(&blob).unwrap();
    let good = key.sign(b"message").to_bytes();
    for algorithm in
        ["ssh-ed25519\0", "ssh-rsa", "sk-ssh-ed25519@openssh.com", "ssh-ed25519-cert-v01@openssh.com", ""]
    {
        let judged = verify(&public, b"message", &strings(&[algorithm.as_bytes(), &good]));
        assert!(matches!(judged, Err(Broken::Unreadable(_))), "{algorithm}: {judged:?}");
    }
    let right = strings(&[b"ssh-ed25519", &good]);
    assert_eq!(verify(&public, b"message", &right), Ok(()));
    for more in [&[0][..], &[1, 0, 0, 0, 0], &[1, 0, 0, 0, 0, 0]] {
        assert!(matches!(verify(&public, b"message", &[&right, more].concat()), Err(Broken::Unreadable(_))));
    }
}

#[test]
fn halves_of_ecdsa_have_one_form() {
    let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let point = key.verifying_key().to_encoded_point(false);
    let public =
        PublicKey::from_blob(&strings(&[b"ecdsa-sha2-nistp256", b"nistp256", point.as_bytes()])).unwrap();
    let signature: p256::ecdsa::Signature = key.sign(b"message");
    let (r, s) = signature.split_bytes();
    let judge = |halves: &[u8]| verify(&public, b"message", &strings(&[b"ecdsa-sha2-nistp256", halves]));
    let mut good = Vec::new();
    put_positive(&mut good, &r);
    put_positive(&mut good, &s);
    assert_eq!(judge(&good), Ok(()));
    let zero = [0_u8; 32];
    let long = [&[0, 0, 0][..], &r].concat();
    for halves in [
        strings(&[&long, &s]),
        strings(&[b"", &s]),
        strings(&[&zero, &s]),
        [&good[..], &[0]].concat(),
        strings(&[&[0x7f; 40], &[0x7f; 40]]),
    ] {
        assert!(judge(&halves).is_err());
    }
    // A compressed point is another spelling of the same key.
    let compressed = key.verifying_key().to_encoded_point(true);
    assert!(
        PublicKey::from_blob(&strings(&[b"ecdsa-sha2-nistp256", b"nistp256", compressed.as_bytes()]))
            .is_err()
    );
}

#[test]
fn sha1_and_dsa_are_not_judged() {
    let modulus = [&[0][..], &[0xc5; 256]].concat();
    let rsa = PublicKey::from_blob(&strings(&[b"ssh-rsa", &[1, 0, 1], &modulus])).unwrap();
    let judged = verify(&rsa, b"message", &strings(&[b"ssh-rsa", &[1; 256]]));
    assert!(matches!(&judged, Err(Broken::Unsupported(why)) if why.contains("SHA-1")), "{judged:?}");
    for (algorithm, octets) in [("rsa-sha2-512", 256), ("rsa-sha2-256", 255), ("rsa-sha2-512", 0)] {
        let judged = verify(&rsa, b"message", &strings(&[algorithm.as_bytes(), &vec![1; octets]]));
        assert!(matches!(judged, Err(Broken::Mismatch(_))), "{judged:?}");
    }
    let number = [1; 20];
    let dsa = PublicKey::from_blob(&strings(&[b"ssh-dss", &number, &number, &number, &number])).unwrap();
    let judged = verify(&dsa, b"message", &strings(&[b"ssh-dss", &[1; 40]]));
    assert!(matches!(&judged, Err(Broken::Unsupported(why)) if why.contains("ssh-dss")), "{judged:?}");
    let unknown = PublicKey::from_blob(&strings(&[b"ssh-future@example.org", &number]));
    if let Ok(unknown) = unknown {
        let judged = verify(&unknown, b"message", &strings(&[b"ssh-future@example.org", &[1; 40]]));
        assert!(matches!(judged, Err(Broken::Unsupported(_))), "{judged:?}");
    }
}
