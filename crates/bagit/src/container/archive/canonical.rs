//! A bag in a ZIP of the canonical layout.

use super::members::{Members, Named, Wanted, sort_out};
use super::{Inflated, Window};
use crate::container::{Container, Contents, Layout, Notes, Stream, load_singly, unreadable};
use crate::finding::{E103, Finding};
use crate::zip::{CanonicalZip, Method};
use fixity::carry::Segment;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// The most that one read brings in, when neighbours are read together.
const LARGEST_READ: u64 = 4 << 20;

pub(super) struct Canonical {
    zip: CanonicalZip,
    pub(super) members: Members,
}

impl Canonical {
    pub(super) fn new(zip: CanonicalZip, wanted: Wanted) -> Self {
        let named = zip.entries.iter().enumerate().map(|(index, entry)| Named {
            name: entry.name.to_string(),
            is_directory: entry.name.ends_with('/'),
            size_octets: entry.size,
            crc32: Some(entry.crc32),
            modified: entry.modified.to_utc(),
            index,
        });
        let mut members = sort_out(named.collect(), wanted);
        // Files are checked when they are read; a directory is nothing but its header.
        let directories = zip.entries.iter().filter(|entry| entry.name.ends_with('/'));
        let wrong = directories
            .filter(|entry| !local_header_agrees(&zip.file, entry.offset, |out| entry.put_local(out)));
        members.contents.findings.extend(wrong.map(|entry| differs(&entry.name)));
        Self { zip, members }
    }

    fn zip_entry(&self, index: usize) -> &crate::zip::ZipEntry {
        &self.zip.entries[self.members.indices[index]]
    }

    /// Whether a run of entries can be had by one read.
    fn is_one_piece(&self, indices: &[usize]) -> bool {
        let (Some(&first), Some(&last)) = (indices.first(), indices.last()) else {
            return false;
        };
        let (first, last) = (self.zip_entry(first), self.zip_entry(last));
        let end = last.data_offset() + last.compressed;
        end > first.offset
            && end - first.offset <= LARGEST_READ
            && indices.is_sorted_by_key(|&index| self.zip_entry(index).offset)
            && indices.iter().all(|&index| self.zip_entry(index).method == Method::Stored)
    }
}

fn differs(path: &str) -> Finding {
    Finding::new(
        &E103,
        path,
        "expected the local header to say the same as the central directory, found another",
    )
}

fn local_header_agrees(file: &File, offset: u64, put: impl FnOnce(&mut Vec<u8>)) -> bool {
    let mut expected = Vec::new();
    put(&mut expected);
    let mut found = vec![0; expected.len()];
    file.read_exact_at(&mut found, offset).is_ok() && found == expected
}

impl Container for Canonical {
    fn contents(&self) -> &Contents {
        &self.members.contents
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Canonical
    }

    fn media_types(&self) -> Option<&'static [&'static str]> {
        Some(crate::media::ZIP)
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let entry = self.zip_entry(index);
        if !local_header_agrees(&self.zip.file, entry.offset, |out| entry.put_local(out)) {
            notes(index, differs(self.members.contents.entries[index].path.as_str()));
        }
        let kept = Window { file: &self.zip.file, at: entry.data_offset(), left: entry.compressed };
        Some(match entry.method {
            Method::Stored => Box::new(kept),
            Method::Deflated => Box::new(Inflated::new(kept)),
        })
    }

    fn read_at(&self, index: usize, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let entry = self.zip_entry(index);
        if entry.method != Method::Stored {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let kept = Window { file: &self.zip.file, at: entry.data_offset(), left: entry.compressed };
        kept.read_at(offset, room)
    }

    fn load(&self, indices: &[usize], segment: &mut Segment, notes: Notes<'_>) {
        if !self.is_one_piece(indices) {
            return load_singly(self, indices, segment, notes);
        }
        let (first, last) = (self.zip_entry(indices[0]), self.zip_entry(indices[indices.len() - 1]));
        let end = last.data_offset() + last.compressed;
        segment.octets.resize(usize::try_from(end - first.offset).unwrap_or(0), 0);
        if let Err(error) = self.zip.file.read_exact_at(&mut segment.octets, first.offset) {
            for &index in indices {
                notes(index, unreadable(&self.members.contents.entries[index].path, &error));
                segment.extents.push(None);
            }
            return;
        }
        let mut expected = Vec::new();
        for &index in indices {
            let entry = self.zip_entry(index);
            let within = |offset: u64| usize::try_from(offset - first.offset).unwrap_or(0);
            expected.clear();
            entry.put_local(&mut expected);
            let (header, data) = (within(entry.offset), within(entry.data_offset()));
            if segment.octets[header..data] != expected {
                notes(index, differs(self.members.contents.entries[index].path.as_str()));
            }
            segment.extents.push(Some(data..data + usize::try_from(entry.compressed).unwrap_or(0)));
        }
    }
}
