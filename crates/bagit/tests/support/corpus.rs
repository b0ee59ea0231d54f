//! Files of other projects, where they are at hand.

use std::path::{Path, PathBuf};

/// A folder of the corpora; `None`, after a printed line, where it is not at hand.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("passed over: the corpus `{name}` is not at hand");
    None
}

/// What lies in a folder, sorted.
pub fn children(folder: &Path) -> Vec<PathBuf> {
    let mut children: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    children.sort();
    children
}

/// Every `*.zip` below a folder.
pub fn zips_below(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = children(folder).into_iter().partition(|path| path.is_dir());
    let zips = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "zip"));
    zips.chain(folders.iter().flat_map(|folder| zips_below(folder))).collect()
}
