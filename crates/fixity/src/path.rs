//! Names inside a package.

use std::fmt;

/// A path inside a package, relative to the bag's base directory: `data/letters/1.txt`, `bagit.txt`.
///
/// Always UTF-8 with `/` between components; never absolute, never with an empty, `.` or `..`
/// component, a NUL, a backslash, or a drive part such as `C:`. Ordered by octets, which is the
/// order of every manifest and ZIP that fonds writes. A value of this type may be joined to a
/// directory; a raw string may not (RFC 8493 §5.1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayloadPath(Box<str>);

/// Why a string cannot be a [`PayloadPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathProblem {
    /// The path, or a component of it, is empty; this covers a leading or doubled `/`.
    #[error("has an empty component (a leading, trailing or doubled slash)")]
    EmptyComponent,
    /// A component is `.` or `..`.
    #[error("has a `.` or `..` component, which points elsewhere")]
    DotComponent,
    /// A NUL octet, which no file system can store.
    #[error("holds a NUL character")]
    Nul,
    /// A backslash, which other systems read as a separator (RFC 8493 §2.1.3 asks for `/`).
    #[error("holds a backslash, which other systems read as a separator")]
    Backslash,
    /// A component that begins with a drive letter and a colon.
    #[error("has a component that begins like a drive (`C:`)")]
    Drive,
}

impl PayloadPath {
    /// Takes a path that keeps every rule.
    ///
    /// # Errors
    /// The first [`PathProblem`] found.
    pub fn new(path: impl Into<Box<str>>) -> Result<Self, PathProblem> {
        let path = path.into();
        match Self::problem(&path) {
            None => Ok(Self(path)),
            Some(problem) => Err(problem),
        }
    }

    /// Says why `path` could not be taken, or `None` if it can.
    #[must_use]
    pub fn problem(path: &str) -> Option<PathProblem> {
        if path.contains('\0') {
            return Some(PathProblem::Nul);
        }
        if path.contains('\\') {
            return Some(PathProblem::Backslash);
        }
        path.split('/').find_map(|component| match component.as_bytes() {
            [] => Some(PathProblem::EmptyComponent),
            b"." | b".." => Some(PathProblem::DotComponent),
            [letter, b':', ..] if letter.is_ascii_alphabetic() => Some(PathProblem::Drive),
            _ => None,
        })
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as boxed text.
    #[must_use]
    pub fn into_boxed_str(self) -> Box<str> {
        self.0
    }

    /// The last component.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Whether the path lies in the payload directory `data/` (RFC 8493 §2.1.2).
    #[must_use]
    pub fn is_payload(&self) -> bool {
        self.0.starts_with("data/")
    }

    /// This path with another below it.
    ///
    /// # Errors
    /// A [`PathProblem`] of `below`.
    pub fn join(&self, below: &str) -> Result<Self, PathProblem> {
        Self::new(format!("{}/{below}", self.0))
    }
}

impl fmt::Display for PayloadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PayloadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl AsRef<str> for PayloadPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for PayloadPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_of_any_script_are_taken() {
        for name in ["data/گزارش ۱۳۶۷.pdf", "data/a b,\"c\".txt", "bagit.txt", "data/..x/y.", "data/😀"]
        {
            assert_eq!(PayloadPath::new(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn every_way_out_is_refused() {
        use PathProblem::{Backslash, DotComponent, Drive, EmptyComponent, Nul};
        for (name, problem) in [
            ("", EmptyComponent),
            ("/etc/passwd", EmptyComponent),
            ("data//x", EmptyComponent),
            ("data/", EmptyComponent),
            ("data/../x", DotComponent),
            ("./data", DotComponent),
            ("..", DotComponent),
            ("data/\0", Nul),
            ("data\\x", Backslash),
            ("C:/x", Drive),
            ("data/c:x", Drive),
        ] {
            assert_eq!(PayloadPath::new(name), Err(problem), "{name:?}");
        }
    }
}
