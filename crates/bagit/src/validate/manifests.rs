//! All manifests of a bag: which there are, and by what.

use super::Bag;
use super::listing::read_one;
use super::manifest::{Manifest, named};
use super::resolve::Resolver;
use super::settle::settle;
use crate::Report;
use crate::finding::{E205, E216, E305, Finding, W206, W207, W217, W407, W408};
use fixity::{Algorithm, UnknownAlgorithm};

/// All manifests of a bag.
#[derive(Debug)]
pub(super) struct Manifests {
    /// Those that could be read, payload manifests and tag manifests.
    pub(super) read: Vec<Manifest>,
    /// Whether there is a payload manifest that could not be read to its end, or not at all: what it
    /// lists is not known.
    pub(super) has_unread: bool,
}

/// As many manifests of a kind are read: each takes memory for every file, and real bags have few.
const MOST_OF_A_KIND: usize = 6;

/// Reads every manifest and tag manifest.
pub(super) fn read_all(bag: &Bag<'_>, report: &mut Report) -> Manifests {
    let resolver = Resolver::new(bag);
    let mut read: Vec<Manifest> = Vec::new();
    let (mut payload, mut tag, mut has_unread) = (0, 0, false);
    for Found { file, algorithm, is_payload } in found(bag) {
        *(if is_payload { &mut payload } else { &mut tag }) += 1;
        let path = bag.entry(file).path.as_str();
        match refusal(path, &algorithm, is_payload, &read) {
            Ok(algorithm) => {
                let manifest = Manifest::new(bag, path, algorithm, is_payload);
                read.push(read_one(bag, &resolver, file, manifest, report));
            }
            Err(finding) => {
                has_unread |= is_payload;
                report.findings.push(finding);
            }
        }
    }
    read.sort_by(|a, b| a.name.cmp(&b.name));
    if payload == 0 {
        report.findings.push(Finding::new(&E205, "", "expected at least one payload manifest, found none"));
    } else if tag == 0 {
        report.findings.push(Finding::new(
            &W407,
            "",
            "expected a tag manifest, found none; nothing protects the bag's description",
        ));
    }
    settle(bag, &mut read, report);
    judge_algorithms(bag, &read, report);
    has_unread |= read.iter().any(|manifest| manifest.is_payload && !manifest.is_whole);
    if bag.version.is_strict() {
        for manifest in read.iter().filter(|manifest| !manifest.is_payload && manifest.is_whole) {
            require_payload_manifests(bag, manifest, report);
        }
    }
    Manifests { read, has_unread }
}

/// A file that is named as a manifest.
struct Found {
    file: usize,
    algorithm: Result<Algorithm, UnknownAlgorithm>,
    is_payload: bool,
}

/// All files that are named as manifests, those of strong algorithms first.
fn found(bag: &Bag<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = (0..bag.files.len())
        .filter_map(|file| {
            let (name, is_payload) = named(bag.entry(file).path.as_str())?;
            Some(Found { file, algorithm: name.parse(), is_payload })
        })
        .collect();
    found.sort_by_key(|found| !found.algorithm.as_ref().is_ok_and(|algorithm| algorithm.is_strong()));
    found
}

/// The algorithm of a manifest that is to be read; `Err` says why one is not.
fn refusal(
    path: &str,
    algorithm: &Result<Algorithm, UnknownAlgorithm>,
    is_payload: bool,
    read: &[Manifest],
) -> Result<Algorithm, Finding> {
    let algorithm = match algorithm {
        Ok(algorithm) => *algorithm,
        Err(unknown) => {
            let message = format!("expected an algorithm that fonds knows, found: {unknown}");
            return Err(Finding::new(&W206, path, message));
        }
    };
    let of_kind = || read.iter().filter(|manifest| manifest.is_payload == is_payload);
    if let Some(other) = of_kind().find(|other| other.algorithm == algorithm) {
        let message = format!(
            "expected one manifest by {algorithm}, found `{}` as well; only that one is read",
            other.name
        );
        return Err(Finding::new(&E216, path, message));
    }
    if of_kind().count() >= MOST_OF_A_KIND {
        let message = format!(
            "expected at most {MOST_OF_A_KIND} manifests of a kind, found more; this one is not read"
        );
        return Err(Finding::new(&W217, path, message));
    }
    Ok(algorithm)
}

/// Digests that can be forged, and payload manifests without a tag manifest of their kind (§2.2.1).
fn judge_algorithms(bag: &Bag<'_>, manifests: &[Manifest], report: &mut Report) {
    let by = |is_payload: bool| manifests.iter().filter(move |manifest| manifest.is_payload == is_payload);
    for is_payload in [true, false] {
        let mut names: Vec<&str> = by(is_payload).map(|manifest| manifest.algorithm.name()).collect();
        names.dedup();
        if !names.is_empty() && by(is_payload).all(|manifest| !manifest.algorithm.is_strong()) {
            let what = if is_payload { "payload" } else { "tag files" };
            let message = format!(
                "expected the {what} to be listed by an algorithm that cannot be forged, such as sha256, found only {}",
                names.join(", ")
            );
            report.findings.push(Finding::new(&W207, "", message));
        }
    }
    let has_tag = by(false).next().is_some();
    for manifest in by(true).filter(|_| has_tag && bag.version.is_strict()) {
        if by(false).all(|tag| tag.algorithm != manifest.algorithm) {
            let message = format!("expected a tag manifest by {} as well, found none", manifest.algorithm);
            report.findings.push(Finding::new(&W408, manifest.name.as_str(), message));
        }
    }
}

/// Each tag manifest MUST list every payload manifest (§2.2.1).
fn require_payload_manifests(bag: &Bag<'_>, manifest: &Manifest, report: &mut Report) {
    for file in 0..bag.files.len() {
        let path = bag.entry(file).path.as_str();
        if named(path).is_some_and(|(_, is_payload)| is_payload) && !manifest.lists(file) {
            let message = format!("expected `{path}` to be listed, found no line for it");
            report.findings.push(Finding::new(&E305, manifest.name.as_str(), message));
        }
    }
}
