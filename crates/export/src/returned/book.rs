//! Workbooks that come back: XLSX, XLS, ODS, by the crate `calamine`.

use super::{MOST_ROWS, Raw};
use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use std::io::Cursor;

/// The tab that is read, if there are several.
const TAB: &str = "manifest";

/// A workbook may unfold to so many times its octets, and so many besides.
const MOST_FOLD: u64 = 256;
const MOST_BESIDES: u64 = 64 << 20;

/// Reads a workbook: its tab `manifest`, or its only one, or the first with anything in it.
pub(super) fn read(octets: &[u8]) -> Result<Raw, String> {
    expect_no_bomb(octets)?;
    let mut book = open_workbook_auto_from_rs(Cursor::new(octets)).map_err(|error| error.to_string())?;
    let kind = match book {
        Sheets::Xls(_) => "XLS",
        Sheets::Xlsx(_) => "XLSX",
        Sheets::Xlsb(_) => "XLSB",
        Sheets::Ods(_) => "ODS",
    };
    let names = book.sheet_names();
    let name = names
        .iter()
        .find(|name| name.trim().eq_ignore_ascii_case(TAB))
        .or_else(|| names.first())
        .ok_or("there is no sheet in it")?
        .clone();
    let mut raw = Raw { dialect: format!("{kind}, sheet `{name}`"), ..Raw::default() };
    raw.remarks.extend(
        names.iter().filter(|other| **other != name).map(|other| format!("the sheet `{other}` was not read")),
    );
    let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    if range.height() > MOST_ROWS {
        return Err(format!("it has more than {MOST_ROWS} rows"));
    }
    raw.blank_rows += u64::from(first_row);
    for (number, cells) in (u64::from(first_row) + 1..).zip(range.rows()) {
        // What stands before the first column that is used is blank.
        let before = std::iter::repeat_n(String::new(), first_column as usize);
        let cells: Vec<String> = before.chain(cells.iter().map(text)).collect();
        raw.push(number, cells)?;
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
    if !octets.starts_with(b"PK") {
        return Ok(());
    }
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
