//! We sign and `ssh-keygen` agrees; it signs and we agree; it made the fixtures, which stay right for ever.

use crate::ROOT;
use crate::keygen::Keygen;
use provenance::seal::ssh::{AllowedSigners, Key, NAMESPACE, PublicKey, sign, verify};
use provenance::seal::vouch::{Broken, Scheme, Trust};

const OWN: [(&str, &[&str]); 3] =
    [("ed25519", &["ed25519"]), ("p256", &["ecdsa", "-b", "256"]), ("p384", &["ecdsa", "-b", "384"])];
const OTHERS: [(&str, &[&str]); 3] = [
    ("p521", &["ecdsa", "-b", "521"]),
    ("rsa2048", &["rsa", "-b", "2048"]),
    ("rsa3072", &["rsa", "-b", "3072"]),
];

fn known(who: &str) -> Trust {
    Trust::Known { who: who.to_owned() }
}

#[test]
fn what_we_sign_ssh_keygen_verifies() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    for (name, kind) in OWN {
        for passphrase in ["", "many words, and a ü"] {
            let name = &format!("{name}-{}", passphrase.len());
            keygen.key(name, kind, passphrase);
            let key = Key::read(&keygen.octets(name), Some(passphrase.as_bytes())).unwrap();
            let armored = sign(&key, ROOT).unwrap();
            assert_eq!(armored, sign(&key, ROOT).unwrap(), "the same each time");
            keygen.write("root.txt.sig", &armored);
            keygen.write("signers", format!("mina@example.org {}", keygen.text(&format!("{name}.pub"))));
            let (content, said) = keygen.verifies("root.txt", "signers", "mina@example.org");
            assert!(content, "{name}: {said}");
            assert!(said.contains(&key.public().fingerprint()), "{said}");

            let signers = AllowedSigners::read(&keygen.octets("signers")).unwrap();
            let vouching = verify(ROOT, armored.as_bytes(), Some(&signers), None, None).unwrap();
            assert_eq!(vouching.trust, known("mina@example.org"));

            keygen.write("root.txt", b"something else");
            assert!(!keygen.verifies("root.txt", "signers", "mina@example.org").0);
            keygen.write("root.txt", ROOT);
        }
    }
}

#[test]
fn ed25519_is_armored_octet_for_octet_as_ssh_keygen_does() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    keygen.key("key", &["ed25519"], "");
    let theirs = keygen.sign("key", "root.txt", &[]);
    let ours = sign(&Key::read(&keygen.octets("key"), None).unwrap(), ROOT).unwrap();
    assert_eq!(ours.as_bytes(), theirs, "RFC 8032 leaves no choice");
}

#[test]
fn what_ssh_keygen_signs_we_verify() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    for (name, kind) in OWN.into_iter().chain(OTHERS) {
        keygen.key(name, kind, "");
        let public = keygen.text(&format!("{name}.pub"));
        let signers = AllowedSigners::read(format!("dara {public}").as_bytes()).unwrap();
        for options in [&[][..], &["-O", "hashalg=sha256"]] {
            let armored = keygen.sign(name, "root.txt", options);
            let vouching = verify(ROOT, &armored, Some(&signers), None, None).unwrap();
            assert_eq!(vouching.trust, known("dara"), "{name}");
            assert_eq!((vouching.scheme, vouching.at, &vouching.claims), (Scheme::OpenSsh, None, &None));
            let listed = keygen.agrees(&["-l", "-f", &format!("{name}.pub")], None);
            assert_eq!(listed.split(' ').nth(1), Some(&*vouching.key), "as `ssh-keygen -l` prints it");
            assert_eq!(verify(ROOT, &armored, None, None, None).unwrap().trust, Trust::Unknown);
            let broken = verify(&[ROOT, b"\n"].concat(), &armored, None, None, None);
            assert!(matches!(broken, Err(Broken::Mismatch(_))), "{broken:?}");
        }
    }
}

#[test]
fn fixtures_stay_right() {
    for (name, armored) in [
        ("ed25519", &include_bytes!("fixtures/ed25519.sig")[..]),
        ("ecdsa-sha2-nistp256", include_bytes!("fixtures/short-scalar.sig")),
        ("ecdsa-sha2-nistp521", include_bytes!("fixtures/p521.sig")),
        ("rsa", include_bytes!("fixtures/rsa.sig")),
    ] {
        let vouching = verify(ROOT, armored, None, None, None);
        assert!(
            vouching.is_ok_and(|it| it.key.starts_with("SHA256:") && it.trust == Trust::Unknown),
            "{name}"
        );
    }
}

#[test]
fn another_key_or_nobody_is_unknown() {
    let armored = include_bytes!("fixtures/ed25519.sig");
    for list in ["", "# nobody\n", &format!("mina {}", include_str!("fixtures/p521.pub"))] {
        let signers = AllowedSigners::read(list.as_bytes()).unwrap();
        let vouching = verify(ROOT, armored, Some(&signers), None, None).unwrap();
        assert_eq!(vouching.trust, Trust::Unknown, "{list}");
    }
}

#[test]
fn a_signature_for_something_else_is_none() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    keygen.key("key", &["ed25519"], "");
    for namespace in ["file", "git", "bundle-root@fonds2", "Bundle-root@fonds", "\u{1b}[31m"] {
        let _ = std::fs::remove_file(keygen.at("root.txt.sig"));
        keygen.agrees(&["-q", "-Y", "sign", "-f", "key", "-n", namespace, "root.txt"], None);
        match verify(ROOT, &keygen.octets("root.txt.sig"), None, None, None) {
            Err(Broken::Mismatch(why)) => {
                assert!(why.contains(NAMESPACE) && !why.contains('\u{1b}'), "{why}");
            }
            other => panic!("{namespace}: {other:?}"),
        }
    }
}

#[test]
fn a_weak_rsa_key_is_not_judged() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    keygen.key("weak", &["rsa", "-b", "1024"], "");
    let broken = verify(ROOT, &keygen.sign("weak", "root.txt", &[]), None, None, None);
    assert!(matches!(&broken, Err(Broken::Unsupported(why)) if why.contains("1024")), "{broken:?}");
}

#[test]
fn a_public_key_is_read_from_its_file() {
    let text = include_str!("fixtures/ed25519.pub");
    let key = PublicKey::read(text.as_bytes()).unwrap();
    assert_eq!(key.kind(), "ssh-ed25519");
    assert_eq!(PublicKey::read(format!("\n{}\r\n", text.trim()).as_bytes()), Ok(key));
    for (wrong, said) in [
        (format!("{text}{text}"), "one line"),
        (text.replace("ssh-ed25519", "ssh-rsa"), "kind"),
        (text.replace("AAAAC3", "AAAA=3"), "base64"),
        (include_str!("fixtures/ed25519").to_owned(), "private key"),
        (String::new(), "empty"),
        ("PuTTY-User-Key-File-3: ssh-ed25519\n".to_owned(), "puttygen"),
    ] {
        let why = PublicKey::read(wrong.as_bytes()).unwrap_err();
        assert!(why.contains(said), "{why}");
    }
}
