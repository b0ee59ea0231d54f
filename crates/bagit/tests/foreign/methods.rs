//! Contents by their methods: read, left unread, or found to be something else.

use super::{answer, assert_errors, deflated, with_letter};
use crate::letters::{PAYLOAD, bag_of};
use crate::raw::{Raw, zip_of};
use bagit::{Severity, Verdict};
use std::io::Write;

/// The letter as `xz` folds it, with a dictionary of 4 KiB and one of 256 MiB.
const XZ: &str = "fd377a585a0000016922de360200210100000000372797d6e0002d00275d002a1a08a203567cb8819a67cc513f31e2\
                  0e6db96287a5271af361a32842c9375855fcd7ef5000000000b0d65cec00013f2ed8928ea49042990d010000000001595a";
const LARGE_XZ: &str = "fd377a585a0000016922de3602002101200000000988a576e0002d00275d002a1a08a203567cb8819a67cc513f31e2\
                        0e6db96287a5271af361a32842c9375855fcd7ef5000000000b0d65cec00013f2ed8928ea49042990d010000000001595a";

fn octets_of(hexadecimal: &str) -> Vec<u8> {
    let digit = |octet: u8| u8::try_from(char::from(octet).to_digit(16).unwrap()).unwrap();
    hexadecimal.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A zstd frame of one raw block.
fn zstd(content: &[u8], window: u8) -> Vec<u8> {
    let header = u32::try_from(content.len() << 3 | 1).unwrap().to_le_bytes();
    [&[0x28, 0xB5, 0x2F, 0xFD, 0, window], &header[..3], content].concat()
}

/// The sound bag with its letter kept in another way.
fn letter_kept(method: u16, kept: &[u8]) -> Vec<u8> {
    with_letter(|letter| (letter.method, letter.kept) = (method, kept.to_vec()))
}

#[test]
fn content_is_read_by_six_methods() {
    let letter = PAYLOAD[0].1;
    let kept = [
        (0, letter.to_vec()),
        (8, deflated(letter)),
        (9, deflated(letter)),
        (12, bzip2(letter)),
        (93, zstd(letter, 0)),
        (95, octets_of(XZ)),
    ];
    for (method, kept) in kept {
        assert_eq!(answer(&letter_kept(method, &kept)), (Verdict::Consistent, vec![]), "{method}");
        if method == 0 {
            continue;
        }
        // What stands behind the end would be seen by nobody; nor may the end be missing.
        for more in [b"hidden".as_slice(), &[0], &[0; 4], &kept] {
            assert_errors(&letter_kept(method, &[&*kept, more].concat()), &["E108"]);
        }
        for length in 0..kept.len() {
            assert_errors(&letter_kept(method, &kept[..length]), &["E108"]);
        }
    }
}

#[test]
fn deflate64_has_longer_matches_than_deflate() {
    // One static block: the letter `a`, then the last length code with 16 further bits, all ones,
    // at distance 1, and the end. Codes stand with their first bit first, numbers with their last.
    let codes = ["1", "10", "10010001", "11000101", "1111111111111111", "00000", "0000000"].concat();
    let bits: Vec<u8> = codes.bytes().map(|bit| bit - b'0').collect();
    // The kind of block is a number, of two bits: 1.
    let octet = |eight: &[u8]| eight.iter().rev().fold(0, |sum, bit| sum << 1 | bit);
    let kept: Vec<u8> = bits.chunks(8).map(octet).collect();
    let content = vec![b'a'; 1 + 3 + 0xFFFF];
    let files = [("data/a.txt", content.as_slice())];
    let mut entries: Vec<Raw> =
        bag_of(&files).iter().map(|(path, octets)| Raw::stored(&format!("top/{path}"), octets)).collect();
    let entry = entries.iter_mut().find(|entry| entry.name.ends_with(b"a.txt")).unwrap();
    (entry.method, entry.kept) = (9, kept.clone());
    assert_eq!(answer(&zip_of(&entries)), (Verdict::Consistent, vec![]));
    let entry = entries.iter_mut().find(|entry| entry.name.ends_with(b"a.txt")).unwrap();
    entry.kept.push(0);
    assert_errors(&zip_of(&entries), &["E108"]);
}

#[test]
fn content_that_asks_for_too_much_memory_is_left_unread() {
    let letter = PAYLOAD[0].1;
    let incomplete = (Verdict::Incomplete, vec!["W212"]);
    assert_eq!(answer(&letter_kept(95, &octets_of(LARGE_XZ))), incomplete);
    // 2 to the power of 10 and the upper five bits: 128 MiB, 256 MiB, 2 TiB.
    assert_eq!(answer(&letter_kept(93, &zstd(letter, 17 << 3))), (Verdict::Consistent, vec![]));
    assert_eq!(answer(&letter_kept(93, &zstd(letter, 18 << 3))), incomplete);
    assert_eq!(answer(&letter_kept(93, &zstd(letter, 31 << 3))), incomplete);
}

#[test]
fn what_fonds_does_not_read_is_left_unread_and_not_missed() {
    let incomplete = (Verdict::Incomplete, vec!["W212"]);
    for method in [1, 2, 5, 6, 7, 10, 14, 96, 97, 98, 99, 0xFFFF] {
        assert_eq!(answer(&letter_kept(method, b"whatever it is")), incomplete, "{method}");
    }
    for flags in [1, 0x41, 0x20, 0x2001] {
        assert_eq!(answer(&with_letter(|letter| letter.flags |= flags)), incomplete, "{flags}");
    }
    assert_eq!(answer(&with_letter(|letter| letter.version = 63)), (Verdict::Consistent, vec![]));
    assert_eq!(answer(&with_letter(|letter| letter.version = 64)), incomplete);
    // Encryption puts twelve octets before a stored file.
    let encrypted = |letter: &mut Raw| {
        letter.flags |= 1;
        letter.kept.splice(0..0, [0; 12]);
    };
    assert_eq!(answer(&with_letter(encrypted)), incomplete);
}

#[test]
fn content_that_is_not_what_its_header_says_is_found() {
    assert_errors(&with_letter(|letter| letter.crc32 ^= 1), &["E104"]);
    let content = PAYLOAD[0].1;
    for (method, kept) in [(8, deflated(content)), (12, bzip2(content)), (95, octets_of(XZ))] {
        for size in [0, content.len() - 1, content.len() + 1, content.len() + 1000] {
            let octets = with_letter(|letter| {
                (letter.method, letter.kept) = (method, kept.clone());
                letter.size = u32::try_from(size).unwrap();
            });
            let (verdict, codes) = answer(&octets);
            assert!(verdict.severity() == Severity::Error && codes.contains(&"E104"), "{size}: {codes:?}");
        }
    }
}
