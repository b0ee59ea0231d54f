//! All about one bag, in words.

use super::vouched::{nobody, vouched};
use super::{ALL_FINDINGS, MOST_LISTED, files, finding_line, hint_line};
use crate::Context;
use crate::answer::{Act, Answer, FindingRow, Part, ReceiptRow};
use crate::render::meaning::{meaning, paragraph};
use crate::rendering::{Rendering, Tally};

/// Findings shown of a bag that has more than a person reads; before them stands how many there are.
const FIRST_FINDINGS: u64 = 50;

/// Unprotected files shown; most bags that have any have few.
const MOST_UNPROTECTED: usize = 20;

/// Verdict, facts, findings, what is not protected, and what it all means.
#[derive(Default)]
pub(crate) struct OneBag {
    answer: Option<Answer>,
    is_summarised: bool,
    findings: u64,
    unprotected: Vec<String>,
}

impl Rendering for OneBag {
    fn begin(&mut self, answer: &Answer, context: &mut Context<'_>) {
        if let Some(error) = &answer.error {
            context.fail(error, answer.hint.as_deref());
            return;
        }
        context.say(format_args!("{}: {}: {}", answer.path, answer.word(), meaning(answer)));
        facts(answer, context);
        *self = Self {
            answer: Some(answer.clone()),
            is_summarised: answer.counts.findings() > MOST_LISTED as u64,
            ..Self::default()
        };
        if self.is_summarised {
            summary(answer, context);
        }
    }

    fn unprotected(&mut self, path: &str, _: &mut Context<'_>) {
        if self.unprotected.len() < MOST_UNPROTECTED {
            self.unprotected.push(path.to_owned());
        }
    }

    fn finding(&mut self, row: &FindingRow<'_>, context: &mut Context<'_>) {
        self.findings += 1;
        if !self.is_summarised {
            context.say(finding_line(row));
            if let Some(line) = hint_line(row) {
                context.say(line);
            }
        } else if self.findings <= FIRST_FINDINGS {
            context.say(finding_line(row));
        }
    }

    fn end(&mut self, broken_off: Option<&str>, context: &mut Context<'_>) {
        let Some(answer) = self.answer.take() else { return };
        if self.is_summarised {
            let more = answer.counts.findings().saturating_sub(FIRST_FINDINGS);
            context.say(format_args!("  … and {more} more findings; {ALL_FINDINGS}"));
            if answer.counts.not_listed > 0 {
                let number = answer.counts.not_listed;
                context.say(format_args!("  but {number}, which are only counted: there are too many"));
            }
        }
        protection(&answer, &self.unprotected, context);
        if let Some(reason) = broken_off {
            context.remark(format_args!("fonds: {reason}"));
        }
        context.say("");
        for line in paragraph(&answer) {
            context.say(format_args!("  {line}"));
        }
    }

    fn close(&mut self, _: &Tally, _: &mut Context<'_>) {}
}

/// What kind of bag it is, and what is in it.
fn facts(answer: &Answer, context: &mut Context<'_>) {
    let kind = match (&answer.fonds_format, &answer.bagit_version) {
        (Some(format), _) => format!("bundle of fonds, format {format}"),
        (None, Some(version)) => format!("BagIt {version}"),
        (None, None) => "no bag declaration".to_owned(),
    };
    context.say(format_args!(
        "  {kind}; payload {}; {} tag files; {}",
        files(answer.payload),
        answer.tag_files,
        answer.algorithms.join(", ")
    ));
    if let (Some(events), Some(last)) = (answer.events, &answer.last_event) {
        context.say(format_args!("  {events} events, last row {last}"));
    }
    if let Some(part) = &answer.disclosure {
        disclosure(part, context);
    }
    if let Some(fingerprint) = &answer.fingerprint {
        context.say(format_args!("  fingerprint {fingerprint}"));
    }
    vouched(answer, context);
    for ReceiptRow { path, comparison, made, .. } in &answer.receipts {
        context.say(format_args!("  receipt {path}, made {made}: {}", compared(comparison)));
    }
}

/// What came of comparing with a receipt, for people.
fn compared(comparison: &str) -> &'static str {
    match comparison {
        "same" => "the same: every sealed file is as it was then",
        "same-part" => "the same root: this is a part of the bundle that the receipt speaks of",
        "altered-since" => "altered since: this is not what was there then",
        "another-bundle" => "of another bundle: it says nothing about this one",
        _ => "not compared: not all files could be checked",
    }
}

/// How much of the whole is here, and who withheld the rest.
fn disclosure(part: &Part, context: &mut Context<'_>) {
    let Part { bundle, slots, opened, withheld, withholdings, signed_by } = part;
    context.say(format_args!(
        "  a disclosure of `{bundle}`: {withheld} of {slots} slots withheld, {opened} opened and proved to be of it"
    ));
    for Act { slots, reason, at, agent } in withholdings {
        let agent = agent.as_deref().unwrap_or("somebody who is not named");
        context.say(format_args!("  {slots} withheld by {agent}, who says at {at}: {reason}"));
    }
    match signed_by {
        Some(key) => {
            context.say(format_args!("  that is signed by the key {key}; whose it is was not checked"));
        }
        None => context.say("  nobody signed that"),
    }
}

/// How often each code was found, and what to do about it.
fn summary(answer: &Answer, context: &mut Context<'_>) {
    context.say(format_args!("  {} findings:", answer.counts.findings()));
    for code in &answer.codes {
        context.say(format_args!(
            "  {} {:<9} ×{:<8} {} ({})",
            code.code, code.severity, code.count, code.hint, code.clause
        ));
    }
    context.say(format_args!("  the first {FIRST_FINDINGS} of them:"));
}

/// What nothing protects, and what one would expect to be there.
fn protection(answer: &Answer, unprotected: &[String], context: &mut Context<'_>) {
    let number = answer.counts.unprotected;
    if number > 0 {
        context.say(format_args!("  not protected by any manifest, so that a change would not be noticed:"));
        for path in unprotected {
            context.say(format_args!("    {path}"));
        }
        let more = number.saturating_sub(unprotected.len() as u64);
        if more > 0 {
            context.say(format_args!("    … and {more} more; --format json lists them all"));
        }
    }
    if answer.bagit_version.is_some() && !answer.has_tag_manifest {
        context.say("  no tag manifest: nothing protects what this bag says of itself");
    }
    if let Some(why) = nobody(answer) {
        context.say(format_args!("  {why}"));
    }
    if answer.fonds_format.is_some() && !answer.has_seal {
        context.say("  no seal: nobody has signed this bundle");
    } else if answer.fonds_format.is_some() && !answer.has_signature {
        context.say(
            "  no signature: nobody vouches for this bundle; compare its fingerprint with one kept elsewhere",
        );
    }
    if let Some(profile) = &answer.held_against {
        context.say(format_args!("  held against the profile {profile}"));
    } else if let Some(profile) = foreign_profile(answer) {
        context.say(format_args!(
            "  says it keeps the profile {profile}; that was not checked (--profile FILE checks it)"
        ));
    }
}

/// The profile that a bag names, unless it is that of our bundles: their rules were asked of it.
fn foreign_profile(answer: &Answer) -> Option<&str> {
    let is_ours = answer.fonds_format.as_deref() == Some(export::format::FORMAT_VERSION);
    answer.profile.as_deref().filter(|&profile| !(is_ours && profile == export::format::PROFILE))
}
