//! Tag texts of which there is more than was stated, or very much: no more is read than was stated, and
//! whoever asks to stop is heard.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::ErrorKind;
use bagit::container::{Container, Contents, Entry, EntryKind, Notes, Stream};
use bagit::validate::validate;
use fixity::{Observer, PayloadPath, Step};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const DECLARATION: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// What a text has, whatever is stated.
const MANY: u64 = 64 << 20;
/// A text that is as long as this is meant to be read in many pieces.
const PIECES: u64 = 2 << 20;

/// A bag of which one tag file is lines without end.
struct Flood {
    contents: Contents,
    flooded: &'static str,
    read: AtomicU64,
}

impl Flood {
    fn of(flooded: &'static str, stated_octets: u64) -> Self {
        let paths = ["bagit.txt", "data/a", "fetch.txt", "manifest-sha256.txt"];
        let mut entries: Vec<Entry> = paths
            .into_iter()
            .map(|path| Entry {
                path: PayloadPath::new(path).unwrap(),
                kind: EntryKind::File,
                size_octets: octets_of(path).len() as u64,
                crc32: None,
                modified: None,
            })
            .collect();
        entries.iter_mut().find(|entry| entry.path.as_str() == flooded).unwrap().size_octets = stated_octets;
        Self { contents: Contents { entries, ..Contents::default() }, flooded, read: AtomicU64::new(0) }
    }

    fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

fn octets_of(path: &str) -> &'static [u8] {
    if path == "bagit.txt" { DECLARATION } else { b"" }
}

impl Container for Flood {
    fn contents(&self) -> &Contents {
        &self.contents
    }

    fn open(&self, index: usize, _: Notes<'_>) -> Option<Stream<'_>> {
        let path = self.contents.entries[index].path.as_str();
        Some(if path == self.flooded {
            Box::new(Counted { text: io::repeat(b'\n').take(MANY), read: &self.read })
        } else {
            Box::new(octets_of(path))
        })
    }
}

struct Counted<'a> {
    text: io::Take<io::Repeat>,
    read: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.text.read(room)?;
        self.read.fetch_add(octets as u64, Ordering::Relaxed);
        Ok(octets)
    }
}

#[test]
fn no_tag_file_is_read_beyond_what_is_stated() {
    for flooded in ["bagit.txt", "fetch.txt", "manifest-sha256.txt"] {
        let flood = Flood::of(flooded, 100);
        let examined = validate(&flood, 2, &()).unwrap();
        assert!((&examined.report.findings).into_iter().any(|finding| *finding.path == *flooded));
        // Once for what it says, and once for its sum.
        assert!(flood.read() <= 2 * 101, "{flooded}: {} octets", flood.read());
    }
}

#[test]
fn a_tag_file_is_read_as_far_as_is_stated() {
    let flood = Flood::of("manifest-sha256.txt", PIECES);
    let examined = validate(&flood, 2, &()).unwrap();
    let told = format!("lines 1 to {}:", PIECES + 1);
    assert!((&examined.report.findings).into_iter().any(|finding| finding.message.starts_with(&told)));
}

/// Asks to stop, once only, when so much was read of the flood.
struct Stops<'a>(&'a Flood, u64, AtomicBool);

impl Observer for Stops<'_> {
    fn observe(&self, _: Step) -> ControlFlow<()> {
        let Self(flood, from, is_over) = self;
        if flood.read() >= *from && !is_over.swap(true, Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[test]
fn whoever_asks_to_stop_is_heard_amid_a_tag_file() {
    // A manifest is read before all is summed, and fetch.txt after that.
    for (flooded, from) in [("manifest-sha256.txt", 1), ("fetch.txt", PIECES + 2)] {
        let flood = Flood::of(flooded, PIECES);
        let stopped = validate(&flood, 2, &Stops(&flood, from, AtomicBool::new(false)));
        assert_eq!(stopped.map(|_| ()).unwrap_err().kind(), ErrorKind::Cancelled, "{flooded}");
        assert!(flood.read() < from + PIECES / 2, "{flooded}: {} octets", flood.read());
    }
}
