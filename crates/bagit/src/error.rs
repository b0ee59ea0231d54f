//! What keeps this crate from answering.

use std::fmt;
use std::io;
use std::path::Path;

/// Why no answer could be given; a damaged bag is no such reason, it gives findings.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    hint: Option<&'static str>,
    source: Option<io::Error>,
}

/// What sort of obstacle it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Something could not be read.
    Read,
    /// Something could not be written; nothing stands at the target.
    Write,
    /// The target exists already.
    TargetExists,
    /// The disk would be, or is, full.
    NoSpace,
    /// The observer asked to stop.
    Cancelled,
    /// What was asked for is beyond what this format can hold.
    Limit,
    /// What was written did not read back the same.
    Reread,
}

impl Error {
    /// An error of one's own words: lower-case verb and object.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), hint: None, source: None }))
    }

    /// An I/O error with what was done to which path; a full disk becomes [`ErrorKind::NoSpace`].
    #[must_use]
    pub fn io(kind: ErrorKind, verb: &str, path: &Path, source: io::Error) -> Self {
        let full = matches!(
            source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        );
        let mut error = Self::new(
            if full && kind == ErrorKind::Write { ErrorKind::NoSpace } else { kind },
            format!("cannot {verb} `{}`: {source}", path.display()),
        );
        if full {
            error.0.hint = Some("free some space, or write to another disk; nothing was left at the target");
        }
        error.0.source = Some(source);
        error
    }

    /// The same with advice.
    #[must_use]
    pub fn with_hint(mut self, hint: &'static str) -> Self {
        self.0.hint = Some(hint);
        self
    }

    /// What sort of obstacle it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to do next, where there is advice.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// What most functions here answer.
pub type Result<T> = std::result::Result<T, Error>;
