//! Records: each is where it must be, says what the others say, and nothing is between them.

use super::raw::{Parts, Raw, field, zip_of};
use super::{answer, assert_errors, deflated, letters_below, with, with_letter};
use crate::letters::PAYLOAD;
use bagit::Verdict;

/// The sound bag in parts, one of them changed.
fn with_parts(change: impl FnOnce(&mut Parts)) -> Vec<u8> {
    let mut parts = Parts::of(&letters_below("letters/"));
    change(&mut parts);
    parts.octets()
}

#[test]
fn octets_that_belong_to_nothing_are_found() {
    let sound = zip_of(&letters_below("letters/"));
    for before in [b"#!/bin/sh\n".as_slice(), &[0], &vec![0; 70_000]] {
        assert_errors(&[before, &sound].concat(), &["E111"]);
        // Nobody looks for an end record further from the end than a comment could push it.
        let code = if before.len() > 0xFFFF { "E101" } else { "E111" };
        assert_errors(&[&sound, before].concat(), &[code]);
        // The same with offsets that count from the beginning of the file.
        let mut first = letters_below("letters/");
        first[0].before = before.to_vec();
        assert_errors(&zip_of(&first), &["E111"]);
        let mut second = letters_below("letters/");
        second[1].before = before.to_vec();
        assert_errors(&zip_of(&second), &["E111"]);
    }
    // One archive behind another: at the place that is stated, a reader finds the other's directory.
    assert_errors(&[&*sound, &sound].concat(), &["E103"]);
    assert_errors(&[&*zip_of(&letters_below("x/")), &sound].concat(), &["E111"]);
    let behind_the_last = with_parts(|parts| {
        parts.entries.push(0);
        parts.end[5] += 1;
    });
    assert_errors(&behind_the_last, &["E111"]);
    assert_errors(&with_parts(|parts| parts.before_end = b"x".to_vec()), &["E111"]);
    assert_errors(&with_parts(|parts| parts.before_end = b"PK\x05\x05\x00\x00".to_vec()), &["E111"]);
}

#[test]
fn a_comment_is_a_comment_unless_it_holds_an_end_record() {
    let with_comment = |comment: &[u8]| with_parts(|parts| parts.comment = comment.to_vec());
    for comment in [b"Letters, 1988".as_slice(), b"PK\x01\x02", &vec![b'x'; 0xFFFF]] {
        assert_eq!(answer(&with_comment(comment)), (Verdict::Consistent, vec![]));
    }
    for place in [0, 1, 100, 0xFFFF - 4] {
        let mut comment = vec![b' '; 0xFFFF];
        comment[place..place + 4].copy_from_slice(b"PK\x05\x06");
        assert_errors(&with_comment(&comment), &["E103"]);
    }
    assert_errors(&with_comment(&b"PK\x05\x06".repeat(0x3FFF)), &["E103"]);
    // A whole archive in the comment of another.
    assert_errors(&with_comment(&zip_of(&letters_below("other/"))), &["E103"]);
}

#[test]
fn a_second_end_record_that_fits_the_file_is_found() {
    // It stands in the content of the last file, and all that follows is its comment.
    let mut entries = letters_below("letters/");
    let mut hidden = vec![0; 22];
    hidden[..4].copy_from_slice(b"PK\x05\x06");
    entries.push(Raw::stored("letters/other.bin", &hidden));
    let parts = Parts::of(&entries);
    let rest = parts.directory.len() + 22;
    hidden[20..].copy_from_slice(&u16::try_from(rest).unwrap().to_le_bytes());
    assert_eq!(answer(&zip_of(&entries)), (Verdict::Consistent, vec!["W406"]));
    *entries.last_mut().unwrap() = Raw::stored("letters/other.bin", &hidden);
    assert_errors(&zip_of(&entries), &["E103"]);
}

#[test]
fn an_archive_that_is_cut_short_is_found() {
    let sound = zip_of(&letters_below("letters/"));
    for length in 0..sound.len() {
        assert_errors(&sound[..length], &["E101"]);
    }
    for first in [1, 30, 100] {
        assert_errors(&sound[first..], &["E101"]);
    }
}

#[test]
fn a_count_that_lies_is_found() {
    for (wrong, codes) in [(0, ["E103"]), (1, ["E103"]), (4, ["E103"]), (6, ["E103"]), (0xFFFF, ["E103"])] {
        assert_errors(&with_parts(|parts| (parts.end[2], parts.end[3]) = (wrong, wrong)), &codes);
        assert_errors(&with_parts(|parts| parts.end[2] = wrong), &codes);
        assert_errors(&with_parts(|parts| parts.end[3] = wrong), &codes);
    }
}

#[test]
fn a_central_directory_that_is_not_where_it_must_be_is_found() {
    assert_errors(&with_parts(|parts| parts.end[5] += 1), &["E101"]);
    assert_errors(&with_parts(|parts| parts.end[4] += 1), &["E101"]);
    assert_errors(&with_parts(|parts| parts.end[4] = 0xFFFF_FFFE), &["E101"]);
    // Everything would be one octet further behind than it says.
    let (verdict, codes) = answer(&with_parts(|parts| parts.end[5] -= 1));
    assert!(verdict == Verdict::Unsafe && codes.contains(&"E103") && codes.contains(&"E111"), "{codes:?}");
    // The first header is left out, which some readers notice by the offset and others do not.
    let first = 46 + "letters/bagit.txt".len() as u64;
    assert_errors(&with_parts(|parts| parts.end[4] -= first), &["E103"]);
}

#[test]
fn several_disks_are_found() {
    assert_errors(&with_parts(|parts| parts.end[0] = 1), &["E103"]);
    assert_errors(&with_parts(|parts| parts.end[1] = 1), &["E103"]);
    assert_errors(&with_letter(|letter| letter.disk = 1), &["E103"]);
}

#[test]
fn the_64_bit_end_record_says_what_the_plain_one_says_or_else() {
    let sound = Parts::of(&letters_below("letters/"));
    let at = (sound.entries.len() + sound.directory.len()) as u64;
    let full = [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF];
    let numbers = sound.end;
    for plain in [full, numbers] {
        let widened = Parts { end: plain, ..sound.clone().widened(numbers, at) };
        assert_eq!(answer(&widened.octets()), (Verdict::Consistent, vec![]));
    }
    // Readers that take the 64-bit record whenever it is there read something else than the others.
    let other = [0, 0, numbers[2] - 1, numbers[3] - 1, numbers[4], numbers[5]];
    assert_errors(&sound.clone().widened(other, at).octets(), &["E103"]);
    let full_with = |numbers, at| Parts { end: full, ..sound.clone().widened(numbers, at) };
    assert_errors(&full_with(numbers, at + 1).octets(), &["E103"]);
    assert_errors(&full_with([1, 0, numbers[2], numbers[3], numbers[4], numbers[5]], at).octets(), &["E103"]);
    // A locator without its record.
    let mut cut = full_with(numbers, at);
    cut.before_end.drain(..4);
    assert_errors(&cut.octets(), &["E101"]);
    // A record that is longer than it needs to be: there would be room for anything.
    let mut longer = full_with(numbers, at);
    longer.before_end[4] = 45;
    assert_errors(&longer.octets(), &["E103"]);
    let behind_something = [b"x".as_slice(), &full_with(numbers, at).octets()].concat();
    assert_errors(&behind_something, &["E111"]);
}

#[test]
fn two_headers_that_differ_are_found() {
    type Change = fn(&mut Raw);
    let changes: [Change; 11] = [
        |local| local.version = 64,
        |local| local.name[13] = b'L',
        |local| local.name.push(b'2'),
        |local| local.flags ^= 1,
        |local| local.flags ^= 0x0800,
        |local| local.flags ^= 8,
        |local| local.method = 8,
        |local| local.crc32 ^= 1,
        |local| local.crc32 = 0,
        |local| local.size += 1,
        |local| local.compressed = Some(1),
    ];
    for change in changes {
        let octets = with_letter(|letter| *letter = letter.clone().locally(change));
        assert_errors(&octets, &["E103"]);
    }
    // How hard something was deflated is nobody's business.
    let octets = with_letter(|letter| *letter = letter.clone().locally(|local| local.flags ^= 6));
    assert_eq!(answer(&octets), (Verdict::Consistent, vec![]));
}

#[test]
fn sizes_of_64_bits_are_read_and_contradictions_found() {
    let letter = PAYLOAD[0].1.len() as u64;
    let wide = |letter: &mut Raw| letter.wide = Some([letter.size.into(), letter.kept.len() as u64]);
    assert_eq!(answer(&with_letter(wide)), (Verdict::Consistent, vec![]));
    let locally = |change: fn(&mut Raw)| with_letter(|letter| *letter = letter.clone().locally(change));
    assert_errors(&locally(|local| local.wide = Some([1, 2])), &["E103"]);
    // Plain fields that are not full, and a 64-bit field that says the same, or something else.
    let both = [letter.to_le_bytes(), letter.to_le_bytes()].concat();
    assert_eq!(answer(&with_letter(|letter| letter.extra = field(1, &both))), (Verdict::Consistent, vec![]));
    assert_errors(&with_letter(|letter| letter.extra = field(1, &[0; 16])), &["E103"]);
    assert_errors(&with_letter(|letter| letter.extra = field(1, &[0; 3])), &["E103"]);
    let twice = |letter: &mut Raw| (letter.wide, letter.extra) = (Some([45, 45]), field(1, &[0; 16]));
    assert_errors(&with_letter(twice), &["E103"]);
    // Too short for what is full.
    let short = |letter: &mut Raw| {
        wide(letter);
        letter.wide = None;
        (letter.size, letter.compressed) = (u32::MAX, Some(u32::MAX));
        letter.extra = field(1, &letter_octets(letter));
    };
    let codes = answer(&with_letter(short));
    assert!(codes.0 == Verdict::Unsafe && codes.1.contains(&"E103"), "{codes:?}");
}

fn letter_octets(letter: &Raw) -> Vec<u8> {
    (letter.kept.len() as u64).to_le_bytes().to_vec()
}

#[test]
fn extra_fields_that_run_beyond_their_place_are_found() {
    assert_errors(&with_letter(|letter| letter.extra = b"ux\x05\x00x".to_vec()), &["E103"]);
    for harmless in [b"\0\0\0".as_slice(), b"\0\0\0\0", b"ux\x01\x00x"] {
        let octets = with_letter(|letter| letter.extra = harmless.to_vec());
        assert_eq!(answer(&octets), (Verdict::Consistent, vec![]));
    }
}

#[test]
fn data_descriptors_of_all_four_forms_are_read() {
    let content = PAYLOAD[0].1;
    let crc32 = fixity::sum_of(content, &[]).crc32.to_le_bytes();
    for kept in [content.to_vec(), deflated(content)] {
        let sizes = [kept.len() as u64, content.len() as u64];
        let narrow: Vec<u8> = sizes.iter().flat_map(|size| size.to_le_bytes()[..4].to_vec()).collect();
        let wide: Vec<u8> = sizes.iter().flat_map(|size| size.to_le_bytes()).collect();
        for sizes in [narrow, wide] {
            for signature in [b"PK\x07\x08".as_slice(), b""] {
                let described = [signature, &crc32, &sizes].concat();
                let letter = |behind: &[u8]| {
                    with_letter(|letter| {
                        (letter.kept, letter.method) = (kept.clone(), if kept == content { 0 } else { 8 });
                        *letter = letter.clone().described(behind);
                    })
                };
                assert_eq!(answer(&letter(&described)), (Verdict::Consistent, vec![]));
                assert_errors(&letter(&[&*described, b"x"].concat()), &["E111"]);
                assert_errors(&letter(&[b"x", &*described].concat()), &["E103"]);
                assert_errors(&letter(&described[..described.len() - 1]), &["E103"]);
                for place in 0..described.len() {
                    let mut wrong = described.clone();
                    wrong[place] ^= 1;
                    assert_errors(&letter(&wrong), &["E103"]);
                }
            }
        }
    }
    assert_errors(&with_letter(|letter| *letter = letter.clone().described(b"")), &["E103"]);
    assert_errors(
        &with_letter(|letter| letter.behind = [&crc32[..], &[45, 0, 0, 0, 45, 0, 0, 0]].concat()),
        &["E111"],
    );
}

#[test]
fn entries_that_overlap_are_found_and_none_is_read() {
    let sound = Parts::of(&letters_below("letters/"));
    let second =
        sound.directory.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").nth(1).unwrap().0;
    let offset = u32::from_le_bytes(sound.directory[second + 42..second + 46].try_into().unwrap());
    // To the first local header, into it, into the content of the first, beyond all.
    for (to, codes) in [(0, ["E103"]), (1, ["E103"]), (60, ["E103"])] {
        let mut parts = sound.clone();
        parts.directory[second + 42..second + 46].copy_from_slice(&u32::to_le_bytes(to));
        assert_errors(&parts.octets(), &codes);
    }
    let mut parts = sound;
    parts.directory[second + 42..second + 46].copy_from_slice(&(offset + 1).to_le_bytes());
    let (verdict, codes) = answer(&parts.octets());
    assert!(verdict == Verdict::Unsafe && codes.contains(&"E103"), "{codes:?}");
    // An entry that quotes the next one as its content (a bomb of many kernels does that).
    let mut entries = letters_below("letters/");
    let next = Parts::of(&entries[1..2]).entries;
    entries[0].compressed = Some(u32::try_from(entries[0].kept.len() + next.len()).unwrap());
    entries[0].size = entries[0].compressed.unwrap();
    assert_errors(&zip_of(&entries), &["E103"]);
}

#[test]
fn content_that_would_reach_into_the_central_directory_is_found() {
    for more in [1, 1000, u32::MAX - 1000] {
        let mut entries = letters_below("letters/");
        let last = entries.last_mut().unwrap();
        last.size += more;
        last.compressed = Some(last.size);
        let (verdict, codes) = answer(&zip_of(&entries));
        assert!(verdict == Verdict::Unsafe && codes == ["E103"], "{codes:?}");
    }
}

#[test]
fn a_stored_file_of_two_sizes_is_found() {
    let (verdict, codes) = answer(&with_letter(|letter| letter.size -= 1));
    assert!(verdict == Verdict::Unsafe && codes.contains(&"E103"), "{codes:?}");
}

#[test]
fn octets_hidden_in_a_directory_entry_are_found() {
    assert_errors(&with(Raw::stored("letters/data/folder/", b"hidden")), &["E103"]);
    let folder = |kept: &[u8], method: u16| {
        let mut folder = Raw::directory("letters/data/folder/");
        (folder.kept, folder.method) = (kept.to_vec(), method);
        with(folder)
    };
    // Java deflates directories, too: nothing at all, in two octets.
    assert_eq!(answer(&folder(b"\x03\0", 8)), (Verdict::Consistent, vec![]));
    assert_errors(&folder(&deflated(b"hidden"), 8), &["E103"]);
    assert_errors(&folder(b"\x03\0x", 8), &["E103"]);
    assert_errors(&folder(b"hidden", 0), &["E103"]);
}
