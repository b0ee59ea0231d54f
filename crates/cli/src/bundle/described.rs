//! `--describe`: a list of documents, and what somebody knows of them: the sheet of fonds, a list of
//! Archivematica or AtoM, or one's own.
//!
//! All that is wrong with it is told at once, and then nothing is packed.

pub(crate) mod date;
mod event;
mod form;
mod identified;
mod laying;
mod paths;
mod record;
mod row;
mod years;

use crate::refusal::Refusal;
use crate::whole_file;
use export::returned::{Repeats, Table, Unknown};
use fixity::{Algorithm, sum_of};
use form::Header;
use laying::Laying;
use provenance::name::escape;
use provenance::{Accession, Arrival, EventType, Outcome};
use record::Record;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// Octets of the longest list.
const LONGEST: u64 = 64 << 20;
/// As many problems are told.
const MOST_TOLD: usize = 200;

/// What is done where it is not as one would have it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish {
    /// Keep columns that nobody knows among the notes.
    pub(super) keep_columns: bool,
    /// Pack documents that are not what they are said to be, too.
    pub(super) accept_damaged: bool,
}

/// What a list said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Described {
    /// How many documents it describes.
    pub(crate) documents: u64,
    /// Whose list it is, in words.
    pub(crate) form: &'static str,
    /// How it is written: `CSV, UTF-8, commas`.
    pub(crate) dialect: String,
    /// Documents that were found by their names alone: `CON is data/b/CON`.
    pub(crate) by_name: Vec<String>,
    /// What it describes and is not here.
    pub(crate) not_there: Vec<String>,
    /// Descriptions of folders and of higher levels: they are in `events.csv`.
    pub(crate) of_no_document: u64,
    /// What a person should know of how it was read, in sentences.
    pub(crate) remarks: Vec<String>,
}

/// What is noticed while a list is read.
#[derive(Default)]
struct Noticed {
    problems: Vec<String>,
    passed: BTreeSet<String>,
    kept: BTreeSet<String>,
    /// Values of several lines that are one now.
    folded: u64,
    /// Dates that stand in EDTF now.
    dates: u64,
    /// Dates that could only be kept as they are written.
    undated: u64,
}

impl Noticed {
    fn problem(&mut self, row: u64, what: &str) {
        self.problems.push(format!("row {row}: {what}"));
    }

    fn passed(&mut self, column: &str) {
        self.passed.insert(column.to_owned());
    }

    fn kept(&mut self, column: &str) {
        self.kept.insert(column.to_owned());
    }

    fn remarks(&self) -> Vec<String> {
        let names =
            |names: &BTreeSet<String>| names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let mut remarks = Vec::new();
        if !self.passed.is_empty() {
            let passed = names(&self.passed);
            remarks.push(format!("columns that fonds fills itself were passed over: {passed}"));
        }
        if !self.kept.is_empty() {
            remarks.push(format!("kept among the notes, under their own names: {}", names(&self.kept)));
        }
        let counts = [
            (self.folded, "values of several lines stand on one now"),
            (self.dates, "dates stand in EDTF now, and as they were written beside it"),
            (self.undated, "dates could not be told, and stand only as they were written"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        remarks.extend(counts.map(|(count, what)| format!("{count} {what}")));
        remarks
    }
}

/// Lays what the list at `file` says over the documents of an accession.
pub(super) fn lay(file: &Path, accession: &mut Accession, wish: Wish) -> Result<Described, Refusal> {
    let octets = read(file)?;
    let shown = crate::spelling::shown(file);
    let table = Table::read_as(&shown, &octets, Repeats::Allowed)
        .map_err(|error| Refusal::new(&error, error.hint()))?;
    let name = escape(file.file_name().unwrap_or_default().as_encoded_bytes());
    let mut described =
        of_table(&table, &name, accession, wish).map_err(|problems| refusal(file, &problems))?;
    described.dialect.clone_from(&table.dialect);
    accession.arrivals.push(Arrival {
        event_type: EventType::MessageDigestCalculation,
        object_path: name,
        digest_before: sum_of(&octets, &[Algorithm::Sha256]).digests.first().copied(),
        outcome: Outcome::Success,
        detail: format!(
            "a list that describes {} documents ({}); not packed",
            described.documents, described.form
        ),
    });
    Ok(described)
}

/// The same, of a list that is read; every problem if there is one.
fn of_table(
    table: &Table,
    name: &str,
    accession: &mut Accession,
    wish: Wish,
) -> Result<Described, Vec<String>> {
    let header = Header::read(table, wish.keep_columns)?;
    let mut noticed = Noticed::default();
    // A cell too many shows that others may stand in columns that are not theirs.
    let nameless = |row: &u64| format!("row {row} has cells beyond the last column, or below a blank name");
    noticed.problems.extend(table.nameless.iter().map(nameless));
    let unknown = |cell: &Unknown| {
        let column = table.columns.get(cell.place).map_or("", String::as_str);
        format!("row {}: expected a value in `{column}`, found {}", cell.row, cell.found)
    };
    noticed.problems.extend(table.unknown.iter().map(unknown));
    let records: Vec<Record> =
        table.rows.iter().map(|line| row::read(&header, &table.columns, line, &mut noticed)).collect();
    let mut laying = Laying::new(name, &header, wish, noticed);
    laying.find(records, accession);
    if !laying.noticed.problems.is_empty() {
        return Err(laying.noticed.problems);
    }
    let mut described = laying.lay(accession);
    described.remarks.splice(0..0, table.remarks.iter().cloned());
    Ok(described)
}

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    let shown = escape(file.as_os_str().as_encoded_bytes());
    let failed = |why: &dyn std::fmt::Display| {
        Refusal::new(&format!("cannot read the descriptions `{shown}`: {why}"), None)
    };
    whole_file::read(file, LONGEST).map_err(|error| failed(&error))
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
    let hint = "the first row names the columns: one of paths, and what is known of the documents there, as in \
                metadata/manifest.csv, in metadata.csv of Archivematica, or in the ISAD(G) template of AtoM";
    Refusal::new(&message, Some(hint))
}

#[cfg(test)]
mod tests;
