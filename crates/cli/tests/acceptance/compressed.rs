//! Bundles made otherwise than by default.

use crate::bundles::AT;
use crate::oracle::{Oracle, bagit_validates};
use crate::place::Place;
use crate::trees;
use std::fs;

#[test]
fn a_compressed_bundle_is_smaller_and_others_read_it() {
    let place = Place::new();
    trees::rich(&place, "source");
    place.file("source/long.txt", "the same words again and again\n".repeat(20_000));
    place.bundle("source", "stored.zip");
    place.fonds(&format!("bundle source {AT} --compress -o bundle.zip")).ends(0);
    let size = |path: &str| fs::metadata(place.at(path)).unwrap().len();
    assert!(size("bundle.zip") + 500_000 < size("stored.zip"), "{}", size("bundle.zip"));
    place.fonds("verify bundle.zip").ends(0).remarks_nothing();
    place.fonds("extract bundle.zip bag").ends(0);
    place.snapshot("bag/data").documents().expect_same(&place.snapshot("source").documents());
    bagit_validates(&place, "bag");
    if let Some(unzip) = Oracle::tool("unzip") {
        unzip.agrees(place.root(), &["-t", "bundle.zip"]);
    }
    if let Some(python) = Oracle::python(include_str!("oracles/zip_agrees.py")) {
        python.agrees(place.root(), &["bundle.zip", "source"]);
    }
}

#[test]
fn a_compressed_bundle_that_is_damaged_is_found_out() {
    let place = Place::new();
    place.file("source/long.txt", "the same words again and again\n".repeat(2_000));
    place.fonds(&format!("bundle source {AT} --compress -o bundle.zip")).ends(0);
    let whole = place.octets("bundle.zip");
    for at in (0..whole.len()).step_by(37) {
        place.alter("bundle.zip", |octets| octets[at] ^= 8);
        let status = place.fonds("verify bundle.zip").status;
        assert_eq!(status, Some(1), "with octet {at} changed");
        fs::write(place.at("bundle.zip"), &whole).unwrap();
    }
}

#[test]
fn one_digest_can_be_enough() {
    for (algorithm, other) in [("sha256", "sha512"), ("sha512", "sha256")] {
        let place = Place::new();
        trees::letters(&place);
        place.fonds(&format!("bundle letters {AT} --digest {algorithm} -o bag")).ends(0);
        assert!(place.at(format!("bag/manifest-{algorithm}.txt")).is_file());
        assert!(!place.at(format!("bag/manifest-{other}.txt")).exists());
        assert!(!place.at(format!("bag/tagmanifest-{other}.txt")).exists());
        place.fonds("verify bag").ends(0).says(&format!("13 tag files; {algorithm}\n"));
        bagit_validates(&place, "bag");
    }
}

#[test]
fn what_is_read_back_before_it_gets_its_name_is_the_same_bundle() {
    let place = Place::new();
    trees::letters(&place);
    place.folder("reread");
    for target in ["b.zip", "bag"] {
        place.fonds(&format!("bundle letters {AT} -o {target}")).ends(0);
        place.fonds(&format!("bundle letters {AT} --reread -o reread/{target}")).ends(0);
        let plain = place.snapshot(target).contents();
        place.snapshot(format!("reread/{target}")).contents().expect_same(&plain);
    }
}
