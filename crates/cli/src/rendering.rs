//! What every form of answers does, and what it is told at the end.

use crate::answer::{Answer, Count, Counts, FindingRow};
use crate::{Context, Status};
use bagit::Verdict;
use std::collections::BTreeMap;

/// A form of answers. Calls come in this order, for each bag: `begin`, `unprotected` and `finding` as
/// often as there are such, `end`; after the last bag `close`.
pub(crate) trait Rendering {
    /// A bag's answer begins.
    fn begin(&mut self, answer: &Answer, context: &mut Context<'_>);
    /// A tag file that no manifest protects.
    fn unprotected(&mut self, path: &str, context: &mut Context<'_>);
    /// A finding.
    fn finding(&mut self, row: &FindingRow<'_>, context: &mut Context<'_>);
    /// The bag's answer ends; with a reason if its lists are not whole.
    fn end(&mut self, broken_off: Option<&str>, context: &mut Context<'_>);
    /// There are no more bags.
    fn close(&mut self, tally: &Tally, context: &mut Context<'_>);
}

/// How each bag ended.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) lines: Vec<TallyLine>,
    worst: Option<Status>,
}

/// What a summary says of one bag.
pub(crate) struct TallyLine {
    pub(crate) path: String,
    pub(crate) word: &'static str,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) counts: Counts,
    pub(crate) payload: Count,
}

impl Tally {
    /// Remembers how a bag ended.
    pub(crate) fn count(&mut self, answer: &Answer) {
        self.worsen(answer.status());
        self.lines.push(TallyLine {
            path: answer.path.clone(),
            word: answer.word(),
            verdict: answer.verdict,
            counts: answer.counts,
            payload: answer.payload,
        });
    }

    /// The run ended no better than so.
    pub(crate) fn worsen(&mut self, status: Status) {
        self.worst = Some(self.worst.map_or(status, |worst| worst.worse(status)));
    }

    /// The worst status of all, which is that of the run.
    pub(crate) fn status(&self) -> Status {
        self.worst.unwrap_or(Status::Sound)
    }

    /// How many bags have each verdict, or none.
    pub(crate) fn verdicts(&self) -> BTreeMap<&'static str, u64> {
        let mut verdicts = BTreeMap::new();
        for line in &self.lines {
            *verdicts.entry(line.word).or_insert(0) += 1;
        }
        verdicts
    }
}
