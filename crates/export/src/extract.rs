//! Unpacks a bag safely: verified while it is written, and only kept if it is sound.

use crate::examine::{Examined, asked_by_the_seal, examine, examine_as_ours};
use crate::sheet::SheetReader;
use crate::{Error, ErrorKind, Result};
use bagit::Severity;
use bagit::container::{Container, EntryKind, find, open_stated};
use bagit::package::Package;
use bagit::staging::Staged;
use bagit::tree::{TreePackage, set_modified};
use bagit::validate::validate_into;
use bagit::zip::{Listing, Member};
use chrono::DateTime;
use fixity::{Observer, PayloadPath};
use std::fs::File;
use std::path::Path;

/// Unpacks a bag into `target`, which must not exist, and verifies it in the same read.
///
/// Only entries whose names are plain paths below the bag's base directory are written. A bag with
/// an error finding leaves nothing at the target.
///
/// # Errors
/// If the target exists or cannot be written, or the observer asked to stop.
pub fn extract(
    container: &dyn Container,
    target: &Path,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Examined> {
    if container.findings().iter().any(|finding| finding.code.severity() == Severity::Error) {
        // Such a bag is not unpacked; what is wrong with it is told all the same.
        return examine(container, threads, observer);
    }
    let staged = Staged::directory(target)?;
    // A compressed TAR would be unfolded from its beginning for every file; so it is unfolded once.
    let unfolded = container.unfolded(target, observer)?;
    let container = unfolded.as_deref().unwrap_or(container);
    // Tag files get the time of their entry like all others; this one is never used.
    let mut package = TreePackage::new(staged.path(), DateTime::UNIX_EPOCH);
    let entries = Entries(container);
    package.lay_out(&entries)?;
    let also = asked_by_the_seal(container);
    let examination = validate_into(container, also, &package, &entries, threads, observer)?;
    let examined = examine_as_ours(container, examination);
    if examined.report.findings.iter().all(|finding| finding.code.severity() != Severity::Error) {
        restore_times(container, staged.path())?;
        staged.commit()?;
    }
    Ok(examined)
}

/// A container's entries as members to be written.
pub(crate) struct Entries<'a>(pub(crate) &'a dyn Container);

impl Listing for Entries<'_> {
    fn count(&self) -> usize {
        self.0.entries().len()
    }

    fn member(&self, index: usize) -> Member<'_> {
        let entry = &self.0.entries()[index];
        Member {
            path: entry.path.as_str(),
            size_octets: (entry.kind == EntryKind::File).then_some(entry.size_octets),
            modified: entry.modified,
        }
    }
}

/// Restores the exact times of `manifest.csv`, where the bag has one: a ZIP knows even seconds only.
fn restore_times(container: &dyn Container, base: &Path) -> Result<()> {
    let Some(index) = find(container.entries(), "metadata/manifest.csv") else {
        return Ok(());
    };
    let Some(text) = open_stated(container, index, &|_, _| {}) else {
        return Ok(());
    };
    // Another program's sheet of that name may say anything; then the entries' times stay.
    let Ok(mut sheet) = SheetReader::new(text, &mut |_| {}) else {
        return Ok(());
    };
    while let Ok(Some(row)) = sheet.next_row(&mut |_| {}) {
        let is_file = find(container.entries(), row.path)
            .is_some_and(|index| container.entries()[index].kind == EntryKind::File);
        let Ok(path) = PayloadPath::new(row.path) else {
            continue;
        };
        if !is_file || row.modified.is_none() {
            continue;
        }
        let full = base.join(path.as_str());
        File::open(&full).and_then(|file| set_modified(&file, row.modified)).map_err(|error| {
            Error::new(ErrorKind::Package, format!("cannot restore the time of `{path}`: {error}"))
        })?;
    }
    Ok(())
}
