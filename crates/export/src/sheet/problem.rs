//! What can be wrong with a sheet.

use provenance::name::excerpt;
use std::fmt;

/// One thing that is wrong with a sheet. A finding, not an error: what follows is still read, but
/// after [`SheetFault::TooLong`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetProblem {
    /// The row as a spreadsheet numbers it: the header is 1. A cell may hold line breaks, hence this
    /// need not be the line.
    pub row: u64,
    /// The column, where there is one to blame.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub fault: SheetFault,
    /// What had to be there: a value, or a rule in words. Harmless on a terminal, at most 160 characters.
    pub expected: String,
    /// What is there. Harmless on a terminal, at most 160 characters.
    pub found: String,
}

/// What is wrong with a row of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SheetFault {
    /// There is no byte order mark, or more than one.
    ByteOrderMark,
    /// The header lacks a column; its cells are read as blank.
    MissingColumn,
    /// The header has a column that fonds does not know, or one twice; its cells are not read.
    ExtraColumn,
    /// The columns that fonds knows are all there, in another order; they are read by their names.
    ColumnOrder,
    /// A row has another number of cells than the header; it is not read.
    CellCount,
    /// A row is not UTF-8; it is not read.
    Text,
    /// A row is longer than [`MAX_ROW_OCTETS`](super::MAX_ROW_OCTETS); nothing after it is read.
    TooLong,
    /// A cell that a spreadsheet would run, or with a needless apostrophe in front.
    Formula,
    /// `path` is not the path of a payload file.
    Path,
    /// `path` does not come after that of the row before in octet order; it may be there twice.
    Order,
    /// `item_id` does not follow from `path`.
    ItemId,
    /// `size_bytes` is no decimal number.
    Size,
    /// `sha256` or `sha512` is neither blank nor lower-case hexadecimal of its length.
    Digest,
    /// `modified` is neither blank nor a time of the one form.
    Time,
}

impl SheetFault {
    /// The fault in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "does not begin with one byte order mark",
            Self::MissingColumn => "lacks a column",
            Self::ExtraColumn => "has a column of its own",
            Self::ColumnOrder => "has its columns in another order",
            Self::CellCount => "has another number of cells than the header",
            Self::Text => "is not UTF-8",
            Self::TooLong => "is too long; nothing after it was read",
            Self::Formula => "has a cell that is not neutralised as it should",
            Self::Path => "is not about a payload file",
            Self::Order => "does not come after the row before",
            Self::ItemId => "has an item_id that does not follow from its path",
            Self::Size => "has a malformed size",
            Self::Digest => "has a malformed digest",
            Self::Time => "has a malformed time",
        }
    }
}

impl SheetProblem {
    pub(super) fn new(row: u64, fault: SheetFault, expected: &str, found: &[u8]) -> Self {
        Self { row, column: None, fault, expected: excerpt(expected.as_bytes()), found: excerpt(found) }
    }

    pub(super) fn about(self, column: &'static str) -> Self {
        Self { column: Some(column), ..self }
    }
}

impl fmt::Display for SheetProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, column, fault, expected, found } = self;
        write!(f, "row {row} {}", fault.words())?;
        if let Some(column) = column {
            write!(f, " (`{column}`)")?;
        }
        write!(f, ": expected `{expected}`, found `{found}`")
    }
}
