//! Why an answer could not be given.

use std::io;

/// Why provenance could not be written or read; a finding about what was read is never one of these.
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
    /// A time that [`Timestamp`](crate::Timestamp) has no text for, or a text that is no such time.
    Time,
    /// A row longer than [`ledger::MAX_LINE_OCTETS`](crate::ledger::MAX_LINE_OCTETS).
    TooLong,
    /// A ledger that is to be written on and breaks its rules.
    Ledger,
}

impl Error {
    /// What sort of error this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    pub(crate) fn io(message: &str, source: io::Error) -> Self {
        Self { kind: ErrorKind::Io, message: message.to_owned(), source: Some(source) }
    }
}
