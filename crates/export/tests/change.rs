//! Parts of a bundle that are lost, added, moved or written otherwise do not go unnoticed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bundles.rs"]
mod bundles;
#[path = "support/canonical.rs"]
mod canonical;

use bagit::Severity;
use bundles::{DOCUMENTS, pack, report_of};
use canonical::{parts_of, zip_of};
use export::bundle::Form;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The octets of a ZIP, and a place to write others.
fn zip(form: Form) -> (TempDir, PathBuf, Vec<u8>) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("tide.zip");
    pack(&path, form);
    let octets = fs::read(&path).unwrap();
    assert_eq!(zip_of(&parts_of(&octets)), octets, "what was taken apart was put together");
    (place, path, octets)
}

/// The bundle as a directory.
fn directory() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("tide");
    pack(&path, Form::Directory);
    assert_eq!(report_of(&path).findings, []);
    (place, path)
}

/// Codes of all findings, sorted, each once.
fn codes(path: &Path) -> Vec<&'static str> {
    let mut codes: Vec<_> = report_of(path).findings.iter().map(|finding| finding.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Every file below the bundle, by its path there.
fn files(bundle: &Path) -> Vec<String> {
    let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"];
    let more = ["metadata/FORMAT.txt", "metadata/events.csv", "metadata/manifest.csv", "metadata/verify.py"];
    let seal = ["seal/root.txt", "seal/seed.txt"];
    let last = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];
    let documents = DOCUMENTS.iter().map(|(path, ..)| *path);
    let files = tags.into_iter().chain(more).chain(seal).chain(last).chain(documents).map(str::to_owned);
    files.inspect(|path| assert!(bundle.join(path).is_file(), "{path}")).collect()
}

#[track_caller]
fn assert_invalid(zip: &Path, octets: &[u8], change: &str) {
    fs::write(zip, octets).unwrap();
    assert!(report_of(zip).verdict().severity() == Severity::Error, "{change}");
}

#[test]
fn an_octet_before_or_behind_a_zip_is_noticed() {
    for form in [Form::Zip, Form::CompressedZip] {
        let (_place, path, octets) = zip(form);
        for octet in 0..=u8::MAX {
            assert_invalid(&path, &[&octets[..], &[octet]].concat(), "appended");
            assert_invalid(&path, &[&[octet], &octets[..]].concat(), "put before");
        }
    }
}

#[test]
fn an_entry_that_is_taken_out_is_noticed() {
    for form in [Form::Zip, Form::CompressedZip] {
        let (_place, path, octets) = zip(form);
        let parts = parts_of(&octets);
        for index in 0..parts.len() {
            let mut rest = parts.clone();
            let removed = rest.remove(index).name;
            assert_invalid(&path, &zip_of(&rest), &removed);
        }
    }
}

#[test]
fn two_entries_that_change_places_are_noticed() {
    let (_place, path, octets) = zip(Form::Zip);
    let parts = parts_of(&octets);
    for second in 1..parts.len() {
        for first in 0..second {
            let mut swapped = parts.clone();
            swapped.swap(first, second);
            assert_invalid(&path, &zip_of(&swapped), &format!("{first} and {second}"));
        }
    }
}

#[test]
fn an_entry_that_is_there_twice_is_noticed() {
    let (_place, path, octets) = zip(Form::Zip);
    let parts = parts_of(&octets);
    for index in 0..parts.len() {
        let mut more = parts.clone();
        more.insert(index, parts[index].clone());
        assert_invalid(&path, &zip_of(&more), &parts[index].name);
    }
}

#[test]
fn a_file_that_is_removed_is_noticed() {
    let (_place, path) = directory();
    for file in files(&path) {
        let full = path.join(&file);
        let octets = fs::read(&full).unwrap();
        fs::remove_file(&full).unwrap();
        assert!(report_of(&path).verdict().severity() == Severity::Error, "{file}");
        fs::write(&full, octets).unwrap();
    }
    assert_eq!(report_of(&path).findings, []);
}

#[test]
fn a_file_that_is_added_is_noticed() {
    let (_place, path) = directory();
    fs::write(path.join("data/later.txt"), "Put here afterwards.\n").unwrap();
    assert_eq!(codes(&path), ["E402", "E404", "E503", "E508", "E513"]);
    fs::remove_file(path.join("data/later.txt")).unwrap();
    for unlisted in ["later.txt", "metadata/later.csv"] {
        fs::write(path.join(unlisted), "Put here afterwards.\n").unwrap();
        assert_eq!(codes(&path), ["W406"], "{unlisted}");
        fs::remove_file(path.join(unlisted)).unwrap();
    }
}

#[test]
fn a_file_that_ends_one_octet_sooner_or_later_is_noticed() {
    let (_place, path) = directory();
    for file in files(&path) {
        let full = path.join(&file);
        let octets = fs::read(&full).unwrap();
        let shorter = octets[..octets.len().saturating_sub(1)].to_vec();
        for other in [shorter, [&octets[..], b"\n"].concat(), [&octets[..], b" "].concat()] {
            if other != octets {
                fs::write(&full, other).unwrap();
                assert!(report_of(&path).verdict().severity() == Severity::Error, "{file}");
            }
        }
        fs::write(&full, octets).unwrap();
    }
    assert_eq!(report_of(&path).findings, []);
}

#[test]
fn a_tag_manifest_with_other_line_ends_is_noticed() {
    let (_place, path) = directory();
    for file in ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"] {
        let text = fs::read_to_string(path.join(file)).unwrap();
        for end in ["\r\n", "\r"] {
            fs::write(path.join(file), text.replace('\n', end)).unwrap();
            assert_eq!(codes(&path), ["E506", "E513"], "{file}");
        }
        fs::write(path.join(file), text).unwrap();
    }
}
