//! Files that are a TAR and a ZIP at once: whoever reads the one finds another bag than who reads the other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/answer.rs"]
#[allow(dead_code, reason = "not every test needs all of it")]
mod answer;
#[path = "support/letters.rs"]
mod letters;
#[path = "support/raw.rs"]
#[allow(dead_code, reason = "not every test needs all of it")]
mod raw;
#[path = "support/tape.rs"]
mod tape;

use answer::report_both_ways;
use bagit::Verdict;
use flate2::Compression;
use flate2::write::GzEncoder;
use letters::{PAYLOAD, bag_of};
use raw::{Raw, field, zip_of};
use std::io::Write as _;
use tape::{Entry, tar_of};

const SOUND: (Verdict, &str) = (Verdict::Consistent, "");
const TWOFOLD: (Verdict, &str) = (Verdict::Unsafe, "E103");

/// Expects a verdict on an archive of that name, and the codes of its findings.
#[track_caller]
fn expect(name: &str, octets: &[u8], expected: (Verdict, &str)) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join(name);
    std::fs::write(&path, octets).unwrap();
    let report = report_both_ways(&path);
    let codes: String = report.findings.iter().map(|finding| finding.code.id).collect();
    assert_eq!((report.verdict(), &*codes), expected, "{name}");
}

fn stored(entry: &(String, Vec<u8>)) -> Raw {
    Raw::stored(&format!("other/{}", entry.0), &entry.1)
}

/// A ZIP of another bag.
fn other() -> Vec<u8> {
    zip_of(&bag_of(&[("data/other.txt", b"another letter")]).iter().map(stored).collect::<Vec<_>>())
}

/// A TAR of a bag whose last document is this.
fn tar_with_last(document: &[u8]) -> Vec<u8> {
    let mut files = bag_of(&[PAYLOAD[0], ("data/z.zip", document)]);
    files.sort_by_key(|(path, _)| path == "data/z.zip");
    let entries: Vec<Entry> =
        files.iter().map(|(path, octets)| Entry::file(&format!("letters/{path}"), octets)).collect();
    tar_of(&entries)
}

fn not_deflated(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

/// A file in which the end record of a ZIP takes all that follows for its comment.
fn with_comment_to_the_end(mut octets: Vec<u8>) -> Vec<u8> {
    let at = octets.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let left = u16::try_from(octets.len() - at - 22).unwrap();
    octets[at + 20..at + 22].copy_from_slice(&left.to_le_bytes());
    octets
}

/// A TAR whose last document has an end record with a comment to the end of the file.
fn crafted(fold: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    // The document has the length of the comment in it, and is as long with any.
    let found = with_comment_to_the_end(fold(&tar_with_last(&other())));
    let at = found.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let mut document = other();
    let place = document.len() - 2;
    document[place..].copy_from_slice(&found[at + 20..at + 22]);
    fold(&tar_with_last(&document))
}

#[test]
fn a_tar_that_ends_as_a_zip_is_safe_under_the_name_of_a_tar_only() {
    for (crafted, name) in [(crafted(<[u8]>::to_vec), "bag.tar"), (crafted(not_deflated), "bag.tar.gz")] {
        expect(name, &crafted, SOUND);
        for name in ["bag.zip", "bag.ZIP", "bag", "bag.bag"] {
            expect(name, &crafted, TWOFOLD);
        }
    }
}

#[test]
fn a_zip_as_the_last_document_is_nothing_but_under_the_name_of_a_zip() {
    let plain = tar_with_last(&other());
    for octets in [not_deflated(&plain), plain] {
        for name in ["bag.tar", "bag.TAR", "bag.tgz", "bag.tar.gz", "bag", "bag.bag", "bag.gz"] {
            expect(name, &octets, SOUND);
        }
        expect("bag.zip", &octets, TWOFOLD);
    }
    let without = tar_with_last(b"no archive");
    expect("bag.zip", &without, SOUND);
}

/// A ZIP of a sound bag whose first local header is that of a TAR as well.
fn zip_with_tar_header(sum: impl Fn(u32) -> u32) -> Vec<u8> {
    let make = |sum: &[u8]| {
        let mut files: Vec<Raw> = bag_of(&PAYLOAD)
            .iter()
            .map(|(path, octets)| Raw::stored(&format!("letters/{path}"), octets))
            .collect();
        let begins = 30 + files[0].name.len() + 4;
        let mut header = [0; 512];
        for (at, text) in [
            (100, &b"0000644\0"[..]),
            (124, b"00000000000\0"),
            (136, b"14000000000\0"),
            (148, sum),
            (156, b"0"),
            (257, b"ustar\x0000"),
        ] {
            header[at..at + text.len()].copy_from_slice(text);
        }
        files[0].extra = field(0x7A7A, &header[begins..]);
        zip_of(&files)
    };
    let octets = make(b"        ");
    let right = octets[..512].iter().map(|&octet| u32::from(octet)).sum();
    make(format!("{:06o}\0 ", sum(right)).as_bytes())
}

#[test]
fn a_zip_that_begins_as_a_tar_is_not_safe_under_any_name() {
    let twofold = zip_with_tar_header(|sum| sum);
    for name in ["bag.zip", "bag.tar", "bag"] {
        expect(name, &twofold, TWOFOLD);
    }
    // No program takes a header with a wrong sum for one.
    expect("bag.zip", &zip_with_tar_header(|sum| sum + 1), SOUND);
}

#[test]
fn a_tar_whose_first_name_begins_as_a_zip_does_is_a_tar() {
    let entries: Vec<Entry> = bag_of(&PAYLOAD)
        .iter()
        .map(|(path, octets)| Entry::file(&format!("PK-1988/{path}"), octets))
        .collect();
    expect("PK-1988.tar", &tar_of(&entries), SOUND);
}
