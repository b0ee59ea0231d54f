//! Each rule of BagIt Profiles 1.4.0, the profiles that are built in, and the bags that show the codes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/report.rs"]
mod report;

use bagit::finding::CODES;
use bagit::media;
use bagit::profile::{Facts, Profile, find, known};
use bagit::{Finding, container};
use proptest::prelude::*;
use report::report_of;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const IDENTIFIER: &str = "https://archive.example/p.json";

/// A profile that asks nothing but what every profile must, and these fields.
fn text(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(
        r#"{{"BagIt-Profile-Info": {{"BagIt-Profile-Identifier": "{IDENTIFIER}", "BagIt-Profile-Version": "1.4.0",
        "Source-Organization": "A", "External-Description": "B", "Version": "1"}},
        "Accept-BagIt-Version": ["1.0"]{comma} {fields}}}"#
    )
}

fn profile(fields: &str) -> Profile {
    Profile::parse(text(fields).as_bytes()).unwrap()
}

/// The faults of a profile with these fields, each with its place.
fn faults(fields: &str) -> Vec<String> {
    let problem = Profile::parse(text(fields).as_bytes()).unwrap_err();
    problem.faults.iter().map(ToString::to_string).collect()
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.id).collect()
}

fn elements(elements: &[(&str, &str)]) -> Vec<(String, String)> {
    elements.iter().map(|&(label, value)| (label.to_owned(), value.to_owned())).collect()
}

/// What a small bag does not keep of a profile with these fields, after a change.
fn checked(fields: &str, info: &[(&str, &str)], change: impl FnOnce(&mut Facts<'_>)) -> Vec<&'static str> {
    let mut info = elements(info);
    info.push(("BagIt-Profile-Identifier".into(), IDENTIFIER.into()));
    let mut facts = Facts {
        version: Some("1.0"),
        info: &info,
        tag_files: vec!["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"],
        payload: vec![("data/a/letter.txt", Some(4)), ("data/b.txt", None)],
        folders: vec!["data/a", "data/empty", "data/empty/inner"],
        ..Facts::default()
    };
    change(&mut facts);
    codes(&profile(fields).check(&facts))
}

fn kept(_: &mut Facts<'_>) {}

#[test]
fn a_profile_that_asks_nothing_is_kept() {
    assert_eq!(checked("", &[], kept), [""; 0]);
}

#[test]
fn a_bag_names_its_profile() {
    let check = |fields: &str, values: &[&str]| {
        let named: Vec<_> = values.iter().map(|&value| ("bagit-profile-IDENTIFIER", value)).collect();
        let facts = Facts { version: Some("1.0"), info: &elements(&named), ..Facts::default() };
        codes(&profile(fields).check(&facts))
    };
    assert_eq!(check("", &[]), ["E715"]);
    assert_eq!(check("", &["https://archive.example/other.json"]), ["W714"]);
    assert_eq!(check("", &["https://archive.example/other.json", IDENTIFIER]), [""; 0]);
    // A profile may say in so many words that it need not be named.
    let lenient = r#""Bag-Info": {"BagIt-Profile-Identifier": {"required": false}}"#;
    assert_eq!(check(lenient, &[]), ["W714"]);
}

#[test]
fn elements_are_required_recommended_and_repeatable_whatever_the_case_of_their_labels() {
    let fields = r#""Bag-Info": {"Contact-Name": {"required": true}, "Bag-Count": {"recommended": true},
        "Bag-Group-Identifier": {"repeatable": false}, "Bag-Size": {"required": false}}"#;
    assert_eq!(checked(fields, &[], kept), ["W713", "E701"]);
    assert_eq!(checked(fields, &[("contact-name", "x"), ("BAG-COUNT", "1")], kept), [""; 0]);
    // What is required has to say something.
    assert_eq!(checked(fields, &[("Contact-Name", " "), ("Bag-Count", "1")], kept), ["E701"]);
    let twice = [
        ("Contact-Name", "x"),
        ("Contact-Name", "y"),
        ("Bag-Count", "1"),
        ("Bag-Group-Identifier", "x"),
        ("bag-group-identifier", "y"),
    ];
    assert_eq!(checked(fields, &twice, kept), ["E703"]);
}

#[test]
fn every_value_is_one_of_those_accepted() {
    let fields = r#""Bag-Info": {"Contact-Name": {"values": ["Mina Halvorsen, Port Ellery", "B"]}, "X": {"values": []}}"#;
    assert_eq!(checked(fields, &[("X", "anything")], kept), [""; 0]);
    assert_eq!(checked(fields, &[("Contact-Name", "Mina Halvorsen,\n  Port Ellery")], kept), [""; 0]);
    assert_eq!(checked(fields, &[("Contact-Name", "B"), ("Contact-Name", "b")], kept), ["E702"]);
}

#[test]
fn other_tag_files_are_asked_in_the_same_way() {
    let fields =
        r#""Fonds-Tag-Info": {"rights.txt": {"Access": {"required": true, "values": ["open", "closed"]}}}"#;
    let profile_files: Vec<String> =
        profile(fields).rules().other_tag_files().map(ToOwned::to_owned).collect();
    assert_eq!(profile_files, ["rights.txt"]);
    assert_eq!(checked(fields, &[("Access", "open")], kept), ["E701"]);
    let with = |value| {
        move |facts: &mut Facts<'_>| facts.other_info = vec![("rights.txt", elements(&[("access", value)]))]
    };
    assert_eq!(checked(fields, &[], with("open")), [""; 0]);
    assert_eq!(checked(fields, &[], with("ajar")), ["E702"]);
}

#[test]
fn manifests_are_required_and_allowed_by_their_algorithms() {
    assert_eq!(checked(r#""Manifests-Required": ["SHA-256"]"#, &[], kept), [""; 0]);
    assert_eq!(checked(r#""Manifests-Required": ["md5"]"#, &[], kept), ["E704"]);
    assert_eq!(checked(r#""Manifests-Allowed": ["md5", "sha512"]"#, &[], kept), ["E705"]);
    assert_eq!(checked(r#""Tag-Manifests-Required": ["md5", "sha256"]"#, &[], kept), ["E706"]);
    assert_eq!(checked(r#""Tag-Manifests-Allowed": []"#, &[], kept), ["E706"]);
}

#[test]
fn a_fetch_file_is_allowed_forbidden_or_required() {
    let with = |facts: &mut Facts<'_>| facts.tag_files.push("fetch.txt");
    assert_eq!(checked("", &[], with), [""; 0]);
    assert_eq!(checked(r#""Allow-Fetch.txt": true"#, &[], with), [""; 0]);
    assert_eq!(checked(r#""Allow-Fetch.txt": false"#, &[], with), ["E707"]);
    assert_eq!(checked(r#""Fetch.txt-Required": true"#, &[], with), [""; 0]);
    assert_eq!(checked(r#""Fetch.txt-Required": true"#, &[], kept), ["E707"]);
}

#[test]
fn serialization_is_forbidden_optional_or_required_and_of_a_type() {
    let zip = |facts: &mut Facts<'_>| facts.serialization = Some(media::ZIP);
    let tar = |facts: &mut Facts<'_>| facts.serialization = Some(media::TAR);
    let gzip = |facts: &mut Facts<'_>| facts.serialization = Some(media::TAR_GZIP);
    assert_eq!(checked("", &[], zip), [""; 0]);
    let optional = r#""Serialization": "optional", "Accept-Serialization": ["Application/TAR"]"#;
    assert_eq!(checked(optional, &[], kept), [""; 0]);
    assert_eq!(checked(optional, &[], tar), [""; 0]);
    assert_eq!(checked(optional, &[], zip), ["E708"]);
    assert_eq!(checked(optional, &[], gzip), ["E708"]);
    let required =
        r#""Serialization": "required", "Accept-Serialization": ["application/x-gzip", "application/zip"]"#;
    assert_eq!(checked(required, &[], kept), ["E708"]);
    assert_eq!(checked(required, &[], zip), [""; 0]);
    assert_eq!(checked(required, &[], gzip), [""; 0]);
    assert_eq!(checked(r#""Serialization": "forbidden""#, &[], zip), ["E708"]);
    assert_eq!(checked(r#""Serialization": "forbidden""#, &[], kept), [""; 0]);
}

#[test]
fn the_version_is_one_of_those_accepted() {
    assert_eq!(checked("", &[], |facts| facts.version = Some("0.97")), ["E709"]);
    assert_eq!(checked("", &[], |facts| facts.version = None), [""; 0]);
}

#[test]
fn tag_files_are_required_and_allowed_beside_those_of_the_standard() {
    let with = |facts: &mut Facts<'_>| facts.tag_files.extend(["fetch.txt", "notes/a/b.txt"]);
    assert_eq!(checked(r#""Tag-Files-Required": ["notes/a/b.txt"]"#, &[], with), [""; 0]);
    assert_eq!(checked(r#""Tag-Files-Required": ["notes/a/b.txt"]"#, &[], kept), ["E710"]);
    assert_eq!(checked(r#""Tag-Files-Allowed": ["*"]"#, &[], with), [""; 0]);
    assert_eq!(checked(r#""Tag-Files-Allowed": ["notes/*.txt"]"#, &[], with), [""; 0]);
    assert_eq!(checked(r#""Tag-Files-Allowed": ["notes/*.csv", "Notes/*"]"#, &[], with), ["E711"]);
    assert_eq!(checked(r#""Tag-Files-Allowed": []"#, &[], kept), [""; 0]);
}

#[test]
fn payload_files_are_required_and_allowed() {
    for required in ["data/b.txt", "data/a/", "data/a/letter.txt", "data/", "data/empty/"] {
        assert_eq!(
            checked(&format!(r#""Payload-Files-Required": ["{required}"]"#), &[], kept),
            [""; 0],
            "{required}"
        );
    }
    for missing in ["data/B.txt", "data/b.txt/", "data/c/", "data/empty/inner/", "data/letter.txt"] {
        assert_eq!(
            checked(&format!(r#""Payload-Files-Required": ["{missing}"]"#), &[], kept),
            ["E712"],
            "{missing}"
        );
    }
    assert_eq!(checked(r#""Payload-Files-Allowed": ["data/*"]"#, &[], kept), [""; 0]);
    assert_eq!(checked(r#""Payload-Files-Allowed": ["data/a/*"]"#, &[], kept), ["E712"]);
    assert_eq!(checked(r#""Payload-Files-Allowed": []"#, &[], kept), ["E712", "E712"]);
}

#[test]
fn an_empty_payload_is_none_or_a_single_empty_file() {
    let empty = r#""Data-Empty": true"#;
    assert_eq!(checked(empty, &[], kept), ["E712"]);
    assert_eq!(checked(empty, &[], |facts| facts.payload.clear()), [""; 0]);
    assert_eq!(checked(empty, &[], |facts| facts.payload = vec![("data/.keep", Some(0))]), [""; 0]);
    assert_eq!(checked(empty, &[], |facts| facts.payload = vec![("data/.keep", Some(1))]), ["E712"]);
    assert_eq!(checked(r#""Data-Empty": false"#, &[], kept), [""; 0]);
}

#[test]
fn what_is_at_odds_with_itself_is_refused_with_its_place() {
    for (fields, place) in [
        (r#""Manifests-Required": ["md5"], "Manifests-Allowed": ["sha256"]"#, "Manifests-Allowed"),
        (r#""Manifests-Allowed": []"#, "Manifests-Allowed"),
        (r#""Tag-Manifests-Required": ["md5"], "Tag-Manifests-Allowed": []"#, "Tag-Manifests-Allowed"),
        (r#""Tag-Files-Required": ["a.txt"], "Tag-Files-Allowed": ["b*"]"#, "Tag-Files-Allowed"),
        (r#""Tag-Files-Required": ["../a.txt"]"#, "Tag-Files-Required"),
        (r#""Tag-Files-Required": ["data/a.txt"]"#, "Tag-Files-Required"),
        (
            r#""Payload-Files-Required": ["data/a/"], "Payload-Files-Allowed": ["data/b/*"]"#,
            "Payload-Files-Allowed",
        ),
        (r#""Payload-Files-Required": ["a.txt"]"#, "Payload-Files-Required"),
        (r#""Payload-Files-Allowed": ["data/a/"]"#, "Payload-Files-Allowed"),
        (r#""Allow-Fetch.txt": false, "Fetch.txt-Required": true"#, "Fetch.txt-Required"),
        (r#""Serialization": "perhaps", "Accept-Serialization": ["application/zip"]"#, "Serialization"),
        (r#""Serialization": "required""#, "Accept-Serialization"),
        (r#""Serialization": "optional", "Accept-Serialization": []"#, "Accept-Serialization"),
        (r#""Bag-Info": {"X": {"required": 1}}"#, "Bag-Info/X/required"),
        (r#""Bag-Info": {"X": true}"#, "Bag-Info/X"),
        (r#""Bag-Info": {"X": {}, "x": {}}"#, "Bag-Info/x"),
        (r#""Bag-Info": {"X": {"values": [1]}}"#, "Bag-Info/X/values"),
        (r#""Bag-Info": []"#, "Bag-Info"),
        (r#""Data-Empty": "yes""#, "Data-Empty"),
    ] {
        let found = faults(fields);
        assert_eq!(found.len(), 1, "{fields}: {found:?}");
        assert!(found[0].starts_with(&format!("{place}: expected ")), "{fields}: {found:?}");
        assert!(found[0].contains(", found "), "{fields}: {found:?}");
    }
}

#[test]
fn what_is_no_profile_is_refused_in_words() {
    for (document, words) in [
        ("", "EOF"),
        ("[]", "expected an object, found a list"),
        ("{\"a\": 1, \"a\": 2}", "the key `a` twice"),
        ("{\"Bag-Info\": {\"X\": {}, \"X\": {}}}", "the key `X` twice"),
        ("{}", "BagIt-Profile-Info: expected an object, found no such field"),
        ("{} x", "trailing characters"),
        (
            "{\"BagIt-Profile-Info\": {\"BagIt-Profile-Version\": \"2.0.0\"}}",
            "expected a version from 1.0 to 1.4",
        ),
        ("{\"bagItProfileInfo\": {}}", "DART"),
        ("{\"X\": {\"fieldRequired\": true}}", "Bagger"),
    ] {
        let problem = Profile::parse(document.as_bytes()).unwrap_err().to_string();
        assert!(problem.contains(words), "{document}: {problem}");
    }
    let deep = "[".repeat(100_000);
    assert!(Profile::parse(deep.as_bytes()).unwrap_err().to_string().contains("recursion limit"));
    let long = vec![b' '; bagit::profile::MOST_OCTETS + 1];
    assert!(Profile::parse(&long).unwrap_err().to_string().contains("octets"));
    assert!(Profile::parse(b"{\"a\": \"\xFF\"}").is_err());
}

#[test]
fn what_is_tolerated_is_remarked() {
    for (fields, words) in [
        (r#""Local-Field": 3"#, "Local-Field: no field"),
        (r#""Bag-Info": {"X": {"help": "x"}}"#, "Bag-Info/X/help: no field"),
        (r#""Bag-Info": {"X": {"values": "a"}}"#, "Bag-Info/X/values: a string"),
        (r#""Bag-Info": {"X": {"required": "true"}}"#, "in quotes"),
        (r#""Bag-Info": {"BagIt-Profile-Identifier": {"required": true}}"#, "is always required"),
        (r#""Manifests-Required": null"#, "null"),
        (r#""Tag-Files-Allowed": ["a?", "*"]"#, "only `*` is special"),
        (r#""Tag-Files-Required": ["bag-info.txt"]"#, "governed by other fields"),
    ] {
        let profile = profile(fields);
        assert_eq!(profile.remarks().len(), 1, "{fields}: {:?}", profile.remarks());
        assert!(profile.remarks()[0].contains(words), "{fields}: {:?}", profile.remarks());
    }
    let older = text(r#""Data-Empty": true"#).replace("1.4.0", "1.3.0");
    let older = Profile::parse(older.as_bytes()).unwrap();
    assert_eq!((older.info().specification, older.remarks().len()), ((1, 3), 1));
}

#[test]
fn every_profile_that_is_built_in_can_be_had_by_name_and_by_identifier() {
    for built_in in known() {
        let profile = built_in.profile().unwrap();
        assert_eq!(profile.info().identifier, built_in.identifier);
        assert_eq!(profile.remarks(), [""; 0], "{}", built_in.name);
        for key in [built_in.name, built_in.identifier, &built_in.name.to_uppercase()] {
            assert_eq!(find(key).map(|found| found.name), Some(built_in.name));
        }
    }
    assert!(find("nobody").is_none());
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// What a bag does not keep of a profile, beside what is wrong with it as a bag.
fn check(bag: &Path, profile: &Profile) -> Vec<&'static str> {
    let container = container::open(bag).unwrap();
    let report = report_of(bag);
    // A name with quotes is no matter of profiles.
    // A name with quotes is no matter of profiles, and what protects a seal is none of bags.
    let is_other =
        |finding: &&bagit::Finding| finding.code.id != "W116" && !finding.path.starts_with("seal/");
    let others: Vec<_> = report.findings.iter().filter(is_other).collect();
    assert!(others.is_empty(), "{}: {others:?}", bag.display());
    let facts = Facts::gather(profile, &*container, &report);
    codes(&profile.check(&facts))
}

#[test]
fn a_golden_bundle_keeps_the_profile_of_bundles_and_no_other() {
    let bundle = fixtures().join("bundles/press-1988.zip");
    let ours = find("fonds-1").unwrap().profile().unwrap();
    assert_eq!(check(&bundle, &ours), [""; 0]);
    let aptrust = find("aptrust-2.3").unwrap().profile().unwrap();
    let found = check(&bundle, &aptrust);
    assert_eq!(found, ["W714", "E701", "E701", "E701", "E704", "E708"]);
}

#[test]
fn every_code_has_a_profile_and_a_bag() {
    let mut met = BTreeSet::new();
    for code in CODES.iter().filter(|code| code.id[1..].starts_with('7')) {
        let text = fs::read(fixtures().join(format!("profiles/{}.json", code.id))).unwrap();
        let profile = Profile::parse(&text).unwrap();
        assert_eq!(profile.remarks(), [""; 0], "{}", code.id);
        let folder = fixtures().join("bags").join(code.verdict.word().to_lowercase());
        for bag in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if bag.file_name().unwrap().to_str().unwrap().starts_with(&format!("{}_", code.id)) {
                assert_eq!(check(&bag, &profile), [code.id], "{}", bag.display());
                met.insert(code.id);
            }
        }
    }
    assert_eq!(met.len(), 15);
}

#[test]
fn a_profile_of_very_many_rules_is_no_burden() {
    let list = |name: &str, mut item: Box<dyn FnMut(usize) -> String>, count| {
        let items: Vec<String> = (0..count).map(|number| format!("\"{}\"", item(number))).collect();
        format!("\"{name}\": [{}]", items.join(","))
    };
    let tags: Vec<String> =
        (0..100_000).map(|number| format!("\"t{number}\":{{\"required\":true}}")).collect();
    let many = format!("\"Bag-Info\": {{{}}}", tags.join(","));
    assert_eq!(checked(&many, &[], kept).len(), 100_000);
    let named = |number| format!("data/{number}");
    let both = [
        list("Payload-Files-Required", Box::new(named), 60_000),
        list("Payload-Files-Allowed", Box::new(named), 60_000),
    ]
    .join(",");
    assert_eq!(checked(&both, &[], kept).len(), 60_002);
    let globs = list("Tag-Files-Allowed", Box::new(|number| format!("{number}*")), 1001);
    assert!(faults(&globs)[0].contains("at most 1,000 patterns"));
}

proptest! {
    #[test]
    fn no_document_makes_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Profile::parse(&octets);
    }

    #[test]
    fn no_change_to_a_document_makes_it_panic(
        number in 0..4_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut text = known()[number].text.as_bytes().to_vec();
        for (at, octet, kind) in changes {
            let at = at.index(text.len());
            match kind {
                0 => text[at] = octet,
                1 => text.insert(at, octet),
                _ => drop(text.remove(at)),
            }
        }
        if let Ok(profile) = Profile::parse(&text) {
            let _ = profile.check(&Facts::default());
        }
    }

    #[test]
    fn any_values_in_any_field_are_met_without_panic(
        field in prop::sample::select(vec![
            "Bag-Info", "Manifests-Required", "Manifests-Allowed", "Tag-Files-Required", "Tag-Files-Allowed",
            "Payload-Files-Required", "Payload-Files-Allowed", "Serialization", "Accept-Serialization",
            "Accept-BagIt-Version", "Allow-Fetch.txt", "Fonds-Tag-Info", "BagIt-Profile-Info",
        ]),
        value in prop::sample::select(vec![
            "null", "1", "\"\"", "\"*\"", "[]", "[\"\"]", "[\"/\"]", "[\"data/\"]", "[null]", "{}", "{\"\": {}}",
            "{\"a\": {\"values\": [\"\"]}}", "{\"a\": {\"b\": {\"required\": true}}}", "true",
        ]),
    ) {
        let fields = format!("\"{field}\": {value}");
        if let Ok(profile) = Profile::parse(text(&fields).as_bytes()) {
            let _ = profile.check(&Facts::default());
        }
    }
}
