//! Directories of TIFF 6.0, in which Exif is written, too: only their tables and the values asked for.
//!
//! Not by the crate `kamadak-exif`: it wants the whole of a TIFF file in memory, and 64 KiB whose
//! directories overlap make it take 250 MiB. Tests hold what is read here against it.

use crate::describe::afar::{Afar, Trouble, be_16, be_32, le_16, le_32};
use std::borrow::Cow;

/// Entries of a directory that are read.
const MOST: u16 = 1_000;
/// Octets of the longest text.
const TEXT: usize = 4_000;

/// A TIFF structure somewhere in a document.
pub(super) struct Tiff<'r, 'a> {
    afar: &'r Afar<'a>,
    /// Where its header stands: all offsets count from there.
    base: u64,
    end: u64,
    is_big_endian: bool,
    /// Offset of the first directory.
    pub(super) first: u32,
}

/// A directory: its entries, and the offset of the next one.
pub(super) struct Directory {
    entries: Vec<Entry>,
    pub(super) next: u32,
}

/// An entry of a directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    tag: u16,
    kind: u16,
    /// Octets of its value, and where they stand in the document.
    octets: usize,
    at: u64,
}

impl Directory {
    pub(super) fn entry(&self, tag: u16) -> Option<Entry> {
        self.entries.iter().copied().find(|entry| entry.tag == tag)
    }

    pub(super) fn has(&self, tag: u16) -> bool {
        self.entry(tag).is_some()
    }
}

impl Entry {
    /// Where its value stands in the document.
    pub(super) fn region(self) -> (u64, u64) {
        (self.at, self.at.saturating_add(self.octets as u64))
    }
}

impl<'r, 'a> Tiff<'r, 'a> {
    /// The structure whose header stands at `base`.
    pub(super) fn open(afar: &'r Afar<'a>, base: u64, end: u64) -> Option<Self> {
        let head = afar.octets(base, 8, "the header of Exif")?;
        let is_big_endian = match head.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return afar.fails(Trouble::Broken("no header of TIFF before Exif")),
        };
        let first = if is_big_endian { be_32(&head, 4)? } else { le_32(&head, 4)? };
        Some(Self { afar, base, end, is_big_endian, first })
    }

    /// The directory at an offset.
    pub(super) fn directory(&self, offset: u32) -> Option<Directory> {
        const WHAT: &str = "a directory of Exif";
        let at = self.base + u64::from(offset);
        let count = self.u16(&self.octets(at, 2, WHAT)?, 0)?;
        let table = self.octets(at + 2, usize::from(count.min(MOST)) * 12, WHAT)?;
        let entries = (at + 2..)
            .step_by(12)
            .zip(table.chunks_exact(12))
            .filter_map(|(at, entry)| self.entry(entry, at));
        let entries = entries.collect();
        // Whoever writes the last directory does not always write that it is.
        let next_at = at + 2 + u64::from(count) * 12;
        let has_next = next_at.checked_add(4).is_some_and(|end| end <= self.end) && count <= MOST;
        let next = if has_next { self.u32(&self.octets(next_at, 4, WHAT)?, 0)? } else { 0 };
        Some(Directory { entries, next })
    }

    /// The directory that an entry points to.
    pub(super) fn below(&self, directory: &Directory, tag: u16) -> Option<Directory> {
        let offset = self.number(directory.entry(tag)?)?;
        self.further(offset)
    }

    /// A directory that another leads to: not back to the first.
    pub(super) fn further(&self, offset: u32) -> Option<Directory> {
        if offset == self.first {
            return self.afar.fails(Trouble::Broken("directories of Exif that lead round in a circle"));
        }
        self.directory(offset)
    }

    /// The first number of an entry.
    pub(super) fn number(&self, entry: Entry) -> Option<u32> {
        let octets = self.value(entry, 4)?;
        match entry.kind {
            1 => octets.first().map(|octet| u32::from(*octet)),
            3 => self.u16(&octets, 0).map(u32::from),
            4 | 13 => self.u32(&octets, 0),
            _ => None,
        }
    }

    /// Text in ASCII, where much stands in UTF-8; nothing of what is in neither.
    pub(super) fn text(&self, directory: &Directory, tag: u16) -> Option<String> {
        let entry = directory.entry(tag).filter(|entry| matches!(entry.kind, 2 | 129))?;
        let octets = self.value(entry, TEXT)?;
        let text = octets.split(|octet| *octet == 0).next()?;
        let text = std::str::from_utf8(text).ok()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Text in octets that hold UTF-16, as Windows writes it.
    pub(super) fn wide_text(&self, directory: &Directory, tag: u16) -> Option<String> {
        let octets = self.value(directory.entry(tag)?, TEXT)?;
        let units = octets.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let text = String::from_utf16(&units.take_while(|unit| *unit != 0).collect::<Vec<_>>()).ok()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// Three fractions that are whole numbers, rounded down: hours, minutes, seconds.
    pub(super) fn three_fractions(&self, directory: &Directory, tag: u16) -> Option<[u32; 3]> {
        let entry = directory.entry(tag).filter(|entry| entry.kind == 5 && entry.octets == 24)?;
        let octets = self.value(entry, 24)?;
        let part = |at| self.u32(&octets, at)?.checked_div(self.u32(&octets, at + 4)?);
        Some([part(0)?, part(8)?, part(16)?])
    }

    /// At most `most` octets of a value.
    fn value(&self, entry: Entry, most: usize) -> Option<Cow<'a, [u8]>> {
        self.octets(entry.at, entry.octets.min(most), "a value of Exif")
    }

    /// The entry of twelve octets at `at`, if its type is known.
    fn entry(&self, octets: &[u8], at: u64) -> Option<Entry> {
        let (tag, kind) = (self.u16(octets, 0)?, self.u16(octets, 2)?);
        let unit: u32 = match kind {
            1 | 2 | 6 | 7 | 129 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = usize::try_from(self.u32(octets, 4)?.checked_mul(unit)?).ok()?;
        let at = if length <= 4 { at + 8 } else { self.base + u64::from(self.u32(octets, 8)?) };
        Some(Entry { tag, kind, octets: length, at })
    }

    fn octets(&self, at: u64, count: usize, what: &'static str) -> Option<Cow<'a, [u8]>> {
        if at.checked_add(count as u64).is_none_or(|end| end > self.end) {
            return self.afar.fails(Trouble::Cut(what));
        }
        self.afar.octets(at, count, what)
    }

    fn u16(&self, octets: &[u8], at: usize) -> Option<u16> {
        if self.is_big_endian { be_16(octets, at) } else { le_16(octets, at) }
    }

    fn u32(&self, octets: &[u8], at: usize) -> Option<u32> {
        if self.is_big_endian { be_32(octets, at) } else { le_32(octets, at) }
    }
}
