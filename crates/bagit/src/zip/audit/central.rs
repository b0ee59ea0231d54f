//! The central directory, header by header.

use super::end::End;
use super::extra::{self, Number};
use super::peek::Peek;
use super::{Audit, Audited, Halt, halt, most_entries};
use crate::finding::{E101, E103, E110, Finding};
use crate::zip::record::{CENTRAL_OCTETS, CENTRAL_SIGNATURE, DosTime, number};

/// Extra fields that an archive may have for each entry that it may have: each takes memory.
const FIELDS_FOR_EACH: u64 = 4;
/// A volume label (4.4.15): some readers pass over what has this attribute.
const LABEL: u32 = 0x08;
const DIRECTORY: u32 = 0x10;
/// The type of a file in its Unix mode.
const TYPE: u32 = 0o170_000;
const UNIX_DIRECTORY: u32 = 0o040_000;
const UNIX_FILE: u32 = 0o100_000;
/// The method of what is kept as it is.
const STORED: u16 = 0;

/// Reads every header of the central directory.
pub(super) fn read(peek: &mut Peek<'_>, end: &End, audit: &mut Audit) -> Result<(), Halt> {
    let most_fields = FIELDS_FOR_EACH * most_entries(peek.length);
    let (mut at, mut fields) = (end.directory.start, 0);
    while at < end.directory.end {
        if audit.entries.len() as u64 == end.entries {
            return halt(
                &E103,
                format!("expected {} entries as the end record counts, found more", end.entries),
            );
        }
        let left = end.directory.end - at;
        let (entry, octets, more_fields) = read_one(peek, at, left, end.base, &mut audit.findings)?;
        at += octets;
        fields += more_fields;
        if fields > most_fields {
            return halt(&E110, format!("expected at most {most_fields} extra fields, found more"));
        }
        audit.entries.push(entry);
    }
    let found = audit.entries.len() as u64;
    if found != end.entries {
        return halt(
            &E103,
            format!("expected {} entries as the end record counts, found {found}", end.entries),
        );
    }
    Ok(())
}

/// Reads one header of at most `left` octets; how many it has, and how many extra fields.
fn read_one(
    peek: &mut Peek<'_>,
    at: u64,
    left: u64,
    base: u64,
    findings: &mut Vec<Finding>,
) -> Result<(Audited, u64, u64), Halt> {
    let beyond = "expected the central directory to end with a header, found one that runs beyond it";
    let fixed = peek.at(at, CENTRAL_OCTETS)?.filter(|fixed| fixed.starts_with(&CENTRAL_SIGNATURE));
    let Some(fixed) = fixed.map(<[u8]>::to_vec) else {
        return halt(&E101, "expected headers in the central directory, found something else");
    };
    let field = |at: usize, width: usize| number(&fixed, at, width);
    let short = |at: usize| u16::try_from(field(at, 2)).unwrap_or(0);
    let long = |at: usize| u32::try_from(field(at, 4)).unwrap_or(0);
    let (name, extra) = (usize::from(short(28)), usize::from(short(30)));
    let octets = (CENTRAL_OCTETS + name + extra + usize::from(short(32))) as u64;
    if octets > left {
        return halt(&E103, beyond);
    }
    let Some(text) = peek.at(at + CENTRAL_OCTETS as u64, name + extra)? else {
        return halt(&E103, beyond);
    };
    let (name, extra) = text.split_at(name);
    let mut numbers = [
        Number::of(field(24, 4)),
        Number::of(field(20, 4)),
        Number::of(field(42, 4)),
        Number::disk(field(34, 2)),
    ];
    let read = extra::read(extra, name, &mut numbers);
    let [size, compressed, offset, disk] = numbers.map(|number| number.value);
    let entry = Audited {
        name: name.into(),
        version: fixed[6],
        flags: short(8),
        method: short(10),
        modified: DosTime { time: short(12), date: short(14) },
        crc32: long(16),
        size,
        compressed,
        // An offset beyond all measure is beyond the file, too.
        offset: offset.saturating_add(base),
        attributes: long(38),
        data_offset: None,
    };
    let fields = read.unwrap_or_else(|message| {
        findings.push(entry.finding(&E103, message));
        0
    });
    if disk != 0 {
        findings.push(entry.finding(&E103, "expected a ZIP on one disk, found an entry on another"));
    }
    findings.extend(kind(&entry));
    if entry.method == STORED && size != compressed && !entry.is_encrypted() {
        let message = format!("expected one size of what is stored, found {size} octets in {compressed}");
        findings.push(entry.finding(&E103, message));
    }
    Ok((entry, octets, fields))
}

/// What is wrong with an entry that says in two ways what it is.
fn kind(entry: &Audited) -> Option<Finding> {
    let unix = entry.mode() & TYPE;
    let message = match entry.is_directory() {
        _ if entry.dos() & LABEL != 0 => {
            "expected a file or directory, found a volume label, which some programs pass over"
        }
        false if entry.dos() & DIRECTORY != 0 || unix == UNIX_DIRECTORY => {
            "expected a file, as its name says, found a directory by its attributes"
        }
        true if unix == UNIX_FILE => "expected a directory, as its name says, found a file by its attributes",
        _ => return None,
    };
    Some(entry.finding(&E103, message))
}
