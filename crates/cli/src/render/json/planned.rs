//! What a sheet would change, for machines.

use super::VERSION;
use export::returned::{Plan, Table};
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
}

#[derive(Serialize)]
struct Change<'a> {
    item_id: &'a str,
    path: &'a str,
    column: &'a str,
    old: &'a str,
    new: &'a str,
    row: u64,
}

#[derive(Serialize)]
struct Problem<'a> {
    kind: &'static str,
    row: u64,
    column: &'a str,
    message: &'a str,
}

pub(crate) fn planned<'a>(table: &'a Table, plan: &'a Plan) -> Planned<'a> {
    let change = |change: &'a export::returned::Change| Change {
        item_id: &change.item_id,
        path: &change.path,
        column: change.column,
        old: &change.old,
        new: &change.new,
        row: change.line,
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
    }
}
