//! Why documents could not be received.

use std::path::Path;

/// Why documents could not be received; nothing was written.
///
/// The message begins with a verb in lower case; where it concerns several paths, each stands on
/// a line of its own, escaped by [`provenance::name::escape`].
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<&'static str>,
}

/// What kind of obstacle it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No source was given.
    NoSource,
    /// A source does not exist.
    NotFound,
    /// A source, or something found in one, cannot be read.
    Unreadable,
    /// A source is a symbolic link, a pipe, a socket or a device.
    NotADocument,
    /// Two sources would take the same place in the package.
    SameName,
    /// A source is an archive that is damaged, or whose content is not the same for every program.
    Archive,
    /// A list of checksums that was named cannot be read as one.
    Checksums,
    /// The package would be written into its own source.
    TargetInsideSource,
    /// Names that another system or checker could not keep.
    Names,
    /// The observer asked to stop.
    Cancelled,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    pub(crate) fn with_hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// `cannot receive `path`: why`.
    pub(crate) fn at(kind: ErrorKind, path: &Path, why: impl std::fmt::Display) -> Self {
        Self::new(kind, format!("cannot receive `{}`: {why}", shown(path)))
    }

    /// One heading, and a line for each path.
    pub(crate) fn listing(kind: ErrorKind, heading: &str, lines: &[String]) -> Self {
        Self::new(kind, format!("{heading}:\n  {}", lines.join("\n  ")))
    }

    /// What kind of obstacle it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What to do next, where there is advice.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint
    }
}

/// A path of this machine as harmless text.
pub(crate) fn shown(path: &Path) -> String {
    provenance::name::escape(path.as_os_str().as_encoded_bytes())
}
