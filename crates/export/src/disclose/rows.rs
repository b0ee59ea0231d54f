//! The rows of the documents that leave. What tells in them of others is left blank.

use super::held::changed;
use super::leaks::{Guard, Withheld};
use super::{Blanked, Part};
use crate::columns::Sheet;
use crate::packs::Source;
use crate::sheet::{COLUMNS, DESCRIBED, Description, MEASURED, Row, SheetWriter, item_id};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufReader, Write};
use std::path::Path;

/// Columns that may name persons: what they say leaves, since somebody chose the document.
const NAMING: [&str; 6] = ["original_name", "creator", "people", "acquired_how", "custody_note", "notes"];
/// Cells that only the path can tell, and those that say what the octets are.
const KEPT: [&str; 6] = ["item_id", "path", "size_bytes", "sha256", "sha512", "modified"];

/// Rows that are ready to be written.
pub(super) struct Prepared {
    /// As many as documents leave, in their order.
    rows: Vec<OwnRow>,
    /// By `item_id`; `None` if no source has that sheet.
    mentions: Option<HashMap<Vec<u8>, Vec<csv::ByteRecord>>>,
    pub(super) blanked: Vec<Blanked>,
    pub(super) naming: Vec<(&'static str, u64)>,
}

/// A row that outlives its sheet.
struct OwnRow {
    /// Value by value, in the order of the columns.
    values: Vec<String>,
    size_octets: Option<u64>,
    pub(super) modified: Option<DateTime<Utc>>,
}

impl Prepared {
    /// Reads the sheets of all sources.
    ///
    /// # Errors
    /// If one cannot be read, or nothing can be kept beside the target.
    pub(super) fn of(part: &Part<'_>, target: &Path) -> Result<Self> {
        let mut sheets = Vec::with_capacity(part.sources.len());
        for held in &part.sources {
            sheets.push(Source::open(held.container, target)?);
        }
        let guard = guard(part, &sheets)?;
        let wanted: HashMap<(usize, &str), usize> = (0..)
            .zip(&part.leaving)
            .map(|(place, one)| ((one.source, one.opened.path.as_str()), place))
            .collect();
        let mut rows: BTreeMap<usize, OwnRow> = BTreeMap::new();
        let mut blanked = Vec::new();
        for (source, sheet) in sheets.iter().enumerate() {
            sheet.rows(&mut |row| {
                if let Some(&place) = wanted.get(&(source, row.path)) {
                    rows.insert(place, own(row, &guard, &mut blanked));
                }
                Ok(())
            })?;
        }
        blanked.sort_by(|a, b| a.path.cmp(&b.path));
        let rows: Vec<OwnRow> = rows.into_values().collect();
        if rows.len() != part.leaving.len() {
            return Err(changed(&"a row of manifest.csv is gone"));
        }
        let naming = NAMING.into_iter().filter_map(|name| {
            let column = COLUMNS.iter().position(|column| column.name == name)?;
            let number = rows.iter().filter(|row| !row.values[column].is_empty()).count() as u64;
            (number > 0).then_some((name, number))
        });
        let naming = naming.collect();
        let mentions = mentions(part, &sheets)?;
        Ok(Self { rows, mentions, blanked, naming })
    }

    /// The sheets that there will be.
    pub(super) fn sheets(&self) -> &'static [Sheet] {
        if self.mentions.is_some() { &Sheet::ALL } else { &[Sheet::Manifest, Sheet::Events] }
    }

    /// When a document was last modified.
    pub(super) fn modified(&self, place: usize) -> Option<DateTime<Utc>> {
        self.rows[place].modified
    }

    /// Text of `manifest.csv`.
    pub(super) fn write_manifest(&self, out: &mut dyn Write) -> Result<()> {
        let mut sheet = SheetWriter::new(out)?;
        for row in &self.rows {
            let value = |column: usize| row.values[column].as_str();
            let filled = |column: usize| Some(value(column)).filter(|value| !value.is_empty());
            let described: [&str; DESCRIBED] = std::array::from_fn(|at| value(MEASURED + at));
            sheet.row(&Row {
                item_id: value(0),
                path: value(1),
                original_name: value(2),
                size_octets: row.size_octets,
                sha256: filled(4),
                sha512: filled(5),
                modified: row.modified,
                media_type: filled(7),
                puid: filled(8),
                format_basis: value(9),
                description: Description::of(&described),
            })?;
        }
        sheet.finish().map(drop)
    }

    /// Text of `mentions.csv`, if there is to be one.
    pub(super) fn mentions(&self, part: &Part<'_>) -> Result<Option<Vec<u8>>> {
        let Some(mentions) = &self.mentions else { return Ok(None) };
        let failed = |error: csv::Error| Error::io(ErrorKind::Package, "cannot write mentions.csv", error);
        let mut text = crate::mentions::header()
            .map_err(|error| Error::io(ErrorKind::Package, "cannot write mentions.csv", error))?;
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut text);
        for one in &part.leaving {
            for row in mentions.get(item_id(&one.opened.path).as_str().as_bytes()).into_iter().flatten() {
                csv.write_byte_record(row).map_err(failed)?;
            }
        }
        csv.flush().map_err(|error| Error::io(ErrorKind::Package, "cannot write mentions.csv", error))?;
        drop(csv);
        Ok(Some(text))
    }
}

/// Hears of everything that the sources have and that stays.
fn guard(part: &Part<'_>, sheets: &[Source<'_>]) -> Result<Guard> {
    let shown = || part.leaving.iter().map(|one| one.opened.path.as_str());
    let paths: std::collections::HashSet<&str> = shown().collect();
    let mut withheld = Withheld::default();
    for (held, sheet) in part.sources.iter().zip(sheets) {
        for one in held.documents().iter().filter(|one| !paths.contains(one.path.as_str())) {
            withheld.name(&one.path);
            withheld.digest(fixity::hex_of(&one.sha256, &mut [0; 64]));
        }
        sheet.rows(&mut |row| {
            if !paths.contains(row.path) {
                withheld.name(row.original_name);
                row.sha512.into_iter().for_each(|digest| withheld.digest(digest));
            }
            Ok(())
        })?;
    }
    withheld.guard(shown())
}

/// A row of its own, without cells that tell of others.
fn own(row: &Row<'_>, guard: &Guard, blanked: &mut Vec<Blanked>) -> OwnRow {
    let measured = [
        row.item_id,
        row.path,
        row.original_name,
        "",
        row.sha256.unwrap_or_default(),
        row.sha512.unwrap_or_default(),
        "",
        row.media_type.unwrap_or_default(),
        row.puid.unwrap_or_default(),
        row.format_basis,
    ];
    let values = measured.into_iter().chain(row.description.values()).zip(COLUMNS);
    let values = values.map(|(value, column)| {
        if KEPT.contains(&column.name) || !guard.is_told_by(column.name, value, row.path) {
            return value.to_owned();
        }
        blanked.push(Blanked { path: row.path.to_owned(), column: column.name });
        String::new()
    });
    OwnRow { values: values.collect(), size_octets: row.size_octets, modified: row.modified }
}

/// Rows of `mentions.csv` about documents that leave, each from the source it is copied from.
fn mentions(
    part: &Part<'_>,
    sheets: &[Source<'_>],
) -> Result<Option<HashMap<Vec<u8>, Vec<csv::ByteRecord>>>> {
    let wanted: HashMap<Vec<u8>, usize> = part
        .leaving
        .iter()
        .map(|one| (item_id(&one.opened.path).as_str().as_bytes().to_vec(), one.source))
        .collect();
    let mut kept: Option<HashMap<Vec<u8>, Vec<csv::ByteRecord>>> = None;
    for (source, sheet) in sheets.iter().enumerate() {
        let Some(file) = sheet.sheet(Sheet::Mentions)? else { continue };
        let kept = kept.get_or_insert_default();
        for row in csv::ReaderBuilder::new().from_reader(BufReader::new(file)).into_byte_records() {
            let row = row.map_err(|error| Error::io(ErrorKind::Read, "cannot read mentions.csv", error))?;
            let id = row.get(0).unwrap_or_default();
            if wanted.get(id) == Some(&source) {
                kept.entry(id.to_vec()).or_default().push(row);
            }
        }
    }
    Ok(kept)
}
