//! Answers: for people, for machines, and quiet in a pipe.

use crate::bundles::{AT, packed_letters};
use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees;
use std::fs::File;

#[test]
fn in_a_pipe_nothing_is_said_but_the_answer() {
    let place = Place::new();
    trees::many(&place, "source", 400);
    place.file("source/large", trees::noise(1, 3 << 20));
    for line in [
        &format!("bundle source {AT} -o b.zip"),
        &format!("bundle source {AT} --compress --reread -o c.zip"),
        &format!("bundle source {AT} -o bag"),
        "verify b.zip c.zip bag",
        "inspect b.zip",
    ] {
        let outcome = place.fonds(line);
        outcome.ends(0).remarks_nothing().is_harmless();
        assert!(!outcome.out.is_empty(), "{outcome}");
    }
    place.fonds("extract b.zip out").ends(0).is_harmless();
}

#[test]
fn a_bundle_is_answered_with_what_is_in_it() {
    let place = Place::new();
    trees::letters(&place);
    let packed = place.fonds(&format!("bundle letters {AT} -o bundle.zip"));
    packed.ends(0).says("bundle.zip\n").says("packed     3 files, 43 B").says("1 empty folders, kept");
    let first = packed.out.lines().find(|line| line.contains("tagmanifest-sha256.txt")).unwrap();
    let digest = first.split_whitespace().last().unwrap();
    place.fonds("extract bundle.zip bag").ends(0);
    place.shell(&format!("echo {digest}  bag/tagmanifest-sha256.txt | sha256sum -c")).go().ends(0);
}

#[test]
fn machines_are_told_the_same() {
    let place = Place::new();
    trees::letters(&place);
    place.file("letters/.DS_Store", "litter");
    place.file("letters/what?.txt", "not for Windows");
    let packed = place.fonds(&format!("bundle letters {AT} -o bundle.zip --format json"));
    let json = packed.ends(0).remarks("hold one of").json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["command"], "bundle");
    assert_eq!(json["target"], "bundle.zip");
    assert_eq!(json["payload"], serde_json::json!({ "files": 4, "octets": 58 }));
    assert_eq!(json["algorithms"], serde_json::json!(["sha256", "sha512"]));
    assert_eq!(json["empty_folders"], serde_json::json!(["data/none"]));
    assert_eq!(json["left_out"][0]["name"], ".DS_Store");
    assert_eq!(json["warnings"].as_array().unwrap().len(), 1);

    let extracted = place.fonds("extract bundle.zip bag --format json").ends(0).json();
    let verified = place.fonds("verify bag --format json").ends(0).json();
    for (answer, command) in [(&extracted, "extract"), (&verified, "verify")] {
        assert_eq!(answer["command"], command);
        assert_eq!(answer["bags"][0]["verdict"], "CONSISTENT");
        assert_eq!(answer["bags"][0]["payload"], json["payload"]);
        assert_eq!(answer["bags"][0]["events"], json["events"]);
        // One of the names has quotes in it.
        let findings = answer["bags"][0]["findings"].as_array().unwrap();
        assert!(findings.iter().all(|finding| finding["code"] == "W116"), "{findings:?}");
    }
}

#[test]
fn a_bundle_tells_who_made_it_of_what_and_when() {
    let place = Place::new();
    trees::letters(&place);
    let mut run =
        place.run(&format!("bundle letters {AT} --agent Nahid --identifier F-1 -o b.zip --organization"));
    run = run.with("کانون مدافعان");
    run.go().ends(0);
    let seen = place.fonds("inspect b.zip");
    seen.ends(0).says("Source-Organization: کانون مدافعان").says("External-Identifier: F-1");
    seen.says("Bagging-Date: 2026-11-22").says("Payload-Oxum: 43.3").says("agent      Nahid");
    seen.says("Nothing was verified");
    let json = place.fonds("inspect b.zip --format json").ends(0).json();
    assert_eq!(json["agents"], serde_json::json!(["Nahid"]));
    assert_eq!(json["empty_folders"], 1);
    place.run(&format!("bundle letters {AT} -o c.zip")).env("FONDS_AGENT", "Parisa").go().ends(0);
    place.fonds("inspect c.zip").ends(0).says("agent      Parisa");
}

#[test]
fn without_a_target_the_bundle_is_named_after_its_first_source_and_stands_here() {
    let place = packed_letters("elsewhere.zip");
    place.shell("mkdir here; cd here; fonds bundle ../letters").go().ends(0).says("letters.zip\n");
    place.shell("cd letters/sub; fonds bundle ..").go().ends(2).remarks("inside the source");
    place.fonds("verify here/letters.zip").ends(0);
}

#[test]
fn help_tells_every_command_and_status() {
    let place = Place::new();
    let help = place.fonds("--help");
    help.ends(0).remarks_nothing();
    for word in ["bundle", "verify", "inspect", "extract", "Exit status: 0"] {
        help.says(word);
    }
    place.fonds("--version").ends(0).says(&format!("fonds {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn whoever_stops_listening_meets_no_panic() {
    let place = packed_letters("bundle.zip");
    for line in ["verify bundle.zip", "inspect bundle.zip", "bundle letters -o again.zip --format json"] {
        let script = format!("{{ sleep 0.2; fonds {line}; echo status $? >&2; }} | true");
        let outcome = place.shell(&script).go();
        outcome.ends(0);
        assert_eq!(outcome.err, "status 0\n", "{outcome}");
    }
}

#[test]
fn on_a_terminal_a_bar_shows_files_octets_rate_and_time_left() {
    if Oracle::tool("script").is_none() {
        return;
    }
    let place = Place::new();
    let path = place.file("source/large", "");
    File::options().write(true).open(path).unwrap().set_len(300 << 20).unwrap();
    let seen = place.shell("TERM=xterm COLUMNS=120 script -qec \"$FONDS bundle source -o b.zip\" typed").go();
    seen.ends(0).says("packing [").says("/1 files").says("/300.00 MiB").says("/s ").says(" left");
}

#[test]
fn a_target_that_ends_in_capital_zip_is_a_zip_too() {
    let place = packed_letters("BUNDLE.ZIP");
    place.fonds("verify BUNDLE.ZIP").ends(0);
    place.fonds("inspect BUNDLE.ZIP").ends(0).says("top        BUNDLE/");
}
