//! All findings of all bags as CSV, for a spreadsheet.

use crate::answer::{Answer, FindingRow};
use bagit::staging::Staged;
use bagit::{Error, ErrorKind, Result};
use csv::{Terminator, Writer, WriterBuilder};
use provenance::cell::neutralise;
use provenance::name::spell;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

const COLUMNS: [&str; 8] = ["bag", "verdict", "code", "severity", "path", "clause", "message", "hint"];

/// Excel takes a CSV for UTF-8 only with this before it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A sheet under construction; it gets its name when it is whole.
pub(crate) struct FindingsSheet {
    target: PathBuf,
    staged: Staged,
    rows: Writer<BufWriter<File>>,
    bag: String,
    verdict: &'static str,
}

impl FindingsSheet {
    /// Begins a sheet that will be `target`, which must not exist.
    pub(crate) fn begin_at(target: &Path) -> Result<Self> {
        let (staged, file) = Staged::file(target)?;
        let cannot_write = |error| cannot_write(target, error);
        let mut file = BufWriter::new(file);
        file.write_all(BYTE_ORDER_MARK).map_err(cannot_write)?;
        let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
        rows.write_record(COLUMNS).map_err(|error| cannot_write(of_csv(error)))?;
        Ok(Self { target: target.to_owned(), staged, rows, bag: String::new(), verdict: "" })
    }

    /// The rows that follow are about this bag.
    pub(crate) fn begin(&mut self, answer: &Answer) {
        self.bag = cell(&answer.path);
        self.verdict = answer.word();
    }

    pub(crate) fn write(&mut self, row: &FindingRow<'_>) -> Result<()> {
        let FindingRow { code, severity, path, clause, message, hint } = row;
        let [path, message, hint] = [path, message, hint].map(|value| cell(value));
        self.rows
            .write_record([&*self.bag, self.verdict, code, severity, &path, clause, &message, &hint])
            .map_err(|error| cannot_write(&self.target, of_csv(error)))
    }

    /// Gives it its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.rows.flush().map_err(|error| cannot_write(&self.target, error))?;
        self.staged.commit()
    }
}

/// No spreadsheet runs it, no terminal obeys it, and a row is one line.
fn cell(value: &str) -> String {
    neutralise(&spell(value)).into_owned()
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
