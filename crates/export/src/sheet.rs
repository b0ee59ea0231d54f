//! `manifest.csv`: one row per payload file, for people and programs.
//!
//! UTF-8 with a byte order mark (Excel takes it for UTF-8 only so), comma, CRLF, RFC 4180, header row,
//! sorted by path in octet order. Cells that a spreadsheet would run are neutralised by one leading
//! apostrophe, which reading takes away ([`provenance::cell`]). Several values in a cell are joined by
//! ` | `. Blank is unknown.
//!
//! The columns of fonds come first; those that it suggests or that a person fills are blank until
//! there is something to say. [`COLUMNS`] is the one list of them all.

pub(crate) mod bounded;
mod column;
mod problem;
mod reader;
mod row;
#[cfg(test)]
mod tests;
mod value;
mod writer;

pub(crate) use column::CAPTURE;
pub use column::{COLUMNS, Column, DESCRIBED, FilledBy, MEASURED, SUGGESTED};
pub use problem::{SheetFault, SheetProblem};
pub use provenance::id::item_id;
pub use reader::SheetReader;
pub use row::{Description, Row};
pub(crate) use value::too_long;
pub use value::value_problem;
pub use writer::SheetWriter;

/// Octets of the longest row, more than any spreadsheet lets a person type into all cells but a few.
/// A longer one is neither written nor read, so that reading needs no more memory than this.
pub const MAX_ROW_OCTETS: u64 = 1024 * 1024;

/// Without it Excel does not take a sheet for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();
