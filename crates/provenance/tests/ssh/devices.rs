//! Signatures of security keys (FIDO), from a device that this test plays.

use crate::ROOT;
use crate::keygen::Keygen;
use base64ct::{Base64, Encoding};
use ed25519_dalek::Signer as _;
use provenance::seal::ssh::{AllowedSigners, verify};
use provenance::seal::vouch::Trust;
use sha2::{Digest, Sha256, Sha512};

fn string(octets: &[u8]) -> Vec<u8> {
    [&u32::try_from(octets.len()).unwrap().to_be_bytes(), octets].concat()
}

fn number(octets: &[u8]) -> Vec<u8> {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let rest = &octets[zeros..];
    if rest[0] >= 0x80 { string(&[&[0], rest].concat()) } else { string(rest) }
}

/// What the device signs, with its flags and counter.
fn message(application: &str, device: &[u8]) -> Vec<u8> {
    let digest = Sha512::digest(ROOT);
    let inner =
        [b"SSHSIG".to_vec(), string(b"bundle-root@fonds"), string(b""), string(b"sha512"), string(&digest)]
            .concat();
    [&Sha256::digest(application), device, &Sha256::digest(inner)].concat()
}

fn armored(blob: &[u8], signature: &[u8]) -> String {
    let whole = [
        b"SSHSIG\0\0\0\x01".to_vec(),
        string(blob),
        string(b"bundle-root@fonds"),
        string(b""),
        string(b"sha512"),
        string(signature),
    ]
    .concat();
    let body = Base64::encode_string(&whole);
    let lines: Vec<_> = body.as_bytes().chunks(70).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", lines.join("\n"))
}

/// A key file's line and a signature file, of either kind.
fn device(kind: &str, application: &str, flags: u8) -> (String, String) {
    let device = [&[flags][..], &1234_u32.to_be_bytes()].concat();
    let message = message(application, &device);
    let (blob, signature) = if kind.contains("ed25519") {
        let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let blob =
            [string(kind.as_bytes()), string(key.verifying_key().as_bytes()), string(application.as_bytes())];
        (blob.concat(), key.sign(&message).to_bytes().to_vec())
    } else {
        let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let point = key.verifying_key().to_encoded_point(false);
        let blob = [
            string(kind.as_bytes()),
            string(b"nistp256"),
            string(point.as_bytes()),
            string(application.as_bytes()),
        ];
        let signature: p256::ecdsa::Signature = key.sign(&message);
        let (r, s) = signature.split_bytes();
        (blob.concat(), [number(&r), number(&s)].concat())
    };
    let signature = [string(kind.as_bytes()), string(&signature), device].concat();
    (format!("{kind} {}", Base64::encode_string(&blob)), armored(&blob, &signature))
}

const KINDS: [&str; 2] = ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"];

#[test]
fn a_device_signs_and_both_agree() {
    for kind in KINDS {
        for application in ["ssh:", "ssh:archive", ""] {
            let (key, armored) = device(kind, application, 1);
            let signers = AllowedSigners::read(format!("mina {key}").as_bytes()).unwrap();
            let vouching = verify(ROOT, armored.as_bytes(), Some(&signers), None, None).unwrap();
            assert_eq!(vouching.trust, Trust::Known { who: "mina".to_owned() }, "{kind}");
            let Some(keygen) = Keygen::new() else { continue };
            keygen.write("root.txt", ROOT);
            keygen.write("root.txt.sig", &armored);
            keygen.write("signers", format!("mina {key}\n"));
            let (content, said) = keygen.verifies("root.txt", "signers", "mina");
            assert!(content, "{kind}: {said}");
        }
    }
}

#[test]
fn every_bit_of_what_a_device_signs_counts() {
    for kind in KINDS {
        let (_, armored) = device(kind, "ssh:", 1);
        crate::hostile::every_flip(armored.as_bytes(), |flipped, bit| {
            assert!(verify(ROOT, flipped, None, None, None).is_err(), "{kind}: bit {bit}");
        });
    }
}
