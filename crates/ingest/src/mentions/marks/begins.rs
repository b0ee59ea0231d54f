//! Where a mark may begin: nearly no place of a text, so that the list of marks is seldom asked.

use std::ops::Range;

use crate::eight;
use crate::mentions::words;

/// First octets of all marks, as sets of bits.
pub(super) struct Begins {
    /// What each octet is, and whether something begins with it.
    classes: [u8; 256],
    /// The first two octets of what may stand anywhere: numbers, and marks that are no words.
    anywhere: Box<Set>,
    /// The first octets of words, which begin where no word goes on: see [`word_key`].
    words: Box<Set>,
}

/// Bits of each set.
const ROOM: usize = 1 << 16;

/// Bits by number.
type Set = [u64; ROOM / 64];

/// A letter or digit of ASCII.
const OF_WORD: u8 = 1;
/// A letter of ASCII.
const LETTER: u8 = 1 << 1;
/// A word begins with it that is looked for.
const WORD: u8 = 1 << 2;
/// Something begins with it that may stand anywhere.
const ANYWHERE: u8 = 1 << 3;

impl Begins {
    /// Of patterns, each with whether it is a word. None is empty; words of ASCII begin with a letter, others
    /// with two.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = (&'p [u8], bool)>) -> Self {
        let mut begins =
            Self { classes: [0; 256], anywhere: Box::new([0; ROOM / 64]), words: Box::new([0; ROOM / 64]) };
        for octet in 0..=u8::MAX {
            begins.classes[usize::from(octet)] = match octet {
                b'0'..=b'9' => OF_WORD,
                b'a'..=b'z' | b'A'..=b'Z' => OF_WORD | LETTER,
                _ => 0,
            };
        }
        for (pattern, is_word) in patterns {
            begins.classes[usize::from(pattern[0])] |= if is_word { WORD } else { ANYWHERE };
            if is_word {
                enter(&mut begins.words, word_key(pattern, behind_letters(pattern, 0)));
                continue;
            }
            let any = pattern.get(1).map_or(0..=u8::MAX, |octet| *octet..=*octet);
            any.for_each(|second| enter(&mut begins.anywhere, two(pattern[0], second)));
        }
        begins
    }

    /// The first place in a stretch of a text where a mark may begin: always before a character.
    pub(super) fn next(&self, text: &str, stretch: Range<usize>) -> Option<usize> {
        let octets = text.as_bytes().get(..stretch.end)?;
        let mut at = stretch.start;
        loop {
            at = self.behind_others(octets, at);
            let class = self.class(*octets.get(at)?);
            let behind = if class & LETTER > 0 { behind_letters(octets, at + 1) } else { at + 1 };
            if class & WORD > 0 && has(&self.words, word_key(&octets[at..], behind - at)) {
                let is_in_word = at.checked_sub(1).is_some_and(|last| self.class(octets[last]) & OF_WORD > 0);
                // Behind a wide character it takes a closer look to tell whether a word goes on.
                if !is_in_word && !words::goes_on_before(text, at) {
                    return Some(at);
                }
            }
            if class & ANYWHERE > 0 {
                let second = octets.get(at + 1).copied().unwrap_or(0);
                if has(&self.anywhere, two(*octets.get(at)?, second)) {
                    return Some(at);
                }
            }
            at = behind;
        }
    }

    /// Passes what is most of a text: words of ASCII and what parts them, as far as nothing begins there. The
    /// last octets are left to a look at each.
    fn behind_others(&self, octets: &[u8], mut at: usize) -> usize {
        while let Some(eight) = octets.get(at..).and_then(<[u8]>::first_chunk) {
            let count = letters(*eight);
            if count == 0 {
                let others = eight.iter().take_while(|octet| self.class(**octet) == 0).count();
                if others == 0 {
                    return at;
                }
                at += others;
                continue;
            }
            if has(&self.words, ascii_key(u64::from_le_bytes(*eight), count)) {
                return at;
            }
            // Most words are parted by one space.
            at = match eight.get(count) {
                Some(other) => at + count + usize::from(*other == b' '),
                None => behind_letters(octets, at + count),
            };
        }
        at
    }

    fn class(&self, octet: u8) -> u8 {
        self.classes[usize::from(octet)]
    }
}

/// What octets begin with that begin a word: two letters of the Arabic script, or of ASCII as many of four as
/// there are; a shorter word that goes on in the text is another. Words that begin otherwise may share a key.
fn word_key(octets: &[u8], letters: usize) -> usize {
    let four = octets.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 4];
        padded.iter_mut().zip(octets).for_each(|(to, from)| *to = *from);
        padded
    });
    let octets = u64::from(u32::from_le_bytes(four));
    if four[0] < 0x80 { ascii_key(octets, letters) } else { key(octets << 32) }
}

/// The same of octets of ASCII, the first lowest.
fn ascii_key(octets: u64, letters: usize) -> usize {
    key(octets << (64 - 8 * letters.clamp(1, 4)))
}

fn key(known: u64) -> usize {
    (known.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize % ROOM
}

/// The first place from `at` on where no letter of ASCII stands: within a word none begins.
fn behind_letters(octets: &[u8], mut at: usize) -> usize {
    while let Some(eight) = octets.get(at..).and_then(<[u8]>::first_chunk) {
        let count = letters(*eight);
        at += count;
        if count < eight.len() {
            return at;
        }
    }
    let rest = octets.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|octet| octet.is_ascii_alphabetic()).count()
}

/// How many letters of ASCII come first in eight octets, all of which are looked at together.
fn letters(octets: [u8; 8]) -> usize {
    let others = !eight::letters(u64::from_le_bytes(octets)) & eight::HIGHEST;
    others.trailing_zeros() as usize / 8
}

fn enter(set: &mut Set, bit: usize) {
    set[bit / 64] |= 1 << (bit % 64);
}

fn has(set: &Set, bit: usize) -> bool {
    set[bit / 64] >> (bit % 64) & 1 == 1
}

fn two(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
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
        let patterns = [
            ("judge", true),
            ("UN", true),
            ("دکتر", true),
            ("(", false),
            ("۷", false),
            ("7", false),
            ("»", false),
        ];
        assert_eq!(places(&patterns, "judge misjudge UN"), [0, 15]);
        assert_eq!(places(&patterns, "a( judges(۷"), [1, 3, 9, 10]);
        assert_eq!(places(&patterns, "دکتر ودکتر»۷"), [0, 19, 21]);
        assert_eq!(places(&patterns, "-judge éjudge 7judge a7"), [1, 15, 23]);
        assert!(places(&patterns, "").is_empty());
        assert_eq!(places(&patterns, "a UN"), [2]);
    }

    #[test]
    fn letters_are_counted_up_to_any_other_octet() {
        for other in 0..=u8::MAX {
            for place in 0..8 {
                let mut octets = *b"aZzAmNoP";
                octets[place] = other;
                let count = octets.iter().take_while(|octet| octet.is_ascii_alphabetic()).count();
                assert_eq!(letters(octets), count, "{other} at {place}");
                let twice = [octets, octets].concat();
                let behind = (1..16).find(|at| !twice[*at].is_ascii_alphabetic());
                assert_eq!(behind_letters(&twice, 1), behind.unwrap_or(16), "{other} at {place}");
                assert_eq!(behind_letters(&octets[..place], 0), place);
            }
        }
    }

    #[test]
    fn short_words_begin_only_where_they_end() {
        let patterns = [("UN", true), ("Dr.", true), ("son", true)];
        assert_eq!(places(&patterns, "UNO UN’s UN-led Drone Dr.X sonar son\u{A0}"), [4, 11, 24, 35]);
    }
}
