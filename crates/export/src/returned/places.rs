//! Where the columns of a sheet stand in a table that came back.

use super::Table;
use crate::columns::{Meaning, Sheet};
use crate::sheet::{COLUMNS, Column, MEASURED};
use crate::{Error, ErrorKind, Result};

/// Where in a table each column is.
pub(super) struct Places {
    /// Those of `item_id` and `path`, as far as they are there.
    pub(super) key: Vec<usize>,
    pub(super) item_id: Option<usize>,
    pub(super) path: Option<usize>,
    /// In the order of [`COLUMNS`].
    pub(super) columns: [Option<usize>; COLUMNS.len()],
    /// Names of columns that are none of ours.
    pub(super) unknown: Vec<String>,
}

impl Places {
    /// Finds them.
    ///
    /// # Errors
    /// If no column tells which document a row is about.
    pub(super) fn of(table: &Table) -> Result<Self> {
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

    /// Columns that describe and are not there.
    pub(super) fn absent(&self) -> Vec<&'static str> {
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
