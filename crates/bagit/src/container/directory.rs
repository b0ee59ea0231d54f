//! A bag in a directory.

use super::{Container, Contents, Entry, EntryKind, Notes, Stream, unreadable};
use crate::beneath::{open_file, open_folder};
use crate::finding::{self, Finding};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::PayloadPath;
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, statat};
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// A base directory that is only ever read.
pub(super) struct Directory {
    base: OwnedFd,
    contents: Contents,
}

impl Directory {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let failed = |error: Errno| Error::io(ErrorKind::Read, "read", path, error.into());
        let base =
            rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY, Mode::empty())
                .map_err(failed)?;
        let mut walk = Walk { base: &base, entries: Vec::new(), findings: Vec::new() };
        walk.list(b"").map_err(failed)?;
        let mut entries = walk.entries;
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let findings = walk.findings;
        let top = path.canonicalize().ok().and_then(|full| Some(full.file_name()?.to_str()?.to_owned()));
        Ok(Self { base, contents: Contents { top, entries, findings } })
    }
}

/// Collects entries; nothing is passed over without a finding, and no link is followed.
struct Walk<'a> {
    base: &'a OwnedFd,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn note(&mut self, code: &'static finding::Code, path: &[u8], message: &str) {
        self.findings.push(Finding::new(code, String::from_utf8_lossy(path), message));
    }

    /// Takes everything below `top`; an error is about `top` itself.
    fn list(&mut self, top: &[u8]) -> std::result::Result<(), Errno> {
        // A list instead of recursion: no tree is too deep for it.
        let mut waiting = self.take_folder(top)?;
        while let Some(folder) = waiting.pop() {
            match self.take_folder(&folder) {
                Ok(below) => waiting.extend(below),
                Err(Errno::NAMETOOLONG) => self.note(
                    &finding::E105,
                    &folder,
                    "expected a path of at most 4096 octets, found a longer one, which no program can open",
                ),
                Err(error) => {
                    let message =
                        format!("expected to read the directory, found: {}", io::Error::from(error));
                    self.note(&finding::E108, &folder, &message);
                }
            }
        }
        Ok(())
    }

    /// Takes what one folder holds; answers the folders in it.
    fn take_folder(&mut self, path: &[u8]) -> std::result::Result<Vec<Vec<u8>>, Errno> {
        let mut folder = Dir::new(open_folder(self.base, path)?)?;
        let mut folders = Vec::new();
        while let Some(item) = folder.read() {
            let item = item?;
            let name = item.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let below =
                if path.is_empty() { name.to_bytes().to_vec() } else { [path, name.to_bytes()].join(&b'/') };
            match statat(folder.fd()?, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => {
                    if self.take(&below, &stat) {
                        folders.push(below);
                    }
                }
                Err(error) => {
                    let message = format!("expected to look at it, found: {}", io::Error::from(error));
                    self.note(&finding::E108, &below, &message);
                }
            }
        }
        Ok(folders)
    }

    /// Takes one name; says whether it is a directory to be walked.
    fn take(&mut self, path: &[u8], stat: &Stat) -> bool {
        let kind = match FileType::from_raw_mode(stat.st_mode) {
            FileType::Directory => EntryKind::Directory,
            FileType::RegularFile => EntryKind::File,
            other => {
                let what =
                    if other == FileType::Symlink { "a symbolic link" } else { "a device, pipe or socket" };
                self.note(
                    &finding::E106,
                    path,
                    &format!("expected a regular file or directory, found {what}"),
                );
                return false;
            }
        };
        let Ok(name) = std::str::from_utf8(path) else {
            self.note(&finding::E105, path, "expected a name in UTF-8, found other octets");
            return false;
        };
        match PayloadPath::new(name) {
            Ok(path) => self.entries.push(Entry {
                path,
                kind,
                size_octets: match kind {
                    EntryKind::File => u64::try_from(stat.st_size).unwrap_or(0),
                    EntryKind::Directory => 0,
                },
                crc32: None,
                modified: modified(stat),
            }),
            Err(problem) => {
                self.note(&finding::E105, path, &format!("expected a plain path, found one that {problem}"));
                return false;
            }
        }
        kind == EntryKind::Directory
    }
}

fn modified(stat: &Stat) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(stat.st_mtime, u32::try_from(stat.st_mtime_nsec).ok()?)
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
    fn contents(&self) -> &Contents {
        &self.contents
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let path = &self.contents.entries[index].path;
        match self.open_file(path) {
            Ok(file) => Some(Box::new(file)),
            Err(error) => {
                notes(index, unreadable(path, &error));
                None
            }
        }
    }

    fn read_at(&self, index: usize, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let entry = &self.contents.entries[index];
        let left = usize::try_from(entry.size_octets.saturating_sub(offset)).unwrap_or(usize::MAX);
        let most = room.len().min(left);
        if most == 0 { Ok(0) } else { self.open_file(&entry.path)?.read_at(&mut room[..most], offset) }
    }
}
