//! Who is believed, when, and who no more.

use crate::ROOT;
use crate::keygen::Keygen;
use provenance::Timestamp;
use provenance::seal::ssh::{AllowedSigners, Fault, Revoked, verify};
use provenance::seal::vouch::Trust;

const SIGNATURE: &[u8] = include_bytes!("fixtures/ed25519.sig");
const KEY: &str = include_str!("fixtures/ed25519.pub");
const OTHER: &str = include_str!("fixtures/p521.pub");

fn at(text: &str) -> Option<Timestamp> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

/// The trust by a list in which `KEY` and `OTHER` stand for keys.
#[track_caller]
fn trust(list: &str, time: &str) -> Trust {
    let list = list.replace("KEY", KEY.trim()).replace("OTHER", OTHER.trim());
    let signers = AllowedSigners::read(list.as_bytes()).unwrap();
    verify(ROOT, SIGNATURE, Some(&signers), None, at(time)).unwrap().trust
}

fn known(who: &str) -> Trust {
    Trust::Known { who: who.to_owned() }
}

#[test]
fn lines_are_read_as_the_manual_says() {
    for (list, expected) in [
        ("mina@example.org KEY", known("mina@example.org")),
        ("\u{feff}mina KEY\r\n", known("mina")),
        ("  mina,dara\t \tKEY", known("mina,dara")),
        ("\"Mina Rad\" KEY", known("Mina Rad")),
        ("*@example.org KEY", known("*@example.org")),
        ("# mina KEY\n\n   \nreza KEY", known("reza")),
        ("eve OTHER\nmina KEY\nreza KEY", known("mina")),
        ("mina namespaces=\"file,bundle-*\" KEY", known("mina")),
        ("mina NameSpaces=\"bundle-root@fonds\" KEY", known("mina")),
        ("mina namespaces=\"file\" KEY", Trust::Unknown),
        ("mina namespaces=\"*,!bundle-root@fonds\" KEY", Trust::Unknown),
        ("mina cert-authority KEY", Trust::Unknown),
        ("mina namespaces=\"file\" KEY\nreza KEY", known("reza")),
        ("mina OTHER", Trust::Unknown),
        ("", Trust::Unknown),
    ] {
        assert_eq!(trust(list, ""), expected, "{list}");
    }
}

#[test]
fn limits_in_time_hold_at_the_time_that_counts() {
    let limits = "mina valid-after=\"20230101Z\",valid-before=\"202312312359Z\" KEY";
    for (time, good) in [
        ("2022-12-31T23:59:59Z", false),
        ("2023-01-01T00:00:00Z", true),
        ("2023-12-31T23:59:00Z", true),
        ("2023-12-31T23:59:00.001Z", false),
        ("", false),
    ] {
        match trust(limits, time) {
            Trust::Known { .. } => assert!(good, "{time}"),
            Trust::OutOfTime(when) => {
                assert!(!good, "{time}");
                assert!(
                    when.contains("2023-01-01T00:00:00Z") && when.contains("2023-12-31T23:59:00Z"),
                    "{when}"
                );
                assert_eq!(when.contains("nothing shows"), time.is_empty(), "{when}");
            }
            other => panic!("{other:?}"),
        }
    }
    // Without a zone: only what holds in all of them.
    assert!(matches!(
        trust("mina valid-after=\"20230101\" KEY", "2023-01-01T11:59:59Z"),
        Trust::OutOfTime(_)
    ));
    assert_eq!(trust("mina valid-after=\"20230101\" KEY", "2023-01-01T12:00:00Z"), known("mina"));
    assert_eq!(trust("mina valid-before=\"20230101\" KEY", "2022-12-31T10:00:00Z"), known("mina"));
    assert!(matches!(
        trust("mina valid-before=\"20230101\" KEY", "2022-12-31T10:00:01Z"),
        Trust::OutOfTime(_)
    ));
    // A later line without limits is as good.
    assert_eq!(trust(&format!("{limits}\nreza KEY"), "2025-01-01T00:00:00Z"), known("reza"));
}

#[test]
fn a_line_that_is_not_understood_is_told_and_the_list_not_used() {
    for (line, said) in [
        ("mina", "a key"),
        ("mina ssh-ed25519", "key in base64"),
        ("mina ssh-ed25519 AAAA", "another in its octets"),
        ("mina ssh-ed25519 !!!!", "base64"),
        ("KEY", "found a key first"),
        ("mina,,reza KEY", "names"),
        ("! KEY", "names"),
        ("\"mina KEY", "second quote"),
        ("mina no-touch-required KEY", "cert-authority"),
        ("mina cert-authority=\"x\" KEY", "found \"cert-authority\""),
        ("mina namespaces=file KEY", "quotes"),
        ("mina namespaces=\"a b KEY", "second quote"),
        ("mina namespaces=\"a\",namespaces=\"b\" KEY", "twice"),
        ("mina namespaces=\"a\", KEY", "last comma"),
        ("mina namespaces=\"a\"x KEY", "comma"),
        ("mina valid-after=\"2023-01-01\" KEY", "20230706Z"),
        ("mina valid-after=\"20230231Z\" KEY", "20230706Z"),
        ("mina valid-after=\"20240101Z\",valid-before=\"20230101Z\" KEY", "earlier"),
        ("mina ssh-ed25519-cert-v01@openssh.com AAAA", "certificate"),
        ("\u{1b}[31m x", "key"),
    ] {
        let line = line.replace("KEY", KEY.trim());
        let list = format!("reza {}\n# nothing\n{line}\n", KEY.trim());
        let faults = AllowedSigners::read(list.as_bytes()).unwrap_err();
        let [Fault { line: 3, what }] = &faults[..] else { panic!("{line}: {faults:?}") };
        assert!(what.contains(said) && !what.contains('\u{1b}'), "{line}: {what}");
    }
    let faults = AllowedSigners::read(b"ok\n\xff\xfe x\n").unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
    assert_eq!(AllowedSigners::read(b"a\n\nb\n").unwrap_err().len(), 2);
}

#[test]
fn ssh_keygen_believes_the_same_people() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    keygen.write("root.txt.sig", SIGNATURE);
    for (list, who) in [
        ("mina@example.org KEY", "mina@example.org"),
        ("*@example.org,!eve@example.org KEY", "mina@example.org"),
        ("\"mina rad\" KEY", "mina rad"),
        ("mina namespaces=\"bundle-*\" KEY", "mina"),
        ("mina namespaces=\"file\" KEY", "mina"),
        ("mina cert-authority KEY", "mina"),
        ("mina OTHER", "mina"),
        ("mina valid-after=\"20200101Z\" KEY", "mina"),
        ("mina valid-before=\"20200101Z\" KEY", "mina"),
        ("mina valid-after=\"20200101Z\",valid-before=\"29990101Z\" KEY", "mina"),
        ("mina NAMESPACES=\"bundle-root@fonds\",VALID-AFTER=\"20200101Z\" KEY", "mina"),
        ("mina namespaces=\"a\",namespaces=\"b\" KEY", "mina"),
        ("mina nonsense KEY", "mina"),
        ("mina namespaces=file KEY", "mina"),
    ] {
        let text = list.replace("KEY", KEY.trim()).replace("OTHER", OTHER.trim());
        keygen.write("signers", format!("{text}\n"));
        let (theirs, said) = keygen.verifies("root.txt", "signers", who);
        let ours = AllowedSigners::read(text.as_bytes()).is_ok_and(|signers| {
            let time = at("2026-01-01T00:00:00Z");
            matches!(verify(ROOT, SIGNATURE, Some(&signers), None, time).unwrap().trust, Trust::Known { .. })
        });
        assert_eq!(ours, theirs, "{list}: {said}");
    }
}

#[track_caller]
fn revoked(list: &[u8], time: &str) -> bool {
    let signers = AllowedSigners::read(format!("mina {KEY}").as_bytes()).unwrap();
    let revoked = Revoked::read(list).unwrap();
    match verify(ROOT, SIGNATURE, Some(&signers), Some(&revoked), at(time)).unwrap().trust {
        Trust::Revoked => true,
        Trust::Known { .. } => false,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_revoked_key_is_believed_no_more() {
    let fingerprint = verify(ROOT, SIGNATURE, None, None, None).unwrap().key;
    for (list, expected) in [
        (String::new(), false),
        (OTHER.to_owned(), false),
        (KEY.to_owned(), true),
        (format!("# lost in Shiraz\n{OTHER}{KEY}"), true),
        (format!("{fingerprint}\n"), true),
        (format!("hash: {fingerprint} with a word\n"), true),
    ] {
        assert_eq!(revoked(list.as_bytes(), ""), expected, "{list}");
        assert_eq!(revoked(list.as_bytes(), "2020-01-01T00:00:00Z"), expected, "no time helps: {list}");
    }
}

#[test]
fn what_is_shown_to_be_older_than_a_revocation_stays() {
    let list = format!("{} revoked-after=20230706Z\n", KEY.trim());
    assert!(!revoked(list.as_bytes(), "2023-07-05T23:59:59Z"));
    assert!(revoked(list.as_bytes(), "2023-07-06T00:00:00Z"));
    assert!(revoked(list.as_bytes(), ""), "nothing shows that it is older");
    assert!(revoked(format!("{list}{KEY}").as_bytes(), "2020-01-01T00:00:00Z"), "the stricter line counts");
    assert!(revoked(format!("{KEY}{list}").as_bytes(), "2020-01-01T00:00:00Z"), "the stricter line counts");
    let local = list.replace("06Z", "06");
    assert!(!revoked(local.as_bytes(), "2023-07-05T09:59:59Z"));
    assert!(revoked(local.as_bytes(), "2023-07-05T10:00:00Z"), "in whatever time zone");
}

#[test]
fn a_revocation_that_is_not_understood_is_told() {
    for (line, said) in [
        ("nonsense", "key"),
        ("SHA256:short", "43 characters"),
        ("serial: 5", "ssh-keygen -k"),
        ("KEY revoked-after=soon", "20230706Z"),
        ("KEY revoked-since=20230706Z", "revoked-after="),
        ("KEY revoked-after=20230706Z revoked-after=20240706Z", "once"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "plain key"),
    ] {
        let line = line.replace("KEY", KEY.trim());
        let faults = Revoked::read(format!("\n{line}").as_bytes()).unwrap_err();
        let [Fault { line: 2, what }] = &faults[..] else { panic!("{line}: {faults:?}") };
        assert!(what.contains(said), "{line}: {what}");
    }
}

#[test]
fn ssh_keygen_revokes_the_same_keys() {
    let Some(keygen) = Keygen::new() else { return };
    keygen.write("root.txt", ROOT);
    keygen.write("root.txt.sig", SIGNATURE);
    keygen.write("signers", format!("mina {KEY}"));
    keygen.write("key.pub", KEY);
    keygen.write("other.pub", OTHER);
    keygen.write("sha256", format!("hash: {}\n", verify(ROOT, SIGNATURE, None, None, None).unwrap().key));
    keygen.write("sha1", format!("sha1: {KEY}"));
    let made = |file: &str, from: &str| keygen.agrees(&["-k", "-f", file, from], None);
    made("explicit.krl", "key.pub");
    made("sha256.krl", "sha256");
    made("sha1.krl", "sha1");
    made("other.krl", "other.pub");
    for (list, expected) in [
        ("key.pub", true),
        ("other.pub", false),
        ("explicit.krl", true),
        ("sha256.krl", true),
        ("sha1.krl", true),
        ("other.krl", false),
    ] {
        let arguments = [
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
        ];
        let (good, said) = keygen.run(&arguments, Some("root.txt"));
        assert_eq!(good, !expected, "{list}: {said}");
        assert_eq!(revoked(&keygen.octets(list), ""), expected, "{list}");
    }
    // A time stands where OpenSSH has a comment: it is stricter than we are, never the reverse.
    for (key, expected) in [(KEY, false), (OTHER, true)] {
        keygen.write("dated", format!("{} revoked-after=20230706Z\n", key.trim()));
        let arguments = [
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
            "dated",
        ];
        let (good, said) = keygen.run(&arguments, Some("root.txt"));
        assert_eq!(good, expected, "{said}");
    }
    keygen.write("dated", format!("{} revoked-after=20230706Z\n", KEY.trim()));
    assert!(!revoked(&keygen.octets("dated"), "2020-01-01T00:00:00Z"));

    let whole = keygen.octets("sha256.krl");
    for cut in 8..whole.len() {
        // At the end of the header and of each section a shorter list is a list; nothing in it may be misread.
        if let Ok(list) = Revoked::read(&whole[..cut]) {
            assert_eq!(list, Revoked::default(), "cut at {cut}");
        }
    }
}
