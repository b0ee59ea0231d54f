//! Letters and digits only, in lower case: what is compared when two signals are.

/// The words of a text in lower case with one space between them, as [`super::prose::folded`] has them,
/// in less time.
pub(super) fn folded(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_into(&mut folded, text);
    String::from_utf8(folded).unwrap_or_default()
}

/// The same, put in the place of what was there, as octets.
pub(super) fn fold_into(folded: &mut Vec<u8>, text: &str) {
    folded.clear();
    folded.reserve(text.len());
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(octet) if octet.is_ascii_alphanumeric() => folded.push(octet.to_ascii_lowercase()),
            Ok(b'\'') => {}
            Ok(octet) if octet.is_ascii() => part(folded),
            _ if matches!(c, '’' | '\u{200C}' | '\u{200D}') => {}
            _ if c.is_alphanumeric() => {
                for lower in c.to_lowercase() {
                    folded.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
            _ => part(folded),
        }
    }
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
}

/// Ends a word, if one has begun.
fn part(folded: &mut Vec<u8>) {
    if !matches!(folded.last(), None | Some(b' ')) {
        folded.push(b' ');
    }
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
            let word = careful.replace(' ', "");
            proptest::prop_assert_eq!(&joined(&text), &word);
            proptest::prop_assert!(is_joined(&text, &word));
            proptest::prop_assert_eq!(is_joined(&text, &other), word == other);
        }
    }
}
