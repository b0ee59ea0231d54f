//! Chunks of RIFF: WAV, AVI, WebP.

use super::afar::{Afar, Trouble, le_32};

/// A chunk: what it is, and where its content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) kind: [u8; 4],
    pub(super) start: u64,
    pub(super) end: u64,
}

/// The chunks beside each other in a part of a document.
pub(super) struct Chunks<'r, 'a> {
    afar: &'r Afar<'a>,
    at: u64,
    end: u64,
}

impl<'r, 'a> Chunks<'r, 'a> {
    /// The chunks of a whole document.
    pub(super) fn of_document(afar: &'r Afar<'a>) -> Self {
        Self::between(afar, 12, afar.end())
    }

    pub(super) fn between(afar: &'r Afar<'a>, start: u64, end: u64) -> Self {
        Self { afar, at: start, end }
    }
}

impl Iterator for Chunks<'_, '_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        const WHAT: &str = "a chunk";
        if self.end.saturating_sub(self.at) < 8 {
            return None;
        }
        self.afar.step()?;
        let head = self.afar.octets(self.at, 8, WHAT)?;
        let (kind, size) = (*head.first_chunk()?, u64::from(le_32(&head, 4)?));
        let start = self.at + 8;
        // A recorder that lost its power did not write how much there is.
        let end = if size == 0 && &kind == b"data" { self.end } else { start + size };
        if end > self.end {
            return self.afar.fails(Trouble::Cut(WHAT));
        }
        // Chunks begin at even offsets.
        self.at = end + size % 2;
        Some(Chunk { kind, start, end })
    }
}
