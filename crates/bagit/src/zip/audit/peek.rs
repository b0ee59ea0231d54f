//! Looks into a file here and there, a few octets at a time.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Octets read at a time: records of small neighbours come together.
const ROOM: u64 = 16 << 10;

/// A file with a stretch of it in memory.
pub(super) struct Peek<'a> {
    file: &'a File,
    pub(super) length: u64,
    start: u64,
    room: Vec<u8>,
}

impl<'a> Peek<'a> {
    pub(super) const fn new(file: &'a File, length: u64) -> Self {
        Self { file, length, start: 0, room: Vec::new() }
    }

    /// So many octets from `offset` on; `None` if the file does not reach as far.
    pub(super) fn at(&mut self, offset: u64, octets: usize) -> io::Result<Option<&[u8]>> {
        let Some(end) = offset.checked_add(octets as u64).filter(|&end| end <= self.length) else {
            return Ok(None);
        };
        if offset < self.start || end > self.start + self.room.len() as u64 {
            let most = ROOM.max(octets as u64).min(self.length - offset);
            self.room.resize(usize::try_from(most).unwrap_or(octets), 0);
            self.start = offset;
            if let Err(error) = self.file.read_exact_at(&mut self.room, offset) {
                self.room.clear();
                return Err(error);
            }
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        Ok(self.room.get(from..from + octets))
    }
}
