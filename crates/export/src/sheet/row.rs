//! One row of `manifest.csv`, as values.

use super::column::{COLUMNS, DESCRIBED, MEASURED};
use chrono::{DateTime, Utc};
use csv::StringRecord;
use provenance::cell::restore;

/// What the sheet says of one payload file. Values, not cells: apostrophes and quotes are the
/// business of writer and reader. Blank and `None` are the same in the sheet: unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    /// [`item_id`](super::item_id) of `path`.
    pub item_id: &'a str,
    /// Where the file is in the package: `data/…`.
    pub path: &'a str,
    /// Its name as received, escaped by [`provenance::name::escape`].
    pub original_name: &'a str,
    /// Octets of the file, in the column `size_bytes`.
    pub size_octets: Option<u64>,
    /// Its SHA-256 in 64 lower-case hexadecimal digits.
    pub sha256: Option<&'a str>,
    /// Its SHA-512 in 128 lower-case hexadecimal digits.
    pub sha512: Option<&'a str>,
    /// When its content was last modified.
    pub modified: Option<DateTime<Utc>>,
    /// Its IANA media type.
    pub media_type: Option<&'a str>,
    /// Its PRONOM unique identifier, such as `fmt/471`.
    pub puid: Option<&'a str>,
    /// Which signal told the format.
    pub format_basis: &'a str,
    /// All other columns.
    pub description: Description<'a>,
}

/// The values of the columns that describe; see [`COLUMNS`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Description<'a>(Values<'a>);

#[derive(Clone, Copy, Debug, Default)]
enum Values<'a> {
    #[default]
    Blank,
    Given(&'a [&'a str; DESCRIBED]),
    Read(&'a StringRecord, &'a Places),
}

/// Where in a record each of [`COLUMNS`] is.
pub(super) type Places = [Option<usize>; COLUMNS.len()];

impl<'a> Description<'a> {
    /// Nothing is described.
    pub const BLANK: Self = Self(Values::Blank);

    /// Values in the order of [`COLUMNS`], from the first that describes; blank where unknown.
    #[must_use]
    pub fn of(values: &'a [&'a str; DESCRIBED]) -> Self {
        Self(Values::Given(values))
    }

    pub(super) fn read(record: &'a StringRecord, places: &'a Places) -> Self {
        Self(Values::Read(record, places))
    }

    /// The value of a column by its name; `None` if no column that describes has this name.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&'a str> {
        COLUMNS[MEASURED..].iter().position(|known| known.name == column).map(|at| self.at(at))
    }

    /// The values in the order of [`COLUMNS`], blank ones too.
    pub fn values(self) -> impl Iterator<Item = &'a str> {
        (0..DESCRIBED).map(move |at| self.at(at))
    }

    fn at(&self, at: usize) -> &'a str {
        match self.0 {
            Values::Blank => "",
            Values::Given(values) => values[at],
            Values::Read(record, places) => restore(cell_at(record, places, MEASURED + at)),
        }
    }
}

/// The cell in one of [`COLUMNS`]; blank if the sheet has no such column.
pub(super) fn cell_at<'a>(record: &'a StringRecord, places: &Places, column: usize) -> &'a str {
    places[column].and_then(|place| record.get(place)).unwrap_or_default()
}
