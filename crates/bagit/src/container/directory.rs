//! A bag in a directory.

use super::{Container, Entry, EntryKind, Notes, Stream, unreadable};
use crate::finding::{self, Finding};
use crate::{Error, ErrorKind, Result};
use chrono::{DateTime, Utc};
use fixity::PayloadPath;
use rustix::fs::{Mode, OFlags, ResolveFlags};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

/// A base directory that is only ever read.
pub(super) struct Directory {
    base: OwnedFd,
    top: Option<String>,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

const ONLY_READ: OFlags =
    OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK);

/// Opens a regular file below a directory without following any link and without waiting for
/// anything: what is no regular file is refused (RFC 8493 §5.1).
///
/// # Errors
/// Whatever the system says, or that it is no regular file.
pub fn open_beneath(base: impl AsFd, path: &Path) -> io::Result<File> {
    let file = File::from(open_any_beneath(base.as_fd(), path)?);
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
    }
}

#[cfg(target_os = "linux")]
fn open_any_beneath(base: impl AsFd + Copy, path: &Path) -> io::Result<OwnedFd> {
    use rustix::io::Errno;
    let inside = ResolveFlags::BENEATH.union(ResolveFlags::NO_SYMLINKS);
    loop {
        match rustix::fs::openat2(base, path, ONLY_READ, Mode::empty(), inside) {
            // A rename elsewhere in the tree made the kernel unsure: it asks to try again.
            Err(Errno::AGAIN) => {}
            // An old kernel, or a sandbox that forbids the call.
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => {
                return open_by_components(base, path);
            }
            other => return Ok(other?),
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn open_any_beneath(base: impl AsFd + Copy, path: &Path) -> io::Result<OwnedFd> {
    open_by_components(base, path)
}

/// The same with one `openat` a component.
fn open_by_components(base: impl AsFd, path: &Path) -> io::Result<OwnedFd> {
    let mut components = path.components().peekable();
    let mut here: Option<OwnedFd> = None;
    while let Some(component) = components.next() {
        let std::path::Component::Normal(name) = component else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leads elsewhere"));
        };
        let flags = if components.peek().is_some() { ONLY_READ | OFlags::DIRECTORY } else { ONLY_READ };
        let next = match &here {
            Some(directory) => rustix::fs::openat(directory, name, flags, Mode::empty())?,
            None => rustix::fs::openat(&base, name, flags, Mode::empty())?,
        };
        here = Some(next);
    }
    here.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path is empty"))
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
        match open_beneath(&self.base, Path::new(path.as_str())) {
            Ok(file) => Some(Box::new(file)),
            Err(error) => {
                notes(index, unreadable(path, &error));
                None
            }
        }
    }
}
