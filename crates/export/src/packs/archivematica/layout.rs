//! Where everything of a bundle goes in a transfer.

use super::super::source::Source;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, Entry, EntryKind, find};
use bagit::zip::{Listing, Member};
use chrono::{DateTime, Utc};
use fixity::{Oxum, PayloadPath};

/// Where documents go.
const OBJECTS: &str = "data/objects/";
/// Where the tag files of the bundle go.
const DOCUMENTATION: &str = "data/metadata/submissionDocumentation/bundle/";

/// Where what describes the documents goes.
pub(super) const METADATA: &str = "data/metadata/metadata.csv";

/// A file or folder of the transfer.
struct Placed {
    path: String,
    size_octets: Option<u64>,
    modified: Option<DateTime<Utc>>,
    /// Number of the entry that it is a copy of.
    entry: Option<usize>,
}

/// The payload of the transfer, sorted by path.
pub(super) struct Layout {
    members: Vec<Placed>,
    /// Numbers of the members that are files.
    files: Vec<usize>,
    /// Member number of each entry of the container that is copied.
    places: Vec<Option<usize>>,
    metadata: usize,
}

impl Layout {
    /// Gives everything in `container` its place, and `metadata.csv` of so many octets its own. Documents
    /// keep the times of the sheet, which a ZIP has in even seconds only; all else has the one of the pack.
    ///
    /// # Errors
    /// If a path is too long for the place it gets, or the sheet breaks its rules.
    pub(super) fn of(container: &dyn Container, source: &Source<'_>, metadata_octets: u64) -> Result<Self> {
        let entries = container.entries();
        let day = Some(source.day());
        let mut members = vec![
            Placed { path: "data".to_owned(), size_octets: None, modified: day, entry: None },
            Placed {
                path: METADATA.to_owned(),
                size_octets: Some(metadata_octets),
                modified: day,
                entry: None,
            },
        ];
        for (number, entry) in entries.iter().enumerate() {
            let is_file = entry.kind == EntryKind::File;
            let is_kept_folder = || entry.path.is_payload() && is_empty(entries, number);
            if !is_file && !is_kept_folder() {
                continue;
            }
            let path = entry.path.as_str();
            let path = match path.strip_prefix("data/") {
                Some(below) => format!("{OBJECTS}{below}"),
                None => format!("{DOCUMENTATION}{path}"),
            };
            if let Some(problem) = PayloadPath::problem(&path) {
                let message = format!("cannot take `{}` into a transfer: {problem}", entry.path);
                return Err(Error::new(ErrorKind::Request, message));
            }
            members.push(Placed {
                path,
                size_octets: is_file.then_some(entry.size_octets),
                modified: day,
                entry: Some(number),
            });
        }
        // As names in a ZIP are sorted, where that of a folder ends in a slash.
        let key = |placed: &Placed| match placed.size_octets {
            Some(_) => placed.path.clone(),
            None => format!("{}/", placed.path),
        };
        members.sort_by_cached_key(key);
        let mut places = vec![None; entries.len()];
        let mut files = Vec::with_capacity(members.len());
        let mut metadata = 0;
        for (number, placed) in members.iter().enumerate() {
            match placed.entry {
                Some(entry) => places[entry] = Some(number),
                None if placed.size_octets.is_some() => metadata = files.len(),
                None => {}
            }
            if placed.size_octets.is_some() {
                files.push(number);
            }
        }
        source.rows(&mut |row| {
            let place = find(entries, row.path).and_then(|entry| places[entry]);
            if let Some(placed) = place.and_then(|place| members.get_mut(place)) {
                placed.modified = row.modified;
            }
            Ok(())
        })?;
        Ok(Self { members, files, places, metadata })
    }

    /// Member number of an entry of the container.
    pub(super) fn place_of(&self, entry: usize) -> Option<usize> {
        self.places.get(entry).copied().flatten()
    }

    /// File number of an entry of the container.
    pub(super) fn file_of(&self, entry: usize) -> Option<usize> {
        self.files.binary_search(&self.place_of(entry)?).ok()
    }

    /// File number of `metadata.csv`.
    pub(super) fn metadata_file(&self) -> usize {
        self.metadata
    }

    /// Member numbers of all files.
    pub(super) fn numbers(&self) -> &[usize] {
        &self.files
    }

    /// Paths of all files.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|&number| self.members[number].path.as_str())
    }

    /// Octets and files.
    pub(super) fn payload(&self) -> Oxum {
        let mut payload = Oxum::default();
        self.members.iter().filter_map(|placed| placed.size_octets).for_each(|octets| payload.add(octets));
        payload
    }
}

/// Whether nothing lies in a folder.
fn is_empty(entries: &[Entry], folder: usize) -> bool {
    let path = entries[folder].path.as_str();
    let inside = format!("{path}/");
    // What lies in it comes after it, if not at once: `a.b` sorts between `a` and `a/b`.
    let first = entries.partition_point(|entry| entry.path.as_str() < inside.as_str());
    !entries.get(first).is_some_and(|entry| entry.path.as_str().starts_with(&inside))
}

impl Listing for Layout {
    fn count(&self) -> usize {
        self.members.len()
    }

    fn member(&self, index: usize) -> Member<'_> {
        let Placed { path, size_octets, modified, .. } = &self.members[index];
        Member { path, size_octets: *size_octets, modified: *modified }
    }
}
