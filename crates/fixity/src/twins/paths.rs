//! Twins in a whole bag, by their paths.

use super::caseless_key;
use std::hash::{DefaultHasher, Hasher};

/// Finds all paths that would be one file where names are kept without case or normalization:
/// `a/x` and `A/x`, but not `a/x` and `A/y`, since two folders can become one and lose nothing.
///
/// The folders above count where one would be in the way of a file: `a/x` and `A`. Each group has
/// two paths or more, sorted and without doubles; groups are sorted, too. The paths are as in a
/// [`PayloadPath`](crate::PayloadPath), and gone over twice at most. In the order of octets they
/// take least time; memory is eight octets for each file and folder, and more only for twins.
#[must_use]
pub fn in_paths<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> Vec<Vec<&'a str>> {
    let repeated = repeated_hashes(paths.clone());
    if repeated.is_empty() {
        return Vec::new();
    }
    let mut met: Vec<Met<'a>> = Vec::new();
    meet_all(paths, |key, path, is_file| {
        if repeated.binary_search(&hash_of(key)).is_ok() {
            met.push(Met { key: key.into(), path, is_file });
        }
    });
    met.sort_unstable();
    let mut groups: Vec<Vec<&'a str>> = Vec::new();
    for same in met.chunk_by(|a, b| a.key == b.key).filter(|same| same.iter().any(|met| met.is_file)) {
        let mut group: Vec<&'a str> = same.iter().map(|met| met.path).collect();
        group.dedup();
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups.sort_unstable();
    groups
}

/// A file or a folder above one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Met<'a> {
    key: Box<str>,
    path: &'a str,
    is_file: bool,
}

/// The hashes that more than one key has, sorted. Without twins there is none, bar an accident.
fn repeated_hashes<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(paths.size_hint().0);
    meet_all(paths, |key, _, _| hashes.push(hash_of(key)));
    hashes.sort_unstable();
    hashes.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

/// The same in every run: this hasher has no secret.
fn hash_of(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key.as_bytes());
    hasher.finish()
}

/// Shows every path with its key, and every folder once while its files come one after the other.
fn meet_all<'a>(paths: impl Iterator<Item = &'a str>, mut show: impl FnMut(&str, &'a str, bool)) {
    let mut before = "";
    // The key of the path before, and for each of its folders where path and key go on behind it:
    // what two neighbours share is not made again.
    let mut key = String::new();
    let mut folders: Vec<(usize, usize)> = Vec::new();
    for path in paths {
        let shared = path.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        while folders.pop_if(|(behind, _)| *behind > shared).is_some() {}
        let (mut at, key_at) = folders.last().copied().unwrap_or_default();
        key.truncate(key_at);
        while let Some(slash) = path[at..].find('/') {
            push_key(&mut key, &path[at..at + slash]);
            at += slash;
            show(&key, &path[..at], false);
            key.push('/');
            at += 1;
            folders.push((at, key.len()));
        }
        push_key(&mut key, &path[at..]);
        show(&key, path, true);
        before = path;
    }
}

fn push_key(key: &mut String, name: &str) {
    if name.is_ascii() {
        // The same as `caseless_key`, without room of its own.
        let from = key.len();
        key.push_str(name);
        key[from..].make_ascii_lowercase();
    } else {
        key.push_str(&caseless_key(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn files_that_would_be_one_are_found_through_whole_paths() {
        let paths = [
            "data/A/x",
            "data/B/deep/FILE",
            "data/E\u{301}té/1",
            "data/a/x",
            "data/a/y",
            "data/b",
            "data/été/1",
            "data/été/2",
        ];
        let groups: [&[&str]; 3] =
            [&["data/A/x", "data/a/x"], &["data/B", "data/b"], &["data/E\u{301}té/1", "data/été/1"]];
        assert_eq!(in_paths(paths.into_iter()), groups);
    }

    #[test]
    fn folders_that_become_one_and_paths_given_twice_are_no_twins() {
        let paths = ["A/x", "B", "B", "a/y", "c", "c/d"];
        assert_eq!(in_paths(paths.into_iter()), [[""; 0]; 0]);
    }

    /// What `in_paths` says, in the plainest words.
    fn plainly<'a>(paths: &BTreeSet<&'a str>) -> Vec<Vec<&'a str>> {
        let mut spellings: BTreeMap<String, (BTreeSet<&str>, bool)> = BTreeMap::new();
        for path in paths {
            let folders = path.match_indices('/').map(|(at, _)| (&path[..at], false));
            for (met, is_file) in folders.chain([(*path, true)]) {
                let (spelt, has_file) = spellings.entry(caseless_key(met).into_owned()).or_default();
                spelt.insert(met);
                *has_file |= is_file;
            }
        }
        let twins = spellings.into_values().filter(|(spelt, has_file)| spelt.len() > 1 && *has_file);
        let groups: BTreeSet<Vec<&str>> = twins.map(|(spelt, _)| spelt.into_iter().collect()).collect();
        groups.into_iter().collect()
    }

    proptest! {
        #[test]
        fn in_any_order_the_plain_way_finds_the_same(
            paths in proptest::collection::vec("[aAéÉkK\u{212A}\u{301}](/?[aAß!sS\u{301}]){0,4}", 0..40),
        ) {
            let sorted: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
            let expected = plainly(&sorted);
            prop_assert_eq!(&in_paths(sorted.iter().copied()), &expected);
            prop_assert_eq!(&in_paths(paths.iter().map(String::as_str)), &expected);
        }
    }
}
