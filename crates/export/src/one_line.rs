//! Text on one line, as a cell of a sheet holds it.

use provenance::name::{is_harmless, is_unsafe_character};
use std::borrow::Cow;

/// White space and controls in a row are one space, none at either end, and what steers direction falls
/// away: in a cell of its own nobody needs it, and it could change how the rest of a row is seen.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_gap) {
        let mut word = word.chars().filter(|c| !is_unsafe_character(*c)).peekable();
        if word.peek().is_some() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(word);
        }
    }
    Cow::Owned(line)
}

/// The same of a text that nobody else needs: most are on one line already, and stay where they are.
pub(crate) fn into_one_line(text: String) -> String {
    if let Cow::Owned(line) = one_line(&text) {
        return line;
    }
    text
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether nothing would change. Most texts are looked at by octets alone, in loops without an exit.
#[expect(clippy::needless_bitwise_bool, reason = "without a branch many octets are compared at once")]
fn is_one_line(text: &str) -> bool {
    let octets = text.as_bytes();
    let pairs = octets.iter().zip(octets.get(1..).unwrap_or_default());
    let two_spaces = pairs.fold(false, |two, (&one, &next)| two | ((one == b' ') & (next == b' ')));
    let is_spaced = !two_spaces && !text.starts_with(' ') && !text.ends_with(' ');
    // Harmless text has no controls, so that its only gap in ASCII is a space.
    is_spaced && is_harmless(text) && !has_wide_gap(text)
}

/// Whether white space that is not of ASCII stands in harmless text: it begins with one of few octets.
fn has_wide_gap(text: &str) -> bool {
    let begins = |octet: &u8| matches!(octet, 0xC2 | 0xE1..=0xE3);
    let octets = text.as_bytes();
    if octets.is_ascii() || !octets.iter().fold(false, |any, octet| any | begins(octet)) {
        return false;
    }
    let places = octets.iter().enumerate().filter(|(_, octet)| begins(octet));
    places.into_iter().any(|(at, _)| text[at..].starts_with(is_gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whatever_parts_words_is_one_space_and_what_steers_direction_is_gone() {
        for (text, line) in [
            ("", ""),
            (" ", ""),
            ("\u{200F}", ""),
            ("The bell", "The bell"),
            ("  The\u{200F} bell\r\n rang ", "The bell rang"),
            ("a \u{202E} b", "a b"),
            ("a\u{A0}b\u{2003}\u{85}c", "a b c"),
            ("\u{FEFF}باران\u{3000}بارید", "باران بارید"),
        ] {
            assert_eq!(one_line(text), line, "{text:?}");
            assert_eq!(into_one_line(text.to_owned()), line, "{text:?}");
        }
    }

    #[test]
    fn no_character_is_taken_for_another() {
        for c in '\0'..=char::MAX {
            let line = match () {
                () if is_gap(c) => "a b".to_owned(),
                () if is_unsafe_character(c) => "ab".to_owned(),
                () => format!("a{c}b"),
            };
            assert_eq!(one_line(&format!("a{c}b")), line, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_look_and_the_careful_way_agree(text in "([a-c \\n\u{A0}\u{200F}\u{202E}é]|\\PC){0,12}") {
            let mut careful = String::new();
            let mut gap = false;
            for c in text.chars() {
                if is_gap(c) {
                    gap = !careful.is_empty();
                } else if !is_unsafe_character(c) {
                    careful.extend(std::mem::take(&mut gap).then_some(' '));
                    careful.push(c);
                }
            }
            let line = one_line(&text);
            prop_assert_eq!(&line, &careful);
            prop_assert_eq!(matches!(line, Cow::Borrowed(_)), text == careful);
        }
    }
}
