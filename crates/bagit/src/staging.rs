//! A package appears at its target whole or not at all.
//!
//! It is made beside the target under a name of its own, flushed to the disk, and then renamed
//! without replacing anything. Whatever ends the run before that leaves the target as it was: an
//! error removes what was staged, and after a `kill -9` it stays under the staging name, never the
//! target's.

use crate::{Error, ErrorKind, Result};
use rustix::fs::{CWD, FallocateFlags, RenameFlags};
use rustix::io::Errno;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// How many leftovers of interrupted runs are stepped over before giving up.
const MOST_LEFTOVERS: u32 = 1000;

/// A file or directory under construction beside its target; removed when dropped uncommitted.
#[derive(Debug)]
pub struct Staged {
    staging: PathBuf,
    target: PathBuf,
    is_directory: bool,
    /// What stands at the target, as it was when this began, if it is to be replaced.
    replaces: Option<Metadata>,
    committed: bool,
    leftovers: u32,
}

impl Staged {
    /// Begins a file that will be `target`.
    ///
    /// # Errors
    /// If the target exists, or nothing can be written beside it.
    pub fn file(target: &Path) -> Result<(Self, File)> {
        Self::begin(target, false, |path| {
            OpenOptions::new().read(true).write(true).create_new(true).open(path)
        })
    }

    /// Begins a directory that will be `target`.
    ///
    /// # Errors
    /// If the target exists, or nothing can be written beside it.
    pub fn directory(target: &Path) -> Result<Self> {
        Self::begin(target, true, |path| std::fs::create_dir(path)).map(|(staged, ())| staged)
    }

    /// Begins a file that will stand in place of the file `target`, with its permissions. Until it
    /// does, all of the old one is there.
    ///
    /// # Errors
    /// If there is no file at the target, or nothing can be written beside it.
    pub fn replacing(target: &Path) -> Result<(Self, File)> {
        let failed = |error| Error::io(ErrorKind::Write, "replace", target, error);
        let old = target.symlink_metadata().map_err(failed)?;
        if !old.is_file() {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")));
        }
        let (mut staged, file) = Self::begin_beside(target, false, |path| {
            OpenOptions::new().read(true).write(true).create_new(true).open(path)
        })?;
        file.set_permissions(old.permissions()).map_err(failed)?;
        staged.replaces = Some(old);
        Ok((staged, file))
    }

    fn begin<T>(
        target: &Path,
        is_directory: bool,
        make: impl Fn(&Path) -> io::Result<T>,
    ) -> Result<(Self, T)> {
        if target.symlink_metadata().is_ok() {
            return Err(exists(target));
        }
        Self::begin_beside(target, is_directory, make)
    }

    fn begin_beside<T>(
        target: &Path,
        is_directory: bool,
        make: impl Fn(&Path) -> io::Result<T>,
    ) -> Result<(Self, T)> {
        let name = target.file_name().ok_or_else(|| {
            Error::new(ErrorKind::Write, format!("cannot write `{}`: it has no name", target.display()))
        })?;
        for number in 1..=MOST_LEFTOVERS {
            let mut staging = std::ffi::OsString::from(".");
            staging.push(shortened(name));
            staging.push(format!(".fonds-partial-{number}"));
            let staging = target.with_file_name(staging);
            match make(&staging) {
                Ok(made) => {
                    let staged = Self {
                        staging,
                        target: target.to_owned(),
                        is_directory,
                        replaces: None,
                        committed: false,
                        leftovers: number - 1,
                    };
                    return Ok((staged, made));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    let error = Error::io(ErrorKind::Write, "create anything in", parent_of(target), error);
                    return Err(match error.hint() {
                        Some(_) => error,
                        None => error.with_hint("see that the folder exists and may be written to"),
                    });
                }
            }
        }
        Err(Error::new(
            ErrorKind::Write,
            format!("cannot write `{}`: too many leftovers of interrupted runs beside it", target.display()),
        )
        .with_hint("delete the files beside it whose names contain `.fonds-partial-`"))
    }

    /// Where it is being made.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.staging
    }

    /// How many others lie beside the target: of interrupted runs, or of runs that still go on.
    #[must_use]
    pub fn leftovers(&self) -> u32 {
        self.leftovers
    }

    /// Flushes everything to the disk and gives it its name. The target must not exist even now, or
    /// still be what it was when it is to be replaced.
    ///
    /// # Errors
    /// If flushing or renaming fails; then the target is as it was.
    pub fn commit(mut self) -> Result<()> {
        self.flush().map_err(|error| Error::io(ErrorKind::Write, "flush", &self.staging, error))?;
        let renamed = match &self.replaces {
            Some(old) if !is_still(old, &self.target) => return Err(changed(&self.target)),
            Some(_) => std::fs::rename(&self.staging, &self.target),
            None => rename_without_replacing(&self.staging, &self.target),
        };
        renamed.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => exists(&self.target),
            _ => Error::io(ErrorKind::Write, "rename to", &self.target, error),
        })?;
        self.committed = true;
        let parent = parent_of(&self.target);
        File::open(parent)
            .and_then(|parent| parent.sync_all())
            .map_err(|error| Error::io(ErrorKind::Write, "flush", parent, error))
    }

    fn flush(&self) -> io::Result<()> {
        let opened = File::open(&self.staging)?;
        if self.is_directory {
            flush_tree(&opened, &self.staging)?;
        }
        opened.sync_all()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.committed {
            return;
        }
        // Nothing better can be done if even this fails: the name says what it is.
        let _ = if self.is_directory {
            std::fs::remove_dir_all(&self.staging)
        } else {
            std::fs::remove_file(&self.staging)
        };
    }
}

/// Flushes a whole tree: one call for its file system where the system has such a call.
#[cfg(target_os = "linux")]
fn flush_tree(opened: &File, _: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(opened)?)
}

#[cfg(not(target_os = "linux"))]
fn flush_tree(_: &File, base: &Path) -> io::Result<()> {
    let mut waiting = vec![base.to_owned()];
    while let Some(directory) = waiting.pop() {
        for item in std::fs::read_dir(&directory)? {
            let item = item?;
            if item.file_type()?.is_dir() {
                waiting.push(item.path());
            } else {
                File::open(item.path())?.sync_all()?;
            }
        }
        File::open(&directory)?.sync_all()?;
    }
    Ok(())
}

fn rename_without_replacing(from: &Path, to: &Path) -> io::Result<()> {
    match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // File systems such as exFAT do not know the flag: look first, then rename.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            if to.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            std::fs::rename(from, to)
        }
        other => Ok(other?),
    }
}

/// Makes room for so many octets, so that a full disk shows before anything is read.
///
/// # Errors
/// [`ErrorKind::NoSpace`] if there is no room.
pub(crate) fn reserve(file: &File, path: &Path, octets: u64) -> Result<()> {
    expect_room(path, octets)?;
    if octets == 0 || is_memory(file) {
        return Ok(());
    }
    match rustix::fs::fallocate(file, FallocateFlags::empty(), 0, octets) {
        // Not every file system can reserve; then a full disk shows while writing.
        Ok(()) | Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => Ok(()),
        Err(error) => Err(Error::io(ErrorKind::Write, "reserve room for", path, error.into())),
    }
}

/// Whether a file lies in memory: reserving there is as dear as writing, and done by one thread.
fn is_memory(file: &File) -> bool {
    const TMPFS: u64 = 0x0102_1994;
    rustix::fs::fstatfs(file).is_ok_and(|there| u64::try_from(there.f_type) == Ok(TMPFS))
}

/// Says at once if a file system has no room for so many octets.
///
/// # Errors
/// [`ErrorKind::NoSpace`], with what is needed and what there is.
pub fn expect_room(path: &Path, octets: u64) -> Result<()> {
    let Ok(there) = rustix::fs::statvfs(path).or_else(|_| rustix::fs::statvfs(parent_of(path))) else {
        return Ok(());
    };
    let free = there.f_bavail.saturating_mul(there.f_frsize);
    if free < octets {
        return Err(Error::new(
            ErrorKind::NoSpace,
            format!(
                "cannot write beside `{}`: expected room for {octets} octets, found {free}",
                path.display()
            ),
        )
        .with_hint("free some space, or write to another disk; nothing was left at the target"));
    }
    Ok(())
}

/// A file without a name on the file system of `target`: it is gone when it is closed, or its process
/// is killed.
///
/// # Errors
/// If the target exists, or nothing can be written beside it.
pub fn nameless(target: &Path) -> Result<File> {
    if target.symlink_metadata().is_ok() {
        return Err(exists(target));
    }
    // Not every file system can make one; then a name is given and taken away at once.
    match never_named(parent_of(target)) {
        Ok(file) => Ok(file),
        Err(_) => Staged::file(target).map(|(_, file)| file),
    }
}

#[cfg(target_os = "linux")]
fn never_named(directory: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDWR | OFlags::TMPFILE | OFlags::CLOEXEC;
    Ok(rustix::fs::open(directory, flags, Mode::RUSR | Mode::WUSR)?.into())
}

#[cfg(not(target_os = "linux"))]
fn never_named(_: &Path) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a file is the one that it was, and nobody wrote to it.
fn is_still(old: &Metadata, path: &Path) -> bool {
    let fingerprint = |metadata: &Metadata| {
        (metadata.dev(), metadata.ino(), metadata.len(), metadata.mtime(), metadata.mtime_nsec())
    };
    path.symlink_metadata().is_ok_and(|now| fingerprint(&now) == fingerprint(old))
}

fn changed(target: &Path) -> Error {
    let message = format!(
        "cannot replace `{}`: expected the file that was read, found that it changed meanwhile",
        target.display()
    );
    Error::new(ErrorKind::Write, message).with_hint("see who else writes to it, and run it again")
}

fn exists(target: &Path) -> Error {
    Error::new(ErrorKind::TargetExists, format!("cannot write `{}`: it exists already", target.display()))
        .with_hint("choose another place, or move the existing one away; fonds never overwrites")
}

/// Leaves room for the staging marks in a name that may be 255 octets long.
fn shortened(name: &std::ffi::OsStr) -> String {
    let text = name.to_string_lossy();
    let mut end = text.len().min(200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(directory)
            .unwrap()
            .map(|item| item.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn it_appears_whole_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("a.zip");
        let (staged, mut file) = Staged::file(&target).unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(names(place.path()), [".a.zip.fonds-partial-1"]);
        drop(staged);
        assert_eq!(names(place.path()), [""; 0]);
        let (staged, mut file) = Staged::file(&target).unwrap();
        file.write_all(b"whole").unwrap();
        staged.commit().unwrap();
        assert_eq!(names(place.path()), ["a.zip"]);
        assert_eq!(Staged::file(&target).unwrap_err().kind(), ErrorKind::TargetExists);
    }

    #[test]
    fn a_target_that_appears_meanwhile_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        for is_directory in [false, true] {
            let target = place.path().join(if is_directory { "d" } else { "f" });
            let staged = if is_directory {
                Staged::directory(&target).unwrap()
            } else {
                Staged::file(&target).unwrap().0
            };
            std::fs::write(&target, "somebody else's").unwrap();
            assert_eq!(staged.commit().unwrap_err().kind(), ErrorKind::TargetExists);
            assert_eq!(std::fs::read_to_string(&target).unwrap(), "somebody else's");
        }
        assert_eq!(names(place.path()), ["d", "f"]);
    }

    #[test]
    fn a_file_is_replaced_at_once_and_only_if_nobody_touched_it() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("a.zip");
        assert_eq!(Staged::replacing(&target).unwrap_err().kind(), ErrorKind::Write);
        std::fs::write(&target, "old").unwrap();
        let (staged, mut file) = Staged::replacing(&target).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        staged.commit().unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");

        let (staged, mut file) = Staged::replacing(&target).unwrap();
        file.write_all(b"newer").unwrap();
        std::fs::write(&target, "somebody else's").unwrap();
        assert!(staged.commit().unwrap_err().to_string().contains("changed meanwhile"));
        assert_eq!(std::fs::read(&target).unwrap(), b"somebody else's");
        assert_eq!(names(place.path()), ["a.zip"]);
    }

    #[test]
    fn a_leftover_is_stepped_over_and_kept() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join(".a.zip.fonds-partial-1"), "left").unwrap();
        Staged::file(&place.path().join("a.zip")).unwrap().0.commit().unwrap();
        assert_eq!(names(place.path()), [".a.zip.fonds-partial-1", "a.zip"]);
    }
}
