//! Writes a stored ZIP with many hands: every octet has its place before the first is written.

use super::layout::{Layout, Listing, Member, full_name, header};
use super::record::put_end;
use crate::package::{Package, Slot, TagText};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::carry::Segment;
use fixity::{Algorithm, Pass, Sum, SumTable};
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Octets gathered before one write call.
const BUFFER_OCTETS: usize = 256 << 10;

/// A ZIP that is being written into a staged file.
pub struct ZipPackage<'a> {
    file: &'a File,
    path: &'a Path,
    top: &'a str,
    at: DateTime<Utc>,
    layout: Layout,
    /// First octet that nothing is written to yet.
    end: u64,
    tags: Vec<Tag>,
    /// How many of `tags` stand before the payload.
    before: usize,
}

/// A tag file that is written.
struct Tag {
    path: String,
    offset: u64,
    size: u64,
    crc32: u32,
}

impl<'a> ZipPackage<'a> {
    /// Begins an empty ZIP in `file`, which stands at `path`; everything goes below `top/`, and
    /// tag files are dated `at`.
    #[must_use]
    pub fn new(file: &'a File, path: &'a Path, top: &'a str, at: DateTime<Utc>) -> Self {
        let layout = Layout { offsets: Vec::new(), end: 0 };
        Self { file, path, top, at, layout, end: 0, tags: Vec::new(), before: 0 }
    }

    fn failed(&self, error: io::Error) -> Error {
        Error::io(ErrorKind::Write, "write", self.path, error)
    }

    fn write_at(&self, octets: &[u8], offset: u64) -> Result<()> {
        self.file.write_all_at(octets, offset).map_err(|error| self.failed(error))
    }

    fn name(&self, member: &Member<'_>) -> String {
        let mut name = String::new();
        full_name(&mut name, self.top, member);
        name
    }

    fn tag_member<'p>(&self, path: &'p str, size: u64) -> Member<'p> {
        Member { path, size_octets: Some(size), modified: Some(self.at) }
    }

    fn tag<'t>(&self, tag: &'t Tag) -> (Member<'t>, u32, u64) {
        (self.tag_member(&tag.path, tag.size), tag.crc32, tag.offset)
    }

    /// The first of the directories that stand right before file `index`, or the file itself.
    fn first_of(listing: &dyn Listing, index: usize) -> usize {
        let mut first = index;
        while first > 0 && listing.member(first - 1).size_octets.is_none() {
            first -= 1;
        }
        first
    }

    /// The header of a file, behind those of the directories right before it.
    fn put_headers(&self, listing: &dyn Listing, index: usize, crc32: u32, out: &mut Vec<u8>) {
        for number in Self::first_of(listing, index)..=index {
            let member = listing.member(number);
            let crc32 = if number == index { crc32 } else { 0 };
            header(&self.name(&member), &member, crc32).put_local(out);
        }
    }

    fn data_offset(&self, listing: &dyn Listing, index: usize) -> u64 {
        let member = listing.member(index);
        self.layout.offsets[index] + header(&self.name(&member), &member, 0).local_octets()
    }

    /// Writes the central directory; answers how many entries it has, and its octets.
    fn put_directory(
        &self,
        listing: &dyn Listing,
        crc32: &[u32],
        out: &mut TagWriter<'_>,
    ) -> io::Result<u64> {
        let mut record = Vec::new();
        let mut name = String::new();
        let (before, after) = self.tags.split_at(self.before);
        let tag = |tag| self.tag(tag);
        let payload = (0..listing.count())
            .map(|index| (listing.member(index), crc32[index], self.layout.offsets[index]));
        let mut count = 0;
        for (member, crc32, offset) in before.iter().map(tag).chain(payload).chain(after.iter().map(tag)) {
            full_name(&mut name, self.top, &member);
            record.clear();
            header(&name, &member, crc32).put_central(&mut record, offset);
            out.write_all(&record)?;
            count += 1;
        }
        Ok(count)
    }
}

impl Package for ZipPackage<'_> {
    fn put_tag(&mut self, path: &str, algorithms: &[Algorithm], text: TagText<'_>) -> Result<Sum> {
        let name = self.name(&self.tag_member(path, 0));
        let head = header(&name, &self.tag_member(path, 0), 0).local_octets();
        let mut out = TagWriter::new(self.file, self.end + head, algorithms);
        let sum = text(&mut out).and_then(|()| out.finish()).map_err(|error| self.failed(error))?;
        let member = self.tag_member(path, sum.size_octets);
        let header = header(&name, &member, sum.crc32);
        if header.local_octets() != head {
            return Err(Error::new(
                ErrorKind::Limit,
                format!("cannot write `{path}`: a tag file is limited to 4 GiB"),
            ));
        }
        let mut octets = Vec::new();
        header.put_local(&mut octets);
        self.write_at(&octets, self.end)?;
        self.tags.push(Tag {
            path: path.to_owned(),
            offset: self.end,
            size: sum.size_octets,
            crc32: sum.crc32,
        });
        self.end += head + sum.size_octets;
        Ok(sum)
    }

    fn lay_out(&mut self, listing: &dyn Listing) -> Result<()> {
        self.before = self.tags.len();
        self.layout = Layout::new(listing, self.top, self.end)?;
        self.end = self.layout.end;
        crate::staging::reserve(self.file, self.path, self.end)?;
        // Directories after the last file have no file to travel with.
        let mut index = listing.count();
        while index > 0 && listing.member(index - 1).size_octets.is_none() {
            index -= 1;
            let member = listing.member(index);
            let mut octets = Vec::new();
            header(&self.name(&member), &member, 0).put_local(&mut octets);
            self.write_at(&octets, self.layout.offsets[index])?;
        }
        Ok(())
    }

    fn gap(&self, listing: &dyn Listing, index: usize) -> usize {
        let begin = self.layout.offsets[Self::first_of(listing, index)];
        usize::try_from(self.data_offset(listing, index) - begin).unwrap_or(0)
    }

    fn put_run(
        &self,
        listing: &dyn Listing,
        files: &[usize],
        segment: &mut Segment,
        sums: &[Option<Sum>],
    ) -> Result<()> {
        let Some(&first) = files.first() else {
            return Ok(());
        };
        let mut headers = Vec::new();
        for ((&index, extent), sum) in files.iter().zip(&segment.extents).zip(sums) {
            let (Some(extent), Some(sum)) = (extent, sum) else {
                continue;
            };
            headers.clear();
            self.put_headers(listing, index, sum.crc32, &mut headers);
            segment.octets[extent.start - headers.len()..extent.start].copy_from_slice(&headers);
        }
        self.write_at(&segment.octets, self.layout.offsets[Self::first_of(listing, first)])
    }

    fn begin_file(&self, listing: &dyn Listing, index: usize) -> Result<Slot> {
        Ok(Slot { file: None, at: self.data_offset(listing, index) })
    }

    fn put(&self, slot: &mut Slot, octets: &[u8]) -> Result<()> {
        self.write_at(octets, slot.at)?;
        slot.at += octets.len() as u64;
        Ok(())
    }

    fn end_file(&self, listing: &dyn Listing, index: usize, _: Slot, sum: &Sum) -> Result<()> {
        let mut headers = Vec::new();
        self.put_headers(listing, index, sum.crc32, &mut headers);
        self.write_at(&headers, self.layout.offsets[Self::first_of(listing, index)])
    }

    fn close(&mut self, listing: &dyn Listing, files: &[usize], sums: &SumTable) -> Result<()> {
        let mut crc32 = vec![0; listing.count()];
        for (number, &index) in files.iter().enumerate() {
            crc32[index] = sums.crc32(number).unwrap_or(0);
        }
        let mut out = TagWriter::new(self.file, self.end, &[]);
        let written = self.put_directory(listing, &crc32, &mut out).and_then(|count| {
            let mut record = Vec::new();
            put_end(&mut record, count, out.octets(), self.end);
            out.write_all(&record)?;
            Ok(out.finish()?.size_octets)
        });
        let octets = written.map_err(|error| self.failed(error))?;
        self.file.set_len(self.end + octets).map_err(|error| self.failed(error))
    }
}

/// Writes a text at its place in a file and sums it on the way.
pub(crate) struct TagWriter<'a> {
    file: &'a File,
    begin: u64,
    at: u64,
    buffer: Vec<u8>,
    pass: Pass,
}

impl<'a> TagWriter<'a> {
    /// Begins at octet `begin` of `file`.
    pub(crate) fn new(file: &'a File, begin: u64, algorithms: &[Algorithm]) -> Self {
        Self {
            file,
            begin,
            at: begin,
            buffer: Vec::with_capacity(BUFFER_OCTETS),
            pass: Pass::new(algorithms),
        }
    }

    fn octets(&self) -> u64 {
        self.at - self.begin + self.buffer.len() as u64
    }

    /// Ends the text.
    pub(crate) fn finish(mut self) -> io::Result<Sum> {
        self.flush()?;
        Ok(self.pass.finish())
    }
}

impl Write for TagWriter<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + octets.len() > BUFFER_OCTETS {
            self.flush()?;
        }
        self.buffer.extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass.update(&self.buffer);
        self.file.write_all_at(&self.buffer, self.at)?;
        self.at += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}
