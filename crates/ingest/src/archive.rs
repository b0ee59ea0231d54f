//! A ZIP or TAR of documents as a source: read in place, member by member.
//!
//! A compressed TAR is unfolded once, into a file without a name beside the target, since nothing in
//! it can be read at its place.

mod member;
mod sound;

use crate::error::shown;
use crate::identify::FormatIdentifier;
use crate::origin::Origin;
use crate::progress::Progress;
use crate::source::expect_unchanged;
use crate::stamp::Stamp;
use crate::{Error, ErrorKind};
use bagit::container::{ArchiveKind, Container, Entry, EntryKind, Opening, archive_kind, open_whole};
use fixity::{Algorithm, Digest, Observer, Pass};
use member::Member;
use provenance::{Arrival, Document, EventType, Identifier, LeftOut, Outcome};
use std::fmt;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Octets of the beginning that tell what is built on ZIP from what is a plain one.
const HEAD: u64 = 256 << 10;
/// Octets that are digested at a time.
const CHUNK: usize = 1 << 20;

/// What names of archives end in; the longer of two that fit stands first.
const EXTENSIONS: [&str; 16] = [
    ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tgz", ".tbz2", ".tbz", ".txz", ".tzst", ".zip", ".tar",
    ".gz", ".bz2", ".xz", ".zst", ".zstd",
];

/// An archive of documents that is a source.
pub(crate) struct Archive {
    container: Box<dyn Container>,
    kind: ArchiveKind,
    /// The file itself, to see whether it is still what was found.
    file: File,
    stamp: Stamp,
    digest: Option<Digest>,
    /// What in it is no document, and why.
    left_out: Vec<LeftOut>,
    /// What is to be known of it, though nothing is wrong.
    remarks: Vec<&'static str>,
    /// Whether its end is not marked.
    may_be_cut: bool,
}

impl Archive {
    /// Opens a source file, if it is an archive of documents by its content and its name does not say
    /// that it is something else; `None` if it is a document.
    ///
    /// # Errors
    /// Of kind `Archive` if it is damaged, can be read in two ways, or cannot be read in whole; others
    /// as those of reading.
    pub(crate) fn of(
        file: File,
        path: &Path,
        name: &[u8],
        stamp: Stamp,
        target: Option<&Path>,
        (observer, progress): (&dyn Observer, &Progress<'_>),
    ) -> Result<Option<Self>, Error> {
        let unreadable = |error: io::Error| Error::at(ErrorKind::Unreadable, path, error);
        let Some(kind) = archive_kind(&file).map_err(unreadable)? else { return Ok(None) };
        if !claims_to_be_one(name) || !is_plain(&file, kind, name, stamp.size).map_err(unreadable)? {
            return Ok(None);
        }
        let opening = Opening { observer, ..Opening::default() };
        let passed_on = |error| of_container(path, &error);
        let own = file.try_clone().map_err(unreadable)?;
        let mut container = open_whole(own, path, &opening).map_err(passed_on)?;
        if is_web_archive(container.entries()) {
            return Ok(None);
        }
        let mut judged = sound::judge(path, &*container, kind != ArchiveKind::Zip)?;
        if kind == ArchiveKind::CompressedTar {
            let Some(target) = target else {
                let message = "it is a compressed TAR, and there is no place to unfold it";
                return Err(Error::at(ErrorKind::Unreadable, path, message));
            };
            if let Some(unfolded) = container.unfolded(target, observer).map_err(passed_on)? {
                container = unfolded;
                judged = sound::judge(path, &*container, kind != ArchiveKind::Zip)?;
            }
        }
        sound::refuse_unread(path, &*container)?;
        let mut archive = Self {
            container,
            kind,
            file,
            stamp,
            digest: None,
            left_out: judged.left_out,
            remarks: judged.remarks,
            may_be_cut: judged.may_be_cut,
        };
        archive.digest = Some(archive.sum(progress).map_err(unreadable)?);
        progress.go_on()?;
        archive.settle().map_err(unreadable)?;
        Ok(Some(archive))
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        self.container.entries()
    }

    /// What in it is no document, below its top.
    pub(crate) fn take_left_out(&mut self) -> Vec<LeftOut> {
        std::mem::take(&mut self.left_out)
    }

    /// The octets of a file in it, if they can be had.
    pub(crate) fn stream(&self, index: u32) -> Option<impl io::Read> {
        self.container.open(usize::try_from(index).ok()?, &|_, _| {})
    }

    /// The first octets of a file in it; fewer where there are no more, or they cannot be read.
    pub(crate) fn head<const N: usize>(&self, index: usize) -> Option<[u8; N]> {
        let mut head = [0; N];
        let mut stream = self.container.open(index, &|_, _| {})?;
        io::Read::read_exact(&mut stream, &mut head).ok()?;
        Some(head)
    }

    /// The event that it was unpacked; `name` is that of its file.
    pub(crate) fn arrival(&self, name: &[u8]) -> Arrival {
        let files = self.entries().iter().filter(|entry| entry.kind == EntryKind::File);
        let octets: u64 = files.clone().map(|entry| entry.size_octets).sum();
        let what = match self.kind {
            ArchiveKind::Zip => "ZIP",
            ArchiveKind::Tar => "TAR",
            ArchiveKind::CompressedTar => "compressed TAR",
        };
        let remarks: String = self.remarks.iter().flat_map(|remark| ["; ", *remark]).collect();
        Arrival {
            event_type: EventType::Unpacking,
            object_path: provenance::name::escape(name),
            digest_before: self.digest,
            outcome: if self.may_be_cut { Outcome::Warning } else { Outcome::Success },
            detail: format!(
                "{what} of {} octets, with {} files of {octets} octets in it{remarks}",
                self.stamp.size,
                files.count()
            ),
        }
    }

    fn sum(&self, progress: &Progress<'_>) -> io::Result<Digest> {
        let mut pass = Pass::new(&[Algorithm::Sha256]);
        let mut chunk = vec![0; CHUNK];
        let mut at = 0;
        loop {
            let octets = self.file.read_at(&mut chunk, at)?;
            // Whoever asked to stop is heard after this.
            if octets == 0 || progress.go_on().is_err() {
                break;
            }
            pass.update(&chunk[..octets]);
            at += octets as u64;
        }
        let sum = pass.finish();
        sum.digests.first().copied().ok_or_else(|| io::ErrorKind::Other.into())
    }

    /// Whether the file is still what was found.
    fn settle(&self) -> io::Result<()> {
        expect_unchanged(&self.file, self.stamp)
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive")
            .field("kind", &self.kind)
            .field("entries", &self.entries().len())
            .finish_non_exhaustive()
    }
}

impl Origin for Archive {
    fn open(&self, index: u32) -> io::Result<Box<dyn Document + '_>> {
        Ok(Box::new(Member::open(self, index as usize)?))
    }
}

/// The name of an archive without what says that it is one.
pub(crate) fn stem(name: &[u8]) -> &[u8] {
    extension(name).map_or(name, |extension| &name[..name.len() - extension.len()])
}

fn extension(name: &[u8]) -> Option<&'static str> {
    EXTENSIONS.into_iter().find(|extension| {
        let rest = name.len().checked_sub(extension.len()).filter(|rest| *rest > 0);
        rest.is_some_and(|rest| name[rest..].eq_ignore_ascii_case(extension.as_bytes()))
    })
}

/// Whether a name says that this is an archive, or says nothing. Its octets are not kept, so that a
/// book, a map or a program in the form of an archive is a document, as its name says.
fn claims_to_be_one(name: &[u8]) -> bool {
    extension(name).is_some() || !name.iter().skip(1).any(|octet| *octet == b'.')
}

/// Whether a ZIP is no more than that: much else is built on it.
fn is_plain(file: &File, kind: ArchiveKind, name: &[u8], size: u64) -> io::Result<bool> {
    if kind != ArchiveKind::Zip {
        return Ok(true);
    }
    let mut head = vec![0; usize::try_from(size.min(HEAD)).unwrap_or(0)];
    file.read_exact_at(&mut head, 0)?;
    let format = FormatIdentifier.identify(&String::from_utf8_lossy(name), &head, size);
    Ok(format.media_type == Some("application/zip"))
}

/// Whether a ZIP is a WACZ, which is a document.
fn is_web_archive(entries: &[Entry]) -> bool {
    let has = |is_it: &dyn Fn(&str) -> bool| entries.iter().any(|entry| is_it(entry.path.as_str()));
    has(&|path| path == "datapackage.json")
        && has(&|path| path.starts_with("archive/") && path.contains(".warc"))
}

fn of_container(path: &Path, error: &bagit::Error) -> Error {
    let kind = match error.kind() {
        bagit::ErrorKind::Cancelled => ErrorKind::Cancelled,
        _ => ErrorKind::Unreadable,
    };
    Error::new(kind, format!("cannot receive `{}`: {error}", shown(path)))
}

#[cfg(test)]
mod tests {
    use super::{claims_to_be_one, stem};

    #[test]
    fn a_name_says_that_it_is_an_archive_or_says_nothing() {
        for (name, expected) in [
            ("letters.zip", "letters"),
            ("Letters 2.1.ZIP", "Letters 2.1"),
            ("a.tar.gz", "a"),
            ("a.b.tgz", "a.b"),
            (".zip", ".zip"),
            ("plain", "plain"),
            (".hidden", ".hidden"),
        ] {
            assert!(claims_to_be_one(name.as_bytes()), "{name}");
            assert_eq!(stem(name.as_bytes()), expected.as_bytes());
        }
        for name in ["book.cbz", "map.kmz", "report.docx", "module.whl", "capture.wacz", "a.zip.part"] {
            assert!(!claims_to_be_one(name.as_bytes()), "{name}");
        }
    }
}
