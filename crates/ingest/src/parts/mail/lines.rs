//! Lines of a file of any size; a line that is longer than there is room for comes in pieces.

use std::io::{self, Read};

/// Octets in memory: the longest line that comes whole.
const ROOM: usize = 128 << 10;

/// Lines that are read from `R`.
pub(super) struct Lines<R> {
    reader: R,
    room: Box<[u8]>,
    start: usize,
    end: usize,
    /// Where in the file the next piece begins.
    at: u64,
    begins: bool,
    ended: bool,
}

/// A line with its line break, or a piece of one.
pub(super) struct Piece<'a> {
    /// Where it begins in the file.
    pub(super) at: u64,
    pub(super) octets: &'a [u8],
    /// Whether a line begins with it.
    pub(super) begins: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        let room = vec![0; ROOM].into_boxed_slice();
        Self { reader, room, start: 0, end: 0, at: 0, begins: true, ended: false }
    }

    /// The next octets, at least `least` of them where there are so many.
    pub(super) fn ahead(&mut self, least: usize) -> io::Result<&[u8]> {
        while self.end - self.start < least && !self.ended {
            self.fill()?;
        }
        Ok(&self.room[self.start..self.end])
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.end == self.room.len() {
            self.room.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        match self.reader.read(&mut self.room[self.end..])? {
            0 => self.ended = true,
            octets => self.end += octets,
        }
        Ok(())
    }

    pub(super) fn next_piece(&mut self) -> io::Result<Option<Piece<'_>>> {
        let mut searched = 0;
        let octets = loop {
            let ahead = &self.room[self.start..self.end];
            if let Some(at) = memchr::memchr(b'\n', &ahead[searched..]) {
                break searched + at + 1;
            }
            searched = ahead.len();
            if self.ended || searched == self.room.len() {
                break searched;
            }
            self.fill()?;
        };
        if octets == 0 {
            return Ok(None);
        }
        let start = self.start;
        self.start += octets;
        let octets = &self.room[start..self.start];
        let piece = Piece { at: self.at, octets, begins: self.begins };
        self.at += octets.len() as u64;
        self.begins = octets.ends_with(b"\n");
        Ok(Some(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_without_an_end_comes_in_pieces() {
        let text = [&vec![b'x'; 3 * ROOM + 5][..], b"\nshort\n\nlast"].concat();
        let mut lines = Lines::new(&text[..]);
        let mut all = Vec::new();
        let mut begun = 0;
        while let Some(piece) = lines.next_piece().unwrap() {
            assert_eq!(piece.at, all.len() as u64);
            begun += usize::from(piece.begins);
            all.extend_from_slice(piece.octets);
        }
        assert_eq!(all, text);
        assert_eq!(begun, 4);
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_file(text in "([a-z]{0,9}\\r?\\n?){0,30}") {
            let mut lines = Lines::new(text.as_bytes());
            let mut all = Vec::new();
            while let Some(piece) = lines.next_piece().unwrap() {
                prop_assert!(piece.begins);
                all.extend_from_slice(piece.octets);
            }
            prop_assert_eq!(all, text.as_bytes());
        }
    }
}
