//! What an examination came to.

use crate::encoding::TagEncoding;
use crate::{Findings, Severity};
use fixity::{Algorithm, Oxum};

/// The answer to "is this bag sound?", from the best to the worst.
///
/// A bag has the worst verdict that one of its findings asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Consistent, and all of it was signed by somebody whom whoever checks believes. No finding asks for it.
    Verified,
    /// Every requirement of the standard holds and every digest agrees; nobody vouches for it.
    Consistent,
    /// Consistent, but only by digests that can be forged.
    Weak,
    /// All that could be checked agrees, but not all is there or could be checked.
    Incomplete,
    /// It, or a part of it, cannot be read; or it is no bag.
    Unreadable,
    /// It is not what was packed, or was never packed rightly.
    Altered,
    /// It may harm who unpacks it, or two programs may read two different contents out of it.
    Unsafe,
}

impl Verdict {
    /// Every verdict, from the best to the worst.
    pub const ALL: [Self; 7] = [
        Self::Verified,
        Self::Consistent,
        Self::Weak,
        Self::Incomplete,
        Self::Unreadable,
        Self::Altered,
        Self::Unsafe,
    ];

    /// The word for it, the same in every answer.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "VERIFIED",
            Self::Consistent => "CONSISTENT",
            Self::Weak => "WEAK",
            Self::Incomplete => "INCOMPLETE",
            Self::Unreadable => "UNREADABLE",
            Self::Altered => "ALTERED",
            Self::Unsafe => "UNSAFE",
        }
    }

    /// What a finding weighs that asks for this verdict.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Verified | Self::Consistent | Self::Weak => Severity::Warning,
            Self::Incomplete => Severity::Unchecked,
            Self::Unreadable | Self::Altered | Self::Unsafe => Severity::Error,
        }
    }

    /// Whether everything that was asked holds.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        matches!(self.severity(), Severity::Warning)
    }
}

/// All findings of one bag, and what was examined.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by severity, then path, then code, so that two runs print the same.
    pub findings: Findings,
    /// Payload files and octets that were found.
    pub payload: Oxum,
    /// Tag files that were found.
    pub tag_files: u64,
    /// Algorithms by which the payload was checked.
    pub algorithms: Vec<Algorithm>,
    /// The BagIt version that the bag declares.
    pub version: Option<String>,
    /// The encoding of the tag files but `bagit.txt`, as it declares.
    pub encoding: TagEncoding,
    /// The elements of `bag-info.txt`, in order.
    pub info: Vec<(String, String)>,
    /// Manifests that are right but not written octet for octet as fonds writes them.
    pub uncanonical: Vec<String>,
    /// Name of the base directory, where the container gives it one.
    pub top: Option<String>,
}

impl Report {
    /// The verdict that the findings come to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.findings.verdict()
    }

    /// The first value of an element of `bag-info.txt`; names are case insensitive (§2.2.2).
    #[must_use]
    pub fn info_value(&self, label: &str) -> Option<&str> {
        self.info.iter().find(|(name, _)| name.eq_ignore_ascii_case(label)).map(|(_, value)| value.as_str())
    }
}
