//! Raw names as text: reversible, and harmless on a terminal.

pub use fixity::name::{is_harmless, is_unsafe_character};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Writes raw octets as text that can be read back: a backslash is doubled, and every octet of an
/// unsafe character, or of what is not UTF-8, becomes `\xHH`.
#[must_use]
pub fn escape(raw: &[u8]) -> String {
    let mut text = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c == '\\' {
                text.push_str("\\\\");
            } else if is_unsafe_character(c) {
                push_octets(&mut text, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                text.push(c);
            }
        }
        push_octets(&mut text, chunk.invalid());
    }
    text
}

fn push_octets(text: &mut String, octets: &[u8]) {
    for octet in octets {
        let _ = write!(text, "\\x{octet:02X}");
    }
}

/// Spells every unsafe character of a text as [`escape`] does, and leaves all else, backslashes too:
/// what it gives is one harmless line, and a name that is already escaped stays as it is.
#[must_use]
pub fn spell(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let mut spelt = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unsafe_character(c) {
            push_octets(&mut spelt, c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            spelt.push(c);
        }
    }
    Cow::Owned(spelt)
}

/// As much of some octets as one wants to see in a message: escaped, and at most 160 characters.
#[must_use]
pub fn excerpt(octets: &[u8]) -> String {
    const LONGEST: usize = 160;
    // A character is at most four octets, so that no more than these are needed.
    let text = escape(&octets[..octets.len().min(4 * LONGEST)]);
    match text.char_indices().nth(LONGEST - 1) {
        Some((cut, last)) if text.len() > cut + last.len_utf8() => format!("{}…", &text[..cut]),
        _ => text,
    }
}

/// Reads back what [`escape`] wrote; `None` if `text` is not of that form.
#[must_use]
pub fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut raw = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        raw.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('\\') {
            raw.push(b'\\');
            rest = after;
        } else {
            // A sign would pass for a digit.
            let digits = rest.strip_prefix('x')?.get(..2).filter(|digits| !digits.starts_with('+'))?;
            raw.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[3..];
        }
    }
    raw.extend_from_slice(rest.as_bytes());
    Some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelt_out() {
        assert_eq!(escape(b"a\x1b[2Jb"), "a\\x1B[2Jb");
        assert_eq!(escape("x\u{202E}fdp.exe".as_bytes()), "x\\xE2\\x80\\xAEfdp.exe");
        assert_eq!(escape(b"\xff\\"), "\\xFF\\\\");
        assert_eq!(escape("می‌خواهم ۱۳۶۷".as_bytes()), "می‌خواهم ۱۳۶۷");
    }

    #[test]
    fn a_sign_is_no_hexadecimal_digit() {
        assert_eq!(unescape("\\x+F"), None);
    }

    proptest! {
        #[test]
        fn what_is_spelt_is_harmless_and_stays(text in "(?s:.{0,12})") {
            let spelt = spell(&text);
            prop_assert!(is_harmless(&spelt));
            prop_assert_eq!(&spell(&spelt), &spelt);
            prop_assert_eq!(is_harmless(&text), spelt == text);
        }

        #[test]
        fn every_name_comes_back(raw in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(unescape(&escape(&raw)), Some(raw));
        }
    }
}
