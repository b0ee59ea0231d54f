//! Text: what its octets say first, and only then what its name does.

use super::{Head, json, mail, markup};
use provenance::Format;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Kinds of text that only their extension tells: extension, media type, PRONOM identifier, basis.
const EXTENSIONS: &[(&str, &str, Option<&str>, &str)] = &[
    ("csv", "text/csv", Some("x-fmt/18"), "text: valid UTF-8, extension .csv"),
    ("tsv", "text/tab-separated-values", Some("x-fmt/13"), "text: valid UTF-8, extension .tsv"),
    ("md", "text/markdown", Some("fmt/1149"), "text: valid UTF-8, extension .md"),
    ("py", "text/x-python", Some("fmt/938"), "text: valid UTF-8, extension .py"),
    ("js", "text/javascript", Some("x-fmt/423"), "text: valid UTF-8, extension .js"),
    ("css", "text/css", Some("x-fmt/224"), "text: valid UTF-8, extension .css"),
    ("ics", "text/calendar", None, "text: valid UTF-8, extension .ics"),
    ("vcf", "text/vcard", None, "text: valid UTF-8, extension .vcf"),
    ("vtt", "text/vtt", None, "text: valid UTF-8, extension .vtt"),
    ("ttl", "text/turtle", Some("fmt/874"), "text: valid UTF-8, extension .ttl"),
    ("yaml", "application/yaml", Some("fmt/818"), "text: valid UTF-8, extension .yaml"),
    ("sql", "application/sql", Some("fmt/206"), "text: valid UTF-8, extension .sql"),
    ("toml", "application/toml", Some("fmt/2065"), "text: valid UTF-8, extension .toml"),
    ("log", "text/plain", Some("x-fmt/62"), "text: valid UTF-8, extension .log"),
    ("ini", "text/plain", Some("x-fmt/421"), "text: valid UTF-8, extension .ini"),
    ("tex", "text/plain", None, "text: valid UTF-8, extension .tex"),
    ("bib", "text/plain", None, "text: valid UTF-8, extension .bib"),
    ("srt", "text/plain", None, "text: valid UTF-8, extension .srt"),
    ("yml", "application/yaml", Some("fmt/818"), "text: valid UTF-8, extension .yml"),
];

pub(super) fn identify(head: Head) -> Option<Format> {
    if is_utf_16(head) {
        return Some(plain("UTF-16 byte order mark"));
    }
    let octets = head.octets.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head.octets);
    // Without an early end within a chunk, many octets are compared at once.
    let holds_binary = |chunk: &[u8]| chunk.iter().fold(false, |found, &octet| found | is_binary(octet));
    if octets.chunks(512).any(holds_binary) {
        return None;
    }
    let text = utf_8(octets, head.whole)?;
    markup::identify(text, head)
        .or_else(|| json::identify(text, head.whole))
        .or_else(|| mail::identify(text))
        .or_else(|| by_extension(head))
        .or(Some(plain("text: valid UTF-8")))
}

fn plain(basis: &'static str) -> Format {
    Format { media_type: Some("text/plain"), puid: Some("x-fmt/111"), basis }
}

fn by_extension(head: Head) -> Option<Format> {
    let (_, media_type, puid, basis) = EXTENSIONS.iter().find(|known| head.has_extension(known.0))?;
    Some(Format { media_type: Some(media_type), puid: *puid, basis })
}

/// Controls that no text holds.
fn is_binary(octet: u8) -> bool {
    octet == 0x7F || (octet < 0x20 && !matches!(octet, b'\t' | b'\n' | b'\r' | 0x0C))
}

/// The octets as text; a character that is cut at the end of a head is left off.
fn utf_8(octets: &[u8], whole: bool) -> Option<&str> {
    match std::str::from_utf8(octets) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && !whole => {
            std::str::from_utf8(&octets[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

/// Whether a byte order mark of UTF-16 comes before text in it.
fn is_utf_16(head: Head) -> bool {
    let little_endian = match head.octets {
        [0xFF, 0xFE, ..] => true,
        [0xFE, 0xFF, ..] => false,
        _ => return false,
    };
    let units = head.octets.chunks_exact(2).skip(1).map(|pair| match (little_endian, [pair[0], pair[1]]) {
        (true, pair) => u16::from_le_bytes(pair),
        (false, pair) => u16::from_be_bytes(pair),
    });
    let mut characters = char::decode_utf16(units).peekable();
    while let Some(character) = characters.next() {
        match character {
            Ok(c) if u8::try_from(u32::from(c)).is_ok_and(is_binary) => return false,
            // Half a pair may have been cut off at the end.
            Err(_) if head.whole || characters.peek().is_some() => return false,
            _ => {}
        }
    }
    true
}
