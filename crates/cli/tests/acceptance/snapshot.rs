//! A tree as it stands: names, kinds, contents, times and permissions.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

#[derive(Clone, PartialEq, Eq)]
enum Thing {
    Folder,
    File(Vec<u8>),
    Link(PathBuf),
    /// A pipe, socket or device.
    Other,
}

#[derive(Clone, PartialEq, Eq)]
struct Entry {
    thing: Thing,
    mode: u32,
    modified: (i64, i64),
}

#[derive(Clone, PartialEq, Eq, Default)]
pub struct Snapshot(BTreeMap<OsString, Entry>);

impl Snapshot {
    pub fn of(top: &Path) -> Self {
        let mut snapshot = Self::default();
        let mut waiting = vec![PathBuf::new()];
        while let Some(below) = waiting.pop() {
            // Joined to nothing, the path of a file would end in a slash.
            let full = if below.as_os_str().is_empty() { top.to_owned() } else { top.join(&below) };
            let metadata = full.symlink_metadata().unwrap();
            let kind = metadata.file_type();
            let thing = if kind.is_dir() {
                waiting
                    .extend(fs::read_dir(&full).unwrap().map(|item| below.join(item.unwrap().file_name())));
                Thing::Folder
            } else if kind.is_symlink() {
                Thing::Link(fs::read_link(&full).unwrap())
            } else if kind.is_fifo() || kind.is_socket() || !kind.is_file() {
                Thing::Other
            } else {
                Thing::File(fs::read(&full).unwrap())
            };
            let entry =
                Entry { thing, mode: metadata.mode(), modified: (metadata.mtime(), metadata.mtime_nsec()) };
            snapshot.0.insert(below.into_os_string(), entry);
        }
        snapshot
    }

    /// Only what a package keeps of it: the files' contents and times, and the folders.
    pub fn documents(mut self) -> Self {
        for entry in self.0.values_mut() {
            entry.mode = 0;
            if entry.thing == Thing::Folder {
                entry.modified = (0, 0);
            }
        }
        self
    }

    /// Names, kinds and contents alone.
    pub fn contents(mut self) -> Self {
        for entry in self.0.values_mut() {
            (entry.mode, entry.modified) = (0, (0, 0));
        }
        self
    }

    #[track_caller]
    pub fn expect_same(&self, other: &Self) {
        let names = self.0.keys().chain(other.0.keys());
        let differing: Vec<_> = names.filter(|&name| self.0.get(name) != other.0.get(name)).collect();
        assert!(differing.is_empty(), "these differ: {differing:?}");
    }
}
