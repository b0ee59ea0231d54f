//! Deflates the entries of a stored ZIP into another, in the same canonical layout.

use super::reader::{CanonicalZip, Stop, ZipEntry};
use super::record::{Header, Method, put_end};
use crate::{Error, ErrorKind, Result};
use fixity::{Observer, Step};
use flate2::{Compression, Crc, write::DeflateEncoder};
use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Octets handed to the compressor at a time: fixed, because its output depends on it.
const CHUNK_OCTETS: usize = 64 << 10;
/// The level whose output depends least on anything else.
pub(super) const LEVEL: u32 = 9;

/// Writes `stored`, a canonical ZIP of stored entries, into the empty file `out` at `path`, with
/// every entry deflated that becomes smaller by it.
///
/// The octets are a function of those of `stored` and of the compressor's version.
///
/// # Errors
/// If `stored` cannot be read, or `out` not be written.
pub fn recompress(stored: &File, out: &File, path: &Path, observer: &dyn Observer) -> Result<()> {
    let zip = CanonicalZip::read(stored).map_err(|stop| match stop {
        Stop::Failed(error) => Error::io(ErrorKind::Read, "read back", path, error),
        Stop::Deviates(what) => {
            Error::new(ErrorKind::Reread, format!("cannot compress `{}`: {}", path.display(), what.0))
        }
    })?;
    let failed = |error| Error::io(ErrorKind::Write, "write", path, error);
    let mut directory = Vec::new();
    let mut at = 0;
    for entry in &zip.entries {
        let header = put_entry(&zip, entry, out, at).map_err(failed)?;
        header.put_central(&mut directory, at);
        at += header.local_octets() + header.compressed;
        if observer.observe(Step::Advanced { files: 1, octets: entry.size }) == ControlFlow::Break(()) {
            return Err(Error::new(ErrorKind::Cancelled, "cancelled"));
        }
    }
    let octets = directory.len() as u64;
    put_end(&mut directory, zip.entries.len() as u64, octets, at);
    out.write_all_at(&directory, at).and_then(|()| out.set_len(at + directory.len() as u64)).map_err(failed)
}

/// Writes one entry at `at`, deflated if that makes it smaller.
fn put_entry<'a>(zip: &CanonicalZip, entry: &'a ZipEntry, out: &File, at: u64) -> io::Result<Header<'a>> {
    let mut header = Header {
        name: &entry.name,
        method: Method::Deflated,
        modified: entry.modified,
        crc32: entry.crc32,
        size: entry.size,
        compressed: entry.size,
    };
    let data = at + header.local_octets();
    let mut crc = Crc::new();
    if entry.size > 0 {
        let mut encoder = DeflateEncoder::new(At { file: out, at: data }, Compression::new(LEVEL));
        each_chunk(zip, entry, |chunk| {
            crc.update(chunk);
            encoder.write_all(chunk)
        })?;
        header.compressed = encoder.finish()?.at - data;
    }
    if header.compressed >= entry.size {
        (header.method, header.compressed) = (Method::Stored, entry.size);
        let mut place = At { file: out, at: data };
        crc = Crc::new();
        each_chunk(zip, entry, |chunk| {
            crc.update(chunk);
            place.write_all(chunk)
        })?;
    }
    if crc.sum() != entry.crc32 {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "what was staged does not read back the same",
        ));
    }
    let mut octets = Vec::new();
    header.put_local(&mut octets);
    out.write_all_at(&octets, at)?;
    Ok(header)
}

fn each_chunk(
    zip: &CanonicalZip,
    entry: &ZipEntry,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK_OCTETS];
    let (mut at, mut left) = (entry.data_offset(), entry.size);
    while left > 0 {
        let octets = CHUNK_OCTETS.min(usize::try_from(left).unwrap_or(CHUNK_OCTETS));
        zip.file.read_exact_at(&mut chunk[..octets], at)?;
        each(&chunk[..octets])?;
        at += octets as u64;
        left -= octets as u64;
    }
    Ok(())
}

/// Writes on from a place in a file.
pub(super) struct At<'a> {
    pub(super) file: &'a File,
    pub(super) at: u64,
}

impl Write for At<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let written = self.file.write_at(octets, self.at)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
