//! One row as one line.

use super::MAX_LINE_OCTETS;
use crate::cell;
use csv_core::{Terminator, WriteResult, Writer, WriterBuilder};
use std::borrow::Cow;

/// A line in the making, in a buffer of fixed size. Its first cell is never blank.
pub(super) struct Row {
    csv: Writer,
    octets: Box<[u8]>,
    length: usize,
    is_full: bool,
}

impl Row {
    pub(super) fn new() -> Self {
        let octets = vec![0; MAX_LINE_OCTETS].into_boxed_slice();
        Self { csv: csv_writer(), octets, length: 0, is_full: false }
    }

    /// Forgets what is there.
    pub(super) fn begin(&mut self) {
        self.length = 0;
        if std::mem::take(&mut self.is_full) {
            // It still believes to be within a cell.
            self.csv = csv_writer();
        }
    }

    /// Appends a cell as it is.
    pub(super) fn cell(&mut self, cell: &str) {
        if self.length > 0 {
            let (result, written) = self.csv.delimiter(&mut self.octets[self.length..]);
            self.wrote(&result, written);
        }
        let (result, _, written) = self.csv.field(cell.as_bytes(), &mut self.octets[self.length..]);
        self.wrote(&result, written);
    }

    /// Appends a cell for text that was spelt.
    pub(super) fn text(&mut self, spelt: &str) {
        self.cell(&cell::neutralise(spelt));
    }

    /// The line with its CRLF; `None` if it is too long.
    pub(super) fn end(&mut self) -> Option<&[u8]> {
        let (result, written) = self.csv.terminator(&mut self.octets[self.length..]);
        self.wrote(&result, written);
        (!self.is_full).then(|| &self.octets[..self.length])
    }

    fn wrote(&mut self, result: &WriteResult, octets: usize) {
        self.length += octets;
        self.is_full |= *result == WriteResult::OutputFull;
    }
}

fn csv_writer() -> Writer {
    WriterBuilder::new().terminator(Terminator::CRLF).build()
}

/// The cells of a line without its CRLF, read with no leniency: each line has one reading, and each
/// list of cells one line, which is the one that [`Row`] writes. (The reader of `csv` takes many
/// lines for the same cells, by design.)
pub(super) struct Cells<'a> {
    rest: Option<&'a str>,
    has_quotes: bool,
}

/// A cell whose quotes are not as RFC 4180 §2 has them, or are there without need.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadQuotes;

impl<'a> Cells<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        Self { rest: Some(line), has_quotes: line.contains('"') }
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Result<Cow<'a, str>, BadQuotes>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.take()?;
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some((cell, rest)) = split_quoted(quoted) else {
                return Some(Err(BadQuotes));
            };
            self.rest = rest;
            return Some(Ok(cell));
        }
        let cell = match rest.split_once(',') {
            Some((cell, rest)) => {
                self.rest = Some(rest);
                cell
            }
            None => rest,
        };
        Some(if self.has_quotes && cell.contains('"') { Err(BadQuotes) } else { Ok(Cow::Borrowed(cell)) })
    }
}

/// Splits after the closing quote and its comma, if there is one.
fn split_quoted(text: &str) -> Option<(Cow<'_, str>, Option<&str>)> {
    let mut end = text.find('"')?;
    let mut is_doubled = false;
    while text[end + 1..].starts_with('"') {
        is_doubled = true;
        end += 2 + text[end + 2..].find('"')?;
    }
    let cell = &text[..end];
    let rest = match &text[end + 1..] {
        "" => None,
        rest => Some(rest.strip_prefix(',')?),
    };
    if is_doubled {
        Some((Cow::Owned(cell.replace("\"\"", "\"")), rest))
    } else {
        cell.contains(',').then_some((Cow::Borrowed(cell), rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(line: &str) -> Result<Vec<String>, BadQuotes> {
        Cells::of(line).map(|cell| cell.map(Cow::into_owned)).collect()
    }

    #[test]
    fn quotes_are_read_strictly() {
        assert_eq!(cells("a,,\"b,c\",\"d\"\"e\",").unwrap(), ["a", "", "b,c", "d\"e", ""]);
        assert_eq!(cells("").unwrap(), [""]);
        for line in ["a\"b", "\"ab\"", "\"\"", "\"a,b", "\"a,b\"c", "\"a,b\" ,c", "\"a\"\"", "\"", "a,\""] {
            assert_eq!(cells(line), Err(BadQuotes), "{line}");
        }
    }

    #[test]
    fn a_line_has_a_bound() {
        let mut row = Row::new();
        for (length, fits) in
            [(MAX_LINE_OCTETS - 2, true), (MAX_LINE_OCTETS - 1, false), (MAX_LINE_OCTETS * 2, false)]
        {
            row.begin();
            row.cell(&"x".repeat(length));
            assert_eq!(row.end().is_some(), fits, "{length}");
        }
        row.begin();
        row.cell("a,b");
        row.cell("");
        assert_eq!(row.end().unwrap(), b"\"a,b\",\r\n");
    }

    proptest! {
        #[test]
        fn cells_come_back_and_no_other_line_has_them(
            first in "[a,\"'گ =]{1,6}",
            mut wanted in proptest::collection::vec("[a,\"'گ =]{0,6}", 1..6),
            other in "[a,\"]{0,8}",
        ) {
            wanted.insert(0, first);
            let mut row = Row::new();
            row.begin();
            for cell in &wanted {
                row.cell(cell);
            }
            let line = String::from_utf8(row.end().unwrap().to_vec()).unwrap();
            prop_assert_eq!(cells(line.trim_end_matches("\r\n")).unwrap(), &wanted[..]);

            let mut oracle = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let record = oracle.records().next().unwrap().unwrap();
            prop_assert_eq!(record.iter().collect::<Vec<_>>(), wanted);

            if let Ok(read) = cells(&other) && !read[0].is_empty() {
                row.begin();
                for cell in &read {
                    row.cell(cell);
                }
                let written = row.end().unwrap().strip_suffix(b"\r\n").unwrap();
                prop_assert_eq!(written, other.as_bytes());
            }
        }
    }
}
