//! Words of which a line may have any: looked for all at once.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Words or phrases, and what finds them.
pub(super) struct Phrases {
    all: &'static [&'static str],
    /// Nothing where it could not be made.
    finder: Option<AhoCorasick>,
}

impl Phrases {
    pub(super) fn new(all: &'static [&'static str]) -> Self {
        // Lines are short, and few are looked at: what is made soonest serves best.
        let mut finder = AhoCorasick::builder();
        finder.kind(Some(AhoCorasickKind::ContiguousNFA)).prefilter(false);
        Self { all, finder: finder.build(all).ok() }
    }

    /// Whether any of them stands in a text.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.finder.as_ref().map_or_else(
            || self.all.iter().any(|phrase| text.contains(phrase)),
            |finder| finder.is_match(text),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn both_ways_of_looking_are_one(text in "( |a|am|é|today|heute|x){0,8}") {
            let finder = Phrases::new(&[" today ", " heute ", "é a", "am"]);
            assert!(finder.finder.is_some());
            let careful = Phrases { finder: None, ..Phrases::new(finder.all) };
            proptest::prop_assert_eq!(finder.are_in(&text), careful.are_in(&text));
        }
    }
}
