//! What can be wrong with a ledger.

use crate::name;
use std::fmt;

/// One thing that is wrong with a ledger. A finding, not an error: all that follows is still examined,
/// but after [`LedgerFault::TooLong`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerProblem {
    /// The row, which is also the line: the header is 1, the first event 2.
    pub row: u64,
    /// What is wrong.
    pub fault: LedgerFault,
    /// What had to be there: a value, or a rule in words. Harmless on a terminal, at most 160 characters.
    pub expected: String,
    /// What is there. Harmless on a terminal, at most 160 characters.
    pub found: String,
}

/// What is wrong with a row of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LedgerFault {
    /// The first line is not the header, to the octet.
    Header,
    /// A line is longer than [`MAX_LINE_OCTETS`](super::MAX_LINE_OCTETS); nothing after it was examined.
    TooLong,
    /// A row does not end in CRLF.
    LineEnd,
    /// A row is not UTF-8, or holds a control or bidirectional character.
    Text,
    /// A row has quotes where none belong, or lacks them (RFC 4180 §2).
    Quotes,
    /// A row has another number of cells than the header.
    CellCount,
    /// `event_no` does not count on from 1.
    EventNo,
    /// `event_id` does not follow from the row.
    EventId,
    /// `event_type` is no term that fonds knows.
    EventType,
    /// `event_type_uri` is not the address of `event_type`.
    EventTypeUri,
    /// `at` is no time of the one form.
    Time,
    /// A cell of text that a spreadsheet would run, or with a needless apostrophe in front.
    Formula,
    /// A digest is not of the form `sha256:9f2c…`.
    Digest,
    /// `outcome` is not one of its three words.
    Outcome,
    /// `previous` is not the SHA-256 of the row before: that row was changed, or one is lost, added or moved.
    Previous,
}

impl LedgerFault {
    /// The fault in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Header => "is not the header",
            Self::TooLong => "is too long; nothing after it was examined",
            Self::LineEnd => "does not end in CRLF",
            Self::Text => "is not plain UTF-8 text",
            Self::Quotes => "has misplaced quotes",
            Self::CellCount => "has another number of cells than the header",
            Self::EventNo => "has an event_no that does not count on",
            Self::EventId => "has an event_id that does not follow from it",
            Self::EventType => "has an unknown event_type",
            Self::EventTypeUri => "has an event_type_uri of another type",
            Self::Time => "has a malformed time",
            Self::Formula => "has a cell that is not neutralised as it should",
            Self::Digest => "has a malformed digest",
            Self::Outcome => "has an unknown outcome",
            Self::Previous => "does not follow the row before",
        }
    }
}

impl LedgerProblem {
    pub(super) fn new(row: u64, fault: LedgerFault, expected: &str, found: &[u8]) -> Self {
        Self { row, fault, expected: name::excerpt(expected.as_bytes()), found: name::excerpt(found) }
    }
}

impl fmt::Display for LedgerProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, fault, expected, found } = self;
        write!(f, "row {row} {}: expected `{expected}`, found `{found}`", fault.words())
    }
}
