//! What is suggested of very many files, in little memory.

use super::captures::{CaptureTally, Captures};
use super::facts::Facts;
use super::formats::FormatTable;
use super::suggested::Suggested;
use crate::sheet::SUGGESTED;
use provenance::description::RemarkKind;
use provenance::{Accession, Item};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The place of the address among the values.
const ADDRESS: usize = 3;
/// Sorts of what could identify a source that are counted.
const MOST_SORTS: usize = 100;

/// Suggestions as they are made, by many threads.
pub(super) struct Descriptions(Mutex<DescriptionTable>);

/// Suggestions by file number: one text for each file that has any, with NUL between its values, its
/// remark and the detail of its format.
#[derive(Default)]
pub(super) struct DescriptionTable {
    by_file: Vec<Option<Box<str>>>,
    facts: Vec<Facts>,
    captures: Captures,
    tally: Tally,
}

/// What was suggested of all documents together. Suggestions are to be confirmed by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents of which anything is suggested.
    pub described: u64,
    /// Documents with a suggested title.
    pub titles: u64,
    /// Documents with a suggested date of publication or creation.
    pub dates: u64,
    /// Documents with a suggested creator.
    pub creators: u64,
    /// Documents that extraction was given up at.
    pub given_up: u64,
    /// Web captures without their content.
    pub hollow: u64,
    /// Documents of which a suggestion was too long for the sheet.
    pub shortened: u64,
    /// How many web captures have what courts usually ask for.
    pub captures: CaptureTally,
    /// Numbers, in the accession, of the documents that could identify a source.
    pub sensitive: Vec<usize>,
    /// In how many of these each sort of thing was found: `position`, `serial number`.
    pub sensitive_sorts: BTreeMap<String, u64>,
}

impl Descriptions {
    pub(super) fn new(files: usize) -> Self {
        let by_file = std::iter::repeat_with(|| None).take(files).collect();
        Self(Mutex::new(DescriptionTable {
            by_file,
            facts: vec![Facts::default(); files],
            ..DescriptionTable::default()
        }))
    }

    /// Keeps what is suggested of a run of files.
    pub(super) fn set(&self, first: usize, suggested: &[Suggested]) {
        // Texts are made before the others have to wait.
        let texts: Vec<Option<Box<str>>> = suggested.iter().map(held).collect();
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((file, suggested), text) in (first..).zip(suggested).zip(texts) {
            table.tally.count(file, suggested);
            table.facts[file] = suggested.facts;
            table.by_file[file] = text;
        }
    }

    pub(super) fn into_table(self) -> DescriptionTable {
        let mut table = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Threads come in any order.
        table.tally.sensitive.sort_unstable();
        table
    }
}

/// What a table holds of a file; `None` where there is nothing.
fn held(suggested: &Suggested) -> Option<Box<str>> {
    let Suggested { values, remark, format_detail, .. } = suggested;
    let others = [remark.as_str(), format_detail.as_str()];
    let texts: Vec<&str> = values.iter().map(String::as_str).chain(others).collect();
    texts.iter().any(|text| !text.is_empty()).then(|| texts.join("\0").into_boxed_str())
}

impl DescriptionTable {
    /// Values in the order of the columns; all blank where nothing is suggested.
    pub(super) fn values(&self, file: usize) -> [&str; SUGGESTED] {
        let mut texts = self.texts(file);
        std::array::from_fn(|_| texts.next().unwrap_or_default())
    }

    /// The value at this place of the columns.
    pub(super) fn value(&self, file: usize, place: usize) -> &str {
        self.texts(file).take(SUGGESTED).nth(place).unwrap_or_default()
    }

    /// What a person should know, in one line; `None` where there is nothing.
    pub(super) fn remark(&self, file: usize) -> Option<&str> {
        self.texts(file).nth_back(1).filter(|remark| !remark.is_empty())
    }

    /// What more is known of its format; blank if nothing.
    pub(super) fn format_detail(&self, file: usize) -> &str {
        self.texts(file).next_back().unwrap_or_default()
    }

    /// Judges which documents are a web capture together, now that all are described.
    pub(super) fn judge_captures(&mut self, accession: &Accession, formats: &FormatTable) {
        self.captures =
            Captures::of(accession, formats, &|file| (self.facts(file), self.value(file, ADDRESS)));
        self.tally.captures = self.captures.tally();
    }

    /// What a document is in a web capture; blank if in none.
    pub(super) fn capture(&self, file: usize, items: &[Item]) -> String {
        self.captures.value(file, items)
    }

    /// What matters of it where it is a part of a capture.
    pub(super) fn facts(&self, file: usize) -> Facts {
        self.facts[file]
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    fn texts(&self, file: usize) -> impl DoubleEndedIterator<Item = &str> {
        self.by_file[file].iter().flat_map(|text| text.split('\0'))
    }
}

impl Tally {
    fn count(&mut self, file: usize, suggested: &Suggested) {
        let [title, creator, _, _, published, created, ..] = &suggested.values;
        let has = |values: &[&String]| u64::from(values.iter().any(|value| !value.is_empty()));
        self.described += has(&suggested.values.iter().collect::<Vec<_>>());
        self.titles += has(&[title]);
        self.creators += has(&[creator]);
        self.dates += has(&[published, created]);
        for sort in &suggested.sensitive {
            // A describer has a dozen of sorts, and not as many as there are documents.
            if self.sensitive_sorts.len() < MOST_SORTS || self.sensitive_sorts.contains_key(sort) {
                *self.sensitive_sorts.entry(sort.clone()).or_default() += 1;
            }
        }
        for kind in &suggested.kinds {
            match kind {
                RemarkKind::GivenUp => self.given_up += 1,
                RemarkKind::HollowCapture => self.hollow += 1,
                RemarkKind::Sensitive => self.sensitive.push(file),
                RemarkKind::Shortened => self.shortened += 1,
                _ => {}
            }
        }
    }
}
