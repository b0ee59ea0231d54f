//! What comes of receiving: an accession, and what a person should know of it.

use crate::source::Documents;
use fixity::PayloadPath;
use provenance::Accession;
use std::fmt;

/// What was received.
#[derive(Debug)]
pub struct Received {
    /// The documents, the empty folders, and what was left out.
    pub accession: Accession,
    /// Where the documents are read from.
    pub source: Documents,
    /// How many items and empty folders have another path than the one they were received under.
    pub renamed: u64,
    /// The raw path below `data/` of every empty folder that has another path now; those of items
    /// are in [`provenance::Item::received_as`].
    pub renamed_folders: Vec<(PayloadPath, Box<[u8]>)>,
    /// Files that came only by name: listed with a digest, and not there.
    pub missing: Vec<Missing>,
    /// What a person should know, though nothing was refused for it.
    pub warnings: Vec<Warning>,
}

/// A file that a list of checksums names, and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where it would be: from `data/` on, escaped by [`provenance::name::escape`].
    pub path: String,
    /// Number of the list in [`Accession::lists`].
    pub list: usize,
}

/// Something that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Names that hold one of `< > : " | ? *`: kept, but Windows cannot store them.
    ForeignToWindows {
        /// The paths of the files and folders that have such a name, sorted, below `data/`.
        paths: Vec<String>,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignToWindows { paths } => {
                write!(f, "{} name(s) hold one of < > : \" | ? *, which Windows cannot store", paths.len())
            }
        }
    }
}
