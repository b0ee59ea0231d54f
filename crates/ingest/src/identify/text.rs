//! Text: what its octets say first, and only then what its name does.

use super::encoding::{self, By, Charset, Text};
use super::{Head, basis, json, mail, markup, rows, written};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
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
    ("ttl", "text/turtle", Some("fmt/874"), "text: valid UTF-8, extension .ttl"),
    ("yaml", "application/yaml", Some("fmt/818"), "text: valid UTF-8, extension .yaml"),
    ("sql", "application/sql", Some("fmt/206"), "text: valid UTF-8, extension .sql"),
    ("toml", "application/toml", Some("fmt/2065"), "text: valid UTF-8, extension .toml"),
    ("log", "text/plain", Some("x-fmt/62"), "text: valid UTF-8, extension .log"),
    ("ini", "text/plain", Some("x-fmt/421"), "text: valid UTF-8, extension .ini"),
    ("tex", "text/plain", None, "text: valid UTF-8, extension .tex"),
    ("bib", "text/plain", None, "text: valid UTF-8, extension .bib"),
    ("yml", "application/yaml", Some("fmt/818"), "text: valid UTF-8, extension .yml"),
];

pub(super) fn identify(head: Head) -> Option<Format> {
    // Without an early end within a chunk, many octets are compared at once.
    let holds_binary = |chunk: &[u8]| chunk.iter().fold(false, |found, &octet| found | is_binary(octet));
    let is_plain = !head.octets.chunks(512).any(holds_binary);
    if is_plain
        && !head.octets.starts_with(BYTE_ORDER_MARK)
        && let Some(text) = encoding::utf_8(head.octets)
        && (!head.whole || text.len() == head.octets.len())
    {
        return Some(by_content(text, head));
    }
    let reading = match encoding::wide_or_marked(head.octets) {
        Some(reading) => reading,
        None if is_plain => encoding::reading(head.octets),
        None => return None,
    };
    let octets = &head.octets[reading.mark..];
    let certain = match reading.charset {
        // Wide characters have NULs.
        Charset::Standard(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => {
            if !is_plain {
                return None;
            }
            let declared = reading.by == By::Declaration && octets.trim_ascii_start().starts_with(b"<");
            let is_known = encoding == UTF_8 || declared;
            if is_known { Text::Certain } else { encoding::is_text(octets, encoding)? }
        }
        _ => Text::Certain,
    };
    let text = reading.charset.decode(octets);
    let may_be_faulty = certain != Text::Certain || matches!(reading.by, By::NearlyForm | By::Declaration);
    if !is_sound(&text, head.whole, may_be_faulty) {
        return None;
    }
    let told = by_content(&text, Head { octets: text.as_bytes(), ..head });
    Some(Format { basis: basis::of(told.basis, reading, certain, octets), ..told })
}

fn by_content(text: &str, head: Head) -> Format {
    const PLAIN: Format =
        Format { media_type: Some("text/plain"), puid: Some("x-fmt/111"), basis: "text: valid UTF-8" };
    markup::identify(text, head)
        .or_else(|| json::identify(text, head.whole))
        .or_else(|| mail::identify(text, head.has_extension("eml")))
        .or_else(|| written::identify(text))
        .or_else(|| by_extension(head))
        .or_else(|| rows::identify(text, head.whole))
        .unwrap_or(PLAIN)
}

fn by_extension(head: Head) -> Option<Format> {
    let (_, media_type, puid, basis) = EXTENSIONS.iter().find(|known| head.has_extension(known.0))?;
    Some(Format { media_type: Some(media_type), puid: *puid, basis })
}

/// Controls that no text holds.
fn is_binary(octet: u8) -> bool {
    octet == 0x7F || (octet < 0x20 && !matches!(octet, b'\t' | b'\n' | b'\r' | 0x0C))
}

/// Whether a decoded text holds neither controls nor, but at its end where it may be cut, what could
/// not be read.
fn is_sound(text: &str, whole: bool, may_be_faulty: bool) -> bool {
    let text = if whole { text } else { text.strip_suffix('\u{FFFD}').unwrap_or(text) };
    text.chars().all(|character| match character {
        '\u{FFFD}' => may_be_faulty,
        _ => !u8::try_from(u32::from(character)).is_ok_and(is_binary),
    })
}
