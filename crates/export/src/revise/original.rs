//! The bundle that a revision is made from.

use crate::format::FORMAT_VERSION;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, Entry, EntryKind, Layout, find, open_stated, read_small};
use bagit::encoding::TagEncoding;
use bagit::{Severity, Version, info};
use fixity::{Algorithm, Oxum, Pass, Sum};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Octets of the longest `bag-info.txt`.
const LONGEST_INFO: u64 = 4 << 20;

/// Octets read at a time.
const CHUNK_OCTETS: usize = 128 << 10;

/// How a bundle is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Zip,
    Directory,
}

/// A bundle of fonds that can be written anew.
pub(super) struct Original {
    pub(super) path: PathBuf,
    pub(super) form: Form,
    pub(super) container: Box<dyn Container>,
}

impl Original {
    /// Opens it.
    ///
    /// # Errors
    /// If it cannot be read, is no bundle of this version, or is kept in another way.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let container = bagit::container::open(path)?;
        let refuse =
            |why: &str| Error::new(ErrorKind::Read, format!("cannot revise `{}`: {why}", path.display()));
        let wrong = container.findings().iter().find(|finding| finding.code.severity() == Severity::Error);
        if let Some(finding) = wrong {
            return Err(refuse(&format!("`{}`: {}", finding.path, finding.message))
                .with_hint("`fonds verify` says all that is wrong with it"));
        }
        let text =
            read_small(&*container, "bag-info.txt", TagEncoding::Utf8, LONGEST_INFO).unwrap_or_default();
        let (elements, _) = info::parse(&String::from_utf8_lossy(&text), Version::V1_0);
        let format = elements.iter().find(|(label, _)| label.eq_ignore_ascii_case("Fonds-Format"));
        match format {
            Some((_, version)) if version == FORMAT_VERSION => {}
            Some((_, version)) => {
                return Err(refuse(&format!("expected fonds format {FORMAT_VERSION}, found `{version}`"))
                    .with_hint("use the version of fonds that made it, or a later one"));
            }
            None => {
                return Err(refuse("expected a bundle of fonds, found none")
                    .with_hint("`fonds bundle` makes one of a folder, an archive or a bag"));
            }
        }
        let form = match container.layout() {
            Layout::Canonical => Form::Zip,
            Layout::Free if path.is_dir() => Form::Directory,
            _ => {
                return Err(refuse("expected a ZIP as fonds wrote it or a directory, found another archive")
                    .with_hint("unpack it with `fonds extract`, and use the directory"));
            }
        };
        Ok(Self { path: path.to_owned(), form, container })
    }

    /// Its files, sorted by path.
    pub(super) fn files(&self) -> impl Iterator<Item = &Entry> {
        self.container.entries().iter().filter(|entry| entry.kind == EntryKind::File)
    }

    /// Whether it has this file.
    pub(super) fn has(&self, path: &str) -> bool {
        let entries = self.container.entries();
        find(entries, path).is_some_and(|index| entries[index].kind == EntryKind::File)
    }

    /// Text of one of its tag files.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>> {
        let deed = || format!("cannot read `{path}` of `{}`", self.path.display());
        let missing = || Error::new(ErrorKind::Read, format!("{}: it is not there", deed()));
        let index = find(self.container.entries(), path).ok_or_else(missing)?;
        let mut stream = open_stated(&*self.container, index, &|_, _| {}).ok_or_else(missing)?;
        let mut text = Vec::new();
        stream.read_to_end(&mut text).map_err(|error| Error::io(ErrorKind::Read, &deed(), error))?;
        Ok(text)
    }

    /// Sums one of its files.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn sum(&self, path: &str, algorithms: &[Algorithm]) -> Result<Sum> {
        let deed = || format!("cannot read `{path}` of `{}`", self.path.display());
        let missing = || Error::new(ErrorKind::Read, format!("{}: it is not there", deed()));
        let index = find(self.container.entries(), path).ok_or_else(missing)?;
        let mut stream = open_stated(&*self.container, index, &|_, _| {}).ok_or_else(missing)?;
        let mut pass = Pass::new(algorithms);
        let mut chunk = vec![0; CHUNK_OCTETS];
        loop {
            match stream.read(&mut chunk) {
                Ok(0) => return Ok(pass.finish()),
                Ok(octets) => pass.update(&chunk[..octets]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::io(ErrorKind::Read, &deed(), error)),
            }
        }
    }

    /// Payload files and octets.
    pub(super) fn payload(&self) -> Oxum {
        let mut payload = Oxum::default();
        let files = self.files().filter(|entry| entry.path.is_payload());
        files.for_each(|entry| payload.add(entry.size_octets));
        payload
    }
}
