//! What keeps a package from leaving.

use crate::checked::Checked;
use std::{fmt, io};

/// Why a package could not be written, read or unpacked.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    checked: Option<Box<Checked>>,
}

/// What sort of obstacle it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A document could not be read, or is no longer what was found.
    Source,
    /// A document is not what a list of checksums says that came with it.
    Damaged,
    /// What is to be made from a bundle cannot be, since the bundle is altered, incomplete or unsafe.
    Unsound,
    /// The package could not be written; nothing stands at the target.
    Package,
    /// The target exists already.
    TargetExists,
    /// The disk would be, or is, full.
    NoSpace,
    /// What was written did not read back the same.
    Reread,
    /// What was to be read could not be.
    Read,
    /// The observer asked to stop.
    Cancelled,
    /// What was asked for cannot be done.
    Request,
    /// A row of a sheet that does not come after the one before, by path.
    Order,
    /// A time that has no text: see [`provenance::Timestamp`].
    Time,
    /// A row of a sheet that is longer than any program should have to read.
    TooLong,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), hint: None, source: None, checked: None }))
    }

    /// An I/O error with what was done to what.
    pub(crate) fn io(kind: ErrorKind, deed: &str, source: impl Into<io::Error>) -> Self {
        let source = source.into();
        let mut error = Self::new(kind, format!("{deed}: {source}"));
        error.0.source = Some(Box::new(source));
        error
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Documents do not agree with the digests that came with them.
    pub(crate) fn damaged(checked: Checked) -> Self {
        let message = format!(
            "{} of {} digests that came with the documents do not agree with them",
            checked.disagreements.len(),
            checked.digests
        );
        let mut error = Self::new(ErrorKind::Damaged, message).with_hint(
            "ask for another copy; `--accept-damaged` packs the documents as they are, and records it",
        );
        error.0.checked = Some(Box::new(checked));
        error
    }

    /// Of an error of kind [`ErrorKind::Damaged`]: what came of comparing.
    #[must_use]
    pub fn checked(&self) -> Option<&Checked> {
        self.0.checked.as_deref()
    }

    /// What sort of obstacle it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to do next, where there is advice.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl From<bagit::Error> for Error {
    fn from(error: bagit::Error) -> Self {
        let kind = match error.kind() {
            bagit::ErrorKind::Read => ErrorKind::Read,
            bagit::ErrorKind::TargetExists => ErrorKind::TargetExists,
            bagit::ErrorKind::NoSpace => ErrorKind::NoSpace,
            bagit::ErrorKind::Cancelled => ErrorKind::Cancelled,
            bagit::ErrorKind::Reread => ErrorKind::Reread,
            _ => ErrorKind::Package,
        };
        let (message, hint) = (error.to_string(), error.hint().map(str::to_owned));
        Self(Box::new(Inner { kind, message, hint, source: Some(Box::new(error)), checked: None }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// What most functions here answer.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of a sheet or ledger as one of writing, of the kind that lies at its root: a full disk
/// stays a full disk.
pub(crate) fn passed_on(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    let root = causes.filter_map(|cause| cause.downcast_ref::<io::Error>()).last();
    io::Error::new(root.map_or(io::ErrorKind::Other, io::Error::kind), error)
}
