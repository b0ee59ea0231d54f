//! Many bags in words: what is wrong with some, then a table of all.

use super::{ALL_FINDINGS, finding_line, hint_line};
use crate::Context;
use crate::answer::{Answer, FindingRow};
use crate::progress::Progress;
use crate::render::meaning::{meaning, paragraph};
use crate::rendering::{Rendering, Tally, TallyLine};
use bagit::Verdict;
use indicatif::HumanBytes;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Findings shown of each bag.
const FIRST_FINDINGS: u64 = 10;

/// Details of the bags that are not well, a table, totals, and what the verdicts mean.
pub(crate) struct ManyBags {
    progress: Progress,
    is_shown: bool,
    findings: u64,
    /// What each verdict means that was given, from the best to the worst, and last that there is none.
    meanings: BTreeMap<(bool, Option<Verdict>, bool), &'static [&'static str]>,
}

impl ManyBags {
    pub(crate) fn new(progress: Progress) -> Self {
        Self { progress, is_shown: false, findings: 0, meanings: BTreeMap::new() }
    }

    fn say(&self, line: impl Display, context: &mut Context<'_>) {
        self.progress.aside(|| context.say(line));
    }
}

impl Rendering for ManyBags {
    fn begin(&mut self, answer: &Answer, context: &mut Context<'_>) {
        let kind = (answer.verdict.is_none(), answer.verdict, answer.breaks_only_its_profile());
        self.meanings.insert(kind, paragraph(answer));
        self.findings = 0;
        // The table says of each bag that is well all there is to say, and a run that is stopped has
        // nothing to say of those that it did not reach.
        self.is_shown = match answer.verdict {
            Some(verdict) => verdict > Verdict::Consistent,
            None => !Context::is_interrupted(),
        };
        if self.is_shown {
            let why = answer.error.as_deref().unwrap_or_else(|| meaning(answer));
            self.say(format_args!("{}: {}: {why}", answer.path, answer.word()), context);
            if let Some(hint) = &answer.hint {
                self.say(format_args!("       {hint}"), context);
            }
        }
        // Always, lest a part be taken for the whole.
        if let Some(part) = &answer.disclosure {
            let (bundle, withheld, slots) = (&part.bundle, part.withheld, part.slots);
            let said = format!("a disclosure of `{bundle}`: {withheld} of {slots} slots withheld");
            self.say(format_args!("{}: {said}", answer.path), context);
        }
    }

    fn unprotected(&mut self, _: &str, _: &mut Context<'_>) {}

    fn finding(&mut self, row: &FindingRow<'_>, context: &mut Context<'_>) {
        self.findings += 1;
        if self.is_shown && self.findings <= FIRST_FINDINGS {
            self.say(finding_line(row), context);
            if let Some(line) = hint_line(row) {
                self.say(line, context);
            }
        }
    }

    fn end(&mut self, broken_off: Option<&str>, context: &mut Context<'_>) {
        let more = self.findings.saturating_sub(FIRST_FINDINGS);
        if self.is_shown && more > 0 {
            self.say(format_args!("  … and {more} more findings; {ALL_FINDINGS}"), context);
        }
        if let Some(reason) = broken_off {
            self.say(format_args!("  not all of its findings were told: {reason}"), context);
        }
        if self.is_shown {
            self.say("", context);
        }
        self.progress.one_more_bag();
    }

    fn close(&mut self, tally: &Tally, context: &mut Context<'_>) {
        self.progress.clear();
        table(&tally.lines, context);
        let verdicts = tally.verdicts().into_iter().map(|(word, number)| format!("{number} {word}"));
        let verdicts = verdicts.collect::<Vec<_>>().join(", ");
        let bags = if tally.lines.len() == 1 { "bag" } else { "bags" };
        context.say("");
        context.say(format_args!(
            "{} {bags}: {verdicts}; the worst gives exit status {}",
            tally.lines.len(),
            tally.status() as u8
        ));
        for paragraph in self.meanings.values().rev() {
            context.say("");
            for line in *paragraph {
                context.say(format_args!("  {line}"));
            }
        }
    }
}

/// One row for each bag; its name stands last, since it may have any length.
fn table(lines: &[TallyLine], context: &mut Context<'_>) {
    let row = |cells: [&str; 6], path: &str| {
        let [word, errors, unchecked, warnings, files, size] = cells;
        format!("{word:<12} {errors:>8} {unchecked:>9} {warnings:>8} {files:>9} {size:>11}  {path}")
    };
    context.say(row(["verdict", "errors", "unchecked", "warnings", "files", "size"], "bag"));
    for TallyLine { path, word, verdict, counts, payload } in lines {
        if verdict.is_none() {
            context.say(row([word, "-", "-", "-", "-", "-"], path));
            continue;
        }
        let [errors, unchecked, warnings, files] =
            [counts.errors, counts.unchecked, counts.warnings, payload.files]
                .map(|number| number.to_string());
        let size = HumanBytes(payload.octets).to_string();
        context.say(row([word, &errors, &unchecked, &warnings, &files, &size], path));
    }
}
