//! A reader that stops before a row takes all memory.

use super::MAX_ROW_OCTETS;
use std::io::{self, Read};

/// Gives at most [`MAX_ROW_OCTETS`] until it is told that a row ended; then an error.
pub(crate) struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Bounded<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, left: MAX_ROW_OCTETS }
    }

    pub(crate) fn next_row(&mut self) {
        self.left = MAX_ROW_OCTETS;
    }

    pub(crate) fn is_exhausted(&self) -> bool {
        self.left == 0
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_exhausted() {
            return Err(io::Error::other("a row is too long"));
        }
        let count = self.inner.by_ref().take(self.left).read(buffer)?;
        self.left -= count as u64;
        Ok(count)
    }
}
