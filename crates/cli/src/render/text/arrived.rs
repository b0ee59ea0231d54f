//! What was done and found on arrival, in words.

use super::list;
use crate::Context;
use crate::bundle::packed::Damaged;
use export::bundle::{Checked, Receipt};
use ingest::Received;
use provenance::{Accession, Arrival, EventType, Outcome};
use std::collections::HashSet;

/// Lines of the answer: archives that were unpacked, digests that were compared.
pub(super) fn told(receipt: &Receipt, received: &Received, context: &mut Context<'_>) {
    let accession = &received.accession;
    for arrival in accession.arrivals.iter().filter(|one| one.event_type == EventType::Unpacking) {
        context.say(format_args!("  unpacked   {}: {}", arrival.object_path, arrival.detail));
    }
    let checked = &receipt.checked;
    if checked.lists() > 0 {
        context.say(format_args!("  checked    {}", compared(checked)));
    }
    let missing: HashSet<&str> = received.missing.iter().map(|missing| missing.path.as_str()).collect();
    if !missing.is_empty() {
        let count = missing.len();
        context.say(format_args!(
            "  missing    {count} that lists of checksums name, and that are not there; see metadata/events.csv"
        ));
    }
}

fn compared(checked: &Checked) -> String {
    let plural = if checked.lists() == 1 { "" } else { "s" };
    format!("{} of {} digests of {} list{plural} agree", checked.agreed(), checked.digests, checked.lists())
}

/// Warns of all that was not as it should be on arrival.
pub(crate) fn arrived(received: &Received, context: &mut Context<'_>) {
    let is_odd = |arrival: &&Arrival| arrival.outcome != Outcome::Success;
    let lines: Vec<String> = received
        .accession
        .arrivals
        .iter()
        .filter(is_odd)
        .map(|arrival| format!("{}: {}", arrival.object_path, arrival.detail))
        .collect();
    if !lines.is_empty() {
        context.remark(format_args!("warning: {} thing(s) to look at on arrival:", lines.len()));
        list(lines.iter().map(String::as_str), context);
    }
}

/// Warns of documents that were packed though they are not what their checksums say.
pub(crate) fn disagreeing(checked: &Checked, received: &Received, context: &mut Context<'_>) {
    if !checked.disagreements.is_empty() {
        context.remark(format_args!(
            "WARNING: packed though {} digest(s) that came with the documents do not agree with them:",
            checked.disagreements.len()
        ));
        let lines = lines(checked, &received.accession);
        list(lines.iter().map(String::as_str), context);
    }
}

/// Documents of which nothing was written, since they are not what their checksums say.
pub(crate) fn damaged(damaged: &Damaged, context: &mut Context<'_>) {
    arrived(&damaged.received, context);
    context.say("DAMAGED: nothing was written");
    context.say(format_args!("  checked    {}", compared(&damaged.checked)));
    for line in lines(&damaged.checked, &damaged.received.accession) {
        context.say(format_args!("  {line}"));
    }
}

fn lines(checked: &Checked, accession: &Accession) -> Vec<String> {
    let line = |one: &export::bundle::Disagreement| {
        let list = accession.lists.get(one.list).map_or("", String::as_str);
        format!(
            "{}: expected {} {} by {list}, found {}",
            accession.items[one.item].path,
            one.expected.algorithm(),
            one.expected,
            one.found
        )
    };
    checked.disagreements.iter().map(line).collect()
}
