//! What should be there against what is.

use super::listing::again;
use super::manifest::{Manifest, named};
use super::manifests::Manifests;
use super::{Bag, fetching};
use crate::Report;
use crate::finding::{E401, E402, E403, Finding, W211, W406, W409};
use fixity::twins::caseless_key;
use fixity::{PayloadPath, SumTable};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Compares every file with every manifest. Version 1.0 asks for every payload file in every payload
/// manifest (RFC 8493 §3); before, any one will do.
pub(super) fn compare(bag: &Bag<'_>, manifests: Manifests, sums: &SumTable, report: &mut Report) -> Holes {
    let Manifests { read: mut manifests, has_unread } = manifests;
    let strict = bag.version.is_strict();
    for file in 0..bag.files.len() {
        let path = bag.entry(file).path.as_str();
        let is_payload = bag.entry(file).path.is_payload();
        let relevant = || manifests.iter().filter(|manifest| manifest.is_payload == is_payload);
        report.findings.extend(altered(path, file, relevant(), sums));
        // That one of which a part could not be read does not list a file says nothing.
        let whole = || relevant().filter(|manifest| manifest.is_whole);
        let silent: Vec<&str> =
            whole().filter(|manifest| !manifest.lists(file)).map(|manifest| manifest.name.as_str()).collect();
        if is_payload {
            let all = whole().count();
            // Where one may do, it may be the one that could not be read.
            if !silent.is_empty() && (strict || silent.len() == all && !has_unread) {
                let message =
                    format!("expected a line in every payload manifest, found none in {}", silent.join(", "));
                report.findings.push(Finding::new(&E402, path, message));
            }
        } else if !silent.is_empty() && !is_exempt(path) {
            let (code, message) = if silent.len() == whole().count() {
                (
                    &W406,
                    "expected a line in a tag manifest, found none; nothing protects this file".to_owned(),
                )
            } else {
                let silent = silent.join(", ");
                (&W409, format!("expected a line in every tag manifest, found none in {silent}"))
            };
            report.findings.push(Finding::new(code, path, message));
        }
    }
    for manifest in &mut manifests {
        manifest.missing.sort_unstable();
        note_again(bag, manifest, report);
        manifest.missing.dedup_by(|again, first| again.path == first.path);
    }
    let promised = fetching::judge(bag, &manifests, has_unread, report);
    missing(bag, &promised, &mut manifests, report)
}

/// A tag manifest lists no tag manifests (§2.2.1).
fn is_exempt(path: &str) -> bool {
    named(path).is_some_and(|(_, is_payload)| !is_payload)
}

/// Files that are missing and that one manifest lists more than once.
fn note_again(bag: &Bag<'_>, manifest: &Manifest, report: &mut Report) {
    for same in manifest.missing.chunk_by(|a, b| a.path == b.path).filter(|same| same.len() > 1) {
        let is_same = same.iter().all(|missing| *missing == same[0]);
        let message = format!("expected each path once, found `{}` {} times", same[0].path, same.len());
        report.findings.push(Finding::new(again(bag.version, is_same), manifest.name.as_str(), message));
    }
}

/// Files that are still to be fetched.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holes {
    pub(super) files: u64,
    /// What `fetch.txt` says of their sizes; `None` if it leaves out one.
    pub(super) octets: Option<u64>,
}

/// One finding for a file whose digests differ, whatever the number of manifests that say so.
fn altered<'a>(
    path: &str,
    file: usize,
    manifests: impl Iterator<Item = &'a Manifest>,
    sums: &SumTable,
) -> Option<Finding> {
    let mut differing = manifests.filter_map(|manifest| {
        let expected = manifest.expected(file)?;
        let found = sums.digest(file, manifest.algorithm)?;
        (expected != found).then_some((manifest.algorithm, expected, found))
    });
    let (algorithm, expected, found) = differing.next()?;
    let others: Vec<String> = differing.map(|(other, ..)| other.to_string()).collect();
    let also =
        if others.is_empty() { String::new() } else { format!("; {} differs as well", others.join(", ")) };
    Some(Finding::new(&E403, path, format!("expected {algorithm} {expected}, found {found}{also}")))
}

/// Files that are listed and not there; those that `fetch.txt` promises are holes, not losses.
fn missing(
    bag: &Bag<'_>,
    promised: &BTreeMap<PayloadPath, Option<u64>>,
    manifests: &mut [Manifest],
    report: &mut Report,
) -> Holes {
    let mut holes = Holes { files: 0, octets: Some(0) };
    let mut missing: Vec<(PayloadPath, usize)> = Vec::new();
    for (number, manifest) in manifests.iter_mut().enumerate() {
        missing
            .extend(std::mem::take(&mut manifest.missing).into_iter().map(|missing| (missing.path, number)));
    }
    if missing.is_empty() {
        return holes;
    }
    missing.sort_unstable();
    let recased = recased(bag, &missing);
    // Very many files may be missing, and they share few messages.
    let mut messages: HashMap<(Vec<usize>, bool), Arc<str>> = HashMap::new();
    let mut rest = missing.into_iter().peekable();
    while let Some((path, first)) = rest.next() {
        let mut listed = vec![first];
        while let Some((_, number)) = rest.next_if(|(next, _)| *next == path) {
            listed.push(number);
        }
        let promise = promised.get(&path);
        let is_hole = promise.is_some();
        if let Some(octets) = promise.filter(|_| path.is_payload()) {
            holes.files += 1;
            holes.octets = holes.octets.zip(*octets).and_then(|(all, one)| all.checked_add(one));
        }
        let message = messages.entry((listed, is_hole)).or_insert_with_key(|(listed, is_hole)| {
            let names: Vec<&str> = listed.iter().map(|&number| manifests[number].name.as_str()).collect();
            let found = if *is_hole { "found it only in fetch.txt" } else { "found no such file" };
            format!("expected the file listed in {}, {found}", names.join(", ")).into()
        });
        let code = if is_hole { &W211 } else { &E401 };
        let message = match recased.get(&*caseless_key(path.as_str())) {
            Some(other) if !is_hole => format!("{message}; but `{other}` is there").into(),
            _ => Arc::clone(message),
        };
        report.findings.push(Finding::new(code, path.into_boxed_str(), message));
    }
    holes
}

/// Files that are there under names which differ from missing ones only in case, by their keys: a bag
/// that came through Windows or macOS may have lost one of two, or never have had two.
fn recased<'a>(bag: &'a Bag<'_>, missing: &[(PayloadPath, usize)]) -> HashMap<Box<str>, &'a str> {
    // Where more are missing, it is not for their letters.
    const MOST_LOOKED_FOR: usize = 10_000;
    if missing.len() > MOST_LOOKED_FOR {
        return HashMap::new();
    }
    let wanted: HashSet<Cow<'_, str>> = missing.iter().map(|(path, _)| caseless_key(path.as_str())).collect();
    let there = (0..bag.files.len()).map(|file| bag.entry(file).path.as_str());
    there
        .filter_map(|path| {
            let key = caseless_key(path);
            wanted.contains(&key).then(|| (key.into(), path))
        })
        .collect()
}
