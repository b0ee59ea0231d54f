//! Which tag files are to be others.

use super::original::Original;
use crate::{Error, ErrorKind, Result};
use bagit::tag_file::TagFile;
use fixity::PayloadPath;
use provenance::{Sha256Hex, seal};
use std::collections::BTreeMap;
use std::fs::File;

/// Tag files to be put into a bundle or left out of it, by their path below the top directory.
#[derive(Debug, Default)]
pub struct Changes {
    files: BTreeMap<String, Option<TagFile>>,
    made_from: Option<(String, Sha256Hex)>,
}

/// The element of `bag-info.txt` that says that a bundle has a seal.
const SEALED: &str = "Fonds-Seal:";

impl Changes {
    /// Says which bundle they were made from, by the path of a tag manifest and its SHA-256: they are of no
    /// other, though it may stand at the same place by then.
    pub fn made_from(&mut self, tag_manifest: &str, sha256: Sha256Hex) {
        self.made_from = Some((tag_manifest.to_owned(), sha256));
    }

    /// Puts a file there, in place of one of that path if there is one.
    pub fn put(&mut self, path: &str, octets: Vec<u8>) {
        self.files.insert(path.to_owned(), Some(TagFile::Octets(octets)));
    }

    /// The same with all that another file holds, from its beginning; nobody may write to that any more.
    pub fn put_file(&mut self, path: &str, file: File) {
        self.files.insert(path.to_owned(), Some(TagFile::Spooled(file)));
    }

    /// Leaves a file out that is there.
    pub fn remove(&mut self, path: &str) {
        self.files.insert(path.to_owned(), None);
    }

    pub(super) fn take_in(&mut self, others: Self) {
        self.files.extend(others.files);
    }

    pub(super) fn extend(&mut self, texts: impl Iterator<Item = (String, Vec<u8>)>) {
        texts.for_each(|(path, text)| self.put(&path, text));
    }

    pub(super) fn files(&self) -> &BTreeMap<String, Option<TagFile>> {
        &self.files
    }

    pub(super) fn get(&self, path: &str) -> Option<&Option<TagFile>> {
        self.files.get(path)
    }

    /// Whether the bundle itself becomes another, and not only what is said of it below `seal/`.
    pub(super) fn reach_beyond_the_seal(&self) -> bool {
        self.files.keys().any(|path| !path.starts_with(seal::FOLDER))
    }

    /// Refuses what no revision can do: to touch the payload or what states what it is.
    pub(super) fn expect_possible(&self, original: &Original) -> Result<()> {
        let wrong = self.files.iter().find_map(|(path, text)| {
            let is_fixed = ["data/", "manifest-", "tagmanifest-"].iter().any(|begin| path.starts_with(begin))
                || matches!(path.as_str(), "data" | "bagit.txt" | "fetch.txt");
            let why = match PayloadPath::problem(path) {
                Some(problem) => format!("it {problem}"),
                None if is_fixed => "no revision changes it".to_owned(),
                None if text.is_none() && !original.has(path) => "it is not there".to_owned(),
                None if original.files().any(|file| are_nested(file.path.as_str(), path)) => {
                    "a file and a folder would have one name".to_owned()
                }
                None => return None,
            };
            Some((path, why))
        });
        match wrong {
            None => Ok(()),
            Some((path, why)) => {
                let path = provenance::name::escape(path.as_bytes());
                Err(Error::new(ErrorKind::Request, format!("cannot change `{path}` of a bundle: {why}")))
            }
        }
    }

    /// Refuses a bundle that is not the one they were made from.
    pub(super) fn expect_made_from(&self, original: &Original) -> Result<()> {
        let Some((path, expected)) = &self.made_from else { return Ok(()) };
        if Sha256Hex::of(&original.read(path)?) == *expected {
            return Ok(());
        }
        let message = format!(
            "cannot revise `{}`: expected the bundle that the changes were made from, found that it changed meanwhile",
            original.path.display()
        );
        Err(Error::new(ErrorKind::Read, message).with_hint("see who else writes to it, and run it again"))
    }

    /// Leaves out what seals the old bundle; `bag-info.txt` says whether the new one is sealed.
    pub(super) fn leave_out_old_seal(&mut self, original: &Original, is_sealed_anew: bool) -> Result<()> {
        for entry in original.files().filter(|entry| entry.path.as_str().starts_with(seal::FOLDER)) {
            self.files.entry(entry.path.as_str().to_owned()).or_insert(None);
        }
        if self.files.contains_key("bag-info.txt") || !original.has("bag-info.txt") {
            return Ok(());
        }
        let info = original.read("bag-info.txt")?;
        let is_other = |line: &&[u8]| !line.starts_with(SEALED.as_bytes());
        let mut text: Vec<u8> =
            info.split_inclusive(|&octet| octet == b'\n').filter(is_other).flatten().copied().collect();
        if is_sealed_anew {
            text.extend_from_slice(format!("{SEALED} {}\n", seal::root::LABEL).as_bytes());
        }
        if text != info {
            self.put("bag-info.txt", text);
        }
        Ok(())
    }
}

/// Whether one of two paths would be a folder of the other.
fn are_nested(one: &str, other: &str) -> bool {
    let is_below =
        |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    is_below(one, other) || is_below(other, one)
}
