//! Where things lie in this repository.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// What cargo builds into, and what every chore writes under.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(directory) => root().join(directory),
        None => root().join("target"),
    }
}

/// The sample sources.
pub fn sources() -> PathBuf {
    root().join("fixtures/sources")
}

/// A path as a developer would type it from the root.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// A directory that is there and empty.
pub fn fresh(directory: PathBuf) -> crate::Result<PathBuf> {
    if directory.exists() {
        std::fs::remove_dir_all(&directory)
            .map_err(|error| format!("cannot empty `{}`: {error}", shown(&directory)))?;
    }
    std::fs::create_dir_all(&directory)
        .map_err(|error| format!("cannot make `{}`: {error}", shown(&directory)))?;
    Ok(directory)
}
