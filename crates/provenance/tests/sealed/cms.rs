//! Detached signatures: ours before `openssl cms`, its before us.

use crate::authority::{ALWAYS, Authority};
use proptest::prelude::*;
use provenance::Timestamp;
use provenance::seal::certificate::{Anchors, Certificate, Moment};
use provenance::seal::cms::{Key, KeyFault, sign, verify};
use provenance::seal::vouch::{Broken, Scheme, Trust, Vouching};

pub const ROOT: &[u8] = b"bundle-root/v1\nname: interviews-2023\nroot: 00ff\n";
const CHECK: &str = "cms -verify -binary -inform DER -content root.txt -purpose any -out /dev/null";

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Moment {
    Moment::Told(at("2026-01-02T03:04:05Z"))
}

fn one(answers: Vec<Result<Vouching, Broken>>) -> Result<Vouching, Broken> {
    let [answer] = <[_; 1]>::try_from(answers).unwrap();
    answer
}

/// `person` signs `root.txt` by us, as `ours.p7s`.
fn sign_ourselves(here: &Authority, key: &[u8]) -> Vec<u8> {
    let mut chain = Certificate::read_all(&here.read("between.crt")).unwrap();
    chain.extend(Certificate::read_all(&here.read("person.crt")).unwrap());
    let key = Key::read(key, None).unwrap();
    let octets = sign(ROOT, &key, &chain, at("2026-01-02T03:04:05Z")).unwrap();
    assert_eq!(
        octets,
        sign(ROOT, &key, &chain, at("2026-01-02T03:04:05Z")).unwrap(),
        "the same octets each time"
    );
    here.write("root.txt", ROOT);
    here.write("ours.p7s", &octets);
    octets
}

#[test]
fn what_we_sign_openssl_verifies() {
    for kind in ["rsa", "p256", "p384", "ed25519"] {
        let here = Authority::chain(kind);
        let octets = sign_ourselves(&here, &here.read("person.key"));
        if kind == "ed25519" {
            // OpenSSL 3.0 has no Ed25519 in CMS; that it reads the file and its certificate is all it can say.
            here.openssl("cms -cmsout -print -noout -inform DER -in ours.p7s");
            println!(
                "this OpenSSL knows Ed25519 in CMS: {}",
                here.agrees(&format!("{CHECK} -in ours.p7s -CAfile root.crt"))
            );
        } else {
            here.openssl(&format!("{CHECK} -in ours.p7s -CAfile root.crt"));
            here.openssl(&format!("{CHECK} -in ours.p7s -CAfile root.crt -cades"));
            here.write("root.txt", b"something else");
            assert!(!here.agrees(&format!("{CHECK} -in ours.p7s -CAfile root.crt")));
        }
        let anchors = Anchors::read(&here.read("root.crt")).unwrap();
        let vouching = one(verify(&octets, ROOT, &anchors, now())).unwrap();
        assert_eq!(vouching.scheme, Scheme::Cms);
        assert_eq!(vouching.at, Some(at("2026-01-02T03:04:05Z")));
        assert_eq!(vouching.trust, Trust::Known { who: "CN=person,O=Archive-of-Narvan".into() });
        let fingerprint = here.ask("x509 -in person.crt -noout -fingerprint -sha256");
        let fingerprint = String::from_utf8(fingerprint.stdout).unwrap().replace(':', "").to_lowercase();
        assert!(fingerprint.trim_end().ends_with(&vouching.key), "{fingerprint} {}", vouching.key);
    }
}

#[test]
fn what_openssl_signs_we_verify() {
    for (kind, words, signed_time) in [
        ("rsa", "-md sha256", true),
        ("rsa", "-md sha512 -cades", true),
        ("rsa", "-md sha384 -keyid", true),
        ("rsa", "-md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:digest", true),
        ("rsa", "-md sha256 -noattr", false),
        ("p256", "-md sha256", true),
        ("p256", "-md sha512 -nodetach", true),
        ("p384", "-md sha384 -cades", true),
        ("p384", "-md sha256 -outform PEM", true),
    ] {
        let here = Authority::chain(kind);
        here.write("root.txt", ROOT);
        let form = if words.contains("PEM") { "" } else { "-outform DER" };
        here.openssl(&format!(
            "cms -sign -binary -in root.txt -signer person.crt -inkey person.key -certfile between.crt -out theirs.p7s {form} {words}"
        ));
        let anchors = Anchors::read(&here.read("root.crt")).unwrap();
        let octets = here.read("theirs.p7s");
        let vouching =
            one(verify(&octets, ROOT, &anchors, now())).unwrap_or_else(|it| panic!("{words}: {it:?}"));
        assert!(matches!(vouching.trust, Trust::Known { .. }), "{words}: {vouching:?}");
        assert_eq!(vouching.at.is_some(), signed_time, "{words}");
        let other = one(verify(&octets, b"something else", &anchors, now()));
        assert!(matches!(other, Err(Broken::Mismatch(_))), "{words}: {other:?}");
    }
}

#[test]
fn several_people_sign_one_file_and_each_is_judged() {
    let here = Authority::chain("p256");
    here.make("other", "rsa", "person", "other");
    here.write("root.txt", ROOT);
    here.openssl("cms -sign -binary -in root.txt -signer person.crt -inkey person.key -certfile between.crt -signer other.crt -inkey other.key -outform DER -out both.p7s");
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    let mut trusts: Vec<_> = verify(&here.read("both.p7s"), ROOT, &anchors, now())
        .into_iter()
        .map(|it| format!("{:?}", it.unwrap().trust))
        .collect();
    trusts.sort();
    assert_eq!(trusts, ["Known { who: \"CN=person,O=Archive-of-Narvan\" }", "Unknown"]);
}

#[test]
fn weak_algorithms_are_refused() {
    let here = Authority::chain("rsa");
    here.write("root.txt", ROOT);
    here.make("short", "rsa1024", "person", "root");
    here.make("odd", "p521", "person", "root");
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    for (who, digest, word) in [
        ("person", "sha1", "SHA-1"),
        ("person", "md5", "MD5"),
        ("person", "sha224", "SHA-224"),
        ("short", "sha256", "1024 bits"),
        ("odd", "sha256", "a curve other"),
    ] {
        here.openssl(&format!(
            "cms -sign -binary -in root.txt -signer {who}.crt -inkey {who}.key -md {digest} -outform DER -out weak.p7s"
        ));
        match one(verify(&here.read("weak.p7s"), ROOT, &anchors, now())) {
            Err(Broken::Unsupported(why)) => assert!(why.contains(word), "{why}"),
            other => panic!("{who} {digest}: {other:?}"),
        }
    }
}

#[test]
fn trust_needs_a_chain_at_the_moment() {
    let here = Authority::new();
    here.make("root", "p256", "root", "root");
    here.key("person", "p256");
    here.certify("person", "person", "root", ("20200101000000Z", "20210101000000Z"));
    here.key("old", "p256");
    here.certify("old", "root", "old", ("20100101000000Z", "20110101000000Z"));
    here.key("heir", "p256");
    here.certify("heir", "person", "old", ALWAYS);
    here.make("stranger", "p256", "root", "stranger");
    here.write("root.txt", ROOT);
    here.openssl(
        "cms -sign -binary -in root.txt -signer person.crt -inkey person.key -outform DER -out person.p7s",
    );
    here.openssl(
        "cms -sign -binary -in root.txt -signer heir.crt -inkey heir.key -outform DER -out heir.p7s",
    );
    let trust = |signature: &str, authority: &str, when: &str| {
        let anchors = Anchors::read(&here.read(authority)).unwrap();
        one(verify(&here.read(signature), ROOT, &anchors, Moment::Told(at(when)))).unwrap().trust
    };
    let openssl = |signature: &str, authority: &str, seconds: u64| {
        here.agrees(&format!("{CHECK} -in {signature} -CAfile {authority} -attime {seconds}"))
    };
    let known = Trust::Known { who: "CN=person,O=Archive-of-Narvan".into() };
    let past = Trust::OutOfTime("valid from 2020-01-01T00:00:00Z to 2021-01-01T00:00:00Z".into());
    for (when, seconds, expected) in [
        ("2019-12-31T23:59:59Z", 1_577_836_799, &past),
        ("2020-01-01T00:00:00Z", 1_577_836_800, &known),
        ("2021-01-01T00:00:00Z", 1_609_459_200, &known),
        ("2021-01-01T00:00:01Z", 1_609_459_201, &past),
    ] {
        assert_eq!(&trust("person.p7s", "root.crt", when), expected, "{when}");
        if when != "2021-01-01T00:00:00Z" {
            // OpenSSL ends a validity one second before RFC 5280 §4.1.2.5 does.
            assert_eq!(openssl("person.p7s", "root.crt", seconds), *expected == known, "{when}");
        }
    }
    assert_eq!(trust("person.p7s", "stranger.crt", "2020-06-01T00:00:00Z"), Trust::Unknown);
    assert!(!openssl("person.p7s", "stranger.crt", 1_590_969_600));
    assert_eq!(
        trust("person.p7s", "stranger.crt", "2026-06-01T00:00:00Z"),
        Trust::Unknown,
        "nor when past its time"
    );
    // An authority that is past its time vouches for nobody, as OpenSSL has it.
    assert!(matches!(trust("heir.p7s", "old.crt", "2026-06-01T00:00:00Z"), Trust::OutOfTime(_)));
    assert!(!openssl("heir.p7s", "old.crt", 1_780_272_000));
    assert!(matches!(trust("heir.p7s", "old.crt", "2010-06-01T00:00:00Z"), Trust::Known { .. }));
    assert!(openssl("heir.p7s", "old.crt", 1_275_350_400));
    // Handed over itself, a certificate is believed.
    assert_eq!(trust("person.p7s", "person.crt", "2020-06-01T00:00:00Z"), known);
    assert_eq!(trust("person.p7s", "person.crt", "2022-06-01T00:00:00Z"), past);
    let none = one(verify(&here.read("person.p7s"), ROOT, &Anchors::default(), now())).unwrap();
    assert_eq!(none.trust, Trust::Unknown);
    assert_eq!(none.claims.as_deref(), Some("CN=person,O=Archive-of-Narvan"));
}

#[test]
fn a_file_of_authorities_may_hold_many() {
    let here = Authority::chain("p256");
    here.make("stranger", "rsa", "root", "stranger");
    let octets = sign_ourselves(&here, &here.read("person.key"));
    let many =
        [b"words\n".to_vec(), here.read("stranger.crt"), b"\n".to_vec(), here.read("root.crt")].concat();
    let anchors = Anchors::read(&many).unwrap();
    assert!(matches!(one(verify(&octets, ROOT, &anchors, now())).unwrap().trust, Trust::Known { .. }));
    // One in the middle is believed, too, and so is the signer's own.
    for middle in ["between.crt", "person.crt"] {
        let anchors = Anchors::read(&here.read(middle)).unwrap();
        assert!(
            matches!(one(verify(&octets, ROOT, &anchors, now())).unwrap().trust, Trust::Known { .. }),
            "{middle}"
        );
        here.openssl(&format!("{CHECK} -in ours.p7s -CAfile {middle} -partial_chain"));
    }
    here.openssl("x509 -in root.crt -outform DER -out root.der");
    assert!(Anchors::read(&here.read("root.der")).is_ok());
    for nothing in [
        &b""[..],
        b"words",
        b"-----BEGIN CERTIFICATE-----\nBQA=\n-----END CERTIFICATE-----\n",
        &here.read("root.key"),
    ] {
        assert!(matches!(Anchors::read(nothing), Err(Broken::Unreadable(_))));
    }
}

#[test]
fn private_keys_come_in_many_forms() {
    for (kind, old) in [("rsa", "rsa -traditional"), ("p256", "ec"), ("p384", "ec")] {
        let here = Authority::chain(kind);
        here.openssl(&format!("{old} -in person.key -out old.key"));
        here.openssl(&format!("{old} -in person.key -outform DER -out old.der"));
        here.openssl("pkey -in person.key -outform DER -out person.der");
        let first = sign_ourselves(&here, &here.read("person.key"));
        for form in ["old.key", "old.der", "person.der"] {
            assert_eq!(sign_ourselves(&here, &here.read(form)), first, "{kind} {form}");
        }
        for cipher in ["-v2 aes-256-cbc", "-v2 aes-128-cbc -v2prf hmacWithSHA512", "-scrypt"] {
            here.openssl(&format!(
                "pkcs8 -topk8 -in person.key -out locked.key -passout pass:narvan {cipher}"
            ));
            let locked = here.read("locked.key");
            assert_eq!(Key::read(&locked, None).unwrap_err(), KeyFault::NeedsPassphrase, "{cipher}");
            assert_eq!(
                Key::read(&locked, Some(b"wrong")).unwrap_err(),
                KeyFault::WrongPassphrase,
                "{cipher}"
            );
            let key = Key::read(&locked, Some(b"narvan")).unwrap();
            let chain = Certificate::read_all(&here.read("person.crt")).unwrap();
            sign(ROOT, &key, &chain, at("2026-01-02T03:04:05Z")).unwrap();
            let other = Certificate::read_all(&here.read("between.crt")).unwrap();
            assert!(matches!(
                sign(ROOT, &key, &other, at("2026-01-02T03:04:05Z")),
                Err(KeyFault::Mismatch(_))
            ));
        }
    }
}

#[test]
fn keys_that_cannot_sign_say_why() {
    let here = Authority::chain("rsa");
    here.key("short", "rsa1024");
    here.key("odd", "p521");
    here.openssl("rsa -traditional -aes128 -passout pass:x -in person.key -out legacy.key");
    here.openssl("pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:x -in person.key -out pbes1.key");
    for name in ["short.key", "odd.key", "legacy.key", "pbes1.key"] {
        let fault = Key::read(&here.read(name), Some(b"x")).unwrap_err();
        assert!(matches!(fault, KeyFault::Unsupported(_)), "{name}: {fault:?}");
    }
    for nothing in [&b""[..], b"words", &here.read("person.crt"), &[0; 100]] {
        let fault = Key::read(nothing, None).unwrap_err();
        assert!(matches!(fault, KeyFault::Unreadable(_)), "{fault:?}");
    }
    let key = Key::read(&here.read("person.key"), None).unwrap();
    assert_eq!(format!("{key:?}"), "Key(RSA)");
}

#[test]
fn no_flipped_bit_verifies() {
    let here = Authority::new();
    here.make("person", "p256", "person", "person");
    let chain = Certificate::read_all(&here.read("person.crt")).unwrap();
    let key = Key::read(&here.read("person.key"), None).unwrap();
    let octets = sign(ROOT, &key, &chain, at("2026-01-02T03:04:05Z")).unwrap();
    let anchors = Anchors::read(&here.read("person.crt")).unwrap();
    assert!(one(verify(&octets, ROOT, &anchors, now())).is_ok());
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let answers = verify(&flipped, ROOT, &anchors, now());
        assert!(answers.iter().all(Result::is_err), "bit {bit}: {answers:?}");
    }
    for length in 0..octets.len() {
        assert!(one(verify(&octets[..length], ROOT, &anchors, now())).is_err(), "{length}");
    }
    let longer = [&octets[..], &[0]].concat();
    assert!(one(verify(&longer, ROOT, &anchors, now())).is_err());
    assert!(matches!(
        one(verify(&vec![0x30; (1 << 20) + 1], ROOT, &anchors, now())),
        Err(Broken::Unreadable(_))
    ));
}

proptest! {
    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(one(verify(&octets, ROOT, &Anchors::default(), now())).is_err());
        prop_assert!(Certificate::read(&octets).is_err());
        prop_assert!(Key::read(&octets, Some(b"x")).is_err());
    }
}
