//! A bag in a directory.

use super::{Container, Entry, EntryKind, Notes, Stream, unreadable};
use crate::beneath::open_file;
use crate::finding::{self, Finding};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::PayloadPath;
use rustix::fs::{Mode, OFlags};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// A base directory that is only ever read.
pub(super) struct Directory {
    base: OwnedFd,
    top: Option<String>,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

impl Directory {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let failed = |error| Error::io(ErrorKind::Read, "read", path, error);
        let base =
            rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY, Mode::empty())
                .map_err(|error| failed(error.into()))?;
        let mut walk = Walk { entries: Vec::new(), findings: Vec::new() };
        let mut waiting = vec![PathBuf::new()];
        while let Some(below) = waiting.pop() {
            match std::fs::read_dir(path.join(&below)) {
                Err(error) if below.as_os_str().is_empty() => return Err(failed(error)),
                Err(error) => walk.note(
                    &finding::E108,
                    &below,
                    &format!("expected to read the directory, found: {error}"),
                ),
                Ok(listing) => waiting.extend(walk.list(&below, listing)),
            }
        }
        walk.entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let top = path.canonicalize().ok().and_then(|full| Some(full.file_name()?.to_str()?.to_owned()));
        Ok(Self { base, top, entries: walk.entries, findings: walk.findings })
    }
}

/// Collects entries; nothing is passed over without a finding.
struct Walk {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

impl Walk {
    fn note(&mut self, code: &'static finding::Code, path: &Path, message: &str) {
        self.findings.push(Finding::new(code, path.to_string_lossy(), message));
    }

    /// Takes one directory's listing; answers the directories in it.
    fn list(&mut self, below: &Path, listing: std::fs::ReadDir) -> Vec<PathBuf> {
        let mut directories = Vec::new();
        for item in listing {
            let taken = item.and_then(|item| {
                let path = below.join(item.file_name());
                Ok((path, item.metadata()?))
            });
            match taken {
                Ok((path, metadata)) => {
                    if self.take(&path, &metadata) {
                        directories.push(path);
                    }
                }
                Err(error) => self.note(
                    &finding::E108,
                    below,
                    &format!("expected to list the directory, found: {error}"),
                ),
            }
        }
        directories
    }

    /// Takes one name; says whether it is a directory to be walked.
    fn take(&mut self, path: &Path, metadata: &std::fs::Metadata) -> bool {
        let kind = if metadata.is_dir() {
            EntryKind::Directory
        } else if metadata.is_file() {
            EntryKind::File
        } else {
            let what = if metadata.is_symlink() { "a symbolic link" } else { "a device, pipe or socket" };
            self.note(&finding::E106, path, &format!("expected a regular file or directory, found {what}"));
            return false;
        };
        let Some(name) = path.to_str() else {
            self.note(&finding::E105, path, "expected a name in UTF-8, found other octets");
            return false;
        };
        match PayloadPath::new(name) {
            Ok(path) => self.entries.push(Entry {
                path,
                kind,
                size_octets: if kind == EntryKind::File { metadata.len() } else { 0 },
                crc32: None,
                modified: metadata.modified().ok().map(DateTime::<Utc>::from),
            }),
            Err(problem) => {
                self.note(&finding::E105, path, &format!("expected a plain path, found one that {problem}"));
                return false;
            }
        }
        kind == EntryKind::Directory
    }
}

impl Directory {
    fn open_file(&self, path: &PayloadPath) -> io::Result<File> {
        let file = File::from(open_file(&self.base, path.as_str().as_bytes())?);
        if file.metadata()?.is_file() {
            Ok(file)
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
        }
    }
}

impl Container for Directory {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }

    fn top(&self) -> Option<&str> {
        self.top.as_deref()
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let path = &self.entries[index].path;
        match self.open_file(path) {
            Ok(file) => Some(Box::new(file)),
            Err(error) => {
                notes(index, unreadable(path, &error));
                None
            }
        }
    }
}
