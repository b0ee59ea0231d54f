//! Path patterns in which an asterisk stands for any characters, and nothing else is special.
//!
//! The specification points to glob(7) for asterisks alone. Its own default `*` allows files in
//! folders too, so here an asterisk crosses slashes.

use std::collections::BTreeSet;

/// Patterns with an asterisk are tried one by one for each path.
const MOST_GLOBS: usize = 1000;

/// Paths and patterns of which one is to match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    exact: BTreeSet<String>,
    globs: BTreeSet<Pattern>,
}

impl Patterns {
    /// Adds one; says whether there is room for it.
    pub(super) fn insert(&mut self, text: String) -> bool {
        if text.contains('*') {
            self.globs.insert(Pattern { text });
        } else {
            self.exact.insert(text);
        }
        self.globs.len() <= MOST_GLOBS
    }

    /// Whether any matches the whole of a path.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.exact.contains(path) || self.globs.iter().any(|glob| glob.matches(path))
    }

    /// All of them as text.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.globs.iter().map(|glob| glob.text.as_str()).chain(self.exact.iter().map(String::as_str))
    }
}

/// A pattern of paths.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    text: String,
}

impl Pattern {
    /// Whether it matches the whole of a path, in time that is in proportion to it for each piece.
    fn matches(&self, path: &str) -> bool {
        let Some((first, rest)) = self.text.split_once('*') else {
            return self.text == path;
        };
        let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        let Some(mut path) = path.strip_prefix(first).and_then(|path| path.strip_suffix(last)) else {
            return false;
        };
        // The first place where a piece fits leaves the most room for those after it.
        for piece in middle.split('*') {
            match path.find(piece) {
                Some(at) => path = &path[at + piece.len()..],
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Patterns {
        let mut patterns = Patterns::default();
        assert!(patterns.insert(text.to_owned()));
        patterns
    }

    /// The plainest reading of what an asterisk means.
    fn plainly(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => path.is_empty(),
            [b'*', rest @ ..] => (0..=path.len()).any(|taken| plainly(rest, &path[taken..])),
            [octet, rest @ ..] => path.first() == Some(octet) && plainly(rest, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn it_matches_what_the_plainest_reading_matches(pattern in "[ab*]{0,8}", path in "[ab]{0,8}") {
            prop_assert_eq!(
                one(&pattern).matches(&path),
                plainly(pattern.as_bytes(), path.as_bytes()),
                "{} {}", pattern, path
            );
        }
    }

    #[test]
    fn nothing_but_an_asterisk_is_special() {
        assert!(one("*").matches("a/b/.c"));
        assert!(one("data/*").matches("data/"));
        assert!(!one("data/?").matches("data/x"));
        assert!(one("data/[x]").matches("data/[x]"));
        assert!(!one("DATA/*").matches("data/x"));
    }
}
