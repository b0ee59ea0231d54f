//! The values of a row by the names of their columns.

use crate::crosswalk::{Term, Vocabulary, outgoing};
use crate::sheet::Row;
use provenance::Timestamp;
use std::borrow::Cow;

/// What joins several values in a cell.
pub(super) const BETWEEN: &str = " | ";

/// The value in a column of `manifest.csv`, blank where it is unknown.
pub(super) fn cell<'a>(row: &Row<'a>, column: &str) -> Cow<'a, str> {
    let modified = || row.modified.and_then(|at| Timestamp::try_from(at).ok());
    match column {
        "item_id" => row.item_id.into(),
        "path" => row.path.into(),
        "original_name" => row.original_name.into(),
        "size_bytes" => row.size_octets.map_or_else(String::new, |size| size.to_string()).into(),
        "sha256" => row.sha256.unwrap_or_default().into(),
        "sha512" => row.sha512.unwrap_or_default().into(),
        "modified" => modified().map_or_else(String::new, |at| at.to_string()).into(),
        "media_type" => row.media_type.unwrap_or_default().into(),
        "puid" => row.puid.unwrap_or_default().into(),
        "format_basis" => row.format_basis.into(),
        described => row.description.get(described).unwrap_or_default().into(),
    }
}

/// A name under which a column goes out.
pub(super) struct Outgoing {
    pub(super) term: &'static Term,
    /// Whether its cells may hold several values.
    several: bool,
}

impl Outgoing {
    /// All of a vocabulary; looked up once, since there are many rows.
    pub(super) fn all(vocabulary: Vocabulary) -> Vec<Self> {
        let with = |term: &'static Term| Self { term, several: is_several(&term.column) };
        outgoing(vocabulary).map(with).collect()
    }

    /// The values of a cell, one by one; none of a blank one.
    pub(super) fn values<'v>(&self, value: &'v str) -> Vec<&'v str> {
        values(self.several, value)
    }
}

/// Whether a column may hold several values.
pub(super) fn is_several(column: &str) -> bool {
    crate::columns::Sheet::Manifest.columns().any(|meaning| meaning.name == column && meaning.several)
}

/// The values of a cell, one by one; none of a blank one.
pub(super) fn values(several: bool, value: &str) -> Vec<&str> {
    let parts = value.splitn(if several { usize::MAX } else { 1 }, BETWEEN);
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}
