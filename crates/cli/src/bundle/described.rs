//! `--describe`: a CSV of paths, and what somebody knows of the documents there.
//!
//! All that is wrong with it is told at once, and then nothing is packed.

mod paths;

use crate::context::Refusal;
use csv::{ReaderBuilder, StringRecord};
use export::sheet::{COLUMNS, FilledBy, value_problem};
use fixity::{Algorithm, sum_of};
use paths::Paths;
use provenance::cell::{needs_apostrophe, restore};
use provenance::name::{escape, excerpt};
use provenance::{Accession, Arrival, EventType, Given, Outcome};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Octets of the longest list.
const LONGEST: u64 = 64 << 20;
/// As many problems are told.
const MOST_TOLD: usize = 200;
/// Who says so, in `description_basis`.
const BY: &str = "list";

/// A column of the list.
enum Column {
    Path,
    Described(&'static str),
    /// Without a name, as some spreadsheets leave at the end; it must be blank.
    Nameless,
    /// One that was told as a problem already.
    Refused,
}

/// Lays what the list at `file` says over the documents of an accession; answers how many it describes.
pub(super) fn lay(file: &Path, accession: &mut Accession) -> Result<u64, Refusal> {
    let octets = read(file)?;
    let list = List::of(&octets).map_err(|problems| refusal(file, &problems))?;
    let given = list.given(accession).map_err(|problems| refusal(file, &problems))?;
    let described = given.len() as u64;
    for (item, values) in given {
        let known = &mut accession.items[item].given;
        known.retain(|given| !values.iter().any(|value| value.column == given.column));
        known.extend(values);
    }
    accession.arrivals.push(Arrival {
        event_type: EventType::MessageDigestCalculation,
        object_path: escape(file.file_name().unwrap_or_default().as_encoded_bytes()),
        digest_before: sum_of(&octets, &[Algorithm::Sha256]).digests.first().copied(),
        outcome: Outcome::Success,
        detail: format!("a list that describes {described} documents; not packed"),
    });
    Ok(described)
}

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    let shown = escape(file.as_os_str().as_encoded_bytes());
    let failed = |why: &dyn std::fmt::Display| {
        Refusal::new(&format!("cannot read the descriptions `{shown}`: {why}"), None)
    };
    let metadata = std::fs::metadata(file).map_err(|error| failed(&error))?;
    if !metadata.is_file() {
        return Err(failed(&"it is no file"));
    }
    if metadata.len() > LONGEST {
        return Err(failed(&format!("expected at most {LONGEST} octets, found {}", metadata.len())));
    }
    std::fs::read(file).map_err(|error| failed(&error))
}

fn refusal(file: &Path, problems: &[String]) -> Refusal {
    let shown = escape(file.as_os_str().as_encoded_bytes());
    let mut message = format!("cannot take descriptions from `{shown}`:");
    for problem in problems.iter().take(MOST_TOLD) {
        message.push_str("\n  ");
        message.push_str(problem);
    }
    if problems.len() > MOST_TOLD {
        let _ = write!(message, "\n  and {} more", problems.len() - MOST_TOLD);
    }
    let hint = "the first row names the columns: `path`, and those of metadata/manifest.csv that describe";
    Refusal::new(&message, Some(hint))
}

/// A list whose header is right.
struct List<'a> {
    text: &'a str,
    delimiter: u8,
    columns: Vec<Column>,
}

impl<'a> List<'a> {
    /// Reads the header: the first of comma, semicolon and tab that makes a column `path` of it decides.
    fn of(octets: &'a [u8]) -> Result<Self, Vec<String>> {
        let text = std::str::from_utf8(octets)
            .map_err(|error| vec![format!("expected UTF-8, found other octets ({error})")])?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let header = |delimiter: u8| {
            let mut header = StringRecord::new();
            let is_there = rows(text, delimiter).read_record(&mut header).unwrap_or(false);
            is_there.then_some(header).filter(|header| header.iter().any(|name| name.trim() == "path"))
        };
        let found =
            [b',', b';', b'\t'].into_iter().find_map(|delimiter| Some((delimiter, header(delimiter)?)));
        let Some((delimiter, header)) = found else {
            return Err(vec!["row 1: expected a column `path`, found none".to_owned()]);
        };
        let mut problems = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let columns = header.iter().map(str::trim).map(|name| {
            if !name.is_empty() && seen.contains(&name) {
                problems.push(format!(
                    "row 1: expected each column once, found `{}` again",
                    excerpt(name.as_bytes())
                ));
            }
            seen.push(name);
            column(name).unwrap_or_else(|problem| {
                problems.push(format!("row 1: {problem}"));
                Column::Refused
            })
        });
        let columns = columns.collect();
        if problems.is_empty() { Ok(Self { text, delimiter, columns }) } else { Err(problems) }
    }

    /// What is known of which item; every problem if there is one.
    fn given(&self, accession: &Accession) -> Result<BTreeMap<usize, Vec<Given>>, Vec<String>> {
        let mut problems = Vec::new();
        let records = self.records(&mut problems);
        let written: Vec<&str> = records.iter().map(|(_, path, _)| path.as_str()).collect();
        let paths = Paths::of(&accession.items, &written);
        let mut given: BTreeMap<usize, (u64, Vec<Given>)> = BTreeMap::new();
        for (row, path, values) in records {
            match paths.find(&path) {
                Err(problem) => problems.push(format!("row {row}: {problem}")),
                Ok(item) => {
                    if let Some((first, _)) = given.get(&item) {
                        let shown = excerpt(path.as_bytes());
                        problems.push(format!("row {row}: `{shown}` is described by row {first} already"));
                    } else {
                        given.insert(item, (row, values));
                    }
                }
            }
        }
        let given = given.into_iter().map(|(item, (_, values))| (item, values)).collect();
        if problems.is_empty() { Ok(given) } else { Err(problems) }
    }

    /// Number, path and values of every row that says anything.
    fn records(&self, problems: &mut Vec<String>) -> Vec<(u64, String, Vec<Given>)> {
        let mut records = Vec::new();
        for (row, record) in (1_u64..).zip(rows(self.text, self.delimiter).into_records()).skip(1) {
            let Ok(record) = record else {
                problems.push(format!("row {row}: it cannot be read"));
                continue;
            };
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if record.len() != self.columns.len() {
                let (expected, found) = (self.columns.len(), record.len());
                problems.push(format!("row {row}: expected {expected} cells, found {found}"));
                continue;
            }
            let (mut path, mut values) = (String::new(), Vec::new());
            for (column, cell) in self.columns.iter().zip(&record) {
                let value = plain(cell);
                match column {
                    Column::Path => value.clone_into(&mut path),
                    Column::Described(column) if !value.trim().is_empty() => {
                        if let Some(problem) = problem(column, value) {
                            problems.push(format!("row {row}: {problem}"));
                        }
                        values.push(Given { column, value: value.to_owned(), by: BY });
                    }
                    Column::Nameless if !value.trim().is_empty() => {
                        problems.push(format!(
                            "row {row}: expected no value in a column without a name, found one"
                        ));
                    }
                    Column::Described(_) | Column::Nameless | Column::Refused => {}
                }
            }
            records.push((row, path, values));
        }
        records
    }
}

fn rows(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// What a name in the header stands for.
fn column(name: &str) -> Result<Column, String> {
    let shown = excerpt(name.as_bytes());
    match COLUMNS.iter().find(|column| column.name == name) {
        _ if name == "path" => Ok(Column::Path),
        _ if name.is_empty() => Ok(Column::Nameless),
        Some(column) if column.filled_by == FilledBy::Fonds => {
            Err(format!("expected what describes, found the column `{shown}`, which fonds measures itself"))
        }
        Some(column) if column.name.ends_with("_basis") => {
            Err(format!("expected what describes, found the column `{shown}`, which says how fonds knows"))
        }
        Some(column) => Ok(Column::Described(column.name)),
        None => Err(format!("expected columns of metadata/manifest.csv, found `{shown}`")),
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    let value = restore(cell);
    if needs_apostrophe(value) { value } else { cell }
}

/// Why a value cannot stand in the sheet as it is.
fn problem(column: &str, value: &str) -> Option<String> {
    let shown = excerpt(value.as_bytes());
    if let Some(problem) = value_problem(column, value) {
        return Some(format!("the {column} `{shown}` {problem}"));
    }
    let is_date = matches!(column, "date_published" | "date_created");
    (is_date && !edtf_core::is_valid(value)).then(|| {
        format!("the {column} `{shown}` is no date in EDTF, such as 1988-07-28, 1988-07, 1988~ or 1988/1990")
    })
}

#[cfg(test)]
mod tests;
