//! Boxes of ISO base media files (ISO/IEC 14496-12): MP4, MOV, 3GP, HEIC.
//!
//! Our own walk: the crates there are read a whole file, or hold all of its tables.

use super::afar::{Afar, Trouble, be_32, be_64};

/// A box: what it is, and where its content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: [u8; 4],
    pub(super) start: u64,
    pub(super) end: u64,
}

/// The boxes beside each other in a part of a document.
pub(super) struct Boxes<'r, 'a> {
    afar: &'r Afar<'a>,
    at: u64,
    end: u64,
}

impl<'r, 'a> Boxes<'r, 'a> {
    /// The boxes from `start` to `end`.
    pub(super) fn between(afar: &'r Afar<'a>, start: u64, end: u64) -> Self {
        Self { afar, at: start, end }
    }

    /// The boxes within a box.
    pub(super) fn within(afar: &'r Afar<'a>, parent: Part) -> Self {
        Self::between(afar, parent.start, parent.end)
    }

    /// The first box of a kind.
    pub(super) fn find_kind(mut self, kind: [u8; 4]) -> Option<Part> {
        self.find(|found| found.kind == kind)
    }
}

impl Iterator for Boxes<'_, '_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        const WHAT: &str = "a box";
        // Some end a list of boxes with four zeros.
        if self.end.saturating_sub(self.at) < 8 {
            return None;
        }
        self.afar.step()?;
        let head = self.afar.octets(self.at, 8, WHAT)?;
        let kind = *head.get(4..)?.first_chunk()?;
        let (header, size) = match u64::from(be_32(&head, 0)?) {
            0 => (8, self.end - self.at),
            1 => (16, be_64(&self.afar.octets(self.at + 8, 8, WHAT)?, 0)?),
            size => (8, size),
        };
        if size < header {
            return self.afar.fails(Trouble::Broken("a box shorter than its header"));
        }
        let Some(end) = self.at.checked_add(size).filter(|end| *end <= self.end) else {
            return self.afar.fails(Trouble::Cut(WHAT));
        };
        let start = self.at + header;
        self.at = end;
        Some(Part { kind, start, end })
    }
}
