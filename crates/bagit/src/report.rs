//! What an examination came to.

use crate::finding::{Finding, Severity};
use fixity::{Algorithm, Oxum};

/// The answer to "is this bag sound?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every requirement of the standard holds and every digest agrees.
    Valid,
    /// At least one does not.
    Invalid,
    /// All that could be checked agrees, but not all could be checked.
    NotFullyChecked,
}

impl Verdict {
    /// The verdict in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::NotFullyChecked => "not fully checked",
        }
    }
}

/// All findings of one bag, and what was examined.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sorted by severity, then path, then code, so that two runs print the same.
    pub findings: Vec<Finding>,
    /// Payload files and octets that were found.
    pub payload: Oxum,
    /// Tag files that were found.
    pub tag_files: u64,
    /// Algorithms by which the payload was checked.
    pub algorithms: Vec<Algorithm>,
    /// The BagIt version that the bag declares.
    pub version: Option<String>,
    /// The elements of `bag-info.txt`, in order.
    pub info: Vec<(String, String)>,
    /// Manifests that are right but not written octet for octet as fonds writes them.
    pub uncanonical: Vec<String>,
    /// Name of the base directory, where the container gives it one.
    pub top: Option<String>,
}

impl Report {
    /// Puts the findings in their order.
    pub fn sort(&mut self) {
        self.findings.sort_by(|a, b| {
            (a.code.severity, &a.path, a.code.id, &a.message).cmp(&(
                b.code.severity,
                &b.path,
                b.code.id,
                &b.message,
            ))
        });
        self.findings.dedup();
    }

    /// The verdict that the findings come to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.findings.iter().map(|finding| finding.code.severity).min() {
            Some(Severity::Error) => Verdict::Invalid,
            Some(Severity::Unchecked) => Verdict::NotFullyChecked,
            Some(Severity::Warning) | None => Verdict::Valid,
        }
    }

    /// The first value of an element of `bag-info.txt`; names are case insensitive (§2.2.2).
    #[must_use]
    pub fn info_value(&self, label: &str) -> Option<&str> {
        self.info.iter().find(|(name, _)| name.eq_ignore_ascii_case(label)).map(|(_, value)| value.as_str())
    }
}
