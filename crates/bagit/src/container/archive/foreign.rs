//! A bag in anybody else's ZIP.

use super::agree::disagreement;
use super::budget::Budget;
use super::content;
use super::members::{Members, Named, Wanted, sort_out};
use crate::container::{Container, Contents, Layout, Notes, Stream};
use crate::finding::{E105, E106, Finding, W118, W212};
use crate::zip::{Audited, audit, shown};
use std::fs::File;
use std::io;

pub(super) struct Foreign {
    file: File,
    /// By number in the archive.
    kept: Vec<Kept>,
    pub(super) members: Members,
    deviation: String,
}

/// Where and how the octets of one entry are kept.
#[derive(Clone, Copy)]
struct Kept {
    data_offset: Option<u64>,
    compressed: u64,
    method: u16,
    /// Why nobody can read them without knowing more.
    obstacle: Option<&'static str>,
}

impl Foreign {
    /// Opens a ZIP that departs from the canonical layout by `deviation`. One that cannot be made
    /// sense of has findings and no entries, and so has one that would be costly to read.
    pub(super) fn open(file: File, deviation: String, wanted: Wanted) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let mut audit = audit(&file, length)?;
        let budget = Budget::of(length);
        if !budget.allows(audit.entries.iter().fold(0, |sum, entry| entry.size.saturating_add(sum))) {
            audit.findings.push(budget.finding());
            audit.entries.clear();
        }
        // What is known to have two readings needs no second reader.
        if audit.findings.is_empty() {
            audit.findings.extend(disagreement(&file, &audit.entries));
        }
        let kept = audit.entries.iter().map(Kept::of).collect();
        let mut findings = audit.findings;
        findings.extend(unmarked(&audit.entries));
        let mut named = Vec::with_capacity(audit.entries.len());
        for (index, entry) in audit.entries.into_iter().enumerate() {
            match name(entry, index) {
                Ok(entry) => named.push(entry),
                Err(finding) => findings.push(*finding),
            }
        }
        let mut members = sort_out(named, wanted);
        members.contents.findings.extend(findings);
        Ok(Self { file, kept, members, deviation })
    }
}

impl Kept {
    fn of(entry: &Audited) -> Self {
        Self {
            data_offset: entry.data_offset,
            compressed: entry.compressed,
            method: entry.method,
            obstacle: match entry {
                _ if entry.is_encrypted() => Some("it is encrypted"),
                _ if entry.is_patch() => Some("it is a change to another file"),
                _ if entry.is_of_the_future() => Some("it asks for a later version of the format"),
                _ => None,
            },
        }
    }
}

fn name(entry: Audited, index: usize) -> Result<Named, Box<Finding>> {
    let (is_directory, mode) = (entry.is_directory(), entry.mode());
    let name = String::from_utf8(entry.name.into_vec()).map_err(|error| {
        Finding::new(&E105, shown(error.as_bytes()), "expected a name in UTF-8, found other octets")
    })?;
    if let Some(other) = other_than_plain(mode) {
        let message = format!("expected a regular file or directory, found {other}");
        return Err(Box::new(Finding::new(&E106, shown(name.as_bytes()), message)));
    }
    Ok(Named {
        name,
        is_directory,
        size_octets: entry.size,
        crc32: Some(entry.crc32),
        modified: entry.modified.to_utc(),
        index,
    })
}

/// What an entry is by its Unix mode, if it is neither a file nor a directory. Whichever system
/// made the archive: some reader will take the mode at its word.
const fn other_than_plain(mode: u32) -> Option<&'static str> {
    match mode & 0o170_000 {
        0 | 0o040_000 | 0o100_000 => None,
        0o120_000 => Some("a symbolic link"),
        0o010_000 => Some("a named pipe"),
        0o140_000 => Some("a socket"),
        0o020_000 | 0o060_000 => Some("a device"),
        _ => Some("something of another type"),
    }
}

/// Names that are UTF-8 and do not say so: some readers take them for letters of DOS.
fn unmarked(entries: &[Audited]) -> Option<Finding> {
    let is_unmarked = |entry: &&Audited| {
        !entry.is_marked_utf8() && !entry.name.is_ascii() && std::str::from_utf8(&entry.name).is_ok()
    };
    let mut unmarked = entries.iter().filter(is_unmarked);
    let first = shown(&unmarked.next()?.name);
    let message = match unmarked.count() {
        0 => "expected a name that is marked as UTF-8, found it without the mark".to_owned(),
        more => {
            format!("expected names that are marked as UTF-8, found this and {more} more without the mark")
        }
    };
    Some(Finding::new(&W118, first, message))
}

impl Container for Foreign {
    fn contents(&self) -> &Contents {
        &self.members.contents
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Deviates(&self.deviation)
    }

    fn media_types(&self) -> Option<&'static [&'static str]> {
        Some(crate::media::ZIP)
    }

    fn opens_singly(&self) -> bool {
        self.kept.iter().any(|kept| content::takes_a_window(kept.method))
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let kept = self.kept[self.members.indices[index]];
        // That there is no local header has been found before.
        let window = super::Window { file: &self.file, at: kept.data_offset?, left: kept.compressed };
        let content =
            kept.obstacle.map_or_else(|| content::of(kept.method, window), |why| Err(why.to_owned()));
        let obstacle = match content {
            Ok(stream) => return Some(stream),
            Err(obstacle) => obstacle,
        };
        let message = format!("expected to read the file, found that {obstacle}");
        notes(index, Finding::new(&W212, self.members.contents.entries[index].path.as_str(), message));
        None
    }

    fn read_at(&self, index: usize, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let kept = self.kept[self.members.indices[index]];
        let at = kept.data_offset.filter(|_| kept.method == 0 && kept.obstacle.is_none());
        let at = at.ok_or(io::ErrorKind::Unsupported)?;
        super::Window { file: &self.file, at, left: kept.compressed }.read_at(offset, room)
    }
}
