//! What in documents could identify a source, for machines.

use super::refused::VERSION;
use crate::inspect::sensitive::{NOT_FOUND, Report};
use serde::Serialize;
use std::collections::BTreeMap;

/// The report of `fonds inspect --sensitive`.
#[derive(Serialize)]
pub(crate) struct SensitiveReport<'a> {
    version: u32,
    command: &'static str,
    report: &'static str,
    path: &'a str,
    what: &'static str,
    documents: u64,
    sorts: BTreeMap<&'a str, u64>,
    found: Vec<Found<'a>>,
    not_looked_into: Vec<NotLookedInto<'a>>,
    left_out: u64,
    cannot_find: [&'static str; NOT_FOUND.len()],
    status: u8,
}

#[derive(Serialize)]
struct Found<'a> {
    path: String,
    found: Vec<&'a str>,
}

#[derive(Serialize)]
struct NotLookedInto<'a> {
    path: String,
    reason: &'a str,
    detail: &'a str,
}

pub(crate) fn sensitive_report<'a>(report: &'a Report<'_>) -> SensitiveReport<'a> {
    let survey = &report.survey;
    let unseen = survey.unseen().map(|(file, reason, detail)| NotLookedInto {
        path: (report.name)(file),
        reason: reason.words(),
        detail,
    });
    let beside = report.beside.iter();
    let beside = beside.map(|(path, why)| NotLookedInto {
        path: path.clone(),
        reason: "could not be read",
        detail: why,
    });
    SensitiveReport {
        version: VERSION,
        command: "inspect",
        report: "sensitive",
        path: &report.path,
        what: report.what,
        documents: survey.documents(),
        sorts: survey.sorts(),
        found: survey.found().map(|(file, found)| Found { path: (report.name)(file), found }).collect(),
        not_looked_into: unseen.chain(beside).collect(),
        left_out: report.left_out,
        cannot_find: NOT_FOUND,
        status: report.status() as u8,
    }
}
