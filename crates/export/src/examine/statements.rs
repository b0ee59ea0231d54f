//! Statements of who withheld what: that of a disclosure, and those of the disclosures it was merged from.

use super::Bundle;
use super::bounded::read;
use crate::finding::{E532, E533};
use crate::root::octets_of;
use bagit::Finding;
use fixity::Algorithm;
use provenance::seal::ssh::Signature;
use provenance::seal::statement::{MOST_OCTETS, NAMESPACE, STATEMENT, Statement};
use provenance::seal::vouch::Broken;
use provenance::seal::{self, Root};
use std::collections::BTreeSet;

/// The statement, which has to be of this very disclosure.
pub(super) fn stated(bundle: &Bundle<'_>, root: &Root, opened: u64) -> Result<Option<Statement>, String> {
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

/// The key that signed the statement at this path, where one did.
pub(super) fn signed(bundle: &Bundle<'_>, path: &str) -> Result<Option<String>, String> {
    let signature = format!("{path}.sig");
    if bundle.file(&signature).is_none() {
        return Ok(None);
    }
    let (Some(text), Some(armored)) = (text_of(bundle, path)?, text_of(bundle, &signature)?) else {
        return Ok(None);
    };
    match Signature::read_for(NAMESPACE, &text, &armored) {
        Ok(signature) => Ok(Some(signature.key().fingerprint())),
        Err(Broken::Unreadable(why) | Broken::Mismatch(why) | Broken::Unsupported(why)) => {
            Err(format!("expected a signature over the statement, found that it is none: {why}"))
        }
    }
}

/// What of the statements of merged disclosures is not so: each is of this root, of no more opened leaves than
/// there are here, and signed rightly if at all; they are numbered from 1 on without a gap.
pub(super) fn merged(bundle: &Bundle<'_>, root: &Root, opened: u64) -> Vec<Finding> {
    let paths = bundle.files.iter().map(|&index| bundle.entries[index].path.as_str());
    let names = paths.filter_map(|path| path.strip_prefix(seal::DISCLOSURE));
    let numbers: BTreeSet<u16> = names.filter_map(number_of).collect();
    let mut findings = Vec::new();
    for (expected, number) in (1..).zip(numbers) {
        let path = format!("{}statement-{number}.txt", seal::DISCLOSURE);
        if number != expected || bundle.file(&path).is_none() {
            let message = format!(
                "expected the statements of merged disclosures numbered from 1 on, each with its text, found none for {expected}"
            );
            findings.push(Finding::new(&E532, &*path, message));
            break;
        }
        if let Err(message) = earlier(bundle, &path, root, opened) {
            findings.push(Finding::new(&E533, &*path, message));
        }
        if let Err(message) = signed(bundle, &path) {
            findings.push(Finding::new(&E533, format!("{path}.sig"), message));
        }
    }
    findings
}

/// The statement of a disclosure that was merged into this one. Its tag manifest stayed behind.
fn earlier(bundle: &Bundle<'_>, path: &str, root: &Root, opened: u64) -> Result<(), String> {
    let Some(text) = text_of(bundle, path)? else { return Ok(()) };
    let statement = Statement::parse(&text).map_err(|fault| fault.to_string())?;
    if statement.opened > opened {
        return Err(format!("expected at most {opened} opened leaves, found {} in it", statement.opened));
    }
    statement.disagreement(root, statement.opened).map_or(Ok(()), Err)
}

/// The number in the name of such a statement, or of the signature over it.
pub(super) fn number_of(name: &str) -> Option<u16> {
    let name = name.strip_suffix(".sig").unwrap_or(name);
    let digits = name.strip_prefix("statement-")?.strip_suffix(".txt")?;
    digits.parse().ok().filter(|number: &u16| *number > 0 && number.to_string() == digits)
}

/// A text of bounded length; what is longer is refused by whoever parses it.
fn text_of(bundle: &Bundle<'_>, path: &str) -> Result<Option<Vec<u8>>, String> {
    read(bundle, path, MOST_OCTETS as u64).map_err(|finding| finding.message.to_string())
}
