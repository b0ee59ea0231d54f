//! Profiles of others, where they are at hand: ours ask the same, and each is read or refused in words.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

use bagit::profile::{Profile, find};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the corpora; `None`, after a printed line, where it is not at hand.
fn corpus(path: &str) -> Option<Vec<u8>> {
    let file = corpora().join(path);
    if let Ok(text) = fs::read(&file) {
        return Some(text);
    }
    println!("passed over: `{path}` of the corpora is not at hand");
    None
}

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora")
}

fn ours(name: &str) -> Profile {
    find(name).unwrap().profile().unwrap()
}

/// A profile in DART's own form, said in the form of the specification.
fn from_dart(text: &[u8]) -> Profile {
    let dart: Value = serde_json::from_slice(text).unwrap();
    let (mut bag_info, mut others) = (Map::new(), Map::new());
    let (mut names_profile, mut versions) = (false, Value::Null);
    for tag in dart["tags"].as_array().unwrap() {
        let name = tag["tagName"].as_str().unwrap();
        let rule = json!({"required": tag["required"], "values": tag["values"]});
        match tag["tagFile"].as_str().unwrap() {
            "bagit.txt" if name == "BagIt-Version" => versions = tag["values"].clone(),
            // The encoding is a matter of the standard, and not of a profile.
            "bagit.txt" => {}
            "bag-info.txt" => {
                names_profile |= name == "BagIt-Profile-Identifier";
                bag_info.insert(name.into(), rule);
            }
            other => {
                let file = others.entry(other).or_insert_with(|| json!({}));
                file.as_object_mut().unwrap().insert(name.into(), rule);
            }
        }
    }
    assert_eq!(versions, dart["acceptBagItVersion"]);
    if !names_profile {
        bag_info.insert("BagIt-Profile-Identifier".into(), json!({"required": false}));
    }
    let info = &dart["bagItProfileInfo"];
    let document = json!({
        "BagIt-Profile-Info": {
            "BagIt-Profile-Identifier": info["bagItProfileIdentifier"],
            "External-Description": info["externalDescription"],
            "Source-Organization": info["sourceOrganization"],
            "Version": info["version"],
        },
        "Accept-BagIt-Version": dart["acceptBagItVersion"],
        "Accept-Serialization": dart["acceptSerialization"],
        "Allow-Fetch.txt": dart["allowFetchTxt"],
        "Bag-Info": bag_info,
        "Fonds-Tag-Info": others,
        "Manifests-Allowed": dart["manifestsAllowed"],
        "Manifests-Required": dart["manifestsRequired"],
        "Serialization": dart["serialization"],
        "Tag-Files-Allowed": dart["tagFilesAllowed"],
        "Tag-Manifests-Allowed": dart["tagManifestsAllowed"],
        "Tag-Manifests-Required": dart["tagManifestsRequired"],
    });
    Profile::parse(document.to_string().as_bytes()).unwrap()
}

#[test]
fn ours_ask_what_aptrust_asks() {
    for (name, path) in [
        ("aptrust-2.2", "dart-bags/profiles/aptrust-v2.2.json"),
        ("aptrust-2.3", "dart-bags/profiles/aptrust-v2.3.json"),
    ] {
        let Some(text) = corpus(path) else { continue };
        let theirs = from_dart(&text);
        assert_eq!(ours(name).rules(), theirs.rules(), "{name}");
        assert_eq!(ours(name).info().identifier, theirs.info().identifier);
        assert_eq!(ours(name).info().version, theirs.info().version);
    }
}

#[test]
fn ours_asks_what_beyond_the_repository_asks() {
    let Some(text) = corpus("dart-bags/testdata/profiles/btr_standard_profile.json") else { return };
    let theirs = Profile::parse(&text).unwrap();
    assert_eq!(theirs.remarks(), [""; 0]);
    assert_eq!(ours("btr-1.0").rules(), theirs.rules());
    assert_eq!(ours("btr-1.0").info().identifier, theirs.info().identifier);
}

#[test]
fn sample_profiles_of_the_specification_are_read() {
    for path in [
        "bagit-profiles-spec/bagProfileFoo.json",
        "bagit-profiles-spec/bagProfileBar.json",
        "bagit-profiles/bagProfileFoo.json",
        "bagit-profiles/bagProfileBar.json",
        "dart-bags/testdata/profiles/standard/bagProfileFoo.json",
        "dart-bags/testdata/profiles/standard/bagProfileBar.json",
    ] {
        let Some(text) = corpus(path) else { continue };
        let profile = Profile::parse(&text).unwrap_or_else(|problem| panic!("{path}: {problem}"));
        assert_eq!(profile.remarks(), [""; 0], "{path}");
    }
}

#[test]
fn other_documents_are_refused_in_words() {
    for (path, word) in [
        ("dart-bags/testdata/profiles/invalid_profile.json", "DART"),
        ("dart-bags/testdata/profiles/empty_profile.json", "DART"),
        ("dart-bags/testdata/profiles/multi_manifest.json", "DART"),
        ("dart-bags/profiles/empty_profile.json", "DART"),
        ("dart-bags/profiles/aptrust-v2.3.json", "DART"),
        ("dart-bags/profiles/btr-v1.0.json", "DART"),
        ("dart-bags/profiles/btr-v1.0-1.3.0.json", "DART"),
        ("dart-bags/testdata/profiles/loc/SANC-state-profile.json", "Bagger"),
        ("dart-bags/testdata/profiles/loc/unordered-loc-profile.json", "Bagger"),
        ("dart-bags/profiles/README.md", "JSON"),
    ] {
        let Some(text) = corpus(path) else { continue };
        let problem = Profile::parse(&text).unwrap_err().to_string();
        assert!(problem.starts_with("expected ") && problem.contains(word), "{path}: {problem}");
    }
}
