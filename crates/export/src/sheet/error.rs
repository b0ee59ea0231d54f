//! Why a sheet could not be written or read.

use std::io;

/// Why a sheet could not be written or read; a finding about what was read is never one of these.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    #[source]
    source: Option<io::Error>,
}

/// What sort of [`Error`] it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io,
    /// A time that has no text: see [`provenance::Timestamp`].
    Time,
    /// A row that does not come after the one before, by path.
    Order,
    /// A row that may be longer than [`MAX_ROW_OCTETS`](super::MAX_ROW_OCTETS).
    TooLong,
}

impl Error {
    /// What sort of error this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// An error about the row of `path`, which may be any string.
    pub(super) fn of_row(kind: ErrorKind, path: &str, why: &str) -> Self {
        let path = provenance::name::excerpt(path.as_bytes());
        Self { kind, message: format!("cannot write row of `{path}`: {why}"), source: None }
    }

    pub(super) fn cannot_write(error: impl Into<io::Error>) -> Self {
        Self { kind: ErrorKind::Io, message: "cannot write sheet".to_owned(), source: Some(error.into()) }
    }

    pub(super) fn cannot_read(error: impl Into<io::Error>) -> Self {
        Self { kind: ErrorKind::Io, message: "cannot read sheet".to_owned(), source: Some(error.into()) }
    }
}
