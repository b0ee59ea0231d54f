//! Documents as people write and print them: which reader is for which format.

use super::evidence::Evidence;
use super::{READ, compound, epub, office, opendocument, pdf, rtf};
use provenance::Format;
use provenance::description::Look;

/// A reader of one family of formats, which takes what it needs from anywhere in a document.
type Reader = fn(&Look<'_>) -> Evidence;

/// The reader for a format.
fn reader(format: &Format) -> Option<Reader> {
    let media_type = format.media_type?;
    Some(match media_type {
        "application/pdf" => pdf::evidence,
        "application/rtf" | "text/rtf" => rtf::evidence,
        "application/epub+zip" => epub::evidence,
        "application/msword"
        | "application/vnd.ms-excel"
        | "application/vnd.ms-powerpoint"
        | "application/vnd.ms-outlook"
        | "application/x-ole-storage" => compound::evidence,
        _ if media_type.starts_with("application/vnd.oasis.opendocument.") => opendocument::evidence,
        _ if media_type.starts_with("application/vnd.openxmlformats-officedocument.")
            || media_type.starts_with("application/vnd.ms-") && media_type.ends_with(".macroEnabled.12") =>
        {
            office::evidence
        }
        _ => return None,
    })
}

/// What a document says, if it is one of these.
pub(super) fn evidence(look: &Look<'_>) -> Option<Evidence> {
    reader(look.format).map(|reader| reader(look))
}

/// Octets from the beginning that are wanted: what they are needed for stands at the end, too, which
/// cannot be had of what lies compressed in an archive unless this is all of it.
pub(super) fn wants(format: &Format) -> Option<usize> {
    reader(format).map(|_| READ)
}
