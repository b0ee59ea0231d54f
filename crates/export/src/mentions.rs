//! `mentions.csv`: what the documents mention, as a machine read them. Suggestions, all of them.
//!
//! The dialect is that of `manifest.csv` ([`crate::sheet`]): UTF-8 with a byte order mark, comma, CRLF,
//! RFC 4180, a header row, cells neutralised. A row for each mention, sorted by the path of its item in
//! octet order, then by start, end and kind. It has no names that are not in the documents, and is
//! left out altogether where nobody wants names gathered.

mod reader;
mod writer;

pub use reader::{MentionProblem, MentionReader, MentionRow};
pub use writer::{header, rows};

/// Its columns, in the order of the header.
pub const COLUMNS: [&str; 11] = [
    "item_id",
    "kind",
    "text",
    "role",
    "speaker",
    "normalised",
    "start",
    "end",
    "signal",
    "confidence",
    "status",
];

/// What every row says of itself: nobody has confirmed it.
pub const STATUS: &str = "suggested";

/// Octets of the longest text, that of a quotation: 2,000 characters of four octets.
const LONGEST_TEXT: usize = 8_000;
/// Octets of the longest role, speaker or normal form.
const LONGEST_VALUE: usize = 1_000;
/// Mentions that are kept of one document.
const MOST: usize = 2_000;
