//! Documents that are a ZIP: their entries by the central directory (APPNOTE 6.3.10, 4.3.12), of
//! which no number is believed.
//!
//! Why not the crate `zip`: it makes room for as many entries as a directory says there are.

use super::has_extension;
use super::reach::Reach;
use super::stated::Stated;
use super::unpack;
use provenance::description::Look;
use std::cell::Cell;

/// Octets that are read of a document, in all.
const READ: u64 = 24 << 20;
/// Octets of the central directory: some 20,000 entries.
const DIRECTORY: usize = 2 << 20;
/// Octets that come out of its entries, in all.
const UNPACKED: usize = 16 << 20;
/// Octets of the comment behind the directory, and of its end record.
const END: usize = (1 << 16) + 22;

/// An open document.
pub(super) struct Package<'l> {
    reach: Reach<'l>,
    entries: Vec<Entry>,
    left: Cell<usize>,
}

/// One entry, as the central directory tells of it.
struct Entry {
    name: String,
    method: u16,
    is_encrypted: bool,
    /// Octets as packed; not known where they stand in another place.
    packed: Option<usize>,
    offset: u64,
}

impl<'l> Package<'l> {
    /// Opens a document.
    ///
    /// # Errors
    /// In words, if its directory cannot be had or read.
    pub(super) fn open(look: &Look<'l>) -> Result<Self, &'static str> {
        let reach = Reach::of(look, READ);
        let directory = directory(&reach).ok_or_else(|| {
            if reach.was_refused() {
                "only its beginning could be had here, and its directory is at its end"
            } else {
                "broken or cut, its directory was not found"
            }
        })?;
        let mut entries = Vec::new();
        let mut rest = &directory[..];
        while let Some((entry, behind)) = entry(rest) {
            entries.push(entry);
            rest = behind;
        }
        Ok(Self { reach, entries, left: Cell::new(UNPACKED) })
    }

    /// The names of all entries.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|found| found == name)
    }

    /// Tells of pictures in it that may hold what a camera wrote, which nobody looks for there.
    pub(super) fn tell_of_pictures(&self, stated: &mut Stated<'_>) {
        const PICTURES: [&str; 9] = ["jpg", "jpeg", "png", "tif", "tiff", "webp", "heic", "heif", "avif"];
        // Those that a program made of the document are told of as such.
        let is_own = |name: &str| name.starts_with("docProps/") || name.starts_with("Thumbnails/");
        let is_picture = |name: &str| PICTURES.iter().any(|extension| has_extension(name, extension));
        if self.names().any(|name| is_picture(name) && !is_own(name)) {
            stated.sensitive("embedded pictures, whose own properties were not looked into");
        }
    }

    /// At most `most` octets from the beginning of an entry; `None` if there is none, or it is
    /// packed in a way that documents are not.
    pub(super) fn read(&self, name: &str, most: usize) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name && !entry.is_encrypted)?;
        let most = most.min(self.left.get());
        let header = self.reach.at(entry.offset, 30)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let skipped = 30 + u64::from(u16_at(&header, 26)?) + u64::from(u16_at(&header, 28)?);
        // What is packed is hardly longer than what comes out.
        let packed = entry.packed.unwrap_or(most).min(most + (most >> 8) + 1024);
        let octets = self.reach.at(entry.offset + skipped, packed)?;
        let content = match entry.method {
            0 => octets.get(..octets.len().min(most))?.to_vec(),
            8 => unpack::inflate(&octets, false, most),
            _ => return None,
        };
        self.left.set(self.left.get() - content.len());
        Some(content)
    }

    /// Whether not everything that was asked for could be had.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0 || self.reach.was_refused() || self.reach.is_spent(64)
    }
}

/// The octets of the central directory, or as many of them as are looked at.
fn directory(reach: &Reach<'_>) -> Option<Vec<u8>> {
    let lead = reach.size().saturating_sub(END as u64);
    let end = reach.at(lead, END)?;
    // The last record whose comment ends with the file, as others read it.
    let record = memchr::memmem::rfind_iter(&end, b"PK\x05\x06").find_map(|at| {
        let record = end.get(at..at + 22)?;
        (at + 22 + usize::from(u16_at(record, 20)?) <= end.len()).then_some(record)
    })?;
    let (octets, offset) = (u32_at(record, 12)?, u32_at(record, 16)?);
    let octets = usize::try_from(octets).ok()?.min(DIRECTORY);
    Some(reach.at(u64::from(offset), octets)?.into_owned())
}

/// The first entry of what is left of a directory, and what follows it.
fn entry(octets: &[u8]) -> Option<(Entry, &[u8])> {
    if !octets.starts_with(b"PK\x01\x02") {
        return None;
    }
    let name = usize::from(u16_at(octets, 28)?);
    let behind = 46 + name + usize::from(u16_at(octets, 30)?) + usize::from(u16_at(octets, 32)?);
    let packed = u32_at(octets, 20)?;
    let entry = Entry {
        name: String::from_utf8_lossy(octets.get(46..46 + name)?).into_owned(),
        method: u16_at(octets, 10)?,
        is_encrypted: u16_at(octets, 8)? & 1 == 1,
        packed: usize::try_from(packed).ok().filter(|_| packed != u32::MAX),
        offset: u64::from(u32_at(octets, 42)?),
    };
    Some((entry, octets.get(behind..).unwrap_or_default()))
}

fn u16_at(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(octets.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(octets: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(octets.get(at..at + 4)?.try_into().ok()?))
}
