//! Archives: ZIP, TAR, and what a TAR may be compressed by.

use super::findings::{answer, once};
use bagit::container::{Container, Opening, open_with};
use fixity::PayloadPath;
use rustix::fs::{MemfdFlags, memfd_create};
use std::fs::File;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::path::Path;

/// Octets of the shortest entry of any archive: a central header of a ZIP.
const SHORTEST_ENTRY: usize = 46;
/// How far an archive may unfold, for each octet and in all.
const UNFOLDED_FOR_EACH: usize = 256;
const UNFOLDED_FOR_ANY: usize = 64 << 20;

/// An archive: it is opened and examined to an end, with no more entries than it has room for, and
/// none of them has a name that leads out.
pub fn archive(octets: &[u8]) {
    let file = file_of(octets);
    let container = opened(&file, false);
    let entries = container.entries();
    assert!(entries.is_sorted_by(|a, b| a.path < b.path), "entries in no order, or twice");
    for entry in entries {
        assert_eq!(PayloadPath::problem(entry.path.as_str()), None, "{}", entry.path);
    }
    let unfolded = if octets.starts_with(b"PK") {
        octets.len()
    } else {
        octets.len().saturating_mul(UNFOLDED_FOR_EACH).saturating_add(UNFOLDED_FOR_ANY)
    };
    assert!(entries.len() <= unfolded / SHORTEST_ENTRY, "{} entries", entries.len());
    let alone = answer(&*container, unfolded);
    let with_sums = once(&*opened(&file, true));
    assert_eq!(alone.findings.to_vec(), with_sums.findings.to_vec(), "summed on the way, another answer");
}

/// A file in memory that has these octets.
pub fn file_of(octets: &[u8]) -> File {
    let mut file = File::from(memfd_create("archive", MemfdFlags::CLOEXEC).expect("room in memory"));
    file.write_all(octets).expect("room in memory");
    file
}

/// What such a file is opened as; whether every file is summed on the way, as for a verification.
pub fn opened(file: &File, sums: bool) -> Box<dyn Container> {
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    let opening = Opening { sums, ..Opening::default() };
    open_with(Path::new(&path), &opening).expect("whatever is wrong is a finding")
}
