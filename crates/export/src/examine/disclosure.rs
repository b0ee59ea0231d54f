//! A disclosure: whether each document of it is of the sealed whole.

use super::Bundle;
use crate::finding::{E530, E531, E532, E533, E534};
use crate::root::octets_of;
use bagit::Finding;
use fixity::Algorithm;
use provenance::seal::disclosure::{OPENED, Opened, PROOF, parse_opened, parse_proof, prove};
use provenance::seal::hash::Hash;
use provenance::seal::ssh::Signature;
use provenance::seal::statement::{MOST_OCTETS, NAMESPACE, SIGNATURE, STATEMENT, Statement};
use provenance::seal::vouch::Broken;
use provenance::seal::{self, Root};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

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
    match stated(bundle, root, disclosed.opened.len() as u64) {
        Ok(statement) => disclosed.statement = statement,
        Err(message) => findings.push(Finding::new(&E533, STATEMENT, message)),
    }
    match signed(bundle) {
        Ok(key) => disclosed.signed_by = key,
        Err(message) => findings.push(Finding::new(&E533, SIGNATURE, message)),
    }
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
    let number = name.strip_prefix("statement-").map(|rest| rest.strip_suffix(".sig").unwrap_or(rest));
    let number = number.and_then(|rest| rest.strip_suffix(".txt"));
    let is_number = |digits: &str| digits.parse::<u16>().is_ok_and(|number| number.to_string() == digits);
    matches!(name, "opened.txt" | "proof.txt" | "statement.txt" | "statement.txt.sig")
        || number.is_some_and(is_number)
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

/// The statement, which has to be of this very disclosure.
fn stated(bundle: &Bundle<'_>, root: &Root, opened: u64) -> Result<Option<Statement>, String> {
    if bundle.file(STATEMENT).is_none() {
        return Err("expected a statement of who withheld the rest, found none".into());
    }
    let Some(text) = text_of(bundle, STATEMENT)? else { return Ok(None) };
    let statement = Statement::parse(&text).map_err(|fault| fault.to_string())?;
    if let Some(message) = statement.disagreement(root, opened) {
        return Err(message);
    }
    let (path, sha256) = &statement.tag_manifest;
    let digest = bundle.file(path).map(|file| bundle.sums.digest(file, Algorithm::Sha256));
    let digest = digest.map(|digest| digest.as_ref().and_then(octets_of));
    // Of one that could not be read something else is said.
    if digest.is_none_or(|digest| digest.is_some_and(|digest| digest != *sha256)) {
        return Err(format!("expected the digest of `{path}` here, found another: its rows are others"));
    }
    Ok(Some(statement))
}

/// The key that signed the statement, where one did.
fn signed(bundle: &Bundle<'_>) -> Result<Option<String>, String> {
    if bundle.file(SIGNATURE).is_none() {
        return Ok(None);
    }
    let (Some(text), Some(armored)) = (text_of(bundle, STATEMENT)?, text_of(bundle, SIGNATURE)?) else {
        return Ok(None);
    };
    match Signature::read_for(NAMESPACE, &text, &armored) {
        Ok(signature) => Ok(Some(signature.key().fingerprint())),
        Err(Broken::Unreadable(why) | Broken::Mismatch(why) | Broken::Unsupported(why)) => {
            Err(format!("expected a signature over the statement, found that it is none: {why}"))
        }
    }
}

/// A text of bounded length; what is longer is refused by whoever parses it.
fn text_of(bundle: &Bundle<'_>, path: &str) -> Result<Option<Vec<u8>>, String> {
    read(bundle, path, MOST_OCTETS as u64).map_err(|finding| finding.message.to_string())
}

/// All of a file; `None` if it cannot be read, which was found when it was digested.
fn read(bundle: &Bundle<'_>, path: &str, most: u64) -> Result<Option<Vec<u8>>, Finding> {
    let Some(stream) = bundle.open(path) else { return Ok(None) };
    let mut text = Vec::new();
    if stream.take(most + 1).read_to_end(&mut text).is_err() {
        return Ok(None);
    }
    if text.len() as u64 > most {
        let message = format!("expected at most {most} octets, found more");
        return Err(Finding::new(&E530, path, message));
    }
    Ok(Some(text))
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
