//! Other people's ZIPs: what they hold is read, and what is wrong with them is found.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/letters.rs"]
mod letters;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/report.rs"]
mod report;

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

#[test]
fn a_zip_behind_a_program_that_unpacks_it_is_read() {
    let octets = [b"#!/bin/sh\nexit 1\n".as_slice(), &zip_of(&letters_below("letters/"))].concat();
    assert_eq!(answer(&octets), (Verdict::Consistent, vec![]));
}

#[test]
fn two_entries_of_one_name_are_found() {
    // The later one is read, as most programs do.
    assert_errors(&with(Raw::stored("letters/data/letter.txt", b"another\n")), &["E103", "E109", "E403"]);
}

#[test]
fn a_file_that_would_have_to_be_a_folder_as_well_is_found() {
    let files = [("data/a", b"1".as_slice()), ("data/a/b", b"2")];
    let entries: Vec<Raw> =
        bag_of(&files).iter().map(|(path, octets)| Raw::stored(&format!("top/{path}"), octets)).collect();
    assert_errors(&zip_of(&entries), &["E109"]);
}

#[test]
fn names_that_lead_out_of_the_bag_are_found() {
    for name in [
        "letters/../outside.txt",
        "letters/data/../../outside.txt",
        "letters//etc/passwd",
        "letters/data\\..\\outside.txt",
        "letters/C:outside.txt",
        "letters/data/./here.txt",
    ] {
        assert_errors(&with(Raw::stored(name, b"x")), &["E105"]);
    }
    for name in ["/etc/passwd", "../outside.txt"] {
        assert_errors(&with(Raw::stored(name, b"x")), &["E107"]);
    }
}

#[test]
fn a_base_directory_that_leads_out_is_found() {
    for top in ["../", "/letters/", "a/../letters/", "..\\letters/", "C:/"] {
        let (verdict, codes) = answer(&zip_of(&letters_below(top)));
        assert!(verdict.severity() == Severity::Error && codes.contains(&"E105"), "{top}: {codes:?}");
    }
}

#[test]
fn a_name_that_is_not_utf8_is_found() {
    let mut entry = Raw::stored("letters/data/n.txt", b"x");
    entry.name[13] = 0xFF;
    assert_errors(&with(entry), &["E105"]);
}

#[test]
fn an_archive_that_is_not_one_directory_with_one_bag_is_found() {
    assert_errors(&zip_of(&letters_below("")), &["E107"]);
    assert_errors(&zip_of(&letters_below("parcel/letters/")), &["E107"]);
    let two = [letters_below("first/"), letters_below("second/")].concat();
    assert_errors(&zip_of(&two), &["E107"]);
    assert_errors(&with(Raw::stored("beside.txt", b"x")), &["E107"]);
}

#[test]
fn an_encrypted_file_is_found_and_not_read() {
    let octets = with_letter(|letter| letter.flags |= 1);
    assert_errors(&octets, &["E108", "E401"]);
}

#[test]
fn a_symbolic_link_is_found() {
    let mut link = Raw::stored("letters/data/link", b"/etc/passwd");
    link.mode = 0o120_777;
    assert_errors(&with(link), &["E106"]);
}

#[test]
fn two_headers_that_differ_are_found() {
    let octets = with_letter(|letter| letter.local_name = Some(b"letters/data/Letter.txt".to_vec()));
    assert_errors(&octets, &["E103"]);
}

#[test]
fn entries_that_overlap_are_found() {
    let mut octets = zip_of(&letters_below("letters/"));
    // The second central header is made to point to the first local header.
    let second = octets.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").nth(1).unwrap().0;
    octets[second + 42..second + 46].fill(0);
    let (verdict, codes) = answer(&octets);
    assert!(verdict.severity() == Severity::Error && codes.contains(&"E103"), "{codes:?}");
}

#[test]
fn content_that_is_not_what_its_header_says_is_found() {
    assert_errors(&with_letter(|letter| letter.crc32 ^= 1), &["E104"]);
    let content = PAYLOAD[0].1;
    let deflate = |letter: &mut Raw| (letter.method, letter.kept) = (8, deflated(content));
    assert_eq!(answer(&with_letter(deflate)), (Verdict::Consistent, vec![]));
    for size in [content.len() - 1, content.len() + 1] {
        let octets = with_letter(|letter| {
            deflate(letter);
            letter.size = u32::try_from(size).unwrap();
        });
        let (verdict, codes) = answer(&octets);
        assert!(verdict.severity() == Severity::Error && codes.contains(&"E104"), "{size}: {codes:?}");
    }
}

#[test]
fn octets_hidden_behind_a_deflated_file_are_found() {
    let octets = with_letter(|letter| {
        (letter.method, letter.kept) = (8, deflated(PAYLOAD[0].1));
        letter.kept.extend_from_slice(b"hidden");
    });
    assert_errors(&octets, &["E108"]);
}

#[test]
fn octets_hidden_in_a_directory_entry_are_found() {
    assert_errors(&with(Raw::stored("letters/data/folder/", b"hidden")), &["E103"]);
}

#[test]
fn sizes_beyond_all_measure_are_found_in_little_time_and_memory() {
    let mut entries = letters_below("letters/");
    for name in ["letters/data/x", "letters/data/y", "letters/data/z"] {
        let mut entry = Raw::stored(name, &deflated(b"x"));
        (entry.method, entry.wide) = (8, Some([u64::MAX - 1, entry.kept.len() as u64]));
        entries.push(entry);
    }
    assert_errors(&zip_of(&entries), &["E104", "E402"]);
}
