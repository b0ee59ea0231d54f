//! Writes a canonical ZIP anew with other tag files: all that stays is copied as it stands.

use super::reader::{CanonicalZip, Stop, ZipEntry};
use super::recompress::{At, LEVEL};
use super::record::{DosTime, Header, Method, put_end};
use crate::tag_file::TagFile;
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::{Observer, Phase, Step};
use flate2::{Compression, Crc, write::DeflateEncoder};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Octets copied between two looks at whether somebody asked to stop.
const STRETCH_OCTETS: u64 = 64 << 20;
/// A tag file has fewer octets.
const MOST_TAG_OCTETS: u64 = 0xFFFF_FFFF;

/// What is to be another in a ZIP.
#[derive(Clone, Copy, Debug)]
pub struct Rewriting<'a> {
    /// The top directory of both.
    pub top: &'a str,
    /// Files by their path below the top directory: with a text they are put there, in place of one
    /// that is there or besides; without they are left out.
    pub files: &'a BTreeMap<String, Option<TagFile>>,
    /// When those that are put there were made.
    pub at: DateTime<Utc>,
}

/// Writes `source`, a canonical ZIP, into the empty file `out` at `path` with other tag files.
///
/// Entries that stay are copied with their headers, as they are stored or deflated: with the file
/// system's own means where it has some, so that a copy may take no room. Nothing of them is looked at;
/// whoever reads the copy back sees whether it is sound. What is put there is deflated only where
/// something in `source` is, and it becomes smaller by it.
///
/// # Errors
/// If `source` is no canonical ZIP or cannot be read, `out` cannot be written, a file is 4 GiB or
/// longer, or the observer asked to stop.
pub fn rewrite(
    source: &File,
    out: &File,
    path: &Path,
    rewriting: &Rewriting<'_>,
    observer: &dyn Observer,
) -> Result<()> {
    let zip = CanonicalZip::read(source).map_err(|stop| match stop {
        Stop::Failed(error) => Error::io(ErrorKind::Read, "read the source of", path, error),
        Stop::Deviates(what) => Error::new(
            ErrorKind::Read,
            format!(
                "cannot copy into `{}`: expected a ZIP in the one layout, found that {}",
                path.display(),
                what.0
            ),
        ),
    })?;
    let octets = source.metadata().map_or(0, |metadata| metadata.len());
    crate::staging::expect_room(path, octets)?;
    let begun = Step::Began { phase: Phase::Packing, files: zip.entries.len() as u64, octets };
    if observer.observe(begun) == ControlFlow::Break(()) {
        return Err(cancelled());
    }
    let failed = |error| Error::io(ErrorKind::Write, "write", path, error);
    let deflates = zip.entries.iter().any(|entry| entry.method == Method::Deflated);
    let mut writer = Writer { source, out, deflates, at: 0, count: 0, directory: Vec::new(), observer };
    for part in parts(&zip.entries, rewriting) {
        match part {
            Part::Kept(entries) => writer.keep(entries),
            Part::Put { name, text } => writer.put(&name, DosTime::from_utc(Some(rewriting.at)), text),
        }
        .map_err(|stopped| match stopped {
            Stopped::Cancelled => cancelled(),
            Stopped::TooLong(name) => {
                Error::new(ErrorKind::Limit, format!("cannot write `{name}`: a tag file is limited to 4 GiB"))
            }
            Stopped::Failed(error) => failed(error),
        })?;
    }
    writer.finish().map_err(failed)?;
    let _ = observer.observe(Step::Ended);
    Ok(())
}

/// What stands next in the new ZIP.
enum Part<'a> {
    /// Neighbours of the old one that stay neighbours.
    Kept(&'a [ZipEntry]),
    Put {
        name: String,
        text: &'a TagFile,
    },
}

/// Merges what stays and what is put there, in the order of names.
fn parts<'a>(entries: &'a [ZipEntry], rewriting: &Rewriting<'a>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut rest = entries;
    // Names in the ZIP have the top before them; their order is that of the paths all the same.
    for (path, text) in rewriting.files {
        let name = format!("{}/{path}", rewriting.top);
        let before = rest.partition_point(|entry| *entry.name < *name);
        let (kept, after) = rest.split_at(before);
        rest = match after.first() {
            Some(same) if *same.name == *name => &after[1..],
            _ => after,
        };
        parts.extend((!kept.is_empty()).then_some(Part::Kept(kept)));
        parts.extend(text.as_ref().map(|text| Part::Put { name, text }));
    }
    parts.extend((!rest.is_empty()).then_some(Part::Kept(rest)));
    parts
}

enum Stopped {
    Cancelled,
    TooLong(String),
    Failed(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

struct Writer<'a> {
    source: &'a File,
    out: &'a File,
    /// Whether what is put there is deflated.
    deflates: bool,
    /// First octet that nothing is written to yet.
    at: u64,
    count: u64,
    directory: Vec<u8>,
    observer: &'a dyn Observer,
}

impl Writer<'_> {
    /// Copies neighbours in one piece: a local header does not say where it stands.
    fn keep(&mut self, entries: &[ZipEntry]) -> std::result::Result<(), Stopped> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
        let begin = first.offset;
        let octets = last.data_offset() + last.compressed - begin;
        self.copy(begin, octets)?;
        for entry in entries {
            entry.header().put_central(&mut self.directory, self.at + (entry.offset - begin));
        }
        self.at += octets;
        self.count += entries.len() as u64;
        Ok(())
    }

    fn copy(&self, begin: u64, octets: u64) -> std::result::Result<(), Stopped> {
        let (mut source, mut out) = (self.source, self.out);
        source.seek(SeekFrom::Start(begin))?;
        out.seek(SeekFrom::Start(self.at))?;
        let mut left = octets;
        while left > 0 {
            let stretch = left.min(STRETCH_OCTETS);
            if io::copy(&mut source.take(stretch), &mut out)? != stretch {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
            left -= stretch;
            let step = Step::Advanced { files: 0, octets: stretch };
            if self.observer.observe(step) == ControlFlow::Break(()) {
                return Err(Stopped::Cancelled);
            }
        }
        Ok(())
    }

    fn put(&mut self, name: &str, modified: DosTime, text: &TagFile) -> std::result::Result<(), Stopped> {
        let sum = text.sum(&[])?;
        if sum.size_octets >= MOST_TAG_OCTETS {
            return Err(Stopped::TooLong(name.to_owned()));
        }
        let (size, crc32) = (sum.size_octets, sum.crc32);
        let mut header = Header { name, method: Method::Stored, modified, crc32, size, compressed: size };
        let data = self.at + header.local_octets();
        if self.deflates && size > 0 {
            let mut encoder = DeflateEncoder::new(At { file: self.out, at: data }, Compression::new(LEVEL));
            text.each_chunk(&mut |chunk| encoder.write_all(chunk))?;
            let compressed = encoder.finish()?.at - data;
            if compressed < size {
                (header.method, header.compressed) = (Method::Deflated, compressed);
            }
        }
        if header.method == Method::Stored {
            let (mut place, mut crc) = (At { file: self.out, at: data }, Crc::new());
            text.each_chunk(&mut |chunk| {
                crc.update(chunk);
                place.write_all(chunk)
            })?;
            if (place.at - data, crc.sum()) != (size, crc32) {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a text changed while it was written",
                )
                .into());
            }
        }
        let mut octets = Vec::new();
        header.put_local(&mut octets);
        self.out.write_all_at(&octets, self.at)?;
        header.put_central(&mut self.directory, self.at);
        self.at = data + header.compressed;
        self.count += 1;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        let octets = self.directory.len() as u64;
        put_end(&mut self.directory, self.count, octets, self.at);
        self.out.write_all_at(&self.directory, self.at)?;
        self.out.set_len(self.at + self.directory.len() as u64)
    }
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "cancelled; nothing was left at the target")
}
