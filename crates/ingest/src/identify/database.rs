//! Databases and mail stores of one file.

use super::{Head, find, signed, versioned};
use provenance::Format;

/// Access before 2007: the version of its engine, and a property that says the version of the program.
pub(super) fn jet(head: Head) -> Format {
    let puid = match head.octets.get(20) {
        Some(0) => says_version(head.octets, b"AccessVersion", b"07.").then_some("x-fmt/239"),
        Some(1) if says_version(head.octets, WIDE, b"0\08\0.\0") => Some("x-fmt/240"),
        Some(1) if says_version(head.octets, WIDE, b"0\09\0.\0") => Some("x-fmt/241"),
        _ => None,
    };
    versioned("application/x-msaccess", puid)
}

/// Access since 2007.
pub(super) fn ace(head: Head) -> Format {
    let is_2007 = head.octets.get(20) == Some(&2) && says_version(head.octets, WIDE, b"0\09\0.\0");
    versioned("application/x-msaccess", is_2007.then_some("fmt/275"))
}

/// The name of that property in UTF-16.
const WIDE: &[u8] = b"A\0c\0c\0e\0s\0s\0V\0e\0r\0s\0i\0o\0n\0";

/// Whether the property is there, and this version soon after it, and no other one of the engine.
fn says_version(octets: &[u8], property: &[u8], version: &[u8]) -> bool {
    find(octets, property).is_some_and(|at| {
        let after = &octets[at + property.len()..];
        find(&after[..after.len().min(1024)], version).is_some()
    })
}

/// Outlook data files, and copies of what is on a server: by the version of the format.
pub(super) fn outlook(head: Head) -> Option<Format> {
    let is_offline = head.has(8, b"SO");
    if !head.has(8, b"SM") && !is_offline {
        return None;
    }
    let puid = match head.u16_le(10)? {
        _ if is_offline => None,
        14 | 15 => Some("x-fmt/248"),
        23 => Some("x-fmt/249"),
        _ => None,
    };
    Some(versioned("application/vnd.ms-outlook-pst", puid))
}

/// `DjVu`: one page or several; other kinds of it are parts.
pub(super) fn djvu(head: Head) -> Option<Format> {
    let form = head.octets.get(12..16)?;
    let puid = match form {
        b"DJVM" if head.has(16, b"DIRM") => Some("fmt/255"),
        b"DJVU" if head.has(16, b"INFO") => Some("fmt/255"),
        b"DJVM" | b"DJVU" => None,
        _ => return None,
    };
    Some(signed("image/vnd.djvu", puid))
}
