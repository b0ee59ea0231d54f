//! Two readers of one ZIP: our own audit, and the crate `zip`. They share no code, and have to
//! come to the same.

use crate::finding::{E103, Finding};
use crate::zip::{Audited, shown};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use zip::ZipArchive;

/// Octets read at a time: headers of small neighbours come together.
const ROOM: usize = 16 << 10;

/// Where the crate `zip` reads something else than the audit, if it does.
pub(super) fn disagreement(file: &File, audited: &[Audited]) -> Option<Finding> {
    let (path, message) = compare(file, audited).err()?;
    let message = format!("expected two readers to read the same, found {message}");
    Some(Finding::new(&E103, path, message))
}

fn compare(file: &File, audited: &[Audited]) -> Result<(), (String, String)> {
    let refused =
        |error: &dyn std::fmt::Display| (String::new(), format!("that one cannot read it: {error}"));
    let octets = file.metadata().map_err(|error| refused(&error))?.len();
    let place = BufReader::with_capacity(ROOM, Place { file, at: 0, octets });
    let mut archive = ZipArchive::new(place).map_err(|error| refused(&error))?;
    // It keeps one entry of each name; that there are two is told elsewhere.
    if archive.has_duplicate_names() {
        return Ok(());
    }
    if archive.len() != audited.len() {
        return Err((String::new(), format!("{} entries and {}", audited.len(), archive.len())));
    }
    for (index, ours) in audited.iter().enumerate() {
        let at = |message: &str| (shown(&ours.name), message.to_owned());
        let theirs =
            archive.by_index_raw(index).map_err(|error| at(&format!("that one cannot read it: {error}")))?;
        let differing = [
            ("names", theirs.name_raw() == &*ours.name),
            ("sizes", theirs.size() == ours.size && theirs.compressed_size() == ours.compressed),
            ("CRC-32s", theirs.crc32() == ours.crc32),
            ("places", theirs.header_start() == ours.offset && theirs.data_start() == ours.data_offset),
            ("methods", is_method(theirs.compression(), ours)),
        ];
        if let Some((what, _)) = differing.iter().find(|(_, agree)| !agree) {
            return Err(at(&format!("two different {what}")));
        }
    }
    Ok(())
}

/// Whether the method is the same; that of an encrypted entry may stand in its extra field.
#[allow(deprecated, reason = "the crate advises against matching on numbers; here they are what is compared")]
fn is_method(theirs: zip::CompressionMethod, ours: &Audited) -> bool {
    ours.is_encrypted() || theirs.to_u16() == ours.method
}

/// A shared file with a reading place of its own; has no way to write.
struct Place<'a> {
    file: &'a File,
    at: u64,
    octets: u64,
}

impl Read for Place<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.file.read_at(room, self.at)?;
        self.at += octets as u64;
        Ok(octets)
    }
}

impl Seek for Place<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.octets.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
