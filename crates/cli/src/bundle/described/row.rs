//! One row of a list, cell by cell.

use super::Noticed;
use super::event::Events;
use super::form::{Column, Header};
use super::record::Record;
use export::returned::{Line, is_spreadsheet_error};
use fixity::Digest;
use provenance::cell::{needs_apostrophe, restore};
use provenance::name::excerpt;

/// Reads a row; whatever is wrong goes to `noticed`.
pub(super) fn read(header: &Header, names: &[String], line: &Line, noticed: &mut Noticed) -> Record {
    let mut record = Record::of_row(line.number, header.language);
    let mut events = Events::default();
    for ((column, name), cell) in header.columns.iter().zip(names).zip(line.cells.iter()) {
        let value = plain(cell).trim();
        if value.is_empty() {
            continue;
        }
        if is_spreadsheet_error(value) {
            noticed.problem(line.number, &format!("expected a value in `{name}`, found `{value}`"));
            continue;
        }
        match column {
            Column::Path if record.path.is_empty() => value.clone_into(&mut record.path),
            Column::ItemId => value.clone_into(&mut record.item_id),
            Column::Path | Column::Kept => record.keep(name, value, noticed),
            Column::Level => {
                value.clone_into(&mut record.level);
                record.keep(name, value, noticed);
            }
            Column::Described(column) => record.take(header.form, column, name, value, noticed),
            Column::Digest(algorithm) => {
                match Digest::from_hex(*algorithm, value.to_ascii_lowercase().as_bytes()) {
                    Some(digest) => record.digests.push(digest),
                    None => noticed.problem(
                        line.number,
                        &format!(
                            "expected {algorithm} in hexadecimal, found `{}`",
                            excerpt(value.as_bytes())
                        ),
                    ),
                }
            }
            Column::Size => match value.parse() {
                Ok(size) => record.size = Some(size),
                // Spreadsheets write large numbers with fewer digits.
                Err(_) => noticed.passed(name),
            },
            Column::Event(list) => events.add(*list, value),
            Column::Passed => noticed.passed(name),
            Column::Nameless => {
                noticed.problem(line.number, "expected no value in a column without a name, found one");
            }
        }
    }
    events.lay(&mut record, noticed);
    record.settle(noticed);
    record
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    let value = restore(cell);
    if needs_apostrophe(value) { value } else { cell }
}
