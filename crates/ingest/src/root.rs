//! Where a source is anchored.

use std::os::fd::OwnedFd;
use std::sync::Arc;

/// A folder that is kept open, and which paths below `data/` are found beneath it.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    /// The source folder, or the folder that a source file is in.
    pub(crate) folder: Arc<OwnedFd>,
    /// What paths below `data/` begin with that stands for `folder`; empty where `folder` is `data/` itself.
    prefix: Arc<[u8]>,
}

impl Root {
    /// A root whose contents lie directly below `data/`.
    pub(crate) fn at_top(folder: OwnedFd) -> Self {
        Self { folder: Arc::new(folder), prefix: Arc::default() }
    }

    /// A root whose contents lie below `data/<name>/`.
    pub(crate) fn below(folder: OwnedFd, name: &[u8]) -> Self {
        Self { folder: Arc::new(folder), prefix: name.into() }
    }

    /// The path from `folder` to what lies at `path` below `data/`; empty for `folder` itself.
    pub(crate) fn relative<'a>(&self, path: &'a [u8]) -> &'a [u8] {
        if self.prefix.is_empty() {
            return path;
        }
        let rest = path.strip_prefix(&*self.prefix).unwrap_or(path);
        rest.strip_prefix(b"/").unwrap_or(rest)
    }
}
