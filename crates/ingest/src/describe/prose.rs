//! Text as values want it: on one line, without what acts on a screen, of bounded length.

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
    // Spaces beyond ASCII, and what is unwanted, begin with one of a few octets.
    let suspect = |octet: u8| {
        octet < 0x20 && !octet.is_ascii_whitespace() || matches!(octet, 0x7F | 0xC2 | 0xE1..=0xE3 | 0xEF)
    };
    if text.bytes().fold(false, |found, octet| found | suspect(octet)) {
        return append_with_care(line, text);
    }
    let mut space = text.starts_with(|c: char| c.is_ascii_whitespace());
    for word in text.split_ascii_whitespace() {
        if space && !line.is_empty() && !line.ends_with(['\n', ' ']) {
            line.push(' ');
        }
        line.push_str(word);
        space = true;
    }
    if text.ends_with(|c: char| c.is_ascii_whitespace()) && !line.is_empty() && !line.ends_with(['\n', ' ']) {
        line.push(' ');
    }
}

/// The same for text in which anything may stand.
fn append_with_care(line: &mut String, text: &str) {
    let mut space = text.starts_with(char::is_whitespace);
    for word in text.split_whitespace() {
        if space && !line.is_empty() && !line.ends_with(['\n', ' ']) {
            line.push(' ');
        }
        if word.contains(is_unwanted) {
            line.extend(word.chars().filter(|c| !is_unwanted(*c)));
        } else {
            line.push_str(word);
        }
        space = true;
    }
    if text.ends_with(char::is_whitespace) && !line.is_empty() && !line.ends_with(['\n', ' ']) {
        line.push(' ');
    }
}

/// Text on one line, without what is unwanted; nothing where nothing is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    append(&mut line, text);
    let trimmed = line.trim_matches(is_edge);
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
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

/// Letters and digits only, in lower case, words apart: what is compared when two signals are.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '\u{200C}' | '\u{200D}')
            && !folded.ends_with(' ')
            && !folded.is_empty()
        {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
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

    #[test]
    fn folding_leaves_words() {
        assert_eq!(folded("»It’s«  – ÜBER"), "its über");
    }
}
