//! A bag in an archive file.

mod agree;
mod budget;
mod canonical;
mod content;
mod foreign;
mod members;
mod tar;
mod twofold;
mod unfold;

use super::{ArchiveKind, Container, Contents, Entry, EntryKind, Layout, Notes, Opening, Stream};
use crate::finding::Finding;
use crate::zip::{CanonicalZip, Stop};
use crate::{Error, ErrorKind, Result};
use flate2::read::DeflateDecoder;
use members::Wanted;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Opens an archive by its content; one that cannot be made sense of has a finding and no entries.
pub(super) fn open(path: &Path, opening: &Opening<'_>) -> Result<Box<dyn Container>> {
    let failed = |error| Error::io(ErrorKind::Read, "read", path, error);
    let file = File::open(path).map_err(failed)?;
    open_file(file, path, opening, Wanted::Bag)
}

/// Opens an archive with everything in it, as it lies there.
pub(super) fn open_whole(file: File, path: &Path, opening: &Opening<'_>) -> Result<Box<dyn Container>> {
    open_file(file, path, opening, Wanted::Everything)
}

/// Compressed octets in which the first header of a TAR comes out: a block of bzip2 has 900 kB at most. Empty
/// members without end are not followed further.
const BEGINNING: u64 = 2 << 20;

/// Says what sort of archive a file is by its beginning; `None` if it is none.
pub(super) fn kind_of(file: &File) -> io::Result<Option<ArchiveKind>> {
    let first = first_of(file)?;
    if first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06") {
        return Ok(Some(ArchiveKind::Zip));
    }
    if tar::begins_tar(&first) {
        return Ok(Some(ArchiveKind::Tar));
    }
    let Some(fold) = unfold::Fold::of(&first) else { return Ok(None) };
    let window = Window { file, at: 0, left: file.metadata()?.len().min(BEGINNING) };
    let mut unfolded = Vec::new();
    // What cannot be unfolded holds no TAR that anybody could read.
    let begun = unfold::Unfolded::new(fold, window).take(512).read_to_end(&mut unfolded);
    let is_tar = begun.is_ok() && tar::begins_tar(&unfolded);
    Ok(is_tar.then_some(ArchiveKind::CompressedTar))
}

fn first_of(file: &File) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    Window { file, at: 0, left: file.metadata()?.len().min(512) }.read_to_end(&mut first)?;
    Ok(first)
}

fn open_file(file: File, path: &Path, opening: &Opening<'_>, wanted: Wanted) -> Result<Box<dyn Container>> {
    let failed = |error| Error::io(ErrorKind::Read, "read", path, error);
    let first = first_of(&file).map_err(failed)?;
    let first = first.as_slice();
    // A TAR may end in a ZIP, being its last file; a file that begins as a ZIP is one.
    if !twofold::begins_zip(first) && tar::begins_tar(first) {
        let twofold = twofold::ends_as_zip_too(&file, path).map_err(failed)?;
        let mut tar = tar::Tar::open(file, wanted).map_err(failed)?;
        tar.members.contents.findings.extend(twofold);
        return Ok(Box::new(tar));
    }
    if let Some(fold) = unfold::Fold::of(first) {
        let twofold = twofold::ends_as_zip_too(&file, path).map_err(failed)?;
        return Ok(match tar::Folded::open(file, fold, opening, wanted)? {
            Ok(mut folded) => {
                folded.members.contents.findings.extend(twofold);
                Box::new(folded)
            }
            Err(finding) => Box::new(Unreadable::for_this(finding)),
        });
    }
    let twofold = twofold::begins_tar_too(first);
    let deviation = match CanonicalZip::read(&file) {
        Ok(zip) => {
            let mut canonical = canonical::Canonical::new(zip, wanted);
            canonical.members.contents.findings.extend(twofold);
            return Ok(Box::new(canonical));
        }
        Err(Stop::Failed(error)) => return Err(failed(error)),
        Err(Stop::Deviates(deviation)) => deviation.0,
    };
    let mut foreign = foreign::Foreign::open(file, deviation, wanted).map_err(failed)?;
    foreign.members.contents.findings.extend(twofold);
    Ok(Box::new(foreign))
}

/// An archive of which nothing can be read.
struct Unreadable(Contents);

impl Unreadable {
    fn for_this(finding: Finding) -> Self {
        Self(Contents { findings: vec![finding], ..Contents::default() })
    }
}

impl Container for Unreadable {
    fn contents(&self) -> &Contents {
        &self.0
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Deviates("it cannot be read at all")
    }

    fn open(&self, _: usize, _: Notes<'_>) -> Option<Stream<'_>> {
        None
    }
}

/// A stretch of a file, read at its own place, so that many can be read at once.
struct Window<'a> {
    file: &'a File,
    at: u64,
    left: u64,
}

impl Window<'_> {
    /// Reads octets from `offset` on, and none behind the stretch.
    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.left.saturating_sub(offset)).unwrap_or(usize::MAX);
        let most = room.len().min(left);
        if most == 0 { Ok(0) } else { self.file.read_at(&mut room[..most], self.at.saturating_add(offset)) }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let most = room.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let octets = self.file.read_at(&mut room[..most], self.at)?;
        if octets == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += octets as u64;
        self.left -= octets as u64;
        Ok(octets)
    }
}

/// A stretch of a file, inflated. Content that ends before the stretch does is an error: what
/// stands behind it would be seen by nobody.
struct Inflated<'a> {
    decoder: DeflateDecoder<Window<'a>>,
    octets: u64,
}

impl<'a> Inflated<'a> {
    fn new(window: Window<'a>) -> Self {
        Self { octets: window.left, decoder: DeflateDecoder::new(window) }
    }
}

impl Read for Inflated<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.decoder.read(room)?;
        if octets == 0 && !room.is_empty() && self.decoder.total_in() != self.octets {
            let message = "the compressed content ends before its place in the archive does";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(octets)
    }
}
