//! Finding bags below folders, by name; only what names leave open is looked into.

use crate::Context;
use crate::spelling::shown;
use bagit::container::{ArchiveKind, archive_kind};
use bagit::validate::is_manifest;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How the names of archives end that may hold a bag.
const ARCHIVES: [&str; 11] =
    [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".tar.zst", ".tzst"];

/// How the names of compressed files end, of which most hold no TAR.
const COMPRESSED: [&str; 5] = [".gz", ".bz2", ".xz", ".zst", ".zstd"];

/// Where a bag is, or where nobody could look for one.
#[derive(Debug)]
pub(super) enum Place {
    Bag(PathBuf),
    Closed { path: PathBuf, error: String },
}

impl Place {
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Bag(path) | Self::Closed { path, .. } => path,
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Sorted by the octets of their paths.
    pub(super) places: Vec<Place>,
    /// Links, which are not followed: there may be bags behind them.
    pub(super) links: Vec<PathBuf>,
}

/// Looks for bags below folders: folders with a `bagit.txt`, or with a manifest and a payload, and files
/// named as archives. A file that is itself given counts as a bag, whatever its name.
pub(super) fn bags_below(tops: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for top in tops {
        match fs::metadata(top) {
            Ok(there) if there.is_dir() => walk(top, &mut found),
            Ok(_) => found.places.push(Place::Bag(top.clone())),
            Err(error) => found.close(top, &error),
        }
    }
    found
        .places
        .sort_by(|a, b| a.path().as_os_str().as_encoded_bytes().cmp(b.path().as_os_str().as_encoded_bytes()));
    found
}

fn walk(top: &Path, found: &mut Found) {
    let mut waiting = vec![top.to_owned()];
    while let Some(folder) = waiting.pop() {
        if Context::is_interrupted() {
            return;
        }
        if let Err(error) = look_into(&folder, &mut waiting, found) {
            found.close(&folder, &error);
        }
    }
}

/// Looks at one folder; those in it are left for later.
fn look_into(folder: &Path, waiting: &mut Vec<PathBuf>, found: &mut Found) -> io::Result<()> {
    // Whatever stands under this name: that it is no file is for the examination to say.
    if fs::symlink_metadata(folder.join("bagit.txt")).is_ok() {
        found.places.push(Place::Bag(folder.to_owned()));
        return Ok(());
    }
    let mut items = Items::default();
    let listed = items.list(folder);
    if items.has_manifest && items.has_payload {
        // A bag that lost its declaration: what else lies in it is its own.
        found.places.push(Place::Bag(folder.to_owned()));
    } else {
        waiting.append(&mut items.folders);
        found.links.append(&mut items.links);
        found.places.extend(items.archives.into_iter().map(Place::Bag));
    }
    listed
}

/// What lies in a folder, as far as it could be listed.
#[derive(Default)]
struct Items {
    folders: Vec<PathBuf>,
    links: Vec<PathBuf>,
    archives: Vec<PathBuf>,
    has_manifest: bool,
    has_payload: bool,
}

impl Items {
    fn list(&mut self, folder: &Path) -> io::Result<()> {
        for item in fs::read_dir(folder)? {
            let item = item?;
            let (kind, name) = (item.file_type()?, item.file_name());
            if kind.is_dir() {
                self.has_payload |= name == "data";
                self.folders.push(item.path());
            } else if kind.is_symlink() {
                self.links.push(item.path());
            } else if kind.is_file() {
                self.has_manifest |= name.to_str().is_some_and(is_manifest);
                if is_archive(name.as_encoded_bytes(), &item.path()) {
                    self.archives.push(item.path());
                }
            }
        }
        Ok(())
    }
}

/// Whether a file may be a bag: by its name, and where that leaves it open, by whether there is a TAR in
/// it. One that cannot be read is for the examination to tell of.
fn is_archive(name: &[u8], path: &Path) -> bool {
    let ends_with = |ending: &&str| {
        name.len()
            .checked_sub(ending.len())
            .is_some_and(|at| name[at..].eq_ignore_ascii_case(ending.as_bytes()))
    };
    ARCHIVES.iter().any(&ends_with) || COMPRESSED.iter().any(ends_with) && !holds_no_tar(path)
}

fn holds_no_tar(path: &Path) -> bool {
    let kind = fs::File::open(path).and_then(|file| archive_kind(&file));
    kind.is_ok_and(|kind| kind != Some(ArchiveKind::CompressedTar))
}

impl Found {
    fn close(&mut self, path: &Path, error: &io::Error) {
        let error = format!("cannot look for bags in `{}`: {error}", shown(path));
        self.places.push(Place::Closed { path: path.to_owned(), error });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_how_their_names_end() {
        for name in
            ["a.zip", "A.ZIP", "b.tar", "c.Tar.Gz", "d.tgz", ".zip", "e.tar.zst", "\u{6cc}.tbz2", "f.tbz"]
        {
            assert!(is_archive(name.as_bytes(), Path::new(name)), "{name}");
        }
        for name in ["zip", "a.zip.part", "a.gzip", "a.z", "tar", ""] {
            assert!(!is_archive(name.as_bytes(), Path::new(name)), "{name}");
        }
    }
}
