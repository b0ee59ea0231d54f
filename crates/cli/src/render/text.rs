//! Answers for people.

use crate::Context;
use bagit::{Finding, Severity, Verdict};
use export::bundle::Receipt;
use export::examine::Examined;
use export::overview::Overview;
use fixity::{Algorithm, Oxum};
use indicatif::HumanBytes;
use ingest::Received;
use provenance::LeftOut;
use std::path::Path;

/// Names listed before the rest is only counted; the JSON has them all.
const MOST_LISTED: usize = 200;

fn names(algorithms: &[Algorithm]) -> String {
    algorithms.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ")
}

fn files(oxum: Oxum) -> String {
    let plural = if oxum.streams == 1 { "" } else { "s" };
    format!("{} file{plural}, {}", oxum.streams, HumanBytes(oxum.octets))
}

/// What was packed, what was left out, what was renamed.
pub(crate) fn packed(receipt: &Receipt, received: &Received, context: &mut Context<'_>) {
    context.say(receipt.target.display());
    context.say(format_args!("  packed     {}", files(receipt.payload)));
    context.say(format_args!("  digests    {}", names(&receipt.algorithms)));
    context.say(format_args!(
        "  formats    {} of {} told by content",
        receipt.identified, receipt.payload.streams
    ));
    context.say(format_args!("  events     {}", receipt.events));
    let accession = &received.accession;
    if !accession.empty_folders.is_empty() {
        context.say(format_args!("  empty      {} empty folders, kept", accession.empty_folders.len()));
    }
    if received.renamed > 0 {
        context.say(format_args!(
            "  renamed    {}; the raw names are in metadata/manifest.csv",
            received.renamed
        ));
    }
    for (name, digest) in &receipt.tag_manifests {
        context.say(format_args!("  {name}  {digest}"));
    }
    if !accession.left_out.is_empty() {
        context.remark(format_args!(
            "left out, and recorded in metadata/events.csv: {}",
            accession.left_out.len()
        ));
        let lines: Vec<String> = accession.left_out.iter().map(left_out).collect();
        list(lines.iter().map(String::as_str), context);
    }
}

fn left_out(left: &LeftOut) -> String {
    let gap = if left.detail.is_empty() { "" } else { "; " };
    format!("{}: {}{gap}{}", left.name, left.reason.words(), left.detail)
}

/// Remarks a list, of which a person reads no more than so much.
pub(crate) fn list<'a>(lines: impl ExactSizeIterator<Item = &'a str>, context: &mut Context<'_>) {
    let more = lines.len().saturating_sub(MOST_LISTED);
    for line in lines.take(MOST_LISTED) {
        context.remark(format_args!("  {line}"));
    }
    if more > 0 {
        context.remark(format_args!("  … and {more} more; --format json lists them all"));
    }
}

/// The verdict, and every finding.
pub(crate) fn verified(path: &Path, examined: &Examined, context: &mut Context<'_>) {
    let report = &examined.report;
    let verdict = report.verdict();
    let meaning = match verdict {
        Verdict::Verified => "every file is there, every digest agrees, and the seal vouches for it",
        Verdict::Consistent => "every file is there, and every digest agrees",
        Verdict::Weak => "every digest agrees, but these digests can be forged",
        Verdict::Incomplete => "what could be checked agrees, but not all could be checked",
        Verdict::Unreadable => "it, or a part of it, cannot be read",
        Verdict::Altered => "it is not what was packed, or was never packed rightly",
        Verdict::Unsafe => "it may harm who unpacks it, or show two readers two different things",
    };
    context.say(format_args!("{}: {}: {meaning}", path.display(), verdict.word()));
    let kind = match (&examined.format, &report.version) {
        (Some(format), _) => format!("bundle of fonds, format {format}"),
        (None, Some(version)) => format!("BagIt {version}"),
        (None, None) => "no bag declaration".to_owned(),
    };
    context.say(format_args!(
        "  {kind}; payload {}; {} tag files; {}",
        files(report.payload),
        report.tag_files,
        names(&report.algorithms)
    ));
    if let Some(events) = &examined.events {
        context.say(format_args!("  {} events, last row {}", events.rows, events.last_row.as_str()));
    }
    for finding in report.findings.iter().take(MOST_LISTED) {
        one_finding(finding, context);
    }
    if report.findings.len() > MOST_LISTED {
        let more = report.findings.len() - MOST_LISTED;
        context.say(format_args!("  … and {more} more findings; --format json lists them all"));
    }
    if verdict.is_sound() {
        context.say(
            "  This does not prove who made it: digests that agree can be made by anyone who changes both.",
        );
    }
}

fn one_finding(finding: &Finding, context: &mut Context<'_>) {
    let Finding { code, path, message } = finding;
    let place = if path.is_empty() { "the bag" } else { &**path };
    context.say(format_args!("  {} {} {place}: {message}", code.id, code.severity().word()));
    if code.severity() != Severity::Warning {
        context.say(format_args!("       {} ({})", code.hint, code.clause));
    }
}

/// What a bag says of itself.
pub(crate) fn inspected(path: &Path, seen: &Overview, context: &mut Context<'_>) {
    context.say(path.display());
    if let Some(top) = &seen.top {
        context.say(format_args!("  top        {top}/"));
    }
    context.say(format_args!(
        "  bagit      {}",
        seen.version.as_deref().unwrap_or("no declaration that can be read")
    ));
    context.say(format_args!("  payload    {}", files(seen.payload)));
    context.say(format_args!("  tag files  {}", seen.tag_files));
    if seen.empty_folders > 0 {
        context.say(format_args!("  empty      {} empty folders", seen.empty_folders));
    }
    for (label, value) in &seen.info {
        context.say(format_args!("  {label}: {}", value.replace('\n', " ")));
    }
    if let Some((first, last)) = seen.modified {
        context.say(format_args!("  modified   {} to {}", first.format("%Y-%m-%d"), last.format("%Y-%m-%d")));
    }
    if let Some(events) = &seen.events {
        context.say(format_args!("  events     {}", events.rows));
        for (label, list) in [("agent", &events.agents.list), ("software", &events.software.list)] {
            if !list.is_empty() {
                context.say(format_args!("  {label:<10} {}", list.join(" | ")));
            }
        }
    }
    for (media_type, oxum) in &seen.formats {
        let media_type = if media_type.is_empty() { "(format not known)" } else { media_type };
        context.say(format_args!("  {media_type:<44} {}", files(*oxum)));
    }
    context.say("  Nothing was verified; `fonds verify` does that.");
}
