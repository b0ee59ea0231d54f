//! Independent readers agree on every bundle.

use crate::bundles::AT;
use crate::oracle::{Oracle, bagit_validates, coreutils_agree};
use crate::place::Place;
use crate::trees;

/// The rich tree, packed into `bundle.zip`.
fn packed() -> Place {
    let place = Place::new();
    trees::rich(&place, "source");
    place.bundle("source", "bundle.zip");
    place
}

#[test]
fn what_fonds_unpacks_is_what_was_packed_and_others_find_it_valid() {
    let place = packed();
    place.fonds("extract bundle.zip bag").ends(0);
    place.snapshot("bag/data").documents().expect_same(&place.snapshot("source").documents());
    bagit_validates(&place, "bag");
    coreutils_agree(&place, "bag");
}

#[test]
fn what_unzip_unpacks_is_what_was_packed_and_others_find_it_valid() {
    let Some(unzip) = Oracle::tool("unzip") else { return };
    let place = packed();
    unzip.agrees(place.root(), &["-t", "bundle.zip"]);
    unzip.agrees(place.root(), &["-q", "bundle.zip", "-d", "unzipped"]);
    place.snapshot("unzipped/bundle/data").contents().expect_same(&place.snapshot("source").contents());
    bagit_validates(&place, "unzipped/bundle");
    coreutils_agree(&place, "unzipped/bundle");
    place.fonds("verify unzipped/bundle").ends(0);
}

#[test]
fn a_bundle_in_a_directory_is_what_was_packed_and_others_find_it_valid() {
    let place = Place::new();
    trees::rich(&place, "source");
    place.bundle("source", "bag");
    place.snapshot("bag/data").documents().expect_same(&place.snapshot("source").documents());
    bagit_validates(&place, "bag");
    coreutils_agree(&place, "bag");
    place.fonds("verify bag").ends(0).remarks_nothing();
}

#[test]
fn a_directory_and_a_zip_of_one_name_hold_the_same_files() {
    let place = Place::new();
    trees::rich(&place, "source");
    place.bundle("source", "bundle");
    place.bundle("source", "bundle.zip");
    place.fonds("extract bundle.zip unpacked").ends(0);
    place.snapshot("unpacked").documents().expect_same(&place.snapshot("bundle").documents());
}

#[test]
fn python_finds_every_document_in_the_zip_and_nothing_else() {
    let Some(python) = Oracle::python(include_str!("oracles/zip_agrees.py")) else { return };
    let place = packed();
    let found = python.agrees(place.root(), &["bundle.zip", "source"]);
    assert_eq!(found.trim(), trees::RICH.len().to_string());
}

#[test]
fn a_bundle_of_nothing_is_a_valid_bag() {
    let place = Place::new();
    place.folder("source");
    place.bundle("source", "bundle.zip");
    place.fonds("verify bundle.zip").ends(0);
    place.fonds("extract bundle.zip bag").ends(0);
    bagit_validates(&place, "bag");
    let Some(python) = Oracle::python(include_str!("oracles/zip_agrees.py")) else { return };
    python.agrees(place.root(), &["bundle.zip", "source"]);
}

#[test]
fn folders_and_files_in_any_mix_go_below_their_own_names() {
    let place = Place::new();
    trees::letters(&place);
    place.file("نامه.txt", "one more");
    place.file("photos/1.jpg", [0xFF, 0xD8, 0xFF, 0xE0]);
    place.run(&format!("bundle {AT} -o all.zip photos letters/ letters/../نامه.txt")).go().ends(0);
    place.fonds("verify all.zip").ends(0);
    place.fonds("extract all.zip bag").ends(0);
    for (packed, source) in [("photos", "photos"), ("letters", "letters"), ("نامه.txt", "نامه.txt")] {
        let found = place.snapshot(format!("bag/data/{packed}")).documents();
        found.expect_same(&place.snapshot(source).documents());
    }
    bagit_validates(&place, "bag");
}
