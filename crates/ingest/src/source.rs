//! Reading documents where they were found, and noticing if they are no longer what was found.

use crate::root::Root;
use crate::stamp::Stamp;
use bagit::beneath::open_file;
use provenance::{Document, Item, Source};
use rustix::fs::fstat;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;

/// The folders and files that documents were received from.
///
/// Every source folder is kept open, so that what is read lies beneath the very folder that was
/// walked, whatever has been put in its place since.
#[derive(Debug)]
pub struct FolderSource {
    roots: Vec<Root>,
    /// For each handle the root that the document lies beneath, and what it was when found.
    found: Vec<(u32, Stamp)>,
}

impl FolderSource {
    pub(crate) fn new(roots: Vec<Root>, found: Vec<(u32, Stamp)>) -> Self {
        Self { roots, found }
    }

    fn lookup(&self, item: &Item) -> Option<(&Root, Stamp)> {
        let (root, stamp) = self.found.get(usize::try_from(item.handle).ok()?)?;
        Some((self.roots.get(*root as usize)?, *stamp))
    }
}

impl Source for FolderSource {
    /// Opens a document; one that is no longer what was found is an error that says what changed.
    fn open(&self, item: &Item) -> io::Result<Box<dyn Document + '_>> {
        let Some((root, expected)) = self.lookup(item) else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not received from this source"));
        };
        let path = item.path.as_str();
        let placed = path.strip_prefix("data/").unwrap_or(path).as_bytes();
        let received = item.received_as.as_deref().unwrap_or(placed);
        let file = File::from(open_file(&root.folder, root.relative(received))?);
        expect_unchanged(&file, expected)?;
        Ok(Box::new(OpenFile { file, expected, read: 0 }))
    }
}

/// A document that is being read: never more of it than was found.
struct OpenFile {
    file: File,
    expected: Stamp,
    /// Octets read so far.
    read: u64,
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
}

fn expect_unchanged(file: &File, expected: Stamp) -> io::Result<()> {
    match expected.difference(&fstat(file)?) {
        None => Ok(()),
        Some(difference) => Err(changed(&difference)),
    }
}

fn changed(how: &str) -> io::Error {
    io::Error::other(format!("changed since it was found: {how}"))
}
