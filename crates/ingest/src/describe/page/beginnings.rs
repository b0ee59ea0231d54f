//! Where words begin in names that are written together.

use crate::eight::letters;

/// The places where a word begins: a letter of ASCII behind what is none, or a capital behind a small
/// letter. Eight octets are looked at together, since all classes of a page are looked at.
pub(super) struct Beginnings<'a> {
    octets: &'a [u8],
    /// Where the eight octets begin that are looked at.
    at: usize,
    /// The highest bit of each of them in which a word begins, the first octet lowest.
    found: u64,
    /// The letters among the eight before, and the small ones, so that the last is in the lowest octet.
    before: (u64, u64),
}

impl<'a> Beginnings<'a> {
    pub(super) fn of(octets: &'a [u8]) -> Self {
        let mut beginnings = Self { octets, at: 0, found: 0, before: (0, 0) };
        beginnings.look();
        beginnings
    }

    /// Finds the beginnings in the eight octets at hand.
    fn look(&mut self) {
        let rest = self.octets.get(self.at..).unwrap_or_default();
        let eight = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut eight = [0; 8];
            eight[..rest.len()].copy_from_slice(rest);
            eight
        });
        let eight = u64::from_le_bytes(eight);
        let letters = letters(eight);
        // A capital has not the bit that makes letters small.
        let small = letters & eight << 2;
        let (letter_before, small_before) = self.before;
        self.found =
            letters & !(letters << 8 | letter_before) | letters & !small & (small << 8 | small_before);
        self.before = (letters >> 56, small >> 56);
    }
}

impl Iterator for Beginnings<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            self.at += 8;
            if self.at >= self.octets.len() {
                return None;
            }
            self.look();
        }
        let at = self.at + (self.found.trailing_zeros() / 8) as usize;
        self.found &= self.found - 1;
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_by_one(octets: &[u8]) -> Vec<usize> {
        let begins = |at: &usize| {
            let before = at.checked_sub(1).map_or(b' ', |before| octets[before]);
            octets[*at].is_ascii_alphabetic() && !before.is_ascii_alphabetic()
                || octets[*at].is_ascii_uppercase() && before.is_ascii_lowercase()
        };
        (0..octets.len()).filter(begins).collect()
    }

    #[test]
    fn words_begin_behind_marks_and_at_capitals() {
        let found: Vec<usize> = Beginnings::of(b"entry-meta postAuthor__BY").collect();
        assert_eq!(found, [0, 6, 11, 15, 23]);
    }

    proptest::proptest! {
        #[test]
        fn eight_together_are_as_one_by_one(octets in proptest::collection::vec(proptest::num::u8::ANY, 0..40), letters in "[aAzZ@`{\\[ -]{0,40}") {
            proptest::prop_assert_eq!(Beginnings::of(&octets).collect::<Vec<_>>(), one_by_one(&octets));
            let letters = letters.as_bytes();
            proptest::prop_assert_eq!(Beginnings::of(letters).collect::<Vec<_>>(), one_by_one(letters));
        }
    }
}
