//! The rows of a list, each laid over the document that it is about.

use super::form::{Column, Form, Header};
use super::identified::Identified;
use super::paths::{Meant, Paths};
use super::record::Record;
use super::{Described, Noticed, Wish};
use provenance::id::item_id;
use provenance::name::{excerpt, spell};
use provenance::{Accession, Arrival, EventType, Given, Outcome, Supplied};
use std::collections::BTreeMap;

/// Who says so, in `description_basis`.
const BY: &str = "list";

/// Rows on their way to documents.
pub(super) struct Laying<'a> {
    name: &'a str,
    header: &'a Header,
    wish: Wish,
    pub(super) noticed: Noticed,
    found: BTreeMap<usize, Record>,
    others: Vec<Record>,
    described: Described,
}

impl<'a> Laying<'a> {
    pub(super) fn new(name: &'a str, header: &'a Header, wish: Wish, noticed: Noticed) -> Self {
        let described = Described { form: header.form.words(), ..Described::default() };
        Self { name, header, wish, noticed, found: BTreeMap::new(), others: Vec::new(), described }
    }

    /// Finds the document of each row.
    pub(super) fn find(&mut self, records: Vec<Record>, accession: &Accession) {
        let written: Vec<&str> = records.iter().map(|record| record.path.as_str()).collect();
        let paths = Paths::of(&accession.items, &written);
        let identified = self.header.has(&Column::ItemId).then(|| Identified::of(&accession.items));
        for record in records {
            let shown = excerpt(record.path.as_bytes());
            let meant = match (&identified, record.path.as_str()) {
                (None, "") if self.header.form == Form::Atom => Meant::Folder,
                (Some(identified), path) if !path.is_empty() || identified.has(&record.item_id) => {
                    identified.find(&record, &paths)
                }
                (_, "") => {
                    self.noticed.problem(record.row, "expected a path, found none");
                    continue;
                }
                (_, path) => paths.find(path),
            };
            let expected = || format!("expected the path of a document, found `{shown}`, which is none");
            match meant {
                Meant::Item(item) => self.describe(item, record, accession),
                Meant::ByName(item) => {
                    let here = &accession.items[item].path;
                    self.described.by_name.push(format!("{} is {here}", spell(&record.path)));
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
                Meant::Unclear(why) => self.noticed.problem(record.row, &why),
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
    pub(super) fn lay(mut self, accession: &mut Accession) -> Described {
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
