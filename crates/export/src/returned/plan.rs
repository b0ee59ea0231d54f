//! What a sheet that came back would change, and what of it cannot be taken.

use super::comparison::Comparison;
use super::tolerance::Tolerance;
use super::{Line, Table};
use crate::columns::{Meaning, Sheet};
use crate::sheet::{COLUMNS, Column, MEASURED, Row, SheetFault, SheetReader};
use crate::{Error, ErrorKind, Result};
use provenance::cell::restore;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;

/// What a text says as a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// One date, in EDTF.
    Settled(String),
    /// Any of these, in EDTF.
    Unsettled(Vec<String>),
    /// None.
    Unreadable,
}

/// Reads a date that a person wrote.
pub type ReadDate<'a> = &'a dyn Fn(&str) -> DateReading;

/// A cell that would be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item_id: String,
    /// Its path in the bundle.
    pub path: String,
    /// The column.
    pub column: &'static str,
    /// What it says now.
    pub old: String,
    /// What it would say.
    pub new: String,
    /// The row of the sheet that asks for it.
    pub line: u64,
    /// Whether it follows from another change: a person's date takes out how the document's own is
    /// written, and in which calendar.
    pub is_withdrawn: bool,
}

/// Something that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of problem.
    pub kind: ProblemKind,
    /// The row of the sheet.
    pub line: u64,
    /// The column; blank if it is about the whole row.
    pub column: String,
    /// What was expected and what was found, in words.
    pub message: String,
}

/// What sort of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A row that is about no document of the bundle.
    NoSuchItem,
    /// A second row about a document.
    Twice,
    /// What fonds measured was changed.
    Fact,
    /// A date that may be several.
    AmbiguousDate,
    /// A date that is none.
    NoDate,
    /// A word that is not in the list of its column.
    NotInList,
    /// A cell that a spreadsheet could not compute.
    SpreadsheetError,
    /// A character that no sheet may hold.
    UnsafeCharacter,
    /// A value that is longer than its column lets it be.
    TooLong,
    /// A row that ends before a value that the document has.
    BrokenOff,
    /// A value whose letters a program has garbled.
    Garbled,
    /// A row with a cell in no column.
    NoColumn,
    /// A cell whose value is not in the file, or stands in another cell.
    NotComputed,
    /// A value of a column that the sheet of an older bundle does not have.
    NoSuchColumn,
}

impl ProblemKind {
    /// A short name for machines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSuchItem => "no-such-item",
            Self::Twice => "twice",
            Self::Fact => "fact-changed",
            Self::AmbiguousDate => "ambiguous-date",
            Self::NoDate => "no-date",
            Self::NotInList => "not-in-list",
            Self::SpreadsheetError => "spreadsheet-error",
            Self::UnsafeCharacter => "unsafe-character",
            Self::TooLong => "too-long",
            Self::BrokenOff => "broken-off",
            Self::Garbled => "garbled",
            Self::NoColumn => "no-column",
            Self::NotComputed => "not-computed",
            Self::NoSuchColumn => "no-such-column",
        }
    }
}

/// What a sheet would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Every cell that would be another, in the order of the bundle.
    pub changes: Vec<Change>,
    /// Everything that cannot be taken, in the order of the sheet.
    pub problems: Vec<Problem>,
    /// Paths of the documents that the sheet has no row for: they stay as they are.
    pub missing: Vec<String>,
    /// Documents of the bundle.
    pub items: u64,
    /// Cells that read otherwise and say the same, by why.
    pub tolerated: BTreeMap<Tolerance, u64>,
    /// Columns of the sheet that the bundle does not know: they are not taken.
    pub unknown_columns: Vec<String>,
    /// Columns that the sheet does not have: they stay as they are.
    pub absent_columns: Vec<&'static str>,
}

impl Plan {
    /// Holds `table` against the `manifest.csv` that `stored` gives. Takes time linear in their rows.
    ///
    /// # Errors
    /// If `stored` cannot be read, or `table` has no column that tells which document a row is about.
    pub fn make(stored: impl Read, table: &Table, read_date: ReadDate<'_>) -> Result<Self> {
        let places = Places::of(table)?;
        let mut plan = Self {
            unknown_columns: places.unknown.clone(),
            absent_columns: places.absent(),
            ..Self::default()
        };
        let mut rows = Rows::of(table, &places, &mut plan.problems);
        let mut lacking = Vec::new();
        let mut sheet = SheetReader::new(stored, &mut |problem| {
            lacking.extend(problem.column.filter(|_| problem.fault == SheetFault::MissingColumn));
        })?;
        let (places, lacking) = (&places, &lacking[..]);
        while let Some(row) = sheet.next_row(&mut |_| {})? {
            plan.items += 1;
            match rows.take(&row) {
                Some(line) => Comparison { row: &row, line, places, read_date, lacking }.add_to(&mut plan),
                None => plan.missing.push(row.path.to_owned()),
            }
        }
        for line in rows.left() {
            let names = places.key.iter().filter_map(|&place| line.cells.get(place));
            let found = names.map(|cell| format!("`{}`", shown(cell))).collect::<Vec<_>>().join(", ");
            plan.problems.push(Problem {
                kind: ProblemKind::NoSuchItem,
                line: line.number,
                column: String::new(),
                message: format!("expected a document of this bundle, found {found}"),
            });
        }
        plan.problems.extend(unclear(table));
        plan.problems.sort_by(|a, b| (a.line, &a.column, a.kind).cmp(&(b.line, &b.column, b.kind)));
        Ok(plan)
    }
}

/// Cells that say something which cannot be taken for what they say.
fn unclear(table: &Table) -> impl Iterator<Item = Problem> {
    let nameless = table.nameless.iter().map(|&line| Problem {
        kind: ProblemKind::NoColumn,
        line,
        column: String::new(),
        message: "expected every cell below a name, found one beyond the last column or below a blank name: \
                  name its column, or empty it"
            .to_owned(),
    });
    let unknown = table.unknown.iter().map(|cell| Problem {
        kind: ProblemKind::NotComputed,
        line: cell.row,
        column: table.columns.get(cell.place).cloned().unwrap_or_default(),
        message: format!("expected a value, found {}", cell.found),
    });
    nameless.chain(unknown)
}

/// Where in a table each column is.
pub(super) struct Places {
    /// Those of `item_id` and `path`, as far as they are there.
    key: Vec<usize>,
    item_id: Option<usize>,
    path: Option<usize>,
    /// In the order of [`COLUMNS`].
    pub(super) columns: [Option<usize>; COLUMNS.len()],
    unknown: Vec<String>,
}

impl Places {
    fn of(table: &Table) -> Result<Self> {
        let mut columns = [None; COLUMNS.len()];
        let mut unknown = Vec::new();
        for (place, name) in table.columns.iter().enumerate() {
            match COLUMNS.iter().position(|column| is_called(column, name)) {
                Some(column) if columns[column].is_none() => columns[column] = Some(place),
                _ if name.is_empty() => {}
                _ => unknown.push(name.clone()),
            }
        }
        let at =
            |name: &str| COLUMNS.iter().position(|column| column.name == name).and_then(|at| columns[at]);
        let (item_id, path) = (at("item_id"), at("path"));
        let key: Vec<usize> = item_id.into_iter().chain(path).collect();
        if key.is_empty() {
            return Err(Error::new(
                ErrorKind::Request,
                "cannot tell which documents the sheet is about: expected a column `item_id` or `path`, found neither",
            )
            .with_hint("begin from the sheet that `fonds sheet` writes"));
        }
        Ok(Self { key, item_id, path, columns, unknown })
    }

    fn absent(&self) -> Vec<&'static str> {
        let described = COLUMNS.iter().zip(&self.columns).skip(MEASURED);
        described.filter(|(_, place)| place.is_none()).map(|(column, _)| column.name).collect()
    }
}

/// Whether a column is meant by its name, or by its title in either language.
fn is_called(column: &Column, name: &str) -> bool {
    column.name.eq_ignore_ascii_case(name)
        || meaning(column.name).is_some_and(|meaning| meaning.title_fa == name || meaning.title_en == name)
}

pub(super) fn meaning(name: &str) -> Option<&'static Meaning> {
    Sheet::Manifest.columns().find(|meaning| meaning.name == name)
}

/// The rows of a table by what they are about.
struct Rows<'a> {
    table: &'a Table,
    by_id: HashMap<&'a str, usize>,
    by_path: HashMap<&'a str, usize>,
    taken: Vec<bool>,
}

impl<'a> Rows<'a> {
    fn of(table: &'a Table, places: &Places, problems: &mut Vec<Problem>) -> Self {
        let mut rows = Self {
            table,
            by_id: HashMap::new(),
            by_path: HashMap::new(),
            taken: vec![false; table.rows.len()],
        };
        for (index, line) in table.rows.iter().enumerate() {
            let cell = |place: Option<usize>| {
                place.map_or("", |place| restore(line.cells.get(place).unwrap_or_default().trim()))
            };
            let (id, path) = (cell(places.item_id), cell(places.path));
            let again = match (id, path) {
                ("", "") => None,
                ("", path) => rows.by_path.insert(path, index),
                (id, _) => rows.by_id.insert(id, index),
            };
            if let Some(first) = again {
                // The first row stands; the second is told, and not taken.
                if id.is_empty() {
                    rows.by_path.insert(path, first)
                } else {
                    rows.by_id.insert(id, first)
                };
                rows.taken[index] = true;
                let first = table.rows[first].number;
                problems.push(Problem {
                    kind: ProblemKind::Twice,
                    line: line.number,
                    column: String::new(),
                    message: format!(
                        "expected one row for each document, found that row {first} is about the same"
                    ),
                });
            }
        }
        rows
    }

    /// The row about a document.
    fn take(&mut self, row: &Row<'_>) -> Option<&'a Line> {
        let below = row.path.strip_prefix("data/").unwrap_or(row.path);
        let index = self
            .by_id
            .get(row.item_id)
            .or_else(|| self.by_path.get(row.path))
            .or_else(|| self.by_path.get(below));
        let index = *index?;
        self.taken[index] = true;
        Some(&self.table.rows[index])
    }

    /// Rows that are about no document.
    fn left(&self) -> impl Iterator<Item = &'a Line> {
        self.table.rows.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(line, _)| line)
    }
}

/// A value on a line of an answer.
pub(super) fn shown(value: &str) -> String {
    provenance::name::excerpt(value.as_bytes())
}

#[cfg(test)]
mod tests;
