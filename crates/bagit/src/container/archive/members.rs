//! From the names in an archive to the files of one bag.

use super::{Entry, EntryKind};
use crate::container::find;
use crate::finding::{E103, E105, E107, E109, Finding};
use chrono::{DateTime, Utc};
use fixity::PayloadPath;

/// One entry of an archive as it is named there.
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
    pub(super) top: Option<String>,
    /// Sorted by path.
    pub(super) entries: Vec<Entry>,
    /// What the container knows each entry by.
    pub(super) indices: Vec<usize>,
    pub(super) findings: Vec<Finding>,
}

/// Finds the base directory, the shortest that holds a `bagit.txt`, and what lies in it.
pub(super) fn sort_out(names: Vec<Named>) -> Members {
    let top = base_directory(&names);
    let mut members = Members { top: top.clone().filter(|top| !top.is_empty()), ..Members::default() };
    let prefix = match top.as_deref() {
        Some("") | None => String::new(),
        Some(top) => format!("{top}/"),
    };
    members.findings.extend(top.as_deref().and_then(misplaced));
    let mut taken: Vec<(Entry, usize)> = Vec::with_capacity(names.len());
    for named in names {
        let plain = named.name.strip_suffix('/').unwrap_or(&named.name);
        if named.is_directory && named.size_octets > 0 {
            let message = format!("expected no content in a directory, found {} octets", named.size_octets);
            members.findings.push(Finding::new(&E103, plain, message));
        }
        if named.is_directory && format!("{plain}/") == prefix {
            continue;
        }
        let Some(below) = plain.strip_prefix(&prefix) else {
            members.findings.push(Finding::new(
                &E107,
                plain,
                format!("expected everything below `{prefix}`, found this entry beside it"),
            ));
            continue;
        };
        match PayloadPath::new(below) {
            Ok(path) => taken.push((
                Entry {
                    path,
                    kind: if named.is_directory { EntryKind::Directory } else { EntryKind::File },
                    size_octets: if named.is_directory { 0 } else { named.size_octets },
                    crc32: named.crc32,
                    modified: named.modified,
                },
                named.index,
            )),
            Err(problem) => members.findings.push(Finding::new(
                &E105,
                plain,
                format!("expected a plain path, found one that {problem}"),
            )),
        }
    }
    taken.sort_by(|(a, i), (b, j)| a.path.cmp(&b.path).then(i.cmp(j)));
    for (entry, index) in taken {
        if members.entries.last().is_some_and(|last| last.path == entry.path) {
            members.findings.push(Finding::new(
                &E109,
                entry.path.as_str(),
                "expected each name once, found it again; only the first is examined further",
            ));
            continue;
        }
        members.entries.push(entry);
        members.indices.push(index);
    }
    members.findings.extend(below_files(&members.entries));
    members
}

/// What is wrong with the place of the base directory.
fn misplaced(top: &str) -> Option<Finding> {
    let expected = "expected one top directory that holds the bag, found";
    if top.is_empty() {
        let message = format!("{expected} the bag's files at the top of the archive");
        return Some(Finding::new(&E107, "", message));
    }
    if let Some(problem) = PayloadPath::problem(top) {
        return Some(Finding::new(&E105, top, format!("expected a plain path, found one that {problem}")));
    }
    top.contains('/').then(|| Finding::new(&E107, top, format!("{expected} the bag further down")))
}

/// Files that lie below what is itself a file: no directory could hold both.
fn below_files(entries: &[Entry]) -> Vec<Finding> {
    let is_file =
        |path: &&str| find(entries, path).is_some_and(|index| entries[index].kind == EntryKind::File);
    let mut findings = Vec::new();
    let mut last = "";
    for entry in entries {
        let Some((parent, _)) = entry.path.as_str().rsplit_once('/').filter(|(parent, _)| *parent != last)
        else {
            continue;
        };
        last = parent;
        let mut above = std::iter::successors(Some(parent), |path| Some(path.rsplit_once('/')?.0));
        findings.extend(above.find(is_file).map(|file| {
            Finding::new(&E109, file, format!("expected a directory above `{}`, found a file", entry.path))
        }));
    }
    findings
}

fn base_directory(names: &[Named]) -> Option<String> {
    names
        .iter()
        .filter(|named| !named.is_directory)
        .filter_map(
            |named| {
                if named.name == "bagit.txt" { Some("") } else { named.name.strip_suffix("/bagit.txt") }
            },
        )
        .min_by_key(|top| (top.matches('/').count() + usize::from(!top.is_empty()), *top))
        .map(str::to_owned)
        .or_else(|| common_top(names))
}

/// Where no `bagit.txt` is found: the one top directory that everything shares, if there is one.
fn common_top(names: &[Named]) -> Option<String> {
    let top = |named: &Named| named.name.split_once('/').map(|(top, _)| top.to_owned());
    let first = top(names.first()?)?;
    names.iter().all(|named| top(named).as_ref() == Some(&first)).then_some(first)
}
