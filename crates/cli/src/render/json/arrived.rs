//! What was done and found on arrival, for machines.

use super::refused::VERSION;
use crate::bundle::packed::Damaged;
use export::bundle::Checked;
use ingest::Received;
use serde::Serialize;

/// Documents of which nothing was written, since they are not what their checksums say.
#[derive(Serialize)]
pub(crate) struct DamagedAnswer<'a> {
    version: u32,
    command: &'static str,
    error: &'a str,
    hint: &'a str,
    status: u8,
    arrivals: Vec<ArrivalRow<'a>>,
    checked: CheckedAnswer<'a>,
    missing: Vec<MissingRow<'a>>,
}

pub(crate) fn damaged(damaged: &Damaged) -> DamagedAnswer<'_> {
    DamagedAnswer {
        version: VERSION,
        command: "bundle",
        error: &damaged.message,
        hint: &damaged.hint,
        status: crate::Status::Unsound as u8,
        arrivals: arrivals(&damaged.received),
        checked: checked(&damaged.checked, &damaged.received),
        missing: missing(&damaged.received),
    }
}

/// What was done or found on arrival.
#[derive(Serialize)]
pub(super) struct ArrivalRow<'a> {
    event_type: &'static str,
    object_path: &'a str,
    digest: Option<String>,
    outcome: &'static str,
    detail: &'a str,
}

pub(super) fn arrivals(received: &Received) -> Vec<ArrivalRow<'_>> {
    let rows = received.accession.arrivals.iter().map(|arrival| ArrivalRow {
        event_type: arrival.event_type.label(),
        object_path: &arrival.object_path,
        digest: arrival.digest_before.map(|digest| format!("{}:{digest}", digest.algorithm())),
        outcome: arrival.outcome.word(),
        detail: &arrival.detail,
    });
    rows.collect()
}

/// Digests that came with the documents.
#[derive(Serialize)]
pub(super) struct CheckedAnswer<'a> {
    lists: Vec<&'a str>,
    digests: u64,
    agreed: u64,
    disagreements: Vec<DisagreementRow<'a>>,
}

#[derive(Serialize)]
struct DisagreementRow<'a> {
    path: &'a str,
    list: &'a str,
    algorithm: &'static str,
    expected: String,
    found: String,
}

pub(super) fn checked<'a>(checked: &Checked, received: &'a Received) -> CheckedAnswer<'a> {
    let accession = &received.accession;
    let list = |list: usize| accession.lists.get(list).map_or("", String::as_str);
    let rows = checked.disagreements.iter().map(|one| DisagreementRow {
        path: accession.items[one.item].path.as_str(),
        list: list(one.list),
        algorithm: one.expected.algorithm().name(),
        expected: one.expected.to_string(),
        found: one.found.to_string(),
    });
    CheckedAnswer {
        lists: accession.lists.iter().map(String::as_str).collect(),
        digests: checked.digests,
        agreed: checked.agreed(),
        disagreements: rows.collect(),
    }
}

/// A file that a list names, and that is not there.
#[derive(Serialize)]
pub(super) struct MissingRow<'a> {
    path: &'a str,
    list: &'a str,
}

pub(super) fn missing(received: &Received) -> Vec<MissingRow<'_>> {
    let list = |list: usize| received.accession.lists.get(list).map_or("", String::as_str);
    received
        .missing
        .iter()
        .map(|missing| MissingRow { path: &missing.path, list: list(missing.list) })
        .collect()
}
