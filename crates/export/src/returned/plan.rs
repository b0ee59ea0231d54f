//! What a sheet that came back would change, and what of it cannot be taken.

use super::tolerance::Tolerance;
use std::collections::BTreeMap;

/// What a text says as a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// One date, in EDTF.
    Settled(String),
    /// One day, in EDTF, with a time that EDTF has no form for: it would be lost.
    Timed(String),
    /// Any of these, in EDTF.
    Unsettled(Vec<String>),
    /// None.
    Unreadable,
}

/// Reads a date that a person wrote.
pub type ReadDate<'a> = &'a dyn Fn(&str) -> DateReading;

/// A cell that would be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item_id: String,
    /// Its path in the bundle.
    pub path: String,
    /// The column.
    pub column: &'static str,
    /// What it says now.
    pub old: String,
    /// What it would say.
    pub new: String,
    /// The row of the sheet that asks for it.
    pub line: u64,
    /// Whether it follows from another change: a person's date takes out how the document's own is
    /// written, and in which calendar.
    pub is_withdrawn: bool,
}

/// Something that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of problem.
    pub kind: ProblemKind,
    /// The row of the sheet.
    pub line: u64,
    /// The column; blank if it is about the whole row.
    pub column: String,
    /// What was expected and what was found, in words.
    pub message: String,
}

/// What sort of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A row that is about no document of the bundle.
    NoSuchItem,
    /// A second row about a document.
    Twice,
    /// What fonds measured was changed.
    Fact,
    /// A date that may be several.
    AmbiguousDate,
    /// A date that is none.
    NoDate,
    /// A word that is not in the list of its column.
    NotInList,
    /// A cell that a spreadsheet could not compute.
    SpreadsheetError,
    /// A character that no sheet may hold.
    UnsafeCharacter,
    /// A value that is longer than its column lets it be.
    TooLong,
    /// A row that ends before a value that the document has.
    BrokenOff,
    /// A value whose letters a program has garbled.
    Garbled,
    /// A row with a cell in no column.
    NoColumn,
    /// A cell whose value is not in the file, or stands in another cell.
    NotComputed,
    /// A value of a column that the sheet of an older bundle does not have.
    NoSuchColumn,
}

impl ProblemKind {
    /// A short name for machines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSuchItem => "no-such-item",
            Self::Twice => "twice",
            Self::Fact => "fact-changed",
            Self::AmbiguousDate => "ambiguous-date",
            Self::NoDate => "no-date",
            Self::NotInList => "not-in-list",
            Self::SpreadsheetError => "spreadsheet-error",
            Self::UnsafeCharacter => "unsafe-character",
            Self::TooLong => "too-long",
            Self::BrokenOff => "broken-off",
            Self::Garbled => "garbled",
            Self::NoColumn => "no-column",
            Self::NotComputed => "not-computed",
            Self::NoSuchColumn => "no-such-column",
        }
    }
}

/// What a sheet would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Every cell that would be another, in the order of the bundle.
    pub changes: Vec<Change>,
    /// Everything that cannot be taken, in the order of the sheet.
    pub problems: Vec<Problem>,
    /// Paths of the documents that the sheet has no row for: they stay as they are.
    pub missing: Vec<String>,
    /// Documents of the bundle.
    pub items: u64,
    /// Cells that read otherwise and say the same, by why.
    pub tolerated: BTreeMap<Tolerance, u64>,
    /// Columns of the sheet that the bundle does not know: they are not taken.
    pub unknown_columns: Vec<String>,
    /// Columns that the sheet does not have: they stay as they are.
    pub absent_columns: Vec<&'static str>,
}
