//! The sheets of a bundle as one workbook: a tab for each, for people who fill them in a spreadsheet.
//!
//! Every cell is text, so that no program makes another date, number or formula of it. What fonds
//! measured is grey and locked; what people fill is open. The same bundle gives the same octets.

mod ods;
mod xlsx;

use crate::columns::{Meaning, Sheet};
use crate::sheet::{COLUMNS, FilledBy};
use crate::vouched::vouched;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, find, open_stated};
use fixity::{Observer, Step};
use provenance::cell::restore;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

/// Programs of which a workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Office Open XML (ISO/IEC 29500): Excel, and most others.
    Xlsx,
    /// OpenDocument (ISO/IEC 26300): LibreOffice, and most others.
    Ods,
}

/// The language of titles and notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Persian; the sheets run from right to left.
    Persian,
}

impl Language {
    /// The note on the header of a column.
    fn note(self, meaning: &Meaning) -> String {
        let (title, note) = match self {
            Self::English => (&meaning.title_en, &meaning.note_en),
            Self::Persian => (&meaning.title_fa, &meaning.note_fa),
        };
        format!("{title}\n{note}")
    }
}

/// How many rows a workbook was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// By sheet, without the headers.
    pub rows: Vec<(Sheet, u64)>,
    /// Whether its sheets run from right to left.
    pub right_to_left: bool,
}

/// A sign of life, for whoever may want to stop it.
const STILL: Step = Step::Advanced { files: 0, octets: 0 };

/// Characters that Excel takes in a cell.
const LONGEST_CELL: usize = 32_767;
/// Rows that Excel takes in a sheet, the header among them.
const MOST_ROWS: u64 = 1_048_576;

/// A column as a workbook has it.
struct Shown<'a> {
    name: &'a str,
    /// What it means; `None` for one that is not of fonds.
    meaning: Option<&'a Meaning>,
    /// Whether nobody shall change it.
    locked: bool,
}

/// A workbook on its way; rows come in order, sheet by sheet.
trait Book {
    fn begin(&mut self, sheet: Sheet, columns: &[Shown<'_>]) -> Result<()>;
    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<()>;
    fn end(&mut self) -> Result<()>;
}

/// Writes the sheets of a bundle as a workbook to `out`. What does not fit in little memory lies
/// meanwhile in a file without a name in `folder`.
///
/// The sheets run from right to left if `language` does, or if most documents with a language in
/// `manifest.csv` are in one that does.
///
/// # Errors
/// If the bundle has no `manifest.csv`, a sheet is not what the tag manifests say, or has more than a
/// workbook takes; if `out` cannot be written, or the observer asked to stop.
pub fn write(
    container: &dyn Container,
    kind: Kind,
    language: Language,
    out: File,
    folder: &Path,
    observer: &dyn Observer,
) -> Result<Written> {
    let right_to_left = language == Language::Persian || is_right_to_left(container)?;
    let mut written = Written { right_to_left, ..Written::default() };
    match kind {
        Kind::Xlsx => {
            let mut book = xlsx::Xlsx::new(folder, language, right_to_left)?;
            fill(container, &mut book, &mut written, observer)?;
            book.save(out)?;
        }
        Kind::Ods => {
            let mut book = ods::Ods::new(out, language, right_to_left)?;
            fill(container, &mut book, &mut written, observer)?;
            book.save()?;
        }
    }
    Ok(written)
}

fn fill(
    container: &dyn Container,
    book: &mut dyn Book,
    written: &mut Written,
    observer: &dyn Observer,
) -> Result<()> {
    for sheet in Sheet::ALL {
        let path = sheet.path();
        if find(container.entries(), &path).is_none() && sheet != Sheet::Manifest {
            continue;
        }
        vouched(container, &path)?;
        let rows = fill_sheet(container, sheet, book, observer)?;
        written.rows.push((sheet, rows));
    }
    Ok(())
}

fn fill_sheet(
    container: &dyn Container,
    sheet: Sheet,
    book: &mut dyn Book,
    observer: &dyn Observer,
) -> Result<u64> {
    let mut csv = open(container, sheet)?;
    let header = csv.headers().map_err(|error| unreadable(sheet, &error))?.clone();
    let columns: Vec<Shown<'_>> = header.iter().map(|name| shown(sheet, name)).collect();
    book.begin(sheet, &columns)?;
    let (mut rows, mut record) = (0, csv::StringRecord::new());
    while csv.read_record(&mut record).map_err(|error| unreadable(sheet, &error))? {
        rows += 1;
        for (column, cell) in record.iter().enumerate() {
            if let Some(why) = unfit(restore(cell)) {
                let name = columns.get(column).map_or("?", |column| column.name);
                return Err(too_much(sheet, &format!("row {} has {why} in `{name}`", rows + 1)));
            }
        }
        if rows >= MOST_ROWS {
            return Err(too_much(sheet, &format!("it has more than {MOST_ROWS} rows")));
        }
        book.row(&mut record.iter().map(restore))?;
        if rows % 4096 == 0 && observer.observe(STILL) == ControlFlow::Break(()) {
            return Err(Error::new(ErrorKind::Cancelled, "cancelled; nothing was left at the target"));
        }
    }
    book.end()?;
    Ok(rows)
}

/// A sheet as it is stored, without its byte order mark.
fn open(container: &dyn Container, sheet: Sheet) -> Result<csv::Reader<impl std::io::Read>> {
    let path = sheet.path();
    let stream = find(container.entries(), &path).and_then(|index| open_stated(container, index, &|_, _| {}));
    let stream = stream.ok_or_else(|| {
        Error::new(ErrorKind::Package, format!("cannot read `{path}`: the bag has no such file"))
            .with_hint("only bundles of fonds have sheets; `fonds verify` says what it is")
    })?;
    Ok(csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::with_capacity(64 << 10, stream)))
}

/// What keeps a value from a cell of a workbook.
fn unfit(value: &str) -> Option<&'static str> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if value.len() > LONGEST_CELL && value.encode_utf16().count() > LONGEST_CELL {
        return Some("more than 32767 characters");
    }
    if value.contains(['\u{FFFE}', '\u{FFFF}']) {
        return Some("U+FFFE or U+FFFF, which XML has no form for,");
    }
    value.contains(is_control).then_some("a control character")
}

fn shown(sheet: Sheet, name: &str) -> Shown<'_> {
    let meaning = sheet.columns().find(|meaning| meaning.name == name);
    let column = COLUMNS.iter().find(|column| column.name == name);
    let locked = match sheet {
        Sheet::Manifest => column.is_some_and(|column| column.filled_by == FilledBy::Fonds),
        Sheet::Events => true,
        Sheet::Mentions => name != "status" && name != "speaker" && name != "role" && name != "normalised",
    };
    Shown { name, meaning, locked }
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "fa", "ckb", "ku", "ur", "ps", "he", "yi", "sd", "ug"];

/// Whether most documents whose language is known are written from right to left.
fn is_right_to_left(container: &dyn Container) -> Result<bool> {
    let mut csv = open(container, Sheet::Manifest)?;
    let header = csv.headers().map_err(|error| unreadable(Sheet::Manifest, &error))?;
    let Some(column) = header.iter().position(|name| name == "language") else { return Ok(false) };
    let (mut right, mut known, mut record) = (0_u64, 0_u64, csv::StringRecord::new());
    while csv.read_record(&mut record).map_err(|error| unreadable(Sheet::Manifest, &error))? {
        let language = record.get(column).unwrap_or_default();
        let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        known += u64::from(!primary.is_empty());
        right += u64::from(RIGHT_TO_LEFT.contains(&&*primary));
    }
    Ok(right * 2 > known)
}

fn unreadable(sheet: Sheet, error: &csv::Error) -> Error {
    Error::new(ErrorKind::Package, format!("cannot read `{}`: {error}", sheet.path()))
        .with_hint("`fonds verify` says what is wrong with it")
}

fn too_much(sheet: Sheet, why: &str) -> Error {
    Error::new(ErrorKind::TooLong, format!("cannot write `{}` into a workbook: {why}", sheet.path()))
        .with_hint("write it as CSV, without --xlsx and --ods")
}

fn cannot_write(error: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Package, format!("cannot write the workbook: {error}"))
}
