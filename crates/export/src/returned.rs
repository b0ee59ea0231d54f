//! Sheets that come back: what people filled in, in whatever their program made of it.
//!
//! [`Table::read`] reads CSV in many dialects, XLSX, XLS and ODS; [`Plan::make`] holds a table against
//! the `manifest.csv` of a bundle and says, cell by cell, what would change and what cannot be taken;
//! [`apply`] makes a new bundle of it.

mod apply;
mod basis;
mod book;
mod comparison;
mod delimited;
mod plan;
mod record;
mod rewrite;
mod tolerance;

pub use apply::{Application, apply};
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
    /// The names in its header, trimmed.
    pub columns: Vec<String>,
    /// Its rows, without those in which every cell is blank.
    pub rows: Vec<Line>,
    /// How many rows were blank.
    pub blank_rows: u64,
    /// What was noticed on the way: another tab that was not read, a row with too many cells.
    pub remarks: Vec<String>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number as a spreadsheet shows it: the header is 1.
    pub number: u64,
    /// Its cells; as many as there are columns.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads what `octets` hold: a workbook by its signature, else CSV.
    ///
    /// # Errors
    /// If it is neither, is damaged, has no header, or more than any spreadsheet holds.
    pub fn read(name: &str, octets: &[u8]) -> Result<Self> {
        let refuse = |why: &str| {
            Error::new(ErrorKind::Read, format!("cannot read `{name}`: {why}"))
                .with_hint("save it as CSV (UTF-8), XLSX or ODS, and try again")
        };
        if octets.len() as u64 > LONGEST_FILE {
            return Err(refuse("it is longer than any sheet of documents"));
        }
        let is_workbook = octets.starts_with(b"PK\x03\x04") || octets.starts_with(b"\xD0\xCF\x11\xE0");
        let raw = if is_workbook { book::read(octets) } else { delimited::read(octets) };
        let table = raw.map_err(|why| refuse(&why))?.table();
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
    rows: Vec<(u64, Vec<String>)>,
    blank_rows: u64,
    remarks: Vec<String>,
}

impl Raw {
    /// Takes a row in, if there is anything in it.
    fn push(&mut self, number: u64, cells: Vec<String>) -> std::result::Result<(), String> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            self.blank_rows += 1;
            return Ok(());
        }
        if self.rows.len() >= MOST_ROWS {
            return Err(format!("it has more than {MOST_ROWS} rows"));
        }
        self.rows.push((number, cells));
        Ok(())
    }

    /// Parts header and rows, and makes all rows as wide as the header.
    fn table(self) -> std::result::Result<Table, String> {
        let mut rows = self.rows.into_iter();
        let (_, header) = rows.next().ok_or("there is nothing in it")?;
        let mut columns: Vec<String> = header.iter().map(|name| tidy(name)).collect();
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        if columns.len() > MOST_COLUMNS {
            return Err(format!("it has more than {MOST_COLUMNS} columns"));
        }
        for (at, name) in columns.iter().enumerate() {
            if !name.is_empty() && columns[..at].iter().any(|other| other.eq_ignore_ascii_case(name)) {
                return Err(format!("the column `{name}` is in it twice"));
            }
        }
        let mut remarks = self.remarks;
        let mut lines = Vec::with_capacity(rows.len());
        for (number, mut cells) in rows {
            if cells.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
                remarks.push(format!("row {number} has cells beyond the last column; they are not read"));
            }
            cells.resize(columns.len(), String::new());
            lines.push(Line { number, cells });
        }
        Ok(Table { dialect: self.dialect, columns, rows: lines, blank_rows: self.blank_rows, remarks })
    }
}

/// A name in a header, without what programs put around it.
fn tidy(name: &str) -> String {
    // A mark that was read as Windows-1252 stands there as three letters.
    let name = name.trim().trim_start_matches(['\u{FEFF}', '\'']);
    name.strip_prefix("ï»¿").unwrap_or(name).trim().to_owned()
}
