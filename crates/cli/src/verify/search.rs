//! Finding bags below folders, by name and without opening any.

use crate::Context;
use crate::spelling::shown;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How the names of archives end that may hold a bag.
const ARCHIVES: [&str; 10] =
    [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst"];

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

/// Looks for bags below folders: folders with a `bagit.txt`, and files named as archives. A file that is
/// itself given counts as a bag, whatever its name.
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
    for item in fs::read_dir(folder)? {
        let item = item?;
        let kind = item.file_type()?;
        if kind.is_dir() {
            waiting.push(item.path());
        } else if kind.is_symlink() {
            found.links.push(item.path());
        } else if kind.is_file() && is_archive(item.file_name().as_encoded_bytes()) {
            found.places.push(Place::Bag(item.path()));
        }
    }
    Ok(())
}

fn is_archive(name: &[u8]) -> bool {
    let ends_with = |ending: &str| {
        name.len()
            .checked_sub(ending.len())
            .is_some_and(|at| name[at..].eq_ignore_ascii_case(ending.as_bytes()))
    };
    ARCHIVES.iter().any(|ending| ends_with(ending))
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
        for name in ["a.zip", "A.ZIP", "b.tar", "c.Tar.Gz", "d.tgz", ".zip", "e.tar.zst", "\u{6cc}.tbz2"] {
            assert!(is_archive(name.as_bytes()), "{name}");
        }
        for name in ["zip", "a.zip.part", "a.gz", "a.zst", "tar", ""] {
            assert!(!is_archive(name.as_bytes()), "{name}");
        }
    }
}
