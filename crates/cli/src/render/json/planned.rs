//! What a sheet would change, for machines.

use super::refused::VERSION;
use crate::spelling::{hex, shown};
use export::returned::{Plan, Table};
use export::revise::Revised;
use serde::Serialize;
use std::collections::BTreeMap;

/// The plan as a document.
#[derive(Serialize)]
pub(crate) struct Planned<'a> {
    version: u32,
    command: &'static str,
    dialect: &'a str,
    documents: u64,
    blank_rows: u64,
    remarks: &'a [String],
    unknown_columns: &'a [String],
    absent_columns: &'a [&'static str],
    tolerated: BTreeMap<&'static str, u64>,
    changes: Vec<Change<'a>>,
    problems: Vec<Problem<'a>>,
    missing: &'a [String],
    /// The new bundle; null if none was written.
    applied: Option<Applied<'a>>,
}

#[derive(Serialize)]
struct Applied<'a> {
    output: String,
    tag_manifests: BTreeMap<&'a str, &'a str>,
    /// Of its new seal.
    root: Option<String>,
    fingerprint: Option<String>,
}

#[derive(Serialize)]
struct Change<'a> {
    item_id: &'a str,
    path: &'a str,
    column: &'a str,
    old: &'a str,
    new: &'a str,
    row: u64,
    /// Whether it follows from a person's date in the same row.
    withdrawn: bool,
}

#[derive(Serialize)]
struct Problem<'a> {
    kind: &'static str,
    row: u64,
    column: &'a str,
    message: &'a str,
}

pub(crate) fn planned<'a>(table: &'a Table, plan: &'a Plan, revised: Option<&'a Revised>) -> Planned<'a> {
    let change = |change: &'a export::returned::Change| Change {
        item_id: &change.item_id,
        path: &change.path,
        column: change.column,
        old: &change.old,
        new: &change.new,
        row: change.line,
        withdrawn: change.is_withdrawn,
    };
    let problem = |problem: &'a export::returned::Problem| Problem {
        kind: problem.kind.name(),
        row: problem.line,
        column: &problem.column,
        message: &problem.message,
    };
    Planned {
        version: VERSION,
        command: "describe",
        dialect: &table.dialect,
        documents: plan.items,
        blank_rows: table.blank_rows,
        remarks: &table.remarks,
        unknown_columns: &plan.unknown_columns,
        absent_columns: &plan.absent_columns,
        tolerated: plan.tolerated.iter().map(|(why, count)| (why.words(), *count)).collect(),
        changes: plan.changes.iter().map(change).collect(),
        problems: plan.problems.iter().map(problem).collect(),
        missing: &plan.missing,
        applied: revised.map(|revised| Applied {
            output: shown(&revised.target),
            root: revised.root.as_ref().map(|root| hex(&root.hash)),
            fingerprint: revised.root.as_ref().map(|root| root.fingerprint().to_string()),
            tag_manifests: revised
                .tag_manifests
                .iter()
                .map(|(name, digest)| (name.as_str(), digest.as_str()))
                .collect(),
        }),
    }
}
