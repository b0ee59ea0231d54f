//! PDF and RTF.

use super::{Head, find, versioned};
use provenance::Format;

/// How far a mark of RTF is looked for: what stands later does not slow the reading down.
const LOOK: usize = 65_536;

/// Parts and conformance of PDF/A, and their identifiers.
const ARCHIVAL: [(&[u8], &[u8], &str); 11] = [
    (b"1", b"A", "fmt/95"),
    (b"1", b"B", "fmt/354"),
    (b"2", b"A", "fmt/476"),
    (b"2", b"B", "fmt/477"),
    (b"2", b"U", "fmt/478"),
    (b"3", b"A", "fmt/479"),
    (b"3", b"B", "fmt/480"),
    (b"3", b"U", "fmt/481"),
    (b"4", b"", "fmt/1910"),
    (b"4", b"E", "fmt/1911"),
    (b"4", b"F", "fmt/1912"),
];

/// PDF: by the version in its header, unless its metadata says that it is PDF/A.
pub(super) fn pdf(head: Head) -> Option<Format> {
    if head.holds(b"pdfaid:", head.octets.len()) {
        // What is appended later could say otherwise.
        let puid = if head.whole { archival(head.octets) } else { None };
        let basis = match puid {
            Some(_) => "signature; its XMP says it is PDF/A of this part and level, which was not checked",
            None => "signature; says it is PDF/A, level not checked",
        };
        return Some(Format { basis, ..versioned("application/pdf", puid) });
    }
    let puid = match head.octets.get(5..8)? {
        b"1.0" => Some("fmt/14"),
        b"1.1" => Some("fmt/15"),
        b"1.2" => Some("fmt/16"),
        b"1.3" => Some("fmt/17"),
        b"1.4" => Some("fmt/18"),
        b"1.5" => Some("fmt/19"),
        b"1.6" => Some("fmt/20"),
        b"1.7" => Some("fmt/276"),
        b"2.0" => Some("fmt/1129"),
        _ => None,
    };
    Some(versioned("application/pdf", puid))
}

/// What the metadata says of PDF/A, if it says it once.
fn archival(octets: &[u8]) -> Option<&'static str> {
    let says = |property: &[u8]| {
        let at = find(octets, property)? + property.len();
        let rest = &octets[at..octets.len().min(at + 16)];
        // As an attribute or as an element.
        let value = [&b"=\""[..], b"='", b">"].iter().find_map(|start| rest.strip_prefix(*start))?;
        let value = value.split(|octet| b"\"'<".contains(octet)).next()?;
        let close = find(&octets[at..], property).map(|next| at + next);
        // The element ends with its name again.
        let once = close.is_none_or(|next| {
            octets[..next].ends_with(b"</") && find(&octets[next + property.len()..], property).is_none()
        });
        once.then_some(value)
    };
    let part = says(b"pdfaid:part")?;
    let level =
        if find(octets, b"pdfaid:conformance").is_some() { says(b"pdfaid:conformance")? } else { b"" };
    ARCHIVAL.iter().find(|known| known.0 == part && known.1 == level).map(|known| known.2)
}

/// RTF: PRONOM tells versions by control words; later ones may still follow a head that is not whole.
pub(super) fn rtf(head: Head) -> Option<Format> {
    let rest = [&b"{\\rtf1"[..], b"{\\rtf"].iter().find_map(|start| head.octets.strip_prefix(*start))?;
    let sets: [&[u8]; 4] = [b"\\ansi", b"\\mac", b"\\pca", b"\\pc"];
    let after_set = sets.iter().find_map(|set| rest.strip_prefix(*set));
    let settled = head.whole && head.octets.len() <= LOOK && !head.holds(b"\\stshfdbch", LOOK);
    let puid = match after_set {
        Some(after) if settled && after.starts_with(b"\\ansicpg") => Some("fmt/50"),
        Some(_) if settled => Some("fmt/45"),
        _ => None,
    };
    Some(versioned("application/rtf", puid))
}
