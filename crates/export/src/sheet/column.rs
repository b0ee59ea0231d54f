//! The columns of `manifest.csv`.

/// A column of `manifest.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Who fills it.
    pub filled_by: FilledBy,
}

/// Who fills a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilledBy {
    /// fonds, from the octets.
    Fonds,
    /// fonds suggests, and a person confirms.
    Suggestion,
    /// A person, in the spreadsheet.
    Person,
}

use FilledBy::{Fonds, Person, Suggestion};

/// How many columns fonds fills from the octets; they come first.
pub const MEASURED: usize = 10;

/// How many columns describe, by suggestion or by a person; they follow.
pub const DESCRIBED: usize = COLUMNS.len() - MEASURED;

/// How many of these fonds suggests; they come first among them.
pub const SUGGESTED: usize = 13;

/// Which of these says what a web capture has: it is told of documents together, when all are known.
pub(crate) const CAPTURE: usize = 11;

/// Every column, in the order of the header.
pub const COLUMNS: [Column; 39] = [
    column("item_id", Fonds),
    column("path", Fonds),
    column("original_name", Fonds),
    column("size_bytes", Fonds),
    column("sha256", Fonds),
    column("sha512", Fonds),
    column("modified", Fonds),
    column("media_type", Fonds),
    column("puid", Fonds),
    column("format_basis", Fonds),
    column("title", Suggestion),
    column("creator", Suggestion),
    column("publisher", Suggestion),
    column("source_url", Suggestion),
    column("date_published", Suggestion),
    column("date_created", Suggestion),
    column("date_as_written", Suggestion),
    column("date_calendar", Suggestion),
    column("date_basis", Suggestion),
    column("language", Suggestion),
    column("description_auto", Suggestion),
    column("capture", Suggestion),
    column("description_basis", Suggestion),
    column("item_type", Person),
    column("copy_role", Person),
    column("derived_from", Person),
    column("place", Person),
    column("coverage", Person),
    column("people", Person),
    column("subject", Person),
    column("description", Person),
    column("verification_status", Person),
    column("graphic", Person),
    column("sensitivity", Person),
    column("rights", Person),
    column("acquired_on", Person),
    column("acquired_how", Person),
    column("custody_note", Person),
    column("notes", Person),
];

const fn column(name: &'static str, filled_by: FilledBy) -> Column {
    Column { name, filled_by }
}
