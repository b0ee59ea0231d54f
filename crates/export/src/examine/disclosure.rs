//! A disclosure: whether each document of it is of the sealed whole.

use super::bounded::read;
use super::{Bundle, statements};
use crate::finding::{E530, E531, E532, E533, E534};
use crate::root::octets_of;
use bagit::Finding;
use fixity::Algorithm;
use provenance::seal::disclosure::{OPENED, Opened, PROOF, parse_opened, parse_proof, prove};
use provenance::seal::hash::Hash;
use provenance::seal::statement::{SIGNATURE, STATEMENT, Statement};
use provenance::seal::{self, Root};
use std::collections::{BTreeMap, BTreeSet};

/// Octets of the longest list of opened leaves or of hashes: those of some 300,000 documents.
const LONGEST_LIST: u64 = 64 << 20;

/// A part of a sealed whole, proved to be of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// Its opened leaves.
    pub opened: Vec<Opened>,
    /// What proves them.
    pub proof: Vec<Hash>,
    /// Leaves of the whole that stay closed, decoys among them.
    pub withheld: u64,
    /// Who withheld them; always there where nothing is wrong.
    pub statement: Option<Statement>,
    /// The key that signed the statement, as `ssh-keygen -l` shows it, where one did. Whose it is, this
    /// does not say.
    pub signed_by: Option<String>,
}

/// Holds a disclosure against the root it is of. What it is is answered where the root is reproduced.
pub(super) fn check(
    bundle: &Bundle<'_>,
    root: &Root,
    unlisted: &BTreeSet<&str>,
) -> (Option<Disclosed>, Vec<Finding>) {
    let mut findings = strangers(bundle, unlisted);
    if bundle.file(seal::SEED).is_some() {
        let message = "expected no seed in a disclosure, since it opens all that is withheld, found one";
        findings.push(Finding::new(&E534, seal::SEED, message));
    }
    let mut disclosed = match proved(bundle, root) {
        Ok(Some(disclosed)) => disclosed,
        Ok(None) => return (None, findings),
        Err(finding) => {
            findings.push(finding);
            return (None, findings);
        }
    };
    findings.extend(documents(bundle, &disclosed.opened));
    let opened = disclosed.opened.len() as u64;
    match statements::stated(bundle, root, opened) {
        Ok(statement) => disclosed.statement = statement,
        Err(message) => findings.push(Finding::new(&E533, STATEMENT, message)),
    }
    match statements::signed(bundle, STATEMENT) {
        Ok(key) => disclosed.signed_by = key,
        Err(message) => findings.push(Finding::new(&E533, SIGNATURE, message)),
    }
    findings.extend(statements::merged(bundle, root, opened));
    (Some(disclosed), findings)
}

/// Files that have no place in a disclosure, or that nothing vouches for.
fn strangers(bundle: &Bundle<'_>, unlisted: &BTreeSet<&str>) -> Vec<Finding> {
    let paths = bundle.files.iter().map(|&index| bundle.entries[index].path.as_str());
    let is_strange = |path: &&str| match path.strip_prefix(seal::DISCLOSURE) {
        Some(name) => !is_known(name),
        None => unlisted.contains(path),
    };
    let message = "expected no file in a disclosure that nothing vouches for, found one";
    paths.filter(is_strange).map(|path| Finding::new(&E532, path, message)).collect()
}

/// `opened.txt`, `proof.txt`, the statement, and those of the disclosures it was merged from.
fn is_known(name: &str) -> bool {
    matches!(name, "opened.txt" | "proof.txt" | "statement.txt" | "statement.txt.sig")
        || statements::number_of(name).is_some()
}

/// The opened leaves, which the hashes prove to be of the root; `None` if they cannot be read, which was
/// found when they were digested.
fn proved(bundle: &Bundle<'_>, root: &Root) -> Result<Option<Disclosed>, Finding> {
    let text = |path| {
        bundle
            .file(path)
            .ok_or_else(|| Finding::new(&E530, path, "expected this file in every disclosure, found none"))?;
        read(bundle, path, LONGEST_LIST)
    };
    let (Some(opened), Some(proof)) = (text(OPENED)?, text(PROOF)?) else { return Ok(None) };
    let malformed = |path, fault: &dyn std::fmt::Display| Finding::new(&E530, path, fault.to_string());
    let opened = parse_opened(&opened).map_err(|fault| malformed(OPENED, &fault))?;
    let proof = parse_proof(&proof).map_err(|fault| malformed(PROOF, &fault))?;
    let withheld =
        prove(root, &opened, &proof).map_err(|fault| Finding::new(&E531, OPENED, fault.to_string()))?;
    Ok(Some(Disclosed { opened, proof, withheld, statement: None, signed_by: None }))
}

/// Opened leaves against files, and payload files against opened leaves.
fn documents(bundle: &Bundle<'_>, opened: &[Opened]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: BTreeMap<&str, &Opened> = opened.iter().map(|one| (one.path.as_str(), one)).collect();
    for file in 0..bundle.files.len() {
        let path = bundle.entry(file).path.as_str();
        let Some(one) = known.remove(path) else {
            if path.starts_with("data/") {
                let message = "expected a document that seal/disclosure/opened.txt opens, found another";
                findings.push(Finding::new(&E532, path, message));
            }
            continue;
        };
        // A file that could not be read has its finding.
        let (Some(size), Some(digest)) =
            (bundle.sums.size(file), bundle.sums.digest(file, Algorithm::Sha256))
        else {
            continue;
        };
        if size != one.size_octets || octets_of(&digest) != Some(one.sha256) {
            let (mut made, mut sealed) = ([0; 128], [0; 64]);
            let message = format!(
                "expected what was sealed, {} octets of sha256 {}, found {size} of {}",
                one.size_octets,
                fixity::hex_of(&one.sha256, &mut sealed),
                fixity::hex_of(digest.octets(), &mut made)
            );
            findings.push(Finding::new(&E532, path, message));
        }
    }
    let missing = "expected the file that seal/disclosure/opened.txt opens, found none";
    findings.extend(known.into_keys().map(|path| Finding::new(&E532, path, missing)));
    findings
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn few_names_have_a_place() {
        for name in ["opened.txt", "proof.txt", "statement.txt", "statement.txt.sig", "statement-2.txt"] {
            assert!(is_known(name), "{name}");
        }
        assert!(is_known("statement-10.txt.sig"));
        for name in
            ["opened.csv", "statement-.txt", "statement-02.txt", "statement-2.sig", "a/opened.txt", ""]
        {
            assert!(!is_known(name), "{name}");
        }
    }
}
