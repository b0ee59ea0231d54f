//! Private keys: what is read, what is refused, and that nothing of them is told.

use crate::keygen::Keygen;
use crate::{ROOT, hostile};
use provenance::seal::ssh::{Key, KeyError, sign, verify};

const PLAIN: &[u8] = include_bytes!("fixtures/ed25519");
const ENCRYPTED: &[u8] = include_bytes!("fixtures/encrypted");
const PASSPHRASE: &str = "سلام دنیا";

#[test]
fn an_encrypted_key_asks_for_its_passphrase() {
    assert_eq!(Key::read(ENCRYPTED, None).unwrap_err(), KeyError::NeedsPassphrase);
    assert_eq!(Key::read(ENCRYPTED, Some(b"")).unwrap_err(), KeyError::NeedsPassphrase);
    for wrong in ["سلام", " ", "سلام دنیا\n", "Hello world"] {
        assert_eq!(Key::read(ENCRYPTED, Some(wrong.as_bytes())).unwrap_err(), KeyError::WrongPassphrase);
    }
    let key = Key::read(ENCRYPTED, Some(PASSPHRASE.as_bytes())).unwrap();
    assert_eq!(key.public(), Key::read(PLAIN, None).unwrap().public());
    // A passphrase for a key that has none is no harm.
    assert!(Key::read(PLAIN, Some(b"something")).is_ok());
}

#[test]
fn every_cipher_of_ssh_keygen_is_read() {
    let Some(keygen) = Keygen::new() else { return };
    for cipher in [
        "aes128-cbc",
        "aes192-cbc",
        "aes256-cbc",
        "aes128-ctr",
        "aes192-ctr",
        "aes256-ctr",
        "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com",
        "chacha20-poly1305@openssh.com",
    ] {
        let name = &cipher.replace('@', "-");
        keygen.key(name, &["ed25519", "-Z", cipher], "words");
        let octets = keygen.octets(name);
        let public = keygen.text(&format!("{name}.pub"));
        match Key::read(&octets, Some(b"words")) {
            Ok(key) => {
                let listed = keygen.agrees(&["-l", "-f", &format!("{name}.pub")], None);
                assert!(listed.contains(&key.public().fingerprint()), "{cipher} {public}");
            }
            Err(error) => panic!("{cipher}: {error}"),
        }
        assert_eq!(Key::read(&octets, Some(b"word")).unwrap_err(), KeyError::WrongPassphrase, "{cipher}");
        assert_eq!(Key::read(&octets, None).unwrap_err(), KeyError::NeedsPassphrase, "{cipher}");
    }
}

#[test]
fn a_secret_number_that_begins_with_zero_is_read() {
    let key = Key::read(include_bytes!("fixtures/short-scalar"), None).unwrap();
    let armored = sign(&key, ROOT).unwrap();
    assert!(verify(ROOT, armored.as_bytes(), None, None, None).is_ok());
}

#[test]
fn other_files_are_told_by_what_they_are() {
    for (octets, said) in [
        (include_bytes!("fixtures/ed25519.pub").to_vec(), "without .pub"),
        (b"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n".to_vec(), "puttygen"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n".to_vec(), "ssh-keygen -p"),
        (b"-----BEGIN PRIVATE KEY-----\nMIIE\n".to_vec(), "PKCS#8"),
        (b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n".to_vec(), "PKCS#8"),
        (b"-----BEGIN CERTIFICATE-----\nMIIE\n".to_vec(), "X.509"),
        (b"---- BEGIN SSH2 PUBLIC KEY ----\n".to_vec(), "ssh-keygen -i"),
        (b"my secret diary".to_vec(), "another sort of file"),
        (vec![0xff; 100], "another sort of file"),
        (vec![], "empty"),
        (vec![b'-'; 100_000], "100000 octets"),
    ] {
        match Key::read(&octets, None) {
            Err(KeyError::NotAKey(why)) => assert!(why.contains(said), "{why}"),
            other => panic!("{said}: {other:?}"),
        }
    }
}

#[test]
fn keys_that_only_an_agent_signs_with_are_told() {
    let Some(keygen) = Keygen::new() else { return };
    for (name, kind) in [("rsa", &["rsa", "-b", "2048"][..]), ("p521", &["ecdsa", "-b", "521"])] {
        keygen.key(name, kind, "words");
        match Key::read(&keygen.octets(name), None) {
            Err(KeyError::Unsupported(why)) => assert!(why.contains("ssh-add"), "{why}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_damaged_key_is_refused_wherever_it_is_damaged() {
    for cut in 0..PLAIN.len() - 1 {
        assert!(Key::read(&PLAIN[..cut], None).is_err(), "cut at {cut}");
    }
    let mut read = 0;
    hostile::every_flip(PLAIN, |flipped, _| {
        // The comment is the only thing in it that means nothing.
        if let Ok(key) = Key::read(flipped, None) {
            read += 1;
            assert_eq!(key.public(), Key::read(PLAIN, None).unwrap().public());
        }
    });
    let comment = "mina@example.org".len() * 8;
    assert!(read <= comment + 64, "{read} flips were not noticed");
    for cut in 0..ENCRYPTED.len() - 1 {
        assert!(Key::read(&ENCRYPTED[..cut], None).is_err(), "cut at {cut}");
    }
}

#[test]
fn rounds_without_end_are_not_begun() {
    use base64ct::{Base64, Encoding};
    let text = std::str::from_utf8(ENCRYPTED).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let mut octets = Base64::decode_vec(&body).unwrap();
    let at = octets.windows(8).position(|it| *it == [0, 0, 0, 4, 0, 0, 0, 1]).unwrap();
    octets[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    let body = Base64::encode_string(&octets);
    let file = format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{body}\n-----END OPENSSH PRIVATE KEY-----\n");
    match Key::read(file.as_bytes(), Some(b"words")) {
        Err(KeyError::Unsupported(why)) => assert!(why.contains("4294967295"), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_of_a_key_is_told() {
    let key = Key::read(PLAIN, None).unwrap();
    let shown = format!("{key:?} {:?}", Key::read(ENCRYPTED, Some(b"wrong words")));
    let text = std::str::from_utf8(PLAIN).unwrap();
    for line in text.lines().filter(|line| !line.starts_with('-')) {
        assert!(!shown.contains(&line[..16]), "{shown}");
    }
    assert!(shown.contains("SHA256:") && !shown.contains("words"), "{shown}");
}
