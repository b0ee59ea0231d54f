//! TARs that are wrong, or that two programs read in two ways.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/answer.rs"]
mod answer;
#[path = "support/letters.rs"]
mod letters;
#[path = "support/tape.rs"]
mod tape;

use answer::answer;
use bagit::{Severity, Verdict};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use letters::{PAYLOAD, bag_of};
use std::io::{Read, Write};
use tape::{Entry, endless, tar_of};

const SOUND: (Verdict, Vec<&'static str>) = (Verdict::Consistent, vec![]);

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

/// The sound bag below `top`, which ends in a slash or is empty.
fn letters_below(top: &str) -> Vec<Entry> {
    bag_of(&PAYLOAD).iter().map(|(path, octets)| Entry::file(&format!("{top}{path}"), octets)).collect()
}

fn with(more: &[Entry]) -> Vec<u8> {
    tar_of(&[letters_below("letters/"), more.to_vec()].concat())
}

/// The sound bag with something done to its letter.
fn with_letter(change: impl FnOnce(&mut Entry)) -> Vec<u8> {
    let mut entries = letters_below("letters/");
    change(entries.iter_mut().find(|entry| entry.header.starts_with(b"letters/data/letter.txt")).unwrap());
    tar_of(&entries)
}

/// The sound bag with something put before its letter.
fn before_letter(more: &[Entry]) -> Vec<u8> {
    let mut entries = letters_below("letters/");
    let place =
        entries.iter().position(|entry| entry.header.starts_with(b"letters/data/letter.txt")).unwrap();
    entries.splice(place..place, more.to_vec());
    tar_of(&entries)
}

/// Plain and compressed must come to the same.
#[track_caller]
fn assert_codes(octets: &[u8], codes: &[&str]) {
    for octets in [octets, &gzip(octets)] {
        let (verdict, found) = answer(octets);
        assert_eq!(found, codes);
        assert!(!verdict.is_sound());
    }
}

/// The one code is among what is found, and the bag is not sound.
#[track_caller]
fn assert_found(octets: &[u8], code: &str) {
    for octets in [octets, &gzip(octets)] {
        let (verdict, found) = answer(octets);
        assert!(found.contains(&code), "{found:?}");
        assert_eq!(verdict.severity(), Severity::Error);
    }
}

#[test]
fn the_bag_that_all_this_is_done_to_is_sound() {
    for octets in [with(&[]), tar_of(&letters_below("./letters/"))] {
        assert_eq!(answer(&octets), SOUND);
        assert_eq!(answer(&gzip(&octets)), SOUND);
    }
}

#[test]
fn links_and_devices_are_found() {
    for kind in *b"12346" {
        assert_codes(&with(&[Entry::new(kind, "letters/data/link", b"")]), &["E106"]);
    }
}

#[test]
fn content_of_what_has_none_is_found() {
    for kind in *b"12345" {
        assert_codes(&with(&[Entry::new(kind, "letters/data/link", b"content")]), &["E103"]);
    }
}

#[test]
fn names_that_lead_out_of_the_bag_are_found() {
    for name in ["letters/../outside.txt", "letters/data/../../outside.txt", "letters/data\\x", "letters/C:x"]
    {
        assert_codes(&with(&[Entry::file(name, b"x")]), &["E105"]);
        assert_codes(
            &with(&[Entry::pax(b'x', &[("path", name)]), Entry::file("letters/data/x", b"x")]),
            &["E105"],
        );
    }
    for name in ["/etc/passwd", "../outside.txt"] {
        assert_codes(&with(&[Entry::file(name, b"x")]), &["E105"]);
    }
}

#[test]
fn names_that_no_system_stores_are_found() {
    let mut entry = Entry::file("letters/data/n.txt", b"x");
    entry.header[13] = 0xFF;
    assert_codes(&with(&[entry]), &["E105"]);
    let long = format!("letters/data/{}", "x/".repeat(2100) + "x");
    assert_codes(&with(&[Entry::pax(b'x', &[("path", &long)]), Entry::file("x", b"x")]), &["E105"]);
    assert_codes(
        &with(&[Entry::new(b'L', "././@LongLink", long.as_bytes()), Entry::file("x", b"x")]),
        &["E105"],
    );
    assert_codes(
        &with(&[Entry::pax(b'x', &[("path", "letters/data/a\0b")]), Entry::file("x", b"x")]),
        &["E105"],
    );
}

#[test]
fn a_name_that_is_there_twice_is_found() {
    assert_codes(&with(&[Entry::file("letters/data/letter.txt", b"another\n")]), &["E109"]);
    assert_codes(&with(&[Entry::file("./letters/data/letter.txt", b"another\n")]), &["E109"]);
}

#[test]
fn two_names_for_one_entry_are_found() {
    let twice = [
        Entry::new(b'L', "././@LongLink", b"letters/data/a\0"),
        Entry::pax(b'x', &[("path", "letters/data/b")]),
        Entry::file("letters/data/c", b"x"),
    ];
    assert_found(&with(&twice), "E103");
    let long = Entry::new(b'L', "././@LongLink", b"letters/data/letter.txt\0");
    assert_found(&before_letter(&[long.clone(), long]), "E103");
    let pax = Entry::pax(b'x', &[("path", "letters/data/letter.txt")]);
    assert_found(&before_letter(&[pax.clone(), pax]), "E103");
    assert_found(&before_letter(&[Entry::pax(b'x', &[("path", "a"), ("path", "b")])]), "E103");
    assert_found(&before_letter(&[Entry::pax(b'g', &[("path", "letters/data/other.txt")])]), "E103");
    let hidden = Entry::new(b'L', "././@LongLink", b"letters/data/letter.txt\0hidden");
    assert_found(&before_letter(&[hidden]), "E103");
    // Python takes the prefix of ustar from headers of GNU and of 1979 as well.
    for magic in [b"ustar  \0", b"\0\0\0\0\0\0\0\0"] {
        let octets = with_letter(|letter| {
            letter.put(257, magic);
            letter.put(345, b"elsewhere");
        });
        assert_found(&octets, "E103");
    }
}

#[test]
fn two_sizes_of_one_entry_are_found() {
    assert_found(&before_letter(&[Entry::pax(b'x', &[("size", "0")])]), "E103");
    assert_found(&before_letter(&[Entry::pax(b'x', &[("size", "1024")])]), "E103");
    assert_found(&before_letter(&[Entry::pax(b'g', &[("size", "46")])]), "E103");
    // A reader that takes the 0 finds headers where others find content.
    let mut smuggled = Entry::file("letters/data/x", &endless(&[Entry::file("letters/data/y", b"y")]));
    let size = smuggled.content.len().to_string();
    smuggled.size(0);
    assert_found(&with(&[Entry::pax(b'x', &[("size", &size)]), smuggled]), "E103");
    assert_found(&before_letter(&[Entry::pax(b'x', &[("size", "46x")])]), "E103");
    let octets = PAYLOAD[0].1.len().to_string();
    let same = before_letter(&[Entry::pax(b'x', &[("size", &octets), ("mtime", "1500000000.5")])]);
    assert_eq!(answer(&same), SOUND);
}

#[test]
fn a_size_that_programs_read_differently_is_found() {
    for size in [
        &b"-0000000056\0"[..],
        b"000000+0056\0",
        b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        b"            ",
    ] {
        assert_found(&with_letter(|letter| letter.put(124, size)), "E103");
    }
    let binary = [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, u8::try_from(PAYLOAD[0].1.len()).unwrap()];
    assert_eq!(answer(&with_letter(|letter| letter.put(124, &binary))), SOUND);
}

#[test]
fn a_header_that_python_takes_for_the_end_is_found() {
    for field in [100, 108, 116, 136, 329, 337] {
        assert_found(&with_letter(|letter| letter.put(field, b"no 8\0")), "E103");
        assert_eq!(answer(&with_letter(|letter| letter.put(field, b"\0\0\0\0\0\0\0\0"))), SOUND);
    }
}

#[test]
fn a_file_that_is_a_folder_to_others_is_found() {
    assert_found(&with(&[Entry::file("letters/data/x/", b"")]), "E103");
    assert_eq!(answer(&with(&[Entry::new(0, "letters/data/x/", b"")])), SOUND);
    let renamed = [Entry::pax(b'x', &[("path", "letters/data/x")]), Entry::new(0, "letters/data/x/", b"")];
    assert_found(&with(&renamed), "E103");
}

#[test]
fn sizes_beyond_all_measure_are_found_in_little_time_and_memory() {
    let mut entry = Entry::file("letters/data/x", b"x");
    entry.put(124, &[0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
    assert_found(&with(&[entry]), "E108");
    let mut extension = Entry::pax(b'x', &[("path", "letters/data/x")]);
    extension.size(64 << 30);
    assert_found(&with(&[extension]), "E110");
}

#[test]
fn what_fonds_does_not_know_is_not_called_sound() {
    for (kind, code) in [(b'S', "W212"), (b'M', "W212"), (b'V', "W212")] {
        let (verdict, codes) = answer(&with(&[Entry::new(kind, "letters/data/x", b"")]));
        assert!(!verdict.is_sound() && codes.contains(&code), "{codes:?}");
    }
    let sparse = before_letter(&[Entry::pax(b'x', &[("GNU.sparse.major", "1")])]);
    for octets in [&sparse, &gzip(&sparse)] {
        assert_eq!(answer(octets), (Verdict::Incomplete, vec!["W212"]));
    }
}

#[test]
fn octets_that_belong_to_no_entry_are_found() {
    let sound = with(&[]);
    assert_codes(&[&*sound, b"hidden"].concat(), &["E111"]);
    assert_codes(&[&*sound, &sound].concat(), &["E111"]);
    assert_eq!(answer(&[&*sound, &vec![0; 20_000]].concat()), SOUND);
    let gz = gzip(&sound);
    assert_eq!(answer(&[&*gz, b"hidden"].concat()), (Verdict::Unsafe, vec!["E111"]));
    assert_eq!(answer(&[&*gz, &[0; 1000]].concat()), SOUND);
    assert_eq!(answer(&[&*gz, &gzip(b"\0\0")].concat()), SOUND);
    assert_eq!(answer(&[&*gz, &gzip(b"hidden")].concat()), (Verdict::Unsafe, vec!["E111"]));
}

#[test]
fn a_zip_behind_or_within_a_tar_is_not_taken_for_it() {
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let behind = [&*with(&[]), zip].concat();
    assert_eq!(answer(&behind), (Verdict::Unsafe, vec!["E103", "E111"]));
    // There it is a ZIP to nobody.
    assert_eq!(answer(&gzip(&behind)), (Verdict::Unsafe, vec!["E111"]));
    assert_codes(&with(&[Entry::file("letters/data/x.zip", zip)]), &["E402"]);
}

#[test]
fn no_cut_is_sound() {
    let whole = with(&[]);
    let content = endless(&letters_below("letters/")).len();
    for end in (1..content).step_by(128) {
        let (verdict, codes) = answer(&whole[..end]);
        assert!(!verdict.is_sound(), "cut at {end}: {codes:?}");
    }
    // Behind the last file nothing is lost but the mark of the end.
    for end in [content, content + 512, whole.len() - 512] {
        assert_eq!(answer(&whole[..end]), (Verdict::Consistent, vec!["W112"]), "cut at {end}");
    }
    assert_eq!(answer(&endless(&letters_below("letters/"))), (Verdict::Consistent, vec!["W112"]));
    let folded = gzip(&whole);
    for end in 1..folded.len() {
        let (verdict, codes) = answer(&folded[..end]);
        assert!(!verdict.is_sound(), "cut at {end}: {codes:?}");
    }
}

#[test]
fn no_changed_octet_of_a_compressed_tar_is_overlooked() {
    let whole = with(&[]);
    let folded = gzip(&whole);
    for place in 10..folded.len() {
        let mut changed = folded.clone();
        changed[place] ^= 0x20;
        let (verdict, codes) = answer(&changed);
        // The same content may be spelt in another way.
        let mut found = Vec::new();
        let is_same = GzDecoder::new(&*changed).read_to_end(&mut found).is_ok() && found == whole;
        assert!(!verdict.is_sound() || is_same, "changed at {place}: {codes:?}");
    }
}

#[test]
fn a_damaged_header_is_found() {
    assert_found(&with_letter(|letter| letter.is_summed = false), "E108");
    let mut first = letters_below("letters/");
    first[0].is_summed = false;
    assert_codes(&tar_of(&first), &["E101"]);
    assert_found(&with(&[Entry::pax(b'x', &[("path", "letters/data/x")])]), "E108");
}

#[test]
fn what_is_neither_is_said_to_be_neither() {
    for octets in [&b"nothing of the kind"[..], &[0; 4096], &gzip(b"nothing of the kind"), &gzip(&[0; 4096])]
    {
        assert_eq!(answer(octets), (Verdict::Unreadable, vec!["E101"]));
    }
}

#[test]
fn bombs_are_found_in_little_time() {
    // Long names without end, and zeros without end behind the end.
    let long = format!("letters/data/{}", "x".repeat(4000));
    let one = endless(&[Entry::pax(b'x', &[("path", &long)]), Entry::file("x", b"")]);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..20_000 {
        encoder.write_all(&one).unwrap();
    }
    let (verdict, codes) = answer(&encoder.finish().unwrap());
    assert!(verdict == Verdict::Unsafe && codes.contains(&"E110"), "{codes:?}");
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&with(&[])).unwrap();
    for _ in 0..100 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    assert_eq!(answer(&encoder.finish().unwrap()), (Verdict::Unsafe, vec!["E110"]));
}
