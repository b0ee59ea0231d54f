//! What is said of text that is not in plain UTF-8.

use super::encoding::{By, Charset, Reading, Text};
use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_7, ISO_8859_8, ISO_8859_13, KOI8_U, WINDOWS_1250, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1257,
};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// What a basis of text in UTF-8 begins with where nothing but the encoding told it is text.
const UTF_8_BASIS: &str = "text: valid UTF-8";

/// Encodings that have most letters in the same places.
const TWINS: [(&Encoding, &Encoding); 4] = [
    (WINDOWS_1250, ISO_8859_2),
    (WINDOWS_1253, ISO_8859_7),
    (WINDOWS_1255, ISO_8859_8),
    (WINDOWS_1257, ISO_8859_13),
];

/// The basis of a text that was told by `signal`, read in this way.
pub(super) fn of(signal: &'static str, reading: Reading, text: Text, octets: &[u8]) -> &'static str {
    let words = words(reading, text, octets);
    match (signal.strip_prefix(UTF_8_BASIS), signal.strip_prefix("text: ")) {
        (Some(more), _) => kept(words + more),
        (None, Some(more)) => kept(format!("{words}; {more}")),
        (None, None) => signal,
    }
}

/// How a text was read, in words.
fn words(reading: Reading, text: Text, octets: &[u8]) -> String {
    let name = name(reading.charset, octets);
    let octets = match reading.charset {
        Charset::Standard(encoding) if !encoding.is_single_byte() => "a legacy encoding",
        _ => "an 8-bit encoding",
    };
    match (reading.by, text) {
        (By::Mark, _) => format!("text: {name}, by its byte order mark"),
        (By::Form, _) => format!("text: {name}, without a byte order mark"),
        (By::NearlyForm, _) => format!("text: {name}, but for some octets"),
        (_, Text::Unknown) => "text in an unknown 8-bit encoding".to_owned(),
        (By::Declaration, _) => format!("text: {name}, as it declares"),
        (By::Guess, Text::Certain) => format!("text: {name}, by its letters"),
        (By::Guess, Text::Perhaps) => format!("text in {octets}, perhaps {name}"),
    }
}

/// Its name, and that of another encoding in which these octets are the same text.
fn name(charset: Charset, octets: &[u8]) -> String {
    let usual = charset.name().replace("windows-", "Windows-");
    let Charset::Standard(encoding) = charset else { return usual };
    let has_controls = octets.iter().any(|octet| (0x80..0xA0).contains(octet));
    // Those that the Encoding Standard does not know are the same without these octets.
    let other = match () {
        () if encoding == KOI8_U => Some("KOI8-R"),
        () if has_controls => None,
        () if encoding == WINDOWS_1252 => Some("ISO-8859-1"),
        () if encoding == WINDOWS_1254 => Some("ISO-8859-9"),
        () => TWINS
            .iter()
            .find(|(windows, iso)| {
                *windows == encoding
                    && windows.decode_without_bom_handling(octets).0
                        == iso.decode_without_bom_handling(octets).0
            })
            .map(|(_, iso)| iso.name()),
    };
    other.map_or_else(|| usual.clone(), |other| format!("{other} or {usual}"))
}

/// The words, once and for all: there are no more than encodings, reasons and signals make.
fn kept(words: String) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(words.as_str()) {
        return known;
    }
    let words: &'static str = Box::leak(words.into_boxed_str());
    kept.insert(words);
    words
}
