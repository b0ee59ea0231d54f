//! Reading `manifest.csv` back.

use super::{
    BYTE_ORDER_MARK, COLUMNS, MAX_ROW_OCTETS,
    bounded::Bounded,
    column::MEASURED,
    item_id,
    problem::{SheetFault, SheetProblem},
    row::{Description, Places, Row, cell_at},
};
use crate::{Error, ErrorKind};
use chrono::{DateTime, Utc};
use csv::StringRecord;
use fixity::PayloadPath;
use provenance::cell::{is_neutral, neutralise, restore};
use provenance::{Timestamp, digest::is_lower_hex};
use std::io::{Chain, Cursor, Read};

/// Reads `manifest.csv` row by row, and tells every rule that is broken; see [`sheet`](super).
///
/// Needs memory for one row. Quotes and line ends are read as leniently as spreadsheets write them.
pub struct SheetReader<R> {
    csv: csv::Reader<Bounded<Chain<Cursor<Vec<u8>>, R>>>,
    record: StringRecord,
    places: Places,
    width: usize,
    row: u64,
    last_path: String,
}

impl<R: Read> SheetReader<R> {
    /// Reads the header, and gives each problem of it to `sink`.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] if `reader` cannot be read.
    pub fn new(mut reader: R, sink: &mut dyn FnMut(SheetProblem)) -> Result<Self, Error> {
        // One octet more than the mark: `csv` skips a mark by itself, and takes it for the end if it is
        // all that the first read gives.
        let mut head = Vec::with_capacity(BYTE_ORDER_MARK.len() + 1);
        reader.by_ref().take(BYTE_ORDER_MARK.len() as u64 + 1).read_to_end(&mut head).map_err(cannot_read)?;
        if !head.starts_with(BYTE_ORDER_MARK) {
            sink(SheetProblem::new(1, SheetFault::ByteOrderMark, "the octets EF BB BF", &head));
        }
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .from_reader(Bounded::new(Cursor::new(head).chain(reader)));
        let record = StringRecord::new();
        let places = [None; COLUMNS.len()];
        let mut sheet = Self { csv, record, places, width: 0, row: 0, last_path: String::new() };
        sheet.next_record(sink)?;
        sheet.width = sheet.record.len();
        sheet.places = places_of(&sheet.record, sink);
        Ok(sheet)
    }

    /// The next row that can be read; its problems, and those of rows that cannot, go to `sink`. A
    /// malformed value is `None`. `None` in place of a row is the end.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] if the sheet cannot be read.
    pub fn next_row(&mut self, sink: &mut dyn FnMut(SheetProblem)) -> Result<Option<Row<'_>>, Error> {
        loop {
            if !self.next_record(sink)? {
                return Ok(None);
            }
            if self.record.len() == self.width {
                break;
            }
            let (expected, found) = (self.width.to_string(), self.record.len().to_string());
            sink(SheetProblem::new(self.row, SheetFault::CellCount, &expected, found.as_bytes()));
        }
        let row = Record { cells: &self.record, places: &self.places, row: self.row, sink }.row();
        if row.path <= self.last_path.as_str() {
            let expected = format!("a path after {}", self.last_path);
            sink(
                SheetProblem::new(self.row, SheetFault::Order, &expected, row.path.as_bytes()).about("path"),
            );
        }
        self.last_path.clear();
        self.last_path.push_str(row.path);
        Ok(Some(row))
    }

    /// Reads on to the next record that is text; `false` at the end.
    fn next_record(&mut self, sink: &mut dyn FnMut(SheetProblem)) -> Result<bool, Error> {
        loop {
            self.csv.get_mut().next_row();
            self.row += 1;
            let error = match self.csv.read_record(&mut self.record) {
                Ok(is_there) => return Ok(is_there),
                Err(error) => error,
            };
            if let csv::ErrorKind::Utf8 { err, .. } = error.kind() {
                sink(SheetProblem::new(self.row, SheetFault::Text, "UTF-8", err.to_string().as_bytes()));
            } else if self.csv.get_ref().is_exhausted() {
                let expected = format!("at most {MAX_ROW_OCTETS} octets");
                sink(SheetProblem::new(self.row, SheetFault::TooLong, &expected, b"more"));
                self.record.clear();
                return Ok(false);
            } else {
                return Err(cannot_read(error));
            }
        }
    }
}

/// Finds the columns by their names, and tells where the header is not that of fonds.
fn places_of(header: &StringRecord, sink: &mut dyn FnMut(SheetProblem)) -> Places {
    let mut places = [None; COLUMNS.len()];
    for (place, name) in header.iter().enumerate() {
        match COLUMNS.iter().position(|column| column.name == name) {
            Some(column) if places[column].is_none() => places[column] = Some(place),
            _ => {
                let expected = "the columns of fonds, once each";
                sink(SheetProblem::new(1, SheetFault::ExtraColumn, expected, name.as_bytes()));
            }
        }
    }
    for (column, place) in COLUMNS.iter().zip(places) {
        if place.is_none() {
            sink(SheetProblem::new(1, SheetFault::MissingColumn, column.name, b"").about(column.name));
        }
    }
    let out_of_place = places.iter().enumerate().find(|(column, place)| **place != Some(*column));
    if let Some((column, Some(place))) = out_of_place
        && !places.contains(&None)
    {
        let expected = format!("column {}", column + 1);
        let found = format!("column {}", place + 1);
        let problem = SheetProblem::new(1, SheetFault::ColumnOrder, &expected, found.as_bytes());
        sink(problem.about(COLUMNS[column].name));
    }
    places
}

/// A record on its way to become a row.
struct Record<'r, 's> {
    cells: &'r StringRecord,
    places: &'r Places,
    row: u64,
    sink: &'s mut dyn FnMut(SheetProblem),
}

impl<'r> Record<'r, '_> {
    fn row(mut self) -> Row<'r> {
        self.tell_formulas();
        let [
            item_id_found,
            path,
            original_name,
            size,
            sha256,
            sha512,
            modified,
            media_type,
            puid,
            format_basis,
        ] = std::array::from_fn::<_, MEASURED, _>(|column| restore(cell_at(self.cells, self.places, column)));
        if !path.starts_with("data/") || PayloadPath::problem(path).is_some() {
            self.tell(SheetFault::Path, "path", "a path below data/", path);
        }
        let expected_id = item_id(path);
        if item_id_found != expected_id.as_str() {
            self.tell(SheetFault::ItemId, "item_id", expected_id.as_str(), item_id_found);
        }
        Row {
            item_id: item_id_found,
            path,
            original_name,
            size_octets: self.size(size),
            sha256: self.digest("sha256", 64, sha256),
            sha512: self.digest("sha512", 128, sha512),
            modified: self.time(modified),
            media_type: filled(media_type),
            puid: filled(puid),
            format_basis,
            description: Description::read(self.cells, self.places),
        }
    }

    fn tell(&mut self, fault: SheetFault, column: &'static str, expected: &str, found: &str) {
        (self.sink)(SheetProblem::new(self.row, fault, expected, found.as_bytes()).about(column));
    }

    fn tell_formulas(&mut self) {
        for (at, column) in COLUMNS.iter().enumerate() {
            let cell = cell_at(self.cells, self.places, at);
            if !is_neutral(cell) {
                self.tell(SheetFault::Formula, column.name, &neutralise(restore(cell)), cell);
            }
        }
    }

    fn size(&mut self, value: &str) -> Option<u64> {
        let size = value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok()).flatten();
        if size.is_none() {
            self.tell(SheetFault::Size, "size_bytes", "a decimal number", value);
        }
        size
    }

    fn digest(&mut self, column: &'static str, digits: usize, value: &'r str) -> Option<&'r str> {
        let value = filled(value)?;
        if value.len() == digits && is_lower_hex(value) {
            return Some(value);
        }
        self.tell(SheetFault::Digest, column, &format!("{digits} lower-case hexadecimal digits"), value);
        None
    }

    fn time(&mut self, value: &str) -> Option<DateTime<Utc>> {
        let at = filled(value)?.parse::<Timestamp>().ok();
        if at.is_none() {
            self.tell(SheetFault::Time, "modified", "a time like 2023-07-06T09:14:02Z", value);
        }
        at.map(DateTime::from)
    }
}

/// The value, unless it is blank.
fn filled(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}

fn cannot_read(error: impl Into<std::io::Error>) -> Error {
    Error::io(ErrorKind::Read, "cannot read sheet", error)
}
