//! Local headers and data descriptors against the central directory.

use super::extra::{self, Number};
use super::peek::Peek;
use super::{Audited, DESCRIBED, Halt, LATEST, MEANINGFUL};
use crate::finding::{E103, Finding};
use crate::zip::record::{LOCAL_OCTETS, LOCAL_SIGNATURE, number};
use std::ops::Range;

/// A data descriptor may begin with this (4.3.9.3).
const DESCRIPTOR_SIGNATURE: [u8; 4] = *b"PK\x07\x08";
/// The longest data descriptor: with a signature and 64-bit sizes.
const DESCRIPTOR: u64 = 24;
const DEFLATED: u16 = 8;
/// How nothing at all is deflated, which some programs do with a directory.
const NOTHING: [&[u8]; 2] = [b"\x03\x00", b"\x01\x00\x00\xFF\xFF"];

/// Where an entry lies in the file.
pub(super) struct Placed {
    pub(super) data_offset: u64,
    /// Behind its content and its data descriptor.
    pub(super) end: u64,
}

/// Compares a local header with its entry. The central directory is at `begin`, the next local
/// header at `following`. `None`, after a finding, if there is no local header at all.
pub(super) fn check(
    peek: &mut Peek<'_>,
    entry: &Audited,
    begin: u64,
    following: u64,
    findings: &mut Vec<Finding>,
) -> Result<Option<Placed>, Halt> {
    let within = entry.offset.checked_add(LOCAL_OCTETS as u64).is_some_and(|end| end <= begin);
    let fixed = if within { peek.at(entry.offset, LOCAL_OCTETS)? } else { None };
    let Some(fixed) = fixed.filter(|fixed| fixed.starts_with(&LOCAL_SIGNATURE)).map(<[u8]>::to_vec) else {
        findings.push(entry.finding(&E103, "expected a local header, found none where it must be"));
        return Ok(None);
    };
    let [name, extra] = [26, 28].map(|at| usize::try_from(number(&fixed, at, 2)).unwrap_or(0));
    let data_offset = entry.offset + (LOCAL_OCTETS + name + extra) as u64;
    let Some(text) = peek.at(entry.offset + LOCAL_OCTETS as u64, name + extra)? else {
        findings.push(entry.finding(&E103, "expected a local header, found it beyond the end of the file"));
        return Ok(None);
    };
    let (name, extra) = text.split_at(name);
    findings.extend(differences(&fixed, name, extra, entry));
    let data_end = data_offset.saturating_add(entry.compressed);
    let mut end = data_end;
    if data_end <= begin && entry.flags & DESCRIBED != 0 {
        end = if let Some(octets) = descriptor(peek, entry, data_end..following.max(data_end))? {
            data_end + octets
        } else {
            let message = "expected a data descriptor that agrees behind the content, found none";
            findings.push(entry.finding(&E103, message));
            following.max(data_end)
        };
    }
    if data_end <= begin && entry.is_directory() {
        findings.extend(content_of_directory(peek, entry, data_offset)?);
    }
    Ok(Some(Placed { data_offset, end }))
}

/// In what a local header differs from the central one.
fn differences(fixed: &[u8], name: &[u8], extra: &[u8], entry: &Audited) -> Option<Finding> {
    let mut numbers = [Number::of(number(fixed, 22, 4)), Number::of(number(fixed, 18, 4))];
    if let Err(message) = extra::read(extra, name, &mut numbers) {
        return Some(entry.finding(&E103, format!("in the local header: {message}")));
    }
    let [size, compressed] = numbers.map(|number| number.value);
    // What follows in a data descriptor may be left out here.
    let is_open = entry.flags & DESCRIBED != 0;
    let agrees = |local: u64, central: u64| local == central || (is_open && local == 0);
    let flags = (number(fixed, 6, 2) ^ u64::from(entry.flags)) & u64::from(MEANINGFUL);
    let found: Vec<&str> = [
        ("name", name == &*entry.name),
        ("version", (fixed[4] > LATEST) == entry.is_of_the_future()),
        ("flags", flags == 0),
        ("method", number(fixed, 8, 2) == u64::from(entry.method)),
        ("CRC-32", agrees(number(fixed, 14, 4), entry.crc32.into())),
        ("compressed size", agrees(compressed, entry.compressed)),
        ("size", agrees(size, entry.size)),
    ]
    .into_iter()
    .filter_map(|(what, agrees)| (!agrees).then_some(what))
    .collect();
    let message =
        "expected the local header to say the same as the central directory, found them at odds about the";
    (!found.is_empty()).then(|| entry.finding(&E103, format!("{message} {}", found.join(", "))))
}

/// Octets of the data descriptor in a place between two records; `None` if none is there that
/// agrees. It may have a signature, and sizes of 32 or of 64 bits: best, one that fills its place.
fn descriptor(peek: &mut Peek<'_>, entry: &Audited, place: Range<u64>) -> Result<Option<u64>, Halt> {
    let room = (place.end - place.start).min(DESCRIPTOR);
    let found = peek.at(place.start, usize::try_from(room).unwrap_or(0))?.unwrap_or_default();
    let mut fitting = Vec::new();
    for (signature, width) in [(true, 8), (false, 8), (true, 4), (false, 4)] {
        let mut expected = if signature { DESCRIPTOR_SIGNATURE.to_vec() } else { Vec::new() };
        expected.extend_from_slice(&entry.crc32.to_le_bytes());
        for size in [entry.compressed, entry.size] {
            expected.extend_from_slice(&size.to_le_bytes()[..width]);
        }
        let is_wide_enough = width == 8 || u32::try_from(entry.compressed.max(entry.size)).is_ok();
        if is_wide_enough && found.starts_with(&expected) {
            fitting.push(expected.len() as u64);
        }
    }
    let exact = fitting.iter().find(|&&octets| octets == place.end - place.start);
    Ok(exact.or(fitting.first()).copied())
}

/// A directory has no content, and nobody would look at it.
fn content_of_directory(peek: &mut Peek<'_>, entry: &Audited, at: u64) -> Result<Option<Finding>, Halt> {
    if entry.compressed == 0 && entry.crc32 == 0 {
        return Ok(None);
    }
    let most = NOTHING.map(<[u8]>::len).into_iter().max().unwrap_or(0);
    let octets = usize::try_from(entry.compressed).unwrap_or(usize::MAX).min(most + 1);
    let content = peek.at(at, octets)?.unwrap_or_default();
    let is_nothing = entry.method == DEFLATED && entry.crc32 == 0 && NOTHING.contains(&content);
    // A size is told elsewhere.
    let is_new = entry.size == 0 && !is_nothing;
    let message = "expected no content in a directory, found some";
    Ok(is_new.then(|| entry.finding(&E103, message)))
}
