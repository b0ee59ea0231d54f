//! Answers for machines: mirrors of the libraries' types, under a version of their own.

use bagit::Finding;
use export::bundle::Receipt;
use export::examine::Examined;
use export::overview::Overview;
use ingest::{Received, Warning};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Version of these documents; it changes when a field changes its meaning or goes away.
const VERSION: u32 = 1;

/// A document about several bags.
#[derive(Serialize)]
pub(crate) struct Document {
    version: u32,
    command: &'static str,
    bags: Vec<Bag>,
}

pub(crate) fn document(command: &'static str, bags: Vec<Bag>) -> Document {
    Document { version: VERSION, command, bags }
}

/// What was found of one bag.
#[derive(Serialize)]
pub(crate) struct Bag {
    path: String,
    verdict: &'static str,
    error: Option<String>,
    bagit_version: Option<String>,
    fonds_format: Option<String>,
    payload: Count,
    tag_files: u64,
    algorithms: Vec<&'static str>,
    events: Option<u64>,
    findings: Vec<FindingRow>,
}

#[derive(Default, Serialize)]
struct Count {
    files: u64,
    octets: u64,
}

impl From<fixity::Oxum> for Count {
    fn from(oxum: fixity::Oxum) -> Self {
        Self { files: oxum.streams, octets: oxum.octets }
    }
}

#[derive(Serialize)]
struct FindingRow {
    code: &'static str,
    severity: &'static str,
    path: String,
    clause: &'static str,
    message: String,
    hint: &'static str,
}

impl From<&Finding> for FindingRow {
    fn from(finding: &Finding) -> Self {
        let code = finding.code;
        Self {
            code: code.id,
            severity: code.severity().word(),
            path: finding.path.to_string(),
            clause: code.clause,
            message: finding.message.to_string(),
            hint: code.hint,
        }
    }
}

pub(crate) fn verified(path: &Path, examined: &Examined) -> Bag {
    let report = &examined.report;
    Bag {
        path: shown(path),
        verdict: report.verdict().word(),
        error: None,
        bagit_version: report.version.clone(),
        fonds_format: examined.format.clone(),
        payload: report.payload.into(),
        tag_files: report.tag_files,
        algorithms: report.algorithms.iter().map(|algorithm| algorithm.name()).collect(),
        events: examined.events.as_ref().map(|events| events.rows),
        findings: report.findings.iter().map(FindingRow::from).collect(),
    }
}

pub(crate) fn not_examined(path: &Path, error: &export::Error) -> Bag {
    Bag {
        path: shown(path),
        verdict: "not examined",
        error: Some(error.to_string()),
        bagit_version: None,
        fonds_format: None,
        payload: Count::default(),
        tag_files: 0,
        algorithms: Vec::new(),
        events: None,
        findings: Vec::new(),
    }
}

/// Why a command could not be done.
#[derive(Serialize)]
pub(crate) struct Refused<'a> {
    version: u32,
    command: &'static str,
    error: &'a str,
    hint: Option<&'a str>,
}

pub(crate) fn refused<'a>(command: &'static str, error: &'a str, hint: Option<&'a str>) -> Refused<'a> {
    Refused { version: VERSION, command, error, hint }
}

/// What was packed.
#[derive(Serialize)]
pub(crate) struct Packed<'a> {
    version: u32,
    command: &'static str,
    target: String,
    payload: Count,
    algorithms: Vec<&'static str>,
    formats_identified: u64,
    events: u64,
    renamed: u64,
    leftovers: u32,
    empty_folders: Vec<&'a str>,
    left_out: Vec<LeftOutRow<'a>>,
    warnings: Vec<String>,
    foreign_to_windows: Vec<&'a str>,
    tag_manifests: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct LeftOutRow<'a> {
    name: &'a str,
    reason: &'static str,
    detail: &'a str,
}

pub(crate) fn packed<'a>(receipt: &'a Receipt, received: &'a Received) -> Packed<'a> {
    let accession = &received.accession;
    let left_out = accession.left_out.iter();
    Packed {
        version: VERSION,
        command: "bundle",
        target: shown(&receipt.target),
        payload: receipt.payload.into(),
        algorithms: receipt.algorithms.iter().map(|algorithm| algorithm.name()).collect(),
        formats_identified: receipt.identified,
        events: receipt.events,
        renamed: received.renamed,
        leftovers: receipt.leftovers,
        empty_folders: accession.empty_folders.iter().map(fixity::PayloadPath::as_str).collect(),
        left_out: left_out
            .map(|left| LeftOutRow { name: &left.name, reason: left.reason.words(), detail: &left.detail })
            .collect(),
        warnings: received.warnings.iter().map(ToString::to_string).collect(),
        foreign_to_windows: received.warnings.iter().flat_map(foreign_to_windows).collect(),
        tag_manifests: receipt
            .tag_manifests
            .iter()
            .map(|(name, digest)| (name.as_str(), digest.as_str()))
            .collect(),
    }
}

fn foreign_to_windows(warning: &Warning) -> Vec<&str> {
    match warning {
        Warning::ForeignToWindows { paths } => paths.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What a bag says of itself.
#[derive(Serialize)]
pub(crate) struct Inspected<'a> {
    version: u32,
    command: &'static str,
    path: String,
    top: Option<&'a str>,
    bagit_version: Option<&'a str>,
    bag_info: &'a [(String, String)],
    payload: Count,
    tag_files: u64,
    empty_folders: u64,
    formats: BTreeMap<&'a str, Count>,
    modified_first: Option<String>,
    modified_last: Option<String>,
    events: Option<u64>,
    agents: &'a [String],
    software: &'a [String],
}

pub(crate) fn inspected<'a>(path: &Path, seen: &'a Overview) -> Inspected<'a> {
    let events = seen.events.as_ref();
    let time = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    Inspected {
        version: VERSION,
        command: "inspect",
        path: shown(path),
        top: seen.top.as_deref(),
        bagit_version: seen.version.as_deref(),
        bag_info: &seen.info,
        payload: seen.payload.into(),
        tag_files: seen.tag_files,
        empty_folders: seen.empty_folders,
        formats: seen
            .formats
            .iter()
            .map(|(media_type, oxum)| (media_type.as_str(), (*oxum).into()))
            .collect(),
        modified_first: seen.modified.map(|(first, _)| time(first)),
        modified_last: seen.modified.map(|(_, last)| time(last)),
        events: events.map(|events| events.rows),
        agents: events.map_or(&[], |events| &events.agents.list),
        software: events.map_or(&[], |events| &events.software.list),
    }
}

/// A path of this machine as text; octets that are not UTF-8 are spelt out.
fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => provenance::name::escape(path.as_os_str().as_encoded_bytes()),
    }
}

/// JSON escapes C0 controls only; what else a terminal would obey is escaped the same way here.
pub(crate) fn escape_controls(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && provenance::name::is_unsafe_character(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}
