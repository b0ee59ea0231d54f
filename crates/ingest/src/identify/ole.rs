//! OLE2 compound files: older Word, Excel and `PowerPoint`, and Outlook messages.

use super::{Head, by_crate, signed};
use provenance::Format;

/// Octets of a directory entry.
const ENTRY: usize = 128;

/// Sectors of the directory that are read at most.
const SECTORS: usize = 64;

/// Number of a sector that stands for the end of a chain, and greater ones for other things than sectors.
const NO_SECTOR: usize = 0xFFFF_FFFA;

/// Tells what a compound file holds, by as much of its directory as is within the head.
pub(super) fn identify(head: Head) -> Format {
    let basis = "signature, streams read";
    let told = streams(head).and_then(|streams| by_streams(head, &streams));
    told.map(|format| Format { basis, ..format })
        .or_else(|| by_first_sector(head))
        .or_else(|| by_crate(head).filter(|told| told.media_type != Some("application/x-cfb")))
        .unwrap_or(signed("application/x-ole-storage", None))
}

/// A stream: its name, and the offset of its first octet.
struct Stream {
    name: String,
    start: usize,
}

fn by_streams(head: Head, streams: &[Stream]) -> Option<Format> {
    let find = |name: &str| streams.iter().find(|stream| stream.name == name);
    let has = |name: &str| find(name).is_some();
    Some(match () {
        () if has("WordDocument") => signed(
            "application/msword",
            find("WordDocument").and_then(|stream| word_puid(head, stream.start)),
        ),
        () if has("Workbook") => {
            let excel_97 = find("Workbook").is_some_and(|stream| begins_workbook(head, stream.start, 6));
            signed("application/vnd.ms-excel", excel_97.then_some("fmt/61"))
        }
        () if has("Book") => {
            let excel_95 = find("Book").is_some_and(|stream| begins_workbook(head, stream.start, 5));
            signed("application/vnd.ms-excel", excel_95.then_some("fmt/59"))
        }
        () if has("PowerPoint Document") => signed("application/vnd.ms-powerpoint", Some("fmt/126")),
        () if has("PP40") => signed("application/vnd.ms-powerpoint", None),
        () if has("__properties_version1.0") => {
            signed("application/vnd.ms-outlook", has("__nameid_version1.0").then_some("x-fmt/430"))
        }
        () if has("EncryptedPackage") && has("EncryptionInfo") => {
            signed("application/x-ole-storage", Some("fmt/494"))
        }
        () if has("VisioDocument") => signed("application/vnd.visio", None),
        () if has("Quill") => signed("application/x-mspublisher", None),
        () => return None,
    })
}

/// Word: by the program that the stream `CompObj` names, with its length before it, and by the flags in
/// the file information block at `at`.
fn word_puid(head: Head, at: usize) -> Option<&'static str> {
    let flags = head.u16_le(at.checked_add(10)?).filter(|_| is_word(head, at))?;
    let (is_template, is_encrypted) = (flags & 1 != 0, flags & 0x100 != 0);
    let names = |program: &[u8]| head.holds(program, usize::MAX);
    match (is_template, is_encrypted) {
        (false, false) if names(b"\x10\0\0\0Word.Document.6\0") => Some("fmt/39"),
        _ if !names(b"\x10\0\0\0Word.Document.8\0") => None,
        (false, false) => Some("fmt/40"),
        (true, false) => Some("x-fmt/45"),
        (false, true) => Some("fmt/754"),
        (true, true) => Some("fmt/755"),
    }
}

/// Whether a file information block begins at `at`: its identifier, and a version since Word 6.
fn is_word(head: Head, at: usize) -> bool {
    let identifier = head.has(at, b"\xEC\xA5") || head.has(at, b"\xDC\xA5");
    identifier
        && at
            .checked_add(2)
            .and_then(|at| head.u16_le(at))
            .is_some_and(|version| (0x65..=0x0112).contains(&version))
}

/// Streams of Word and Excel often lie in the first sector, and the directory behind the head.
fn by_first_sector(head: Head) -> Option<Format> {
    let first = sector_size(head)?;
    let is_excel = begins_workbook(head, first, 6) || begins_workbook(head, first, 5);
    let media_type = match () {
        () if is_word(head, first) => "application/msword",
        () if is_excel => "application/vnd.ms-excel",
        () => return None,
    };
    Some(Format { basis: "signature, first stream begins as one of this format", ..signed(media_type, None) })
}

fn sector_size(head: Head) -> Option<usize> {
    1_usize.checked_shl(u32::from(head.u16_le(30)?)).filter(|size| matches!(size, 512 | 4096))
}

/// The streams and folders in those sectors of the directory that are within the head.
fn streams(head: Head) -> Option<Vec<Stream>> {
    let size = sector_size(head)?;
    let offset_of = |number: usize| number.checked_add(1)?.checked_mul(size);
    // Where the table of sectors lies; its own sectors are listed in the header.
    let next_of = |number: usize| {
        let (table, entry) = (number / (size / 4), number % (size / 4));
        let table = (table < 109).then(|| head.u32_le(76 + table * 4)).flatten()?;
        head.u32_le(offset_of(table)?.checked_add(entry * 4)?)
    };
    let first = head.u32_le(48)?;
    let mut streams = Vec::new();
    let chain = std::iter::successors(Some(first), |number| next_of(*number));
    for number in chain.take(SECTORS).take_while(|number| *number < NO_SECTOR) {
        let Some(sector) = offset_of(number).and_then(|at| head.octets.get(at..)) else { break };
        streams.extend(sector[..sector.len().min(size)].chunks_exact(ENTRY).filter_map(|entry| {
            let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
            let name = entry.get(..length.checked_sub(2)?.min(64))?;
            let units: Vec<u16> =
                name.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let first = u32::from_le_bytes(entry[116..120].try_into().ok()?);
            let start = usize::try_from(first).ok().and_then(offset_of).unwrap_or(usize::MAX);
            Some(Stream { name: String::from_utf16_lossy(&units), start })
        }));
    }
    (!streams.is_empty()).then_some(streams)
}

/// Whether a workbook of this version of its records begins at `at`: the first of them says so.
fn begins_workbook(head: Head, at: usize, version: u8) -> bool {
    let kinds = at.checked_add(4);
    head.has(at, b"\x09\x08") && kinds.is_some_and(|kind| head.has(kind, &[0, version, 5, 0]))
}
