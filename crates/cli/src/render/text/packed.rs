//! What was packed, in words.

use super::{files, list, names};
use crate::Context;
use crate::bundle::described::Described;
use crate::bundle::packed::Packed;
use crate::spelling::shown;
use export::bundle::{CaptureTally, Receipt, Tally};
use ingest::Received;
use provenance::LeftOut;

/// Documents shown that could identify a source: the warning is to be read, and the report has them all.
const MOST_SENSITIVE: usize = 20;

/// What was packed, what was left out, what was renamed.
pub(crate) fn packed(packed: &Packed, context: &mut Context<'_>) {
    let Packed { receipt, received, described, signed } = packed;
    context.say(receipt.target.display());
    context.say(format_args!("  packed     {}", files(receipt.payload.into())));
    super::arrived::told(receipt, received, context);
    context.say(format_args!("  digests    {}", names(&receipt.algorithms)));
    context.say(format_args!(
        "  formats    {} of {} told by content",
        receipt.identified, receipt.payload.streams
    ));
    if receipt.disagreeing > 0 {
        context.say(format_args!(
            "  look at    {} with an extension that is not of their format: see metadata/events.csv",
            receipt.disagreeing
        ));
    }
    if let Some(tally) = &receipt.suggested {
        suggested(tally, context);
    }
    if let Some(described) = described {
        let Described { documents, form, dialect, .. } = described;
        context.say(format_args!(
            "  described  {documents} documents by the list that was given: {form} ({dialect})"
        ));
    }
    if let Some(mentioned) = &receipt.mentioned {
        context.say(format_args!("  mentioned  {mentioned}: to be confirmed by a person"));
    }
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
    context.say(format_args!("  fingerprint  {}", receipt.root.fingerprint()));
    for signature in signed.iter().flatten().flat_map(|sealed| &sealed.added) {
        context.say(format_args!("  signed     {}: {}", signature.path, signature.detail));
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

/// How a list was read that describes documents, and what of it is about none that is here.
pub(crate) fn described(described: &Described, context: &mut Context<'_>) {
    let Described { by_name, not_there, of_no_document, remarks, .. } = described;
    for remark in remarks {
        context.remark(format_args!("the list: {remark}"));
    }
    if !by_name.is_empty() {
        let count = by_name.len();
        context.remark(format_args!("the list: {count} documents were found by their names alone"));
        list(by_name.iter().map(String::as_str), context);
    }
    if *of_no_document > 0 {
        context.remark(format_args!(
            "the list: {of_no_document} rows describe folders or higher levels; they are in metadata/events.csv"
        ));
    }
    if !not_there.is_empty() {
        context
            .remark(format_args!("warning: the list describes {} files that are not here", not_there.len()));
        list(not_there.iter().map(String::as_str), context);
    }
}

/// What was suggested, and that nobody has said so yet.
fn suggested(tally: &Tally, context: &mut Context<'_>) {
    let Tally { titles, dates, creators, .. } = tally;
    context.say(format_args!(
        "  suggested  a title for {titles}, a date for {dates}, a creator for {creators}: to be confirmed by a person"
    ));
    let looked_at = [
        (tally.hollow, "hollow captures (web pages without their content)"),
        (tally.given_up, "not read to the end"),
        (tally.shortened, "with a suggestion too long for the sheet"),
    ];
    let remarks: Vec<String> = looked_at
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !remarks.is_empty() {
        context.say(format_args!("  look at    {}: see metadata/events.csv", remarks.join(", ")));
    }
    if tally.captures.groups > 0 {
        let CaptureTally { complete, groups } = tally.captures;
        let plural = if groups == 1 { "group meets" } else { "groups meet" };
        context.say(format_args!("  captures   {complete} of {groups} {plural} the usual court minimum"));
    }
}

/// Warns of documents that could identify a source, before anybody hands the bundle on.
pub(crate) fn sensitive(receipt: &Receipt, received: &Received, context: &mut Context<'_>) {
    let files = receipt.suggested.as_ref().map_or(&[][..], |tally| &tally.sensitive);
    if files.is_empty() {
        return;
    }
    context.remark(format_args!(
        "warning: {} document(s) could identify a source; metadata/events.csv says by what, and nothing was taken out",
        files.len()
    ));
    let mut sorts: Vec<_> = receipt.suggested.iter().flat_map(|tally| &tally.sensitive_sorts).collect();
    sorts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let sorts: Vec<String> = sorts.into_iter().map(|(sort, count)| format!("{sort} in {count}")).collect();
    if !sorts.is_empty() {
        context.remark(format_args!("  found: {}", sorts.join(", ")));
    }
    for &file in files.iter().take(MOST_SENSITIVE) {
        context.remark(format_args!("  {}", received.accession.items[file].path));
    }
    let more = files.len().saturating_sub(MOST_SENSITIVE);
    if more > 0 {
        context.remark(format_args!("  … and {more} more"));
    }
    context.remark(format_args!(
        "  before you hand it on: fonds inspect --sensitive {} --sheet FILE.csv",
        shown(&receipt.target)
    ));
}

fn left_out(left: &LeftOut) -> String {
    let gap = if left.detail.is_empty() { "" } else { "; " };
    format!("{}: {}{gap}{}", left.name, left.reason.words(), left.detail)
}
