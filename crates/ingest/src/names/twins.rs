//! Names in one folder that some systems cannot tell apart.

use super::portable::mark_before_extension;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// A key that is the same for names that differ only in case or normalization
/// (the canonical caseless matching of Unicode, D145).
fn caseless_key(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let decomposed: String = name.nfd().collect();
    caseless::default_case_fold_str(&decomposed).nfd().collect()
}

/// Finds all names that have a twin, each with the first twin that is not itself.
pub(super) fn find<'a>(names: impl Iterator<Item = (u32, &'a str)>) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(String, u32)> = names.map(|(number, name)| (caseless_key(name), number)).collect();
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

/// Tells twins apart: the first keeps its name, the others get `~2`, `~3`… before the extension,
/// passing over numbers that would make them the twin of yet another name.
pub(super) fn tell_apart(names: Vec<String>) -> Vec<String> {
    let keys: Vec<String> = names.iter().map(|name| caseless_key(name)).collect();
    let mut taken: HashSet<String> = keys.iter().cloned().collect();
    // The next number for each key, so that a thousand twins do not cost a million tries.
    let mut next: HashMap<String, u32> = HashMap::new();
    let told = names.into_iter().zip(keys).map(|(name, key)| {
        let Some(number) = next.get_mut(&key) else {
            next.insert(key, 2);
            return name;
        };
        loop {
            let candidate = mark_before_extension(&name, &format!("~{number}"));
            *number += 1;
            if taken.insert(caseless_key(&candidate)) {
                return candidate;
            }
        }
    });
    told.collect()
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
        ] {
            assert_eq!(caseless_key(one), caseless_key(other), "{one} {other}");
        }
        for (one, other) in [("a", "b"), ("ی", "ي"), ("ﬁ", "f1"), ("می‌خواهم", "میخواهم"), ("①", "1")]
        {
            assert_ne!(caseless_key(one), caseless_key(other), "{one} {other}");
        }
    }

    #[test]
    fn later_twins_are_numbered_around_names_that_exist() {
        let names = ["A.txt", "B", "a.txt", "a~2.TXT", "á", "a\u{301}", "b"].map(String::from).to_vec();
        assert_eq!(tell_apart(names), ["A.txt", "B", "a~3.txt", "a~2.TXT", "á", "a\u{301}~2", "b~2"]);
    }
}
