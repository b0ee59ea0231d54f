//! Names: where entries are, and what they are.

use super::raw::{Raw, field, zip_of};
use super::{answer, assert_errors, letters_below, with, with_letter};
use crate::letters::bag_of;
use bagit::{Severity, Verdict};

#[test]
fn names_that_lead_out_of_the_bag_are_found() {
    for name in [
        "letters/../outside.txt",
        "letters/data/../../outside.txt",
        "letters//etc/passwd",
        "letters/data\\..\\outside.txt",
        "letters/C:outside.txt",
        "letters/data/./here.txt",
        "letters/data/nul\0.txt",
        "/etc/passwd",
        "../outside.txt",
        "..",
        "",
        "C:/windows",
        "C:windows",
        "\\\\server\\share",
    ] {
        assert_errors(&with(Raw::stored(name, b"")), &["E105"]);
    }
    for name in ["/", "letters//", "../", "letters/./"] {
        assert_errors(&with(Raw::directory(name)), &["E105"]);
    }
}

#[test]
fn a_base_directory_that_leads_out_is_found() {
    for top in ["../", "/letters/", "a/../letters/", "..\\letters/", "C:/"] {
        assert_errors(&zip_of(&letters_below(top)), &["E105"]);
    }
}

#[test]
fn a_path_that_no_system_could_open_is_found() {
    // `data/`, and two octets for each component but the last.
    let path_of = |octets: usize| format!("letters/data/{:x<1$}", "d/".repeat(2000), octets - 5);
    assert_errors(&with(Raw::stored(&path_of(4097), b"x")), &["E105"]);
    assert_errors(&with(Raw::stored(&path_of(4096), b"x")), &["E402"]);
    assert_errors(&with(Raw::stored(&"x".repeat(65_535), b"x")), &["E107"]);
    assert_errors(&with(Raw::stored(&format!("letters/{}x", "x/".repeat(30_000)), b"")), &["E105"]);
}

#[test]
fn a_name_that_is_not_utf8_is_found_whether_marked_or_not() {
    for flags in [0, 0x0800] {
        let mut entry = Raw::stored("letters/data/n.txt", b"x");
        (entry.name[13], entry.flags) = (0xFF, flags);
        assert_errors(&with(entry), &["E105"]);
    }
}

#[test]
fn names_that_are_not_marked_as_utf8_are_remarked_on_once() {
    let files = [("data/éa".as_bytes(), "data/éa"), ("data/éb".as_bytes(), "data/éb")];
    let bag = bag_of(&files.map(|(content, path)| (path, content)));
    let mut entries: Vec<Raw> =
        bag.iter().map(|(path, octets)| Raw::stored(&format!("top/{path}"), octets)).collect();
    assert_eq!(answer(&zip_of(&entries)), (Verdict::Consistent, vec![]));
    for entry in &mut entries {
        entry.flags = 0;
    }
    assert_eq!(answer(&zip_of(&entries)), (Verdict::Consistent, vec!["W118"]));
}

#[test]
fn a_unicode_path_that_is_another_name_is_found() {
    let path = |name: &[u8], crc_of: &[u8]| {
        let crc32 = fixity::sum_of(crc_of, &[]).crc32.to_le_bytes();
        field(0x7075, &[&[1], &crc32[..], name].concat())
    };
    let name = b"letters/data/letter.txt";
    assert_eq!(answer(&with_letter(|letter| letter.extra = path(name, name))).0, Verdict::Consistent);
    // Some readers do not ask whether the CRC-32 is that of the name.
    for crc_of in [name.as_slice(), b"something else"] {
        assert_errors(
            &with_letter(|letter| letter.extra = path(b"letters/data/other.txt", crc_of)),
            &["E103"],
        );
    }
    assert_errors(&with_letter(|letter| letter.extra = field(0x7075, b"\x01")), &["E103"]);
    let only_locally =
        |letter: &mut Raw| *letter = letter.clone().locally(|local| local.extra = path(b"x", name));
    assert_errors(&with_letter(only_locally), &["E103"]);
}

#[test]
fn a_bag_at_the_top_of_the_archive_is_remarked_on() {
    assert_eq!(answer(&zip_of(&letters_below(""))), (Verdict::Consistent, vec!["W113"]));
}

#[test]
fn an_archive_that_is_not_one_directory_with_one_bag_is_found() {
    assert_errors(&zip_of(&letters_below("parcel/letters/")), &["E107"]);
    let two = [letters_below("first/"), letters_below("second/")].concat();
    assert_errors(&zip_of(&two), &["E107"]);
    assert_errors(&with(Raw::stored("beside.txt", b"x")), &["E107"]);
    assert_errors(&with(Raw::directory("beside/")), &["E107"]);
}

#[test]
fn two_entries_of_one_name_are_found() {
    // Of the two, only the first is examined.
    assert_errors(&with(Raw::stored("letters/data/letter.txt", b"another\n")), &["E109"]);
    assert_errors(&with(Raw::directory("letters/data/letter.txt/")), &["E109"]);
    assert_errors(
        &zip_of(&[letters_below("letters/"), vec![Raw::directory("letters/"); 2]].concat()),
        &["E109"],
    );
    assert_errors(&zip_of(&[letters_below("letters/"), letters_below("letters/")].concat()), &["E109"]);
    let twice_outside = vec![Raw::stored("../x", b""); 2];
    assert_errors(&zip_of(&[letters_below("letters/"), twice_outside].concat()), &["E105"]);
}

#[test]
fn a_file_that_would_have_to_be_a_folder_as_well_is_found() {
    for above in ["data/a", "data/a/b"] {
        let files = [(above, b"1".as_slice()), ("data/a/b/c/d", b"2"), ("data/a/b/c/e", b"3")];
        let entries: Vec<Raw> =
            bag_of(&files).iter().map(|(path, octets)| Raw::stored(&format!("top/{path}"), octets)).collect();
        assert_errors(&zip_of(&entries), &["E109"]);
    }
}

#[test]
fn what_is_neither_file_nor_directory_is_found() {
    for mode in [0o120_777, 0o010_644, 0o140_644, 0o020_644, 0o060_644, 0o110_644] {
        let mut entry = Raw::stored("letters/data/link", b"/etc/passwd");
        entry.mode = mode;
        assert_errors(&with(entry), &["E106"]);
    }
}

#[test]
fn an_entry_that_is_a_file_by_its_name_and_a_directory_otherwise_is_found() {
    type Change = fn(&mut Raw);
    let cases: [(&str, Change); 4] = [
        ("letters/data/letter.txt", |entry| entry.dos = 0x10),
        ("letters/data/letter.txt", |entry| entry.mode = 0o040_755),
        // Info-ZIP passes over it in silence.
        ("letters/data/letter.txt", |entry| entry.dos = 0x08),
        ("letters/data/", |entry| entry.mode = 0o100_644),
    ];
    for (name, change) in cases {
        let mut entries = letters_below("letters/");
        entries.push(Raw::directory("letters/data/"));
        assert_eq!(answer(&zip_of(&entries)), (Verdict::Consistent, vec![]));
        entries.iter_mut().filter(|entry| entry.name == name.as_bytes()).for_each(change);
        let (verdict, codes) = answer(&zip_of(&entries));
        assert!(verdict.severity() == Severity::Error && codes == ["E103"], "{codes:?}");
    }
}
