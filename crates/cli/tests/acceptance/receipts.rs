//! Receipts: made of what is sound, read by a camera, and never the same for another root.

use crate::oracle::Oracle;
use crate::outcome::{Outcome, is_obeyed};
use crate::place::Place;
use crate::trees;
use serde_json::Value;
use std::path::Path;

/// When receipts are made.
const THEN: &str = "--at 2026-11-23T08:00:00Z";

/// The options of a bundle that is made anew with other documents.
const BUNDLE: &str = "--at 2026-11-22T10:00:00Z --identifier press-1988";

/// A few letters in `bag`, and a receipt of it in each form.
fn handed_over() -> Place {
    let place = Place::new();
    trees::letters(&place);
    place.fonds(&format!("bundle letters {BUNDLE} -o bag")).ends(0);
    for file in ["receipt.txt", "receipt.html"] {
        place.fonds(&format!("receipt bag {THEN} --language both -o {file}")).ends(0).says(file);
    }
    place
}

fn line_of(place: &Place, bag: &str, target: &str) -> String {
    let said = place.fonds(&format!("receipt {bag} {THEN} -o {target} --format json"));
    said.ends(0).json()["line"].as_str().unwrap().to_owned()
}

#[track_caller]
fn compared(place: &Place, bag: &str, receipt: &str) -> (Value, Outcome) {
    let said = place.fonds(&format!("verify {bag} --receipt {receipt} --format json"));
    let mut json = said.json();
    (json["bags"][0].take(), said)
}

fn codes(bag: &Value) -> Vec<&str> {
    bag["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn the_bundle_of_a_receipt_is_the_same_in_every_form() {
    let place = handed_over();
    place.file("scanned.txt", line_of(&place, "bag", "other.txt") + "\r\n");
    place.file("mailed.txt", place.text("receipt.txt").replace('\n', "\r\n"));
    place.fonds(&format!("bundle letters {BUNDLE} -o bag.zip")).ends(0);
    for receipt in ["receipt.txt", "receipt.html", "scanned.txt", "mailed.txt"] {
        for bag in ["bag", "bag.zip"] {
            let (json, said) = compared(&place, bag, receipt);
            said.ends(0);
            assert_eq!(json["receipts"][0]["comparison"], "same", "{receipt}: {json}");
            assert_eq!(json["receipts"][0]["fingerprint"], json["fingerprint"]);
            assert_eq!((json["verdict"].as_str(), codes(&json)), (Some("CONSISTENT"), vec![]));
        }
    }
    let said = place.fonds("verify bag --receipt receipt.txt --receipt receipt.html");
    said.ends(0).says("receipt receipt.html, made 2026-11-23T08:00:00Z: the same");
}

#[test]
fn an_insider_who_makes_the_bundle_anew_is_found() {
    let place = handed_over();
    place.file("letters/a.txt", "another word");
    place.fonds(&format!("bundle letters {BUNDLE} -o anew")).ends(0);
    place.fonds("verify anew").ends(0);
    for receipt in ["receipt.txt", "receipt.html"] {
        let (json, said) = compared(&place, "anew", receipt);
        said.ends(1);
        assert_eq!((json["verdict"].as_str(), codes(&json)), (Some("ALTERED"), vec!["E540"]));
        assert_eq!(json["receipts"][0]["comparison"], "altered-since");
    }
    let said = place.fonds("verify anew --receipt receipt.txt");
    said.ends(1)
        .says("altered since")
        .says("E540")
        .says("the receipt of 2026-11-23T08:00:00Z")
        .says("here are");
    place.fonds("verify anew --receipt receipt.txt --findings all.csv").ends(1);
    assert!(place.text("all.csv").contains("E540"));

    // With the old root put into it, its files do not lead there, and it is not the same either.
    place.file("anew/seal/root.txt", place.text("bag/seal/root.txt"));
    let (json, said) = compared(&place, "anew", "receipt.txt");
    said.ends(1);
    assert_eq!(json["receipts"][0]["comparison"], "not-compared");
    assert_eq!(codes(&json), ["E513"]);
}

#[test]
fn a_seal_that_is_gone_or_that_nobody_asks_for_is_altered() {
    let place = handed_over();
    // Tag manifests are not needed, and the bag no longer says that it is a bundle: only the receipt knows.
    for algorithm in ["sha256", "sha512"] {
        std::fs::remove_file(place.at(format!("bag/tagmanifest-{algorithm}.txt"))).unwrap();
    }
    let info = place.text("bag/bag-info.txt");
    let plain: Vec<&str> = info.lines().filter(|line| !line.starts_with("Fonds-")).collect();
    place.file("bag/bag-info.txt", plain.join("\n") + "\n");
    place.fonds("verify bag").ends(0);
    let (json, said) = compared(&place, "bag", "receipt.html");
    said.ends(1);
    assert_eq!(json["receipts"][0]["comparison"], "altered-since");
    std::fs::remove_dir_all(place.at("bag/seal")).unwrap();
    let (json, said) = compared(&place, "bag", "receipt.html");
    said.ends(1).says("found none");
    assert_eq!(json["receipts"][0]["comparison"], "altered-since");
}

#[test]
fn another_bundle_is_told_from_an_altered_one() {
    let place = handed_over();
    place.fonds("bundle letters --at 2026-11-22T10:00:00Z --identifier diary -o diary.zip").ends(0);
    let (json, said) = compared(&place, "diary.zip", "receipt.txt");
    said.ends(3);
    assert_eq!(json["receipts"][0]["comparison"], "another-bundle");
    assert_eq!((json["verdict"].as_str(), codes(&json)), (Some("INCOMPLETE"), vec!["W541"]));
    // One receipt that agrees does not make up for one that does not.
    line_of(&place, "diary.zip", "diary.txt");
    let said = place.fonds("verify diary.zip --receipt diary.txt --receipt receipt.txt");
    said.ends(3).says("the same").says("of another bundle");
}

#[test]
fn a_revision_is_another_whole_and_says_so() {
    let place = handed_over();
    place.file("back.csv", "path,title\ndata/a.txt,A letter\n");
    place.fonds("describe bag back.csv --apply --agent Ada --at 2026-12-01T09:30:00Z").ends(0);
    let said = place.fonds("verify bag-r2 --receipt receipt.txt");
    said.ends(1).says("E540").says("later revision").says("as many as then");
}

#[test]
fn a_part_has_the_root_of_the_receipt_and_gets_none_of_its_own() {
    let place = handed_over();
    let Some(oracle) = Oracle::python(include_str!("oracles/discloses.py")) else { return };
    let verifier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../export/src/verify.py");
    oracle.agrees(place.root(), &[verifier, place.at("bag"), place.at("part"), "data/a.txt".into()]);
    let (json, said) = compared(&place, "part", "receipt.txt");
    assert_eq!(json["receipts"][0]["comparison"], "same-part", "{said}");
    let (json, said) = compared(&place, "part", "receipt.html");
    assert!(!codes(&json).iter().any(|code| ["E540", "W541"].contains(code)), "{said}");
    assert_ne!(place.fonds("receipt part -o part.txt").status, Some(0));
    assert!(!place.at("part.txt").exists());
}

#[test]
fn the_receipt_in_the_specification_is_one() {
    let place = handed_over();
    let specified = Path::new(env!("CARGO_MANIFEST_DIR")).join("../export/FORMAT.md");
    let (json, said) = compared(&place, "bag", specified.to_str().unwrap());
    said.ends(1);
    assert_eq!(json["receipts"][0]["comparison"], "altered-since");
    assert_eq!(json["receipts"][0]["made"], "2026-11-23T00:00:00Z");
}

#[test]
fn a_receipt_that_is_changed_or_none_is_refused() {
    let place = handed_over();
    let whole = place.text("receipt.txt");
    for (from, to) in [
        ("bundle: press-1988", "bundle: press-1989"),
        ("files: ", "files: 1"),
        ("made: 2026", "made: 2025"),
        ("size: ", "size: 0"),
        ("-----END FONDS RECEIPT-----", ""),
        ("check: ", "check:"),
    ] {
        assert!(whole.contains(from), "{from}");
        place.file("changed.txt", whole.replace(from, to));
        let said = place.fonds("verify bag --receipt changed.txt");
        said.ends(2).says_nothing().remarks("cannot read the receipt `changed.txt`");
    }
    for (path, reason) in
        [("letters", "it is no file"), ("nowhere", "No such file"), ("bag/bagit.txt", "found neither")]
    {
        place.fonds(&format!("verify bag --receipt {path}")).ends(2).remarks(reason);
    }
    place.fonds("verify bag bag --receipt receipt.txt").ends(2).remarks("one BUNDLE at a time");
    place.fonds("verify --recursive . --receipt receipt.txt").ends(2);
}

#[test]
fn of_what_is_not_sound_or_not_whole_no_receipt_is_made() {
    let place = handed_over();
    for (target, status) in [("receipt.txt", 2), ("new.pdf", 2)] {
        place.fonds(&format!("receipt bag -o {target}")).ends(status).says_nothing();
    }
    place.alter("bag/data/a.txt", |octets| octets.push(b'x'));
    let said = place.fonds("receipt bag -o new.html");
    said.ends(1).says_nothing().remarks("found one that is ALTERED").remarks("hint: ");
    place.fonds("receipt letters -o new.html").ends(1).says_nothing();
    assert!(!place.at("new.html").exists());
}

#[test]
fn a_printed_receipt_is_one_page_that_a_camera_reads() {
    let place = handed_over();
    trees::letters(&place);
    // Names as long and as hostile as they get.
    let name = "بایگانی <b>&amp;\"</pre><script>alert(1)</script> -----BEGIN FONDS RECEIPT----- ".repeat(4);
    let bundle =
        place.run("bundle letters --at 2026-11-22 -o hostile --identifier نامه‌ها-1988 --organization");
    bundle.with(&name).go().ends(0);
    let line = line_of(&place, "hostile", "other.txt");
    let mut files = Vec::new();
    for language in ["en", "fa", "both"] {
        for extension in ["html", "txt"] {
            let file = format!("{language}.{extension}");
            let made = place.run(&format!("receipt hostile {THEN} --language {language} -o {file} --place"));
            made.with(&name).with("--given-by").with(&name).with("--received-by").with(&name).go().ends(0);
            place.fonds(&format!("verify hostile --receipt {file}")).ends(0).says("the same").is_harmless();
            let text = place.text(&file);
            assert!(text.chars().all(|c| c == '\n' || !is_obeyed(c)), "{file}");
            assert!(!text.contains("a.txt") && !text.contains(place.text("hostile/seal/seed.txt").trim()));
            if extension == "html" {
                assert!(!text.contains("<script") && !text.contains("<b>"), "{text}");
            }
            files.push(file);
        }
    }
    let Some(printer) = Oracle::environment_script(include_str!("oracles/receipt_printed.py")) else {
        return;
    };
    printer.agrees(place.root(), &[&[line], files.as_slice()].concat());
    let line = line_of(&place, "bag", "another.txt");
    printer.agrees(place.root(), &[line.as_str(), "receipt.html", "receipt.txt"]);
}

#[test]
fn the_same_receipt_has_the_same_octets_and_says_what_sha256sum_says() {
    let place = handed_over();
    for name in ["one", "two"] {
        place.fonds(&format!("receipt bag {THEN} --language fa -o {name}.html")).ends(0);
    }
    assert_eq!(place.text("one.html"), place.text("two.html"));
    let out = place.fonds(&format!("receipt bag {THEN} --language both"));
    assert_eq!(out.ends(0).is_harmless().out, place.text("receipt.txt"));
    let sum = place.shell("sha256sum bag/seal/root.txt").go();
    let digest = sum.ends(0).out.split(' ').next().unwrap();
    assert!(place.text("one.html").contains(digest) && place.text("receipt.txt").contains(digest));
    let inspected = place.fonds("inspect bag --format json").json();
    out.says(inspected["fingerprint"].as_str().unwrap());
}
