//! Where a mark may begin: nearly no place of a text, so that the automaton is seldom asked.

use std::ops::Range;

use crate::mentions::words;

/// First octets of all marks, as sets of bits.
pub(super) struct Begins {
    /// The first two octets of marks that are no words: they may stand anywhere.
    marks: Vec<u64>,
    /// The first three octets of words: they begin where no word goes on.
    words: Vec<u64>,
}

/// Bits of each set.
const ROOM: usize = 1 << 16;

impl Begins {
    /// Of patterns, each with whether it is a word. None is empty.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = (&'p [u8], bool)>) -> Self {
        let mut begins = Self { marks: vec![0; ROOM / 64], words: vec![0; ROOM / 64] };
        for (pattern, is_word) in patterns {
            let any = |at: usize| pattern.get(at).map_or(0..=u8::MAX, |octet| *octet..=*octet);
            for second in any(1) {
                if !is_word {
                    enter(&mut begins.marks, two(pattern[0], second));
                    continue;
                }
                for third in any(2) {
                    enter(&mut begins.words, three(pattern[0], second, third));
                }
            }
        }
        begins
    }

    /// The first place in a stretch of a text where a mark may begin: always before a character.
    pub(super) fn next(&self, text: &str, stretch: Range<usize>) -> Option<usize> {
        let octets = text.as_bytes().get(..stretch.end)?;
        let start = stretch.start;
        let mut before = start.checked_sub(1).map_or(0, |before| CLASSES[usize::from(octets[before])]);
        for (at, first) in (start..).zip(octets.get(start..)?.iter().copied()) {
            let class = CLASSES[usize::from(first)];
            let goes_on = before & OF_WORD;
            before = class;
            if class & ((goes_on * LETTER) | WITHIN) > 0 {
                continue;
            }
            let goes_on = goes_on > 0;
            // Behind the end stands what no pattern goes on with.
            let second = octets.get(at + 1).copied().unwrap_or(0);
            if has(&self.marks, two(first, second)) {
                return Some(at);
            }
            let third = octets.get(at + 2).copied().unwrap_or(0);
            let may_begin = !goes_on && has(&self.words, three(first, second, third));
            if may_begin && !words::goes_on_before(text, at) {
                return Some(at);
            }
        }
        None
    }
}

/// A letter or digit of ASCII.
const OF_WORD: u8 = 1;
/// A letter of ASCII.
const LETTER: u8 = 1 << 1;
/// Goes on with a character.
const WITHIN: u8 = 1 << 2;

/// What each octet is.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "there are 256 of them")]
        let known = octet as u8;
        classes[octet] = match known {
            b'0'..=b'9' => OF_WORD,
            b'a'..=b'z' | b'A'..=b'Z' => OF_WORD | LETTER,
            0x80..0xC0 => WITHIN,
            _ => 0,
        };
        octet += 1;
    }
    classes
};

fn enter(set: &mut [u64], bit: usize) {
    set[bit / 64] |= 1 << (bit % 64);
}

fn has(set: &[u64], bit: usize) -> bool {
    set[bit / 64] >> (bit % 64) & 1 == 1
}

fn two(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Words that begin otherwise may share a bit.
fn three(first: u8, second: u8, third: u8) -> usize {
    (usize::from(first) << 10 ^ usize::from(second) << 5 ^ usize::from(third)) % ROOM
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(patterns: &[(&str, bool)], text: &str) -> Vec<usize> {
        let begins = Begins::of(patterns.iter().map(|(word, is_word)| (word.as_bytes(), *is_word)));
        let mut at = 0;
        std::iter::from_fn(|| {
            let found = begins.next(text, at..text.len())?;
            at = found + 1;
            Some(found)
        })
        .collect()
    }

    #[test]
    fn words_begin_where_none_goes_on_and_marks_anywhere() {
        let patterns =
            [("judge", true), ("UN", true), ("دکتر", true), ("(", false), ("۷", false), ("»", false)];
        assert_eq!(places(&patterns, "judge misjudge UN"), [0, 15]);
        assert_eq!(places(&patterns, "a( judges(۷"), [1, 3, 9, 10]);
        assert_eq!(places(&patterns, "دکتر ودکتر»۷"), [0, 19, 21]);
        assert_eq!(places(&patterns, "-judge éjudge"), [1]);
        assert!(places(&patterns, "").is_empty());
        assert_eq!(places(&patterns, "a UN"), [2]);
    }
}
