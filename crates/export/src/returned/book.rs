//! Workbooks that come back: XLSX, XLS, ODS, by the crate `calamine`.

use super::{MOST_COLUMNS, MOST_ROWS, Raw, Unknown};
use calamine::{Data, DataType, Ods, Range, Reader, Xls, Xlsx};
use std::io::Cursor;

/// The tab that is read, if there are several.
const TAB: &str = "manifest";

/// A workbook may unfold to so many times its octets, and so many besides.
const MOST_FOLD: u64 = 256;
const MOST_BESIDES: u64 = 64 << 20;
/// Cells of a workbook that are looked at; as many as rows with all columns of a sheet have.
const MOST_CELLS: usize = MOST_ROWS * 48;

/// The file in a ZIP that says that it is a workbook of Excel.
const XLSX: &str = "xl/workbook.xml";

/// Reads a workbook: its tab `manifest`, or its only one, or the first with anything in it.
pub(super) fn read(octets: &[u8]) -> Result<Raw, String> {
    if !octets.starts_with(b"PK") {
        let mut book = Xls::new(Cursor::new(octets)).map_err(|error| error.to_string())?;
        return ranged(&mut book, "XLS");
    }
    expect_no_bomb(octets)?;
    let zip = zip::ZipArchive::new(Cursor::new(octets)).map_err(|error| error.to_string())?;
    if zip.index_for_name(XLSX).is_some() {
        return streamed(octets);
    }
    if zip.index_for_name("content.xml").is_none() {
        return Err("it is a ZIP, and neither XLSX nor ODS".to_owned());
    }
    let mut book = Ods::new(Cursor::new(octets)).map_err(|error| error.to_string())?;
    ranged(&mut book, "ODS")
}

/// The tab that is read, and what is said of it and of the others.
fn chosen(names: &[String], kind: &str) -> Result<(String, Raw), String> {
    let name = names
        .iter()
        .find(|name| name.trim().eq_ignore_ascii_case(TAB))
        .or_else(|| names.first())
        .ok_or("there is no sheet in it")?;
    let mut raw = Raw { dialect: format!("{kind}, sheet `{name}`"), ..Raw::default() };
    let others = names.iter().filter(|other| *other != name);
    raw.remarks.extend(others.map(|other| format!("the sheet `{other}` was not read")));
    Ok((name.clone(), raw))
}

/// Reads XLSX cell by cell, so that one far off takes no more memory than another.
fn streamed(octets: &[u8]) -> Result<Raw, String> {
    let mut book = Xlsx::new(Cursor::new(octets)).map_err(|error| error.to_string())?;
    let (name, mut raw) = chosen(&book.sheet_names(), "XLSX")?;
    for merged in book.merge_cells_by_sheet_name(&name).map_err(|error| error.to_string())? {
        raw.unknown.push(Unknown {
            row: u64::from(merged.start.0) + 1,
            place: merged.start.1 as usize,
            found: format!("cells that are merged down to row {}: part them", u64::from(merged.end.0) + 1),
        });
    }
    let mut reader = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
    let mut row = OpenRow::default();
    let mut looked_at = 0;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| error.to_string())? {
        looked_at += 1;
        if looked_at > MOST_CELLS {
            return Err(format!("it has more than {MOST_CELLS} cells"));
        }
        let is_computed = cell.formula.is_none();
        if cell.value.is_empty() && is_computed {
            continue;
        }
        let (number, place) = (u64::from(cell.pos.0) + 1, cell.pos.1 as usize);
        if place >= MOST_COLUMNS || number > MOST_ROWS as u64 {
            let place = place + 1;
            return Err(format!("there is a cell far off, in row {number}, column {place}: delete it"));
        }
        if cell.value.is_empty() {
            let found = "a formula that nobody computed: open the workbook in a spreadsheet and save it";
            raw.unknown.push(Unknown { row: number, place, found: found.to_owned() });
            continue;
        }
        row.go_to(number, &mut raw)?;
        row.put(place, text(&cell.value.into()));
    }
    row.close(&mut raw)?;
    Ok(raw)
}

/// The row of a workbook that is being read.
#[derive(Default)]
struct OpenRow {
    /// As a spreadsheet numbers it; 0 before the first.
    number: u64,
    cells: Vec<String>,
}

impl OpenRow {
    fn go_to(&mut self, number: u64, raw: &mut Raw) -> Result<(), String> {
        if number < self.number {
            return Err(format!("its row {number} stands behind row {}", self.number));
        }
        if number > self.number {
            self.close(raw)?;
            raw.blank_rows += number - self.number - 1;
            self.number = number;
        }
        Ok(())
    }

    fn put(&mut self, place: usize, text: String) {
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
        }
        self.cells[place] = text;
    }

    /// Hands a row on, as wide as the header: what a workbook does not have is blank.
    fn close(&mut self, raw: &mut Raw) -> Result<(), String> {
        if self.number > 0 {
            let width = raw.header.as_ref().map_or(0, Vec::len);
            self.cells.resize(self.cells.len().max(width), String::new());
            raw.push(self.number, &self.cells)?;
        }
        self.cells.clear();
        Ok(())
    }
}

/// Reads a workbook whose cells come all at once.
fn ranged<B: Reader<Cursor<T>>, T: AsRef<[u8]>>(book: &mut B, kind: &str) -> Result<Raw, String>
where
    B::Error: std::fmt::Display,
{
    let (name, mut raw) = chosen(&book.sheet_names(), kind)?;
    let range: Range<Data> = book.worksheet_range(&name).map_err(|error| error.to_string())?;
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let (rows, columns) = (range.height(), first_column as usize + range.width());
    if rows > MOST_ROWS {
        return Err(format!("it has more than {MOST_ROWS} rows"));
    }
    if columns > MOST_COLUMNS {
        return Err(format!("it has more than {MOST_COLUMNS} columns: delete what stands far off"));
    }
    raw.blank_rows += u64::from(first_row);
    let mut cells = Vec::new();
    for (number, row) in (u64::from(first_row) + 1..).zip(range.rows()) {
        // What stands before the first column that is used is blank.
        cells.clear();
        cells.resize(first_column as usize, String::new());
        cells.extend(row.iter().map(text));
        raw.push(number, &cells)?;
    }
    Ok(raw)
}

/// A cell as the text that a person sees, or as near to it as a number of a spreadsheet allows.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(is) => if *is { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
            Some(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
            None => at.as_f64().to_string(),
        },
        Data::Error(error) => error.to_string(),
    }
}

/// The reader of workbooks unfolds all of it: so what it states must be bearable.
fn expect_no_bomb(octets: &[u8]) -> Result<(), String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(octets)).map_err(|error| error.to_string())?;
    let mut unfolded = 0_u64;
    for index in 0..zip.len() {
        unfolded =
            unfolded.saturating_add(zip.by_index_raw(index).map_err(|error| error.to_string())?.size());
    }
    if unfolded > (octets.len() as u64).saturating_mul(MOST_FOLD).saturating_add(MOST_BESIDES) {
        return Err(format!("it would unfold to {unfolded} octets"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
