//! Writing `manifest.csv`.

use super::{BYTE_ORDER_MARK, COLUMNS, MAX_ROW_OCTETS, row::Row};
use crate::{Error, ErrorKind};
use provenance::{Timestamp, cell::neutralise};
use std::fmt::Write as _;
use std::io::Write;

/// Writes `manifest.csv`, one row per payload file, in the order of paths; see [`sheet`](super).
///
/// Needs memory for one row. The same rows give the same octets.
pub struct SheetWriter<W: Write> {
    csv: csv::Writer<W>,
    last_path: String,
    size: String,
    modified: String,
}

impl<W: Write> SheetWriter<W> {
    /// Writes the byte order mark and the header.
    ///
    /// # Errors
    /// [`ErrorKind::Package`] if `out` cannot be written.
    pub fn new(mut out: W) -> Result<Self, Error> {
        out.write_all(BYTE_ORDER_MARK).map_err(cannot_write)?;
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(64 * 1024)
            .from_writer(out);
        csv.write_record(COLUMNS.iter().map(|column| column.name)).map_err(cannot_write)?;
        Ok(Self { csv, last_path: String::new(), size: String::new(), modified: String::new() })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// [`ErrorKind::Order`] if its path does not come after that of the row before,
    /// [`ErrorKind::Time`] if `modified` has no text, and [`ErrorKind::TooLong`] if it is far too long
    /// (half of [`MAX_ROW_OCTETS`] always fits); then nothing was written, and others may follow.
    /// [`ErrorKind::Package`] if it cannot be written.
    pub fn row(&mut self, row: &Row<'_>) -> Result<(), Error> {
        if row.path <= self.last_path.as_str() {
            return Err(of_row(ErrorKind::Order, row.path, "it does not come after the row before"));
        }
        self.modified.clear();
        if let Some(at) = row.modified {
            let at = Timestamp::try_from(at)
                .map_err(|_| of_row(ErrorKind::Time, row.path, "its time of modification has no text"))?;
            at.write_to(&mut self.modified);
        }
        self.size.clear();
        if let Some(size) = row.size_octets {
            let _ = write!(self.size, "{size}");
        }
        let measured = [
            row.item_id,
            row.path,
            row.original_name,
            &self.size,
            row.sha256.unwrap_or_default(),
            row.sha512.unwrap_or_default(),
            &self.modified,
            row.media_type.unwrap_or_default(),
            row.puid.unwrap_or_default(),
            row.format_basis,
        ];
        let values = || measured.into_iter().chain(row.description.values());
        // At worst every octet is a quote, and each cell has an apostrophe, quotes and a comma.
        let at_most: usize = values().map(|value| 2 * value.len() + 4).sum();
        if at_most as u64 > MAX_ROW_OCTETS {
            return Err(of_row(ErrorKind::TooLong, row.path, "it is too long"));
        }

        for value in values() {
            self.csv.write_field(&*neutralise(value)).map_err(cannot_write)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(cannot_write)?;
        self.last_path.clear();
        self.last_path.push_str(row.path);
        Ok(())
    }

    /// Writes what is still held back, and gives back what was written to.
    ///
    /// # Errors
    /// [`ErrorKind::Package`] if it cannot be written.
    pub fn finish(self) -> Result<W, Error> {
        self.csv.into_inner().map_err(|error| cannot_write(error.into_error()))
    }
}

/// An error about the row of `path`, which may be any string.
fn of_row(kind: ErrorKind, path: &str, why: &str) -> Error {
    let path = provenance::name::excerpt(path.as_bytes());
    Error::new(kind, format!("cannot write row of `{path}`: {why}"))
}

fn cannot_write(error: impl Into<std::io::Error>) -> Error {
    Error::io(ErrorKind::Package, "cannot write sheet", error)
}
