//! More findings than anybody reads: counted for people, complete for machines, and not kept in memory.

use crate::bundles::packed_letters;
use crate::oracle::Oracle;
use crate::outcome::FONDS;
use crate::place::Place;
use std::fmt::Write;
use std::process::Command;

/// A bag whose manifest lists so many files that are not there.
pub fn bag_with_missing_files(place: &Place, bag: &str, files: usize) {
    place.file(format!("{bag}/bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    place.folder(format!("{bag}/data"));
    let digest = "0".repeat(64);
    let mut manifest = String::new();
    for number in 0..files {
        writeln!(manifest, "{digest}  data/=missing {number:06}").unwrap();
    }
    place.file(format!("{bag}/manifest-sha256.txt"), manifest);
}

/// Runs the program with the answer in a file; peak memory in MiB of it or of its readers.
fn memory_of(place: &Place, line: &str) -> u64 {
    let output = Command::new("python3")
        .args(["-c", include_str!("oracles/memory_of.py"), FONDS])
        .args(line.split_whitespace())
        .current_dir(place.root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (memory, status) = text.trim().split_once(' ').unwrap_or_else(|| panic!("{text}"));
    assert_eq!(status, "1", "{line}");
    memory.parse().unwrap()
}

#[test]
fn three_hundred_thousand_findings_are_counted_for_people_and_complete_for_machines() {
    const FILES: usize = 300_000;
    let place = packed_letters("sound.zip");
    bag_with_missing_files(&place, "bag", FILES);
    let text = place.fonds("verify bag --findings findings.csv");
    text.ends(1).says("  300001 findings:\n").says("  E401 error     ×300000   look for the file");
    text.says("  E401 error data/=missing 000049: ").says("  … and 299951 more findings; ");
    assert!(text.out.lines().count() < 80, "{text}");
    if let Some(python) = Oracle::python(include_str!("oracles/findings_sheet.py")) {
        assert_eq!(python.agrees(place.root(), &["findings.csv"]), "E401 300000\nW407 1\n");
    }
    let many = place.fonds("verify bag sound.zip");
    many.ends(1).says("  … and 299991 more findings; ");
    assert!(many.out.lines().count() < 60, "{many}");

    if Oracle::tool("python3").is_none() {
        return;
    }
    let alone = memory_of(&place, "verify bag --format json");
    let whole = place.octets("answer").len() as u64 >> 20;
    let json: serde_json::Value = serde_json::from_slice(&place.octets("answer")).unwrap();
    assert_eq!(json["bags"][0]["findings"].as_array().unwrap().len(), FILES + 1);
    assert_eq!(json["bags"][0]["codes"][0]["count"], FILES);
    let among = memory_of(&place, "verify bag sound.zip --format jsonl --findings both.csv");
    assert_eq!(place.text("answer").lines().count(), 2);
    println!("{alone} MiB alone, {among} MiB among others, for an answer of {whole} MiB");
    for memory in [alone, among] {
        assert!(memory < 200, "{memory} MiB for an answer of {whole} MiB");
    }
}

#[test]
fn findings_of_several_bags_stand_in_one_sheet() {
    let place = packed_letters("sound.zip");
    bag_with_missing_files(&place, "-holes", 3);
    place.file("noise.zip", "this is no archive");
    let run = place.run("verify sound.zip noise.zip nowhere --findings f.csv").with("--").with("-holes");
    run.go().ends(2);
    let sheet = place.text("f.csv");
    let begins: Vec<String> =
        sheet.lines().map(|line| line.split(',').take(5).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        begins,
        [
            "\u{FEFF}bag,verdict,code,severity,path",
            "noise.zip,UNREADABLE,E101,error,",
            "nowhere,not examined,,error,",
            "'-holes,ALTERED,E401,error,data/=missing 000000",
            "'-holes,ALTERED,E401,error,data/=missing 000001",
            "'-holes,ALTERED,E401,error,data/=missing 000002",
            "'-holes,ALTERED,W407,warning,",
        ]
    );
    let Some(python) = Oracle::python(include_str!("oracles/findings_sheet.py")) else { return };
    python.agrees(place.root(), &["f.csv"]);
}

#[test]
fn a_sheet_replaces_nothing_and_enters_no_bag() {
    let place = packed_letters("bag");
    place.file("f.csv", "mine");
    let before = place.snapshot("");
    place.fonds("verify bag --findings f.csv").ends(2).says_nothing().remarks("it exists already");
    for target in ["bag/f.csv", "bag/data/sub/f.csv", "letters/../bag/f.csv"] {
        let refused = place.fonds(&format!("verify bag --findings {target} --format json"));
        refused.ends(2).remarks("it would lie in the bag `bag`");
        assert_eq!(refused.json()["command"], "verify");
        place.fonds(&format!("verify --recursive . --findings {target}")).ends(2).remarks("in the bag");
    }
    place.fonds("verify bag --findings nowhere/f.csv").ends(2).says_nothing();
    before.expect_same(&place.snapshot(""));
}

#[test]
fn a_sheet_for_which_there_is_no_room_is_not_left_half() {
    let place = packed_letters("sound.zip");
    bag_with_missing_files(&place, "bag", 5000);
    for line in ["verify bag --findings f.csv", "verify bag sound.zip --findings f.csv"] {
        for blocks in [0, 1, 40] {
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec fonds {line}");
            let outcome = place.shell(&script).go();
            outcome.ends(2).remarks("cannot write `f.csv`").remarks("hint: free some space");
            outcome.says("ALTERED");
            assert_eq!(place.names(), ["bag", "letters", "sound.zip"], "{outcome}");
        }
    }
    place.folder("small");
    let script = "unshare -rm sh -c 'mount -t tmpfs -o size=64k none small && \
        { fonds verify bag --findings small/f.csv; echo status $?; ls -A small; }'";
    let outcome = place.shell(script).go();
    if outcome.status == Some(0) {
        assert!(outcome.out.ends_with("status 2\n"), "something is left over by {outcome}");
    }
}
