//! PDF and RTF.

use super::{Head, versioned};
use provenance::Format;

/// How far a mark is looked for: what stands later does not slow the reading down.
const LOOK: usize = 65_536;

/// PDF: by the version in its header.
pub(super) fn pdf(head: Head) -> Option<Format> {
    // PDF/A has identifiers of its own, and its conformance level is more than a header can prove.
    if head.holds(b"pdfaid:", LOOK) {
        return Some(Format {
            basis: "signature; says it is PDF/A, level not checked",
            ..versioned("application/pdf", None)
        });
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
