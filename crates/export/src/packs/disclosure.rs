//! What may leave for a public catalogue, and what stays.
//!
//! Descriptions for a catalogue are read by everybody, and a name may cost a life. So a document whose
//! `sensitivity` says anything but `public` stays; persons are named only of documents that somebody
//! called `public`; and what may tell of sources stays always. Everything that stays is counted.

use super::Written;
use super::cells::cell;
use crate::sheet::Row;
use std::borrow::Cow;

/// Columns that may tell who gave a document, or say anything at all.
const NEVER: [&str; 4] = ["custody_note", "acquired_how", "notes", "original_name"];
/// Columns that name persons.
const PERSONS: [&str; 2] = ["creator", "people"];

/// Decides, row by row and cell by cell, and keeps count.
#[derive(Default)]
pub(super) struct Disclosure {
    pub(super) written: Written,
}

impl Disclosure {
    /// Whether the document may be described at all.
    pub(super) fn admits(&mut self, row: &Row<'_>) -> bool {
        let sensitivity = row.description.get("sensitivity").unwrap_or_default();
        let may = sensitivity.is_empty() || sensitivity == "public";
        if may {
            self.written.items += 1;
        } else {
            self.written.kept_back.push(row.path.to_owned());
        }
        may
    }

    /// The value of a cell, or blank where it stays.
    pub(super) fn shown<'a>(&mut self, row: &Row<'a>, column: &str) -> Cow<'a, str> {
        let value = cell(row, column);
        let is_public = row.description.get("sensitivity") == Some("public");
        let listed = NEVER.iter().find(|known| **known == column);
        let listed = listed.or(PERSONS.iter().find(|known| **known == column).filter(|_| !is_public));
        match listed {
            Some(column) if !value.is_empty() => {
                *self.written.withheld.entry(column).or_default() += 1;
                "".into()
            }
            _ => value,
        }
    }

    /// What came of it, with what a person should know.
    pub(super) fn finish(mut self) -> Written {
        let persons = PERSONS.iter().any(|column| self.written.withheld.contains_key(column));
        if persons {
            self.written.remarks.push(
                "persons are named only of documents whose sensitivity says `public`: fill that column in \
                 to let them out"
                    .to_owned(),
            );
        }
        self.written.remarks.push(
            "titles and descriptions go out as they are: read them before they are published".to_owned(),
        );
        self.written
    }
}
