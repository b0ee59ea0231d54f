//! Reads a ZIP that follows the canonical layout, and nothing else.
//!
//! Every record is written anew from what it says and compared with what stands in the file; so
//! each octet that is not content is either exactly what fonds would have written, or a deviation.

use super::record::{
    CENTRAL_OCTETS, CENTRAL_SIGNATURE, DosTime, END_OCTETS, END_SIGNATURE, END64_OCTETS, Header,
    LOCATOR_OCTETS, Method, number, put_end,
};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// How a file departs from the canonical layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deviation(pub(crate) String);

fn deviation<T>(what: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Deviates(Deviation(what.into())))
}

/// Why reading ended.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It is no canonical ZIP; it may be another.
    Deviates(Deviation),
    /// It could not be read at all.
    Failed(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// One entry of a canonical ZIP.
#[derive(Debug)]
pub(crate) struct ZipEntry {
    pub(crate) name: Box<str>,
    pub(crate) method: Method,
    pub(crate) modified: DosTime,
    pub(crate) crc32: u32,
    pub(crate) size: u64,
    pub(crate) compressed: u64,
    /// Offset of the local header.
    pub(crate) offset: u64,
}

impl ZipEntry {
    pub(super) fn header(&self) -> Header<'_> {
        Header {
            name: &self.name,
            method: self.method,
            modified: self.modified,
            crc32: self.crc32,
            size: self.size,
            compressed: self.compressed,
        }
    }

    /// Writes the local header that must stand at `offset`.
    pub(crate) fn put_local(&self, out: &mut Vec<u8>) {
        self.header().put_local(out);
    }

    /// First octet of the content.
    pub(crate) fn data_offset(&self) -> u64 {
        self.offset + self.header().local_octets()
    }
}

/// A ZIP whose central directory is canonical; local headers are compared when content is read.
#[derive(Debug)]
pub(crate) struct CanonicalZip {
    pub(crate) file: File,
    pub(crate) entries: Vec<ZipEntry>,
}

impl CanonicalZip {
    /// Reads the end and the central directory.
    pub(crate) fn read(file: &File) -> Result<Self, Stop> {
        let length = file.metadata()?.len();
        let end = read_end(file, length)?;
        let mut directory = vec![0; usize::try_from(end.octets).unwrap_or(usize::MAX)];
        file.read_exact_at(&mut directory, end.offset)?;
        let entries = read_directory(&directory, &end)?;
        Ok(Self { file: file.try_clone()?, entries })
    }
}

struct End {
    entries: u64,
    octets: u64,
    offset: u64,
}

/// Reads the end record, and the 64-bit pair before it where the plain one is full.
fn read_end(file: &File, length: u64) -> Result<End, Stop> {
    let tail_octets = length.min((END_OCTETS + LOCATOR_OCTETS + END64_OCTETS) as u64);
    let mut tail = vec![0; usize::try_from(tail_octets).unwrap_or(0)];
    file.read_exact_at(&mut tail, length - tail_octets)?;
    let Some(plain) = tail.len().checked_sub(END_OCTETS).map(|at| &tail[at..]) else {
        return deviation("the file is shorter than an end record");
    };
    if !plain.starts_with(&END_SIGNATURE) {
        return deviation("no end record stands at the end");
    }
    let mut end =
        End { entries: number(plain, 10, 2), octets: number(plain, 12, 4), offset: number(plain, 16, 4) };
    let mut records = END_OCTETS as u64;
    if end.entries == 0xFFFF || end.octets == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF {
        if tail.len() < END_OCTETS + LOCATOR_OCTETS + END64_OCTETS {
            return deviation("the end record is full, and no 64-bit record stands before it");
        }
        end =
            End { entries: number(&tail, 32, 8), octets: number(&tail, 40, 8), offset: number(&tail, 48, 8) };
        records = tail.len() as u64;
    }
    let mut expected = Vec::new();
    if end.octets > length || end.offset > length {
        return deviation("the end record points beyond the file");
    }
    put_end(&mut expected, end.entries, end.octets, end.offset);
    if expected.len() as u64 != records || !tail.ends_with(&expected) {
        return deviation("the end record is not written the canonical way");
    }
    if end.offset + end.octets + records != length {
        return deviation("something stands between the central directory and the end record");
    }
    Ok(end)
}

fn read_directory(directory: &[u8], end: &End) -> Result<Vec<ZipEntry>, Stop> {
    let most = directory.len() / CENTRAL_OCTETS;
    let mut entries: Vec<ZipEntry> =
        Vec::with_capacity(most.min(usize::try_from(end.entries).unwrap_or(most)));
    let mut rest = directory;
    let mut next_offset = 0;
    let mut expected = Vec::new();
    while !rest.is_empty() {
        let entry = read_entry(rest)?;
        expected.clear();
        entry.header().put_central(&mut expected, entry.offset);
        let Some(after) = rest.strip_prefix(expected.as_slice()) else {
            return deviation(format!(
                "the central header of `{}` is not written the canonical way",
                entry.name
            ));
        };
        rest = after;
        if entry.offset != next_offset {
            return deviation(format!("`{}` does not begin where the entry before it ends", entry.name));
        }
        if entries.last().is_some_and(|last| last.name >= entry.name) {
            return deviation(format!("`{}` is out of order, or there twice", entry.name));
        }
        if entry.method == Method::Stored && entry.size != entry.compressed {
            return deviation(format!("`{}` is stored with two different sizes", entry.name));
        }
        let content = (entry.method, entry.size, entry.compressed, entry.crc32);
        if entry.name.ends_with('/') && content != (Method::Stored, 0, 0, 0) {
            return deviation(format!("the directory `{}` has content", entry.name));
        }
        next_offset =
            entry.data_offset().checked_add(entry.compressed).filter(|&next| next <= end.offset).ok_or_else(
                || Stop::Deviates(Deviation(format!("`{}` reaches into the central directory", entry.name))),
            )?;
        entries.push(entry);
    }
    if entries.len() as u64 != end.entries {
        return deviation(format!(
            "the end record counts {} entries, there are {}",
            end.entries,
            entries.len()
        ));
    }
    if next_offset != end.offset {
        return deviation("something stands between the last entry and the central directory");
    }
    Ok(entries)
}

/// Reads what one central header says; whether it says so canonically is for the caller.
fn read_entry(octets: &[u8]) -> Result<ZipEntry, Stop> {
    if !octets.starts_with(&CENTRAL_SIGNATURE) || octets.len() < CENTRAL_OCTETS {
        return deviation("the central directory holds something that is no header");
    }
    let field = |at, width| number(octets, at, width);
    let short = |at| u16::try_from(field(at, 2)).unwrap_or(0);
    let name_octets = usize::from(short(28));
    let extra_octets = usize::from(short(30));
    let after_name = CENTRAL_OCTETS + name_octets;
    let (Some(name), Some(extra)) =
        (octets.get(CENTRAL_OCTETS..after_name), octets.get(after_name..after_name + extra_octets))
    else {
        return deviation("the last central header is cut short");
    };
    let Ok(name) = std::str::from_utf8(name) else {
        return deviation(format!("the name `{}` is not UTF-8", String::from_utf8_lossy(name)));
    };
    // 64-bit values follow in this order, each only where its plain field is full (4.5.3).
    let mut wide = extra.get(4..).unwrap_or_default().chunks_exact(8).map(|value| number(value, 0, 8));
    let mut value = |plain: u64| {
        if plain == 0xFFFF_FFFF { wide.next().unwrap_or(plain) } else { plain }
    };
    let (size, compressed, offset) = (value(field(24, 4)), value(field(20, 4)), value(field(42, 4)));
    Ok(ZipEntry {
        name: name.into(),
        method: if short(10) == 8 { Method::Deflated } else { Method::Stored },
        modified: DosTime { time: short(12), date: short(14) },
        crc32: u32::try_from(field(16, 4)).unwrap_or(0),
        size,
        compressed,
        offset,
    })
}
