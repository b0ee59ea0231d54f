//! A bag's files, wherever they are kept: read in place, never followed, never written.

mod archive;
mod directory;

use crate::encoding::TagEncoding;
use crate::finding::Finding;
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::carry::Segment;
use fixity::{Algorithm, Observer, PayloadPath, SumTable};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
}

/// One file or directory of a bag.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its path below the bag's base directory.
    pub path: PayloadPath,
    /// What it is.
    pub kind: EntryKind,
    /// Octets it is said to have; 0 for a directory.
    pub size_octets: u64,
    /// The CRC-32 that the container states, where it states one.
    pub crc32: Option<u32>,
    /// When it was last modified, as far as the container tells.
    pub modified: Option<DateTime<Utc>>,
}

/// How the octets of a container are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout<'a> {
    /// There is no layout to speak of, as in a directory.
    Free,
    /// The one layout that fonds writes.
    Canonical,
    /// Another; in words, where it departs from that one.
    Deviates(&'a str),
}

/// What may be done on the way where a bag cannot be opened without reading it through: a compressed TAR.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// Worker threads.
    pub threads: usize,
    /// Hears how far it is, and may stop it.
    pub observer: &'a dyn Observer,
    /// Whether all will be verified, so that every file is summed on the way.
    pub sums: bool,
}

impl Default for Opening<'_> {
    fn default() -> Self {
        Self { threads: 1, observer: &(), sums: false }
    }
}

/// Hears of trouble with one entry, by its number; may be called from several threads.
pub type Notes<'a> = &'a (dyn Fn(usize, Finding) + Sync);

/// A stream of one entry's octets.
pub type Stream<'a> = Box<dyn Read + Send + 'a>;

/// What a container holds, as it was found.
#[derive(Debug, Default)]
pub struct Contents {
    /// Name of the base directory.
    pub top: Option<String>,
    /// Files and directories below it, sorted by path in octet order.
    pub entries: Vec<Entry>,
    /// What is wrong with the container itself.
    pub findings: Vec<Finding>,
}

/// A bag's files. An implementation has no way to write.
pub trait Container: Send + Sync {
    /// What was found when it was opened.
    fn contents(&self) -> &Contents;

    /// Files and directories below the base directory, sorted by path in octet order.
    fn entries(&self) -> &[Entry] {
        &self.contents().entries
    }

    /// What is wrong with the container itself.
    fn findings(&self) -> &[Finding] {
        &self.contents().findings
    }

    /// Name of the base directory.
    fn top(&self) -> Option<&str> {
        self.contents().top.as_deref()
    }

    /// How the octets of the container are laid out.
    fn layout(&self) -> Layout<'_> {
        Layout::Free
    }

    /// The names of its media type, if it is an archive: [`crate::media`].
    fn media_types(&self) -> Option<&'static [&'static str]> {
        None
    }

    /// Whether an open file may take so much memory that whoever reads many opens one at a time: the window
    /// of zstd or the dictionary of xz, up to 128 MiB.
    fn opens_singly(&self) -> bool {
        false
    }

    /// Opens one file; `None`, after a note, if it cannot be read.
    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>>;

    /// Reads octets of one file from `offset` on, without what lies before them. As many as the answer
    /// says; 0 at the end.
    ///
    /// # Errors
    /// Of kind `Unsupported` if only one way leads through it, as where it is compressed; any other if
    /// it cannot be read.
    fn read_at(&self, index: usize, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let _ = (index, offset, room);
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Loads several small files at once; one that cannot be read gets a note and no extent.
    fn load(&self, indices: &[usize], segment: &mut Segment, notes: Notes<'_>) {
        load_singly(self, indices, segment, notes);
    }

    /// What the entries `files` sum to, in their order, where the container makes sums itself since
    /// its files cannot be had one by one; `None` where they can. A file without a sum gets a note.
    fn sums(
        &self,
        files: &[usize],
        algorithms: &[Algorithm],
        opening: &Opening<'_>,
        notes: Notes<'_>,
    ) -> Option<Result<SumTable>> {
        let _ = (files, algorithms, opening, notes);
        None
    }

    /// The same bag with files that can be had one by one, where they cannot be had so from this: kept
    /// in a file without a name beside `target`, which is gone when this process is.
    ///
    /// # Errors
    /// If it cannot be read or written, or the observer asked to stop.
    fn unfolded(&self, target: &Path, observer: &dyn Observer) -> Result<Option<Box<dyn Container>>> {
        let _ = (target, observer);
        Ok(None)
    }
}

/// Opens one file, of which one octet more is read than the container states, and no further: that
/// octet shows that there is more, and a bomb would go on for ever. `None`, after a note, if it cannot
/// be read.
#[must_use]
pub fn open_stated<'a, C: Container + ?Sized>(
    container: &'a C,
    index: usize,
    notes: Notes<'_>,
) -> Option<Stream<'a>> {
    let most_octets = container.entries()[index].size_octets.saturating_add(1);
    container.open(index, notes).map(|stream| Box::new(stream.take(most_octets)) as Stream<'a>)
}

/// Loads files one by one.
fn load_singly<C: Container + ?Sized>(
    container: &C,
    indices: &[usize],
    segment: &mut Segment,
    notes: Notes<'_>,
) {
    for &index in indices {
        let start = segment.octets.len();
        let entry = &container.entries()[index];
        let stream = open_stated(container, index, notes);
        let extent = match stream.map(|mut stream| stream.read_to_end(&mut segment.octets)) {
            Some(Ok(_)) => Some(start..segment.octets.len()),
            Some(Err(error)) => {
                notes(index, unreadable(&entry.path, &error));
                None
            }
            None => None,
        };
        segment.extents.push(extent);
    }
}

/// The finding that one file cannot be read.
#[must_use]
pub fn unreadable(path: &PayloadPath, error: &std::io::Error) -> Finding {
    Finding::new(&crate::finding::E108, path.as_str(), format!("expected to read the file, found: {error}"))
}

/// Finds an entry by its path.
#[must_use]
pub fn find(entries: &[Entry], path: &str) -> Option<usize> {
    entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
}

/// Text of one small tag file in UTF-8, at most `most_octets` of it; `None` if it is not there or
/// cannot be read.
#[must_use]
pub fn read_small(
    container: &dyn Container,
    path: &str,
    encoding: TagEncoding,
    most_octets: u64,
) -> Option<Vec<u8>> {
    let stream = open_stated(container, find(container.entries(), path)?, &|_, _| {})?;
    let mut text = Vec::new();
    encoding.decoded(stream).take(most_octets).read_to_end(&mut text).ok()?;
    Some(text)
}

/// The observer asked to stop.
pub(crate) fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "cancelled before all was checked")
}

/// What sort of archive a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveKind {
    /// A ZIP, or what is built on it.
    Zip,
    /// A TAR.
    Tar,
    /// A TAR that is compressed as a whole by gzip, bzip2, xz or zstd.
    CompressedTar,
}

/// Says what sort of archive a file is by its first octets, damaged or not; `None` if it is none.
///
/// # Errors
/// If it cannot be read.
pub fn archive_kind(file: &File) -> std::io::Result<Option<ArchiveKind>> {
    archive::kind_of(file)
}

/// Opens an archive with everything in it, as it lies there: no bag is looked for, and nothing is taken
/// for its base directory. `path` is what errors call it.
///
/// # Errors
/// As those of [`open_with`].
pub fn open_whole(file: File, path: &Path, opening: &Opening<'_>) -> Result<Box<dyn Container>> {
    archive::open_whole(file, path, opening)
}

/// Opens whatever stands at `path`: a directory, or an archive file. A compressed TAR is read through,
/// in silence; [`open_with`] tells how far it is.
///
/// # Errors
/// If there is nothing, or it cannot be read. A damaged archive is no error: it gives findings.
pub fn open(path: &Path) -> Result<Box<dyn Container>> {
    open_with(path, &Opening::default())
}

/// As [`open`], where reading it through may be worth more, or take long.
///
/// # Errors
/// As those of [`open`], or if the observer asked to stop.
pub fn open_with(path: &Path, opening: &Opening<'_>) -> Result<Box<dyn Container>> {
    let metadata =
        std::fs::symlink_metadata(path).map_err(|error| Error::io(ErrorKind::Read, "read", path, error))?;
    let metadata = if metadata.is_symlink() {
        // The person named this path; what it points to is what they mean.
        std::fs::metadata(path).map_err(|error| Error::io(ErrorKind::Read, "read", path, error))?
    } else {
        metadata
    };
    if metadata.is_dir() {
        Ok(Box::new(directory::Directory::open(path)?))
    } else if metadata.is_file() {
        archive::open(path, opening)
    } else {
        Err(Error::new(
            ErrorKind::Read,
            format!("cannot read `{}`: it is neither a directory nor a file", path.display()),
        ))
    }
}
