//! Octets to text: how they are read is decided where formats are told.

use crate::identify::encoding::{By, Charset, reading_and_text};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// A document's text, and how its octets were read.
#[derive(Clone, Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The charset that the text was read in.
    pub(super) read_as: Charset,
    /// The charset that the document says it is in.
    pub(super) declared: Option<&'static Encoding>,
    pub(super) doubt: Doubt,
}

/// How far it can be doubted that a text was read as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It says in what encoding it is, or its octets do.
    None,
    /// It is in an old encoding: single words may show that it is in another.
    OfWords,
    /// Its encoding was guessed, and what comes of it are no words.
    OfAll,
}

impl Decoded<'_> {
    /// In words, where the declaration is not what the octets are.
    pub(super) fn disagreement(&self) -> Option<String> {
        let declared = self.declared.filter(|declared| Charset::Standard(declared) != self.read_as)?;
        // Plain ASCII reads the same in nearly every charset: nothing to remark on.
        let plain = self.text.is_ascii() && declared.is_ascii_compatible();
        (!plain).then(|| {
            format!("declares the charset {} and was read as {}", declared.name(), self.read_as.name())
        })
    }
}

/// Reads octets as text.
pub(super) fn decode(octets: &[u8]) -> Decoded<'_> {
    // A character that is cut at the end is no fault of the document.
    let (reading, text) = reading_and_text(octets);
    let text = text.map_or_else(|| reading.charset.decode(&octets[reading.mark..]), Cow::Borrowed);
    let doubt = match reading.by {
        By::Guess if reading.is_doubtful(octets) => Doubt::OfAll,
        By::Guess | By::Declaration => Doubt::OfWords,
        By::Mark | By::Form | By::NearlyForm => Doubt::None,
    };
    Decoded { text, read_as: reading.charset, declared: reading.declared, doubt }
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
