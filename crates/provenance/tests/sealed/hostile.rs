//! Files that were made to be believed, or to be looked at for long.

use crate::authority::{ALWAYS, Authority};
use crate::cms::{ROOT, at};
use proptest::prelude::*;
use provenance::seal::certificate::{Anchors, Certificate, Moment};
use provenance::seal::vouch::{Broken, Trust};
use provenance::seal::{cms, timestamp};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

fn now() -> Moment {
    Moment::Told(at("2026-01-02T03:04:05Z"))
}

fn replaced(octets: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
    assert_eq!(what.len(), with.len());
    let place = octets.windows(what.len()).position(|window| window == what).unwrap();
    let mut other = octets.to_vec();
    other[place..place + with.len()].copy_from_slice(with);
    other
}

#[test]
fn another_certificate_for_the_same_key_cannot_take_its_place() {
    let here = Authority::of_time("rsa");
    let first = here.read("clock.crt");
    here.write("serial", b"1002\n");
    here.write("index.txt", b"");
    here.certify("clock", "stamps", "root", ("20010101000000Z", "20800101000000Z"));
    let [first, second] =
        [first, here.read("clock.crt")].map(|it| Certificate::read_all(&it).unwrap().remove(0));
    assert_ne!(first, second);
    here.write("root.txt", ROOT);
    here.openssl("ts -query -data root.txt -sha256 -cert -out q.tsq");
    here.stamp("q.tsq", "clock", "q.tsr", "");
    here.openssl("cms -sign -binary -in root.txt -signer clock.crt -inkey clock.key -md sha256 -cades -outform DER -out x.p7s");
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    let other = replaced(&here.read("q.tsr"), second.der(), first.der());
    let stamp = timestamp::verify(&other, ROOT, None, &anchors);
    assert!(matches!(&stamp, Err(Broken::Mismatch(why)) if why.contains("another certificate")), "{stamp:?}");
    let other = replaced(&here.read("x.p7s"), second.der(), first.der());
    let signature = cms::verify(&other, ROOT, &anchors, now()).remove(0);
    assert!(
        matches!(&signature, Err(Broken::Mismatch(why)) if why.contains("another certificate")),
        "{signature:?}"
    );
}

#[test]
fn a_person_is_no_authority_for_others() {
    let here = Authority::chain("p256");
    here.make("false", "p256", "person", "person");
    here.write("root.txt", ROOT);
    here.openssl("cms -sign -binary -in root.txt -signer false.crt -inkey false.key -certfile person.crt -outform DER -out x.p7s");
    let anchors = Anchors::read(&[here.read("root.crt"), here.read("between.crt")].concat()).unwrap();
    assert_eq!(
        cms::verify(&here.read("x.p7s"), ROOT, &anchors, now()).remove(0).unwrap().trust,
        Trust::Unknown
    );
}

#[test]
fn who_is_believed_for_themselves_stands_above_nobody() {
    let here = Authority::chain("p256");
    here.make("other", "p256", "person", "person");
    here.make("narrow", "p256", "narrow", "narrow");
    here.make("below", "p256", "root", "narrow");
    here.make("far", "p256", "person", "below");
    here.make("near", "p256", "person", "narrow");
    here.make("mute", "p256", "no_certifier", "root");
    here.make("heard", "p256", "person", "mute");
    here.write("root.txt", ROOT);
    for (who, over, believed, right) in [
        ("person", "between", "root", true),
        ("person", "between", "between", true),
        ("person", "between", "person", true),
        ("other", "person", "person", false),
        ("near", "below", "narrow", true),
        ("far", "below", "narrow", false),
        ("far", "narrow", "below", true),
        ("heard", "mute", "root", false),
        ("heard", "root", "mute", false),
    ] {
        here.openssl(&format!("cms -sign -binary -in root.txt -signer {who}.crt -inkey {who}.key -certfile {over}.crt -outform DER -out x.p7s"));
        let anchors = Anchors::read(&here.read(&format!("{believed}.crt"))).unwrap();
        let trust = cms::verify(&here.read("x.p7s"), ROOT, &anchors, now()).remove(0).unwrap().trust;
        let is_known = matches!(trust, Trust::Known { .. });
        let openssl = here.agrees(&format!("cms -verify -binary -inform DER -in x.p7s -content root.txt -CAfile {believed}.crt -partial_chain -purpose any -out content"));
        assert_eq!((is_known, openssl), (right, right), "{who} over {over}, as {believed} is believed");
    }
}

#[test]
fn chains_are_signed_with_what_people_use() {
    for (kind, how) in [
        ("p256", "-md sha512"),
        ("p384", "-md sha512"),
        ("p384", "-md sha384"),
        ("rsa", "-md sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"),
        ("ed25519", "-md null"),
    ] {
        let here = Authority::new();
        here.make("root", kind, "root", "root");
        here.key("person", "p256");
        here.certify_by("person", "person", "root", ALWAYS, how);
        here.write("root.txt", ROOT);
        here.openssl(
            "cms -sign -binary -in root.txt -signer person.crt -inkey person.key -outform DER -out x.p7s",
        );
        let anchors = Anchors::read(&here.read("root.crt")).unwrap();
        let trust = cms::verify(&here.read("x.p7s"), ROOT, &anchors, now()).remove(0).unwrap().trust;
        assert!(matches!(trust, Trust::Known { .. }), "{kind} {how}: {trust:?}");
    }
    // SHA-1 in a chain is no reason to believe.
    let here = Authority::new();
    here.make("root", "rsa", "root", "root");
    here.key("person", "p256");
    here.certify_by("person", "person", "root", ALWAYS, "-md sha1");
    here.write("root.txt", ROOT);
    here.openssl(
        "cms -sign -binary -in root.txt -signer person.crt -inkey person.key -outform DER -out x.p7s",
    );
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    assert_eq!(
        cms::verify(&here.read("x.p7s"), ROOT, &anchors, now()).remove(0).unwrap().trust,
        Trust::Unknown
    );
}

#[test]
#[allow(clippy::disallowed_methods, reason = "this test is about time")]
fn a_maze_of_certificates_is_left_soon() {
    let here = Authority::new();
    let mut all = Vec::new();
    for n in 0..30 {
        here.key("one", "p256");
        here.openssl(&format!("req -x509 -new -config openssl.cnf -extensions root -key one.key -subj /CN=same -days 9 -set_serial {n} -out one.crt"));
        all.extend(here.read("one.crt"));
    }
    here.write("all.crt", &all);
    here.key("person", "p256");
    here.openssl("req -new -config openssl.cnf -key person.key -subj /CN=person -out person.csr");
    here.openssl("x509 -req -in person.csr -CA one.crt -CAkey one.key -set_serial 99 -days 9 -extfile openssl.cnf -extensions person -out person.crt");
    here.make("stranger", "p256", "root", "stranger");
    here.write("root.txt", ROOT);
    here.openssl("cms -sign -binary -in root.txt -signer person.crt -inkey person.key -certfile all.crt -outform DER -out x.p7s");
    let anchors = Anchors::read(&here.read("stranger.crt")).unwrap();
    let octets = here.read("x.p7s");
    let moment = Moment::Told(Certificate::read_all(&here.read("person.crt")).unwrap()[0].validity().0);
    let began = Instant::now();
    let answers = cms::verify(&octets, ROOT, &anchors, moment);
    println!("{:?}", began.elapsed());
    assert_eq!(answers[0].as_ref().unwrap().trust, Trust::Unknown);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let mut whole = vec![tag];
    match content.len() {
        0..=0x7F => whole.push(length[3]),
        0x80..=0xFF => whole.extend([0x81, length[3]]),
        0x100..=0xFFFF => whole.extend([0x82, length[2], length[3]]),
        _ => whole.extend([0x83, length[1], length[2], length[3]]),
    }
    whole.extend_from_slice(content);
    whole
}

#[test]
#[allow(clippy::disallowed_methods, reason = "this test is about time")]
fn sets_without_end_are_left_soon() {
    // Attributes in falling order, each with values in falling order: as many as are allowed, and one more.
    for count in [30_u8, 33] {
        let values: Vec<u8> =
            (0..count).rev().flat_map(|n| der(0x04, &[[0; 26], [n; 26]].concat()[..27])).collect();
        let values = der(0x31, &values);
        let attribute = |n: u8| der(0x30, &[der(0x06, &[0x2A, n & 0x7F, 1]), values.clone()].concat());
        let attributes = der(0xA0, &(0..count).rev().flat_map(attribute).collect::<Vec<_>>());
        let name = der(0x30, &[]);
        let signer = |n: u8| {
            der(
                0x30,
                &[
                    der(0x02, &[1]),
                    der(0x30, &[name.clone(), der(0x02, &[0x40 + n, 1])].concat()),
                    der(0x30, &der(0x06, &[0x2A, 3, 4])),
                    attributes.clone(),
                    der(0x30, &der(0x06, &[0x2A, 3, 4])),
                    der(0x04, &[0]),
                ]
                .concat(),
            )
        };
        let signed = der(
            0x30,
            &[
                der(0x02, &[1]),
                der(0x31, &der(0x30, &der(0x06, &[0x2A, 3, 4]))),
                der(0x30, &der(0x06, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1])),
                der(0x31, &(0..30).rev().flat_map(signer).collect::<Vec<_>>()),
            ]
            .concat(),
        );
        let octets = der(
            0x30,
            &[der(0x06, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2]), der(0xA0, &signed)].concat(),
        );
        assert!((700_000..1 << 20).contains(&octets.len()), "{}", octets.len());
        let began = Instant::now();
        let answers = cms::verify(&octets, ROOT, &Anchors::default(), now());
        println!("{count}: {:?} {answers:?}", began.elapsed());
        match (count, &answers[0]) {
            (30, Err(Broken::Unsupported(why))) => assert!(why.contains("30 signers"), "{why}"),
            (33, Err(Broken::Unreadable(why))) => assert!(why.contains("by the handful"), "{why}"),
            other => panic!("{other:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
}

/// A signature and a timestamp over it that are right.
fn right() -> &'static [Vec<u8>; 3] {
    static RIGHT: OnceLock<[Vec<u8>; 3]> = OnceLock::new();
    RIGHT.get_or_init(|| {
        let here = Authority::of_time("p256");
        here.write("root.txt", ROOT);
        here.openssl("cms -sign -binary -in root.txt -signer clock.crt -inkey clock.key -cades -outform DER -out x.p7s");
        here.openssl("ts -query -data root.txt -sha256 -cert -out q.tsq");
        here.stamp("q.tsq", "clock", "q.tsr", "");
        here.openssl("x509 -in root.crt -outform DER -out root.der");
        ["x.p7s", "q.tsr", "root.der"].map(|name| here.read(name))
    })
}

proptest! {
    #[test]
    fn octets_that_are_cut_out_doubled_or_set_never_make_it_panic(
        which in 0..3_usize,
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_u8, any::<u8>()), 1..5),
    ) {
        let mut octets = right()[which].clone();
        for (from, to, how, octet) in cuts {
            if octets.is_empty() {
                break;
            }
            let (from, to) = (from.index(octets.len()), to.index(octets.len()));
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
            match how {
                0 => drop(octets.drain(from..to)),
                1 => {
                    let part = octets[from..to].to_vec();
                    octets.splice(from..from, part);
                }
                _ => octets[from] = octet,
            }
        }
        let _ = cms::verify(&octets, ROOT, &Anchors::default(), now());
        let _ = timestamp::verify(&octets, ROOT, None, &Anchors::default());
        if let Ok(anchors) = Anchors::read(&octets) {
            let _ = cms::verify(&right()[0], ROOT, &anchors, now());
            let _ = timestamp::verify(&right()[1], ROOT, None, &anchors);
        }
        let _ = Anchors::default().with_revocations(&octets);
    }
}
