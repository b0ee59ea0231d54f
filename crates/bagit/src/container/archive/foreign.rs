//! A bag in anybody else's ZIP, read by the crate `zip`.

use super::members::{Members, Named, sort_out};
use super::{Inflated, Window};
use crate::container::{Container, Entry, Layout, Notes, Stream};
use crate::finding::{E103, E106, E108, E109, Finding, W212};
use chrono::{DateTime, NaiveDate, Utc};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

pub(super) struct Foreign {
    file: Arc<File>,
    /// By number in the archive.
    kept: Vec<Kept>,
    members: Members,
    deviation: String,
}

/// Where and how the octets of one entry are kept.
#[derive(Clone, Copy)]
struct Kept {
    data_offset: u64,
    compressed: u64,
    method: CompressionMethod,
}

impl Foreign {
    /// Opens a ZIP that departs from the canonical layout by `deviation`; `Err` says in words why
    /// even the general reader cannot make sense of it.
    pub(super) fn open(file: File, deviation: String) -> Result<Self, String> {
        let octets = file.metadata().map_err(|error| error.to_string())?.len();
        let file = Arc::new(file);
        let place = Place { file: Arc::clone(&file), at: 0, octets };
        let mut archive = ZipArchive::new(place).map_err(|error| error.to_string())?;
        let mut kept = Vec::with_capacity(archive.len());
        let mut findings = Vec::new();
        let mut named = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| error.to_string())?;
            kept.push(Kept {
                data_offset: entry.data_start().unwrap_or(u64::MAX),
                compressed: entry.compressed_size(),
                method: entry.compression(),
            });
            match name_of(&entry, index) {
                Ok(entry) => named.push(entry),
                Err(finding) => findings.push(*finding),
            }
        }
        if archive.has_duplicate_names() {
            findings.push(Finding::new(&E109, "", "expected each name once, found two entries of one name"));
        }
        if archive.has_overlapping_entries().unwrap_or(true) {
            findings.push(Finding::new(
                &E103,
                "",
                "expected entries one after the other, found some that overlap",
            ));
        }
        if let Err(error) = archive.validate_header_consistency() {
            findings.push(Finding::new(
                &E103,
                "",
                format!("expected local headers to say the same as the central directory, found: {error}"),
            ));
        }
        let mut members = sort_out(named);
        members.findings.extend(findings);
        Ok(Self { file, kept, members, deviation })
    }
}

fn name_of(entry: &zip::read::ZipFile<'_, Place>, index: usize) -> Result<Named, Box<Finding>> {
    let raw = entry.name_raw();
    let Ok(name) = std::str::from_utf8(raw) else {
        return Err(Box::new(Finding::new(
            &crate::finding::E105,
            String::from_utf8_lossy(raw),
            "expected a name in UTF-8, found other octets",
        )));
    };
    if entry.is_symlink() {
        return Err(Box::new(Finding::new(
            &E106,
            name,
            "expected a regular file or directory, found a symbolic link",
        )));
    }
    if entry.encrypted() {
        return Err(Box::new(Finding::new(&E108, name, "expected to read the file, found it encrypted")));
    }
    Ok(Named {
        name: name.to_owned(),
        is_directory: name.ends_with('/'),
        size_octets: entry.size(),
        crc32: Some(entry.crc32()),
        modified: entry.last_modified().and_then(utc),
        index,
    })
}

fn utc(at: zip::DateTime) -> Option<DateTime<Utc>> {
    let date = NaiveDate::from_ymd_opt(at.year().into(), at.month().into(), at.day().into())?;
    Some(date.and_hms_opt(at.hour().into(), at.minute().into(), at.second().into())?.and_utc())
}

impl Container for Foreign {
    fn entries(&self) -> &[Entry] {
        &self.members.entries
    }

    fn findings(&self) -> &[Finding] {
        &self.members.findings
    }

    fn top(&self) -> Option<&str> {
        self.members.top.as_deref()
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Deviates(&self.deviation)
    }

    fn media_types(&self) -> Option<&'static [&'static str]> {
        Some(crate::profile::media::ZIP)
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let kept = self.kept[self.members.indices[index]];
        let window = Window { file: &self.file, at: kept.data_offset, left: kept.compressed };
        match kept.method {
            CompressionMethod::Stored => Some(Box::new(window)),
            CompressionMethod::Deflated => Some(Box::new(Inflated::new(window))),
            other => {
                let message = format!("expected to read the file, found it compressed by `{other}`");
                notes(index, Finding::new(&W212, self.members.entries[index].path.as_str(), message));
                None
            }
        }
    }
}

/// A shared file with a reading place of its own; has no way to write.
#[derive(Clone)]
struct Place {
    file: Arc<File>,
    at: u64,
    octets: u64,
}

impl Read for Place {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.file.read_at(room, self.at)?;
        self.at += octets as u64;
        Ok(octets)
    }
}

impl Seek for Place {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.octets.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
