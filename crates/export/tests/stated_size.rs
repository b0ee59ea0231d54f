//! A sheet that goes on for ever is copied no further than its archive says that it reaches.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::container::{Container, Contents, Entry, EntryKind, Notes, Stream};
use export::vouched;
use fixity::PayloadPath;
use std::io::{self, Read};

const SHEET: &str = "metadata/manifest.csv";
const STATED_OCTETS: u64 = 100;

struct Flood(Contents);

fn listed() -> Vec<u8> {
    format!("{}  {SHEET}\n", "0".repeat(64)).into_bytes()
}

fn entry(path: &str, size_octets: u64) -> Entry {
    let path = PayloadPath::new(path).unwrap();
    Entry { path, kind: EntryKind::File, size_octets, crc32: None, modified: None }
}

impl Container for Flood {
    fn contents(&self) -> &Contents {
        &self.0
    }

    fn open(&self, index: usize, _: Notes<'_>) -> Option<Stream<'_>> {
        Some(if self.0.entries[index].path.as_str() == SHEET {
            Box::new(io::repeat(b'\n').take(64 << 20))
        } else {
            Box::new(io::Cursor::new(listed()))
        })
    }
}

#[test]
fn no_more_of_a_sheet_is_copied_than_is_stated() {
    let entries = vec![entry(SHEET, STATED_OCTETS), entry("tagmanifest-sha256.txt", listed().len() as u64)];
    let flood = Flood(Contents { entries, ..Contents::default() });
    let mut copied = Vec::new();
    let refused = vouched::copy(&flood, SHEET, &mut copied).unwrap_err();
    assert!(refused.to_string().contains("as its tag manifest says"), "{refused}");
    // One octet more shows that there is more.
    assert_eq!(copied.len() as u64, STATED_OCTETS + 1);
}
