//! What a sheet would change, in words.

use super::{MOST_LISTED, files};
use crate::Context;
use crate::spelling::shown;
use export::returned::{Plan, Table};
use export::revise::Revised;
use provenance::name::excerpt;
use std::path::Path;

/// Every changed cell, everything that cannot be taken, and what was noticed. `is_applied` says that it
/// is not only planned.
pub(crate) fn planned(sheet: &Path, table: &Table, plan: &Plan, is_applied: bool, context: &mut Context<'_>) {
    context.say(format_args!("{}: {}", shown(sheet), table.dialect));
    context.say(format_args!(
        "  documents  {}, of which {} have a row",
        plan.items,
        plan.items - plan.missing.len() as u64
    ));
    if table.blank_rows > 0 {
        context.say(format_args!("  blank      {} rows", table.blank_rows));
    }
    for remark in &table.remarks {
        context.say(format_args!("  note       {}", excerpt(remark.as_bytes())));
    }
    if !plan.unknown_columns.is_empty() {
        let names: Vec<String> = plan.unknown_columns.iter().map(|name| excerpt(name.as_bytes())).collect();
        context.say(format_args!("  not taken  columns that a bundle does not have: {}", names.join(", ")));
    }
    for (why, count) in &plan.tolerated {
        context.say(format_args!("  the same   {count} cells but for {}", why.words()));
    }
    changes(plan, context);
    problems(plan, context);
    missing(plan, context);
    context.say(match (plan.changes.len(), plan.problems.len()) {
        (0, 0) => "  Nothing would change. Nothing was written.".to_owned(),
        (changes, 0) if is_applied => format!("  {changes} cells change."),
        (changes, 0) => format!("  {changes} cells would change. Nothing was written."),
        (changes, problems) => {
            format!("  {changes} cells would change, and {problems} cannot be taken. Nothing was written.")
        }
    });
}

/// The new bundle.
pub(crate) fn revised(revised: &Revised, context: &mut Context<'_>) {
    context.say(shown(&revised.target));
    context.say(format_args!("  carried    {}, untouched and read back", files(revised.payload.into())));
    for (name, digest) in &revised.tag_manifests {
        context.say(format_args!("  {name}  {digest}"));
    }
    if let Some(root) = &revised.root {
        context.say(format_args!("  fingerprint  {}", root.fingerprint()));
    }
    if revised.leftovers > 0 {
        context.remark(format_args!(
            "{} half-made bundle(s) lie beside it, of runs that were cut off or still go on: \
             see the hidden names with `.fonds-partial-`, and delete them when no run goes on",
            revised.leftovers
        ));
    }
}

fn changes(plan: &Plan, context: &mut Context<'_>) {
    let mut path = "";
    for change in plan.changes.iter().take(MOST_LISTED) {
        if change.path != path {
            path = &change.path;
            context.say(excerpt(path.as_bytes()));
        }
        let [old, new] = [&change.old, &change.new].map(|value| match &**value {
            "" => "(blank)".to_owned(),
            value => format!("`{}`", excerpt(value.as_bytes())),
        });
        let why = if change.is_withdrawn { ", since the date is a person's now" } else { "" };
        context.say(format_args!("  row {}, {}: {old} → {new}{why}", change.line, change.column));
    }
    more(plan.changes.len(), context);
}

fn problems(plan: &Plan, context: &mut Context<'_>) {
    if plan.problems.is_empty() {
        return;
    }
    context.say("cannot be taken");
    for problem in plan.problems.iter().take(MOST_LISTED) {
        let column = if problem.column.is_empty() { String::new() } else { format!(", {}", problem.column) };
        context.say(format_args!("  row {}{column}: {}", problem.line, problem.message));
    }
    more(plan.problems.len(), context);
}

fn missing(plan: &Plan, context: &mut Context<'_>) {
    if plan.missing.is_empty() {
        return;
    }
    context
        .say(format_args!("{} documents have no row in the sheet, and stay as they are", plan.missing.len()));
    for path in plan.missing.iter().take(MOST_LISTED) {
        context.say(format_args!("  {}", excerpt(path.as_bytes())));
    }
    more(plan.missing.len(), context);
}

fn more(count: usize, context: &mut Context<'_>) {
    if count > MOST_LISTED {
        context.say(format_args!("  … and {} more; --format json lists them all", count - MOST_LISTED));
    }
}
