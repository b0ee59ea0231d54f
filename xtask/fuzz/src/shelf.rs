//! A small bag in memory, one file of which is hostile.

use bagit::Version;
use bagit::container::{Container, Contents, Entry, EntryKind, Notes, Stream};
use bagit::declaration::DECLARATION;
use fixity::manifest::write_line;
use fixity::{Algorithm, PayloadPath, sum_of};
use std::io::Cursor;

/// The payload of every bag here, sorted.
pub const PAYLOAD: [(&str, &[u8]); 2] =
    [("data/letter.txt", b"The water stood at the third step.\n"), ("data/none.txt", b"")];

/// A bag in memory.
pub struct Shelf {
    contents: Contents,
    octets: Vec<Vec<u8>>,
}

impl Shelf {
    /// A sound bag by SHA-256.
    pub fn sound() -> Self {
        let mut shelf = Self { contents: Contents::default(), octets: Vec::new() };
        for (path, octets) in PAYLOAD {
            shelf = shelf.with(path, octets);
        }
        shelf.with("bagit.txt", DECLARATION.as_bytes()).with("manifest-sha256.txt", &manifest(&PAYLOAD))
    }

    /// The same with a file put in, or in the place of another.
    pub fn with(mut self, path: &str, octets: &[u8]) -> Self {
        self = self.without(path);
        let entry = Entry {
            path: PayloadPath::new(path).expect("a path of our own"),
            kind: EntryKind::File,
            size_octets: octets.len() as u64,
            crc32: None,
            modified: None,
        };
        let at = self.contents.entries.partition_point(|other| other.path < entry.path);
        self.contents.entries.insert(at, entry);
        self.octets.insert(at, octets.to_vec());
        self
    }

    /// The same without a file.
    pub fn without(mut self, path: &str) -> Self {
        if let Some(at) = bagit::container::find(&self.contents.entries, path) {
            self.contents.entries.remove(at);
            self.octets.remove(at);
        }
        self
    }
}

/// A manifest of files by SHA-256.
pub fn manifest(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text = Vec::new();
    for (path, octets) in files {
        write_line(&mut text, &sum_of(octets, &[Algorithm::Sha256]).digests[0], path);
    }
    text
}

/// Versions that differ in what they allow.
pub const VERSIONS: [(Version, &str); 3] =
    [(Version::V0_96, "0.96"), (Version::V0_97, "0.97"), (Version::V1_0, "1.0")];

/// A declaration of that version and encoding.
pub fn declaration(version: &str, encoding: &str) -> Vec<u8> {
    format!("BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n").into_bytes()
}

impl Container for Shelf {
    fn contents(&self) -> &Contents {
        &self.contents
    }

    fn open(&self, index: usize, _: Notes<'_>) -> Option<Stream<'_>> {
        Some(Box::new(Cursor::new(&self.octets[index])))
    }
}
