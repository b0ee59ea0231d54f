//! What the manifests say should be there.

use super::Bag;
use super::lines::{LONGEST_LINE, Line, each_line};
use crate::Report;
use crate::finding::{Code, E205, E210, E301, E302, E303, E304, E305, Finding, W206, W207, W306, W407};
use fixity::manifest::{LineProblem, Oddity, parse_line, write_line};
use fixity::{Algorithm, Digest, PayloadPath};
use std::ops::Range;
use std::sync::Mutex;

/// One manifest or tag manifest, read.
#[derive(Debug)]
pub(super) struct Manifest {
    /// Its own path.
    pub(super) name: String,
    pub(super) algorithm: Algorithm,
    /// Whether it lists the payload, or tag files.
    pub(super) is_payload: bool,
    /// Numbers of the payload files; the others are tag files.
    payload: Range<usize>,
    /// Expected digests of the files that it may list, by their rank among these.
    digests: Vec<u8>,
    /// Whether each of them is listed.
    listed: Vec<bool>,
    /// Listed, and not there.
    pub(super) missing: Vec<PayloadPath>,
    /// Whether every octet is as fonds writes it, and the lines are in order.
    pub(super) is_canonical: bool,
}

impl Manifest {
    fn new(bag: &Bag<'_>, name: &str, algorithm: Algorithm, is_payload: bool) -> Self {
        let payload = bag.payload();
        let files = if is_payload { payload.len() } else { bag.files.len() - payload.len() };
        Self {
            name: name.to_owned(),
            algorithm,
            is_payload,
            payload,
            digests: vec![0; files * algorithm.octets()],
            listed: vec![false; files],
            missing: Vec::new(),
            is_canonical: true,
        }
    }

    /// Rank of a file among those that this manifest may list.
    fn rank(&self, file: usize) -> Option<usize> {
        match (self.is_payload, self.payload.contains(&file)) {
            (true, true) => Some(file - self.payload.start),
            (false, false) if file < self.payload.start => Some(file),
            (false, false) => Some(file - self.payload.len()),
            _ => None,
        }
    }

    fn lists(&self, file: usize) -> bool {
        self.rank(file).is_some_and(|rank| self.listed[rank])
    }

    /// What a file should sum to; `None` if it is not listed.
    pub(super) fn expected(&self, file: usize) -> Option<Digest> {
        let rank = self.rank(file).filter(|&rank| self.listed[rank])?;
        let octets = self.algorithm.octets();
        Digest::from_octets(self.algorithm, &self.digests[rank * octets..][..octets])
    }

    fn expect(&mut self, file: usize, digest: &Digest) {
        let Some(rank) = self.rank(file) else { return };
        let octets = self.algorithm.octets();
        self.digests[rank * octets..][..octets].copy_from_slice(digest.octets());
        self.listed[rank] = true;
    }
}

/// Splits `manifest-sha256.txt` into its algorithm and whether it lists the payload.
fn named(path: &str) -> Option<(&str, bool)> {
    let stem = path.strip_suffix(".txt")?;
    let (algorithm, is_payload) = match stem.strip_prefix("manifest-") {
        Some(algorithm) => (algorithm, true),
        None => (stem.strip_prefix("tagmanifest-")?, false),
    };
    (!algorithm.contains('/')).then_some((algorithm, is_payload))
}

/// Reads every manifest and tag manifest.
pub(super) fn read_all(bag: &Bag<'_>, report: &mut Report) -> Vec<Manifest> {
    let mut manifests = Vec::new();
    let (mut payload, mut tag) = (0, 0);
    for file in 0..bag.files.len() {
        let path = &bag.entry(file).path;
        let Some((name, is_payload)) = named(path.as_str()) else {
            continue;
        };
        *(if is_payload { &mut payload } else { &mut tag }) += 1;
        match name.parse::<Algorithm>() {
            Ok(algorithm) => manifests.push(read_one(bag, file, algorithm, is_payload, report)),
            Err(unknown) => report.findings.push(Finding::new(
                &W206,
                path.as_str(),
                format!("expected an algorithm that fonds knows, found: {unknown}"),
            )),
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
    let strong = |manifest: &&Manifest| manifest.is_payload && manifest.algorithm.is_strong();
    if payload > 0 && !manifests.is_empty() && manifests.iter().find(strong).is_none() {
        report.findings.push(Finding::new(&W207, "", "expected sha256 or sha512, found only md5 or sha1"));
    }
    for manifest in manifests.iter().filter(|manifest| !manifest.is_payload) {
        require_payload_manifests(bag, manifest, report);
    }
    manifests
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

fn read_one(
    bag: &Bag<'_>,
    file: usize,
    algorithm: Algorithm,
    is_payload: bool,
    report: &mut Report,
) -> Manifest {
    let entry = bag.entry(file);
    let name = entry.path.as_str();
    let mut reading = Lines {
        bag,
        manifest: Manifest::new(bag, name, algorithm, is_payload),
        findings: Vec::new(),
        number: 0,
        next: 0,
        last: None,
    };
    let noted = Mutex::new(Vec::new());
    let stream = bag.container.open(bag.files[file], &|_, finding| {
        noted.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(finding);
    });
    let read = stream.map(|stream| each_line(stream, |line| reading.take(line)));
    if let Some(Err(error)) = read {
        reading.findings.push(crate::container::unreadable(&entry.path, &error));
    }
    report.findings.append(&mut reading.findings);
    report.findings.extend(noted.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
    reading.manifest
}

/// Takes the lines of one manifest.
struct Lines<'a> {
    bag: &'a Bag<'a>,
    manifest: Manifest,
    findings: Vec<Finding>,
    number: usize,
    /// File number that is probably listed next: manifests are mostly in order.
    next: usize,
    last: Option<PayloadPath>,
}

impl Lines<'_> {
    fn note(&mut self, code: &'static Code, message: &str) {
        let message = format!("line {}: {message}", self.number);
        self.findings.push(Finding::new(code, self.manifest.name.as_str(), message));
    }

    fn take(&mut self, line: Line<'_>) {
        self.number += 1;
        let Line::Whole(mut line, end) = line else {
            return self.note(&E301, &format!("expected at most {LONGEST_LINE} octets, found more"));
        };
        if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
            self.note(&E210, "expected no byte order mark, found one");
            line = &line[3..];
        }
        let read = match parse_line(line, self.manifest.algorithm) {
            Ok(read) => read,
            Err(LineProblem::Path(problem)) => {
                let path = String::from_utf8_lossy(line).into_owned();
                return self.note(
                    &E303,
                    &format!("expected a path inside the bag, found one that {problem}: {path}"),
                );
            }
            Err(problem) => {
                return self.note(&E301, &format!("expected `checksum filepath`; {problem}"));
            }
        };
        if let Some(oddity) = read.oddity {
            self.note(
                &W306,
                match oddity {
                    Oddity::BinaryMarker => {
                        "expected the path right after the white space, found `*` before it"
                    }
                    Oddity::RawPercent => "expected `%` to be written `%25`, found it as it is",
                    Oddity::LeadingDot => "expected the path relative to the bag, found a leading `./`",
                },
            );
        }
        if !self.belongs(&read.path) {
            return;
        }
        if self.manifest.is_canonical {
            let mut canonical = Vec::with_capacity(line.len() + 1);
            write_line(&mut canonical, &read.digest, read.path.as_str());
            let in_order = self.last.as_ref().is_none_or(|last| *last < read.path);
            self.manifest.is_canonical =
                in_order && canonical.strip_suffix(end) == Some(line) && end == b"\n";
        }
        self.list(&read.path, &read.digest);
        self.last = Some(read.path);
    }

    /// Whether a path may stand in this manifest.
    fn belongs(&mut self, path: &PayloadPath) -> bool {
        if self.manifest.is_payload && !path.is_payload() {
            self.note(&E303, &format!("expected a path below `data/`, found `{path}`"));
            return false;
        }
        let is_tag_manifest = named(path.as_str()).is_some_and(|(_, is_payload)| !is_payload);
        if !self.manifest.is_payload && (path.is_payload() || is_tag_manifest) {
            self.note(&E304, &format!("expected a tag file that is no tag manifest, found `{path}`"));
            return false;
        }
        true
    }

    fn list(&mut self, path: &PayloadPath, digest: &Digest) {
        let is_next = self.next < self.bag.files.len() && self.bag.entry(self.next).path == *path;
        let file = if is_next { Some(self.next) } else { self.bag.file(path.as_str()) };
        match file {
            Some(file) if self.manifest.lists(file) => {
                self.note(&E302, &format!("expected each path once, found `{path}` again"));
            }
            Some(file) => {
                self.manifest.expect(file, digest);
                self.next = file + 1;
            }
            None => self.manifest.missing.push(path.clone()),
        }
    }
}
