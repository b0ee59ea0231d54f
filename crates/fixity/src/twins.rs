//! Names that some systems cannot tell apart: equal but for case or Unicode normalization.

mod paths;

pub use paths::in_paths;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfd_quick};

/// A key that is the same for names, or paths, that differ only in case or normalization (the
/// canonical caseless matching of Unicode, D145).
///
/// A slash stays a slash, and nothing else becomes one.
#[must_use]
pub fn caseless_key(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return if name.bytes().any(|octet| octet.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
    }
    let folded = caseless::default_case_fold_str(&decomposed(name));
    Cow::Owned(match decomposed(&folded) {
        Cow::Borrowed(_) => folded,
        Cow::Owned(key) => key,
    })
}

/// In NFD. Most names are already, and to find that out is much faster than to write them anew.
fn decomposed(text: &str) -> Cow<'_, str> {
    match is_nfd_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfd().collect()),
    }
}

/// Finds all names of one folder that have a twin, each with the first twin that is not itself.
///
/// Whoever asks knows a name by its `N`, which also says what is first.
pub fn in_folder<'a, N: Copy + Ord>(names: impl Iterator<Item = (N, &'a str)>) -> Vec<(N, N)> {
    let mut keyed: Vec<(Cow<'_, str>, N)> =
        names.map(|(number, name)| (caseless_key(name), number)).collect();
    keyed.sort_unstable();
    let mut found = Vec::new();
    for twins in keyed.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, first), (_, second), ..] = twins {
            found.push((*first, *second));
            found.extend(twins[1..].iter().map(|(_, number)| (*number, *first)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_differ_in_case_or_normalization_and_nothing_else() {
        for (one, other) in [
            ("a", "A"),
            ("straße", "STRASSE"),
            ("é", "e\u{301}"),
            ("É", "e\u{301}"),
            ("ΌΣΟΣ", "όσος"),
            ("Я", "я"),
            ("300 \u{212A}", "300 k"),
        ] {
            assert_eq!(caseless_key(one), caseless_key(other), "{one} {other}");
        }
        for (one, other) in [("a", "b"), ("ی", "ي"), ("ﬁ", "f1"), ("می‌خواهم", "میخواهم"), ("①", "1")]
        {
            assert_ne!(caseless_key(one), caseless_key(other), "{one} {other}");
        }
    }

    #[test]
    fn no_character_but_a_slash_becomes_one() {
        for c in '\0'..=char::MAX {
            assert_eq!(caseless_key(c.encode_utf8(&mut [0; 4])).contains('/'), c == '/', "{c:?}");
        }
    }

    #[test]
    fn the_twins_of_a_folder_are_found_each_with_the_first() {
        let names = ["b", "A", "a", "é", "e\u{301}", "á", "a"];
        assert_eq!(in_folder((0..).zip(names)), [(1, 2), (2, 1), (6, 1), (3, 4), (4, 3)]);
    }
}
