//! Source folders for tests, and receiving from them.

use ingest::{Error, Options, Received, receive};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with files of one octet each; a path that ends in `/` is an empty folder.
pub fn folder(paths: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in paths {
        let full = folder.path().join(path);
        if path.ends_with('/') {
            fs::create_dir_all(full).unwrap();
        } else {
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, "x").unwrap();
        }
    }
    folder
}

/// Receives from all of `sources`, silently.
pub fn receive_all(sources: &[&Path], options: &Options) -> Result<Received, Error> {
    let sources: Vec<PathBuf> = sources.iter().map(|path| path.to_path_buf()).collect();
    receive(&sources, options, &())
}

/// The error of sources that must be refused.
pub fn refusal(sources: &[&Path], options: &Options) -> Error {
    receive_all(sources, options).err().unwrap()
}
