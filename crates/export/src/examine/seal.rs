//! The seal: whether the files that are here are those that it was made of.

use super::Bundle;
use super::disclosure::{self, Disclosed};
use crate::finding::{E512, E513, E514, E515, W516};
use crate::root::octets_of;
use bagit::finding::W406;
use bagit::{Finding, Report};
use fixity::Algorithm;
use provenance::seal::root::{LABEL, MOST_OCTETS};
use provenance::seal::{self, Record, Root, Seed, Tree};
use std::collections::BTreeSet;
use std::io::Read;

/// What the seal came to.
#[derive(Default)]
pub(super) struct Sealed {
    /// The root, where the files lead to it.
    pub(super) root: Option<Root>,
    /// Where it is of a whole that is not here.
    pub(super) disclosed: Option<Disclosed>,
    pub(super) findings: Vec<Finding>,
}

impl Sealed {
    fn found(finding: Finding) -> Self {
        Self { findings: vec![finding], ..Self::default() }
    }
}

/// Computes the root anew from digests that were made anyway. `report` is that of the bag: what could
/// not be read has its finding there. `unlisted` are the tag files that no tag manifest lists.
pub(super) fn check(bundle: &Bundle<'_>, report: &Report, unlisted: &BTreeSet<&str>) -> Sealed {
    let claimed = report.info_value("Fonds-Seal");
    if let Some(kind) = claimed.filter(|&kind| kind != LABEL) {
        let message = format!("expected a seal of the kind `{LABEL}`, found `{kind}`; it was not checked");
        return Sealed::found(Finding::new(&W516, "bag-info.txt", message));
    }
    if bundle.file(seal::ROOT).is_none() {
        let missing =
            Finding::new(&E514, seal::ROOT, "expected the root that bag-info.txt tells of, found none");
        return Sealed { findings: claimed.map(|_| missing).into_iter().collect(), ..Sealed::default() };
    }
    let Some(text) = text_of(bundle, seal::ROOT) else { return Sealed::default() };
    let stated = match Root::parse(&text) {
        Ok(root) => root,
        Err(fault) => return Sealed::found(Finding::new(&E512, seal::ROOT, fault.to_string())),
    };
    if bundle.holds_any_below(seal::DISCLOSURE) {
        let (disclosed, findings) = disclosure::check(bundle, &stated, unlisted);
        let root = disclosed.is_some().then_some(stated);
        return Sealed { root, disclosed, findings };
    }
    if bundle.file(seal::SEED).is_none() {
        let message =
            "expected the seed that every whole bundle has, found none: the root cannot be computed anew";
        return Sealed::found(Finding::new(&E515, seal::SEED, message));
    }
    let Some(text) = text_of(bundle, seal::SEED) else { return Sealed::default() };
    let seed = match Seed::parse(&text) {
        Ok(seed) => seed,
        Err(fault) => return Sealed::found(Finding::new(&E512, seal::SEED, fault.to_string())),
    };
    let Some(tree) = grow(bundle, &seed, unlisted) else { return Sealed::default() };
    let bundle_name = report.info_value("External-Identifier").unwrap_or_default();
    let made = Root { bundle: bundle_name.to_owned(), size: tree.size(), hash: tree.root() };
    match difference(&stated, &made) {
        None => Sealed { root: Some(made), ..Sealed::default() },
        Some(message) => Sealed::found(Finding::new(&E513, seal::ROOT, message)),
    }
}

/// The root of a bundle that has none yet.
pub(super) fn root_to_be(bundle: &Bundle<'_>, report: &Report, seed: Option<Seed>) -> Option<(Root, Seed)> {
    let unlisted = report.findings.iter().filter(|finding| *finding.code == W406);
    let records = sealed_files(bundle, &unlisted.map(|finding| &*finding.path).collect())?;
    let seed = seed.unwrap_or_else(|| Seed::derived(records.iter().copied()));
    let tree = Tree::grow(&seed, records.into_iter());
    let name = report.info_value("External-Identifier").unwrap_or_default();
    Some((Root { bundle: name.to_owned(), size: tree.size(), hash: tree.root() }, seed))
}

/// The tree over every file outside of the seal that a manifest lists, and the tag manifests; `None` if
/// one could not be read. What nothing lists was put here later, which has its own finding.
fn grow(bundle: &Bundle<'_>, seed: &Seed, unlisted: &BTreeSet<&str>) -> Option<Tree> {
    Some(Tree::grow(seed, sealed_files(bundle, unlisted)?.into_iter()))
}

/// A record of each of them, sorted by path.
pub(super) fn sealed_files<'a>(bundle: &Bundle<'a>, unlisted: &BTreeSet<&str>) -> Option<Vec<Record<'a>>> {
    let mut records = Vec::with_capacity(bundle.files.len());
    for file in 0..bundle.files.len() {
        let path = bundle.entry(file).path.as_str();
        if path.starts_with(seal::FOLDER) || unlisted.contains(path) {
            continue;
        }
        let sha256 = octets_of(&bundle.sums.digest(file, Algorithm::Sha256)?)?;
        records.push(Record::of_file(path, bundle.sums.size(file)?, sha256));
    }
    Some(records)
}

/// The first line of the root that is not as it should be.
fn difference(stated: &Root, made: &Root) -> Option<String> {
    if stated.bundle != made.bundle {
        let (made, stated) = (&made.bundle, &stated.bundle);
        return Some(format!("expected the name `{made}`, as bag-info.txt says, found `{stated}`"));
    }
    if stated.size != made.size {
        let (made, stated) = (made.size, stated.size);
        return Some(format!("expected {made} leaves, as many as the files here have, found {stated}"));
    }
    let (mut ours, mut theirs) = ([0; 64], [0; 64]);
    (stated.hash != made.hash).then(|| {
        let made = fixity::hex_of(&made.hash, &mut ours);
        let stated = fixity::hex_of(&stated.hash, &mut theirs);
        format!("expected the root {made}, to which the files here lead, found {stated}")
    })
}

/// The text of a file of the seal; one octet more than any has shows that there is more. `None` if it
/// cannot be read, which was found when it was digested.
fn text_of(bundle: &Bundle<'_>, path: &str) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    bundle.open(path)?.take(MOST_OCTETS as u64 + 1).read_to_end(&mut text).ok()?;
    Some(text)
}
