//! All manifests of a bag: which there are, and by what.

use super::Bag;
use super::listing::read_one;
use super::manifest::{Manifest, named};
use super::resolve::Resolver;
use crate::Report;
use crate::finding::{E205, E216, E305, Finding, W206, W207, W407, W408};
use fixity::Algorithm;

/// All manifests of a bag.
#[derive(Debug)]
pub(super) struct Manifests {
    /// Those that could be read, payload manifests and tag manifests.
    pub(super) read: Vec<Manifest>,
    /// Whether there is a payload manifest by an algorithm that fonds does not know: what it lists
    /// is not known either.
    pub(super) has_unknown: bool,
}

/// Reads every manifest and tag manifest.
pub(super) fn read_all(bag: &Bag<'_>, report: &mut Report) -> Manifests {
    let resolver = Resolver::new(bag);
    let mut read: Vec<Manifest> = Vec::new();
    let (mut payload, mut tag, mut has_unknown) = (0, 0, false);
    for file in 0..bag.files.len() {
        let path = &bag.entry(file).path;
        let Some((name, is_payload)) = named(path.as_str()) else {
            continue;
        };
        *(if is_payload { &mut payload } else { &mut tag }) += 1;
        match name.parse::<Algorithm>() {
            Ok(algorithm) => {
                let of_same =
                    |other: &&Manifest| (other.algorithm, other.is_payload) == (algorithm, is_payload);
                if let Some(other) = read.iter().find(of_same) {
                    let message = format!(
                        "expected one manifest by {algorithm}, found `{}` as well; only that one is read",
                        other.name
                    );
                    report.findings.push(Finding::new(&E216, path.as_str(), message));
                    // One name can be written in any number of ways, and each manifest that is read
                    // takes memory for every file.
                    continue;
                }
                read.push(read_one(
                    bag,
                    &resolver,
                    file,
                    Manifest::new(bag, path.as_str(), algorithm, is_payload),
                    report,
                ));
            }
            Err(unknown) => {
                has_unknown |= is_payload;
                let message = format!("expected an algorithm that fonds knows, found: {unknown}");
                report.findings.push(Finding::new(&W206, path.as_str(), message));
            }
        }
    }
    if payload == 0 {
        report.findings.push(Finding::new(&E205, "", "expected at least one payload manifest, found none"));
    } else if tag == 0 {
        report.findings.push(Finding::new(
            &W407,
            "",
            "expected a tag manifest, found none; nothing protects the bag's description",
        ));
    }
    judge_algorithms(bag, &read, report);
    if bag.version.is_strict() {
        for manifest in read.iter().filter(|manifest| !manifest.is_payload) {
            require_payload_manifests(bag, manifest, report);
        }
    }
    Manifests { read, has_unknown }
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
