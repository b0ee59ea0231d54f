//! Answers for machines: mirrors of the libraries' types, under a version of their own.

mod answers;
mod arrived;
mod planned;
pub(crate) mod refused;
mod sealed;
mod sensitive;

pub(crate) use answers::Answers;
pub(crate) use arrived::damaged;
pub(crate) use planned::planned;
pub(crate) use sealed::sealed;
pub(crate) use sensitive::sensitive_report;

use crate::answer::{Count, kind_word, scheme_word};
use crate::bundle::{described, packed};
use crate::spelling::{escape_controls, hex, shown};
use arrived::{ArrivalRow, CheckedAnswer, MissingRow, arrivals, checked, missing};
use export::bundle::{MentionTally, Tally};
use export::overview::Overview;
use export::vouching::Place;
use ingest::{Received, Warning};
use provenance::description::MentionKind;
use refused::VERSION;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What was packed.
#[derive(Serialize)]
pub(crate) struct Packed<'a> {
    version: u32,
    command: &'static str,
    target: String,
    payload: Count,
    algorithms: Vec<&'static str>,
    formats_identified: u64,
    extension_disagrees: u64,
    suggested: Option<SuggestedCounts<'a>>,
    described: Option<u64>,
    described_by: Option<DescribedBy<'a>>,
    arrivals: Vec<ArrivalRow<'a>>,
    checked: CheckedAnswer<'a>,
    missing: Vec<MissingRow<'a>>,
    mentioned: Option<MentionedCounts>,
    events: u64,
    renamed: u64,
    leftovers: u32,
    empty_folders: Vec<&'a str>,
    left_out: Vec<LeftOutRow<'a>>,
    warnings: Vec<String>,
    foreign_to_windows: Vec<&'a str>,
    tag_manifests: BTreeMap<&'a str, &'a str>,
    /// The root of the seal, in hexadecimal.
    root: String,
    fingerprint: String,
    /// Paths of the signatures that were asked for with `--sign`.
    signatures: Vec<&'a str>,
}

/// The list that describes documents, and how it was read.
#[derive(Serialize)]
struct DescribedBy<'a> {
    form: &'static str,
    dialect: &'a str,
    by_name: usize,
    /// Each of those: what the list says, and what is here.
    found_by_name: &'a [String],
    not_there: &'a [String],
    of_no_document: u64,
    remarks: &'a [String],
}

fn described_by(described: &described::Described) -> DescribedBy<'_> {
    let described::Described { form, dialect, by_name, not_there, of_no_document, remarks, .. } = described;
    DescribedBy {
        form,
        dialect,
        by_name: by_name.len(),
        found_by_name: by_name,
        not_there,
        of_no_document: *of_no_document,
        remarks,
    }
}

/// What was suggested, to be confirmed by a person.
#[derive(Serialize)]
struct SuggestedCounts<'a> {
    confirmed: bool,
    described: u64,
    titles: u64,
    dates: u64,
    creators: u64,
    captures: u64,
    captures_with_court_minimum: u64,
    hollow_captures: u64,
    given_up: u64,
    shortened: u64,
    sensitive: Vec<&'a str>,
    sensitive_sorts: &'a BTreeMap<String, u64>,
}

fn suggested<'a>(tally: &'a Tally, received: &'a Received) -> SuggestedCounts<'a> {
    let items = &received.accession.items;
    SuggestedCounts {
        // A machine's suggestions are nobody's word.
        confirmed: false,
        described: tally.described,
        titles: tally.titles,
        dates: tally.dates,
        creators: tally.creators,
        captures: tally.captures.groups,
        captures_with_court_minimum: tally.captures.complete,
        hollow_captures: tally.hollow,
        given_up: tally.given_up,
        shortened: tally.shortened,
        sensitive: tally.sensitive.iter().map(|&file| items[file].path.as_str()).collect(),
        sensitive_sorts: &tally.sensitive_sorts,
    }
}

/// What `metadata/mentions.csv` holds, to be confirmed by a person.
#[derive(Serialize)]
struct MentionedCounts {
    confirmed: bool,
    documents: u64,
    /// By kind.
    mentions: BTreeMap<&'static str, u64>,
}

fn mentioned(tally: &MentionTally) -> MentionedCounts {
    let mentions = MentionKind::ALL.into_iter().map(|kind| (kind.word(), tally.of(kind))).collect();
    MentionedCounts { confirmed: false, documents: tally.documents, mentions }
}

#[derive(Serialize)]
struct LeftOutRow<'a> {
    name: &'a str,
    reason: &'static str,
    detail: &'a str,
}

pub(crate) fn packed(packed: &packed::Packed) -> Packed<'_> {
    let packed::Packed { receipt, received, described, signed } = packed;
    let accession = &received.accession;
    let left_out = accession.left_out.iter();
    Packed {
        version: VERSION,
        command: "bundle",
        target: shown(&receipt.target),
        payload: receipt.payload.into(),
        algorithms: receipt.algorithms.iter().map(|algorithm| algorithm.name()).collect(),
        formats_identified: receipt.identified,
        extension_disagrees: receipt.disagreeing,
        suggested: receipt.suggested.as_ref().map(|tally| suggested(tally, received)),
        described: described.as_ref().map(|described| described.documents),
        described_by: described.as_ref().map(described_by),
        arrivals: arrivals(received),
        checked: checked(&receipt.checked, received),
        missing: missing(received),
        mentioned: receipt.mentioned.as_ref().map(mentioned),
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
        root: hex(&receipt.root.hash),
        fingerprint: receipt.root.fingerprint().to_string(),
        signatures: signed
            .iter()
            .flatten()
            .flat_map(|sealed| &sealed.added)
            .map(|added| added.path.as_str())
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
    /// The fingerprint of the seal's root, as it stands there.
    fingerprint: Option<String>,
    /// Signatures and timestamps, by their names alone.
    vouchers: Vec<PlaceRow<'a>>,
}

/// A signature or timestamp that nobody judged.
#[derive(Serialize)]
struct PlaceRow<'a> {
    path: &'a str,
    over: Option<&'a str>,
    kind: &'static str,
    scheme: &'static str,
}

fn place(place: &Place) -> PlaceRow<'_> {
    let (kind, scheme) = (kind_word(place.kind), scheme_word(place.scheme));
    PlaceRow { path: &place.path, over: place.over.as_deref(), kind, scheme }
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
        fingerprint: seen.root.as_ref().map(|root| root.fingerprint().to_string()),
        vouchers: seen.vouchers.iter().map(place).collect(),
    }
}

/// A value as JSON on one line that no terminal obeys.
pub(crate) fn line(value: &impl Serialize) -> String {
    // Only a map with keys that are no text, or a `Serialize` that fails, has no JSON; none of ours is so.
    let text = serde_json::to_string(value).unwrap_or_default();
    if provenance::name::is_harmless(&text) { text } else { escape_controls(&text) }
}
