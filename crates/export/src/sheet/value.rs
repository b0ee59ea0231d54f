//! What a cell that describes can hold.

use super::{COLUMNS, MEASURED};
use provenance::name::is_unsafe_character;

/// Why a value cannot stand as it is in a column that describes, in words that follow the value; `None`
/// if it can.
///
/// A value is one line of text without unsafe characters, as long as the column lets it be.
#[must_use]
pub fn value_problem(column: &str, value: &str) -> Option<String> {
    if !COLUMNS[MEASURED..].iter().any(|known| known.name == column) {
        return Some("is of no column that describes".to_owned());
    }
    if let Some(character) = value.chars().find(|c| is_unsafe_character(*c)) {
        return Some(format!("holds the unsafe character U+{:04X}", u32::from(character)));
    }
    too_long(column, value).map(|most| format!("has {} octets, and {most} have room", value.len()))
}

/// How many octets a value of a column may have, if this one has more.
pub(crate) fn too_long(column: &str, value: &str) -> Option<usize> {
    let most = longest(column);
    (value.len() > most).then_some(most)
}

/// Octets of the longest value of a column. All together they keep a row far below its limit.
const fn longest(column: &str) -> usize {
    match column.as_bytes() {
        b"title" | b"creator" | b"publisher" | b"date_as_written" => 1000,
        b"date_published" | b"date_created" | b"date_calendar" | b"language" => 100,
        b"source_url" | b"description_auto" | b"date_basis" | b"description_basis" => 2000,
        _ => 10_000,
    }
}
