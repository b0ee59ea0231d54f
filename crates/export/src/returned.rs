//! Sheets that come back: what people filled in, in whatever their program made of it.
//!
//! [`Table::read`] reads CSV in many dialects, XLSX, XLS and ODS; [`Plan::make`] holds a table against
//! the `manifest.csv` of a bundle and says, cell by cell, what would change and what cannot be taken;
//! [`apply`] makes a new bundle of it.

mod apply;
mod basis;
mod book;
mod cells;
mod comparison;
mod delimited;
mod garbled;
mod guise;
mod making;
mod places;
mod plan;
mod record;
mod rewrite;
mod tolerance;
mod tolerated;

pub use apply::{Application, apply};
pub use cells::Cells;
pub use comparison::is_spreadsheet_error;
pub use plan::{Change, DateReading, Plan, Problem, ProblemKind, ReadDate};
pub use record::SheetFile;
pub use tolerance::Tolerance;

use crate::{Error, ErrorKind, Result};

/// Octets of the longest file that is read: a sheet of 100,000 documents has a tenth of it.
pub const LONGEST_FILE: u64 = 1 << 30;
/// Rows that are read, as many as any spreadsheet has.
const MOST_ROWS: usize = 1_048_576;
/// Columns that are read.
const MOST_COLUMNS: usize = 1_000;

/// What a file holds, as text cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// How it is written, in words: `CSV, Windows-1256, semicolons`.
    pub dialect: String,
    /// The name of its encoding, where that is not one of Unicode: it was told by the letters alone.
    pub legacy: Option<&'static str>,
    /// The names in its header, trimmed.
    pub columns: Vec<String>,
    /// Its rows, without those in which every cell is blank.
    pub rows: Vec<Line>,
    /// How many rows were blank.
    pub blank_rows: u64,
    /// What was noticed on the way: another tab that was not read.
    pub remarks: Vec<String>,
    /// Numbers of rows with a cell that stands in no column: beyond the last one, or below a name that is
    /// blank. Others of their cells may stand in columns that are not theirs.
    pub nameless: Vec<u64>,
    /// Rows and columns of cells whose value nobody knows, and why.
    pub unknown: Vec<Unknown>,
}

/// A cell that says something, which was not computed or stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The row, as a spreadsheet numbers it.
    pub row: u64,
    /// The place of its column, from 0 on.
    pub place: usize,
    /// What was found, in words.
    pub found: String,
}

/// Whether two columns may have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// Nobody could say which of them is meant.
    Refused,
    /// Both are, as in `metadata.csv` of Archivematica.
    Allowed,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number as a spreadsheet shows it: the header is 1.
    pub number: u64,
    /// Its cells, at most as many as there are columns: a row may break off.
    pub cells: Cells,
}

impl Table {
    /// Reads what `octets` hold: a workbook by its signature, else CSV.
    ///
    /// # Errors
    /// If it is neither, is damaged, has no header, or more than any spreadsheet holds.
    pub fn read(name: &str, octets: &[u8]) -> Result<Self> {
        Self::read_as(name, octets, Repeats::Refused)
    }

    /// As [`read`](Self::read), of a list in which columns of one name may stand for several values.
    ///
    /// # Errors
    /// As those of [`read`](Self::read).
    pub fn read_as(name: &str, octets: &[u8], repeats: Repeats) -> Result<Self> {
        let refuse = |why: &str| {
            Error::new(ErrorKind::Read, format!("cannot read `{name}`: {why}"))
                .with_hint("save it as CSV (UTF-8), XLSX or ODS, and try again")
        };
        if octets.len() as u64 > LONGEST_FILE {
            return Err(refuse("it is longer than any sheet of documents"));
        }
        let is_workbook = octets.starts_with(b"PK\x03\x04") || octets.starts_with(b"\xD0\xCF\x11\xE0");
        let raw = if is_workbook { book::read(octets) } else { delimited::read(octets) };
        let table = raw.map_err(|why| refuse(&why))?.table(repeats);
        table.map_err(|why| refuse(&why))
    }

    /// The place of a column by its name, in any case.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.eq_ignore_ascii_case(name))
    }
}

/// Rows as they are read, the header among them.
#[derive(Default)]
struct Raw {
    dialect: String,
    legacy: Option<&'static str>,
    header: Option<Vec<String>>,
    rows: Vec<(u64, Cells)>,
    blank_rows: u64,
    remarks: Vec<String>,
    unknown: Vec<Unknown>,
}

impl Raw {
    /// Takes a row in, if there is anything in it.
    fn push<T: AsRef<str>>(&mut self, number: u64, cells: &[T]) -> std::result::Result<(), String> {
        if cells.iter().all(|cell| cell.as_ref().trim().is_empty()) {
            self.blank_rows += 1;
            return Ok(());
        }
        if self.header.is_none() {
            self.header = Some(cells.iter().map(|cell| cell.as_ref().to_owned()).collect());
            return Ok(());
        }
        if self.rows.len() >= MOST_ROWS {
            return Err(format!("it has more than {MOST_ROWS} rows"));
        }
        self.rows.push((number, cells.iter().collect()));
        Ok(())
    }

    /// Parts header and rows, and makes all rows as wide as the header.
    fn table(self, repeats: Repeats) -> std::result::Result<Table, String> {
        let header = self.header.ok_or("there is nothing in it")?;
        let mut columns: Vec<String> = header.iter().map(|name| tidy(name)).collect();
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        if columns.len() > MOST_COLUMNS {
            return Err(format!("it has more than {MOST_COLUMNS} columns"));
        }
        for (at, name) in columns.iter().enumerate() {
            let may_repeat = repeats == Repeats::Allowed || name.is_empty();
            if !may_repeat && columns[..at].iter().any(|other| other.eq_ignore_ascii_case(name)) {
                return Err(format!("the column `{name}` is in it twice"));
            }
        }
        let mut nameless = Vec::new();
        let mut lines = Vec::with_capacity(self.rows.len());
        for (number, cells) in self.rows {
            let is_nameless = |(place, cell): (usize, &str)| {
                !cell.trim().is_empty() && columns.get(place).is_none_or(String::is_empty)
            };
            if cells.iter().enumerate().any(is_nameless) {
                nameless.push(number);
            }
            let is_too_long = cells.len() > columns.len();
            let cells = if is_too_long { cells.iter().take(columns.len()).collect() } else { cells };
            lines.push(Line { number, cells });
        }
        let Self { dialect, legacy, blank_rows, remarks, unknown, .. } = self;
        Ok(Table { dialect, legacy, columns, rows: lines, blank_rows, remarks, nameless, unknown })
    }
}

/// A name in a header, without what programs put around it.
fn tidy(name: &str) -> String {
    // A mark that was read as Windows-1252 stands there as three letters.
    let name = name.trim().trim_start_matches(['\u{FEFF}', '\'']);
    name.strip_prefix("ï»¿").unwrap_or(name).trim().to_owned()
}
