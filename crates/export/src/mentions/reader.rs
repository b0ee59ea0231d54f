//! Reading `mentions.csv` back.

use super::{COLUMNS, STATUS};
use crate::sheet::bounded::Bounded;
use crate::{Error, ErrorKind};
use csv::StringRecord;
use provenance::cell::{is_neutral, restore};
use provenance::description::MentionKind;
use provenance::name::excerpt;
use std::fmt;
use std::io::{Chain, Cursor, Read};

/// Without it Excel does not take a sheet for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Reads `mentions.csv` row by row, in memory for one row, and tells every rule that is broken.
pub struct MentionReader<R> {
    csv: csv::Reader<Bounded<Chain<Cursor<Vec<u8>>, R>>>,
    record: StringRecord,
    row: u64,
}

/// A row whose cells keep the rules that a row alone can keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionRow<'a> {
    /// The row as a spreadsheet numbers it: the header is 1.
    pub row: u64,
    /// The item that mentions it.
    pub item_id: &'a str,
    /// What is mentioned.
    pub kind: MentionKind,
    /// The words.
    pub text: &'a str,
    /// The title or apposition of a person.
    pub role: &'a str,
    /// Who said it.
    pub speaker: &'a str,
    /// A date in EDTF, a long form, a whole name.
    pub normalised: &'a str,
    /// The first character, counted from 0.
    pub start: u64,
    /// The character behind the last.
    pub end: u64,
}

/// One thing that is wrong with the sheet. Harmless on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionProblem {
    /// The row as a spreadsheet numbers it: the header is 1.
    pub row: u64,
    /// What had to be there.
    pub expected: String,
    /// What is there.
    pub found: String,
}

impl MentionProblem {
    /// Of a row; what was found is cut and escaped.
    #[must_use]
    pub fn new(row: u64, expected: impl Into<String>, found: &str) -> Self {
        Self { row, expected: expected.into(), found: excerpt(found.as_bytes()) }
    }
}

impl fmt::Display for MentionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: expected {}, found `{}`", self.row, self.expected, self.found)
    }
}

impl<R: Read> MentionReader<R> {
    /// Reads the header, and gives each problem of it to `sink`.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] if `reader` cannot be read.
    pub fn new(mut reader: R, sink: &mut dyn FnMut(MentionProblem)) -> Result<Self, Error> {
        let mut head = Vec::with_capacity(BYTE_ORDER_MARK.len() + 1);
        reader.by_ref().take(BYTE_ORDER_MARK.len() as u64 + 1).read_to_end(&mut head).map_err(cannot_read)?;
        if !head.starts_with(BYTE_ORDER_MARK) {
            sink(MentionProblem::new(1, "a byte order mark", &String::from_utf8_lossy(&head)));
        }
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(Bounded::new(Cursor::new(head).chain(reader)));
        let mut sheet = Self { csv, record: StringRecord::new(), row: 0 };
        sheet.next_record(sink)?;
        if sheet.record != COLUMNS[..] {
            let found: Vec<&str> = sheet.record.iter().collect();
            sink(MentionProblem::new(1, format!("the header {}", COLUMNS.join(",")), &found.join(",")));
        }
        Ok(sheet)
    }

    /// The next row that keeps the rules of rows; what is wrong with others goes to `sink`. `None` is
    /// the end.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] if the sheet cannot be read.
    pub fn next_row(
        &mut self,
        sink: &mut dyn FnMut(MentionProblem),
    ) -> Result<Option<MentionRow<'_>>, Error> {
        loop {
            if !self.next_record(sink)? {
                return Ok(None);
            }
            match check(&self.record) {
                Ok(_) => break,
                Err((expected, found)) => sink(MentionProblem::new(self.row, expected, &found)),
            }
        }
        // Checked just now: a borrow of the record cannot leave the loop.
        Ok(check(&self.record).ok().map(|row| MentionRow { row: self.row, ..row }))
    }

    /// Reads on to the next record that is text; `false` at the end.
    fn next_record(&mut self, sink: &mut dyn FnMut(MentionProblem)) -> Result<bool, Error> {
        loop {
            self.csv.get_mut().next_row();
            self.row += 1;
            match self.csv.read_record(&mut self.record) {
                Ok(is_there) => return Ok(is_there),
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    sink(MentionProblem::new(self.row, "UTF-8", &error.to_string()));
                }
                Err(_) if self.csv.get_ref().is_exhausted() => {
                    sink(MentionProblem::new(self.row, "a row of at most 1 MiB; no more was read", "more"));
                    self.record.clear();
                    return Ok(false);
                }
                Err(error) => return Err(cannot_read(error)),
            }
        }
    }
}

/// The row of a record, or what was expected and found in its place.
fn check(record: &StringRecord) -> Result<MentionRow<'_>, (String, String)> {
    let fault = |expected: &str, found: &str| (expected.to_owned(), found.to_owned());
    if record.len() != COLUMNS.len() {
        let cells = format!("{} cells", COLUMNS.len());
        return Err((cells, record.len().to_string()));
    }
    if let Some(cell) = record.iter().find(|cell| !is_neutral(cell)) {
        return Err(fault("cells that no spreadsheet runs, without a needless apostrophe", cell));
    }
    let cell = |column: usize| restore(record.get(column).unwrap_or_default());
    let number = |column: usize| {
        let text = cell(column);
        let is_plain =
            text.bytes().all(|digit| digit.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        text.parse::<u64>().ok().filter(|_| is_plain).ok_or_else(|| fault("a number of characters", text))
    };
    let kind = MentionKind::ALL.into_iter().find(|kind| kind.word() == cell(1));
    let kind = kind.ok_or_else(|| fault("person, organisation, quotation, date, place or event", cell(1)))?;
    let (start, end) = (number(6)?, number(7)?);
    if start >= end {
        return Err(fault("an end behind the start", &format!("{start} and {end}")));
    }
    if cell(2).is_empty() {
        return Err(fault("the words that are mentioned", ""));
    }
    let confidence = cell(9).as_bytes();
    let is_share = cell(9) == "1.00"
        || confidence.len() == 4
            && confidence.starts_with(b"0.")
            && confidence[2..].iter().all(u8::is_ascii_digit);
    if !is_share {
        return Err(fault("a confidence such as 0.95", cell(9)));
    }
    if cell(10) != STATUS {
        return Err(fault("the status `suggested`", cell(10)));
    }
    Ok(MentionRow {
        row: 0,
        item_id: cell(0),
        kind,
        text: cell(2),
        role: cell(3),
        speaker: cell(4),
        normalised: cell(5),
        start,
        end,
    })
}

fn cannot_read(error: impl Into<std::io::Error>) -> Error {
    Error::io(ErrorKind::Read, "cannot read mentions.csv", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "item-1,date,in 1988,,,1988,4,8,year,0.95,suggested\r\n";

    /// What is wrong with a sheet of these rows, and how many rows are read.
    fn problems(text: &str) -> (Vec<String>, usize) {
        let mut problems = Vec::new();
        let mut reader =
            MentionReader::new(text.as_bytes(), &mut |one| problems.push(one.to_string())).unwrap();
        let mut rows = 0;
        while reader.next_row(&mut |one| problems.push(one.to_string())).unwrap().is_some() {
            rows += 1;
        }
        (problems, rows)
    }

    #[test]
    fn each_rule_of_a_row_is_told_by_row() {
        let header = format!("\u{FEFF}{}\r\n", COLUMNS.join(","));
        assert_eq!(problems(&format!("{header}{GOOD}")), (vec![], 1));
        for (from, to, told) in [
            ("date,", "deed,", "expected person, organisation"),
            (",4,8,", ",8,4,", "an end behind the start, found `8 and 4`"),
            (",4,8,", ",04,8,", "a number of characters, found `04`"),
            (",4,8,", ",-4,8,", "cells that no spreadsheet runs"),
            (",4,8,", ",4,99999999999999999999,", "a number of characters"),
            ("in 1988", "", "the words"),
            ("0.95", "95%", "a confidence"),
            ("suggested", "confirmed", "the status"),
            (",,,1988", ",,1988", "11 cells, found `10`"),
        ] {
            let (found, rows) = problems(&format!("{header}{}", GOOD.replacen(from, to, 1)));
            assert!(
                found.len() == 1 && rows == 0 && found[0].starts_with("row 2") && found[0].contains(told),
                "{found:?}"
            );
        }
        assert!(problems(GOOD).0.len() == 2, "no mark and no header");
        assert!(problems(&format!("{header}\u{0}")).0[0].contains("11 cells"));
    }

    #[test]
    fn a_row_without_end_is_not_read_into_memory() {
        let text = format!("\u{FEFF}{}\r\n\"{}", COLUMNS.join(","), "x".repeat(2 << 20));
        let (found, rows) = problems(&text);
        assert!(rows == 0 && found.len() == 1 && found[0].contains("1 MiB"), "{found:?}");
    }
}
