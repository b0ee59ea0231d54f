//! Sources that must not be packed as they are: bags, and folders that the package would lie in.

use crate::error::shown;
use crate::root::Root;
use crate::{Error, ErrorKind};
use bagit::beneath::open_folder;
use rustix::fs::{AtFlags, Dir, FileType, statat};
use rustix::io::Errno;
use std::path::{Path, PathBuf};

/// Refuses a source folder that is a `BagIt` bag already.
pub(crate) fn refuse_bag(path: &Path, root: &Root) -> Result<(), Error> {
    match is_bag(root) {
        Ok(false) => Ok(()),
        Ok(true) => Err(Error::at(ErrorKind::AlreadyABag, path, "it is a bag already").with_hint(
            "check it with `fonds verify`, or put the bag as it is into a new one with `--nested`",
        )),
        Err(errno) => Err(Error::at(ErrorKind::Unreadable, path, std::io::Error::from(errno))),
    }
}

fn is_bag(root: &Root) -> Result<bool, Errno> {
    let kind = |name: &str| {
        let stat = statat(&root.folder, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some(FileType::from_raw_mode(stat.st_mode))
    };
    if kind("bagit.txt") != Some(FileType::RegularFile) {
        return Ok(false);
    }
    if kind("data") == Some(FileType::Directory) {
        return Ok(true);
    }
    let mut folder = Dir::new(open_folder(&root.folder, b"")?)?;
    while let Some(entry) = folder.read() {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if name.starts_with(b"manifest-") && name.ends_with(b".txt") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses to write the package into its own source, or over it.
pub(crate) fn refuse_target_inside(target: &Path, source: &Path) -> Result<(), Error> {
    let Ok(source_place) = std::fs::canonicalize(source) else {
        return Ok(());
    };
    let inside = [canonical_parent(target), std::fs::canonicalize(target).ok()]
        .into_iter()
        .flatten()
        .any(|place| place.starts_with(&source_place));
    if !inside {
        return Ok(());
    }
    let message = format!("cannot write `{}`: it lies inside the source `{}`", shown(target), shown(source));
    Err(Error::new(ErrorKind::TargetInsideSource, message).with_hint("write the package somewhere else"))
}

/// The nearest folder above `target` that exists.
fn canonical_parent(target: &Path) -> Option<PathBuf> {
    target.ancestors().skip(1).find_map(|folder| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        std::fs::canonicalize(folder).ok()
    })
}
