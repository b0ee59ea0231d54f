//! OLE2 compound files: older Word, Excel and `PowerPoint`.

use super::{Head, signed};
use provenance::Format;

/// Octets of a directory entry.
const ENTRY: usize = 128;

/// Tells what a compound file holds, if its directory begins within the head.
pub(super) fn identify(head: Head) -> Format {
    let unknown = signed("application/x-ole-storage", None);
    let Some(names) = stream_names(head) else {
        return unknown;
    };
    let has = |name: &str| names.iter().any(|(stream, _)| stream == name);
    let basis = "signature, streams read";
    let format = match () {
        () if has("WordDocument") => {
            // The program identifier in the stream CompObj, with its length before it.
            let word_97 = head.holds(b"\x10\0\0\0Word.Document.8\0", usize::MAX);
            signed("application/msword", word_97.then_some("fmt/40"))
        }
        () if has("Workbook") => {
            let excel_97 = names.iter().any(|(name, at)| name == "Workbook" && is_biff_8(head, *at));
            signed("application/vnd.ms-excel", excel_97.then_some("fmt/61"))
        }
        () if has("Book") => signed("application/vnd.ms-excel", None),
        () if has("PowerPoint Document") => signed("application/vnd.ms-powerpoint", Some("fmt/126")),
        () if has("__properties_version1.0") => signed("application/vnd.ms-outlook", None),
        () => return unknown,
    };
    Format { basis, ..format }
}

/// The streams in the first directory sector, each with the offset of its first octet.
fn stream_names(head: Head) -> Option<Vec<(String, usize)>> {
    let sector =
        1_usize.checked_shl(u32::from(head.u16_le(30)?)).filter(|size| matches!(size, 512 | 4096))?;
    let offset_of = |number: usize| number.checked_add(1)?.checked_mul(sector);
    let directory = head.octets.get(offset_of(head.u32_le(48)?)?..)?;
    let directory = &directory[..directory.len().min(sector)];
    let entries = directory.chunks_exact(ENTRY).filter_map(|entry| {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
        let units: Vec<u16> = entry
            .get(..length.checked_sub(2)?.min(64))?
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let first = u32::from_le_bytes(entry[116..120].try_into().ok()?);
        Some((
            String::from_utf16_lossy(&units),
            offset_of(usize::try_from(first).ok()?).unwrap_or(usize::MAX),
        ))
    });
    Some(entries.collect())
}

/// Whether the workbook that begins at `at` is of Excel 97 or later: its first record says so.
fn is_biff_8(head: Head, at: usize) -> bool {
    head.has(at, b"\x09\x08") && at.checked_add(4).is_some_and(|version| head.has(version, b"\0\x06\x05\0"))
}
