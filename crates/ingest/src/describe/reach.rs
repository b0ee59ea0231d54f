//! Octets of a document within reach: anywhere in it, but only so many in all.

use provenance::description::Look;
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

/// A document, and how many more octets may be read of it.
pub(super) struct Reach<'l> {
    look: Look<'l>,
    left: Cell<u64>,
    refused: Cell<bool>,
}

impl<'l> Reach<'l> {
    /// Of a document of which at most `budget` octets are read, those that are read twice counted twice.
    pub(super) fn of(look: &Look<'l>, budget: u64) -> Self {
        Self { look: *look, left: Cell::new(budget), refused: Cell::new(false) }
    }

    /// Octets of the whole document.
    pub(super) fn size(&self) -> u64 {
        self.look.size_octets
    }

    /// At most `octets` octets from `offset` on, fewer where the document ends; `None` where they
    /// cannot be had, or the budget is spent.
    pub(super) fn at(&self, offset: u64, octets: usize) -> Option<Cow<'l, [u8]>> {
        let left = self.left.get();
        let octets = octets.min(usize::try_from(self.size().saturating_sub(offset)).unwrap_or(usize::MAX));
        self.left.set(left.checked_sub(octets as u64)?);
        let read = self.look.read(offset, octets).ok();
        if read.is_none() {
            self.refused.set(true);
        }
        read
    }

    /// Whether octets could not be had: then what was described was the beginning.
    pub(super) fn was_refused(&self) -> bool {
        self.refused.get()
    }

    /// Whether the budget is spent but for `octets`.
    pub(super) fn is_spent(&self, octets: u64) -> bool {
        self.left.get() < octets
    }

    /// The same as a file, from its beginning.
    pub(super) fn file(&self) -> File<'_, 'l> {
        File { reach: self, at: 0 }
    }
}

/// What is within reach, as a file.
pub(super) struct File<'r, 'l> {
    reach: &'r Reach<'l>,
    at: u64,
}

impl Read for File<'_, '_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.reach.at(self.at, room.len()).ok_or_else(|| io::Error::other("out of reach"))?;
        room.get_mut(..octets.len()).ok_or(io::ErrorKind::InvalidData)?.copy_from_slice(&octets);
        self.at += octets.len() as u64;
        Ok(octets.len())
    }
}

impl Seek for File<'_, '_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(step) => self.at.checked_add_signed(step),
            SeekFrom::End(step) => self.reach.size().checked_add_signed(step),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use provenance::Format;

    #[test]
    fn the_budget_is_kept() {
        let look = Look::whole("a", &Format::UNKNOWN, b"0123456789");
        let reach = Reach::of(&look, 8);
        assert_eq!(reach.at(8, 5).as_deref(), Some(&b"89"[..]));
        assert_eq!(reach.at(99, 5).as_deref(), Some(&b""[..]));
        assert_eq!(reach.at(0, 6).as_deref(), Some(&b"012345"[..]));
        assert_eq!(reach.at(0, 1), None);
        assert!(!reach.was_refused());
    }

    #[test]
    fn what_is_refused_is_told() {
        let again = |_: u64, _: &mut [u8]| Err(io::ErrorKind::Unsupported.into());
        let look = Look { size_octets: 99, again: &again, ..Look::whole("a", &Format::UNKNOWN, b"0123") };
        let reach = Reach::of(&look, 1 << 20);
        assert_eq!(reach.at(2, 2).as_deref(), Some(&b"23"[..]));
        assert_eq!((reach.at(2, 3), reach.was_refused()), (None, true));
    }
}
