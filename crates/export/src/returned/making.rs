//! A table that came back, held against the sheet of its bundle row by row.

use super::comparison::Comparison;
use super::places::Places;
use super::plan::{Plan, Problem, ProblemKind, ReadDate};
use super::{Line, Table};
use crate::Result;
use crate::sheet::{Row, SheetFault, SheetReader};
use encoding_rs::Encoding;
use provenance::cell::restore;
use provenance::name::excerpt;
use std::collections::HashMap;
use std::io::Read;

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
        let read_in = table.legacy.and_then(|name| Encoding::for_label(name.as_bytes()));
        while let Some(row) = sheet.next_row(&mut |_| {})? {
            plan.items += 1;
            match rows.take(&row) {
                Some(line) => {
                    Comparison { row: &row, line, places, read_date, lacking, read_in }.add_to(&mut plan);
                }
                None => plan.missing.push(row.path.to_owned()),
            }
        }
        for line in rows.left() {
            let names = places.key.iter().filter_map(|&place| line.cells.get(place));
            let found =
                names.map(|cell| format!("`{}`", excerpt(cell.as_bytes()))).collect::<Vec<_>>().join(", ");
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

#[cfg(test)]
mod tests;
