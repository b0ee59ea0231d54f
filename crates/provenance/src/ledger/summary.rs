//! What a ledger says as a whole.

use crate::{EventType, Sha256Hex};
use chrono::{DateTime, Utc};

/// What was seen of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerSummary {
    /// Rows after the header, sound or not.
    pub rows: u64,
    /// Problems found.
    pub problems: u64,
    /// The earliest time of an event.
    pub first: Option<DateTime<Utc>>,
    /// The latest time of an event.
    pub last: Option<DateTime<Utc>>,
    /// The SHA-256 of the last row as stored, with its CRLF; of the first line if there is no event.
    pub last_row: Sha256Hex,
    /// Who answered, in the order of appearance.
    pub agents: Names,
    /// With what software, in the order of appearance.
    pub software: Names,
    pub(super) per_type: [u64; EventType::ALL.len()],
}

impl LedgerSummary {
    pub(super) fn new() -> Self {
        Self {
            rows: 0,
            problems: 0,
            first: None,
            last: None,
            last_row: Sha256Hex::of(b""),
            agents: Names::default(),
            software: Names::default(),
            per_type: [0; EventType::ALL.len()],
        }
    }

    /// How many readable events have this type.
    #[must_use]
    pub fn count(&self, event_type: EventType) -> u64 {
        self.per_type[event_type as usize]
    }

    pub(super) fn count_event(&mut self, event_type: EventType, at: DateTime<Utc>) {
        self.per_type[event_type as usize] += 1;
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = Some(self.last.map_or(at, |last| last.max(at)));
    }
}

/// Distinct names, at most 64 of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The names, in the order of appearance; a blank one is left out.
    pub list: Vec<String>,
    /// Whether there were more.
    pub has_more: bool,
}

impl Names {
    pub(super) fn note(&mut self, name: &str) {
        // From the end, for the name is mostly the one of the row before.
        if name.is_empty() || self.list.iter().rev().any(|known| known == name) {
        } else if self.list.len() < 64 {
            self.list.push(name.to_owned());
        } else {
            self.has_more = true;
        }
    }
}
