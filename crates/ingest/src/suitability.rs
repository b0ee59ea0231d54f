//! What of sources needs care: bags, and folders that the package would lie in.

use crate::error::shown;
use crate::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Whether a folder with these names in it is a `BagIt` bag: a declaration, and a payload or a manifest.
/// Of each name it is said whether it is a folder.
pub(crate) fn is_bag<'a>(names: impl Iterator<Item = (&'a [u8], bool)>) -> bool {
    let (mut has_declaration, mut has_more) = (false, false);
    for (name, is_folder) in names {
        has_declaration |= !is_folder && name == b"bagit.txt";
        has_more |= if is_folder {
            name == b"data"
        } else {
            name.starts_with(b"manifest-") && name.ends_with(b".txt")
        };
    }
    has_declaration && has_more
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
