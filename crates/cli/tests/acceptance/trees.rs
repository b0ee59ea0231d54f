//! Sources to be packed.

use crate::place::Place;
use std::fs::{File, FileTimes};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Octets that do not compress and are the same every time.
pub fn noise(seed: u64, octets: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let step = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..octets).map(step).collect()
}

/// Gives a file a time to the nanosecond.
pub fn date(path: &Path, nanoseconds: u64) {
    let modified = SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds);
    let times = FileTimes::new().set_modified(modified).set_accessed(modified);
    File::open(path).unwrap().set_times(times).unwrap();
}

/// What the rich tree holds; a name that ends in `/` is an empty folder.
pub const RICH: [&str; 29] = [
    ".config/settings.json",
    ".hidden",
    "+plus",
    "-minus",
    "=1+1.csv",
    "@at, \"quoted\"",
    "'apostrophe' and ''two''",
    "aa",
    "a b/c d/e f.txt",
    "a-b",
    "a.b",
    "a/deep/er/and/deep/er/still/file",
    "a/z",
    "bagit.txt.old",
    "data/data/manifest-sha256.txt",
    "e\u{301}.txt",
    "empty.txt",
    "empty/",
    "emptier/one/",
    "emptier/two/",
    "large/beyond 300 KiB",
    "large/exactly 256 KiB",
    "large/five MiB",
    "metadata/manifest.csv",
    "Отчёт/Глава 1.txt",
    "تقارير/تقرير ٢٠٢٦.html",
    "گزارش ۱۳۶۷/نامه‌ها/«نامهٔ اول»، تهران.txt",
    "😀/👩‍👩‍👧‍👦.png",
    "💾",
];

/// A tree with a little of everything that may be packed as it is.
pub fn rich(place: &Place, name: &str) {
    for (number, path) in (1_u64..).zip(RICH) {
        lay(place, name, number, path);
    }
}

/// The same files, made in another order.
pub fn rich_in_another_order(place: &Place, name: &str) {
    let mut numbered: Vec<_> = (1_u64..).zip(RICH).collect();
    numbered.reverse();
    numbered.rotate_left(7);
    for (number, path) in numbered {
        lay(place, name, number, path);
    }
}

fn lay(place: &Place, name: &str, number: u64, path: &str) {
    let full = format!("{name}/{path}");
    if path.ends_with('/') {
        place.folder(full);
        return;
    }
    let file = place.file(full, contents(number, path));
    date(&file, number * 40_000_000 * 1_000_000_000 + number * 1_001_001);
}

fn contents(number: u64, path: &str) -> Vec<u8> {
    let is = |extension| Path::new(path).extension().is_some_and(|found| found == extension);
    match path {
        "empty.txt" => Vec::new(),
        "large/beyond 300 KiB" => noise(number, 300 * 1024 + 7),
        "large/exactly 256 KiB" => noise(number, 256 * 1024),
        "large/five MiB" => noise(number, 5 << 20),
        _ if is("html") => format!("<!DOCTYPE html><title>{path}</title>").into_bytes(),
        _ if is("png") => [b"\x89PNG\r\n\x1a\n".as_slice(), &noise(number, 100)].concat(),
        _ => format!("{path}\r\nline two of {number}\n").into_bytes(),
    }
}

/// Many small files in some folders.
pub fn many(place: &Place, name: &str, files: usize) {
    for number in 0..files {
        place.file(format!("{name}/{:03}/{number:06}.txt", number / 500), format!("file {number}\n"));
    }
}

/// A few letters: enough where little is asked.
pub fn letters(place: &Place) {
    for (number, name) in (1..).zip(["a.txt", "b.txt", "sub/c.txt"]) {
        let file = place.file(format!("letters/{name}"), format!("letter {name}\n"));
        date(&file, number * 1_000_000_000_000_000_000 / 7 + 123_456_789);
    }
    place.folder("letters/none");
}
