//! Sound and moving images.

use super::{Head, image, signed, versioned};
use provenance::Format;

/// RIFF: WAV, AVI and WebP say so in their form type.
pub(super) fn riff(head: Head) -> Option<Format> {
    match head.octets.get(8..12)? {
        b"WAVE" => Some(versioned("audio/vnd.wave", wave_puid(head))),
        b"AVI " => {
            let puid = (head.has(12, b"LIST") && head.has(20, b"hdrlavih")).then_some("fmt/5");
            Some(signed("video/vnd.avi", puid))
        }
        b"WEBP" => Some(image::webp(head)),
        _ => None,
    }
}

/// WAV: by its sample format; a broadcast extension, which stands before the data, makes it another format.
fn wave_puid(head: Head) -> Option<&'static str> {
    let mut puid = None;
    let mut at = 12;
    loop {
        let length = head.u32_le(at + 4)?;
        match head.octets.get(at..at + 4)? {
            b"fmt " if at == 12 => {
                puid = match (length, head.u16_le(at + 8)?) {
                    (16, 1) => Some("fmt/141"),
                    (_, 0xFFFE) => Some("fmt/143"),
                    (18, _) => Some("fmt/142"),
                    _ => None,
                }
            }
            b"bext" => return None,
            b"data" => return puid,
            _ => {}
        }
        // Chunks begin at even offsets.
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
    }
}

/// Ogg: by the codec of its first stream.
pub(super) fn ogg(head: Head) -> Format {
    let vorbis = head.has(28, b"\x01vorbis\0\0\0\0") && head.has(58, b"OggS");
    match () {
        () if vorbis => signed("audio/ogg", Some("fmt/203")),
        () if head.has(28, b"OpusHead") && head.has(47, b"OggS") => signed("audio/ogg", Some("fmt/946")),
        () if head.has(28, b"\x80theora\x03\x02\x01") && head.has(70, b"OggS") => {
            signed("video/ogg", Some("fmt/945"))
        }
        () if head.has(28, b"\x7FFLAC") || head.has(28, b"Speex   ") => signed("audio/ogg", None),
        () if head.has(28, b"\x80theora") => signed("video/ogg", None),
        () => signed("application/ogg", None),
    }
}

/// MP3: frames of MPEG audio layer III that follow each other, after an ID3 tag or at once.
pub(super) fn mp3(head: Head) -> Option<Format> {
    let Some(tag) = id3_length(head) else {
        return has_frames(head, 0).then(|| signed("audio/mpeg", Some("fmt/134")));
    };
    if head.has(tag, b"fLaC") || head.has(tag, b"\xFF\xF1") || head.has(tag, b"\xFF\xF9") {
        return None;
    }
    // A tag with a cover is often longer than the head; then the frames are not seen.
    let seen = has_frames(head, tag);
    (seen || tag >= head.octets.len()).then(|| signed("audio/mpeg", seen.then_some("fmt/134")))
}

fn id3_length(head: Head) -> Option<usize> {
    let size = head.octets.get(6..10)?;
    if !head.has(0, b"ID3") || size.iter().any(|&octet| octet >= 0x80) {
        return None;
    }
    Some(10 + size.iter().fold(0, |sum, &octet| sum << 7 | usize::from(octet)))
}

/// Whether seven frames stand one behind the other, as PRONOM asks.
fn has_frames(head: Head, mut at: usize) -> bool {
    (0..7).all(|_| match layer_iii_frame(head, at) {
        Some(length) => {
            at += length;
            true
        }
        None => false,
    })
}

/// Octets of the frame at `at`.
fn layer_iii_frame(head: Head, at: usize) -> Option<usize> {
    const KBIT_MPEG_1: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const KBIT_MPEG_2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    const HERTZ_MPEG_1: [usize; 3] = [44_100, 48_000, 32_000];
    let &[0xFF, kind, rates, ..] = head.octets.get(at..at.checked_add(4)?)? else {
        return None;
    };
    let (kbits, divisor, octets) = match kind & 0xFE {
        0xFA => (KBIT_MPEG_1, 1, 144),
        0xF2 => (KBIT_MPEG_2, 2, 72),
        0xE2 => (KBIT_MPEG_2, 4, 72),
        _ => return None,
    };
    let kbit = *kbits.get(usize::from(rates >> 4)).filter(|&&kbit| kbit > 0)?;
    let hertz = HERTZ_MPEG_1.get(usize::from(rates >> 2 & 3))? / divisor;
    Some(octets * 1000 * kbit / hertz + usize::from(rates >> 1 & 1))
}

/// ISO base media files: by brand.
pub(super) fn iso_media(head: Head) -> Option<Format> {
    let brands = head.octets.get(8..head.u32_be(0)?.min(76).min(head.octets.len()))?;
    let major = brands.get(..4)?;
    let generic = || {
        let mut brands = brands.chunks_exact(4);
        brands.any(|brand| matches!(brand, b"mp42" | b"mp41" | b"isom" | b"iso2")).then_some("fmt/199")
    };
    match major {
        b"qt  " => Some(signed("video/quicktime", Some("x-fmt/384"))),
        b"heic" | b"heix" => Some(signed("image/heic", Some("fmt/1101"))),
        b"mif1" | b"msf1" => Some(signed("image/heif", None)),
        b"avif" => Some(signed("image/avif", Some("fmt/2062"))),
        b"avis" => Some(signed("image/avif", None)),
        b"mp41" | b"mp42" | b"isom" | b"iso2" => Some(signed("video/mp4", generic())),
        b"iso4" | b"iso5" | b"iso6" | b"avc1" | b"M4V " => Some(signed("video/mp4", None)),
        b"M4A " => Some(signed("audio/mp4", Some("fmt/2094"))),
        b"M4B " => Some(signed("audio/mp4", None)),
        [b'3', b'g', ..] => Some(signed("video/3gpp", None)),
        _ => None,
    }
}

/// `QuickTime` from before brands.
pub(super) fn old_quicktime(head: Head) -> Option<Format> {
    let movie: [&[u8]; 3] = [b"mvhd", b"cmov", b"rmra"];
    movie.iter().any(|atom| head.has(12, atom)).then(|| signed("video/quicktime", Some("x-fmt/384")))
}

/// Matroska and `WebM`: by the document type in the EBML header.
pub(super) fn ebml(head: Head) -> Option<Format> {
    match () {
        () if head.holds(b"\x42\x82\x88matroska", 64) => Some(signed("video/matroska", Some("fmt/569"))),
        () if head.holds(b"\x42\x82\x84webm", 64) => Some(signed("video/webm", Some("fmt/573"))),
        () => None,
    }
}
