//! Archives that claim or hold too much: refused in little time and memory.

use super::raw::{Parts, Raw, zip_of};
use super::{answer, assert_errors, deflated, letters_below};
use bagit::Verdict;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longer than any answer here may take, in an unoptimised build.
const LONGEST: Duration = Duration::from_secs(10);

/// The answer on an archive; it fails the test to take longer.
fn answer_in_time(octets: Vec<u8>) -> (Verdict, Vec<&'static str>) {
    let (done, wait) = channel();
    std::thread::spawn(move || done.send(answer(&octets)));
    wait.recv_timeout(LONGEST).unwrap()
}

/// The sound bag with a file of zeros that is said to have so many octets.
fn with_zeros(size: u64) -> Vec<u8> {
    let mut entries = letters_below("letters/");
    let mut zeros = Raw::stored("letters/zeros.bin", b"");
    zeros.kept = deflated(&vec![0; 1 << 20]);
    (zeros.method, zeros.wide) = (8, Some([size, zeros.kept.len() as u64]));
    entries.push(zeros);
    zip_of(&entries)
}

#[test]
fn what_unfolds_too_far_is_not_read() {
    let archive = with_zeros(0).len() as u64;
    let others: u64 = letters_below("").iter().map(|entry| u64::from(entry.size)).sum();
    let most = archive * 256 + (64 << 20) - others;
    assert_errors(&with_zeros(most), &["E104", "W406"]);
    for size in [most + 1, 1 << 40, u64::MAX] {
        assert_errors(&with_zeros(size), &["E110"]);
    }
}

#[test]
fn sizes_beyond_all_measure_do_not_add_up_to_little() {
    let mut entries = letters_below("letters/");
    for name in ["letters/data/x", "letters/data/y", "letters/data/z"] {
        let mut entry = Raw::stored(name, &deflated(b"x"));
        (entry.method, entry.wide) = (8, Some([u64::MAX - 1, entry.kept.len() as u64]));
        entries.push(entry);
    }
    assert_errors(&zip_of(&entries), &["E110"]);
}

#[test]
fn more_entries_than_the_file_has_room_for_are_not_listed() {
    let sound = Parts::of(&letters_below("letters/"));
    let at = (sound.entries.len() + sound.directory.len()) as u64;
    for (count, code) in [(150_000, "E103"), (150_002, "E110"), (u64::MAX, "E110")] {
        let numbers = [0, 0, count, count, sound.end[4], sound.end[5]];
        let full = [0, 0, 0xFFFF, 0xFFFF, sound.end[4], sound.end[5]];
        let octets = Parts { end: full, ..sound.clone().widened(numbers, at) }.octets();
        assert_errors(&octets, &[code]);
    }
}

#[test]
fn more_extra_fields_than_any_archive_needs_are_not_read() {
    let with_fields = |octets: usize| {
        let mut entries = letters_below("letters/");
        let mut full = Raw::stored("letters/x", b"");
        full.extra = vec![0; octets];
        entries
            .extend((0..60).map(|number| Raw { name: format!("letters/{number}").into(), ..full.clone() }));
        zip_of(&entries)
    };
    assert_eq!(answer_in_time(with_fields(38_000)), (Verdict::Consistent, vec!["W406"]));
    assert_eq!(answer_in_time(with_fields(60_000)), (Verdict::Unsafe, vec!["E110"]));
}

#[test]
fn very_many_entries_take_little_time() {
    let mut parts = Parts::of(&letters_below("letters/"));
    // More headers than the end record counts are not even listed.
    let header = parts.directory.clone();
    for _ in 0..200_000 {
        parts.directory.extend_from_slice(&header);
    }
    parts.end[4] = parts.directory.len() as u64;
    assert_eq!(answer_in_time(parts.octets()), (Verdict::Unsafe, vec!["E110"]));
}

#[test]
fn long_names_with_much_in_common_take_little_time() {
    let mut entries = letters_below("letters/");
    let deep = format!("letters/{}", "d/".repeat(2000));
    entries.extend((0..2000).map(|number| Raw::stored(&format!("{deep}{number}"), b"")));
    assert_eq!(answer_in_time(zip_of(&entries)), (Verdict::Consistent, vec!["W406"]));
    let mut entries = letters_below("letters/");
    entries.extend((0..500).map(|number| Raw::stored(&format!("{number}/{}x", "d/".repeat(32_000)), b"")));
    assert_eq!(answer_in_time(zip_of(&entries)), (Verdict::Altered, vec!["E107"]));
}
