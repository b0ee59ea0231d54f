//! The entries of a WACZ, where they lie in the file.

use crate::parts::plain::{Place, Plain, Stretch};
use crate::parts::window::{Watch, Window};
use crate::source::OpenFile;
use provenance::Document;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

/// Octets that may be read of the central directory: entries by ten thousands.
const DIRECTORY: u64 = 4 << 20;

/// A ZIP whose entries were found.
pub(super) struct Archive {
    pub(super) file: Arc<OpenFile>,
    /// Files, sorted by name.
    pub(super) entries: Vec<Entry>,
}

/// A file in a ZIP.
pub(super) struct Entry {
    pub(super) name: String,
    /// Octets that are stated to come out.
    pub(super) size: u64,
    at: u64,
    octets: u64,
    method: CompressionMethod,
    encrypted: bool,
}

/// Why there are no entries.
pub(super) enum Obstacle {
    NoZip,
    Unread(String),
}

impl Archive {
    pub(super) fn open(file: &Arc<OpenFile>) -> Result<Self, Obstacle> {
        let mut first = [0; 2];
        let _ = file.read_at(0, &mut first);
        if first != *b"PK" {
            return Err(Obstacle::NoZip);
        }
        let unread =
            |error: &dyn std::fmt::Display| Obstacle::Unread(format!("its ZIP cannot be read: {error}"));
        let rationed = Rationed { file: Arc::clone(file), at: 0, left: DIRECTORY };
        let mut zip = ZipArchive::new(rationed).map_err(|error| unread(&error))?;
        if zip.has_duplicate_names() {
            return Err(unread(&"two of its entries have one name"));
        }
        let mut entries = Vec::with_capacity(zip.len());
        let mut taken = 0_u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| unread(&error))?;
            let (at, octets) = (entry.data_start().unwrap_or(u64::MAX), entry.compressed_size());
            taken = taken.saturating_add(octets);
            if at.saturating_add(octets) > file.size() || taken > file.size() {
                return Err(unread(&"its entries lie upon each other or beyond its end"));
            }
            if !entry.is_file() {
                continue;
            }
            let Ok(name) = std::str::from_utf8(entry.name_raw()) else { continue };
            entries.push(Entry {
                name: name.to_owned(),
                size: entry.size(),
                at,
                octets,
                method: entry.compression(),
                encrypted: entry.encrypted(),
            });
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { file: Arc::clone(file), entries })
    }

    /// The file of that name.
    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        let index = self.entries.binary_search_by(|entry| entry.name.as_str().cmp(name)).ok()?;
        self.entries.get(index)
    }

    /// Opens a file; no more than `most` octets come out.
    pub(super) fn read<'w>(
        &self,
        entry: &Entry,
        most: u64,
        watch: Option<Watch<'w>>,
    ) -> Result<Plain<'w>, String> {
        let stretch = entry.stretch()?;
        let window = Window::new(Arc::clone(&self.file), stretch.at, stretch.octets);
        let window = match watch {
            Some(watch) => window.watched(watch),
            None => window,
        };
        Ok(Plain::begin(window, stretch, Place { from: 0, skip: 0 }, most))
    }

    /// All of a small file.
    pub(super) fn small(&self, name: &str, most: u64) -> Result<Vec<u8>, String> {
        let entry = self.find(name).ok_or("it is not there")?;
        let mut octets = Vec::new();
        self.read(entry, most, None)?.read_to_end(&mut octets).map_err(|error| error.to_string())?;
        if octets.len() as u64 == entry.size {
            Ok(octets)
        } else {
            Err("it has another size than stated".to_owned())
        }
    }
}

impl Entry {
    /// Where it lies; `Err` says why it cannot be read.
    pub(super) fn stretch(&self) -> Result<Stretch, String> {
        let deflated = match self.method {
            _ if self.encrypted => return Err("it is encrypted".to_owned()),
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => return Err(format!("it is compressed by {other}")),
        };
        Ok(Stretch { at: self.at, octets: self.octets, deflated, gzip: false })
    }
}

/// A file of which no more than a few octets may be read.
struct Rationed {
    file: Arc<OpenFile>,
    at: u64,
    left: u64,
}

impl Read for Rationed {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.file.read_at(self.at, room)?;
        self.left = self
            .left
            .checked_sub(octets as u64)
            .ok_or_else(|| io::Error::other("its directory is longer than that of any web archive"))?;
        self.at += octets as u64;
        Ok(octets)
    }
}

impl Seek for Rationed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.size().checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
