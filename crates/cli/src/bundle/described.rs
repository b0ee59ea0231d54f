//! `--describe`: a list of documents, and what somebody knows of them: the sheet of fonds, a list of
//! Archivematica or AtoM, or one's own.
//!
//! All that is wrong with it is told at once, and then nothing is packed.

mod date;
mod event;
mod form;
mod paths;
mod record;

use crate::context::Refusal;
use export::returned::{Repeats, Table};
use fixity::{Algorithm, sum_of};
use form::{Column, Form, Header};
use paths::{Meant, Paths};
use provenance::id::item_id;
use provenance::name::{escape, excerpt, spell};
use provenance::{Accession, Arrival, EventType, Given, Outcome, Supplied};
use record::Record;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

/// Octets of the longest list.
const LONGEST: u64 = 64 << 20;
/// As many problems are told.
const MOST_TOLD: usize = 200;
/// Who says so, in `description_basis`.
const BY: &str = "list";

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
    /// Documents that were found by their names alone.
    pub(crate) by_name: u64,
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
    let shown = crate::answer::shown(file);
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
    let is_grave = |remark: &&String| remark.starts_with("row ");
    noticed.problems.extend(table.remarks.iter().filter(is_grave).cloned());
    let records: Vec<Record> =
        table.rows.iter().map(|line| Record::read(&header, &table.columns, line, &mut noticed)).collect();
    let mut laying = Laying::new(name, &header, wish, noticed);
    laying.find(records, accession);
    if !laying.noticed.problems.is_empty() {
        return Err(laying.noticed.problems);
    }
    let mut described = laying.lay(accession);
    described.remarks.splice(0..0, table.remarks.iter().cloned());
    Ok(described)
}

/// Rows on their way to documents.
struct Laying<'a> {
    name: &'a str,
    header: &'a Header,
    wish: Wish,
    noticed: Noticed,
    found: BTreeMap<usize, Record>,
    others: Vec<Record>,
    described: Described,
}

impl<'a> Laying<'a> {
    fn new(name: &'a str, header: &'a Header, wish: Wish, noticed: Noticed) -> Self {
        let described = Described { form: header.form.words(), ..Described::default() };
        Self { name, header, wish, noticed, found: BTreeMap::new(), others: Vec::new(), described }
    }

    /// Finds the document of each row.
    fn find(&mut self, records: Vec<Record>, accession: &Accession) {
        let written: Vec<&str> = records.iter().map(|record| record.path.as_str()).collect();
        let paths = Paths::of(&accession.items, &written);
        let ids: HashMap<String, usize> = if self.header.has(&Column::ItemId) {
            let id = |(number, item): (usize, &provenance::Item)| {
                (item_id(item.path.as_str()).as_str().to_owned(), number)
            };
            accession.items.iter().enumerate().map(id).collect()
        } else {
            HashMap::new()
        };
        for record in records {
            let shown = excerpt(record.path.as_bytes());
            let meant = match (record.path.trim(), ids.get(&record.item_id)) {
                ("", Some(&item)) => Meant::Item(item),
                ("", None) if self.header.form == Form::Atom => Meant::Folder,
                ("", None) => {
                    self.noticed.problem(record.row, "expected a path, found none");
                    continue;
                }
                (path, _) => paths.find(path),
            };
            let expected = || format!("expected the path of a document, found `{shown}`, which is none");
            match meant {
                Meant::Item(item) => self.describe(item, record, accession),
                Meant::ByName(item) => {
                    self.described.by_name += 1;
                    self.describe(item, record, accession);
                }
                Meant::Folder if matches!(self.header.form, Form::Archivematica | Form::Atom) => {
                    self.others.push(record);
                }
                // The sheet of a whole bundle may come with a part of its documents.
                Meant::Nothing if self.header.has(&Column::ItemId) => {
                    self.described.not_there.push(spell(&record.path).into_owned());
                }
                Meant::Folder | Meant::Nothing => self.noticed.problem(record.row, &expected()),
                Meant::Several(both) => self.noticed.problem(record.row, &both),
            }
        }
    }

    fn describe(&mut self, item: usize, record: Record, accession: &Accession) {
        let found = accession.items[item].size_octets;
        if let Some(size) = record.size.filter(|&size| size != found && record.digests.is_empty()) {
            let path = &accession.items[item].path;
            let message = format!("expected {size} octets of `{path}`, as the list says, found {found}");
            if self.wish.accept_damaged {
                self.described.remarks.push(message);
            } else {
                self.noticed.problem(record.row, &format!("{message}; --accept-damaged packs it as it is"));
            }
        }
        if let Some(first) = self.found.get(&item) {
            let (shown, first) = (excerpt(record.path.as_bytes()), first.row);
            self.noticed.problem(record.row, &format!("`{shown}` is described by row {first} already"));
        } else {
            self.found.insert(item, record);
        }
    }

    /// Lays what was found over the documents.
    fn lay(mut self, accession: &mut Accession) -> Described {
        let list = accession.lists.len();
        self.described.documents = self.found.len() as u64;
        for (number, record) in self.found {
            let Some(item) = accession.items.get_mut(number) else { continue };
            let digests = record.digests.iter().map(|&digest| Supplied { item: number, digest, list });
            accession.supplied.extend(digests);
            if let Some(size) = record.size.filter(|&size| size != item.size_octets) {
                accession.arrivals.push(Arrival {
                    event_type: EventType::FixityCheck,
                    object_path: item.path.as_str().to_owned(),
                    digest_before: None,
                    outcome: Outcome::Fail,
                    detail: format!("expected {size} octets by {}, found {}", self.name, item.size_octets),
                });
            }
            let id = item_id(item.path.as_str());
            let values = record.into_values(id.as_str());
            item.given.retain(|given| !values.iter().any(|(column, _)| *column == given.column));
            item.given.extend(values.into_iter().map(|(column, value)| Given { column, value, by: BY }));
        }
        if accession.supplied.iter().any(|supplied| supplied.list == list) {
            accession.lists.push(self.name.to_owned());
        }
        self.described.of_no_document = self.others.len() as u64;
        for record in self.others {
            let what = if record.level.is_empty() { "a folder" } else { record.level.as_str() };
            let words = record.in_words();
            accession.arrivals.push(Arrival {
                event_type: EventType::Accession,
                object_path: self.name.to_owned(),
                digest_before: None,
                outcome: Outcome::Success,
                detail: spell(&format!("row {} describes {what} {}: {words}", record.row, record.path))
                    .into_owned(),
            });
        }
        let remarks = self.noticed.remarks();
        self.described.remarks.extend(remarks);
        self.described
    }
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
    let hint = "the first row names the columns: one of paths, and what is known of the documents there, as in \
                metadata/manifest.csv, in metadata.csv of Archivematica, or in the ISAD(G) template of AtoM";
    Refusal::new(&message, Some(hint))
}

#[cfg(test)]
mod tests;
