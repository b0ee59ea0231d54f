//! What tells of a withheld document: its names, its identifier, its digests.

use super::folded::folded;
use crate::sheet::item_id;
use crate::{Error, ErrorKind, Result};
use aho_corasick::AhoCorasick;
use std::collections::{BTreeSet, HashSet};

/// Shorter names are words of any language: a cell that holds one tells nothing by it.
const SHORTEST_NAME: usize = 4;
/// The same of a word within a longer name.
const SHORTEST_WORD: usize = 6;
/// Digits of the shortest digest that is looked for: MD5.
const SHORTEST_DIGEST: usize = 32;

/// Gathers what is withheld.
#[derive(Default)]
pub(super) struct Withheld {
    /// Folded.
    names: BTreeSet<String>,
    digests: HashSet<String>,
}

impl Withheld {
    /// The path of a document, or the name under which it was received: it, its folders, its name
    /// with and without the extension, and the longer words in these.
    pub(super) fn name(&mut self, path: &str) {
        let folded = folded(path.strip_prefix("data/").unwrap_or(path));
        let below = &*folded;
        self.keep(below);
        for name in below.split('/') {
            for word in name.split(|c: char| !c.is_alphanumeric()) {
                if word.chars().count() >= SHORTEST_WORD {
                    self.keep(word);
                }
            }
            self.keep(name);
            self.keep(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        }
    }

    fn keep(&mut self, name: &str) {
        if name.chars().count() >= SHORTEST_NAME {
            self.names.insert(name.to_owned());
        }
    }

    /// A digest in lower-case hexadecimal.
    pub(super) fn digest(&mut self, digest: &str) {
        self.digests.insert(digest.to_owned());
    }

    /// Whoever looks for it in the cells of the documents with these paths. What their own paths tell, a
    /// cell may tell, too.
    pub(super) fn guard<'p>(self, shown: impl Iterator<Item = &'p str>) -> Result<Guard> {
        let Self { mut names, digests } = self;
        let mut ids = HashSet::new();
        let mut paths = HashSet::new();
        let all = searcher(&names)?;
        let mut told = vec![false; names.len()];
        for path in shown {
            all.find_overlapping_iter(&*folded(path))
                .for_each(|found| told[found.pattern().as_usize()] = true);
            ids.insert(item_id(path).as_str().to_owned());
            paths.insert(path.to_owned());
        }
        let mut told = told.into_iter();
        names.retain(|_| !told.next().unwrap_or_default());
        Ok(Guard { names: searcher(&names)?, digests, ids, paths })
    }
}

fn searcher(names: &BTreeSet<String>) -> Result<AhoCorasick> {
    let built = AhoCorasick::new(names);
    built.map_err(|error| Error::new(ErrorKind::Request, format!("cannot look for so many names: {error}")))
}

/// Finds cells that tell of what is withheld.
pub(super) struct Guard {
    names: AhoCorasick,
    digests: HashSet<String>,
    ids: HashSet<String>,
    paths: HashSet<String>,
}

impl Guard {
    /// Whether this document leaves.
    pub(super) fn shows(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether a cell in the row of a document tells of one that stays.
    pub(super) fn is_told_by(&self, column: &str, value: &str, path: &str) -> bool {
        if value.is_empty() {
            return false;
        }
        let is_capture_of_another = || {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let other = value.strip_prefix("with ").filter(|_| column == "capture");
            other.is_some_and(|name| !self.shows(&format!("{folder}/{name}")))
        };
        self.names.is_match(&*folded(value))
            || self.names_a_stranger(value)
            || self.holds_a_digest(value)
            || is_capture_of_another()
    }

    /// Whether an identifier of a document stands there, and of none that leaves. They are made of paths
    /// without a salt, so that whoever guesses a path knows it by its identifier.
    fn names_a_stranger(&self, value: &str) -> bool {
        value.match_indices("item-").any(|(at, _)| {
            let digits = value[at + 5..].bytes().take_while(u8::is_ascii_hexdigit).count();
            digits >= 16 && !self.ids.contains(&value[at..at + 5 + 16])
        })
    }

    fn holds_a_digest(&self, value: &str) -> bool {
        let runs = value.split(|c: char| !c.is_ascii_hexdigit());
        runs.filter(|run| run.len() >= SHORTEST_DIGEST)
            .any(|run| self.digests.contains(&run.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        let mut withheld = Withheld::default();
        withheld.name("data/parvin/testimony-two.txt");
        withheld.name("data/letters/page.html");
        withheld.name("data/a.b");
        withheld.digest(&"ab".repeat(32));
        withheld.guard(["data/letters/one.txt", "data/letters/page.png", "data/two.txt"].into_iter()).unwrap()
    }

    #[test]
    fn names_identifiers_and_digests_are_found() {
        let guard = guard();
        let tells = |column, value: &str| guard.is_told_by(column, value, "data/letters/one.txt");
        for value in [
            "see parvin/testimony-two.txt",
            "as Parvin told us",
            "her testimony",
            "TESTIMONY-TWO (copy)",
            "page.html was lost",
            item_id("data/parvin/testimony-two.txt").as_str(),
            &format!("{} | {}", item_id("data/two.txt").as_str(), item_id("data/a.b").as_str()),
            &format!("sha256:{}", "AB".repeat(32)),
        ] {
            assert!(tells("notes", value), "{value}");
        }
        assert!(tells("capture", "with gone.htm"));
        let mut names = Withheld::default();
        for path in
            ["data/Andre\u{301}a-Müller.txt", "data/پروين-اکبریان.txt", "data/گفت\u{200C}وگو ۱۳۶۷.txt"]
        {
            names.name(path);
        }
        let guard = names.guard(["data/open/letter.txt"].into_iter()).unwrap();
        for value in [
            "by Andréa-Müller",
            "ANDRÉA said",
            "of mu\u{308}ller",
            "Muller, as others write",
            "نامه پروین اکبریان",
            "نامهٔ پروين اکبريان",
            "اكبريان",
            "گفتوگو ١٣٦٧",
        ] {
            assert!(guard.is_told_by("title", value, "data/open/letter.txt"), "{value}");
        }
        assert!(!guard.is_told_by("title", "نامه پرویز", "data/open/letter.txt"));
        for value in ["", "letters", "one page of two", "a.b", item_id("data/two.txt").as_str()] {
            assert!(!tells("notes", value), "{value}");
        }
        assert!(!tells("capture", "with page.png") && !tells("notes", "with gone.htm"));
        assert!(!tells("notes", &"cd".repeat(32)));
    }
}
