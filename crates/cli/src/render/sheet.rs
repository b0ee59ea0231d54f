//! Answers as CSV, for a spreadsheet.

use crate::answer::{Answer, FindingRow};
use bagit::staging::Staged;
use bagit::{Error, ErrorKind, Result};
use csv::{Terminator, Writer, WriterBuilder};
use provenance::cell::neutralise;
use provenance::name::spell;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Excel takes a CSV for UTF-8 only with this before it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A sheet under construction; it gets its name when it is whole.
pub(crate) struct Sheet {
    target: PathBuf,
    staged: Staged,
    rows: Writer<BufWriter<File>>,
}

impl Sheet {
    /// Begins a sheet that will be `target`, which must not exist.
    pub(crate) fn begin_at(target: &Path, columns: &[&str]) -> Result<Self> {
        let (staged, file) = Staged::file(target)?;
        let cannot_write = |error| cannot_write(target, error);
        let mut file = BufWriter::new(file);
        file.write_all(BYTE_ORDER_MARK).map_err(cannot_write)?;
        let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
        rows.write_record(columns).map_err(|error| cannot_write(of_csv(error)))?;
        Ok(Self { target: target.to_owned(), staged, rows })
    }

    /// Writes a row, of which no spreadsheet runs a cell and no terminal obeys one; it is one line.
    pub(crate) fn write<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let cells = values.into_iter().map(|value| neutralise(&spell(value)).into_owned());
        self.rows.write_record(cells).map_err(|error| cannot_write(&self.target, of_csv(error)))
    }

    /// Gives it its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.rows.flush().map_err(|error| cannot_write(&self.target, error))?;
        self.staged.commit()
    }
}

/// All findings of all bags.
pub(crate) struct FindingsSheet {
    sheet: Sheet,
    bag: String,
    verdict: &'static str,
}

impl FindingsSheet {
    /// Begins a sheet that will be `target`, which must not exist.
    pub(crate) fn begin_at(target: &Path) -> Result<Self> {
        const COLUMNS: [&str; 8] =
            ["bag", "verdict", "code", "severity", "path", "clause", "message", "hint"];
        Ok(Self { sheet: Sheet::begin_at(target, &COLUMNS)?, bag: String::new(), verdict: "" })
    }

    /// The rows that follow are about this bag.
    pub(crate) fn begin(&mut self, answer: &Answer) {
        self.bag.clone_from(&answer.path);
        self.verdict = answer.word();
    }

    pub(crate) fn write(&mut self, row: &FindingRow<'_>) -> Result<()> {
        let FindingRow { code, severity, path, clause, message, hint } = row;
        self.sheet.write([&*self.bag, self.verdict, code, severity, path, clause, message, hint])
    }

    /// Gives it its name.
    pub(crate) fn finish(self) -> Result<()> {
        self.sheet.finish()
    }
}

fn cannot_write(target: &Path, error: io::Error) -> Error {
    Error::io(ErrorKind::Write, "write", target, error)
}

fn of_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
