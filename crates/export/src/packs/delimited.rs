//! CSV that a program takes in: UTF-8 without a mark, commas, LF, quotes where they are needed.
//!
//! There is no apostrophe to keep a spreadsheet from running a cell, since a program would take it for
//! part of the value. But people do open such files in a spreadsheet; so a value that it would run gets
//! one space before it, which is counted and told.

use crate::{Error, ErrorKind, Result};
use provenance::cell::needs_apostrophe;
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Why a value stands there in another way than it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Adjusted {
    /// Got a space before it.
    pub(super) spaced: u64,
    /// Held a bar where a bar parts values; it became a slash.
    pub(super) unbarred: u64,
    /// Held a backslash before a quote or its end; it got a space behind it.
    pub(super) unescaped: u64,
}

impl Adjusted {
    /// In sentences, for whoever takes the pack further.
    pub(super) fn remarks(self) -> Vec<String> {
        let told = [
            (self.spaced, "begin with what a spreadsheet would run, and got a space before it"),
            (self.unbarred, "held a bar within one value, which became a slash"),
            (self.unescaped, "held a backslash before a quote or their end, and got a space behind it"),
        ];
        let told = told.into_iter().filter(|(cells, _)| *cells > 0);
        told.map(|(cells, what)| format!("{cells} cells {what}")).collect()
    }
}

/// Such a file on its way.
pub(super) struct Delimited<'a> {
    out: BufWriter<&'a File>,
    row: Vec<u8>,
    cells: usize,
    /// Octets that a row may have.
    longest: usize,
    /// Whether the reader takes a backslash before a quote for a sign that the quote belongs to the value.
    reads_backslashes: bool,
    pub(super) adjusted: Adjusted,
}

impl<'a> Delimited<'a> {
    pub(super) fn new(file: &'a File) -> Self {
        Self {
            out: BufWriter::new(file),
            row: Vec::new(),
            cells: 0,
            longest: usize::MAX,
            reads_backslashes: false,
            adjusted: Adjusted::default(),
        }
    }

    /// For a program in PHP: what `fgetcsv` with these limits reads right.
    pub(super) fn for_php(file: &'a File, longest: usize) -> Self {
        Self { longest, reads_backslashes: true, ..Self::new(file) }
    }

    /// One more cell of the row.
    pub(super) fn cell(&mut self, value: &str) {
        if self.cells > 0 {
            self.row.push(b',');
        }
        self.cells += 1;
        let mut text = String::new();
        // An apostrophe is run by nobody; it only asks for another where apostrophes are taken away.
        if needs_apostrophe(value) && !value.starts_with('\'') {
            text.push(' ');
            self.adjusted.spaced += 1;
        }
        text.push_str(value);
        let is_quoted = text.contains([',', '"', '\r', '\n']) || text.starts_with(' ');
        if self.reads_backslashes && is_quoted && (text.contains("\\\"") || text.ends_with('\\')) {
            text = text.replace("\\\"", "\\ \"");
            if text.ends_with('\\') {
                text.push(' ');
            }
            self.adjusted.unescaped += 1;
        }
        if is_quoted {
            self.row.push(b'"');
            self.row.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.row.push(b'"');
        } else {
            self.row.extend_from_slice(text.as_bytes());
        }
    }

    /// A cell of several values, parted by bars without spaces.
    pub(super) fn barred<'v>(&mut self, values: impl IntoIterator<Item = &'v str>) {
        let mut held_one = false;
        let unbarred = |value: &str| {
            held_one |= value.contains('|');
            value.replace('|', "/")
        };
        let joined = values.into_iter().map(unbarred).collect::<Vec<_>>().join("|");
        self.adjusted.unbarred += u64::from(held_one);
        self.cell(&joined);
    }

    /// Ends the row; `of` is what it is about.
    ///
    /// # Errors
    /// If it is longer than its reader takes, or cannot be written.
    pub(super) fn end_row(&mut self, of: &str) -> Result<()> {
        if self.row.len() > self.longest {
            let message = format!(
                "cannot describe `{of}`: expected a row of at most {} octets, found {}",
                self.longest,
                self.row.len()
            );
            return Err(Error::new(ErrorKind::TooLong, message)
                .with_hint("shorten its description in metadata/manifest.csv"));
        }
        self.row.push(b'\n');
        self.out.write_all(&self.row).map_err(cannot_write)?;
        self.row.clear();
        self.cells = 0;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn finish(mut self) -> Result<Adjusted> {
        self.out.flush().map_err(cannot_write)?;
        Ok(self.adjusted)
    }
}

fn cannot_write(error: io::Error) -> Error {
    Error::io(ErrorKind::Package, "cannot write the rows", error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Seek};

    fn written(php: bool, cells: &[&str]) -> (String, Adjusted) {
        let mut file = tempfile::tempfile().unwrap();
        let mut rows = if php { Delimited::for_php(&file, 1000) } else { Delimited::new(&file) };
        for value in cells {
            rows.cell(value);
        }
        rows.barred(["a", "b|c"]);
        rows.end_row("it").unwrap();
        let adjusted = rows.finish().unwrap();
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        (text, adjusted)
    }

    #[test]
    fn nothing_is_run_and_everything_is_counted() {
        let (text, adjusted) = written(false, &["=1+1", "a,b", "'tis", "say \"so\"", ""]);
        assert_eq!(text, "\" =1+1\",\"a,b\",'tis,\"say \"\"so\"\"\",,a|b/c\n");
        assert_eq!(adjusted, Adjusted { spaced: 1, unbarred: 1, unescaped: 0 });
        assert_eq!(adjusted.remarks().len(), 2);
    }

    #[test]
    fn a_backslash_escapes_nothing_in_php() {
        let (text, adjusted) = written(true, &["C:\\", "a,b\\", "\\\"x\""]);
        assert_eq!(text, "C:\\,\"a,b\\ \",\"\\ \"\"x\"\"\",a|b/c\n");
        assert_eq!(adjusted.unescaped, 2);
    }

    #[test]
    fn a_row_that_its_reader_would_cut_is_refused() {
        let file = tempfile::tempfile().unwrap();
        let mut rows = Delimited::for_php(&file, 5);
        rows.cell("123456");
        assert_eq!(rows.end_row("data/a").unwrap_err().kind(), ErrorKind::TooLong);
    }
}
