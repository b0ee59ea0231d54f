//! The records at the end of a ZIP: where its central directory is, and how many entries it has.

use super::peek::Peek;
use super::{Halt, halt, hidden};
use crate::finding::{E101, E103, E111, Finding};
use crate::zip::record::{
    CENTRAL_SIGNATURE, END_OCTETS, END_SIGNATURE, END64_OCTETS, END64_SIGNATURE, LOCATOR_OCTETS,
    LOCATOR_SIGNATURE, number,
};
use std::ops::Range;

/// The longest comment.
const COMMENT: u64 = 0xFFFF;
/// A field that is full says that its number stands in the 64-bit record.
const FULL16: u64 = 0xFFFF;
const FULL32: u64 = 0xFFFF_FFFF;

/// What the end records say, once it is sure what they say.
pub(super) struct End {
    pub(super) entries: u64,
    /// Where the central directory stands in the file.
    pub(super) directory: Range<u64>,
    /// Octets before the archive, by which every offset in it is too small.
    pub(super) base: u64,
}

/// Numbers of an end record of either width, in their order: this disk, the disk of the central
/// directory, entries on this disk, entries, octets and offset of the central directory.
type Numbers = [u64; 6];
const FULL: Numbers = [FULL16, FULL16, FULL16, FULL16, FULL32, FULL32];

/// Finds the end records and the central directory.
pub(super) fn find(peek: &mut Peek<'_>, findings: &mut Vec<Finding>) -> Result<End, Halt> {
    let plain_at = find_plain(peek, findings)?;
    let octets = record(peek, plain_at, END_OCTETS)?;
    let plain =
        [(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4)].map(|(at, width)| number(&octets, at, width));
    let wide = find_wide(peek, plain_at, plain)?;
    let (numbers, end) = wide.as_ref().map_or((plain, plain_at), |wide| (wide.numbers, wide.at));
    let [disk, directory_disk, here, entries, octets, offset] = numbers;
    if disk != 0 || directory_disk != 0 || here != entries {
        return halt(&E103, "expected a ZIP on one disk, found an end record of several");
    }
    let (directory, base) = locate(peek, octets, offset, end, findings)?;
    if wide.is_some_and(|wide| wide.claimed.checked_add(base) != Some(wide.at)) {
        return halt(&E103, "expected the 64-bit end record where its locator says, found it elsewhere");
    }
    Ok(End { entries, directory, base })
}

/// Finds the one end record: the last one, whose comment ends with the file. A reader may look
/// for it from the end, or for one that fits; all must come to the same.
fn find_plain(peek: &mut Peek<'_>, findings: &mut Vec<Finding>) -> Result<u64, Halt> {
    let length = peek.length;
    let begin = length.saturating_sub(COMMENT + END_OCTETS as u64);
    let tail = record(peek, begin, usize::try_from(length - begin).unwrap_or(0))?;
    let signed = |at: &usize| tail[*at..].starts_with(&END_SIGNATURE);
    let places: Vec<usize> = (0..tail.len()).filter(signed).collect();
    let end_of = |at: usize| at + END_OCTETS + usize::try_from(number(&tail, at + 20, 2)).unwrap_or(0);
    let whole = || places.iter().copied().filter(|at| at + END_OCTETS <= tail.len());
    let mut exact = whole().filter(|&at| end_of(at) == tail.len());
    let at = match (exact.next(), exact.next()) {
        (Some(_), Some(_)) => return halt(&E103, "expected one end record, found two that fit the file"),
        (Some(at), None) if places.last() != Some(&at) => {
            return halt(&E103, "expected a comment without an end record in it, found one");
        }
        (Some(at), None) => at,
        (None, _) => {
            let Some(at) = whole().next_back() else {
                return halt(
                    &E101,
                    "expected a ZIP, found no end record: it is cut short, or something else",
                );
            };
            let Some(behind) = tail.len().checked_sub(end_of(at)) else {
                return halt(&E101, "expected the comment at the end, found it cut short");
            };
            let behind = length - behind as u64..length;
            let message = "expected the archive to end with its end record, found octets behind it";
            findings.push(Finding::new(&E111, "", hidden(message, behind)));
            at
        }
    };
    Ok(begin + at as u64)
}

/// The 64-bit end record.
struct Wide {
    numbers: Numbers,
    at: u64,
    /// Where its locator says that it stands.
    claimed: u64,
}

/// Reads the 64-bit end record, where a locator stands before the plain one. Some readers take
/// it whenever it is there, others only for full fields: both must read the same.
fn find_wide(peek: &mut Peek<'_>, plain_at: u64, plain: Numbers) -> Result<Option<Wide>, Halt> {
    let Some(locator_at) = plain_at.checked_sub(LOCATOR_OCTETS as u64) else {
        return Ok(None);
    };
    let locator = record(peek, locator_at, LOCATOR_OCTETS)?;
    if !locator.starts_with(&LOCATOR_SIGNATURE) {
        return Ok(None);
    }
    let wide_at = locator_at.checked_sub(END64_OCTETS as u64);
    let octets = match wide_at {
        Some(at) => record(peek, at, END64_OCTETS)?,
        None => Vec::new(),
    };
    let (Some(at), true) = (wide_at, octets.starts_with(&END64_SIGNATURE)) else {
        let is_needed = plain.iter().zip(FULL).any(|(number, full)| *number == full);
        let code = if is_needed { &E101 } else { &E103 };
        return halt(code, "expected a 64-bit end record before its locator, found none");
    };
    if number(&octets, 4, 8) != (END64_OCTETS - 12) as u64 {
        return halt(&E103, "expected a 64-bit end record of the first version, found one of another length");
    }
    if number(&locator, 4, 4) != 0 || number(&locator, 16, 4) != 1 {
        return halt(&E103, "expected a ZIP on one disk, found a locator of another number");
    }
    let numbers: Numbers =
        [(16, 4), (20, 4), (24, 8), (32, 8), (40, 8), (48, 8)].map(|(at, width)| number(&octets, at, width));
    let agree = |index: usize| plain[index] == FULL[index] || plain[index] == numbers[index];
    if !(0..plain.len()).all(agree) {
        return halt(
            &E103,
            "expected both end records to say the same, found other numbers in the 64-bit one",
        );
    }
    Ok(Some(Wide { numbers, at, claimed: number(&locator, 8, 8) }))
}

/// Where the central directory stands that ends at `end`, and the octets before the archive.
fn locate(
    peek: &mut Peek<'_>,
    octets: u64,
    offset: u64,
    end: u64,
    findings: &mut Vec<Finding>,
) -> Result<(Range<u64>, u64), Halt> {
    let (Some(before), Some(stated)) =
        (end.checked_sub(octets), offset.checked_add(octets).filter(|&stated| stated <= end))
    else {
        return halt(&E101, "expected the central directory before the end record, found its place beyond");
    };
    if stated == end || octets == 0 {
        return Ok((before..end, before - offset));
    }
    let mut is_directory = |at: u64| -> Result<bool, Halt> {
        Ok(peek.at(at, CENTRAL_SIGNATURE.len())?.is_some_and(|found| found == CENTRAL_SIGNATURE))
    };
    match (is_directory(before)?, is_directory(offset)?) {
        // Everything is as far behind as something stands before the archive.
        (true, false) => Ok((before..end, before - offset)),
        (false, true) => {
            let message = "expected the end record behind the central directory, found octets between them";
            findings.push(Finding::new(&E111, "", hidden(message, stated..end)));
            Ok((offset..stated, 0))
        }
        (true, true) => halt(&E103, "expected one central directory, found two places where it may begin"),
        (false, false) => halt(&E101, "expected the central directory where the end record says, found none"),
    }
}

/// A record that is known to lie within the file.
fn record(peek: &mut Peek<'_>, at: u64, octets: usize) -> Result<Vec<u8>, Halt> {
    Ok(peek.at(at, octets)?.unwrap_or_default().to_vec())
}
