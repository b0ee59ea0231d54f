//! `manifest.csv` with other cells: every row that does not change is copied octet for octet.

use super::Change;
use super::basis;
use crate::sheet::MAX_ROW_OCTETS;
use crate::{Error, ErrorKind, Result};
use csv::ByteRecord;
use provenance::Sha256Hex;
use provenance::cell::{neutralise, restore};
use std::io::{self, Write};
use std::path::Path;

/// Where the sheet lies in a bundle.
const SHEET: &str = "metadata/manifest.csv";

/// An item whose row was written anew.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rewritten<'a> {
    pub(super) path: &'a str,
    /// SHA-256 of its row as it was stored, with its CRLF.
    pub(super) before: Sha256Hex,
    /// The same of the new row.
    pub(super) after: Sha256Hex,
    /// Its changes, in the order of columns.
    pub(super) changes: &'a [Change],
}

/// Writes `stored` with `changes`, which are in the order of its rows, to `out`.
///
/// # Errors
/// If a change is of no row or column of it, or a row becomes too long; if `out` cannot be written.
pub(super) fn rewrite<'a>(
    stored: &[u8],
    changes: &'a [Change],
    out: &mut dyn Write,
) -> Result<Vec<Rewritten<'a>>> {
    let mut rows = rows_of(stored);
    let header = rows.next().unwrap_or_default();
    let columns = Columns::of(header)?;
    out.write_all(header).map_err(|error| cannot_write(SHEET, error))?;
    let mut items = changes.chunk_by(|one, other| one.path == other.path).peekable();
    let mut rewritten = Vec::new();
    for row in rows {
        let Some(changes) = items.peek().copied() else {
            out.write_all(row).map_err(|error| cannot_write(SHEET, error))?;
            continue;
        };
        let record = record_of(row)?;
        if record.get(columns.path).map(restore_octets) != Some(changes[0].path.as_bytes()) {
            out.write_all(row).map_err(|error| cannot_write(SHEET, error))?;
            continue;
        }
        items.next();
        let new = columns.rewritten(&record, changes)?;
        out.write_all(&new).map_err(|error| cannot_write(SHEET, error))?;
        let (before, after) = (Sha256Hex::of(row), Sha256Hex::of(&new));
        rewritten.push(Rewritten { path: &changes[0].path, before, after, changes });
    }
    match items.next() {
        None => Ok(rewritten),
        Some(left) => Err(unfit(&format!("it has no row of `{}` in its place", left[0].path))),
    }
}

/// Rows as they are stored, each with its CRLF: one that does not stand in quotes.
fn rows_of(sheet: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = sheet;
    std::iter::from_fn(move || {
        let mut is_quoted = false;
        let mut end = rest.len();
        for (at, &octet) in rest.iter().enumerate() {
            match octet {
                // Two quotes within quotes are one that is text: out and in again.
                b'"' => is_quoted = !is_quoted,
                b'\n' if !is_quoted => {
                    end = at + 1;
                    break;
                }
                _ => {}
            }
        }
        let (row, after) = rest.split_at(end);
        rest = after;
        (!row.is_empty()).then_some(row)
    })
}

fn record_of(row: &[u8]) -> Result<ByteRecord> {
    let mut record = ByteRecord::new();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).buffer_capacity(row.len().max(1)).from_reader(row);
    reader.read_byte_record(&mut record).map_err(|error| unfit(&error.to_string()))?;
    Ok(record)
}

/// Where in a row each column is.
struct Columns {
    names: Vec<String>,
    path: usize,
}

impl Columns {
    fn of(header: &[u8]) -> Result<Self> {
        let header = header.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(header);
        let record = record_of(header)?;
        let names: Vec<String> =
            record.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let path = names.iter().position(|name| name == "path");
        let path = path.ok_or_else(|| unfit("it has no column `path`"))?;
        Ok(Self { names, path })
    }

    fn place(&self, column: &str) -> Result<usize> {
        let place = self.names.iter().position(|name| name == column);
        place.ok_or_else(|| unfit(&format!("it has no column `{column}`")))
    }

    /// The row of an item with its changes, and with what its values rest on now.
    fn rewritten(&self, record: &ByteRecord, changes: &[Change]) -> Result<Vec<u8>> {
        let mut cells: Vec<Vec<u8>> = record.iter().map(<[u8]>::to_vec).collect();
        let mut put = |column: &str, value: &str| {
            let place = self.place(column)?;
            let cell = cells.get_mut(place).ok_or_else(|| unfit("a row has too few cells"))?;
            *cell = neutralise(value).as_bytes().to_vec();
            Result::Ok(())
        };
        for change in changes {
            put(change.column, &change.new)?;
        }
        let stored = |column: &str| -> Result<String> {
            let cell = record.get(self.place(column)?).unwrap_or_default();
            Ok(String::from_utf8_lossy(restore_octets(cell)).into_owned())
        };
        put("description_basis", &basis::of_description(&stored("description_basis")?, changes))?;
        if let Some(dates) = basis::of_dates(&stored("date_basis")?, changes) {
            put("date_basis", &dates)?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(&cells).map_err(|error| unfit(&error.to_string()))?;
        let row = writer.into_inner().map_err(|error| unfit(&error.to_string()))?;
        if row.len() as u64 > MAX_ROW_OCTETS {
            let path = changes.first().map_or("", |change| change.path.as_str());
            let why = format!("cannot write row of `{path}`: it is too long");
            return Err(Error::new(ErrorKind::TooLong, why));
        }
        Ok(row)
    }
}

fn restore_octets(cell: &[u8]) -> &[u8] {
    std::str::from_utf8(cell).map_or(cell, |cell| restore(cell).as_bytes())
}

fn unfit(why: &str) -> Error {
    Error::new(ErrorKind::Read, format!("cannot change `{SHEET}`: {why}"))
        .with_hint("`fonds verify` says what is wrong with this bundle")
}

/// A file of the new bundle cannot be written; a full disk says so.
pub(super) fn cannot_write(path: &str, error: io::Error) -> Error {
    bagit::Error::io(bagit::ErrorKind::Write, "write", Path::new(path), error).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, column: &'static str, old: &str, new: &str) -> Change {
        let [item_id, path, old, new] = ["", path, old, new].map(str::to_owned);
        Change { item_id, path, column, old, new, line: 2, is_withdrawn: false }
    }

    const STORED: &str = "\u{FEFF}path,title,date_basis,description_basis,notes\r\n\
        data/a,\"x, y\",url,title: h1,\"two\r\nlines, \"\"q\"\"\"\r\n\
        data/b,'=1,,,\r\n\
        data/c,z,,,\r\n";

    #[test]
    fn changed_cells_change_and_nothing_else_does() {
        let changes = [
            change("data/a", "title", "x, y", "=x"),
            change("data/a", "notes", "", "a, b"),
            change("data/c", "notes", "", "new"),
        ];
        let mut out = Vec::new();
        let rewritten = rewrite(STORED.as_bytes(), &changes, &mut out).unwrap();
        let expected = "\u{FEFF}path,title,date_basis,description_basis,notes\r\n\
            data/a,'=x,url,title: person; notes: person,\"a, b\"\r\n\
            data/b,'=1,,,\r\n\
            data/c,z,,notes: person,new\r\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!(rewritten.len(), 2);
        assert_eq!((rewritten[0].path, rewritten[0].changes.len()), ("data/a", 2));
        assert_eq!(rewritten[1].before, Sha256Hex::of(b"data/c,z,,,\r\n"));
        assert_eq!(rewritten[1].after, Sha256Hex::of(b"data/c,z,,notes: person,new\r\n"));
    }

    #[test]
    fn what_has_no_place_is_an_error() {
        for changes in [
            [change("data/z", "title", "", "x")],
            [change("data/a", "capture", "", "x")],
            [change("data/a", "notes", "", &"x".repeat(2 << 20))],
        ] {
            assert!(rewrite(STORED.as_bytes(), &changes, &mut Vec::new()).is_err());
        }
        assert!(rewrite(b"title\r\nx\r\n", &[change("data/a", "title", "x", "y")], &mut Vec::new()).is_err());
        let mut out = Vec::new();
        rewrite(STORED.as_bytes(), &[], &mut out).unwrap();
        assert_eq!(out, STORED.as_bytes());
    }
}
