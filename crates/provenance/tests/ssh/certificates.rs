//! Keys that an authority speaks for.

use crate::ROOT;
use crate::keygen::Keygen;
use provenance::Timestamp;
use provenance::seal::ssh::{AllowedSigners, Revoked, verify};
use provenance::seal::vouch::{Broken, Trust};

/// A key, an authority, and a certificate with these options; signed.
fn signed(keygen: &Keygen, authority: &[&str], options: &[&str]) -> Vec<u8> {
    for name in ["ca", "ca.pub", "key", "key.pub", "key-cert.pub"] {
        let _ = std::fs::remove_file(keygen.at(name));
    }
    keygen.write("root.txt", ROOT);
    keygen.key("ca", authority, "");
    keygen.key("key", &["ed25519"], "");
    keygen.agrees(
        &[&["-q", "-s", "ca", "-I", "card \u{1b} 7", "-z", "7"], options, &["key.pub"]].concat(),
        None,
    );
    keygen.sign("key-cert.pub", "root.txt", &[])
}

fn trust(keygen: &Keygen, armored: &[u8], list: &str, revoked: Option<&Revoked>, at: &str) -> Trust {
    let list = list.replace("CA", keygen.text("ca.pub").trim()).replace("KEY", keygen.text("key.pub").trim());
    keygen.write("signers", &list);
    let signers = AllowedSigners::read(list.as_bytes()).unwrap();
    let at: Option<Timestamp> = (!at.is_empty()).then(|| at.parse().unwrap());
    verify(ROOT, armored, Some(&signers), revoked, at).unwrap().trust
}

#[test]
fn an_authority_is_believed_for_the_names_it_may_give() {
    let Some(keygen) = Keygen::new() else { return };
    for authority in [&["ed25519"][..], &["ecdsa", "-b", "384"], &["rsa", "-b", "2048"]] {
        let armored = signed(&keygen, authority, &["-n", "mina@example.org,mina@elsewhere.org"]);
        let vouching = verify(ROOT, &armored, None, None, None).unwrap();
        let claims = vouching.claims.unwrap();
        assert!(claims.contains("7\" for mina@example.org, mina@elsewhere.org, by SHA256:"), "{claims}");
        assert!(!claims.contains('\u{1b}'));
        for (list, who) in [
            ("*@example.org cert-authority CA", Some("mina@example.org")),
            ("* cert-authority CA", Some("mina@example.org,mina@elsewhere.org")),
            ("dara@example.org cert-authority CA", None),
            ("*@example.org CA", None),
            ("*@example.org cert-authority KEY", None),
            ("*@example.org namespaces=\"file\",cert-authority CA", None),
        ] {
            let expected = who.map_or(Trust::Unknown, |who| Trust::Known { who: who.to_owned() });
            assert_eq!(trust(&keygen, &armored, list, None, ""), expected, "{list}");
            let (theirs, said) = keygen.verifies("root.txt", "signers", "mina@example.org");
            assert_eq!(theirs, who.is_some(), "{list}: {said}");
        }
    }
}

#[test]
fn a_certificate_has_its_time() {
    let Some(keygen) = Keygen::new() else { return };
    let armored = signed(&keygen, &["ed25519"], &["-n", "mina", "-V", "20230101Z:20240101Z"]);
    let list = "* cert-authority CA";
    for (at, good) in [
        ("2022-12-31T23:59:59Z", false),
        ("2023-06-01T00:00:00Z", true),
        ("2024-01-01T00:00:00Z", false),
        ("", false),
    ] {
        let trust = trust(&keygen, &armored, list, None, at);
        match trust {
            Trust::Known { .. } => assert!(good, "{at}"),
            Trust::OutOfTime(when) => {
                assert!(!good, "{at}");
                assert!(when.contains("from 2023-01-01T00:00:00Z before 2024-01-01T00:00:00Z"), "{when}");
            }
            other => panic!("{at}: {other:?}"),
        }
    }
}

#[test]
fn some_certificates_are_not_for_this() {
    let Some(keygen) = Keygen::new() else { return };
    for (options, said) in [
        (&["-n", "mina", "-h"][..], "machine"),
        (&["-n", "mina", "-O", "force-command=true"], "critical"),
        (&[], "nobody"),
    ] {
        let armored = signed(&keygen, &["ed25519"], options);
        match verify(ROOT, &armored, None, None, None) {
            Err(Broken::Unsupported(why)) => assert!(why.contains(said), "{why}"),
            other => panic!("{said}: {other:?}"),
        }
    }
}

#[test]
fn a_certificate_is_revoked_by_its_key_its_authority_its_number_or_its_name() {
    let Some(keygen) = Keygen::new() else { return };
    let armored = signed(&keygen, &["ed25519"], &["-n", "mina"]);
    keygen.write("serial", "serial: 7\n");
    keygen.write("range", "serial: 5-9\n");
    keygen.write("sparse", "serial: 1\nserial: 3\nserial: 7\nserial: 9\nserial: 12\n");
    keygen.write("others", "serial: 8-9000\nid: another\n");
    keygen.write("id", "id: card \u{1b} 7\n");
    for (list, expected) in
        [("serial", true), ("range", true), ("sparse", true), ("others", false), ("id", true)]
    {
        let krl = format!("{list}.krl");
        keygen.agrees(&["-k", "-f", &krl, "-s", "ca.pub", list], None);
        judged(&keygen, &armored, &krl, expected);
    }
    judged(&keygen, &armored, "key.pub", true);
    judged(&keygen, &armored, "ca.pub", true);
    judged(&keygen, &armored, "key-cert.pub", true);
}

#[track_caller]
fn judged(keygen: &Keygen, armored: &[u8], list: &str, expected: bool) {
    let revoked = Revoked::read(&keygen.octets(list)).unwrap();
    let trust = trust(keygen, armored, "* cert-authority CA", Some(&revoked), "");
    assert_eq!(trust == Trust::Revoked, expected, "{list}: {trust:?}");
    let (good, said) = keygen.run(
        &[
            "-Y",
            "verify",
            "-f",
            "signers",
            "-I",
            "mina",
            "-n",
            "bundle-root@fonds",
            "-s",
            "root.txt.sig",
            "-r",
            list,
        ],
        Some("root.txt"),
    );
    assert_eq!(good, !expected, "{list}: {said}");
}

#[test]
fn every_bit_of_a_certificate_counts() {
    let Some(keygen) = Keygen::new() else { return };
    let armored = signed(&keygen, &["ed25519"], &["-n", "mina"]);
    assert!(verify(ROOT, &armored, None, None, None).is_ok());
    crate::hostile::every_flip(&armored, |flipped, bit| {
        assert!(verify(ROOT, flipped, None, None, None).is_err(), "bit {bit}");
    });
}
