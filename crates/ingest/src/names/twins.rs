//! Numbering names in one folder that some systems cannot tell apart.

use super::portable::mark_before_extension;
use fixity::twins::caseless_key;
use std::collections::{HashMap, HashSet};

/// Tells twins apart: the first keeps its name, the others get `~2`, `~3`… before the extension,
/// passing over numbers that would make them the twin of yet another name.
pub(super) fn tell_apart(names: Vec<String>) -> Vec<String> {
    let keys: Vec<String> = names.iter().map(|name| caseless_key(name).into_owned()).collect();
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
            if taken.insert(caseless_key(&candidate).into_owned()) {
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
    fn later_twins_are_numbered_around_names_that_exist() {
        let names = ["A.txt", "B", "a.txt", "a~2.TXT", "á", "a\u{301}", "b"].map(String::from).to_vec();
        assert_eq!(tell_apart(names), ["A.txt", "B", "a~3.txt", "a~2.TXT", "á", "a\u{301}~2", "b~2"]);
    }
}
