//! Where signatures and timestamps lie, and what each is over, by their names alone.

use bagit::container::{Container, EntryKind};
use provenance::seal::vouch::Scheme;
use provenance::seal::{self, FOLDER, SIGNATURES, TIMESTAMPS};
use std::collections::BTreeMap;

/// What vouches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody's name under it.
    Signature,
    /// When it existed.
    Timestamp,
}

/// A file that vouches for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its path below the base directory.
    pub path: String,
    /// The path of what it is over; `None` if no file here is called so.
    pub over: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// What its name says that it is written in.
    pub scheme: Scheme,
}

/// How the names end of what is written in each scheme.
const SIGNED: [(&str, Scheme); 2] = [(".sig", Scheme::OpenSsh), (".p7s", Scheme::Cms)];
const STAMPED: [(&str, Scheme); 2] = [(".tsr", Scheme::TimeStamp), (".ots", Scheme::OpenTimestamps)];

/// Signatures and timestamps of a bundle, signatures first; and the files of these two folders that are neither.
#[must_use]
pub fn places(container: &dyn Container) -> (Vec<Place>, Vec<String>) {
    let files = container.entries().iter().filter(|entry| entry.kind == EntryKind::File);
    let paths: Vec<&str> = files.map(|entry| entry.path.as_str()).collect();
    let mut found = Vec::new();
    let mut others = Vec::new();
    let mut stems = BTreeMap::from([(stem_of(seal::ROOT), seal::ROOT)]);
    for &path in &paths {
        let Some(name) = path.strip_prefix(SIGNATURES) else { continue };
        let Some((_, scheme)) = split(name, SIGNED) else {
            others.push(path.to_owned());
            continue;
        };
        stems.insert(stem_of(path), path);
        let over = Some(seal::ROOT.to_owned());
        found.push(Place { path: path.to_owned(), over, kind: Kind::Signature, scheme });
    }
    for &path in &paths {
        let Some(name) = path.strip_prefix(TIMESTAMPS) else { continue };
        let Some((stem, scheme)) = split(name, STAMPED) else {
            others.push(path.to_owned());
            continue;
        };
        let over = stems.get(stem).or_else(|| stems.get(without_number(stem)?));
        let over = over.map(|&over| over.to_owned());
        found.push(Place { path: path.to_owned(), over, kind: Kind::Timestamp, scheme });
    }
    (found, others)
}

/// A name without its ending, and what that says; `None` if it has another one or lies in a folder.
fn split<'a>(name: &'a str, endings: [(&str, Scheme); 2]) -> Option<(&'a str, Scheme)> {
    let known = endings.into_iter().find_map(|(end, scheme)| Some((name.strip_suffix(end)?, scheme)));
    known.filter(|(stem, _)| !stem.is_empty() && !stem.contains('/'))
}

/// Where the next timestamp over a file goes: `STEM.tsr`, then `STEM.2.tsr` and so on.
#[must_use]
pub fn timestamp_path(over: &str, ending: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let stem = stem_of(over);
    let first = format!("{TIMESTAMPS}{stem}.{ending}");
    let further = (2_u64..).map(|number| format!("{TIMESTAMPS}{stem}.{number}.{ending}"));
    std::iter::once(first.clone()).chain(further).find(|path| !is_taken(path)).unwrap_or(first)
}

/// The name of a file below `seal/` with its slashes written as `-`.
fn stem_of(path: &str) -> String {
    path.strip_prefix(FOLDER).unwrap_or(path).replace('/', "-")
}

/// `STEM` of `STEM.2`.
fn without_number(stem: &str) -> Option<&str> {
    let (stem, number) = stem.rsplit_once('.')?;
    let is_number = number.bytes().all(|octet| octet.is_ascii_digit()) && !number.starts_with('0');
    (is_number && !number.is_empty() && number != "1").then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_timestamps_have_a_number() {
        let taken = ["seal/timestamps/signatures-a.sig.tsr", "seal/timestamps/signatures-a.sig.2.tsr"];
        let next = timestamp_path("seal/signatures/a.sig", "tsr", &|path| taken.contains(&path));
        assert_eq!(next, "seal/timestamps/signatures-a.sig.3.tsr");
        assert_eq!(timestamp_path(seal::ROOT, "ots", &|_| false), "seal/timestamps/root.txt.ots");
        assert_eq!(without_number("signatures-a.sig.3"), Some("signatures-a.sig"));
        for stem in ["signatures-a.sig", "root.txt.1", "root.txt.02", "root.txt.", "2"] {
            assert_eq!(without_number(stem), None, "{stem}");
        }
    }
}
