//! Signatures and timestamps are put into a bundle, and recorded.
//!
//! Nothing outside of `seal/` changes: what was sealed stays what it was. Each file has a row in
//! `seal/events.csv`, which goes on with `metadata/events.csv`.

use crate::revise::{Changes, Revised, Revision, Target, revise};
use crate::vouching::LONGEST;
use crate::{Error, ErrorKind, Result, vouched};
use bagit::container::{Container, find};
use bagit::validate::validate_by;
use fixity::{Algorithm, Observer};
use provenance::ledger::Before;
use provenance::seal::{DISCLOSURE, EVENTS, ROOT, Root, SEED, Seed};
use provenance::{Attribution, DigestText, Event, EventType, LedgerWriter, Outcome, Sha256Hex};
use std::io::Read;
use std::path::Path;

/// Octets of the longest `seal/events.csv` that is gone on with.
const LONGEST_LEDGER: u64 = 16 << 20;
/// Tag manifests that stand for a bundle.
const TAG_MANIFESTS: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];

/// A file that is put into a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its path below the base directory.
    pub path: String,
    /// What it holds.
    pub octets: Vec<u8>,
    /// What it is, for the ledger.
    pub detail: String,
}

/// What is put where.
#[derive(Clone, Copy)]
pub struct Sealing<'a> {
    /// The bundle: a ZIP in the one layout, or a directory.
    pub source: &'a Path,
    /// The same, open and found to be sound.
    pub container: &'a dyn Container,
    /// SHA-256 of the last row of its `metadata/events.csv`.
    pub last_event: Sha256Hex,
    /// Where the new one goes.
    pub target: Target<'a>,
    /// Its root and seed, where it has none yet.
    pub new_root: Option<(&'a Root, &'a Seed)>,
    /// Signatures and timestamps.
    pub added: &'a [Added],
    /// Who adds them, with what software, and when.
    pub by: &'a Attribution,
    /// Worker threads.
    pub threads: usize,
}

/// Refuses a disclosure: its root stands for all that is withheld, too, and whoever signed it, having seen
/// a part, would vouch for the whole.
///
/// # Errors
/// Of kind [`ErrorKind::Request`], if it is one.
pub fn expect_whole(container: &dyn Container) -> Result<()> {
    if container.entries().iter().any(|entry| entry.path.as_str().starts_with(DISCLOSURE)) {
        let message = "cannot seal: expected a whole bundle, found a disclosure, whose root stands for what is withheld, too";
        return Err(Error::new(ErrorKind::Request, message).with_hint(
            "seal the whole bundle; for a disclosure `fonds disclose --key` signs the statement of who withheld what",
        ));
    }
    Ok(())
}

/// Puts them there, and records each. The bundle is verified once more before it gets its name.
///
/// # Errors
/// If it is a disclosure ([`expect_whole`]), if the ledger of the seal cannot be gone on with, and those of
/// [`revise`].
pub fn seal(sealing: Sealing<'_>, observer: &dyn Observer) -> Result<Revised> {
    let Sealing { source, container, last_event, target, new_root, added, by, threads } = sealing;
    expect_whole(container)?;
    let mut changes = Changes::default();
    if let Some((path, text)) =
        TAG_MANIFESTS.into_iter().find_map(|path| Some((path, vouched::read(container, path)?)))
    {
        changes.made_from(path, Sha256Hex::of(&text));
    }
    let mut ledger = ledger(container, last_event)?;
    if let Some((root, seed)) = new_root {
        let text = root.text().into_bytes();
        record(&mut ledger, (ROOT, &text), EventType::MessageDigestCalculation, "root of the seal", by)?;
        changes.put(ROOT, text);
        changes.put(SEED, seed.text().as_bytes().to_vec());
    }
    for Added { path, octets, detail } in added {
        record(&mut ledger, (path, octets), EventType::DigitalSignatureGeneration, detail, by)?;
        changes.put(path, octets.clone());
    }
    changes.put(EVENTS, ledger.finish().map_err(|error| cannot_record(&error))?);
    revise(Revision { source, target, changes, sealer: None, at: by.at, threads }, observer)
}

/// The root that a bundle without one would have, and its seed: derived from all that is sealed where none is
/// given. `None` if one of its files cannot be read.
///
/// # Errors
/// If the observer asked to stop.
pub fn root_of(
    container: &dyn Container,
    seed: Option<Seed>,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Option<(Root, Seed)>> {
    let examination = validate_by(container, &[Algorithm::Sha256], threads, observer)?;
    Ok(crate::examine::root_to_be(container, &examination, seed))
}

/// The ledger as it stands, to be gone on with; a new one where there is none.
fn ledger(container: &dyn Container, last_event: Sha256Hex) -> Result<LedgerWriter<Vec<u8>>> {
    let Some(index) = find(container.entries(), EVENTS) else {
        return LedgerWriter::following(last_event, Vec::new()).map_err(|error| cannot_record(&error));
    };
    let missing = || Error::new(ErrorKind::Read, format!("cannot read `{EVENTS}`"));
    let stream = container.open(index, &|_, _| {}).ok_or_else(missing)?;
    let existing = stream.take(LONGEST_LEDGER);
    LedgerWriter::resuming_after(existing, Before::Row(last_event), Vec::new())
        .map_err(|error| cannot_record(&error))
}

fn record(
    ledger: &mut LedgerWriter<Vec<u8>>,
    (path, octets): (&str, &[u8]),
    event_type: EventType,
    detail: &str,
    by: &Attribution,
) -> Result<()> {
    if octets.len() as u64 > LONGEST {
        let message =
            format!("cannot add `{path}`: expected at most {LONGEST} octets, found {}", octets.len());
        return Err(Error::new(ErrorKind::Request, message));
    }
    let sha256 = Sha256Hex::of(octets);
    let event = Event {
        event_type,
        object_path: path,
        digest_before: None,
        digest_after: DigestText::new("sha256", sha256.as_str()),
        outcome: Outcome::Success,
        detail,
    };
    ledger.record(&event, by).map_err(|error| cannot_record(&error))
}

fn cannot_record(error: &provenance::Error) -> Error {
    Error::new(ErrorKind::Read, format!("cannot go on with `{EVENTS}`: {error}"))
        .with_hint("`fonds verify` says what is wrong with it")
}
