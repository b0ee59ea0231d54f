//! Many words at once, in one pass over octets.

use aho_corasick::AhoCorasick;
use aho_corasick::packed::Searcher;
use std::ops::Range;

/// Finds words of at least two octets, none of which begins within another.
pub(super) enum Finder {
    /// Many octets at a time, where the processor can do that.
    Wide(Searcher),
    /// The same octet by octet; there always is one.
    Narrow(Option<AhoCorasick>),
}

impl Finder {
    pub(super) fn of<W: AsRef<[u8]>>(words: &[W]) -> Self {
        Searcher::new(words).map_or_else(|| Self::Narrow(AhoCorasick::new(words).ok()), Self::Wide)
    }

    /// Gives each place to `visit`, with the number of the word that stands there, in the order of the
    /// octets.
    pub(super) fn each(&self, octets: &[u8], mut visit: impl FnMut(usize, Range<usize>)) {
        match self {
            Self::Wide(words) => {
                words.find_iter(octets).for_each(|found| visit(found.pattern().as_usize(), found.range()));
            }
            Self::Narrow(words) => words
                .iter()
                .flat_map(|words| words.find_iter(octets))
                .for_each(|found| visit(found.pattern().as_usize(), found.range())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_find_the_same() {
        let words = ["/home", "\\home", "/Users", "absref="];
        let text = "/home/homeabsref=\\home/Use/Users x absref absref= /hom".repeat(9);
        let all = |finder: &Finder| {
            let mut all = Vec::new();
            finder.each(text.as_bytes(), |word, range| all.push((word, range)));
            all
        };
        let narrow = all(&Finder::Narrow(AhoCorasick::new(words).ok()));
        assert_eq!(narrow[..3], [(0, 0..5), (0, 5..10), (3, 10..17)]);
        assert_eq!(narrow.len(), 6 * 9);
        assert_eq!(all(&Finder::of(&words)), narrow);
    }
}
