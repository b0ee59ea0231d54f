//! Captures that were read, but whose gzip member has not come to its end: only its check there tells
//! whether they are what was written.

use super::Captures;
use crate::parts::plain::Plain;

/// How far a reading was at two places, to go back there.
#[derive(Debug, Default)]
pub(super) struct Unproven {
    /// Before the first record that ends in the open member.
    member: Option<Mark>,
    /// Before the last record.
    record: Option<Mark>,
}

/// What was taken and counted before a record.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Members that had ended when the record did.
    members: u64,
    record: u64,
    parts: usize,
    truncated: u64,
    undone_in_vain: u64,
}

impl Captures {
    /// A record has been read to its end, and is about to be counted.
    pub(super) fn mark(&mut self, plain: &Plain<'_>) {
        let mark = Mark {
            members: plain.members(),
            record: self.tally.records,
            parts: self.found.parts.len(),
            truncated: self.tally.truncated,
            undone_in_vain: self.tally.undone_in_vain,
        };
        self.unproven.record = Some(mark);
        if self.unproven.member.is_none_or(|before| before.members != mark.members) {
            self.unproven.member = Some(mark);
        }
    }

    /// Reading has failed: takes back what ends in the open member, if that is not what was written; or
    /// else the record at hand alone, which the file ends in.
    pub(super) fn withdraw(&mut self, plain: &Plain<'_>) {
        let Unproven { member, record } = std::mem::take(&mut self.unproven);
        let back = if plain.is_corrupt() {
            member
        } else {
            record.filter(|mark| plain.has_failed() && mark.record == self.tally.records)
        };
        let Some(mark) = back.filter(|mark| mark.members == plain.members()) else { return };
        self.tally.withdrawn += self.found.withdraw(mark.parts);
        self.tally.truncated = mark.truncated;
        self.tally.undone_in_vain = mark.undone_in_vain;
    }
}
