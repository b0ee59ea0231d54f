//! One document in an archive, on its single read.

use super::Archive;
use bagit::container::Stream;
use fixity::Pass;
use provenance::Document;
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

pub(super) struct Member<'a> {
    archive: &'a Archive,
    index: usize,
    stream: Stream<'a>,
    /// CRC-32 of what was read.
    pass: Pass,
    /// Octets read so far.
    read: u64,
}

impl<'a> Member<'a> {
    pub(super) fn open(archive: &'a Archive, index: usize) -> io::Result<Self> {
        archive.settle()?;
        if index >= archive.entries().len() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not received from this archive"));
        }
        let noted = Mutex::new(None);
        let stream = archive.container.open(index, &|_, finding| {
            noted.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(finding);
        });
        if let Some(finding) = noted.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(damaged(&finding.message));
        }
        let stream = stream.ok_or_else(|| damaged("it cannot be read in the archive"))?;
        Ok(Self { archive, index, stream, pass: Pass::new(&[]), read: 0 })
    }

    fn size(&self) -> u64 {
        self.archive.entries()[self.index].size_octets
    }
}

impl Read for Member<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size() - self.read).unwrap_or(usize::MAX);
        let most = room.len().min(left);
        let octets = self.stream.read(&mut room[..most]).map_err(of_archive)?;
        self.pass.update(&room[..octets]);
        self.read += octets as u64;
        Ok(octets)
    }
}

impl Document for Member<'_> {
    fn settle(&mut self) -> io::Result<()> {
        let entry = &self.archive.entries()[self.index];
        if self.read < entry.size_octets {
            let message = format!("only {} of {} octets could be read", self.read, entry.size_octets);
            return Err(damaged(&message));
        }
        let mut more = [0];
        // A decoder sees only here whether its stream ends where it should.
        while let Err(error) = self.stream.read(&mut more).and_then(|octets| match octets {
            0 => Ok(()),
            _ => Err(damaged(&format!("there is more to read than its {} octets", entry.size_octets))),
        }) {
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(of_archive(error));
            }
        }
        let found = std::mem::replace(&mut self.pass, Pass::new(&[])).finish().crc32;
        if let Some(stated) = entry.crc32.filter(|stated| *stated != found) {
            let message = format!("its CRC-32 is {found:08x}, and the archive states {stated:08x}");
            return Err(damaged(&message));
        }
        self.archive.settle()
    }

    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        self.archive.container.read_at(self.index, offset, room)
    }
}

/// Decoders say in several ways that what they were given makes no sense.
fn of_archive(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
            io::Error::new(io::ErrorKind::InvalidData, error)
        }
        _ => error,
    }
}

fn damaged(how: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, how.to_owned())
}
