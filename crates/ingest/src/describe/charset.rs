//! Octets to text: what charset a document declares, and what its octets are.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Where the HTML standard looks for a declaration; a little more, as many pages are late with it.
const DECLARED_WITHIN: usize = 4096;

/// As much as a charset is guessed from.
const GUESSED_FROM: usize = 64 << 10;

/// A document's text, and how its octets were read.
#[derive(Clone, Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The charset that the text was read in.
    pub(super) read_as: &'static Encoding,
    /// The charset that the document says it is in.
    pub(super) declared: Option<&'static Encoding>,
}

impl Decoded<'_> {
    /// In words, where the declaration is not what the octets are.
    pub(super) fn disagreement(&self) -> Option<String> {
        let declared = self.declared.filter(|declared| *declared != self.read_as)?;
        // Plain ASCII reads the same in nearly every charset: nothing to remark on.
        let plain = self.text.is_ascii() && declared.is_ascii_compatible();
        (!plain).then(|| {
            format!("declares the charset {} and was read as {}", declared.name(), self.read_as.name())
        })
    }
}

/// Reads octets as text. A byte order mark decides, then well-formed UTF-8 with anything in it that
/// is not ASCII, then what is declared, then a guess.
pub(super) fn decode(octets: &[u8]) -> Decoded<'_> {
    let declared = declared(octets);
    if let Some((encoding, mark)) = Encoding::for_bom(octets) {
        return read(encoding, &octets[mark..], declared);
    }
    if let Some(text) = utf_8(octets) {
        // Escapes of ISO-2022-JP are ASCII.
        let escapes = declared == Some(ISO_2022_JP) && text.is_ascii() && text.contains('\u{1B}');
        if !escapes {
            return Decoded { text: Cow::Borrowed(text), read_as: UTF_8, declared };
        }
    }
    // A declaration of UTF-8 is a default that nobody chose; octets that are not UTF-8 are seldom
    // a broken page, and often one that was never in it. A few stray octets leave it UTF-8.
    match declared {
        Some(encoding) if encoding != UTF_8 => read(encoding, octets, declared),
        Some(_) if nearly_utf_8(octets) => read(UTF_8, octets, declared),
        _ => read(guess(octets), octets, declared),
    }
}

fn read<'a>(
    encoding: &'static Encoding,
    octets: &'a [u8],
    declared: Option<&'static Encoding>,
) -> Decoded<'a> {
    let text = encoding.decode_without_bom_handling(octets).0;
    Decoded { text, read_as: encoding, declared }
}

/// The octets, if they are UTF-8; a character that is cut at the end is left off.
fn utf_8(octets: &[u8]) -> Option<&str> {
    // Nearly all is well-formed, and the standard library sees it five times as slowly.
    if let Some(Cow::Borrowed(text)) = UTF_8.decode_without_bom_handling_and_without_replacement(octets) {
        return Some(text);
    }
    match std::str::from_utf8(octets) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&octets[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// Whether there are many more characters of UTF-8 beyond ASCII than faults.
fn nearly_utf_8(octets: &[u8]) -> bool {
    let (mut good, mut faults) = (0_usize, 0_usize);
    for chunk in octets.utf8_chunks() {
        good += chunk.valid().bytes().filter(|octet| *octet >= 0xC0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    good >= faults.saturating_mul(4)
}

fn guess(octets: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Only what is beyond ASCII says anything, and markup comes first.
    let start = octets.iter().position(|octet| !octet.is_ascii()).unwrap_or(0).saturating_sub(64);
    let sample = &octets[start..octets.len().min(start + GUESSED_FROM)];
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The charset in a `meta` element or an XML declaration.
fn declared(octets: &[u8]) -> Option<&'static Encoding> {
    let head = &octets[..octets.len().min(DECLARED_WITHIN)];
    let xml = head.starts_with(b"<?xml").then(|| label_after(head, b"encoding")).flatten();
    let label = xml.or_else(|| label_after(head, b"charset"))?;
    // Whoever could read a declaration of UTF-16 was not reading UTF-16.
    Encoding::for_label_no_replacement(label).filter(|found| ![UTF_16LE, UTF_16BE].contains(found))
}

/// What stands after `key` and `=`, quoted or not.
fn label_after<'a>(octets: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    (0..octets.len().saturating_sub(key.len())).find_map(|at| {
        let (found, after) = octets[at..].split_at(key.len());
        if !found.eq_ignore_ascii_case(key) {
            return None;
        }
        let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let belongs = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_:.".contains(octet);
        let end = value.iter().position(|octet| !belongs(octet)).unwrap_or(value.len());
        (end > 0).then(|| &value[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_seen_whatever_is_declared() {
        let page = "<meta charset=windows-1256><p>گزارش</p>";
        let decoded = decode(page.as_bytes());
        assert_eq!(decoded.text, page);
        assert_eq!(
            decoded.disagreement().unwrap(),
            "declares the charset windows-1256 and was read as UTF-8"
        );
    }

    #[test]
    fn a_declaration_is_kept_where_the_octets_allow_it() {
        let page = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'><p>تقرير</p>";
        let (octets, ..) = encoding_rs::WINDOWS_1256.encode(page);
        let decoded = decode(&octets);
        assert_eq!(decoded.text, page);
        assert_eq!(decoded.disagreement(), None);
    }

    #[test]
    fn a_false_declaration_of_utf_8_is_guessed_around() {
        let page =
            format!("<meta charset=utf-8><p>{}</p>", "Über die Größe der Häuser für Mütter. ".repeat(9));
        let (octets, ..) = encoding_rs::WINDOWS_1252.encode(&page);
        let decoded = decode(&octets);
        assert_eq!(decoded.text, page);
        assert!(decoded.disagreement().is_some());
    }

    #[test]
    fn marks_decide_and_plain_text_is_not_remarked_on() {
        let octets: Vec<u8> =
            [0xFEFF_u16].into_iter().chain("<p>é".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&octets).text, "<p>é");
        assert_eq!(decode(b"<meta charset=latin1>plain").disagreement(), None);
        assert_eq!(decode(b"<meta charset=utf-16>plain").text, "<meta charset=utf-16>plain");
        assert_eq!(decode(b"").text, "");
    }
}
