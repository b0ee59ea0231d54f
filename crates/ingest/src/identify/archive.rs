//! Archives other than ZIP.

use super::{Head, signed, versioned};
use flate2::read::GzDecoder;
use provenance::Format;
use std::io::Read as _;

/// Octets that are unpacked to see what is in a compressed file.
const UNPACKED: usize = 1024;

/// gzip; what is packed into it is told besides, where its beginning says so.
pub(super) fn gzip(head: Head) -> Format {
    let format = signed("application/gzip", Some("x-fmt/266"));
    let mut content = Vec::with_capacity(UNPACKED);
    // What is cut or broken gives what was unpacked until then.
    let _ = GzDecoder::new(head.octets).take(UNPACKED as u64).read_to_end(&mut content);
    let inside = Head { octets: &content, whole: false, ..head };
    let basis = match () {
        () if inside.has(0, b"WARC/") && warc(inside).is_some() => {
            match warc(inside).and_then(|told| told.puid) {
                Some("fmt/1355") => "signature, WARC 1.0 inside",
                Some("fmt/1281") => "signature, WARC 1.1 inside",
                _ => "signature, WARC inside",
            }
        }
        () if inside.has(257, b"ustar") && tar(inside).is_some() => "signature, TAR inside",
        () => format.basis,
    };
    Format { basis, ..format }
}

/// RAR: the version to extract stands in the first file header, or in the signature itself.
pub(super) fn rar(head: Head) -> Format {
    let media_type = "application/vnd.rar";
    if head.has(6, b"\x01\0") {
        return versioned(media_type, Some("fmt/613"));
    }
    let old = head.has(6, b"\0") && head.has(9, b"\x73");
    let puid = match head.octets.get(44) {
        Some(0x14) if old => Some("x-fmt/264"),
        Some(0x1D) if old => Some("fmt/411"),
        _ => None,
    };
    versioned(media_type, puid)
}

/// bzip2: the level is a digit, and the first block begins with the digits of pi.
pub(super) fn bzip2(head: Head) -> Option<Format> {
    let level = head.octets.get(3)?.is_ascii_digit();
    let block = head.has(4, b"\x31\x41\x59\x26\x53\x59");
    let end_of_empty = head.has(4, b"\x17\x72\x45\x38\x50\x90");
    match (level, block, end_of_empty) {
        (true, true, _) => Some(signed("application/x-bzip2", Some("x-fmt/268"))),
        (true, _, true) => Some(signed("application/x-bzip2", None)),
        _ => None,
    }
}

/// WARC: the version stands in the first line.
pub(super) fn warc(head: Head) -> Option<Format> {
    let fields: [&[u8]; 4] = [b"WARC-Record-ID", b"Content-Length", b"WARC-Type", b"WARC-Date"];
    if !fields.iter().any(|field| head.holds(field, 600)) {
        return None;
    }
    let puid = match () {
        () if head.has(5, b"1.0\r\n") => Some("fmt/1355"),
        () if head.has(5, b"1.1\r\n") => Some("fmt/1281"),
        () => None,
    };
    let format = versioned("application/warc", puid);
    Some(if puid.is_none() { Format { puid: Some("fmt/289"), ..format } } else { format })
}

/// TAR: the sum over the first header is right.
pub(super) fn tar(head: Head) -> Option<Format> {
    let header = head.octets.get(..512)?;
    let field = std::str::from_utf8(&header[148..156]).ok()?;
    let written = u32::from_str_radix(field.trim_matches([' ', '\0']), 8).ok()?;
    // The field of the sum itself counts as eight spaces.
    let sum: u32 = header[..148].iter().chain(b"        ").chain(&header[156..]).map(|&o| u32::from(o)).sum();
    (sum == written).then_some(Format {
        basis: "signature, header sum right",
        ..signed("application/x-tar", Some("x-fmt/265"))
    })
}
