//! Letters and digits only, in lower case: what is compared when two signals are.

/// The words of a text in lower case with one space between them: letters and digits only.
pub(super) fn folded(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_into(&mut folded, text);
    String::from_utf8(folded).unwrap_or_default()
}

/// The same, put in the place of what was there, as octets.
pub(super) fn fold_into(folded: &mut Vec<u8>, text: &str) {
    folded.clear();
    folded.reserve(text.len());
    let octets = text.as_bytes();
    let mut at = 0;
    while let Some(octet) = octets.get(at) {
        match ASCII.get(usize::from(*octet)) {
            Some(&NOTHING) => at += 1,
            Some(b' ') => {
                part(folded);
                at += 1;
            }
            Some(lower) => {
                folded.push(*lower);
                at += 1;
            }
            None => {
                let Some(c) = text[at..].chars().next() else { break };
                fold_char(folded, c);
                at += c.len_utf8();
            }
        }
    }
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
}

/// What stands for no octet.
const NOTHING: u8 = 0;

/// What becomes of ASCII: a letter in lower case, a digit, a space, or nothing.
const ASCII: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut octet = 0_u8;
    while octet < 128 {
        if octet.is_ascii_alphanumeric() {
            table[octet as usize] = octet.to_ascii_lowercase();
        }
        octet += 1;
    }
    table[b'\'' as usize] = NOTHING;
    table
};

/// Folds a character beyond ASCII.
fn fold_char(folded: &mut Vec<u8>, c: char) {
    let mut put = |c: char| folded.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    match c {
        // Most are small letters of Latin 1.
        'ß'..='ö' | 'ø'..='ÿ' => put(c),
        '’' | '\u{200C}' | '\u{200D}' => {}
        _ if c.is_alphanumeric() => c.to_lowercase().for_each(put),
        _ => part(folded),
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
    // Most are not, by their first letters.
    if let (Some(first), Some(own)) = (text.bytes().next(), joined.bytes().next())
        && first.is_ascii_alphanumeric()
        && first.to_ascii_lowercase() != own
    {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).eq(joined.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, character by character.
    fn with_care(text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            } else if c.is_alphanumeric() {
                folded.extend(c.to_lowercase());
            } else if !matches!(c, '\'' | '’' | '\u{200C}' | '\u{200D}')
                && !matches!(folded.as_bytes().last(), None | Some(b' '))
            {
                folded.push(' ');
            }
        }
        folded.truncate(folded.trim_end().len());
        folded
    }

    #[test]
    fn folding_leaves_words() {
        assert_eq!(folded("»It’s«  – ÜBER"), "its über");
    }

    #[test]
    fn every_character_is_folded_with_care() {
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            let text = format!("a{c}b");
            assert_eq!(folded(&text), with_care(&text), "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn both_ways_of_folding_are_one(text in "(a|B|7|ü|Ü|÷|×|Ø|ÿ|İ|ß|’|'|-| |\n|گ|\u{200C}|\u{301}|²){0,12}", other in "(a|b|7| ){0,4}") {
            let careful = with_care(&text);
            proptest::prop_assert_eq!(&folded(&text), &careful);
            let word = careful.replace(' ', "");
            proptest::prop_assert_eq!(&joined(&text), &word);
            proptest::prop_assert!(is_joined(&text, &word));
            proptest::prop_assert_eq!(is_joined(&text, &other), word == other);
        }
    }
}
