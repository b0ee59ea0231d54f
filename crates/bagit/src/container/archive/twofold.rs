//! Files that are a TAR and a ZIP at once: a TAR is told by how it begins, and a ZIP by how it ends.

use super::tar;
use crate::finding::{E103, Finding};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// How an end record begins, and how long it is without its comment.
const END_SIGNATURE: &[u8] = b"PK\x05\x06";
const END_OCTETS: usize = 22;
/// Programs look for an end record in so many octets before the end of a file.
const TAIL_OCTETS: u64 = 22 + 0xFFFF;

/// Names under which every program unfolds a file as a TAR, or by the compression.
const NAMES_OF_TARS: [&str; 11] =
    [".tar", ".tgz", ".tbz2", ".tbz", ".txz", ".tzst", ".gz", ".bz2", ".xz", ".zst", ".zstd"];

/// Whether a file that begins so is a ZIP: with an entry, with the end, or as the first of several disks.
pub(super) fn begins_zip(first: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].into_iter().any(|signature| first.starts_with(signature))
}

/// The finding that a ZIP begins as a TAR.
pub(super) fn begins_tar_too(first: &[u8]) -> Option<Finding> {
    let message = "expected a ZIP and nothing else, found that it begins as a TAR, which other programs read";
    tar::is_header(first).then(|| Finding::new(&E103, "", message))
}

/// The finding that a TAR ends as a ZIP. Under the name of a TAR nobody takes it for one; and a TAR may
/// well hold a ZIP as its last document, which does not reach to the end of the file.
///
/// # Errors
/// If the file cannot be read.
pub(super) fn ends_as_zip_too(file: &File, path: &Path) -> io::Result<Option<Finding>> {
    let is_named = |endings: &[&str]| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes().to_ascii_lowercase();
        endings.iter().any(|ending| name.ends_with(ending.as_bytes()))
    };
    if is_named(&NAMES_OF_TARS) {
        return Ok(None);
    }
    let length = file.metadata()?.len();
    let octets = length.min(TAIL_OCTETS);
    let mut tail = vec![0; usize::try_from(octets).unwrap_or(0)];
    file.read_exact_at(&mut tail, length - octets)?;
    let is_zip = is_named(&[".zip"]);
    let ends = tail.windows(END_OCTETS).enumerate().any(|(at, record)| {
        let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
        record.starts_with(END_SIGNATURE) && (is_zip || at + END_OCTETS + comment == tail.len())
    });
    let message = "expected a TAR and nothing else, found that it ends as a ZIP, which other programs read";
    Ok(ends.then(|| Finding::new(&E103, "", message)))
}
