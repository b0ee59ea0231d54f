//! What an examination came to.

use crate::encoding::TagEncoding;
use crate::{Findings, Verdict};
use fixity::{Algorithm, Oxum};

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
