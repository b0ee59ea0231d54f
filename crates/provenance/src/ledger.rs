//! `events.csv`: what was done, in order, each row chained to the one before.
//!
//! The sheet is UTF-8 with a byte order mark, comma, CRLF, RFC 4180; the first row is the header. Each
//! row is **one line**: text is spelt by [`name::spell`](crate::name::spell), so that no cell holds a
//! line break, another control or a bidirectional mark, and a cell is quoted exactly where it holds a
//! comma or a quote. Cells that a spreadsheet would run are neutralised ([`cell`](crate::cell)).
//! Spelling is not undone by reading: a raw name is escaped once, by
//! [`name::escape`](crate::name::escape), before it gets here, and is then left as it is.
//!
//! `previous` is the SHA-256 of the line before, with its CRLF, as stored; for the first event that
//! line is the header, with the byte order mark. So `sed -n 5p events.csv | sha256sum` gives what row
//! 6 must hold, and a changed, lost, added or moved row shows at the row after it.
//!
//! Nothing follows the last row. There the checks of the row itself remain — its number, identifier,
//! type, time, object and `previous` are bound to each other — but agent, role, software, the
//! digests, the outcome and the detail could be changed for others of the right form, or last rows
//! dropped, without a trace in this file. [`LedgerSummary::last_row`] stands for the whole ledger; the
//! tag manifests of the bundle cover it.

mod check;
mod problem;
mod row;
mod summary;
#[cfg(test)]
mod tests;
mod writer;

pub use check::{LedgerVisitor, StoredEvent, check_ledger, visit_ledger, visit_ledger_after};
pub use problem::{LedgerFault, LedgerProblem};
pub use summary::{LedgerSummary, Names};
pub use writer::LedgerWriter;

use crate::Sha256Hex;

/// The columns, in order.
pub const COLUMNS: [&str; 14] = [
    "event_no",
    "event_id",
    "event_type",
    "event_type_uri",
    "at",
    "agent",
    "agent_role",
    "software",
    "object_path",
    "digest_before",
    "digest_after",
    "outcome",
    "detail",
    "previous",
];

/// Octets of the longest line, with its CRLF. A longer one is neither written nor read, so that
/// checking needs no more memory than this.
pub const MAX_LINE_OCTETS: usize = 64 * 1024;

/// What the `previous` of a ledger's first event is the SHA-256 of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The header line, as stored.
    Header,
    /// The last row of another ledger, which this one goes on with: given by its SHA-256.
    Row(Sha256Hex),
    /// That of a ledger that is not at hand: any is taken.
    Untold,
}

/// The byte order mark, without which Excel does not take a sheet for UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The first line, as stored.
fn header_line() -> String {
    format!("{BYTE_ORDER_MARK}{}\r\n", COLUMNS.join(","))
}
