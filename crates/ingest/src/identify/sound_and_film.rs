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
        () if head.has(28, b"Speex   ") => signed("audio/ogg", head.has(108, b"OggS").then_some("fmt/948")),
        () if head.has(28, b"\x7FFLAC") => signed("audio/ogg", head.has(79, b"OggS").then_some("fmt/947")),
        () if head.has(28, b"\x80theora") => signed("video/ogg", None),
        () => signed("application/ogg", None),
    }
}

/// MP3: frames of MPEG audio layer III that follow each other, after an ID3 tag or at once.
pub(super) fn mp3(head: Head) -> Option<Format> {
    let Some(tag) = id3_length(head) else {
        return has_frames(head, 0).then(|| signed("audio/mpeg", Some("fmt/134")));
    };
    if head.has(tag, b"fLaC") {
        return Some(signed("audio/flac", None));
    }
    if head.has(tag, b"\xFF\xF1") || head.has(tag, b"\xFF\xF9") {
        return has_adts_frames(head, tag).then(|| signed("audio/aac", Some("fmt/1812")));
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

/// AAC as it is streamed: frames that follow each other.
pub(super) fn aac(head: Head) -> Option<Format> {
    has_adts_frames(head, 0).then(|| signed("audio/aac", Some("fmt/1812")))
}

/// Whether seven frames of ADTS stand one behind the other.
fn has_adts_frames(head: Head, mut at: usize) -> bool {
    (0..7).all(|_| {
        let Some(&[0xFF, 0xF0 | 0xF1 | 0xF8 | 0xF9, rate, high, middle, low]) =
            head.octets.get(at..at.saturating_add(6))
        else {
            return false;
        };
        let length = usize::from(high & 3) << 11 | usize::from(middle) << 3 | usize::from(low >> 5);
        at += length;
        length > 7 && rate >> 2 & 0x0F < 13
    })
}

/// AIFF, and where it is compressed AIFC.
pub(super) fn aiff(head: Head) -> Option<Format> {
    match head.octets.get(8..12)? {
        b"AIFF" => Some(signed("audio/x-aiff", Some("fmt/414"))),
        b"AIFC" => Some(signed("audio/x-aiff", Some("x-fmt/136"))),
        _ => None,
    }
}

/// Windows Media: pictures or sound, by what its streams are said to be.
pub(super) fn windows_media(head: Head) -> Format {
    const SOUND: &[u8] = b"\x40\x9E\x69\xF8\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B";
    const PICTURES: &[u8] = b"\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B";
    // The header says how long it is; a cover may make it longer than the head.
    let length = head.u32_le(16).unwrap_or(usize::MAX);
    let seen = length <= head.octets.len();
    match (head.holds(PICTURES, length), head.holds(SOUND, length)) {
        (true, _) => signed("video/x-ms-wmv", None),
        (false, true) if seen => signed("audio/x-ms-wma", None),
        _ => signed("application/vnd.ms-asf", None),
    }
}

/// MPEG program streams: version 1 or 2 of the pack header.
pub(super) fn program_stream(head: Head) -> Option<Format> {
    let kind = head.octets.get(4)?;
    (kind & 0xF0 == 0x20 || kind & 0xC0 == 0x40).then(|| signed("video/mpeg", None))
}

/// MPEG transport streams: eight packets, each with its sync octet.
pub(super) fn transport_stream(head: Head) -> Option<Format> {
    let synced = (0..8).all(|packet| head.octets.get(packet * 188) == Some(&0x47));
    synced.then(|| signed("video/mp2t", Some("fmt/585")))
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
    let brands = head.octets.get(8..head.u32_be(0)?.min(136))?;
    let major = brands.get(..4)?;
    // After the major brand comes its version, and then all that it is compatible with.
    let has = |wanted: &[&[u8]]| {
        brands.chunks_exact(4).enumerate().any(|(at, brand)| at != 1 && wanted.contains(&brand))
    };
    match major {
        b"qt  " => Some(signed("video/quicktime", Some("x-fmt/384"))),
        b"heic" | b"heix" => Some(signed("image/heic", Some("fmt/1101"))),
        b"hevc" | b"hevx" => Some(signed("image/heic-sequence", None)),
        b"avif" => Some(signed("image/avif", Some("fmt/2062"))),
        b"avis" => Some(signed("image/avif", None)),
        b"mif1" | b"msf1" if has(&[b"avif", b"avis"]) => Some(signed("image/avif", None)),
        b"mif1" if has(&[b"heic", b"heix"]) => Some(signed("image/heic", Some("fmt/1101"))),
        b"mif1" => Some(signed("image/heif", Some("fmt/1101"))),
        b"msf1" => Some(signed("image/heif-sequence", None)),
        b"crx " => Some(signed("image/x-canon-cr3", None)),
        b"M4A " => Some(signed("audio/mp4", Some("fmt/2094"))),
        b"M4B " | b"M4P " => Some(signed("audio/mp4", None)),
        b"mp41" | b"mp42" | b"isom" | b"iso2" => Some(signed("video/mp4", Some("fmt/199"))),
        b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"iso7" | b"iso8" | b"iso9" | b"avc1" | b"dash" | b"MSNV"
        | b"mmp4" | b"M4V " | b"M4VH" | b"M4VP" | b"XAVC" | b"f4v " | b"F4V " => {
            Some(signed("video/mp4", None))
        }
        [b'3', b'g', b'2', _] => Some(signed("video/3gpp2", None)),
        [b'3', b'g', kind, release] => {
            let known = b"eghprst".contains(kind) && (b'4'..=b'9').contains(release);
            Some(signed("video/3gpp", known.then_some("fmt/357")))
        }
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
        () if head.holds(b"\x42\x82\x88matroska", 512) => Some(signed("video/matroska", Some("fmt/569"))),
        () if head.holds(b"\x42\x82\x84webm", 512) => Some(signed("video/webm", Some("fmt/573"))),
        () => None,
    }
}
