//! Still images.

use super::{Head, signed, versioned};
use provenance::Format;

/// PNG: PRONOM tells versions by the chunks that came with them.
pub(super) fn png(head: Head) -> Format {
    let (mut newer, mut ended) = (false, false);
    let mut at = 8;
    while let (Some(length), Some(kind)) = (head.u32_be(at), head.octets.get(at + 4..at + 8)) {
        match kind {
            b"iTXt" => return versioned("image/png", Some("fmt/13")),
            // An animation is another format to PRONOM.
            b"acTL" => return signed("image/png", None),
            b"iCCP" | b"sPLT" | b"sRGB" => newer = true,
            b"IEND" => ended = true,
            _ => {}
        }
        at = at.saturating_add(length).saturating_add(12);
    }
    // A text chunk may stand after the picture, so that only the whole file settles the version.
    let settled = head.whole && ended;
    let puid = settled.then_some(if newer { "fmt/12" } else { "fmt/11" });
    versioned("image/png", puid)
}

/// JPEG: the version of JFIF, or that of Exif.
pub(super) fn jpeg(head: Head) -> Format {
    let puid = if head.has(2, b"\xFF\xE0") && head.has(6, b"JFIF\0\x01") {
        match head.octets.get(12) {
            Some(0) => Some("fmt/42"),
            Some(1) => Some("fmt/43"),
            Some(2) => Some("fmt/44"),
            _ => None,
        }
    } else if head.has(2, b"\xFF\xE1") && head.has(6, b"Exif\0\0") {
        exif_version(head)
    } else {
        is_raw(head).then_some("fmt/41")
    };
    versioned("image/jpeg", puid)
}

/// Whether it is whole, and nothing but a picture: no segment says JFIF, Exif, SPIFF or Photoshop.
fn is_raw(head: Head) -> bool {
    if !head.whole || !head.octets.ends_with(b"\xFF\xD9") {
        return false;
    }
    let mut at = 2;
    loop {
        match head.octets.get(at..at + 4) {
            Some([0xFF, 0xDA, ..]) => return true,
            Some([0xFF, 0xE0..=0xEF, ..]) | None => return false,
            Some([0xFF, _, high, low]) => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            Some(_) => return false,
        }
    }
}

fn exif_version(head: Head) -> Option<&'static str> {
    let entry: &[u8] = match () {
        () if head.has(12, b"MM\0*") => b"\x90\0\0\x07\0\0\0\x04",
        () if head.has(12, b"II*\0") => b"\0\x90\x07\0\x04\0\0\0",
        () => return None,
    };
    let segment = head.octets.get(12..)?;
    let at = super::find(&segment[..segment.len().min(65_536)], entry)? + entry.len();
    match segment.get(at..at + 4)? {
        b"0210" => Some("x-fmt/390"),
        b"0220" => Some("x-fmt/391"),
        b"0221" => Some("fmt/645"),
        b"0230" | b"0231" | b"0232" => Some("fmt/1507"),
        _ => None,
    }
}

/// TIFF: generic, unless the first directory, where it is at hand, speaks of another format built on it.
pub(super) fn tiff(head: Head) -> Format {
    let puid = match has_foreign_tags(head) {
        Some(false) => Some("fmt/353"),
        _ => None,
    };
    signed("image/tiff", puid)
}

/// Whether the first directory has tags of Exif, GPS, `GeoTIFF`, TIFF/EP, DNG or JPEG inside.
fn has_foreign_tags(head: Head) -> Option<bool> {
    let big_endian = head.has(0, b"MM");
    let u16_at =
        |at: usize| head.u16_le(at).map(|number| if big_endian { number.swap_bytes() } else { number });
    let directory = if big_endian { head.u32_be(4)? } else { head.u32_le(4)? };
    let count = usize::from(u16_at(directory)?);
    let mut foreign = head.has(8, b"CR");
    for entry in 0..count {
        let tag = u16_at(directory.checked_add(2 + entry * 12)?)?;
        foreign |= matches!(tag, 0x014A | 0x8769 | 0x8825 | 0x87AF | 0x830E | 0x9216 | 0xC612);
    }
    Some(foreign)
}

/// BMP: the size of the second header is the version.
pub(super) fn bmp(head: Head) -> Option<Format> {
    let header = head.u32_le(14)?;
    let (planes_at, depths): (usize, &[u16]) = match header {
        12 => (22, &[1, 4, 8, 24]),
        40 | 108 | 124 => (26, &[1, 4, 8, 16, 24, 32]),
        _ => return None,
    };
    if head.u16_le(planes_at)? != 1 || !depths.contains(&head.u16_le(planes_at + 2)?) {
        return None;
    }
    let puid = match (header, head.u32_le(30)) {
        (40, Some(0..=2)) => Some("fmt/116"),
        (40, Some(3)) => Some("fmt/117"),
        (108, Some(0..=3)) => Some("fmt/118"),
        (124, Some(0..=5)) => Some("fmt/119"),
        _ => None,
    };
    Some(versioned("image/bmp", puid))
}

/// WebP: by its first chunk.
pub(super) fn webp(head: Head) -> Format {
    let puid = match head.octets.get(12..16) {
        Some(b"VP8 ") => Some("fmt/566"),
        Some(b"VP8L") => Some("fmt/567"),
        Some(b"VP8X") => Some("fmt/568"),
        _ => None,
    };
    signed("image/webp", puid)
}

/// JPEG 2000: by the brand that follows its signature.
pub(super) fn jpeg_2000(head: Head) -> Option<Format> {
    match head.octets.get(20..24)? {
        b"jp2 " if head.has(16, b"ftyp") => Some(signed("image/jp2", Some("x-fmt/392"))),
        b"jpx " => Some(signed("image/jpx", None)),
        b"jpm " => Some(signed("image/jpm", None)),
        b"mjp2" => Some(signed("video/mj2", None)),
        _ => None,
    }
}
