//! Text as values want it: on one line, without what acts on a screen, of bounded length.

use std::borrow::Cow;

/// Characters that are not shown and change how others are: controls, marks of byte order, and
/// bidi embeddings, overrides and isolates. The joiners and the marks of direction that Persian
/// and Arabic are written with stay.
pub(super) fn is_unwanted(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{AD}')
}

/// Space at the edge of a value, and marks that do nothing there.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{61C}')
}

/// Appends text with every run of white space as one space, none at the beginning of a line.
pub(super) fn append(line: &mut String, text: &str) {
    let words = text.trim_ascii();
    let octets = words.as_bytes();
    let kinds = if is_plain(octets) { 0 } else { kinds(octets) };
    if kinds & RARE > 0 || kinds & LEAD > 0 && is_marked(octets) {
        return append_with_care(line, text);
    }
    if words.len() < text.len() && text.as_bytes()[0] <= b' ' {
        part(line);
    }
    if kinds & RAGGED > 0 || has_wide_gap(octets) {
        append_pieces(line, words);
    } else {
        // Most text has a single space between its words, and can be taken as it is.
        line.push_str(words);
    }
    if text.as_bytes().last().is_some_and(|octet| *octet <= b' ') {
        part(line);
    }
}

/// Appends text whose lines are broken or indented, and begins and ends with none of it: one space
/// between its words.
fn append_pieces(line: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let end = memchr::memchr3(b'\n', b'\t', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let (piece, more) = rest.split_at(end);
        if has_wide_gap(piece.as_bytes()) {
            for (number, word) in piece.split_ascii_whitespace().enumerate() {
                if number > 0 {
                    line.push(' ');
                }
                line.push_str(word);
            }
        } else {
            line.push_str(piece.trim_ascii_end());
        }
        rest = more.trim_ascii_start();
        if rest.is_empty() {
            break;
        }
        line.push(' ');
    }
}

/// Whether all of it is printed ASCII.
fn is_plain(octets: &[u8]) -> bool {
    let is_printed = |octet: &u8| octet.wrapping_sub(b' ') <= b'~' - b' ';
    let (chunks, rest) = octets.as_chunks::<16>();
    chunks.iter().all(|chunk| chunk.iter().fold(true, |plain, octet| plain & is_printed(octet)))
        && rest.iter().all(is_printed)
}

/// White space of another kind.
const RAGGED: u8 = 1 << 1;
/// The first octet of quotation marks and dashes, and of marks that are unwanted: text is full of these.
const LEAD: u8 = 1 << 2;
/// A control that is no white space of HTML, or rare, and the first of characters of which some need care.
const RARE: u8 = 1 << 3;

/// What octets there are.
fn kinds(octets: &[u8]) -> u8 {
    // Sixteen at a time, where nothing depends on those before.
    let (chunks, rest) = octets.as_chunks::<16>();
    let mut lanes = [0; 16];
    for chunk in chunks {
        for (lane, octet) in lanes.iter_mut().zip(chunk) {
            *lane |= kind(*octet);
        }
    }
    lanes.iter().copied().chain(rest.iter().copied().map(kind)).fold(0, |all, kind| all | kind)
}

/// What an octet is.
#[expect(clippy::needless_bitwise_bool, reason = "sixteen octets at a time, without a branch")]
fn kind(octet: u8) -> u8 {
    let is_space = (octet == b'\n') | (octet == b'\t') | (octet == b'\r');
    let is_rare = ((octet < b' ') & !is_space) | (octet == 0x7F) | (octet == 0xE1) | (octet == 0xEF);
    let leads = (octet == 0xC2) | (octet == 0xE2) | (octet == 0xE3);
    (RAGGED * u8::from(is_space)) | (RARE * u8::from(is_rare)) | (LEAD * u8::from(leads))
}

/// Whether two spaces stand side by side.
#[expect(clippy::needless_bitwise_bool, reason = "sixteen octets at a time, without a branch")]
fn has_wide_gap(octets: &[u8]) -> bool {
    let pairs = octets.iter().zip(octets.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, other)| found | ((*one == b' ') & (*other == b' ')))
}

/// Ends a line with a space, unless one begins there.
fn part(line: &mut String) {
    if !matches!(line.as_bytes().last(), None | Some(b'\n' | b' ')) {
        line.push(' ');
    }
}

/// Whether there is white space beyond ASCII, or a mark that is unwanted: their first octets are those
/// of quotation marks and dashes, too, and text is full of these.
fn is_marked(octets: &[u8]) -> bool {
    memchr::memchr3_iter(0xC2, 0xE2, 0xE3, octets).any(|at| match octets[at..] {
        [0xC2, two, ..] => two <= 0xA0 || two == 0xAD,
        [0xE2, 0x80, three, ..] => three <= 0x8A || three >= 0xA8,
        [_, two, ..] => two <= 0x81,
        _ => true,
    })
}

/// The same for text in which anything may stand.
fn append_with_care(line: &mut String, text: &str) {
    let mut space = text.starts_with(char::is_whitespace);
    for word in text.split_whitespace() {
        if space {
            part(line);
        }
        if word.contains(is_unwanted) {
            line.extend(word.chars().filter(|c| !is_unwanted(*c)));
        } else {
            line.push_str(word);
        }
        space = true;
    }
    if text.ends_with(char::is_whitespace) {
        part(line);
    }
}

/// The same as [`tidy`], lent where that changes nothing.
pub(super) fn tidied(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    match text {
        Cow::Borrowed(text) if is_tidy(text) => Some(Cow::Borrowed(text)),
        text => tidy(&text).map(Cow::Owned),
    }
}

/// Whether a text is certainly on one line, without what is unwanted.
fn is_tidy(text: &str) -> bool {
    let octets = text.as_bytes();
    let is_trimmed = !text.is_empty() && !text.starts_with(is_edge) && !text.ends_with(is_edge);
    is_trimmed && (is_plain(octets) || kinds(octets) == 0) && !has_wide_gap(octets)
}

/// Text on one line, without what is unwanted; nothing where nothing is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    append(&mut line, text);
    let trimmed = line.trim_matches(is_edge);
    if trimmed.is_empty() {
        return None;
    }
    Some(if trimmed.len() == line.len() { line } else { trimmed.to_owned() })
}

/// The first `limit` characters; with an ellipsis after the last whole word where more follow.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let kept = &text[..end];
    let kept = kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole);
    format!("{}…", kept.trim_end())
}

/// At most `limit` octets of text, cut between characters.
pub(super) fn beginning(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

/// How many letters there are.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_one_line_and_keep_their_joiners() {
        assert_eq!(tidy(" a\n\t b\0 ").unwrap(), "a b");
        assert_eq!(tidy("\u{200F}می\u{200C}گوید\u{202E} \u{200F}").unwrap(), "می\u{200C}گوید");
        assert_eq!(tidy(" \u{200F}\u{0} "), None);
    }

    #[test]
    fn long_text_ends_with_an_ellipsis() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("one", 9), "one");
    }

    proptest::proptest! {
        /// Text that can be taken as it is is taken as if it were looked at with care.
        #[test]
        fn both_ways_of_appending_are_one(before in "( |a|\n){0,2}", text in "( |\n|\t|\x0B|\x0C|\r|\x00|\x7F|a|é|«|»|\u{A0}|\u{85}|\u{AD}|\u{200B}|\u{200C}|\u{202E}|\u{2003}|\u{3000}|\u{FEFF}|گ){0,8}") {
            let before = before.trim_start();
            let (mut one, mut other) = (before.to_owned(), before.to_owned());
            append(&mut one, &text);
            append_with_care(&mut other, &text);
            proptest::prop_assert_eq!(one, other);
            proptest::prop_assert_eq!(tidied(Cow::Borrowed(&text)).map(Cow::into_owned), tidy(&text));
        }
    }
}
