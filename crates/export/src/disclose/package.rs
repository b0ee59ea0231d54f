//! Writes a disclosure: tag files of its own, the chosen documents, and what proves them.

use super::held::{changed, numbered};
use super::rows::Prepared;
use super::{Leaving, Order, Part, Stated, Written};
use crate::bundle::human_size;
use crate::described::{csvw, data_package};
use crate::error::passed_on;
use crate::format::{FORMAT_VERSION, PROFILE};
use crate::root::octets_of;
use crate::{Error, ErrorKind, Result};
use bagit::container::Stream;
use bagit::declaration::DECLARATION;
use bagit::info;
use bagit::package::{Package, Slot};
use bagit::zip::{Listing, Member};
use chrono::{DateTime, Utc};
use fixity::carry::{Carrier, Halt, Reading, Segment, carry};
use fixity::manifest::write_line;
use fixity::{Algorithm, Observer, Oxum, Phase, Step, Sum, SumTable, hex_of, sum_of};
use provenance::seal::disclosure::{OPENED, Opened, PROOF, write_opened, write_proof};
use provenance::seal::statement::{SIGNATURE, STATEMENT, Statement};
use provenance::seal::{self, root};
use provenance::{Attribution, DigestText, Event, EventType, LedgerWriter, Outcome};
use std::io::{self, Read, Write};
use std::ops::{ControlFlow, Range};

/// How to read and check a disclosure without fonds.
const FORMAT_TEXT: &str = include_str!("../disclosure.txt");
/// Digests of every file.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];
/// The tag manifest that the statement names.
const STATED: &str = "tagmanifest-sha512.txt";

/// Writes the whole package.
pub(super) fn write<P: Package>(
    part: &Part<'_>,
    order: &Order<'_>,
    top: &str,
    prepared: &Prepared,
    package: &mut P,
    observer: &dyn Observer,
) -> Result<Written> {
    let mut payload = Oxum::default();
    part.leaving.iter().for_each(|one| payload.add(one.opened.size_octets));
    let mut tags = Tags { package, written: Vec::new() };
    tags.put("bag-info.txt", &mut |out| out.write_all(bag_info(order.by, top, payload).as_bytes()))?;
    tags.put("bagit.txt", &mut |out| out.write_all(DECLARATION.as_bytes()))?;
    let contents = Contents { part, prepared };
    tags.package.lay_out(&contents)?;
    let sums = copy(part, order, &contents, &*tags.package, observer)?;
    for algorithm in ALGORITHMS {
        tags.put(&format!("manifest-{algorithm}.txt"), &mut |out| {
            let mut text = Vec::new();
            for (file, one) in part.leaving.iter().enumerate() {
                if let Some(digest) = sums.digest(file, algorithm) {
                    write_line(&mut text, &digest, &one.opened.path);
                }
            }
            out.write_all(&text)
        })?;
    }
    let sheets = prepared.sheets();
    tags.put("metadata/FORMAT.txt", &mut |out| out.write_all(FORMAT_TEXT.as_bytes()))?;
    tags.put("metadata/csv-metadata.json", &mut |out| out.write_all(csvw(sheets).as_bytes()))?;
    tags.put("metadata/datapackage.json", &mut |out| out.write_all(data_package(top, sheets).as_bytes()))?;
    let ledger = events(part, order, prepared)?;
    tags.put("metadata/events.csv", &mut |out| out.write_all(&ledger))?;
    tags.put("metadata/manifest.csv", &mut |out| prepared.write_manifest(out).map_err(passed_on))?;
    if let Some(text) = prepared.mentions(part)? {
        tags.put("metadata/mentions.csv", &mut |out| out.write_all(&text))?;
    }
    tags.put("metadata/verify.py", &mut |out| out.write_all(crate::bundle::VERIFIER.as_bytes()))?;
    let tag_manifests = tags.manifests();
    let vouching = put_seal(part, order, &tag_manifests, package)?;
    for (path, text) in &tag_manifests {
        package.put_tag(path, &[], &mut |out| out.write_all(text))?;
    }
    let files: Vec<usize> = (1..=part.leaving.len()).collect();
    package.close(&contents, &files, &sums)?;
    Ok(Written {
        payload,
        root: part.root.clone(),
        withheld: part.withheld(),
        blanked: prepared.blanked.clone(),
        naming: prepared.naming.clone(),
        vouching,
        statements: part.statements.len() as u64,
        leftovers: 0,
    })
}

/// Text of `bag-info.txt`: nothing of the whole but what its root says anyway.
fn bag_info(by: &Attribution, top: &str, payload: Oxum) -> String {
    info::write(&[
        ("External-Identifier", top.to_owned()),
        ("Bagging-Date", by.at.format("%Y-%m-%d").to_string()),
        ("Bag-Size", human_size(payload.octets)),
        ("Payload-Oxum", payload.to_string()),
        ("Bag-Software-Agent", by.software.clone()),
        ("BagIt-Profile-Identifier", PROFILE.to_owned()),
        ("Fonds-Format", FORMAT_VERSION.to_owned()),
        ("Fonds-Seal", root::LABEL.to_owned()),
    ])
}

/// Tag files on their way, and what they summed to.
struct Tags<'p, P: Package> {
    package: &'p mut P,
    written: Vec<(String, Sum)>,
}

impl<P: Package> Tags<'_, P> {
    fn put(&mut self, path: &str, text: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let sum = self.package.put_tag(path, &ALGORITHMS, text)?;
        self.written.push((path.to_owned(), sum));
        Ok(())
    }

    /// A tag manifest by each algorithm over all that was written.
    fn manifests(&self) -> Vec<(String, Vec<u8>)> {
        let manifest = |algorithm: Algorithm| {
            let mut text = Vec::new();
            for (path, sum) in &self.written {
                sum.digest(algorithm).into_iter().for_each(|digest| write_line(&mut text, digest, path));
            }
            (format!("tagmanifest-{algorithm}.txt"), text)
        };
        ALGORITHMS.into_iter().map(manifest).collect()
    }
}

/// A ledger of its own: who withheld how much, what left, and what was left blank.
fn events(part: &Part<'_>, order: &Order<'_>, prepared: &Prepared) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let failed = |error: provenance::Error| Error::new(ErrorKind::Package, format!("cannot record: {error}"));
    let mut ledger = LedgerWriter::new(&mut text).map_err(failed)?;
    let mut record = |event_type, object_path: &str, digest: &str, detail: &str| {
        let digest_after = DigestText::parse(digest);
        let outcome = Outcome::Success;
        let event = Event { event_type, object_path, digest_before: None, digest_after, outcome, detail };
        ledger.record(&event, order.by).map_err(failed)
    };
    let (withheld, slots) = (part.withheld(), part.root.size);
    let detail = format!("{withheld} of {slots} slots withheld: {}", order.reason.code());
    record(EventType::Redaction, "", "", &detail)?;
    // Not which: whoever sees in a document what would stand in its row learnt what is withheld.
    let blanked = prepared.blanked.len();
    if blanked > 0 {
        let detail = format!("{blanked} cells left blank, since they tell of what is withheld");
        record(EventType::Redaction, "", "", &detail)?;
    }
    for Leaving { opened, .. } in &part.leaving {
        let mut room = [0; 64];
        let digest = format!("sha256:{}", hex_of(&opened.sha256, &mut room));
        record(EventType::Dissemination, &opened.path, &digest, "")?;
    }
    let number = part.leaving.len();
    let detail = format!("{number} documents disclosed, each of them proved to be of the sealed bundle");
    record(EventType::Dissemination, "", "", &detail)?;
    record(EventType::InformationPackageCreation, "", "", "")?;
    ledger.finish().map_err(failed)?;
    Ok(text)
}

/// Writes what is below `seal/`, in the order of names; answers how many files vouch for the root.
fn put_seal<P: Package>(
    part: &Part<'_>,
    order: &Order<'_>,
    tag_manifests: &[(String, Vec<u8>)],
    package: &mut P,
) -> Result<u64> {
    let mut opened: Vec<Opened> = part.leaving.iter().map(|one| one.opened.clone()).collect();
    opened.sort_unstable_by_key(|one| one.index);
    let stated = tag_manifests.iter().find(|(path, _)| path == STATED).map_or(&[][..], |(_, text)| text);
    let sum = sum_of(stated, &[Algorithm::Sha256]);
    let sha256 = sum.digest(Algorithm::Sha256).and_then(octets_of).unwrap_or_default();
    let statement = Statement {
        root: part.root.hash,
        slots: part.root.size,
        opened: opened.len() as u64,
        withheld: part.withholdings.clone(),
        tag_manifest: (STATED.to_owned(), sha256),
    };
    let statement = statement.text().into_bytes();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        (OPENED.to_owned(), write_opened(&opened).into_bytes()),
        (PROOF.to_owned(), write_proof(&part.proof).into_bytes()),
        (seal::ROOT.to_owned(), part.root_text.clone()),
    ];
    if let Some(sign) = order.signer {
        let signature = sign(&statement).map_err(|why| {
            Error::new(ErrorKind::Request, format!("cannot sign the statement: {why}"))
                .with_hint("nothing was written")
        })?;
        files.push((SIGNATURE.to_owned(), signature.into_bytes()));
    }
    files.push((STATEMENT.to_owned(), statement));
    for (number, Stated { text, signature }) in (1..).zip(&part.statements) {
        let path = numbered(number);
        files.extend(signature.iter().map(|octets| (format!("{path}.sig"), octets.clone())));
        files.push((path, text.clone()));
    }
    let mut vouching = 0;
    for held in &part.sources {
        for (path, octets) in held.vouching()? {
            match files.iter().find(|(known, _)| *known == path) {
                None => {
                    vouching += 1;
                    files.push((path, octets));
                }
                Some((_, known)) if *known == octets => {}
                Some(_) => {
                    let message = format!("cannot merge: `{path}` differs from one disclosure to the other");
                    return Err(Error::new(ErrorKind::Request, message)
                        .with_hint("give one of the two signatures another name"));
                }
            }
        }
    }
    files.sort();
    for (path, octets) in &files {
        package.put_tag(path, &[], &mut |out| out.write_all(octets))?;
    }
    Ok(vouching)
}

/// The payload as members: `data` itself, then the documents.
struct Contents<'a> {
    part: &'a Part<'a>,
    prepared: &'a Prepared,
}

impl Listing for Contents<'_> {
    fn count(&self) -> usize {
        self.part.leaving.len() + 1
    }

    fn member(&self, index: usize) -> Member<'_> {
        let Some(place) = index.checked_sub(1) else {
            return Member { path: "data", size_octets: None, modified: None };
        };
        let opened = &self.part.leaving[place].opened;
        let modified: Option<DateTime<Utc>> = self.prepared.modified(place);
        Member { path: &opened.path, size_octets: Some(opened.size_octets), modified }
    }
}

/// Copies the documents, and makes sure that each is what its leaf says.
fn copy<P: Package>(
    part: &Part<'_>,
    order: &Order<'_>,
    contents: &Contents<'_>,
    package: &P,
    observer: &dyn Observer,
) -> Result<SumTable> {
    let cancelled = || Error::new(ErrorKind::Cancelled, "cancelled; nothing was left at the target");
    let sizes: Vec<u64> = part.leaving.iter().map(|one| one.opened.size_octets).collect();
    let begun = Step::Began { phase: Phase::Packing, files: sizes.len() as u64, octets: sizes.iter().sum() };
    if observer.observe(begun) == ControlFlow::Break(()) {
        return Err(cancelled());
    }
    let copying = Copying { part, contents, package };
    let sums = carry(&copying, &sizes, &ALGORITHMS, order.threads, observer).map_err(|halt| match halt {
        Halt::Cancelled => cancelled(),
        Halt::Failed(error) => error,
    })?;
    let _ = observer.observe(Step::Ended);
    for (file, one) in part.leaving.iter().enumerate() {
        let digest = sums.digest(file, Algorithm::Sha256);
        let is_same = digest.as_ref().and_then(octets_of) == Some(one.opened.sha256);
        if !is_same || sums.size(file) != Some(one.opened.size_octets) {
            return Err(changed(&format_args!("`{}` is another", one.opened.path)));
        }
    }
    Ok(sums)
}

struct Copying<'a, P: Package> {
    part: &'a Part<'a>,
    contents: &'a Contents<'a>,
    package: &'a P,
}

/// A large document on its way.
struct Underway<'a> {
    stream: Stream<'a>,
    slot: Slot,
    left: u64,
}

impl<'a, P: Package> Copying<'a, P> {
    fn stream(&self, file: usize) -> Result<Stream<'a>> {
        let one = &self.part.leaving[file];
        let stream = self.part.sources[one.source].container.open(one.entry, &|_, _| {});
        stream.ok_or_else(|| changed(&format_args!("`{}` cannot be read", one.opened.path)))
    }

    fn members(files: Range<usize>) -> Vec<usize> {
        files.map(|file| file + 1).collect()
    }
}

impl<'a, P: Package> Carrier for Copying<'a, P> {
    type Stream = Underway<'a>;
    type Error = Error;

    fn load(&self, run: Range<usize>, segment: &mut Segment) -> Result<()> {
        for file in run {
            let size = self.part.leaving[file].opened.size_octets;
            let start = segment.octets.len() + self.package.gap(self.contents, file + 1);
            let end = start + usize::try_from(size).unwrap_or(usize::MAX);
            segment.octets.resize(end, 0);
            self.stream(file)?
                .read_exact(&mut segment.octets[start..end])
                .map_err(|error| changed(&error))?;
            segment.extents.push(Some(start..end));
        }
        Ok(())
    }

    fn unload(&self, run: Range<usize>, segment: &mut Segment, sums: &[Option<Sum>]) -> Result<()> {
        Ok(self.package.put_run(self.contents, &Self::members(run), segment, sums)?)
    }

    fn open(&self, file: usize) -> Result<Option<Underway<'a>>> {
        let slot = self.package.begin_file(self.contents, file + 1)?;
        Ok(Some(Underway {
            stream: self.stream(file)?,
            slot,
            left: self.part.leaving[file].opened.size_octets,
        }))
    }

    fn read(&self, underway: &mut Underway<'a>, room: &mut [u8]) -> Result<Reading> {
        loop {
            match underway.stream.read(room) {
                Ok(0) => return Ok(Reading::End),
                // In a ZIP every document has its room, and no more.
                Ok(octets) if octets as u64 > underway.left => return Err(changed(&"a document has grown")),
                Ok(octets) => {
                    underway.left -= octets as u64;
                    return Ok(Reading::Octets(octets));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(changed(&error)),
            }
        }
    }

    fn pass(&self, underway: &mut Underway<'a>, octets: &[u8]) -> Result<()> {
        Ok(self.package.put(&mut underway.slot, octets)?)
    }

    fn close(&self, file: usize, underway: Underway<'a>, sum: &Sum) -> Result<()> {
        if underway.left > 0 {
            return Err(changed(&"a document has shrunk"));
        }
        Ok(self.package.end_file(self.contents, file + 1, underway.slot, sum)?)
    }
}
