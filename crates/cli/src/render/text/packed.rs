//! What was packed, in words.

use super::{files, list, names};
use crate::Context;
use export::bundle::Receipt;
use ingest::Received;
use provenance::LeftOut;

/// What was packed, what was left out, what was renamed.
pub(crate) fn packed(receipt: &Receipt, received: &Received, context: &mut Context<'_>) {
    context.say(receipt.target.display());
    context.say(format_args!("  packed     {}", files(receipt.payload.into())));
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
