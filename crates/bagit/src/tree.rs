//! Writes a package as a directory.

use crate::package::{Package, Slot, TagText};
use crate::zip::TagWriter;
use crate::zip::{Listing, Member};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::carry::Segment;
use fixity::{Algorithm, Sum, SumTable};
use std::collections::BTreeSet;
use std::fs::{File, FileTimes};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A directory that is being written.
pub struct TreePackage {
    base: PathBuf,
    at: DateTime<Utc>,
}

impl TreePackage {
    /// Begins in an empty directory that nobody else writes to; tag files are dated `at`.
    #[must_use]
    pub fn new(base: &Path, at: DateTime<Utc>) -> Self {
        Self { base: base.to_owned(), at }
    }

    fn make(&self, path: &str) -> Result<File> {
        let full = self.base.join(path);
        File::create_new(&full).map_err(|error| Error::io(ErrorKind::Write, "create", &full, error))
    }

    fn failed(&self, path: &str, error: io::Error) -> Error {
        Error::io(ErrorKind::Write, "write", &self.base.join(path), error)
    }

    fn make_directories(&self, path: &str) -> Result<()> {
        let full = self.base.join(path);
        std::fs::create_dir_all(&full).map_err(|error| Error::io(ErrorKind::Write, "create", &full, error))
    }
}

/// Restores a modification time, where there is one that the file system can keep.
///
/// # Errors
/// If the file system refuses it.
pub fn set_modified(file: &File, modified: Option<DateTime<Utc>>) -> io::Result<()> {
    match modified {
        Some(at) => file.set_times(FileTimes::new().set_modified(SystemTime::from(at))),
        None => Ok(()),
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

impl Package for TreePackage {
    fn put_tag(&mut self, path: &str, algorithms: &[Algorithm], text: TagText<'_>) -> Result<Sum> {
        self.make_directories(parent(path))?;
        let file = self.make(path)?;
        let mut out = TagWriter::new(&file, 0, algorithms);
        let sum = text(&mut out).and_then(|()| out.finish()).map_err(|error| self.failed(path, error))?;
        set_modified(&file, Some(self.at)).map_err(|error| self.failed(path, error))?;
        Ok(sum)
    }

    fn lay_out(&mut self, listing: &dyn Listing) -> Result<()> {
        let members = || (0..listing.count()).map(|index| listing.member(index));
        let octets = members().filter_map(|member| member.size_octets).fold(0, u64::saturating_add);
        crate::staging::expect_room(&self.base, octets)?;
        let directories: BTreeSet<&str> = members()
            .map(|member| if member.size_octets.is_some() { parent(member.path) } else { member.path })
            .collect();
        directories.into_iter().try_for_each(|path| self.make_directories(path))
    }

    fn gap(&self, _: &dyn Listing, _: usize) -> usize {
        0
    }

    fn put_run(
        &self,
        listing: &dyn Listing,
        files: &[usize],
        segment: &mut Segment,
        _: &[Option<Sum>],
    ) -> Result<()> {
        for (&index, extent) in files.iter().zip(&segment.extents) {
            let Some(extent) = extent else { continue };
            let Member { path, modified, .. } = listing.member(index);
            let mut file = self.make(path)?;
            file.write_all(&segment.octets[extent.clone()])
                .and_then(|()| set_modified(&file, modified))
                .map_err(|error| self.failed(path, error))?;
        }
        Ok(())
    }

    fn begin_file(&self, listing: &dyn Listing, index: usize) -> Result<Slot> {
        Ok(Slot { file: Some(self.make(listing.member(index).path)?), at: 0 })
    }

    fn put(&self, slot: &mut Slot, octets: &[u8]) -> Result<()> {
        let Some(file) = &mut slot.file else {
            return Ok(());
        };
        file.write_all(octets).map_err(|error| Error::io(ErrorKind::Write, "write below", &self.base, error))
    }

    fn end_file(&self, listing: &dyn Listing, index: usize, slot: Slot, _: &Sum) -> Result<()> {
        let member = listing.member(index);
        let Some(file) = slot.file else { return Ok(()) };
        set_modified(&file, member.modified).map_err(|error| self.failed(member.path, error))
    }

    fn close(&mut self, _: &dyn Listing, _: &[usize], _: &SumTable) -> Result<()> {
        Ok(())
    }
}
