//! Transfer of a body in chunks, undone (RFC 9112 §7.1).

use std::io::{self, BufRead, Read};

/// Octets of the line before a chunk, with what may stand there besides the size.
const LONGEST_LINE: u64 = 4 << 10;

/// Whether a body begins as one in chunks does: some writers undo them and leave the field.
pub(super) fn looks_chunked(body: &[u8]) -> bool {
    let line = body.split(|&octet| octet == b'\n').next().unwrap_or_default();
    line.len() < body.len() && chunk_size(line).is_some()
}

/// The size before a chunk: hexadecimal, then extensions, if any.
fn chunk_size(line: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
    let is_hex = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u64::from_str_radix(text, 16).ok())?
}

/// A body of which chunks are undone, or which comes as it is.
pub(super) struct Chunked<R> {
    reader: R,
    /// Octets left of the open chunk.
    left: u64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not in chunks.
    Bare,
    First,
    Within,
    Ended,
}

impl<R: BufRead> Chunked<R> {
    pub(super) fn new(reader: R, chunked: bool) -> Self {
        Self { reader, left: 0, state: if chunked { State::First } else { State::Bare } }
    }

    /// Goes to the next octet of a chunk, if there is one.
    fn advance(&mut self) -> io::Result<()> {
        while self.left == 0 && matches!(self.state, State::First | State::Within) {
            if self.state == State::Within && !self.line()?.trim_ascii().is_empty() {
                return Err(broken());
            }
            let line = self.line()?;
            self.left = chunk_size(&line).ok_or_else(broken)?;
            // What follows the last chunk are fields, which belong to no body.
            self.state = if self.left == 0 { State::Ended } else { State::Within };
        }
        Ok(())
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.pop() == Some(b'\n') { Ok(line) } else { Err(broken()) }
    }
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the chunks of the body are broken")
}

impl<R: BufRead> BufRead for Chunked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.advance()?;
        let most = match self.state {
            State::Bare => u64::MAX,
            State::Ended => return Ok(&[]),
            State::First | State::Within => self.left,
        };
        let ahead = self.reader.fill_buf()?;
        if ahead.is_empty() && self.state != State::Bare {
            return Err(broken());
        }
        Ok(&ahead[..ahead.len().min(usize::try_from(most).unwrap_or(usize::MAX))])
    }

    fn consume(&mut self, octets: usize) {
        self.reader.consume(octets);
        self.left = self.left.saturating_sub(octets as u64);
    }
}

impl<R: BufRead> Read for Chunked<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let octets = ahead.len().min(room.len());
        room[..octets].copy_from_slice(&ahead[..octets]);
        self.consume(octets);
        Ok(octets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unchunked(body: &[u8]) -> io::Result<Vec<u8>> {
        let mut octets = Vec::new();
        Chunked::new(body, true).read_to_end(&mut octets)?;
        Ok(octets)
    }

    #[test]
    fn chunks_are_undone_or_refused() {
        for body in [
            &b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"[..],
            b"5\nabcde\n0\n",
            b"05 \r\nabcde\r\n0\r\nA: b\r\n\r\n",
        ] {
            assert_eq!(unchunked(body).unwrap(), b"abcde");
            assert!(looks_chunked(body));
        }
        for body in [
            &b""[..],
            b"3\r\nab",
            b"3\r\nabcd\r\n0\r\n",
            b"-1\r\n",
            b"zz\r\n",
            b"FFFFFFFFFFFFFFFFF\r\n",
            b"3\r\nabc\r\n",
        ] {
            assert!(unchunked(body).is_err(), "{}", body.escape_ascii());
        }
        assert!(!looks_chunked(b"<html>\n") && !looks_chunked(b"abc"));
    }
}
