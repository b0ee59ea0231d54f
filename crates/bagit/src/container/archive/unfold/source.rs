//! A stream of which the next octets can be seen before they are taken.

use std::io::{self, BufRead, Read};

/// Octets read at a time.
const ROOM: usize = 64 << 10;

/// A stream of which a few octets can be seen in advance.
pub(super) struct Source<R> {
    reader: R,
    room: Box<[u8]>,
    at: usize,
    end: usize,
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, room: vec![0; ROOM].into_boxed_slice(), at: 0, end: 0 }
    }

    /// The next octets, at least `least` of them where there are so many.
    pub(super) fn ahead(&mut self, least: usize) -> io::Result<&[u8]> {
        if self.room.len() - self.at < least {
            self.room.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
        }
        while self.end - self.at < least {
            match self.reader.read(&mut self.room[self.end..]) {
                Ok(0) => break,
                Ok(octets) => self.end += octets,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.room[self.at..self.end])
    }

    pub(super) fn skip_zeros(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.fill_buf()?;
            let zeros = ahead.iter().take_while(|&&octet| octet == 0).count();
            let is_all = zeros == ahead.len();
            self.consume(zeros);
            if !is_all || zeros == 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn skip(&mut self, octets: u64) -> io::Result<()> {
        match io::copy(&mut self.by_ref().take(octets), &mut io::sink())? {
            skipped if skipped == octets => Ok(()),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            (self.at, self.end) = (0, 0);
        }
        self.ahead(1)
    }

    fn consume(&mut self, octets: usize) {
        self.at = (self.at + octets).min(self.end);
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let octets = ahead.len().min(room.len());
        room[..octets].copy_from_slice(&ahead[..octets]);
        self.consume(octets);
        Ok(octets)
    }
}
