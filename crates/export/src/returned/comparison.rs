//! A row that came back, held against that of its document cell by cell.

use super::basis::{AS_READ, KNOWN_DATES, is_from_before, withdrew};
use super::garbled::garbled;
use super::places::{Places, meaning};
use super::tolerance::Tolerance;
use super::tolerated::tolerated;
use super::{Change, DateReading, Line, Plan, Problem, ProblemKind, ReadDate};
use crate::columns::Kind;
use crate::sheet::{COLUMNS, Column, FilledBy, MEASURED, Row, too_long};
use encoding_rs::Encoding;
use provenance::cell::{needs_apostrophe, restore};

/// A document, and the row that came back for it.
pub(super) struct Comparison<'a> {
    pub(super) row: &'a Row<'a>,
    pub(super) line: &'a Line,
    pub(super) places: &'a Places,
    pub(super) read_date: ReadDate<'a>,
    /// Columns that the sheet of the bundle does not have.
    pub(super) lacking: &'a [&'static str],
    /// The encoding in which the table was read, where that is not one of Unicode.
    pub(super) read_in: Option<&'static Encoding>,
}

/// Why a cell cannot be taken.
type Refused = (ProblemKind, String);

impl Comparison<'_> {
    /// Adds what the row changes and what of it cannot be taken.
    pub(super) fn add_to(&self, plan: &mut Plan) {
        let first = plan.changes.len();
        let facts = facts(self.row);
        let values = facts.iter().map(String::as_str).chain(self.row.description.values());
        for ((column, place), old) in COLUMNS.iter().zip(self.places.columns).zip(values) {
            let Some(place) = place else { continue };
            let Some(cell) = self.line.cells.get(place) else {
                self.broken_off(column, old, plan);
                continue;
            };
            if cell == old || restore(cell) == old {
                continue;
            }
            if let Some(why) = tolerated(old, cell) {
                *plan.tolerated.entry(why).or_default() += 1;
                continue;
            }
            match self.value(column, old, cell) {
                Ok(Taken::Same(why)) => *plan.tolerated.entry(why).or_default() += 1,
                Ok(Taken::New(new)) => plan.changes.push(self.change(column.name, old, new)),
                Err((kind, message)) => plan.problems.push(Problem {
                    kind,
                    line: self.line.number,
                    column: column.name.to_owned(),
                    message,
                }),
            }
        }
        self.withdraw(plan, first);
    }

    /// A row that ends before one of its values: nobody knows whether that was taken out or lost.
    fn broken_off(&self, column: &Column, old: &str, plan: &mut Plan) {
        if !old.is_empty() {
            plan.problems.push(Problem {
                kind: ProblemKind::BrokenOff,
                line: self.line.number,
                column: column.name.to_owned(),
                message: format!("expected `{}` or a blank cell, found the end of the row", shown(old)),
            });
        }
    }

    fn change(&self, column: &'static str, old: &str, new: String) -> Change {
        Change {
            item_id: self.row.item_id.to_owned(),
            path: self.row.path.to_owned(),
            column,
            old: old.to_owned(),
            new,
            line: self.line.number,
            is_withdrawn: false,
        }
    }

    /// A person's date is not the one that was read of the document: how that is written there, and in
    /// which calendar, does not stand beside it, unless the person says so too.
    fn withdraw(&self, plan: &mut Plan, first: usize) {
        let changes = &plan.changes[first..];
        let is_dated = |change: &Change| KNOWN_DATES.contains(&change.column) && !change.new.is_empty();
        if !changes.iter().any(is_dated) {
            return;
        }
        let stays = |column: &&str| !changes.iter().any(|change| change.column == *column);
        let withdrawn: Vec<Change> = AS_READ
            .into_iter()
            .filter(stays)
            .filter_map(|column| Some((column, self.row.description.get(column)?)))
            .filter(|(_, old)| !old.is_empty())
            .map(|(column, old)| Change { is_withdrawn: true, ..self.change(column, old, String::new()) })
            .collect();
        plan.changes.extend(withdrawn);
    }

    /// The new value of a cell, if it can be taken.
    fn value(&self, column: &Column, old: &str, cell: &str) -> Result<Taken, Refused> {
        let new = value_of(cell);
        if new == old {
            return Ok(Taken::Same(Tolerance::Apostrophe));
        }
        if column.filled_by == FilledBy::Fonds || column.name.ends_with("_basis") {
            if new.is_empty() {
                return Ok(Taken::Same(Tolerance::Blank));
            }
            if is_from_before(old, new) {
                return Ok(Taken::Same(Tolerance::Before));
            }
            let message = format!("expected `{}`, which nobody changes, found `{}`", shown(old), shown(new));
            return Err((ProblemKind::Fact, message));
        }
        if self.was_withdrawn(column.name, old, new) {
            return Ok(Taken::Same(Tolerance::Before));
        }
        if self.lacking.contains(&column.name) {
            let message =
                format!("expected nothing, since the bundle has no such column, found `{}`", shown(new));
            return Err((ProblemKind::NoSuchColumn, message));
        }
        if is_spreadsheet_error(new) {
            return Err((ProblemKind::SpreadsheetError, format!("expected a value, found `{new}`")));
        }
        let acts = |c: char| provenance::name::is_unsafe_character(c) && !matches!(c, '\n' | '\r' | '\t');
        if new.contains(acts) {
            let message =
                format!("expected plain text, found a control or direction character in `{}`", shown(new));
            return Err((ProblemKind::UnsafeCharacter, message));
        }
        let read_in = self.read_in;
        if let Some(why) = garbled(old, new, read_in).or_else(|| garbled(old, cell.trim(), read_in)) {
            let message = format!("expected `{}`, found `{}`: {why}", shown(old), shown(new));
            return Err((ProblemKind::Garbled, message));
        }
        if let Some(most) = too_long(column.name, new) {
            let message = format!("expected at most {most} octets, found {}", new.len());
            return Err((ProblemKind::TooLong, message));
        }
        let Some(meaning) = meaning(column.name).filter(|_| !new.is_empty()) else {
            return Ok(Taken::New(new.to_owned()));
        };
        if meaning.kind == Kind::Edtf {
            return self.date(old, new);
        }
        if !meaning.vocabulary.is_empty() {
            let word = meaning.vocabulary.iter().find(|word| word.eq_ignore_ascii_case(new));
            let unknown =
                || format!("expected one of {}, found `{}`", meaning.vocabulary.join(", "), shown(new));
            let word = word.ok_or_else(|| (ProblemKind::NotInList, unknown()))?;
            return Ok(if word == old { Taken::Same(Tolerance::Case) } else { Taken::New(word.clone()) });
        }
        Ok(Taken::New(new.to_owned()))
    }

    /// Whether a cell holds what a person's date has taken out of its column, in a sheet that does not
    /// know of that date: it was sent out before.
    fn was_withdrawn(&self, column: &str, old: &str, new: &str) -> bool {
        let at = |name: &str| COLUMNS.iter().position(|column| column.name == name);
        let Some(basis) = self.row.description.get("date_basis") else { return false };
        let place = at("date_basis").and_then(|at| self.places.columns[at]);
        let is_up_to_date = place.and_then(|place| self.line.cells.get(place)).is_some_and(|cell| {
            let cell = value_of(cell);
            cell == basis || (!cell.is_empty() && !is_from_before(basis, cell))
        });
        AS_READ.contains(&column) && old.is_empty() && !is_up_to_date && withdrew(basis, column, new)
    }

    fn date(&self, old: &str, new: &str) -> Result<Taken, Refused> {
        match (self.read_date)(new) {
            DateReading::Settled(date) if date == old => Ok(Taken::Same(Tolerance::Date)),
            DateReading::Settled(date) => Ok(Taken::New(date)),
            DateReading::Unsettled(readings) if readings.iter().any(|reading| reading == old) => {
                Ok(Taken::Same(Tolerance::Date))
            }
            DateReading::Unsettled(readings) => {
                let message = format!(
                    "expected one date, found `{}`, which may be {}: write the one that is meant",
                    shown(new),
                    readings.join(" or ")
                );
                Err((ProblemKind::AmbiguousDate, message))
            }
            DateReading::Timed(day) => {
                let message = format!(
                    "expected a date, or one with a time to the second such as {day}T10:30:00, found `{}`: write it \
                     as {day}, and its time into date_as_written",
                    shown(new)
                );
                Err((ProblemKind::NoDate, message))
            }
            DateReading::Unreadable => {
                let message =
                    format!("expected a date such as 1988-07-28, 1988-07 or 1988, found `{}`", shown(new));
                Err((ProblemKind::NoDate, message))
            }
        }
    }
}

enum Taken {
    /// It says the same.
    Same(Tolerance),
    New(String),
}

/// The value that a cell means. An apostrophe in front is the sheet's own, or a person's who did not
/// want a number or date to be rewritten; before a letter it belongs to the word.
fn value_of(cell: &str) -> &str {
    let cell = cell.trim();
    let value = restore(cell);
    let is_word = value.len() < cell.len()
        && !needs_apostrophe(value)
        && value.starts_with(|first: char| first.is_alphabetic());
    if is_word { cell } else { value.trim() }
}

/// What fonds measured, as it stands in the sheet.
fn facts(row: &Row<'_>) -> [String; MEASURED] {
    let modified = row.modified.and_then(|at| provenance::Timestamp::try_from(at).ok());
    [
        row.item_id.to_owned(),
        row.path.to_owned(),
        row.original_name.to_owned(),
        row.size_octets.map_or_else(String::new, |size| size.to_string()),
        row.sha256.unwrap_or_default().to_owned(),
        row.sha512.unwrap_or_default().to_owned(),
        modified.map_or_else(String::new, |at| at.to_string()),
        row.media_type.unwrap_or_default().to_owned(),
        row.puid.unwrap_or_default().to_owned(),
        row.format_basis.to_owned(),
    ]
}

/// Whether a value is what a spreadsheet writes where it could not compute.
#[must_use]
pub fn is_spreadsheet_error(value: &str) -> bool {
    let is_word =
        matches!(value, "#REF!" | "#NAME?" | "#VALUE!" | "#N/A" | "#DIV/0!" | "#NULL!" | "#NUM!" | "#SPILL!");
    is_word || value.strip_prefix("Err:").is_some_and(|code| code.len() == 3 && code.parse::<u16>().is_ok())
}

/// A value on a line of an answer.
fn shown(value: &str) -> String {
    provenance::name::excerpt(value.as_bytes())
}
