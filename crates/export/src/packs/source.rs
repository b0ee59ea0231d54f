//! The bundle that a pack is made of: its sheets, copied once as the tag manifests vouch for them.

use crate::columns::Sheet;
use crate::sheet::{Row, SheetReader};
use crate::vouched;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, find};
use bagit::{Version, info, staging};
use chrono::{DateTime, NaiveDate, Utc};
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// What a bundle says of itself and of its documents.
pub struct Source<'a> {
    container: &'a dyn Container,
    /// Beside it files without a name are made.
    target: &'a Path,
    info: Vec<(String, String)>,
    manifest: File,
}

impl<'a> Source<'a> {
    /// Copies `manifest.csv`, held against the tag manifest, into a file without a name beside `target`.
    ///
    /// # Errors
    /// If the bag is no bundle of fonds, is damaged there, or nothing can be written beside the target.
    pub fn open(container: &'a dyn Container, target: &'a Path) -> Result<Self> {
        if find(container.entries(), &Sheet::Manifest.path()).is_none() {
            let message = "cannot make a pack of this bag: expected `metadata/manifest.csv`, found none";
            return Err(Error::new(ErrorKind::Request, message)
                .with_hint("make a bundle of it first, with `fonds bundle`"));
        }
        let mut text = Vec::new();
        vouched::copy(container, "bag-info.txt", &mut text)?;
        let (info, _) = info::parse(&String::from_utf8_lossy(&text), Version::V1_0);
        let manifest = copied(container, Sheet::Manifest, target)?;
        Ok(Self { container, target, info, manifest })
    }

    /// The bag itself.
    #[must_use]
    pub fn container(&self) -> &'a dyn Container {
        self.container
    }

    /// The first element of `bag-info.txt` with this label.
    #[must_use]
    pub fn info(&self, label: &str) -> Option<&str> {
        self.info.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map(|(_, value)| value.as_str())
    }

    /// What the bundle calls itself: its identifier, else the name of its top directory.
    #[must_use]
    pub fn name(&self) -> &str {
        self.info("External-Identifier").or(self.container.top()).unwrap_or("bundle")
    }

    /// The beginning of the day on which it was packed: the one time of a pack. A bundle that does not
    /// say so gets the first day that a ZIP knows.
    #[must_use]
    pub fn day(&self) -> DateTime<Utc> {
        let day = self.info("Bagging-Date").and_then(|day| day.parse::<NaiveDate>().ok());
        let day = day.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|at| at.and_utc());
        // 1980-01-01T00:00:00Z
        day.or(DateTime::from_timestamp(315_532_800, 0)).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Every row of `manifest.csv`, in order. Needs memory for one.
    ///
    /// # Errors
    /// If the sheet breaks its rules, or `take` fails.
    pub fn rows(&self, take: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut file = &self.manifest;
        file.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&error))?;
        let mut problem = None;
        let mut sheet = SheetReader::new(BufReader::new(file), &mut |found| {
            problem.get_or_insert(found);
        })?;
        loop {
            let mut found = None;
            let row = sheet.next_row(&mut |problem| {
                found.get_or_insert(problem);
            })?;
            if let Some(found) = problem.take().or(found) {
                return Err(super::damaged(&Sheet::Manifest.path(), &found.to_string()));
            }
            match row {
                Some(row) => take(&row)?,
                None => return Ok(()),
            }
        }
    }

    /// Another sheet, copied as `manifest.csv` is; `None` if the bundle has none.
    ///
    /// # Errors
    /// If it is damaged, or nothing can be written beside the target.
    pub fn sheet(&self, sheet: Sheet) -> Result<Option<File>> {
        find(self.container.entries(), &sheet.path())
            .map(|_| copied(self.container, sheet, self.target))
            .transpose()
    }
}

fn copied(container: &dyn Container, sheet: Sheet, target: &Path) -> Result<File> {
    let mut out = BufWriter::new(staging::nameless(target)?);
    vouched::copy(container, &sheet.path(), &mut out)?;
    out.flush().map_err(|error| unreadable(&error))?;
    let mut file = out.into_inner().map_err(|error| unreadable(&error.into_error()))?;
    file.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&error))?;
    Ok(file)
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Package, format!("cannot keep a sheet beside the target: {error}"))
}
