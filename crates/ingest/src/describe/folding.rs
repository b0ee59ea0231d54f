//! Letters and digits only, in lower case: what is compared when two signals are.

/// The words of a text in lower case with one space between them, as [`super::prose::folded`] has them,
/// and several times as soon where they are in ASCII.
pub(super) fn folded(text: &str) -> String {
    if !text.is_ascii() {
        return super::prose::folded(text);
    }
    let mut folded = Vec::with_capacity(text.len());
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() {
            folded.push(octet.to_ascii_lowercase());
        } else if octet != b'\'' && !matches!(folded.last(), None | Some(b' ')) {
            folded.push(b' ');
        }
    }
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
    String::from_utf8(folded).unwrap_or_default()
}

/// The same as one word.
pub(super) fn joined(text: &str) -> String {
    let mut joined = folded(text);
    joined.retain(|c| c != ' ');
    joined
}

/// Whether a text is this one when it is folded and its words are joined.
pub(super) fn is_joined(text: &str, joined: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    // Most are not, by their first letters.
    letters.flat_map(char::to_lowercase).eq(joined.chars())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::prose;

    proptest::proptest! {
        #[test]
        fn both_ways_of_folding_are_one(text in "(a|B|7|ü|İ|ß|’|'|-| |\n|گ|\u{200C}|\u{301}|²){0,12}", other in "(a|b|7| ){0,4}") {
            let careful = prose::folded(&text);
            proptest::prop_assert_eq!(&folded(&text), &careful);
            let ascii: String = text.chars().filter(char::is_ascii).collect();
            proptest::prop_assert_eq!(folded(&ascii), prose::folded(&ascii));
            let word = careful.replace(' ', "");
            proptest::prop_assert_eq!(&joined(&text), &word);
            proptest::prop_assert!(is_joined(&text, &word));
            proptest::prop_assert_eq!(is_joined(&text, &other), word == other);
        }
    }
}
