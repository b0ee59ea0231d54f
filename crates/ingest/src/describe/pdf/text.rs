//! Strings of text in a PDF (ISO 32000-2, 7.9.2.2).

use encoding_rs::{UTF_16BE, UTF_16LE};

/// `PDFDocEncoding` from 0x18 to 0x1F.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
/// `PDFDocEncoding` from 0x80 to 0xA0.
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ',
    'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
];

/// The text of a string: UTF-16 or UTF-8 with its mark, else `PDFDocEncoding`. Nothing where it is
/// none of them: programs that wrote a charset of their own, which the file does not tell.
pub(super) fn decoded(octets: &[u8]) -> Option<String> {
    let text = match octets {
        [0xFE, 0xFF, rest @ ..] => {
            UTF_16BE.decode_without_bom_handling_and_without_replacement(rest)?.into_owned()
        }
        [0xFF, 0xFE, rest @ ..] => {
            UTF_16LE.decode_without_bom_handling_and_without_replacement(rest)?.into_owned()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok()?.to_owned(),
        // UTF-8 without its mark is common, and nothing else looks like it.
        _ => match std::str::from_utf8(octets) {
            Ok(text) if !text.is_ascii() => text.to_owned(),
            _ => of_pdf_doc(octets)?,
        },
    };
    Some(without_language(&text))
}

fn of_pdf_doc(octets: &[u8]) -> Option<String> {
    let (mut plain, mut beyond) = (0_usize, 0_usize);
    let text: String = octets
        .iter()
        .map(|&octet| {
            plain += usize::from(octet.is_ascii_alphabetic());
            beyond += usize::from(octet >= 0xA1);
            match octet {
                0x18..=0x1F => LOW[usize::from(octet - 0x18)],
                0x80..=0xA0 => HIGH[usize::from(octet - 0x80)],
                _ => char::from(octet),
            }
        })
        .collect();
    // Words of Western languages are mostly of plain letters; those of a code page for another
    // script hardly are, and would read as nonsense.
    (beyond <= plain && !text.contains('\u{FFFD}')).then_some(text)
}

/// Text without the tags of language that stand between escapes within it.
fn without_language(text: &str) -> String {
    text.split('\u{1B}').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_read() {
        let wide = |text: &str| {
            [0xFE, 0xFF]
                .into_iter()
                .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
                .collect::<Vec<u8>>()
        };
        assert_eq!(decoded(&wide("گزارش")).as_deref(), Some("گزارش"));
        assert_eq!(decoded(&wide("\u{1B}fa\u{1B}گزارش")).as_deref(), Some("گزارش"));
        assert_eq!(decoded(b"\xEF\xBB\xBF\xC3\xA9").as_deref(), Some("é"));
        assert_eq!(decoded("Übersicht".as_bytes()).as_deref(), Some("Übersicht"));
        assert_eq!(decoded(b"\xDCbersicht \x84 \xA0").as_deref(), Some("Übersicht — €"));
        assert_eq!(decoded(b"").as_deref(), Some(""));
    }

    #[test]
    fn charsets_that_are_not_told_are_not_guessed() {
        let (persian, ..) = encoding_rs::WINDOWS_1256.encode("گزارش رودخانه");
        assert_eq!(decoded(&persian), None);
        assert_eq!(decoded(b"\xFE\xFF\xD8\x00"), None);
        assert_eq!(decoded(b"ab\x9F"), None);
    }
}
