//! Bags that others made.

use crate::oracle::{Oracle, bagit_validates};
use crate::place::Place;
use fixity::{Algorithm, sum_of};
use std::fmt::Write;

/// The least that a BagIt 1.0 bag can be: no tag manifest, no bag-info.txt, one digest.
fn plain_bag(place: &Place, bag: &str) {
    place.file(format!("{bag}/bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let mut manifest = String::new();
    for (path, contents) in [("data/نامه.txt", "one"), ("data/sub/two words.txt", "two")] {
        place.file(format!("{bag}/{path}"), contents);
        let digest = sum_of(contents.as_bytes(), &[Algorithm::Sha256]).digests[0].to_string();
        writeln!(manifest, "{digest} {path}").unwrap();
    }
    place.file(format!("{bag}/manifest-sha256.txt"), manifest);
}

fn zip_by_python(place: &Place, bag: &str) -> Option<String> {
    let python = Oracle::python(include_str!("oracles/zip_of.py"))?;
    python.agrees(place.root(), &[bag, "python.zip"]);
    Some("python.zip".to_owned())
}

fn zip_by_info_zip(place: &Place, bag: &str) -> Option<String> {
    Oracle::tool("zip")?.agrees(place.root(), &["-q", "-r", "infozip.zip", bag]);
    Some("infozip.zip".to_owned())
}

/// The bag in a directory, and zipped by others.
fn in_every_container(place: &Place, bag: &str) -> Vec<String> {
    [Some(bag.to_owned()), zip_by_python(place, bag), zip_by_info_zip(place, bag)]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn a_plain_bag_is_valid_in_a_directory_and_in_other_peoples_zips() {
    let place = Place::new();
    plain_bag(&place, "bag");
    bagit_validates(&place, "bag");
    for container in in_every_container(&place, "bag") {
        let verified = place.fonds(&format!("verify {container}"));
        verified.ends(0).says(&format!("{container}: CONSISTENT")).says("BagIt 1.0; payload 2 files, 6 B");
    }
}

#[test]
fn damage_to_a_plain_bag_is_named_in_a_directory_and_in_other_peoples_zips() {
    let place = Place::new();
    plain_bag(&place, "bag");
    place.file("bag/data/sub/two words.txt", "too");
    place.file("bag/data/added.txt", "added");
    place.shell("rm bag/data/نامه.txt").go().ends(0);
    for container in in_every_container(&place, "bag") {
        let verified = place.fonds(&format!("verify {container}"));
        verified.ends(1).says("E403 error data/sub/two words.txt").says("E402 error data/added.txt");
        verified.says("E401 error data/نامه.txt");
    }
}

#[test]
fn a_bag_by_bagit_python_is_valid_once_it_says_that_it_keeps_bagit_1_0() {
    let Some(makes) = Oracle::environment_script(include_str!("oracles/bagit_makes.py")) else { return };
    let place = Place::new();
    place.file("bag/گزارش/یک.txt", "one");
    place.file("bag/two, \"quoted\".txt", "two");
    makes.agrees(place.root(), &["bag", "1.0"]);
    bagit_validates(&place, "bag");
    for container in in_every_container(&place, "bag") {
        place.fonds(&format!("verify {container}")).ends(0).says("sha256");
    }
    place.fonds("inspect bag").ends(0).says("Source-Organization: سازمان");
}

#[test]
fn a_bag_of_an_older_bagit_is_judged_by_its_own_rules() {
    let Some(makes) = Oracle::environment_script(include_str!("oracles/bagit_makes.py")) else { return };
    let place = Place::new();
    place.file("bag/a.txt", "a");
    makes.agrees(place.root(), &["bag", "0.97"]);
    place.fonds("verify bag").ends(0).says("bag: CONSISTENT").says("BagIt 0.97");
    place.alter("bag/data/a.txt", |octets| octets[0] = b'b');
    place.fonds("verify bag").ends(1).says("E403 error data/a.txt");
}

#[test]
fn a_hole_that_was_not_fetched_is_not_fully_checked() {
    let place = Place::new();
    plain_bag(&place, "bag");
    place.file("bag/fetch.txt", "https://example.org/two 3 data/sub/two words.txt\n");
    place.fonds("verify bag").ends(0);
    place.shell("rm 'bag/data/sub/two words.txt'").go().ends(0);
    place.fonds("verify bag").ends(3).says("W211 unchecked data/sub/two words.txt");
}

#[test]
fn a_manifest_by_an_unknown_algorithm_is_not_fully_checked() {
    let place = Place::new();
    plain_bag(&place, "bag");
    place.shell("cp bag/manifest-sha256.txt bag/manifest-whirlpool.txt").go().ends(0);
    place.fonds("verify bag").ends(3).says("W206 unchecked manifest-whirlpool.txt");
}

#[test]
fn what_nothing_protects_and_what_one_would_expect_is_told() {
    let place = Place::new();
    plain_bag(&place, "bag");
    let info = "BagIt-Profile-Identifier: https://example.org/profile.json\n";
    place.file("bag/bag-info.txt", info);
    let plain = place.fonds("verify bag");
    plain
        .ends(0)
        .says("  not protected by any manifest, so that a change would not be noticed:\n    bag-info.txt\n");
    plain.says("    bagit.txt\n    manifest-sha256.txt\n").says("  no tag manifest: nothing protects");
    plain.says(
        "  says it keeps the profile https://example.org/profile.json; that was not checked (--profile FILE",
    );
    plain.says("CONSISTENT means: ").says("does not prove who made the bag");
    assert!(!plain.out.contains("no seal"), "only bundles of fonds can have one: {plain}");

    place.shell("cd bag; sha256sum bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt").go().ends(0);
    let json = place.fonds("verify bag --format json").ends(0).json();
    let bag = &json["bags"][0];
    assert_eq!(bag["unprotected"], serde_json::json!(["bag-info.txt"]));
    assert_eq!(
        bag["counts"],
        serde_json::json!({ "errors": 0, "unchecked": 0, "warnings": 1, "not_listed": 0, "unprotected": 1 })
    );
    assert_eq!((&bag["has_tag_manifest"], &bag["has_seal"]), (&true.into(), &false.into()));
    assert_eq!(bag["profile"], "https://example.org/profile.json");
    // What one of several tag manifests lists is protected.
    place
        .shell("cd bag; sha512sum *.txt > ../all; grep -v tagmanifest ../all > tagmanifest-sha512.txt")
        .go()
        .ends(0);
    let json = place.fonds("verify bag --format json").ends(0).json();
    assert_eq!(json["bags"][0]["unprotected"], serde_json::json!([]));
    assert_eq!(json["bags"][0]["counts"]["warnings"], 1);
}

#[test]
fn each_verdict_is_explained_in_plain_words() {
    let place = Place::new();
    plain_bag(&place, "bag");
    let begins = |status, word: &str, place: &Place| {
        let outcome = place.fonds("verify bag");
        outcome
            .ends(status)
            .says(&format!("bag: {word}: "))
            .says(&format!("\n\n  {word} means: "))
            .is_harmless();
        assert!(outcome.out.lines().skip(1).all(|line| line.chars().count() < 200), "{outcome}");
    };
    begins(0, "CONSISTENT", &place);
    place
        .shell("cd bag; md5sum data/*.txt data/sub/* > manifest-md5.txt; mv manifest-sha256.txt ..")
        .go()
        .ends(0);
    begins(0, "WEAK", &place);
    place.shell("cp manifest-sha256.txt bag/manifest-whirlpool.txt").go().ends(0);
    begins(3, "INCOMPLETE", &place);
    place.file("bag/data/added", "");
    begins(1, "ALTERED", &place);
    place.shell("ln -s /etc/passwd bag/data/link").go().ends(0);
    begins(1, "UNSAFE", &place);
    place.shell("rm -r bag/data/link bag/data/added bag/bagit.txt").go().ends(0);
    begins(1, "UNREADABLE", &place);
}
