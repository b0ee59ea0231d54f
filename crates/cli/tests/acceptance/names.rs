//! Names that would not survive another system.

use crate::bundles::AT;
use crate::oracle::{Oracle, bagit_validates, coreutils_agree};
use crate::place::Place;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// Raw name, how it is shown, and a word of the reason.
const BAD: [(&[u8], &str, &str); 14] = [
    (b"100%.txt", "100%.txt", "`%`"),
    (b"CON.txt", "CON.txt", "reserved by Windows"),
    (b"Twin.txt", "Twin.txt", "only in case"),
    (b"twin.txt", "twin.txt", "only in case"),
    (b"back\\slash", "back\\\\slash", "backslash"),
    (b"bell\x07", "bell\\x07", "control"),
    (b"caf\xC3\xA9", "café", "normalization"),
    (b"cafe\xCC\x81", "cafe\u{301}", "normalization"),
    (b"dot.", "dot.", "space or dot"),
    (b"esc\x1b[2J", "esc\\x1B[2J", "control"),
    (b"latin\xe9.txt", "latin\\xE9.txt", "not UTF-8"),
    (b"line\nbreak", "line\\x0Abreak", "control"),
    (b"space ", "space ", "space or dot"),
    (b"x\xE2\x80\xAEfdp.exe", "x\\xE2\\x80\\xAEfdp.exe", "direction"),
];

fn badly_named() -> Place {
    let place = Place::new();
    for (number, (raw, ..)) in BAD.iter().enumerate() {
        place.folder("source");
        place.file(place.at("source").join(OsStr::from_bytes(raw)), format!("document {number}"));
    }
    place.file("source/good/fine.txt", "document fine");
    place.file("source/bad%folder/in.txt", "document in");
    place.folder("source/bad%empty");
    place
}

#[test]
fn every_bad_name_is_refused_at_once_with_its_reason_and_a_way_out() {
    let place = badly_named();
    let refused = place.fonds("bundle source -o bundle.zip");
    refused.ends(2).says_nothing().remarks("hint: `--names portable`").is_harmless();
    for (_, shown, reason) in BAD.iter().chain(&[(&b""[..], "bad%folder", "`%`"), (b"", "bad%empty", "`%`")])
    {
        let line = refused.err.lines().find(|line| line.contains(&format!("`{shown}`: ")));
        let line = line.unwrap_or_else(|| panic!("`{shown}` is not named by {refused}"));
        assert!(line.contains(reason), "expected {reason}, found {line}");
    }
    assert!(!refused.err.contains("fine.txt"), "{refused}");
    assert_eq!(place.names(), ["source"]);
}

#[test]
fn with_portable_names_every_document_is_kept_and_others_find_the_bag_valid() {
    let place = badly_named();
    let before = place.snapshot("source");
    for target in ["bundle.zip", "bag"] {
        place.fonds(&format!("bundle source {AT} --names portable -o {target}")).ends(0).is_harmless();
        place.fonds(&format!("verify {target}")).ends(0);
    }
    before.expect_same(&place.snapshot("source"));
    bagit_validates(&place, "bag");
    coreutils_agree(&place, "bag");
    place.fonds("extract bundle.zip unpacked").ends(0);
    place.snapshot("unpacked/data").documents().expect_same(&place.snapshot("bag/data").documents());
    assert_eq!(contents_below(&place, "bag/data"), contents_below(&place, "source"));
    assert!(place.at("bag/data/bad=25empty").is_dir(), "the empty folder is kept under its new name");
    place.run("bundle -o strict.zip").with("bag/data").go().ends(0);
}

#[test]
fn raw_names_stand_in_the_sheet_and_each_renaming_among_the_events() {
    let place = badly_named();
    let packed = place.fonds(&format!("bundle source {AT} --names portable -o bag"));
    packed.ends(0).says("the raw names are in metadata/manifest.csv");
    let sheet = place.text("bag/metadata/manifest.csv");
    let events = place.text("bag/metadata/events.csv");
    for (_, shown, _) in BAD.iter().chain(&[(&b""[..], "bad%folder/in.txt", "")]) {
        assert!(sheet.contains(&format!(",{shown},")), "{shown} is not an original_name in\n{sheet}");
    }
    // One twin of each pair keeps its name.
    let renamed = events.lines().filter(|line| line.contains(",filename change,")).count();
    assert_eq!(renamed, BAD.len() + 2 - 2, "{events}");
    assert!(events.contains("received as bad%empty"), "{events}");
}

#[test]
fn python_reads_the_sheet_of_raw_names_too() {
    let Some(python) = Oracle::python(include_str!("oracles/chain_agrees.py")) else { return };
    let place = badly_named();
    place.fonds(&format!("bundle source {AT} --names portable -o bag")).ends(0);
    let events = python.agrees(place.root(), &["bag"]);
    for (_, shown, _) in
        BAD.iter().filter(|(_, _, reason)| !reason.starts_with("only in") && *reason != "normalization")
    {
        let detail = format!("\treceived as {shown}\n");
        assert!(events.contains(&detail), "{detail} is not in\n{events}");
    }
}

#[test]
fn a_bundle_is_not_given_a_name_that_others_could_not_keep() {
    let place = Place::new();
    place.file("source/a", "a");
    for name in ["esc\x1b[2J.zip", ".zip", "x\u{202E}y.zip", "back\\slash.zip"] {
        place.run("bundle source -o").with(name).go().ends(2).remarks("choose another name").is_harmless();
        assert_eq!(place.names(), ["source"], "{name:?}");
    }
}

fn contents_below(place: &Place, path: &str) -> BTreeSet<Vec<u8>> {
    let mut contents = BTreeSet::new();
    let mut waiting = vec![place.at(path)];
    while let Some(folder) = waiting.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                contents.insert(std::fs::read(path).unwrap());
            }
        }
    }
    contents
}

#[test]
fn a_source_whose_own_name_is_not_utf_8_can_be_packed_under_another() {
    let place = Place::new();
    let latin = OsStr::from_bytes(b"caf\xe9");
    place.file(place.at(latin).join("a.txt"), "a");
    place.run("bundle").with(latin).go().ends(2).remarks("not UTF-8").remarks("choose another name with -o");
    place.run(&format!("bundle {AT} -o cafe.zip")).with(latin).go().ends(0);
    place.fonds("verify cafe.zip").ends(0);
}
