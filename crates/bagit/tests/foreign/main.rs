//! Other people's ZIPs: what they hold is read, and what is wrong with them is found.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/letters.rs"]
mod letters;
#[path = "../support/raw.rs"]
mod raw;
#[path = "../support/report.rs"]
mod report;

mod limits;
mod methods;
mod names;
mod structure;

use bagit::{Severity, Verdict};
use letters::{PAYLOAD, bag_of};
use raw::{Raw, zip_of};
use report::report_of;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The verdict on an archive, and the codes of its findings in their order, each once.
fn answer(octets: &[u8]) -> (Verdict, Vec<&'static str>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(octets).unwrap();
    let report = report_of(file.path());
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    (report.verdict(), codes)
}

#[track_caller]
fn assert_errors(octets: &[u8], codes: &[&str]) {
    let (verdict, found) = answer(octets);
    assert_eq!(found, codes);
    assert_eq!(verdict.severity(), Severity::Error);
}

/// The sound bag below `top`, which ends in a slash or is empty.
fn letters_below(top: &str) -> Vec<Raw> {
    bag_of(&PAYLOAD).iter().map(|(path, octets)| Raw::stored(&format!("{top}{path}"), octets)).collect()
}

fn with(more: Raw) -> Vec<u8> {
    let mut entries = letters_below("letters/");
    entries.push(more);
    zip_of(&entries)
}

/// The sound bag with its letter changed.
fn with_letter(change: impl FnOnce(&mut Raw)) -> Vec<u8> {
    let mut entries = letters_below("letters/");
    change(entries.iter_mut().find(|entry| entry.name.ends_with(b"letter.txt")).unwrap());
    zip_of(&entries)
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// The sound bag, written by the crate `zip`.
fn written<W: Write + std::io::Seek>(mut out: ZipWriter<W>, method: CompressionMethod) -> W {
    let options = SimpleFileOptions::default().compression_method(method);
    out.add_directory("letters/data", options).unwrap();
    for (path, octets) in bag_of(&PAYLOAD).into_iter().rev() {
        out.start_file(format!("letters/{path}"), options).unwrap();
        out.write_all(&octets).unwrap();
    }
    out.finish().unwrap()
}

#[test]
fn a_zip_is_read_whether_stored_or_deflated_sorted_or_not() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let octets = written(ZipWriter::new(Cursor::new(Vec::new())), method).into_inner();
        assert_eq!(answer(&octets), (Verdict::Consistent, vec![]), "{method}");
    }
    assert_eq!(answer(&zip_of(&letters_below("letters/"))), (Verdict::Consistent, vec![]));
    let mut unsorted = letters_below("letters/");
    unsorted.reverse();
    assert_eq!(answer(&zip_of(&unsorted)), (Verdict::Consistent, vec![]));
}

#[test]
fn a_streamed_zip_with_data_descriptors_is_read() {
    let octets = written(ZipWriter::new_stream(Vec::new()), CompressionMethod::Deflated).into_inner();
    assert!(octets.windows(4).any(|four| four == b"PK\x07\x08"), "there are data descriptors");
    assert_eq!(answer(&octets), (Verdict::Consistent, vec![]));
}
