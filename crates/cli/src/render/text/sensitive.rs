//! What in documents could identify a source, in words.

use crate::Context;
use crate::inspect::sensitive::{NOT_FOUND, Report, with_more};
use crate::spelling::shown;
use std::path::Path;

/// Documents shown of each kind; the sheet and the JSON have them all.
const MOST: usize = 100;

const ALL: &str = "--sheet FILE.csv or --format json lists them all";

/// The report of `fonds inspect --sensitive`.
pub(crate) fn sensitive_report(report: &Report<'_>, sheet: Option<&Path>, context: &mut Context<'_>) {
    let survey = &report.survey;
    let found = survey.found().count();
    let article = if report.what.starts_with('a') { "an" } else { "a" };
    context.say(format_args!(
        "{}: {article} {} of {}; in {found} of them something was found that could identify a source",
        report.path,
        report.what,
        documents(survey.documents()),
    ));
    let lines = survey.found().map(|(file, words)| format!("{}: {}", (report.name)(file), words.join("; ")));
    list(lines, found, context);
    if found > 0 {
        context.say("");
        let mut sorts: Vec<_> = survey.sorts().into_iter().collect();
        sorts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        for (sort, count) in sorts {
            context.say(format_args!("  {count:>6}  {sort}"));
        }
    }
    unseen(report, context);
    if let Some(sheet) = sheet {
        context.say("");
        context.say(format_args!("  all of it is in {}", shown(sheet)));
    }
    explain(report, found, context);
}

/// What nobody could look into.
fn unseen(report: &Report<'_>, context: &mut Context<'_>) {
    let number = report.survey.unseen().count() + report.beside.len();
    if number > 0 {
        context.say("");
        context.say("  not looked into, so that anything may be in them:");
        let lines = report.survey.unseen().map(|(file, reason, more)| {
            format!("{}: {}", (report.name)(file), with_more(reason.words(), more))
        });
        let beside = report.beside.iter().map(|(path, why)| format!("{path}: {why}"));
        list(lines.chain(beside), number, context);
    }
    if report.left_out > 0 {
        context.say(format_args!(
            "  {} links, pipes or devices were passed over; a bundle would not hold them, either",
            report.left_out
        ));
    }
}

/// What the report is worth, and what to do next.
fn explain(report: &Report<'_>, found: usize, context: &mut Context<'_>) {
    context.say("");
    context.say(
        "  Nothing was changed. What was found is not printed here; but the names of files and folders are,",
    );
    context.say("  and they may name a person, too.");
    context.say("  This report cannot find the following; a person has to look for it:");
    for what in NOT_FOUND {
        context.say(format_args!("    - {what}"));
    }
    if found > 0 || report.status() != crate::Status::Sound {
        context.say("  Next: of each of these documents make a copy without what must not be known, look at the copy,");
        context
            .say("  and hand only that on; keep the original unaltered and sealed, for it is the evidence.");
    }
}

fn list(lines: impl Iterator<Item = String>, number: usize, context: &mut Context<'_>) {
    for line in lines.take(MOST) {
        context.say(format_args!("  {line}"));
    }
    if number > MOST {
        context.say(format_args!("  … and {} more; {ALL}", number - MOST));
    }
}

fn documents(number: u64) -> String {
    format!("{number} document{}", if number == 1 { "" } else { "s" })
}
