//! Whether a line can be passed over without looking closely: most can.

use super::words::{BEFORE, LABELS, NO_NAME};

/// Whether a line may begin with words that say who wrote: most do not, by their first two letters.
pub(super) fn may_begin(line: &str) -> bool {
    match line.as_bytes() {
        [one, two, ..] if one.is_ascii() && two.is_ascii() => {
            two.is_ascii_alphabetic() && SECOND[usize::from(one.to_ascii_lowercase())] & bit(*two) > 0
        }
        octets => octets.len() > 1,
    }
}

/// The second letters of words that say who wrote, as sets of bits, by the first of ASCII.
const SECOND: [u32; 128] = {
    let mut second = [0; 128];
    let (mut of_before, mut at) = (true, 0);
    while of_before || at < LABELS.len() {
        if of_before && at == BEFORE.len() {
            (of_before, at) = (false, 0);
        }
        let word = if of_before { BEFORE[at] } else { LABELS[at] }.as_bytes();
        if word[0].is_ascii() {
            second[word[0] as usize] |= bit(word[1]);
        }
        at += 1;
    }
    second
};

/// A bit for each letter of ASCII in any case.
const fn bit(letter: u8) -> u32 {
    1 << (letter & 0x1F)
}

/// Whether none of the words of which a line that has one is no name stands in it: most names have none,
/// by the lengths of their words and their initials.
pub(super) fn has_no_such_word(part: &str) -> bool {
    let is_one_of_them = |word: &[u8]| {
        let initial = word.first().map_or(0, u8::to_ascii_lowercase);
        LENGTHS[usize::from(initial)] & (1 << word.len().min(31)) > 0
            && NO_NAME.iter().chain(&["super"]).any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
    };
    let is_plain = part.bytes().all(|octet| octet.is_ascii() && octet != b'\'');
    is_plain && !part.as_bytes().split(|octet| !octet.is_ascii_alphanumeric()).any(is_one_of_them)
}

/// The lengths of those words as sets of bits, by their first octet.
const LENGTHS: [u32; 256] = {
    let mut lengths = [0; 256];
    let mut at = 0;
    while at < NO_NAME.len() {
        let word = NO_NAME[at].as_bytes();
        lengths[word[0] as usize] |= 1 << word.len();
        at += 1;
    }
    lengths[b's' as usize] |= 1 << "super".len();
    lengths
};

#[cfg(test)]
mod tests {
    use super::super::is_no_name;
    use super::*;

    #[test]
    fn every_word_is_let_through() {
        for word in BEFORE.iter().chain(&LABELS) {
            assert!(may_begin(word) && may_begin(&word.to_uppercase()), "{word}");
        }
        for word in NO_NAME {
            assert!(!has_no_such_word(&format!("Jane {}", word.to_uppercase())), "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_passed_over_is_no_such_word(part in "(super|user|admin|mehr|Jane|Foto|'|’|-| |é|1){0,5}") {
            proptest::prop_assert!(!has_no_such_word(&part) || !is_no_name(&part));
        }
    }
}
