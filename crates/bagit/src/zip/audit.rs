//! Looks at every record of any ZIP, so that none that is accepted has two readings.
//!
//! This is a reader of its own, which shares nothing with the crate `zip`: both have to come to
//! the same list of entries. It reads records only, never content, and keeps one entry at a time
//! in memory besides the list.

mod central;
mod end;
mod extra;
mod local;
mod peek;

use super::record::DosTime;
use crate::finding::{Code, E103, E110, E111, Finding};
use end::End;
use peek::Peek;
use std::fs::File;
use std::io;
use std::ops::Range;

/// Entries that any archive may have, however small it is, and octets of it for each one more.
const ENTRIES_FOR_ANY: u64 = 150_000;
const OCTETS_FOR_EACH: u64 = 1 << 10;
/// Octets that any central directory may have; beyond, at most a quarter of the archive.
const DIRECTORY_FOR_ANY: u64 = 64 << 20;
/// The most octets of a name that are shown.
const LONGEST_SHOWN: usize = 256;

/// The latest version of the format: 6.3 (4.4.3.2). Readers refuse what asks for a later one.
const LATEST: u8 = 63;

/// Flags that say how an entry is to be read (4.4.4). Others tell how it was deflated.
const ENCRYPTED: u16 = 1;
const DESCRIBED: u16 = 1 << 3;
const PATCHED: u16 = 1 << 5;
const STRONG: u16 = 1 << 6;
const UTF8: u16 = 1 << 11;
const MASKED: u16 = 1 << 13;
const MEANINGFUL: u16 = ENCRYPTED | DESCRIBED | PATCHED | STRONG | UTF8 | MASKED;

/// One entry, as the central directory tells it and its local header confirms.
#[derive(Debug)]
pub(crate) struct Audited {
    pub(crate) name: Box<[u8]>,
    /// The version of the format that a reader has to know. 7-Zip puts the system into the other
    /// octet of the field, and nobody reads it there.
    version: u8,
    flags: u16,
    pub(crate) method: u16,
    pub(crate) modified: DosTime,
    pub(crate) crc32: u32,
    pub(crate) size: u64,
    pub(crate) compressed: u64,
    /// Where the local header stands in the file, whatever stands before the archive.
    pub(crate) offset: u64,
    attributes: u32,
    /// Where the content begins; `None` if there is no local header.
    pub(crate) data_offset: Option<u64>,
}

impl Audited {
    pub(crate) fn is_directory(&self) -> bool {
        self.name.ends_with(b"/")
    }

    pub(crate) const fn is_encrypted(&self) -> bool {
        self.flags & (ENCRYPTED | STRONG | MASKED) != 0
    }

    /// Whether the content is a change to another file (4.4.4, bit 5).
    pub(crate) const fn is_patch(&self) -> bool {
        self.flags & PATCHED != 0
    }

    /// Whether it asks for more than any version of the format that there is.
    pub(crate) const fn is_of_the_future(&self) -> bool {
        self.version > LATEST
    }

    /// Whether the name is said to be UTF-8. Without it, a reader may take it for anything.
    pub(crate) const fn is_marked_utf8(&self) -> bool {
        self.flags & UTF8 != 0
    }

    /// Type and permissions, where the archive knows them.
    pub(crate) const fn mode(&self) -> u32 {
        self.attributes >> 16
    }

    /// The attributes of DOS.
    pub(crate) const fn dos(&self) -> u32 {
        self.attributes & 0xFF
    }

    fn finding(&self, code: &'static Code, message: impl Into<String>) -> Finding {
        Finding::new(code, shown(&self.name), message.into())
    }
}

/// What a look at every record came to.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    /// In the order of the central directory; none if it is not safe to read any.
    pub(crate) entries: Vec<Audited>,
    pub(crate) findings: Vec<Finding>,
}

/// Why the look at an archive ended.
enum Halt {
    /// Whatever follows would have two readings, or none.
    Found(Finding),
    Failed(io::Error),
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

fn halt<T>(code: &'static Code, message: impl Into<String>) -> Result<T, Halt> {
    Err(Halt::Found(Finding::new(code, "", message.into())))
}

/// Text for a raw name; the beginning of one that is very long.
pub(crate) fn shown(name: &[u8]) -> String {
    match name.get(..LONGEST_SHOWN) {
        Some(beginning) if name.len() > LONGEST_SHOWN => {
            format!("{}…", String::from_utf8_lossy(beginning).trim_end_matches('\u{FFFD}'))
        }
        _ => String::from_utf8_lossy(name).into_owned(),
    }
}

/// Looks at every record of a ZIP of `length` octets.
///
/// # Errors
/// If the file cannot be read; whatever is wrong with it is a finding.
pub(crate) fn audit(file: &File, length: u64) -> io::Result<Audit> {
    let mut audit = Audit::default();
    match look(file, length, &mut audit) {
        Ok(()) => {}
        Err(Halt::Failed(error)) => return Err(error),
        Err(Halt::Found(finding)) => {
            audit.entries = Vec::new();
            audit.findings.push(finding);
        }
    }
    Ok(audit)
}

/// The most entries that an archive of so many octets may have.
const fn most_entries(length: u64) -> u64 {
    ENTRIES_FOR_ANY + length / OCTETS_FOR_EACH
}

fn look(file: &File, length: u64, audit: &mut Audit) -> Result<(), Halt> {
    let mut peek = Peek::new(file, length);
    let end = end::find(&mut peek, &mut audit.findings)?;
    let most = most_entries(length);
    if end.entries > most {
        return halt(
            &E110,
            format!("expected at most {most} entries in {length} octets, found {}", end.entries),
        );
    }
    let most = DIRECTORY_FOR_ANY.max(length / 4);
    let octets = end.directory.end - end.directory.start;
    if octets > most {
        return halt(&E110, format!("expected at most {most} octets of central directory, found {octets}"));
    }
    central::read(&mut peek, &end, audit)?;
    place(&mut peek, &end, audit)
}

/// Goes through the entries in the order in which they lie in the file, and looks at whatever is
/// between them.
fn place(peek: &mut Peek<'_>, end: &End, audit: &mut Audit) -> Result<(), Halt> {
    let Audit { entries, findings } = audit;
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&index| entries[index].offset);
    let begin = end.directory.start;
    let mut next = 0;
    for (number, &index) in order.iter().enumerate() {
        let following = order.get(number + 1).map_or(begin, |&index| entries[index].offset.min(begin));
        let entry = &mut entries[index];
        if entry.offset < next {
            let message = "expected entries one after the other, found one inside another";
            return Err(Halt::Found(entry.finding(&E103, message)));
        }
        findings.extend(gap(next..entry.offset.min(begin), number == 0));
        let Some(placed) = local::check(peek, entry, begin, following, findings)? else {
            // Where it ends cannot be known.
            next = following;
            continue;
        };
        if placed.end > begin {
            let message = "expected the entry to end before the central directory, found its end beyond";
            return Err(Halt::Found(entry.finding(&E103, message)));
        }
        entry.data_offset = Some(placed.data_offset);
        next = placed.end;
    }
    findings.extend(gap(next..begin, order.is_empty()));
    Ok(())
}

/// Octets between two records that belong to neither.
fn gap(octets: Range<u64>, is_first: bool) -> Option<Finding> {
    let message = if is_first {
        "expected the archive to begin with its first record, found octets before it"
    } else {
        "expected records one after the other, found octets between them"
    };
    (!octets.is_empty()).then(|| Finding::new(&E111, "", hidden(message, octets)))
}

/// Says where octets stand that belong to nothing.
fn hidden(message: &str, octets: Range<u64>) -> String {
    format!("{message}: {} at octet {}", octets.end - octets.start, octets.start)
}
