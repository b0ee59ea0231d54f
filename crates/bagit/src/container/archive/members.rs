//! From the names in an archive to the files of one bag.

use super::{Contents, Entry, EntryKind};
use crate::container::find;
use crate::finding::{E103, E105, E107, E109, Finding, W113};
use crate::zip::shown;
use chrono::{DateTime, Utc};
use fixity::PayloadPath;

/// The most octets of a path: no system could open a longer one, and the work on it stays small.
const LONGEST_PATH: usize = 4096;

/// One entry of an archive as it is named there; the name of a directory may end in a slash.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) is_directory: bool,
    pub(super) size_octets: u64,
    pub(super) crc32: Option<u32>,
    pub(super) modified: Option<DateTime<Utc>>,
    /// What its container knows it by.
    pub(super) index: usize,
}

/// The files of one bag.
#[derive(Default)]
pub(super) struct Members {
    pub(super) contents: Contents,
    /// What the container knows each entry by.
    pub(super) indices: Vec<usize>,
}

/// What of an archive is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// One bag: its base directory, the shortest that holds a `bagit.txt`, and what lies in it.
    Bag,
    /// Everything, as it lies there.
    Everything,
}

/// Finds the base directory, if one is wanted, and what lies in it.
pub(super) fn sort_out(names: Vec<Named>, wanted: Wanted) -> Members {
    let mut members = Members::default();
    let mut plain: Vec<Named> = Vec::with_capacity(names.len());
    for mut named in names {
        if named.name.ends_with('/') {
            named.name.pop();
        }
        if named.is_directory && named.size_octets > 0 {
            let message = format!("expected no content in a directory, found {} octets", named.size_octets);
            members.contents.findings.push(Finding::new(&E103, shown(named.name.as_bytes()), message));
        }
        match PayloadPath::problem(&named.name) {
            Some(problem) => {
                members.contents.findings.push(not_plain(&named.name, &format!("that {problem}")));
            }
            None => plain.push(named),
        }
    }
    plain.sort_by(|a, b| a.name.cmp(&b.name).then(a.index.cmp(&b.index)));
    let mut twice = Vec::new();
    plain.dedup_by(|again, first| {
        let is_again = again.name == first.name;
        twice.extend(is_again.then(|| std::mem::take(&mut again.name)));
        is_again
    });
    let top = if wanted == Wanted::Bag { base_directory(&plain) } else { None };
    members.contents.findings.extend(top.as_deref().and_then(misplaced));
    members.contents.top = top.filter(|top| !top.is_empty());
    members.take(plain, &twice);
    members.contents.findings.extend(below_files(&members.contents.entries));
    members
}

impl Members {
    /// Takes what lies in the base directory; `plain` is sorted, `twice` was there again.
    fn take(&mut self, plain: Vec<Named>, twice: &[String]) {
        let prefix = self.contents.top.as_deref().map_or_else(String::new, |top| format!("{top}/"));
        self.contents.findings.extend(twice.iter().map(|name| {
            let path = shown(name.strip_prefix(&prefix).unwrap_or(name).as_bytes());
            Finding::new(
                &E109,
                path,
                "expected each name once, found it again; only the first is examined further",
            )
        }));
        for named in plain {
            if named.is_directory && self.contents.top.as_deref() == Some(&named.name) {
                continue;
            }
            let Some(below) = named.name.strip_prefix(&prefix) else {
                let message = format!("expected everything below `{prefix}`, found this entry beside it");
                self.contents.findings.push(Finding::new(&E107, shown(named.name.as_bytes()), message));
                continue;
            };
            if below.len() > LONGEST_PATH {
                self.contents.findings.push(not_plain(&named.name, &format!("of {} octets", below.len())));
                continue;
            }
            let Ok(path) = PayloadPath::new(below) else {
                continue;
            };
            self.contents.entries.push(Entry {
                path,
                kind: if named.is_directory { EntryKind::Directory } else { EntryKind::File },
                size_octets: if named.is_directory { 0 } else { named.size_octets },
                crc32: named.crc32,
                modified: named.modified,
            });
            self.indices.push(named.index);
        }
    }
}

fn not_plain(name: &str, how: &str) -> Finding {
    Finding::new(&E105, shown(name.as_bytes()), format!("expected a plain path, found one {how}"))
}

/// What is wrong with the place of the base directory.
fn misplaced(top: &str) -> Option<Finding> {
    let expected = "expected one top directory that holds the bag, found";
    if top.is_empty() {
        // Whoever unpacks it into a directory of its own has the same bag.
        let message = format!("{expected} the bag's files at the top of the archive");
        return Some(Finding::new(&W113, "", message));
    }
    top.contains('/').then(|| Finding::new(&E107, top, format!("{expected} the bag further down")))
}

/// Files that lie below what is itself a file: no directory could hold both. Each is told once.
fn below_files(entries: &[Entry]) -> Vec<Finding> {
    let is_file =
        |path: &str| find(entries, path).is_some_and(|index| entries[index].kind == EntryKind::File);
    let mut findings = Vec::new();
    let mut last = "";
    for entry in entries {
        let path = entry.path.as_str();
        // What is above both this path and the one before has been looked at.
        let shared = path.bytes().zip(last.bytes()).take_while(|(one, other)| one == other).count();
        let above = path.bytes().enumerate().skip(shared).filter(|(_, octet)| *octet == b'/');
        findings.extend(above.map(|(slash, _)| &path[..slash]).filter(|above| is_file(above)).map(|file| {
            Finding::new(&E109, file, format!("expected a directory above `{path}`, found a file"))
        }));
        last = path;
    }
    findings
}

fn base_directory(plain: &[Named]) -> Option<String> {
    let declarations = plain.iter().filter(|named| !named.is_directory).filter_map(|named| {
        if named.name == "bagit.txt" { Some("") } else { named.name.strip_suffix("/bagit.txt") }
    });
    let bases = declarations.filter(|base| base.len() <= LONGEST_PATH);
    bases
        .min_by_key(|top| (top.matches('/').count() + usize::from(!top.is_empty()), *top))
        .map(str::to_owned)
        .or_else(|| common_top(plain))
}

/// Where no `bagit.txt` is found: the one top directory that everything shares, if there is one.
fn common_top(plain: &[Named]) -> Option<String> {
    let first = plain.first()?;
    let (top, _) = first.name.split_once('/').or(first.is_directory.then_some((&first.name, "")))?;
    let is_in_it = |named: &Named| match named.name.strip_prefix(top) {
        Some("") => named.is_directory,
        Some(rest) => rest.starts_with('/'),
        None => false,
    };
    (top.len() <= LONGEST_PATH && plain.iter().all(is_in_it)).then(|| top.to_owned())
}
