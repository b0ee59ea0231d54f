//! Reading documents where they were found, and noticing if they are no longer what was found.

use crate::origin::Origin;
use crate::root::Root;
use crate::stamp::Stamp;
use bagit::beneath::open_file;
use provenance::{Document, Item, Source};
use rustix::fs::fstat;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;

/// The folders, files and archives that documents were received from.
///
/// Every source folder is kept open, so that what is read lies beneath the very folder that was
/// walked, whatever has been put in its place since.
#[derive(Debug)]
pub struct Documents {
    roots: Vec<Root>,
    origins: Vec<Box<dyn Origin>>,
    /// Where each handle leads.
    found: Vec<Found>,
}

/// Where a document was found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found {
    /// Beneath this root, and what it was then.
    Beneath(u32, Stamp),
    /// In this origin, under this number.
    Within(u32, u32),
}

impl Documents {
    pub(crate) fn new(roots: Vec<Root>, origins: Vec<Box<dyn Origin>>, found: Vec<Found>) -> Self {
        Self { roots, origins, found }
    }

    /// A file beneath a root; one that is no longer what was found is an error that says what changed.
    fn open_beneath(&self, root: u32, expected: Stamp, item: &Item) -> Option<io::Result<OpenFile>> {
        let root = self.roots.get(root as usize)?;
        let path = item.path.as_str();
        let placed = path.strip_prefix("data/").unwrap_or(path).as_bytes();
        let received = item.received_as.as_deref().unwrap_or(placed);
        Some(OpenFile::open(root, received, expected))
    }
}

impl Source for Documents {
    fn open(&self, item: &Item) -> io::Result<Box<dyn Document + '_>> {
        let found = usize::try_from(item.handle).ok().and_then(|handle| self.found.get(handle));
        let opened = found.and_then(|found| match *found {
            Found::Beneath(root, stamp) => {
                let opened = self.open_beneath(root, stamp, item)?;
                Some(opened.map(|file| Box::new(file) as Box<dyn Document>))
            }
            Found::Within(origin, index) => Some(self.origins.get(origin as usize)?.open(index)),
        });
        let foreign = || io::Error::new(io::ErrorKind::InvalidInput, "not received from this source");
        opened.unwrap_or_else(|| Err(foreign()))
    }
}

/// A document that is being read: never more of it than was found.
#[derive(Debug)]
pub(crate) struct OpenFile {
    file: File,
    expected: Stamp,
    /// Octets read so far.
    read: u64,
}

impl OpenFile {
    /// Opens the file at the raw path `received` below `data/`.
    pub(crate) fn open(root: &Root, received: &[u8], expected: Stamp) -> io::Result<Self> {
        let file = File::from(open_file(&root.folder, root.relative(received))?);
        expect_unchanged(&file, expected)?;
        Ok(Self { file, expected, read: 0 })
    }

    /// Fails, and says what changed, if the file is no longer what was found.
    pub(crate) fn expect_unchanged(&self) -> io::Result<()> {
        expect_unchanged(&self.file, self.expected)
    }

    /// Octets it had when it was found.
    pub(crate) fn size(&self) -> u64 {
        self.expected.size
    }
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.expected.size - self.read).unwrap_or(usize::MAX);
        let room = buffer.len().min(left);
        let count = self.file.read(&mut buffer[..room])?;
        self.read += count as u64;
        Ok(count)
    }
}

impl Document for OpenFile {
    fn settle(&mut self) -> io::Result<()> {
        expect_unchanged(&self.file, self.expected)?;
        let size = self.expected.size;
        if self.read < size {
            return Err(changed(&format!("only {} of {size} octets could be read", self.read)));
        }
        // The size that a file system reports is not always what it gives to read.
        if self.file.read_at(&mut [0], size)? > 0 {
            return Err(changed(&format!("there is more to read than its {size} octets")));
        }
        Ok(())
    }

    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.expected.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let room_left = room.len().min(left);
        self.file.read_at(&mut room[..room_left], offset)
    }
}

/// Whether an open file is still what was found.
pub(crate) fn expect_unchanged(file: &File, expected: Stamp) -> io::Result<()> {
    match expected.difference(&fstat(file)?) {
        None => Ok(()),
        Some(difference) => Err(changed(&difference)),
    }
}

fn changed(how: &str) -> io::Error {
    io::Error::other(format!("changed since it was found: {how}"))
}
