//! Octets of a document that need not be in memory, of which only so many are ever read.

use provenance::description::Look;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Reads beyond what is in memory, for one document: each may cost a seek of a disk.
const READS: usize = 1_000;
/// Octets of all reads together.
const OCTETS: usize = 8 << 20;
/// Boxes, chunks and elements of one document that are walked over.
const STEPS: usize = 20_000;
/// Octets that one small read brings, so that those behind it cost none.
const BLOCK: usize = 4 << 10;

/// A document, and how much of it may still be read.
///
/// Whoever asks in vain gets `None`, and the first reason is kept: a reader gives up where it is,
/// with what it has.
pub(super) struct Afar<'a> {
    look: &'a Look<'a>,
    /// The last block, and where it begins.
    block: RefCell<(u64, Vec<u8>)>,
    reads: Cell<usize>,
    octets: Cell<usize>,
    steps: Cell<usize>,
    trouble: Cell<Option<Trouble>>,
}

/// Why a reader had to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The document ends within something.
    Cut(&'static str),
    /// Something contradicts its format.
    Broken(&'static str),
    /// Octets further on cannot be had.
    OutOfReach,
    /// There are too many parts.
    TooMuch,
}

impl Trouble {
    /// In words, as a remark.
    pub(super) fn words(self) -> String {
        match self {
            Self::Cut(what) => format!("broken: it ends within {what}"),
            Self::Broken(what) => format!("broken: {what}"),
            Self::OutOfReach => "only its beginning could be read where it lies".to_owned(),
            Self::TooMuch => "too many parts: the rest of them was not read".to_owned(),
        }
    }
}

impl<'a> Afar<'a> {
    pub(super) fn new(look: &'a Look<'a>) -> Self {
        Self {
            look,
            block: RefCell::default(),
            reads: Cell::new(READS),
            octets: Cell::new(OCTETS),
            steps: Cell::new(STEPS),
            trouble: Cell::new(None),
        }
    }

    /// Octets of the whole document.
    pub(super) fn end(&self) -> u64 {
        self.look.size_octets
    }

    /// Why something was not read, if so.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// Keeps why something was not read, unless another reason is known; nothing to go on with.
    pub(super) fn fails<T>(&self, trouble: Trouble) -> Option<T> {
        self.trouble.set(self.trouble.get().or(Some(trouble)));
        None
    }

    /// Goes one part further, unless there were too many.
    pub(super) fn step(&self) -> Option<()> {
        let Some(steps) = self.steps.get().checked_sub(1) else { return self.fails(Trouble::TooMuch) };
        self.steps.set(steps);
        Some(())
    }

    /// Exactly `count` octets of `what` at `at`.
    pub(super) fn octets(&self, at: u64, count: usize, what: &'static str) -> Option<Cow<'a, [u8]>> {
        if at.checked_add(count as u64).is_none_or(|end| end > self.end()) {
            return self.fails(Trouble::Cut(what));
        }
        let end = usize::try_from(at).ok().and_then(|at| at.checked_add(count));
        if let Some(known) = end.and_then(|end| self.look.beginning.get(end - count..end)) {
            return Some(Cow::Borrowed(known));
        }
        if count > BLOCK {
            return self.read(at, count, what).map(Cow::Owned);
        }
        if let Some(known) = self.in_block(at, count) {
            return Some(Cow::Owned(known));
        }
        let left = usize::try_from(self.end() - at).unwrap_or(usize::MAX);
        let block = self.read(at, BLOCK.min(left), what)?;
        *self.block.borrow_mut() = (at, block);
        self.in_block(at, count).map(Cow::Owned)
    }

    /// At most `count` octets of a part that ends at `end`.
    pub(super) fn beginning(
        &self,
        at: u64,
        end: u64,
        count: usize,
        what: &'static str,
    ) -> Option<Cow<'a, [u8]>> {
        let count = usize::try_from(end.saturating_sub(at)).unwrap_or(usize::MAX).min(count);
        self.octets(at, count, what)
    }

    fn in_block(&self, at: u64, count: usize) -> Option<Vec<u8>> {
        let block = self.block.borrow();
        let start = usize::try_from(at.checked_sub(block.0)?).ok()?;
        block.1.get(start..start.checked_add(count)?).map(<[u8]>::to_vec)
    }

    fn read(&self, at: u64, count: usize, what: &'static str) -> Option<Vec<u8>> {
        let (Some(reads), Some(octets)) =
            (self.reads.get().checked_sub(1), self.octets.get().checked_sub(count))
        else {
            return self.fails(Trouble::TooMuch);
        };
        self.reads.set(reads);
        self.octets.set(octets);
        match self.look.read(at, count) {
            Ok(octets) if octets.len() == count => Some(octets.into_owned()),
            // A look at the beginning alone has no more.
            Ok(octets) if octets.is_empty() => self.fails(Trouble::OutOfReach),
            Ok(_) => self.fails(Trouble::Cut(what)),
            Err(_) => self.fails(Trouble::OutOfReach),
        }
    }
}

/// The two octets at `at` as a big-endian number.
pub(super) fn be_16(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*octets.get(at..)?.first_chunk()?))
}

/// The four octets at `at` as a big-endian number.
pub(super) fn be_32(octets: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*octets.get(at..)?.first_chunk()?))
}

/// The eight octets at `at` as a big-endian number.
pub(super) fn be_64(octets: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(*octets.get(at..)?.first_chunk()?))
}

/// The two octets at `at` as a little-endian number.
pub(super) fn le_16(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*octets.get(at..)?.first_chunk()?))
}

/// The four octets at `at` as a little-endian number.
pub(super) fn le_32(octets: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*octets.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use provenance::Format;

    /// A look at ten octets in memory of a document of so many, of which the others say where they lie.
    fn with_reach(size_octets: u64, test: impl Fn(&Afar<'_>)) {
        let again = |offset: u64, room: &mut [u8]| {
            for (octet, at) in room.iter_mut().zip(offset..) {
                *octet = at.to_le_bytes()[0];
            }
            Ok(room.len())
        };
        let beginning = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        let look = Look { size_octets, again: &again, ..Look::whole("a", &Format::UNKNOWN, &beginning) };
        test(&Afar::new(&look));
    }

    #[test]
    fn octets_are_had_wherever_they_lie() {
        with_reach(100_000, |afar| {
            assert_eq!(afar.octets(2, 3, "a").as_deref(), Some(&[2, 3, 4][..]));
            assert_eq!(afar.octets(8, 4, "a").as_deref(), Some(&[8, 9, 10, 11][..]));
            assert_eq!(afar.octets(260, 2, "a").as_deref(), Some(&[4, 5][..]));
            assert_eq!(afar.octets(99_999, 1, "a").as_deref(), Some(&[159][..]));
            assert_eq!(afar.trouble(), None);
            assert_eq!(afar.octets(99_999, 2, "the tail"), None);
            assert_eq!(afar.octets(u64::MAX, 2, "another"), None);
            assert_eq!(afar.trouble(), Some(Trouble::Cut("the tail")));
        });
    }

    #[test]
    fn reading_ends() {
        with_reach(u64::MAX, |afar| {
            let many = (1..10_000).take_while(|at| afar.octets(at << 20, 1, "a").is_some()).count();
            assert_eq!(many, READS);
            assert_eq!(afar.trouble(), Some(Trouble::TooMuch));
        });
        with_reach(u64::MAX, |afar| {
            assert_eq!(afar.octets(10, OCTETS + 1, "a"), None);
            assert_eq!(afar.trouble(), Some(Trouble::TooMuch));
        });
    }
}
