//! A sealed bundle, or a disclosure of one, that was found sound: its documents and what opens their leaves.

use super::{Leaving, Stated, request};
use crate::examine::{Disclosed, as_ours, asked_by_the_seal, sealed_files};
use crate::vouching::Believed;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, find};
use bagit::validate::{Examination, validate_by};
use bagit::{Finding, Severity};
use fixity::Observer;
use provenance::seal::disclosure::Opened;
use provenance::seal::hash::{Hash, leaf};
use provenance::seal::partial::Partial;
use provenance::seal::statement::{SIGNATURE, STATEMENT, Withholding};
use provenance::seal::{self, Root, Seed, Tree};
use std::io::Read;

/// A text of the seal that is longer is not copied.
const LONGEST_TEXT: u64 = 1 << 20;

/// A source of documents.
pub(crate) struct Held<'a> {
    pub(crate) container: &'a dyn Container,
    pub(crate) root: Root,
    pub(crate) root_text: Vec<u8>,
    /// Every document, sorted by path, as it would be opened.
    documents: Vec<Opened>,
    ground: Ground,
}

/// What proofs are made from.
enum Ground {
    Whole(Tree),
    Part(Partial, Vec<Withholding>),
}

impl<'a> Held<'a> {
    /// Reads all of a bundle and verifies it.
    ///
    /// # Errors
    /// [`ErrorKind::Unsound`] if anything but a warning is found, or nothing is sealed.
    pub(super) fn take(
        container: &'a dyn Container,
        threads: usize,
        observer: &dyn Observer,
    ) -> Result<Self> {
        let examination = validate_by(container, asked_by_the_seal(container), threads, observer)?;
        let Examination { report, sums, files } = examination;
        let mut examined = as_ours(container, report, (&files, &sums), &Believed::default());
        let grave = |finding: &&Finding| finding.code.severity() != Severity::Warning;
        if let Some(finding) = examined.report.findings.iter().find(grave) {
            let path = if finding.path.is_empty() { "the bag" } else { &finding.path };
            let message = format!("cannot disclose from an unsound bundle: `{path}`: {}", finding.message);
            return Err(Error::new(ErrorKind::Unsound, message)
                .with_hint("`fonds verify` says what else is wrong with it; nothing was written"));
        }
        let Some(root) = examined.root.clone() else {
            return Err(request("cannot disclose: expected a sealed bundle of fonds, found none")
                .with_hint("pack the documents anew with `fonds bundle`"));
        };
        let root_text = text(container, seal::ROOT)?;
        if let Some(disclosed) = examined.disclosed.take() {
            return Self::part(container, root, root_text, disclosed);
        }
        let seed = Seed::parse(&text(container, seal::SEED)?).map_err(|fault| changed(&fault))?;
        let records =
            sealed_files(container, &examined, &files, &sums).ok_or_else(|| changed(&"it cannot be read"))?;
        let tree = Tree::grow(&seed, records.iter().copied());
        if tree.root() != root.hash {
            return Err(changed(&"its files lead to another root"));
        }
        let salts = seed.salts();
        let mut documents = Vec::new();
        for (index, &number) in (0..).zip(tree.numbers()) {
            let record = usize::try_from(number).ok().and_then(|number| records.get(number));
            // Descriptions of the whole name others than the chosen documents: they stay closed.
            if let Some(record) = record.filter(|record| record.path.starts_with("data/")) {
                documents.push(Opened {
                    index,
                    salt: salts.of(number),
                    kind: record.kind,
                    path: record.path.to_owned(),
                    size_octets: record.size_octets,
                    sha256: record.sha256,
                });
            }
        }
        documents.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { container, root, root_text, documents, ground: Ground::Whole(tree) })
    }

    fn part(
        container: &'a dyn Container,
        root: Root,
        root_text: Vec<u8>,
        disclosed: Disclosed,
    ) -> Result<Self> {
        let Disclosed { opened, proof, statement, .. } = disclosed;
        let mut encoded = Vec::new();
        let leaves: Vec<(u64, Hash)> = opened
            .iter()
            .map(|one| {
                encoded.clear();
                one.record().encode(&mut encoded);
                (one.index, leaf(&one.salt, &encoded))
            })
            .collect();
        let partial = Partial::of(root.size, &leaves, &proof).map_err(|fault| changed(&fault))?;
        let mut documents: Vec<Opened> =
            opened.into_iter().filter(|one| one.path.starts_with("data/")).collect();
        documents.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let acts = statement.map(|statement| statement.withheld).unwrap_or_default();
        Ok(Self { container, root, root_text, documents, ground: Ground::Part(partial, acts) })
    }

    /// Paths of its documents.
    pub(super) fn payload(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|one| one.path.as_str())
    }

    /// Its documents as they would be opened.
    pub(super) fn documents(&self) -> &[Opened] {
        &self.documents
    }

    /// The chosen documents, of a source of this number.
    pub(super) fn leaving(&self, source: usize, is_chosen: impl Fn(&str) -> bool) -> Result<Vec<Leaving>> {
        let chosen = self.documents.iter().filter(|one| is_chosen(&one.path));
        chosen
            .map(|one| {
                let entry = find(self.container.entries(), &one.path);
                let entry = entry.ok_or_else(|| changed(&"a document is gone"))?;
                Ok(Leaving { opened: one.clone(), source, entry })
            })
            .collect()
    }

    /// Who withheld what, before this.
    pub(super) fn withholdings(&self) -> &[Withholding] {
        match &self.ground {
            Ground::Whole(_) => &[],
            Ground::Part(_, acts) => acts,
        }
    }

    /// What proves the leaves at these places.
    pub(super) fn proof(&self, indices: &[u64]) -> Result<Vec<Hash>> {
        match &self.ground {
            Ground::Whole(tree) => Ok(tree.proof(indices)),
            Ground::Part(partial, _) => partial.proof(indices).ok_or_else(|| changed(&"its proof is short")),
        }
    }

    /// The same of what several disclosures open together.
    pub(super) fn proof_together(sources: &[Self], indices: &[u64]) -> Result<Vec<Hash>> {
        let mut all: Option<Partial> = None;
        for held in sources {
            let Ground::Part(partial, _) = &held.ground else {
                return Err(request("cannot merge: expected disclosures, found a whole bundle")
                    .with_hint("a whole bundle opens every document: disclose from it with --select"));
            };
            match &mut all {
                None => all = Some(partial.clone()),
                Some(all) => {
                    if !all.take_in(partial.clone()) {
                        return Err(request("cannot merge: the trees of these disclosures differ"));
                    }
                }
            }
        }
        all.and_then(|all| all.proof(indices)).ok_or_else(|| changed(&"a proof is short"))
    }

    /// All statements in it with their signatures: those of disclosures that it was merged from, then its own.
    pub(super) fn statements(&self) -> Result<Vec<Stated>> {
        let has = |path: &str| find(self.container.entries(), path).is_some();
        let signature = |path: &str| has(path).then(|| text(self.container, path)).transpose();
        let mut all = Vec::new();
        for number in 1.. {
            let path = numbered(number);
            if !has(&path) {
                break;
            }
            all.push(Stated {
                text: text(self.container, &path)?,
                signature: signature(&format!("{path}.sig"))?,
            });
        }
        all.push(Stated { text: text(self.container, STATEMENT)?, signature: signature(SIGNATURE)? });
        Ok(all)
    }

    /// Signatures and timestamps over its root, by path, as they are.
    pub(super) fn vouching(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let paths = self.container.entries().iter().map(|entry| entry.path.as_str());
        let is_one = |path: &&str| {
            let of = |folder: &str, kinds: &[&str]| {
                path.strip_prefix(folder)
                    .is_some_and(|name| !name.contains('/') && kinds.iter().any(|kind| name.ends_with(kind)))
            };
            // A timestamp over a statement speaks of a disclosure, and not of the root.
            let is_of_root = |path: &str| {
                let stem = path.strip_prefix(seal::TIMESTAMPS).unwrap_or_default();
                stem.starts_with("root.txt.") || stem.starts_with("signatures-")
            };
            of(seal::SIGNATURES, &[".sig", ".p7s"])
                || of(seal::TIMESTAMPS, &[".tsr", ".ots"]) && is_of_root(path)
        };
        paths.filter(is_one).map(|path| Ok((path.to_owned(), text(self.container, path)?))).collect()
    }
}

/// Where the statement of a disclosure stands that was merged into another, numbered from 1.
pub(super) fn numbered(number: usize) -> String {
    format!("{}statement-{number}.txt", seal::DISCLOSURE)
}

/// All of a text of the seal.
fn text(container: &dyn Container, path: &str) -> Result<Vec<u8>> {
    let stream = find(container.entries(), path).and_then(|entry| container.open(entry, &|_, _| {}));
    let stream = stream.ok_or_else(|| changed(&format_args!("`{path}` cannot be read")))?;
    let mut octets = Vec::new();
    stream
        .take(LONGEST_TEXT + 1)
        .read_to_end(&mut octets)
        .map_err(|error| Error::io(ErrorKind::Read, &format!("cannot read `{path}`"), error))?;
    if octets.len() as u64 > LONGEST_TEXT {
        let message = format!("expected at most {LONGEST_TEXT} octets in `{path}`, found more");
        return Err(Error::new(ErrorKind::Read, message));
    }
    Ok(octets)
}

/// It was sound a moment ago.
pub(super) fn changed(how: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Read, format!("the bundle changed while it was read: {how}"))
        .with_hint("see who else writes to it, and run it again")
}
