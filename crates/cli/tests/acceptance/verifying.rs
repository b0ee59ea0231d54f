//! `verify`: every damage is found, all of them in one run, and nothing is written.

use crate::bundles::packed_letters;
use crate::outcome::Outcome;
use crate::place::Place;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

/// Verifies, and expects these findings: code, path, and a word of the message.
#[track_caller]
fn finds(place: &Place, bag: &str, expected: &[(&str, &str, &str)]) -> Outcome {
    let answer = place.fonds(&format!("verify {bag} --format json"));
    let json = answer.ends(1).json();
    let verdict = json["bags"][0]["verdict"].as_str().unwrap().to_owned();
    let findings = json["bags"][0]["findings"].as_array().unwrap();
    let text = place.fonds(&format!("verify {bag}"));
    text.ends(1).says(&format!("{bag}: {verdict}"));
    for (code, path, word) in expected {
        let found = findings.iter().find(|row| row["code"] == *code && row["path"] == *path);
        let message = found.and_then(|row| row["message"].as_str());
        let message = message.unwrap_or_else(|| panic!("no {code} of {path} in {answer}"));
        assert!(message.contains("expected") && message.contains("found"), "{message}");
        assert!(message.contains(word), "expected `{word}` in {message}");
        text.says(&format!("  {code} error {path}: {message}"));
    }
    answer
}

#[test]
fn every_damage_to_a_directory_is_named_in_one_run() {
    let place = packed_letters("bag");
    place.alter("bag/data/a.txt", |octets| octets[3] ^= 0x10);
    fs::remove_file(place.at("bag/data/b.txt")).unwrap();
    place.file("bag/data/sub/added.txt", "added");
    place.alter("bag/bag-info.txt", |octets| octets.extend(b"Contact-Name: nobody\n"));
    place.alter("bag/metadata/FORMAT.txt", Vec::clear);
    fs::remove_file(place.at("bag/manifest-sha512.txt")).unwrap();
    finds(
        &place,
        "bag",
        &[
            ("E403", "data/a.txt", "expected sha256"),
            ("E504", "data/a.txt", "sha256"),
            ("E401", "data/b.txt", "manifest-sha256.txt"),
            ("E503", "data/b.txt", "manifest.csv"),
            ("E402", "data/sub/added.txt", "manifest-sha256.txt"),
            ("E508", "data/sub/added.txt", "events.csv"),
            ("E403", "bag-info.txt", "sha512 differs as well"),
            ("E403", "metadata/FORMAT.txt", "sha256"),
            ("E401", "manifest-sha512.txt", "tagmanifest-sha256.txt"),
        ],
    );
}

#[test]
fn a_payload_that_lost_octets_no_longer_agrees_with_its_oxum() {
    let place = packed_letters("bag");
    place.alter("bag/data/a.txt", |octets| octets.truncate(2));
    finds(
        &place,
        "bag",
        &[("E403", "data/a.txt", "sha256"), ("E404", "bag-info.txt", "Payload-Oxum of 32.3, found 43.3")],
    );
}

#[test]
fn a_changed_sheet_and_a_changed_chain_are_told_apart_from_changed_documents() {
    let place = packed_letters("bag");
    let change = |path: &str, from: &str, to: &str| {
        place.alter(path, |octets| {
            *octets = String::from_utf8(octets.clone()).unwrap().replacen(from, to, 1).into_bytes();
        });
    };
    change("bag/metadata/manifest.csv", ",a.txt,13,", ",a.txt,14,");
    change("bag/metadata/events.csv", "\r\n2,", "\r\n3,");
    let answer = finds(
        &place,
        "bag",
        &[
            ("E403", "metadata/manifest.csv", "sha256"),
            ("E504", "data/a.txt", "size_bytes"),
            ("E403", "metadata/events.csv", "sha256"),
            ("E501", "metadata/events.csv", "2"),
        ],
    );
    assert!(!answer.out.contains("\"E401\"") && !answer.out.contains("\"E402\""), "{answer}");
}

#[test]
fn whoever_mends_the_manifest_of_a_changed_document_is_found_out_by_the_others() {
    let place = packed_letters("bag");
    place.alter("bag/data/a.txt", |octets| octets[0] = b'L');
    place.shell("cd bag; sha256sum data/*.txt data/sub/c.txt > manifest-sha256.txt").go().ends(0);
    place.shell("cd bag; sha512sum data/*.txt data/sub/c.txt > manifest-sha512.txt").go().ends(0);
    finds(
        &place,
        "bag",
        &[
            ("E403", "manifest-sha256.txt", "sha256"),
            ("E403", "manifest-sha512.txt", "sha256"),
            ("E504", "data/a.txt", "sha256"),
            ("E508", "data/a.txt", "sha256"),
        ],
    );
}

#[test]
fn a_flipped_bit_of_a_document_in_a_zip_is_named() {
    let place = packed_letters("bundle.zip");
    place.alter("bundle.zip", |octets| {
        let at = octets.windows(8).position(|window| window == b"letter b").unwrap();
        octets[at] ^= 1;
    });
    finds(&place, "bundle.zip", &[("E403", "data/b.txt", "sha256"), ("E104", "data/b.txt", "CRC-32")]);
}

/// Verifies damaged copies of a ZIP, many in one run, and expects each to be found out.
fn each_is_found_out(place: &Place, copies: &[(String, Vec<u8>)]) {
    for some in copies.chunks(200) {
        let mut run = place.run("verify --format json --threads 1");
        for (name, octets) in some {
            run = run.with(place.file(name, octets));
        }
        let json = run.go().ends(1).json();
        let verdicts = json["bags"].as_array().unwrap();
        assert_eq!(verdicts.len(), some.len());
        for ((name, _), verdict) in some.iter().zip(verdicts) {
            assert!(
                ["ALTERED", "UNSAFE", "UNREADABLE"].iter().any(|word| verdict["verdict"] == *word),
                "{name}"
            );
            assert!(!verdict["findings"].as_array().unwrap().is_empty(), "{name}");
            fs::remove_file(place.at(name)).unwrap();
        }
    }
}

#[test]
fn a_zip_that_is_cut_short_is_found_out_wherever_it_is_cut() {
    let place = packed_letters("bundle.zip");
    let whole = place.octets("bundle.zip");
    let tail = whole.len() - 60;
    let cuts = (0..tail).step_by(13).chain(tail..whole.len());
    let copies: Vec<_> = cuts.map(|cut| (format!("cut-at-{cut}.zip"), whole[..cut].to_vec())).collect();
    each_is_found_out(&place, &copies);
}

#[test]
fn a_flipped_bit_is_found_out_wherever_in_a_zip_it_is() {
    let place = packed_letters("bundle.zip");
    let whole = place.octets("bundle.zip");
    let flip = |at: usize| {
        let mut octets = whole.clone();
        octets[at] ^= 1 << (at % 8);
        (format!("flipped-at-{at}.zip"), octets)
    };
    let copies: Vec<_> = (0..whole.len()).step_by(5).map(flip).collect();
    each_is_found_out(&place, &copies);
}

#[test]
fn octets_before_or_after_a_zip_are_found_out() {
    let place = packed_letters("bundle.zip");
    let whole = place.octets("bundle.zip");
    let copies = [
        ("before.zip".to_owned(), [b"PK".as_slice(), &whole].concat()),
        ("after.zip".to_owned(), [&whole, b"\n".as_slice()].concat()),
        ("twice.zip".to_owned(), whole.repeat(2)),
    ];
    each_is_found_out(&place, &copies);
}

#[test]
fn of_several_bags_each_is_answered_and_the_worst_gives_the_status() {
    let place = packed_letters("sound.zip");
    place.bundle("letters", "damaged");
    place.alter("damaged/data/a.txt", |octets| octets[0] ^= 1);
    place.file("noise.zip", "this is no archive");
    let both = place.fonds("verify sound.zip damaged");
    both.ends(1).says("damaged: ALTERED").says("\n2 bags: 1 ALTERED, 1 CONSISTENT; ");
    both.says("\nCONSISTENT          0         0        0         3        43 B  sound.zip\nALTERED ");
    place.fonds("verify noise.zip sound.zip").ends(1).says("noise.zip: UNREADABLE").says("E101");
    let worst = place.fonds("verify damaged nowhere sound.zip --format json");
    worst.ends(2).remarks("nowhere");
    let json = worst.json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["command"], "verify");
    let verdicts: Vec<_> = json["bags"].as_array().unwrap().iter().map(|bag| &bag["verdict"]).collect();
    assert_eq!(verdicts, ["ALTERED", "not examined", "CONSISTENT"]);
    for finding in json["bags"][0]["findings"].as_array().unwrap() {
        for field in ["code", "severity", "path", "clause", "message"] {
            assert!(finding[field].is_string(), "{field} in {finding}");
        }
    }
}

#[test]
fn a_folder_that_is_no_bag_is_unsound_and_not_an_error() {
    let place = packed_letters("bag");
    place.fonds("verify letters").ends(1).says("E201").says("no bag declaration").remarks_nothing();
}

#[test]
fn verifying_writes_nothing() {
    let place = packed_letters("bag");
    place.bundle("letters", "bundle.zip");
    place.file("bag/data/added.txt", "so that there is something to find");
    for folder in ["bag/data/sub", "bag/data", "bag/metadata", "bag", ""] {
        fs::set_permissions(place.at(folder), Permissions::from_mode(0o555)).unwrap();
    }
    let before = place.snapshot("");
    place.fonds("verify bag").ends(1);
    place.fonds("verify bundle.zip").ends(0);
    before.expect_same(&place.snapshot(""));
    for folder in ["", "bag", "bag/metadata", "bag/data", "bag/data/sub"] {
        fs::set_permissions(place.at(folder), Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_bag_is_held_against_a_profile_by_name_or_file_and_nothing_is_fetched() {
    let place = packed_letters("bundle.zip");
    place.bundle("letters", "second.zip");
    place
        .fonds("verify bundle.zip --profile fonds-1")
        .ends(0)
        .says("held against the profile urn:fonds:bagit-profile:1");
    let broken = place.fonds("verify bundle.zip --profile aptrust-2.3");
    broken.ends(1).says("E708 error").says("what is missing is what the profile asks for");
    let json = place.fonds("verify bundle.zip second.zip --profile aptrust-2.3 --format json").ends(1).json();
    for bag in json["bags"].as_array().unwrap() {
        assert_eq!(bag["verdict"], "ALTERED");
        assert!(bag["held_against"].as_str().unwrap().contains("aptrust-v2.3"), "{bag}");
    }
    place.file("broken.json", "{\"BagIt-Profile-Info\": 3}");
    place.fonds("verify bundle.zip --profile broken.json").ends(2).remarks("BagIt-Profile-Info");
    place.fonds("verify bundle.zip --profile nowhere.json").ends(2).remarks("aptrust-2.3");
    place.shell("mkfifo pipe").go().ends(0);
    place.fonds("verify bundle.zip --profile pipe").ends(2).remarks("it is no file");
}

/// Nothing was taken from what never was a bag.
#[test]
fn a_folder_of_documents_is_no_altered_bag() {
    let place = Place::new();
    place.file("letters/manifest-of-the-ship/a.txt", "a");
    std::fs::create_dir(place.at("empty")).unwrap();
    for folder in ["letters", "empty"] {
        let said = place.fonds(&format!("verify {folder}"));
        said.ends(1).says("UNREADABLE").says("E201");
        assert!(!said.out.contains("E204"), "{said}");
    }
    place.file("letters/manifest-sha256.txt", "");
    place.fonds("verify letters").ends(1).says("ALTERED").says("E204");
}
