//! A directory of its own for each test, in which files are made and the program is run.

use crate::outcome::{Outcome, Run};
use crate::snapshot::Snapshot;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, and the folders above it.
    pub fn file(&self, path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> PathBuf {
        let full = self.at(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(&full, contents).unwrap();
        full
    }

    pub fn folder(&self, path: impl AsRef<Path>) -> PathBuf {
        let full = self.at(path);
        fs::create_dir_all(&full).unwrap();
        full
    }

    /// Runs the program here with these words.
    #[track_caller]
    pub fn fonds(&self, line: &str) -> Outcome {
        self.run(line).go()
    }

    pub fn run(&self, line: &str) -> Run {
        Run::fonds(line, self.root())
    }

    pub fn shell(&self, script: &str) -> Run {
        Run::shell(script, self.root())
    }

    /// What lies directly here, sorted; names that are not UTF-8 are not expected.
    pub fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.root()).unwrap();
        let mut names: Vec<_> = names.map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn snapshot(&self, path: impl AsRef<Path>) -> Snapshot {
        Snapshot::of(&self.at(path))
    }

    pub fn octets(&self, path: impl AsRef<Path>) -> Vec<u8> {
        fs::read(self.at(path)).unwrap()
    }

    pub fn text(&self, path: impl AsRef<Path>) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Puts other octets in place of a file's own; its time stays as nobody looks at it.
    pub fn alter(&self, path: impl AsRef<Path>, change: impl FnOnce(&mut Vec<u8>)) {
        let mut octets = self.octets(&path);
        let before = octets.clone();
        change(&mut octets);
        assert_ne!(octets, before, "a change that changes nothing");
        fs::write(self.at(path), octets).unwrap();
    }
}
