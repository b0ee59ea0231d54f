//! ZIPs as fonds writes them, of contents in memory.

use bagit::package::Package;
use bagit::zip::{Listing, Member, ZipPackage};
use chrono::{DateTime, Utc};
use fixity::carry::Segment;
use fixity::{Sum, SumTable, sum_of};
use std::io::Write;
use tempfile::NamedTempFile;

/// The top directory of every ZIP here.
pub const TOP: &str = "top é";
/// A tag file before the payload, and one behind it.
pub const TAGS: [(&str, &[u8]); 2] = [("bagit.txt", b"before\n"), ("metadata/sheet.csv", b"behind\n")];

/// One file, or a directory where it has no content.
#[derive(Clone, Debug)]
pub struct Document {
    pub path: String,
    pub content: Option<Vec<u8>>,
    pub modified: Option<DateTime<Utc>>,
}

impl Document {
    /// The name in the ZIP, below the top directory.
    pub fn name(&self) -> String {
        format!("{}{}", self.path, if self.content.is_none() { "/" } else { "" })
    }
}

/// A payload, sorted by names.
#[derive(Clone, Debug)]
pub struct Payload(pub Vec<Document>);

impl Listing for Payload {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn member(&self, index: usize) -> Member<'_> {
        let Document { path, content, modified } = &self.0[index];
        let size_octets = content.as_ref().map(|content| content.len() as u64);
        Member { path, size_octets, modified: *modified }
    }
}

impl Payload {
    /// Numbers of the files among the members.
    pub fn files(&self) -> Vec<usize> {
        (0..self.0.len()).filter(|&index| self.0[index].content.is_some()).collect()
    }

    fn content(&self, index: usize) -> &[u8] {
        self.0[index].content.as_deref().unwrap_or_default()
    }
}

/// The time of every tag file.
pub fn tags_at() -> DateTime<Utc> {
    "2026-01-05T09:00:00Z".parse().unwrap()
}

/// Writes a ZIP; `fill` brings the payload's files into the laid out package.
pub fn write(payload: &Payload, fill: impl FnOnce(&ZipPackage<'_>)) -> NamedTempFile {
    let place = NamedTempFile::new().unwrap();
    let mut package = ZipPackage::new(place.as_file(), place.path(), TOP, tags_at());
    let [before, behind] = TAGS;
    package.put_tag(before.0, &[], &mut |out| out.write_all(before.1)).unwrap();
    package.lay_out(payload).unwrap();
    fill(&package);
    package.put_tag(behind.0, &[], &mut |out: &mut dyn Write| out.write_all(behind.1)).unwrap();
    let files = payload.files();
    let mut sums = SumTable::new(&[], files.len());
    for (number, &index) in files.iter().enumerate() {
        sums.set(number, &sum_of(payload.content(index), &[]));
    }
    package.close(payload, &files, &sums).unwrap();
    place
}

/// Brings one file as a large one, a few octets at a time.
pub fn put_large(package: &ZipPackage<'_>, payload: &Payload, index: usize) {
    let content = payload.content(index);
    let mut slot = package.begin_file(payload, index).unwrap();
    content.chunks(7).for_each(|chunk| package.put(&mut slot, chunk).unwrap());
    package.end_file(payload, index, slot, &sum_of(content, &[])).unwrap();
}

/// Brings neighbouring files as small ones, in one segment.
pub fn put_small(package: &ZipPackage<'_>, payload: &Payload, files: &[usize]) {
    let mut segment = Segment::default();
    for &index in files {
        let start = segment.octets.len() + package.gap(payload, index);
        segment.octets.resize(start, 0);
        segment.octets.extend_from_slice(payload.content(index));
        segment.extents.push(Some(start..segment.octets.len()));
    }
    let sums: Vec<Option<Sum>> =
        files.iter().map(|&index| Some(sum_of(payload.content(index), &[]))).collect();
    package.put_run(payload, files, &mut segment, &sums).unwrap();
}
