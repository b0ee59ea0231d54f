//! Containers for tests, received from a folder, and what is in them.

#![allow(dead_code, reason = "each test needs a part of this")]

pub mod warcs;

use ingest::{Options, Received, receive};
use provenance::{Item, Outcome, Source};
use std::fs;
use std::io::{self, Read};
use tempfile::TempDir;

/// A folder of files, received with the parts that they hold.
pub struct Taken {
    pub folder: TempDir,
    pub received: Received,
}

/// Receives a folder of these files.
pub fn take(files: &[(&str, &[u8])]) -> Taken {
    take_with(files, &Options { parts: true, ..Options::default() })
}

pub fn take_with(files: &[(&str, &[u8])], options: &Options) -> Taken {
    let folder = tempfile::tempdir().unwrap();
    for (path, octets) in files {
        let full = folder.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, octets).unwrap();
    }
    let received = receive(&[folder.path().to_path_buf()], options, &()).unwrap();
    Taken { folder, received }
}

impl Taken {
    /// Paths below `data/`.
    pub fn paths(&self) -> Vec<&str> {
        self.received.accession.items.iter().map(|item| &item.path.as_str()["data/".len()..]).collect()
    }

    /// Paths of the parts of one container, below its folder.
    pub fn parts(&self, container: &str) -> Vec<&str> {
        let folder = format!("{container}.parts/");
        self.paths().into_iter().filter_map(|path| path.strip_prefix(folder.as_str())).collect()
    }

    #[track_caller]
    pub fn item(&self, path: &str) -> &Item {
        let full = format!("data/{path}");
        let found = self.received.accession.items.iter().find(|item| item.path.as_str() == full);
        found.unwrap_or_else(|| panic!("{path} is not among {:?}", self.paths()))
    }

    /// What is said of an item in a column.
    #[track_caller]
    pub fn given(&self, path: &str, column: &str) -> Option<&str> {
        let given = self.item(path).given.iter().find(|given| given.column == column);
        given.map(|given| given.value.as_str())
    }

    pub fn read(&self, item: &Item) -> io::Result<Vec<u8>> {
        let mut document = self.received.source.open(item)?;
        let mut octets = Vec::new();
        document.read_to_end(&mut octets)?;
        document.settle()?;
        Ok(octets)
    }

    /// Octets of an item, which are as many as were said.
    #[track_caller]
    pub fn octets(&self, path: &str) -> Vec<u8> {
        let item = self.item(path);
        let octets = self.read(item).unwrap();
        assert_eq!(octets.len() as u64, item.size_octets);
        octets
    }

    /// Reads every item; each has the size that was said.
    #[track_caller]
    pub fn read_all(&self) {
        for item in &self.received.accession.items {
            let octets = self.read(item).unwrap_or_else(|error| panic!("{}: {error}", item.path));
            assert_eq!(octets.len() as u64, item.size_octets, "{}", item.path);
        }
    }

    /// What was told on arrival, with its outcome.
    pub fn arrivals(&self) -> Vec<(&str, Outcome, &str)> {
        let arrivals = self.received.accession.arrivals.iter();
        arrivals.map(|arrival| (&*arrival.object_path, arrival.outcome, &*arrival.detail)).collect()
    }

    /// Whether something was told in these words, with this outcome.
    #[track_caller]
    pub fn told(&self, outcome: Outcome, words: &str) {
        let told = self.arrivals().iter().any(|(_, how, detail)| *how == outcome && detail.contains(words));
        assert!(told, "{words} ({outcome:?}) is not among {:#?}", self.arrivals());
    }
}
