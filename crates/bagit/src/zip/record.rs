//! The records of a ZIP, each in its one canonical form.

use chrono::{DateTime, Datelike, TimeZone, Timelike, Utc};

/// Octets of the fixed part of a local header, a central header and the end records.
pub(super) const LOCAL_OCTETS: usize = 30;
pub(super) const CENTRAL_OCTETS: usize = 46;
pub(super) const END_OCTETS: usize = 22;
pub(super) const END64_OCTETS: usize = 56;
pub(super) const LOCATOR_OCTETS: usize = 20;

pub(super) const CENTRAL_SIGNATURE: [u8; 4] = *b"PK\x01\x02";
pub(super) const END_SIGNATURE: [u8; 4] = *b"PK\x05\x06";
pub(super) const LOCAL_SIGNATURE: [u8; 4] = *b"PK\x03\x04";
pub(super) const END64_SIGNATURE: [u8; 4] = *b"PK\x06\x06";
pub(super) const LOCATOR_SIGNATURE: [u8; 4] = *b"PK\x06\x07";

/// "Made by" says Unix, so that the attributes are read as a mode (4.4.2).
const UNIX: u16 = 0x0300;
/// The version that can read 64-bit sizes: 4.5 (4.4.3.2).
const ZIP64_VERSION: u16 = 0x2D;

/// The largest size, offset or count that the plain fields can tell; beyond, they are all ones.
const FULL32: u64 = 0xFFFF_FFFF;
const FULL16: u64 = 0xFFFF;

/// How an entry's octets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// Deflated (APPNOTE 4.4.5, method 8).
    Deflated,
}

/// A modification time as ZIP keeps it: two-second steps, 1980 to 2107, here always in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DosTime {
    pub(super) date: u16,
    pub(super) time: u16,
}

impl DosTime {
    /// 1980-01-01 00:00:00, which also stands for "unknown".
    pub const EARLIEST: Self = Self { date: 0x21, time: 0 };

    /// The nearest time not later; years outside 1980 to 2107 are clamped.
    #[must_use]
    pub fn from_utc(at: Option<DateTime<Utc>>) -> Self {
        let Some(at) = at else { return Self::EARLIEST };
        let number = |n: u32| u16::try_from(n).unwrap_or(0);
        match at.year() {
            ..1980 => Self::EARLIEST,
            2108.. => Self { date: 0xFF9F, time: 0xBF7D },
            year => Self {
                date: (number(year.unsigned_abs() - 1980) << 9)
                    | (number(at.month()) << 5)
                    | number(at.day()),
                time: (number(at.hour()) << 11) | (number(at.minute()) << 5) | number(at.second() / 2),
            },
        }
    }

    /// The time in UTC, or `None` where the fields name no time.
    #[must_use]
    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        let (date, time) = (u32::from(self.date), u32::from(self.time));
        let year = i32::try_from(date >> 9).ok()? + 1980;
        Utc.with_ymd_and_hms(year, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2)
            .single()
    }
}

/// One entry, as both of its headers tell it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'a> {
    /// The full name; a directory's ends in `/`.
    pub(super) name: &'a str,
    pub(super) method: Method,
    pub(super) modified: DosTime,
    pub(super) crc32: u32,
    pub(super) size: u64,
    pub(super) compressed: u64,
}

impl Header<'_> {
    fn is_directory(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Whether the local header needs 64-bit sizes.
    fn is_large(&self) -> bool {
        self.size >= FULL32 || self.compressed >= FULL32
    }

    /// Octets of the local header with its name.
    pub(super) fn local_octets(&self) -> u64 {
        (LOCAL_OCTETS + self.name.len() + if self.is_large() { 20 } else { 0 }) as u64
    }

    fn version_needed(&self, large: bool) -> u16 {
        match (large, self.method) {
            (true, _) => ZIP64_VERSION,
            (false, Method::Stored) if !self.is_directory() => 10,
            _ => 20,
        }
    }

    /// Fields 4.4.3 to 4.4.9, which both headers share in the same order.
    fn shared(&self, out: &mut Vec<u8>, large: bool, compressed: u64, size: u64) {
        put16(out, self.version_needed(large));
        put16(out, if self.name.is_ascii() { 0 } else { 0x0800 });
        put16(
            out,
            match self.method {
                Method::Stored => 0,
                Method::Deflated => 8,
            },
        );
        put16(out, self.modified.time);
        put16(out, self.modified.date);
        put32(out, self.crc32);
        put32(out, clamp32(compressed));
        put32(out, clamp32(size));
        put16(out, u16::try_from(self.name.len()).unwrap_or(u16::MAX));
    }

    /// Writes the local header.
    pub(super) fn put_local(&self, out: &mut Vec<u8>) {
        let large = self.is_large();
        out.extend_from_slice(&LOCAL_SIGNATURE);
        let (compressed, size) = if large { (FULL32, FULL32) } else { (self.compressed, self.size) };
        self.shared(out, large, compressed, size);
        put16(out, if large { 20 } else { 0 });
        out.extend_from_slice(self.name.as_bytes());
        if large {
            put16(out, 1);
            put16(out, 16);
            put64(out, self.size);
            put64(out, self.compressed);
        }
    }

    /// Writes the central header of an entry whose local header is at `offset`.
    pub(super) fn put_central(&self, out: &mut Vec<u8>, offset: u64) {
        let wide: Vec<u64> = if self.is_large() { vec![self.size, self.compressed] } else { Vec::new() }
            .into_iter()
            .chain((offset >= FULL32).then_some(offset))
            .collect();
        let large = !wide.is_empty();
        out.extend_from_slice(&CENTRAL_SIGNATURE);
        put16(out, UNIX | self.version_needed(large));
        let (compressed, size) =
            if self.is_large() { (FULL32, FULL32) } else { (self.compressed, self.size) };
        self.shared(out, large, compressed, size);
        put16(out, if large { u16::try_from(4 + 8 * wide.len()).unwrap_or(0) } else { 0 });
        put16(out, 0); // comment
        put16(out, 0); // disk
        put16(out, 0); // internal attributes
        put32(out, if self.is_directory() { (0o040_755 << 16) | 0x10 } else { 0o100_644 << 16 });
        put32(out, clamp32(offset));
        out.extend_from_slice(self.name.as_bytes());
        if large {
            put16(out, 1);
            put16(out, u16::try_from(8 * wide.len()).unwrap_or(0));
            for value in wide {
                put64(out, value);
            }
        }
    }
}

/// Writes the end record, with the 64-bit pair before it where a number needs it.
pub(super) fn put_end(out: &mut Vec<u8>, entries: u64, directory_octets: u64, directory_offset: u64) {
    if entries >= FULL16 || directory_octets >= FULL32 || directory_offset >= FULL32 {
        out.extend_from_slice(&END64_SIGNATURE);
        put64(out, (END64_OCTETS - 12) as u64);
        put16(out, UNIX | ZIP64_VERSION);
        put16(out, ZIP64_VERSION);
        put32(out, 0);
        put32(out, 0);
        for value in [entries, entries, directory_octets, directory_offset] {
            put64(out, value);
        }
        out.extend_from_slice(&LOCATOR_SIGNATURE);
        put32(out, 0);
        put64(out, directory_offset + directory_octets);
        put32(out, 1);
    }
    out.extend_from_slice(&END_SIGNATURE);
    put32(out, 0);
    let count = u16::try_from(entries.min(FULL16)).unwrap_or(u16::MAX);
    put16(out, count);
    put16(out, count);
    put32(out, clamp32(directory_octets));
    put32(out, clamp32(directory_offset));
    put16(out, 0);
}

fn clamp32(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn put16(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn put64(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Reads a little-endian number of up to eight octets; 0 where `octets` is too short.
pub(super) fn number(octets: &[u8], at: usize, width: usize) -> u64 {
    let Some(field) = octets.get(at..at + width) else {
        return 0;
    };
    field.iter().rev().fold(0, |sum, &octet| sum << 8 | u64::from(octet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn times_come_back_in_steps_of_two_seconds(seconds in 315_532_800_i64..4_354_819_200) {
            let at = DateTime::from_timestamp(seconds, 5).unwrap();
            let back = DosTime::from_utc(Some(at)).to_utc().unwrap();
            prop_assert!((0..2).contains(&(seconds - back.timestamp())));
        }
    }

    #[test]
    fn times_beyond_are_clamped() {
        let at = |text: &str| DosTime::from_utc(Some(text.parse().unwrap())).to_utc().unwrap().to_rfc3339();
        assert_eq!(at("1969-12-31T23:59:59Z"), "1980-01-01T00:00:00+00:00");
        assert_eq!(at("2200-01-01T00:00:00Z"), "2107-12-31T23:59:58+00:00");
        assert_eq!(DosTime { date: 0, time: 0 }.to_utc(), None);
    }
}
