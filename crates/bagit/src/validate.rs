//! Is this bag complete and valid (RFC 8493 §3)? All findings of a bag come in one run.

mod compare;
mod fetching;
mod lines;
mod listing;
mod manifest;
mod manifests;
mod names;
mod reading;
mod resolve;
mod settle;
mod tags;
mod text;

use crate::container::{Container, Entry, EntryKind, Opening, cancelled};
use crate::encoding::TagEncoding;
use crate::finding::{E104, E204, Finding};
use crate::package::Package;
use crate::zip::Listing;
use crate::{Report, Result, Version};
use fixity::carry::{Halt, carry};
use fixity::{Algorithm, Observer, Phase, Step, SumTable};
use manifest::Manifest;
use std::ops::ControlFlow;
use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

/// A bag that has been read through once.
#[derive(Debug)]
pub struct Examination {
    /// What it came to.
    pub report: Report,
    /// What every file summed to, by file number.
    pub sums: SumTable,
    /// Entry number of each file, by file number.
    pub files: Vec<usize>,
}

/// Reads a whole bag once, with `threads` workers, and compares it with what it says of itself.
///
/// Writes nothing, follows nothing and connects nowhere.
///
/// # Errors
/// Only if the observer asked to stop; whatever is wrong with the bag is a finding.
pub fn validate(container: &dyn Container, threads: usize, observer: &dyn Observer) -> Result<Examination> {
    examine(container, &[], None, threads, observer)
}

/// Whether a file of that name beside a `bagit.txt` is a manifest or tag manifest of the bag, by an
/// algorithm that is known.
#[must_use]
pub fn is_manifest(name: &str) -> bool {
    manifest::named(name).is_some_and(|(algorithm, _)| algorithm.parse::<Algorithm>().is_ok())
}

/// As [`validate`], and sums every file by further algorithms, whatever the manifests are by.
///
/// # Errors
/// Only if the observer asked to stop.
pub fn validate_by(
    container: &dyn Container,
    also: &[Algorithm],
    threads: usize,
    observer: &dyn Observer,
) -> Result<Examination> {
    examine(container, also, None, threads, observer)
}

/// As [`validate_by`], and writes every file into `copy` on the way, as members of `listing`, whose
/// numbers are those of the container's entries.
///
/// # Errors
/// If the copy cannot be written, or the observer asked to stop.
pub fn validate_into(
    container: &dyn Container,
    also: &[Algorithm],
    copy: &dyn Package,
    listing: &dyn Listing,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Examination> {
    examine(container, also, Some(reading::Copy { package: copy, listing }), threads, observer)
}

fn examine(
    container: &dyn Container,
    also: &[Algorithm],
    copy: Option<reading::Copy<'_>>,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Examination> {
    let entries = container.entries();
    let files: Vec<usize> =
        (0..entries.len()).filter(|&index| entries[index].kind == EntryKind::File).collect();
    let mut report = count(container, &files);
    if files.is_empty() && !report.findings.is_empty() {
        // Nothing could be read at all: that finding says all there is to say.
        report.findings.sort();
        return Ok(Examination { report, sums: SumTable::default(), files });
    }
    let mut bag = Bag {
        container,
        entries,
        files: &files,
        version: Version::Unknown,
        encoding: TagEncoding::Utf8,
        observer,
        is_stopped: AtomicBool::new(false),
    };
    tags::read_declaration(&mut bag, &mut report);
    tags::read_info(&bag, &mut report);
    let is_payload = |entry: &Entry| match entry.kind {
        EntryKind::Directory => entry.path.as_str() == "data",
        EntryKind::File => entry.path.is_payload(),
    };
    if !entries.iter().any(is_payload) && entries.iter().any(is_of_a_bag) {
        report.findings.push(Finding::new(&E204, "data", "expected the payload directory, found none"));
    }
    names::judge(&bag, &mut report);
    let manifests = manifests::read_all(&bag, &mut report);
    bag.expect_read()?;
    let reader = reading::Reader { bag: &bag, copy, notes: Mutex::default() };
    let sums = digest(&reader, &manifests.read, also, threads, observer)?;
    reader.notes.into_inner().unwrap_or_else(PoisonError::into_inner).move_into(&mut report.findings);
    compare_crc32(&bag, &sums, &mut report);
    let read = &manifests.read;
    report.algorithms =
        read.iter().filter(|manifest| manifest.is_payload).map(|manifest| manifest.algorithm).collect();
    report.uncanonical = read.iter().filter(|m| !m.is_canonical).map(|m| m.name.clone()).collect();
    let holes = compare::compare(&bag, manifests, &sums, &mut report);
    bag.expect_read()?;
    tags::compare_oxum(&bag, holes, &mut report);
    report.findings.sort();
    Ok(Examination { report, sums, files })
}

/// Whether an entry tells that this is, or was, a bag: without any, nothing is missing of one.
fn is_of_a_bag(entry: &Entry) -> bool {
    let path = entry.path.as_str();
    matches!(path, "bagit.txt" | "bag-info.txt") || manifest::named(path).is_some()
}

/// What is there, before anything is read.
fn count(container: &dyn Container, files: &[usize]) -> Report {
    let mut report = Report {
        findings: container.findings().iter().cloned().collect(),
        top: container.top().map(str::to_owned),
        ..Report::default()
    };
    for &index in files {
        let entry = &container.entries()[index];
        if entry.path.is_payload() {
            report.payload.add(entry.size_octets);
        } else {
            report.tag_files += 1;
        }
    }
    report
}

/// What the steps of an examination look at.
struct Bag<'a> {
    container: &'a dyn Container,
    entries: &'a [Entry],
    /// Entry number of each file, by file number; sorted by path.
    files: &'a [usize],
    /// By whose rules it is judged: as it declares.
    version: Version,
    /// How its tag files are encoded: as it declares.
    encoding: TagEncoding,
    /// Hears that tag files are read, which may be long.
    observer: &'a dyn Observer,
    /// Whether it asked to stop amid one of them.
    is_stopped: AtomicBool,
}

impl Bag<'_> {
    fn entry(&self, file: usize) -> &Entry {
        &self.entries[self.files[file]]
    }

    /// Numbers of the payload files, which stand together in the order of names.
    fn payload(&self) -> Range<usize> {
        let before =
            |bound: &str| self.files.partition_point(|&index| self.entries[index].path.as_str() < bound);
        before("data/")..before("data0")
    }

    fn file(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|&index| self.entries[index].path.as_str().cmp(path)).ok()
    }
}

/// Digests every file by every algorithm of any manifest, and by those that are asked for besides.
fn digest(
    reader: &reading::Reader<'_>,
    manifests: &[Manifest],
    also: &[Algorithm],
    threads: usize,
    observer: &dyn Observer,
) -> Result<SumTable> {
    let mut algorithms: Vec<Algorithm> =
        manifests.iter().map(|manifest| manifest.algorithm).chain(also.iter().copied()).collect();
    algorithms.sort_unstable();
    algorithms.dedup();
    if reader.copy.is_none() {
        let opening = Opening { threads, observer, sums: true };
        let note = |_, finding| reader.note(finding);
        if let Some(sums) = reader.bag.container.sums(reader.bag.files, &algorithms, &opening, &note) {
            return sums;
        }
    }
    let sizes: Vec<u64> =
        (0..reader.bag.files.len()).map(|file| reader.bag.entry(file).size_octets).collect();
    let phase = if reader.copy.is_some() { Phase::Extracting } else { Phase::Verifying };
    let begun = Step::Began {
        phase,
        files: sizes.len() as u64,
        octets: sizes.iter().fold(0, |sum, &size| sum.saturating_add(size)),
    };
    if observer.observe(begun) == ControlFlow::Break(()) {
        return Err(cancelled());
    }
    let sums = carry(reader, &sizes, &algorithms, threads, observer).map_err(|halt| match halt {
        Halt::Cancelled => cancelled(),
        Halt::Failed(error) => error,
    })?;
    let _ = observer.observe(Step::Ended);
    Ok(sums)
}

/// What the container says of each file against what was read.
fn compare_crc32(bag: &Bag<'_>, sums: &SumTable, report: &mut Report) {
    for file in 0..bag.files.len() {
        let entry = bag.entry(file);
        let (Some(expected), Some(found), Some(octets)) = (entry.crc32, sums.crc32(file), sums.size(file))
        else {
            continue;
        };
        if expected != found || octets != entry.size_octets {
            let message = format!(
                "expected {} octets with CRC-32 {expected:08x}, found {octets} with {found:08x}",
                entry.size_octets
            );
            report.findings.push(Finding::new(&E104, entry.path.as_str(), message));
        }
    }
}
