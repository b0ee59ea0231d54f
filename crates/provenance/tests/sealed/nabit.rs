//! Bags in the layout of bag-nabit, made with the commands that it runs.

use crate::authority::Authority;
use crate::cms::at;
use provenance::seal::certificate::Anchors;
use provenance::seal::nabit::{Kind, Link, signed, verify};
use provenance::seal::vouch::{Broken, Scheme, Trust};
use std::fs;

const MANIFEST: &str = "tagmanifest-sha256.txt";
const SIGNATURE: &str = "signatures/tagmanifest-sha256.txt.p7s";
const STAMP: &str = "signatures/tagmanifest-sha256.txt.p7s.tsr";
const CERTIFICATES: &str = "signatures/tagmanifest-sha256.txt.p7s.tsr.crt";

/// A signed and stamped bag, as far as signatures see it.
fn bag() -> Authority {
    let here = Authority::chain("rsa");
    here.make("clock", "rsa", "stamps", "between");
    fs::create_dir(here.path("signatures")).unwrap();
    here.write(MANIFEST, b"00ff  manifest-sha256.txt\n");
    here.openssl(&format!(
        "cms -sign -binary -md sha256 -in {MANIFEST} -out {SIGNATURE} -inkey person.key -signer person.crt -certfile between.crt -outform PEM -nosmimecap -cades"
    ));
    here.openssl(&format!("ts -query -data {SIGNATURE} -sha256 -cert -out q.tsq"));
    here.stamp("q.tsq", "clock", STAMP, "");
    here.write(CERTIFICATES, &[here.read("between.crt"), here.read("root.crt")].concat());
    here
}

fn link(path: &str, over: &str, kind: Kind, certificates: Option<&str>) -> Link {
    Link { path: path.into(), over: over.into(), kind, certificates: certificates.map(Into::into) }
}

#[test]
fn names_say_what_vouches_for_what() {
    let layout =
        signed([STAMP, "data/files/a", MANIFEST, CERTIFICATES, SIGNATURE, "signatures/notes.txt"]).unwrap();
    assert_eq!(
        layout.links,
        [
            link(SIGNATURE, MANIFEST, Kind::Signature, None),
            link(STAMP, SIGNATURE, Kind::Timestamp, Some(CERTIFICATES)),
        ]
    );
    assert_eq!(layout.astray, ["signatures/notes.txt"]);
    let direct = signed([MANIFEST, "signatures/tagmanifest-sha256.txt.tsr"]).unwrap();
    assert_eq!(
        direct.links,
        [link("signatures/tagmanifest-sha256.txt.tsr", MANIFEST, Kind::Timestamp, None)]
    );
    // What is over nothing that is here vouches for nothing.
    for other in [
        &[MANIFEST][..],
        &[SIGNATURE],
        &[MANIFEST, STAMP],
        &[MANIFEST, "signatures/manifest-sha256.txt.p7s"],
        &[MANIFEST, "signatures/x/tagmanifest-sha256.txt.p7s"],
    ] {
        assert_eq!(signed(other.iter().copied()), None, "{other:?}");
    }
    let deep: Vec<String> = (1..100).map(|n| format!("signatures/{MANIFEST}{}", ".p7s".repeat(n))).collect();
    let deep = signed(deep.iter().map(String::as_str).chain([MANIFEST])).unwrap();
    assert_eq!((deep.links.len(), deep.astray.len()), (16, 83));
}

#[test]
fn a_signed_bag_holds_and_a_changed_one_does_not() {
    let here = bag();
    // bag-nabit's own commands agree.
    here.openssl(&format!("cms -verify -binary -content {MANIFEST} -in {SIGNATURE} -inform PEM -purpose any -CAfile root.crt -out out"));
    here.openssl(&format!("ts -verify -data {SIGNATURE} -in {STAMP} -CAfile {CERTIFICATES}"));

    let layout = signed([MANIFEST, SIGNATURE, STAMP, CERTIFICATES]).unwrap();
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    let now = at("2095-01-01T00:00:00Z"); // all certificates are past their time then
    let answers = verify(&layout, |path| fs::read(here.path(path)).ok(), &anchors, now);
    assert_eq!(answers.iter().map(|(link, _)| link.path.as_str()).collect::<Vec<_>>(), [SIGNATURE, STAMP]);
    let all: Vec<_> = answers.into_iter().flat_map(|(_, answers)| answers).map(Result::unwrap).collect();
    assert_eq!(all.iter().map(|it| it.scheme).collect::<Vec<_>>(), [Scheme::Cms, Scheme::TimeStamp]);
    // The timestamp proves that the signature is from when its certificate was valid.
    assert_eq!(all[0].trust, Trust::Known { who: "CN=person,O=Archive-of-Narvan".into() });
    assert_eq!(all[1].trust, Trust::Known { who: "CN=clock,O=Archive-of-Narvan".into() });

    // What the bag itself brings is no reason to believe it.
    let answers = verify(&layout, |path| fs::read(here.path(path)).ok(), &Anchors::default(), now);
    assert!(answers.iter().flat_map(|(_, it)| it).all(|it| it.as_ref().unwrap().trust == Trust::Unknown));

    // Without its timestamp, the signature is past its time.
    let alone = signed([MANIFEST, SIGNATURE]).unwrap();
    let answers = verify(&alone, |path| fs::read(here.path(path)).ok(), &anchors, now);
    assert!(matches!(answers[0].1[0].as_ref().unwrap().trust, Trust::OutOfTime(_)));

    let changed = |which: &str| {
        let answers = verify(
            &layout,
            |path| {
                let mut octets = fs::read(here.path(path)).ok()?;
                if path == which {
                    octets.push(b'\n');
                }
                Some(octets)
            },
            &anchors,
            now,
        );
        answers.into_iter().map(|(_, mut it)| it.remove(0).map(|_| ())).collect::<Vec<_>>()
    };
    assert!(matches!(changed(MANIFEST).as_slice(), [Err(Broken::Mismatch(_)), Ok(())]));
    assert!(matches!(changed(SIGNATURE).as_slice(), [_, Err(Broken::Mismatch(_))]));
    assert!(matches!(changed(STAMP).as_slice(), [Ok(()), Err(Broken::Unreadable(_))]));
    let gone = verify(&layout, |_| None, &anchors, now);
    assert!(gone.iter().all(|(_, it)| matches!(it.as_slice(), [Err(Broken::Unreadable(_))])));
}
