//! `extract`: safe, verifying, with the times restored, whole or not at all.

use crate::bundles::packed_letters;
use crate::place::Place;
use crate::trees;
use std::fs;
use std::os::unix::fs::symlink;
use std::time::SystemTime;

#[test]
fn times_come_back_to_the_nanosecond() {
    let place = Place::new();
    trees::letters(&place);
    trees::date(&place.file("letters/old.txt", "before any ZIP"), 1);
    trees::date(&place.file("letters/far.txt", "after any ZIP"), 4_449_999_999_999_999_999);
    place.bundle("letters", "bundle.zip");
    place.fonds("extract bundle.zip bag").ends(0).remarks("unpacked to bag");
    let time = |path: &str| fs::metadata(place.at(path)).unwrap().modified().unwrap();
    for name in ["a.txt", "b.txt", "sub/c.txt", "old.txt", "far.txt"] {
        assert_eq!(time(&format!("bag/data/{name}")), time(&format!("letters/{name}")), "{name}");
    }
    assert_eq!(time("bag/data/old.txt").duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos(), 1);
}

#[test]
fn a_bag_in_a_directory_can_be_extracted_too() {
    let place = packed_letters("bag");
    place.fonds("extract bag copy").ends(0);
    place.snapshot("copy").documents().expect_same(&place.snapshot("bag").documents());
}

#[test]
fn an_existing_destination_is_never_touched() {
    let place = packed_letters("bundle.zip");
    place.file("taken", "somebody else's");
    place.folder("vacant");
    let before = place.snapshot("");
    for target in ["taken", "vacant", "letters"] {
        let refused = place.fonds(&format!("extract bundle.zip {target}"));
        refused.ends(2).says_nothing().remarks(&format!("`{target}`: it exists already"));
        refused.remarks("hint: choose another place, or move the existing one away");
        before.expect_same(&place.snapshot(""));
    }
}

#[test]
fn nothing_is_written_into_the_bag_that_is_read() {
    let place = packed_letters("bag");
    symlink("bag/data", place.at("way")).unwrap();
    let before = place.snapshot("bag");
    for line in ["bag bag/data/x", "bag bag/x", "bag way/x", "way/.. bag/../bag/data/x", "./bag way/sub/x"] {
        let refused = place.fonds(&format!("extract {line}"));
        refused.ends(2).says_nothing().remarks("it would lie in the bag").remarks("choose another place");
        before.expect_same(&place.snapshot("bag"));
    }
    let at = place.at("bag/data/x");
    place.run("extract bag").with(at).go().ends(2).remarks("it would lie in the bag");
    let others = [
        "sheet bag -o bag/x.csv",
        "receipt bag -o bag/x.txt",
        "export bag --for atom -o bag/x.csv",
        "disclose bag --select data/** --reason privacy -o bag/x",
    ];
    for line in others {
        place.fonds(line).ends(2).remarks("it would lie in the bag");
        before.expect_same(&place.snapshot("bag"));
    }
    place.fonds("verify bag").ends(0);
}

#[test]
fn a_damaged_bundle_leaves_nothing_and_is_told_what_is_wrong() {
    let place = packed_letters("bundle.zip");
    let whole = place.octets("bundle.zip");
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        place.alter("bundle.zip", |octets| octets[at] ^= 4);
        let outcome = place.fonds("extract bundle.zip bag");
        outcome.ends(1).remarks("nothing was unpacked");
        let mut words = ["ALTERED", "UNREADABLE", "UNSAFE"].iter();
        assert!(words.any(|word| outcome.out.starts_with(&format!("bundle.zip: {word}"))), "{outcome}");
        assert_eq!(place.names(), ["bundle.zip", "letters"], "with octet {at} changed");
        fs::write(place.at("bundle.zip"), &whole).unwrap();
    }
    place.fonds("extract bundle.zip bag").ends(0);
}

#[test]
fn a_damaged_directory_leaves_nothing_too() {
    let place = packed_letters("bag");
    fs::remove_file(place.at("bag/data/sub/c.txt")).unwrap();
    place.fonds("extract bag copy").ends(1).says("E401 error data/sub/c.txt");
    assert_eq!(place.names(), ["bag", "letters"]);
}
