//! Words about a place in a text.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use crate::fnv::Fnv;

/// Words that are known.
pub(super) type Known<T> = HashSet<T, BuildHasherDefault<Fnv>>;

/// Characters that are part of a word.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{200C}' | '\u{200D}' | '\u{640}' | '\u{64B}'..='\u{652}')
}

/// Characters that part a word only where no letter follows: `O'Brien`, `Mbeki-Ross`, `survivor's`.
fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '’' | '-' | '‑' | '\u{AD}')
}

/// The word that begins at `at`, or behind white space there; nothing where a mark comes first.
pub(super) fn next(text: &str, at: usize, limit: usize) -> Option<Range<usize>> {
    let rest = text.get(at..limit)?;
    if let Some(plain) = plain(rest.bytes()) {
        return (plain.len > 0).then(|| at + plain.gap..at + plain.gap + plain.len);
    }
    carefully_next(rest, limit)
}

/// The same of the rest of a text up to `limit`, whatever it begins with.
fn carefully_next(rest: &str, limit: usize) -> Option<Range<usize>> {
    let trimmed = rest.trim_start_matches(is_gap);
    let start = limit - trimmed.len();
    let mut length = 0;
    let mut chars = trimmed.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        if is_of_word(c) {
            length = place + c.len_utf8();
        } else if !(is_joint(c) && length > 0 && chars.peek().is_some_and(|(_, c)| is_of_word(*c))) {
            break;
        }
    }
    (length > 0).then(|| start..start + length)
}

/// The word that ends at `at`, or before white space there; nothing where a mark comes last.
pub(super) fn previous(text: &str, at: usize, floor: usize) -> Option<Range<usize>> {
    let before = text.get(floor..at)?;
    if let Some(plain) = plain(before.bytes().rev()) {
        return (plain.len > 0).then(|| at - plain.gap - plain.len..at - plain.gap);
    }
    carefully_previous(before, floor)
}

/// The same of a text from `floor` on, whatever it ends in.
fn carefully_previous(before: &str, floor: usize) -> Option<Range<usize>> {
    let before = before.trim_end_matches(is_gap);
    let end = floor + before.len();
    let mut start = end;
    let mut chars = before.char_indices().rev().peekable();
    while let Some((place, c)) = chars.next() {
        if is_of_word(c) {
            start = floor + place;
        } else if !(is_joint(c) && start < end && chars.peek().is_some_and(|(_, c)| is_of_word(*c))) {
            break;
        }
    }
    (start < end).then_some(start..end)
}

/// A word of ASCII.
struct Plain {
    /// Octets of white space that come first.
    gap: usize,
    /// Octets of the word; none where a mark comes first.
    len: usize,
}

/// The first word of octets, or their last from the end on; nothing where it takes a closer look.
fn plain(mut octets: impl Iterator<Item = u8>) -> Option<Plain> {
    let mut plain = Plain { gap: 0, len: 0 };
    let mut octet = octets.next();
    while let Some(b' ' | b'\t'..=b'\r') = octet {
        plain.gap += 1;
        octet = octets.next();
    }
    while octet.is_some_and(|octet| octet.is_ascii_alphanumeric()) {
        plain.len += 1;
        octet = octets.next();
    }
    let is_end =
        octet.is_none_or(|octet| octet.is_ascii() && (plain.len == 0 || !is_joint(char::from(octet))));
    is_end.then_some(plain)
}

/// White space, and marks of direction, which parts words.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}')
}

/// Whether a word begins and ends here.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    !goes_on_before(text, range.start) && !goes_on(text, range.end)
}

/// Whether a word goes on before this place.
pub(super) fn goes_on_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(is_of_word)
}

/// Whether a word goes on here. A possessive `'s` does not count.
fn goes_on(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    match rest.next() {
        Some(c) if is_of_word(c) => true,
        Some('-' | '‑') => rest.next().is_some_and(is_of_word),
        _ => false,
    }
}

/// A word without its possessive ending.
pub(super) fn base<'t>(text: &'t str, word: &Range<usize>) -> &'t str {
    let word = &text[word.clone()];
    ["’s", "'s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// Whether a word begins with a capital and goes on in small letters: `Lindqvist`, `O'Brien`, `J`.
pub(super) fn is_capitalised(word: &str) -> bool {
    let mut chars = word.chars();
    if !chars.next().is_some_and(char::is_uppercase) {
        return false;
    }
    let rest = chars.as_str();
    rest.is_empty() || rest.chars().any(char::is_lowercase) && !rest.contains(|c: char| c.is_numeric())
}

/// Whether a word is letters all in capitals, two at least: an acronym.
pub(super) fn is_acronym(word: &str) -> bool {
    (2..=10).contains(&word.len())
        && word.bytes().all(|c| c.is_ascii_uppercase() || c == b'-' || c.is_ascii_digit())
        && word.bytes().filter(u8::is_ascii_uppercase).count() >= 2
}

/// Persian letters as they are compared: one form of ye, kaf, alef and he, no joiners and no accents.
pub(super) fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ي' | 'ى' | 'ئ' => folded.push('ی'),
            'ك' => folded.push('ک'),
            'أ' | 'إ' | 'ٱ' => folded.push('ا'),
            'ة' | 'ۀ' => folded.push('ه'),
            'ؤ' => folded.push('و'),
            '\u{200C}' | '\u{200D}' | '\u{640}' | '\u{64B}'..='\u{655}' => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Whether it is written in Arabic letters.
pub(super) fn is_arabic(text: &str) -> bool {
    text.chars().next().is_some_and(|c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{FB50}'..='\u{FEFF}'))
}

/// Text with every run of white space as one space and without marks of direction.
pub(super) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The folded words of a text, marks left out.
pub(super) fn all(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_of_word(c) && !is_joint(c)).filter(|word| word.contains(is_of_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_forward_and_back() {
        let text = "Dr. Ann O’Brien-Lee’s می\u{200C}گوید, so";
        let word = |range: Option<Range<usize>>| range.map(|range| &text[range]);
        assert_eq!(word(next(text, 0, text.len())), Some("Dr"));
        assert_eq!(word(next(text, 2, text.len())), None);
        let ann = next(text, 3, text.len()).unwrap();
        assert_eq!(&text[ann.clone()], "Ann");
        let lee = next(text, ann.end, text.len()).unwrap();
        assert_eq!(base(text, &lee), "O’Brien-Lee");
        assert_eq!(word(previous(text, lee.end, 0)), Some("O’Brien-Lee’s"));
        assert_eq!(word(next(text, lee.end, text.len())), Some("می\u{200C}گوید"));
        assert_eq!(word(previous(text, text.len() - 2, 0)), None);
        assert_eq!(folded("مي\u{200C}گويد"), "میگوید");
    }

    proptest::proptest! {
        #[test]
        fn plain_words_are_found_as_all_are(text in "([aZ7]|[ \t\n\u{B}\r]|['.,_-]|\u{1C}|\u{85}|\u{A0}|\u{200F}|\u{200C}|’|é|ک|½){0,9}", end in proptest::prelude::any::<proptest::sample::Index>()) {
            let at = text.floor_char_boundary(end.index(text.len() + 1));
            proptest::prop_assert_eq!(next(&text, at, text.len()), carefully_next(&text[at..], text.len()));
            proptest::prop_assert_eq!(previous(&text, text.len(), at), carefully_previous(&text[at..], at));
        }
    }
}
