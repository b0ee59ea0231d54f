//! `metadata.csv` of a transfer: a row for each document, a column for each value.

use super::super::cells::{BETWEEN, Outgoing, cell};
use super::super::delimited::{Adjusted, Delimited};
use super::super::source::Source;
use super::layout::{Layout, METADATA};
use crate::crosswalk::Vocabulary;
use crate::{Error, ErrorKind, Result};
use bagit::package::Package;
use bagit::staging;
use bagit::zip::Listing;
use fixity::{Algorithm, Pass, Sum};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Columns of one name; further values stand in the last of them, joined as in `manifest.csv`.
const MOST_REPEATED: usize = 40;
/// Octets that are carried at a time.
const CHUNK_OCTETS: usize = 128 << 10;

/// The sheet, made before anything of the transfer is written, since its size has to be known.
pub(super) struct Metadata {
    file: File,
    octets: u64,
    items: u64,
    adjusted: Adjusted,
    /// Cells with more values than columns of one name.
    crowded: u64,
}

impl Metadata {
    /// Makes it of the sheet of a bundle, in a file without a name beside `target`.
    ///
    /// # Errors
    /// If the sheet breaks its rules, or the file cannot be written.
    pub(super) fn of(source: &Source<'_>, target: &Path) -> Result<Self> {
        let mut terms = Outgoing::all(Vocabulary::Archivematica);
        terms.retain(|outgoing| outgoing.term.column != "path");
        let mut widths = vec![0; terms.len()];
        source.rows(&mut |row| {
            for (width, outgoing) in widths.iter_mut().zip(&terms) {
                let found = outgoing.values(&cell(row, &outgoing.term.column)).len();
                *width = found.min(MOST_REPEATED).max(*width);
            }
            Ok(())
        })?;
        let file = staging::nameless(target)?;
        let mut rows = Delimited::new(&file);
        rows.cell("filename");
        for (outgoing, &width) in terms.iter().zip(&widths) {
            (0..width).for_each(|_| rows.cell(&outgoing.term.name));
        }
        rows.end_row("the header")?;
        let (mut items, mut crowded) = (0, 0);
        source.rows(&mut |row| {
            items += 1;
            rows.cell(&format!("data/objects/{}", row.path.strip_prefix("data/").unwrap_or(row.path)));
            for (outgoing, &width) in terms.iter().zip(&widths) {
                let value = cell(row, &outgoing.term.column);
                let found = outgoing.values(&value);
                crowded += u64::from(found.len() > width);
                for column in 0..width {
                    let last = column + 1 == width;
                    match found.get(column..) {
                        Some(rest) if last => rows.cell(&rest.join(BETWEEN)),
                        Some([value, ..]) => rows.cell(value),
                        _ => rows.cell(""),
                    }
                }
            }
            rows.end_row(row.path)
        })?;
        let adjusted = rows.finish()?;
        let octets = file.metadata().map_err(|error| kept(&error))?.len();
        Ok(Self { file, octets, items, adjusted, crowded })
    }

    pub(super) fn octets(&self) -> u64 {
        self.octets
    }

    pub(super) fn items(&self) -> u64 {
        self.items
    }

    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = self.adjusted.remarks();
        if self.crowded > 0 {
            remarks.push(format!(
                "{} cells have more than {MOST_REPEATED} values; the last column of their name holds the rest",
                self.crowded
            ));
        }
        remarks.push(
            "the transfer holds everything that is known of the documents, names and notes too: it is for \
             an archive, not for the public"
                .to_owned(),
        );
        remarks
    }

    /// Writes it to its place; answers what it sums to.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn put<P: Package>(
        &self,
        package: &P,
        layout: &Layout,
        algorithms: &[Algorithm],
    ) -> Result<Sum> {
        let member = layout.numbers().get(layout.metadata_file()).copied().unwrap_or_default();
        debug_assert_eq!(layout.member(member).path, METADATA);
        let mut slot = package.begin_file(layout, member)?;
        let mut pass = Pass::new(algorithms);
        let mut chunk = vec![0; CHUNK_OCTETS];
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0)).map_err(|error| kept(&error))?;
        loop {
            match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(octets) => {
                    let read = chunk.get(..octets).unwrap_or_default();
                    pass.update(read);
                    package.put(&mut slot, read)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(kept(&error)),
            }
        }
        let sum = pass.finish();
        package.end_file(layout, member, slot, &sum)?;
        Ok(sum)
    }
}

fn kept(error: &io::Error) -> Error {
    Error::new(ErrorKind::Package, format!("cannot keep metadata.csv beside the target: {error}"))
}
