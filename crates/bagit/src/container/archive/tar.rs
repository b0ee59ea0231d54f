//! A bag in a TAR that is not compressed: its headers are read once, its contents where they lie.

mod folded;
mod header;
mod pax;
mod scan;

use super::Window;
use super::members::{Members, Named, Wanted, sort_out};
use crate::container::{Container, Contents, Entry, Notes, Stream, load_singly};
use crate::finding::{Finding, W212};
use fixity::carry::Segment;
pub(super) use folded::Folded;
use header::{BLOCK, Block};
use scan::{Found, Kind, Scan, Source};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// The most that one read brings in, when neighbours are read together.
const LARGEST_READ: u64 = 4 << 20;

/// Whether a file that begins so is a TAR.
pub(super) fn begins_tar(first: &[u8]) -> bool {
    first.first_chunk::<BLOCK>().is_some_and(|octets| Block::new(octets).begins_tar())
}

/// Whether a file begins with a header that every program takes for one of a TAR, since it sums up.
pub(super) fn is_header(first: &[u8]) -> bool {
    first.first_chunk::<BLOCK>().map(Block::new).is_some_and(|block| !block.is_zero() && block.is_header())
}

/// A TAR that can be read at any place.
pub(super) struct Tar {
    file: Arc<File>,
    /// By number in the archive.
    kept: Vec<Kept>,
    pub(super) members: Members,
}

/// Where the content of one entry lies.
#[derive(Clone, Copy)]
struct Kept {
    kind: Kind,
    at: u64,
    octets: u64,
}

impl Tar {
    pub(super) fn open(file: File, wanted: Wanted) -> io::Result<Self> {
        let octets = file.metadata()?.len();
        let file = Arc::new(file);
        let mut scan = Scan::new(Place { file: Arc::clone(&file), at: 0, octets }, octets);
        let mut kept = Vec::new();
        let mut named = Vec::new();
        while let Some(found) = scan.next()? {
            let (entry, place) = split(found, kept.len());
            named.push(entry);
            kept.push(place);
        }
        let mut members = sort_out(named, wanted);
        members.contents.findings.extend(scan.into_findings());
        Ok(Self { file, kept, members })
    }

    fn kept(&self, index: usize) -> Kept {
        self.kept[self.members.indices[index]]
    }

    /// Where a run of entries begins and ends, if it can be had by one read.
    fn one_piece(&self, indices: &[usize]) -> Option<(u64, u64)> {
        let kept = || indices.iter().map(|&index| self.kept(index));
        let begin = kept().next()?.at;
        let last = self.kept(*indices.last()?);
        let end = last.at.checked_add(last.octets)?;
        let is_one = kept().is_sorted_by_key(|kept| kept.at)
            && kept().all(|kept| kept.kind == Kind::File)
            && end.checked_sub(begin)? <= LARGEST_READ;
        is_one.then_some((begin, end))
    }
}

/// A reading place in a file.
struct Place {
    file: Arc<File>,
    at: u64,
    octets: u64,
}

impl Read for Place {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.file.read_at(room, self.at)?;
        self.at += octets as u64;
        Ok(octets)
    }
}

impl Source for Place {
    fn pass(&mut self, octets: u64) -> io::Result<u64> {
        let passed = octets.min(self.octets.saturating_sub(self.at));
        self.at += passed;
        Ok(passed)
    }
}

/// What is said of an entry, and where it lies.
fn split(found: Found, index: usize) -> (Named, Kept) {
    let Found { name, kind, size, at, octets, modified } = found;
    let is_directory = kind == Kind::Directory;
    let named = Named { name, is_directory, size_octets: size, crc32: None, modified, index };
    (named, Kept { kind, at, octets })
}

/// The finding that the content of an entry is not read, where it is not.
fn unread(entry: &Entry, kind: Kind) -> Option<Finding> {
    kind.unread().map(|message| Finding::new(&W212, entry.path.as_str(), message))
}

impl Container for Tar {
    fn contents(&self) -> &Contents {
        &self.members.contents
    }

    fn media_types(&self) -> Option<&'static [&'static str]> {
        Some(crate::media::TAR)
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let kept = self.kept(index);
        if let Some(finding) = unread(&self.members.contents.entries[index], kept.kind) {
            notes(index, finding);
            return None;
        }
        Some(Box::new(Window { file: &self.file, at: kept.at, left: kept.octets }))
    }

    fn read_at(&self, index: usize, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let kept = self.kept(index);
        if kept.kind != Kind::File {
            return Err(io::ErrorKind::Unsupported.into());
        }
        Window { file: &self.file, at: kept.at, left: kept.octets }.read_at(offset, room)
    }

    fn load(&self, indices: &[usize], segment: &mut Segment, notes: Notes<'_>) {
        let Some((begin, end)) = self.one_piece(indices) else {
            return load_singly(self, indices, segment, notes);
        };
        let within = |at: u64| usize::try_from(at - begin).unwrap_or(0);
        segment.octets.resize(within(end), 0);
        if self.file.read_exact_at(&mut segment.octets, begin).is_err() {
            // One by one it shows which of them cannot be read.
            segment.octets.clear();
            return load_singly(self, indices, segment, notes);
        }
        for &index in indices {
            let kept = self.kept(index);
            segment.extents.push(Some(within(kept.at)..within(kept.at + kept.octets)));
        }
    }
}
