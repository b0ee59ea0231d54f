//! Where every octet of a stored ZIP goes: a function of names and sizes alone.

use super::record::{DosTime, Header, Method};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};

/// A file or directory to be written.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Path below the base directory; no slash at its end.
    pub path: &'a str,
    /// Octets of the file, or `None` for a directory.
    pub size_octets: Option<u64>,
    /// When it was last modified.
    pub modified: Option<DateTime<Utc>>,
}

/// The payload to be written: numbered files and directories, sorted by their names in the ZIP.
pub trait Listing: Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// Number `index`.
    fn member(&self, index: usize) -> Member<'_>;
}

/// Offsets of all members of a listing, written one right after the other.
#[derive(Debug)]
pub struct Layout {
    /// Offset of the local header of each member.
    pub(super) offsets: Vec<u64>,
    /// First octet after the last member.
    pub(super) end: u64,
}

impl Layout {
    /// Lays members out below `top/`, the first local header at `begin`.
    ///
    /// # Errors
    /// If a name is longer than a ZIP can hold (65,535 octets).
    pub fn new(listing: &dyn Listing, top: &str, begin: u64) -> Result<Self> {
        let mut at = begin;
        let mut offsets = Vec::with_capacity(listing.count());
        let mut name = String::new();
        for index in 0..listing.count() {
            offsets.push(at);
            let member = listing.member(index);
            full_name(&mut name, top, &member);
            if name.len() > usize::from(u16::MAX) {
                return Err(Error::new(
                    ErrorKind::Limit,
                    format!("cannot keep `{}`: longer than a ZIP can name", member.path),
                ));
            }
            at += header(&name, &member, 0).local_octets() + member.size_octets.unwrap_or(0);
        }
        Ok(Self { offsets, end: at })
    }
}

/// The name in the ZIP: below the top directory, a directory's with a slash at its end.
pub(super) fn full_name(name: &mut String, top: &str, member: &Member<'_>) {
    name.clear();
    name.push_str(top);
    name.push('/');
    name.push_str(member.path);
    if member.size_octets.is_none() {
        name.push('/');
    }
}

/// The header of a stored member.
pub(super) fn header<'a>(name: &'a str, member: &Member<'_>, crc32: u32) -> Header<'a> {
    let size = member.size_octets.unwrap_or(0);
    Header {
        name,
        method: Method::Stored,
        modified: DosTime::from_utc(member.modified),
        crc32,
        size,
        compressed: size,
    }
}
