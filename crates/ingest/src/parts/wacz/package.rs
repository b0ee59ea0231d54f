//! What a WACZ says of itself: the digests of its files, and the digest of that list.

use super::archive::Archive;
use super::shown;
use crate::parts::budget;
use crate::parts::found::Note;
use crate::parts::window::Watch;
use fixity::{Algorithm, Digest, Pass};
use provenance::{EventType, Outcome};
use serde_json::Value;
use std::io::{self, BufRead};

/// Octets of the list, and of the file that holds its digest.
const LONGEST: u64 = 4 << 20;
/// Files that are named where they disagree.
const MOST_NAMED: usize = 100;

/// Holds every file against its digest; answers what stands in the ledger.
///
/// # Errors
/// If `watch` stops it.
pub(super) fn check(archive: &Archive, watch: Watch<'_>) -> io::Result<Vec<Note>> {
    let mut notes = Vec::new();
    let list = match archive.small("datapackage.json", LONGEST) {
        Ok(list) => list,
        Err(why) => {
            notes.push(note(Outcome::Warning, format!("`datapackage.json` cannot be read: {why}")));
            return Ok(notes);
        }
    };
    match serde_json::from_slice::<Value>(&list) {
        Ok(package) => resources(archive, &package, watch, &mut notes)?,
        Err(error) => notes.push(note(Outcome::Warning, format!("`datapackage.json` is no JSON: {error}"))),
    }
    notes.extend(list_itself(archive, &list));
    Ok(notes)
}

fn note(outcome: Outcome, detail: String) -> Note {
    Note { event_type: EventType::FixityCheck, outcome, detail }
}

fn resources(archive: &Archive, package: &Value, watch: Watch<'_>, notes: &mut Vec<Note>) -> io::Result<()> {
    let listed = package.get("resources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (mut agree, mut stated, mut wrong) = (0_u64, 0_u64, Vec::new());
    // A list may name one file any number of times, so that what is read for it has a bound.
    let mut budget = budget::of(archive.file.size());
    for resource in listed {
        let text = |field: &str| resource.get(field).and_then(Value::as_str);
        let (Some(path), Some(hash)) = (text("path"), text("hash")) else { continue };
        stated += 1;
        match agrees(archive, path, hash, &mut budget, watch) {
            Ok(()) => agree += 1,
            Err(error)
                if error
                    .get_ref()
                    .is_some_and(<dyn std::error::Error + Send + Sync>::is::<crate::parts::Stopped>) =>
            {
                return Err(error);
            }
            Err(error) => wrong.push(format!("`{}` in `datapackage.json`: {error}", shown(path))),
        }
    }
    let outcome = if agree == stated { Outcome::Success } else { Outcome::Fail };
    let detail = format!("{agree} of {stated} files agree with their digests in `datapackage.json`");
    notes.push(note(outcome, detail));
    let more = wrong.len().saturating_sub(MOST_NAMED);
    notes.extend(wrong.into_iter().take(MOST_NAMED).map(|detail| note(Outcome::Fail, detail)));
    if more > 0 {
        notes.push(note(Outcome::Fail, format!("{more} further files disagree")));
    }
    Ok(())
}

/// Holds one file against its digest; `Err` says in words what is wrong.
fn agrees(archive: &Archive, path: &str, hash: &str, budget: &mut u64, watch: Watch<'_>) -> io::Result<()> {
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let entry = archive.find(path).ok_or_else(|| wrong("it is not there".to_owned()))?;
    let expected = read(hash).ok_or_else(|| wrong("its digest is none that fonds can compute".to_owned()))?;
    let mut plain = archive.read(entry, *budget, Some(watch)).map_err(wrong)?;
    let mut pass = Pass::new(&[expected.algorithm()]);
    loop {
        let ahead = plain.fill_buf()?;
        if ahead.is_empty() {
            break;
        }
        pass.update(ahead);
        let octets = ahead.len();
        plain.consume(octets);
    }
    *budget = plain.budget_left();
    let sum = pass.finish();
    match sum.digests.first() {
        Some(found) if *found == expected => Ok(()),
        Some(found) => Err(wrong(format!("it states {expected:?} and sums to {found}"))),
        None => Ok(()),
    }
}

/// Reads `sha256:…`.
fn read(hash: &str) -> Option<Digest> {
    let (algorithm, hex) = hash.split_once(':')?;
    let algorithm: Algorithm = algorithm.parse().ok()?;
    Digest::from_hex(algorithm, hex.as_bytes())
}

/// Holds the list against the digest beside it, which may be signed.
fn list_itself(archive: &Archive, list: &[u8]) -> Option<Note> {
    const NAME: &str = "datapackage-digest.json";
    archive.find(NAME)?;
    let unread = |why: String| Some(note(Outcome::Warning, format!("`{NAME}` cannot be read: {why}")));
    let digest: Value = match archive.small(NAME, LONGEST) {
        Err(why) => return unread(why),
        Ok(text) => match serde_json::from_slice(&text) {
            Ok(digest) => digest,
            Err(error) => return unread(error.to_string()),
        },
    };
    let Some(expected) = digest.get("hash").and_then(Value::as_str).and_then(read) else {
        return unread("it states no digest that fonds can compute".to_owned());
    };
    let sum = fixity::sum_of(list, &[expected.algorithm()]);
    let signed = match digest.get("signedData") {
        Some(Value::Object(_)) => "; it is signed, and the signature is not verified",
        _ => "; it is not signed",
    };
    Some(match sum.digest(expected.algorithm()) {
        Some(found) if *found == expected => {
            note(Outcome::Success, format!("`datapackage.json` agrees with its digest in `{NAME}`{signed}"))
        }
        _ => note(
            Outcome::Fail,
            format!("`datapackage.json` is not what `{NAME}` states: {expected:?}{signed}"),
        ),
    })
}
