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
/// A word begins with it that is looked for.
const WORD: u8 = 1 << 1;
/// Something begins with it that may stand anywhere.
const ANYWHERE: u8 = 1 << 2;

impl Begins {
    /// Of patterns, each with whether it is a word. None is empty; words of ASCII begin with a letter, others
    /// with two. What is no word begins with no letter of ASCII, and nothing with white space.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = (&'p [u8], bool)>) -> Self {
        let mut begins =
            Self { classes: [0; 256], anywhere: Box::new([0; ROOM / 64]), words: Box::new([0; ROOM / 64]) };
        for octet in 0..=u8::MAX {
            begins.classes[usize::from(octet)] = if octet.is_ascii_alphanumeric() { OF_WORD } else { 0 };
        }
        for (pattern, is_word) in patterns {
            begins.classes[usize::from(pattern[0])] |= if is_word { WORD } else { ANYWHERE };
            if is_word {
                enter(&mut begins.words, word_key(pattern));
                continue;
            }
            let any = pattern.get(1).map_or(0..=u8::MAX, |octet| *octet..=*octet);
            any.for_each(|second| enter(&mut begins.anywhere, two(pattern[0], second)));
        }
        begins
    }

    /// Goes through a stretch of a text.
    pub(super) fn places<'t>(&'t self, text: &'t str, stretch: Range<usize>) -> Places<'t> {
        let (window, octets) = (stretch.start, text.as_bytes().get(..stretch.end).unwrap_or_default());
        let mut places = Places { begins: self, text, octets, window, letters: 0, left: 0 };
        places.look(false);
        places
    }

    /// Of words of ASCII that begin in a window those that may be looked for; `letters` are all that stand there.
    fn some_of(&self, octets: &[u8; LOOKED], mut words: u64, letters: u64) -> u64 {
        let mut some = 0;
        while words > 0 {
            let place = words.trailing_zeros();
            words &= words - 1;
            let Some(four) = octets.get(place as usize..).and_then(<[u8]>::first_chunk) else { break };
            // Without a branch: which of them are is not to be foreseen.
            let is_one = has(&self.words, ascii_key(*four, letters >> place));
            some |= u64::from(is_one) << place;
        }
        some
    }

    /// Those of some other characters in a window that anything begins with.
    fn some_others_of(&self, octets: &[u8; LOOKED], mut others: u64) -> u64 {
        let mut some = 0;
        while others > 0 {
            let place = others.trailing_zeros();
            others &= others - 1;
            some |= u64::from(self.class(octets[place as usize % LOOKED]) > 0) << place;
        }
        some
    }

    fn class(&self, octet: u8) -> u8 {
        self.classes[usize::from(octet)]
    }
}

/// The places of a stretch of a text where a mark may begin. It is looked at through a window.
pub(super) struct Places<'t> {
    begins: &'t Begins,
    text: &'t str,
    /// Those of the text up to the end of the stretch.
    octets: &'t [u8],
    /// Where the window begins.
    window: usize,
    /// Which of the octets in it are letters of ASCII, the first lowest.
    letters: u64,
    /// Which of them may begin something, and were not told yet.
    left: u64,
}

/// Octets in a window: so many that of those that begin within it the first four are looked at.
const WINDOW: usize = LOOKED - 4;

/// Octets that are looked at together.
const LOOKED: usize = 64;

impl Places<'_> {
    /// The first place from there on, which is beyond all that were told before: always before a character.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        match from.saturating_sub(self.window) {
            WINDOW.. => {
                self.window = from;
                self.look(false);
            }
            passed => self.left &= u64::MAX << passed,
        }
        loop {
            while self.left > 0 {
                let place = self.left.trailing_zeros();
                self.left &= self.left - 1;
                if self.begins_at(place) {
                    return Some(self.window + place as usize);
                }
            }
            self.window += WINDOW;
            if self.window >= self.octets.len() {
                return None;
            }
            self.look(self.letters >> (WINDOW - 1) & 1 > 0);
        }
    }

    /// Looks at all octets in the window, behind one that may be a letter, eight at once.
    fn look(&mut self, is_behind_letter: bool) {
        let whole = self.text.as_bytes().get(self.window..).unwrap_or_default();
        let mut padded = [0; LOOKED];
        let octets = whole.first_chunk().unwrap_or_else(|| {
            padded[..whole.len()].copy_from_slice(whole);
            &padded
        });
        let (mut letters, mut firsts) = (0, 0);
        let length = self.octets.len().saturating_sub(self.window);
        for (number, eight) in octets.as_chunks().0.iter().take(length.div_ceil(8)).enumerate() {
            let eight = u64::from_le_bytes(*eight);
            letters |= one_by_one(eight::letters(eight)) << (8 * number);
            firsts |= one_by_one(first_octets(eight)) << (8 * number);
        }
        // What lies behind the stretch is none of it.
        self.letters = letters & low_bits(length);
        firsts &= low_bits(length.min(WINDOW));
        // Within a word none begins.
        let words = firsts & self.letters & !(self.letters << 1 | u64::from(is_behind_letter));
        let others = firsts & !self.letters;
        self.left =
            self.begins.some_of(octets, words, self.letters) | self.begins.some_others_of(octets, others);
    }

    /// Whether a mark may begin at a place in the window that was left.
    fn begins_at(&self, place: u32) -> bool {
        let (begins, at) = (self.begins, self.window + place as usize);
        let is_in_word = || match at.checked_sub(1).map(|last| self.octets[last]) {
            Some(last @ ..0x80) => begins.class(last) & OF_WORD > 0,
            // Behind a wide character it takes a closer look to tell whether a word goes on.
            _ => words::goes_on_before(self.text, at),
        };
        if self.letters >> place & 1 > 0 {
            return !is_in_word();
        }
        let octets = &self.octets[at..];
        let (class, second) = (begins.class(octets[0]), octets.get(1).copied().unwrap_or(0));
        class & WORD > 0 && has(&begins.words, word_key(octets)) && !is_in_word()
            || class & ANYWHERE > 0 && has(&begins.anywhere, two(octets[0], second))
    }
}

/// As many of the lowest bits.
fn low_bits(count: usize) -> u64 {
    if count < LOOKED { !(u64::MAX << count) } else { u64::MAX }
}

/// The highest bit of each octet that is beyond white space, and no later one of a character.
fn first_octets(eight: u64) -> u64 {
    let is_beyond_space = eight | ((eight & !eight::HIGHEST) + eight::each(0x7F - b' '));
    let is_later = eight & !(eight << 1);
    is_beyond_space & !is_later & eight::HIGHEST
}

/// The highest bits of eight octets side by side, the first lowest; there are no other bits.
fn one_by_one(highest: u64) -> u64 {
    // Each has a product of its own in the highest octet, and no two sums meet.
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// What octets begin with that begin a word: two letters of the Arabic script, or of ASCII as many of four as
/// there are; a shorter word that goes on in the text is another. Words that begin otherwise may share a key.
fn word_key(octets: &[u8]) -> usize {
    let four = octets.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 4];
        padded.iter_mut().zip(octets).for_each(|(to, from)| *to = *from);
        padded
    });
    if four[0] >= 0x80 {
        return key(u32::from_le_bytes(four));
    }
    ascii_key(
        four,
        four.iter().rev().fold(0, |letters, octet| letters << 1 | u64::from(octet.is_ascii_alphabetic())),
    )
}

/// The same of octets of ASCII, with bits for those that are letters, the first lowest.
fn ascii_key(octets: [u8; 4], letters: u64) -> usize {
    key(u32::from_le_bytes(octets) & LETTERS[(letters % 16) as usize])
}

fn key(known: u32) -> usize {
    (known.wrapping_mul(0x9E37_79B1) >> 16) as usize % ROOM
}

/// Of four octets those up to the first that is no letter, by the bits of those that are.
const LETTERS: [u32; 16] = {
    let mut all = [0; 16];
    let mut bits = 0;
    while bits < all.len() {
        all[bits] = match u32::MAX.checked_shl(8 * bits.trailing_ones()) {
            Some(others) => !others,
            None => u32::MAX,
        };
        bits += 1;
    }
    all
};

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
        let (mut places, mut at) = (begins.places(text, 0..text.len()), 0);
        std::iter::from_fn(|| {
            let found = places.next(at)?;
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
    fn short_words_begin_only_where_they_end() {
        let patterns = [("UN", true), ("Dr.", true), ("son", true)];
        assert_eq!(places(&patterns, "UNO UN’s UN-led Drone Dr.X sonar son\u{A0}"), [4, 11, 24, 35]);
    }

    #[test]
    fn octets_are_told_one_by_one() {
        for first in 0..=u8::MAX {
            for place in 0..8 {
                let mut octets = *b"aZzAmNoP";
                octets[place] = first;
                let eight = u64::from_le_bytes(octets);
                let is_told = |bits: u64, place: usize| bits >> place & 1 == 1;
                for (place, octet) in octets.iter().enumerate() {
                    let is_letter = octet.is_ascii_alphabetic();
                    assert_eq!(is_told(one_by_one(eight::letters(eight)), place), is_letter, "{octet}");
                    let is_first = *octet > b' ' && !(0x80..0xC0).contains(octet);
                    assert_eq!(is_told(one_by_one(first_octets(eight)), place), is_first, "{octet}");
                }
                assert_eq!(one_by_one(first_octets(eight)) >> 8, 0);
            }
        }
    }

    proptest::proptest! {
        /// Wherever the windows lie.
        #[test]
        fn nothing_is_missed(
            text in "(judge|Judgement|UN|son|s|Dr\\.|دکتر|و|é|۷|7|»|\\(|\"| {1,3}|, |[a-z]{1,70}){0,40}",
            ends in proptest::prelude::any::<[proptest::sample::Index; 2]>(),
            step in 1..90_usize,
        ) {
            const PATTERNS: [(&str, bool); 9] = [
                ("judge", true), ("UN", true), ("son", true), ("Dr.", true), ("دکتر", true),
                ("۷", false), ("7", false), ("»", false), ("(", false),
            ];
            let [one, other] = ends.map(|end| text.floor_char_boundary(end.index(text.len() + 1)));
            let stretch = one.min(other)..one.max(other);
            let begins = Begins::of(PATTERNS.iter().map(|(word, is_word)| (word.as_bytes(), *is_word)));
            let goes_on = |at: usize| text[at..stretch.end].starts_with(|c: char| c.is_ascii_alphabetic());
            let stands = |at: usize| PATTERNS.iter().any(|(word, is_word)| {
                let is_here = text[at..stretch.end].starts_with(word);
                is_here && !(*is_word && (words::goes_on_before(&text, at) || goes_on(at + word.len())))
            });
            let (mut places, mut from) = (begins.places(&text, stretch.clone()), stretch.start);
            // Another step once something was told, as behind a mark.
            while from <= stretch.end {
                let told = places.next(from);
                proptest::prop_assert!(told.is_none_or(|told| text.is_char_boundary(told) && (from..stretch.end).contains(&told)));
                for at in (from..told.unwrap_or(stretch.end)).filter(|at| text.is_char_boundary(*at)) {
                    proptest::prop_assert!(!stands(at), "{} of {:?}", at, stretch);
                }
                let Some(told) = told else { break };
                from = told + step;
            }
        }
    }
}
