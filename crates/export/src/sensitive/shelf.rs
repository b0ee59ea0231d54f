//! Where documents stand that are looked at.

use bagit::container::{Container, EntryKind, Stream};
use provenance::{Accession, Document, Source};
use std::cell::RefCell;
use std::io::{self, Read};
use std::sync::Mutex;

/// Octets of a compressed document that are read past to come to later ones, all together.
const MOST_PASSED: u64 = 256 << 20;

/// Documents by their number.
pub trait Shelf: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// Where a document lies, from the top of the bag or accession on.
    fn path(&self, index: usize) -> &str;

    /// Octets of a document.
    fn size_octets(&self, index: usize) -> u64;

    /// Opens a document.
    ///
    /// # Errors
    /// If it cannot be opened.
    fn open(&self, index: usize) -> io::Result<Box<dyn Document + '_>>;
}

/// Documents that were received, and not packed yet.
pub struct OfAccession<'a> {
    accession: &'a Accession,
    source: &'a dyn Source,
}

impl<'a> OfAccession<'a> {
    /// All items of an accession, in their order.
    #[must_use]
    pub fn new(accession: &'a Accession, source: &'a dyn Source) -> Self {
        Self { accession, source }
    }
}

impl Shelf for OfAccession<'_> {
    fn count(&self) -> usize {
        self.accession.items.len()
    }

    fn path(&self, index: usize) -> &str {
        self.accession.items[index].path.as_str()
    }

    fn size_octets(&self, index: usize) -> u64 {
        self.accession.items[index].size_octets
    }

    fn open(&self, index: usize) -> io::Result<Box<dyn Document + '_>> {
        self.source.open(&self.accession.items[index])
    }
}

/// Files of a container: the payload of a bag, or all that is in an archive.
pub struct OfContainer<'a> {
    container: &'a dyn Container,
    /// Which entries of it.
    entries: Vec<usize>,
}

impl<'a> OfContainer<'a> {
    /// The payload of a bag, sorted by path.
    #[must_use]
    pub fn payload(container: &'a dyn Container) -> Self {
        Self::of(container, |path| path.starts_with("data/"))
    }

    /// Every file, sorted by path.
    #[must_use]
    pub fn all(container: &'a dyn Container) -> Self {
        Self::of(container, |_| true)
    }

    fn of(container: &'a dyn Container, is_meant: impl Fn(&str) -> bool) -> Self {
        let entries = container.entries().iter().enumerate();
        let files =
            entries.filter(|(_, entry)| entry.kind == EntryKind::File && is_meant(entry.path.as_str()));
        Self { container, entries: files.map(|(index, _)| index).collect() }
    }
}

impl Shelf for OfContainer<'_> {
    fn count(&self) -> usize {
        self.entries.len()
    }

    fn path(&self, index: usize) -> &str {
        self.container.entries()[self.entries[index]].path.as_str()
    }

    fn size_octets(&self, index: usize) -> u64 {
        self.container.entries()[self.entries[index]].size_octets
    }

    fn open(&self, index: usize) -> io::Result<Box<dyn Document + '_>> {
        let kept = Kept { container: self.container, index: self.entries[index], later: RefCell::default() };
        Ok(Box::new(Opened { stream: kept.stream()?, kept }))
    }
}

/// A file of a container that is being read.
struct Opened<'a> {
    stream: Stream<'a>,
    kept: Kept<'a>,
}

/// A file of a container.
struct Kept<'a> {
    container: &'a dyn Container,
    index: usize,
    /// A second way through a file that only one way leads through.
    later: RefCell<Later<'a>>,
}

/// How far the second way has gone.
#[derive(Default)]
struct Later<'a> {
    stream: Option<Stream<'a>>,
    at: u64,
    passed: u64,
}

impl<'a> Kept<'a> {
    fn stream(&self) -> io::Result<Stream<'a>> {
        let why = Mutex::new(None::<String>);
        let note = |_, finding: bagit::Finding| {
            if let Ok(mut why) = why.lock() {
                why.get_or_insert(finding.message.to_string());
            }
        };
        let stream = self.container.open(self.index, &note);
        let because = || why.lock().ok().and_then(|mut why| why.take()).unwrap_or_default();
        stream.ok_or_else(|| io::Error::other(because()))
    }

    /// Reads a file that cannot be read anywhere, by going on or anew from its beginning.
    fn read_later(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let mut later = self.later.borrow_mut();
        if later.stream.is_none() || later.at > offset {
            let passed = later.passed;
            *later = Later { stream: Some(self.stream()?), at: 0, passed };
        }
        let before = offset - later.at;
        later.passed = later.passed.saturating_add(before);
        if later.passed > MOST_PASSED {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let Some(mut stream) = later.stream.take() else { return Ok(0) };
        let passed = io::copy(&mut stream.by_ref().take(before), &mut io::sink())?;
        let count = if passed < before { 0 } else { stream.read(room)? };
        later.at += passed + count as u64;
        later.stream = Some(stream);
        Ok(count)
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.stream.read(room)
    }
}

impl Document for Opened<'_> {
    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        match self.kept.container.read_at(self.kept.index, offset, room) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => self.kept.read_later(offset, room),
            answer => answer,
        }
    }
}
