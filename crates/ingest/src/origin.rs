//! Documents that lie in something else than a folder: in an archive, or in a document of several parts.

use chrono::{DateTime, Utc};
use provenance::{Document, Given};
use std::fmt::Debug;
use std::io;

/// Something that holds documents and is no folder.
pub(crate) trait Origin: Debug + Send + Sync {
    /// Opens the document of this number for its single read.
    fn open(&self, index: u32) -> io::Result<Box<dyn Document + '_>>;
}

/// A document in an origin.
#[derive(Clone, Debug)]
pub(crate) struct Within {
    /// Number of the origin.
    pub(crate) origin: u32,
    /// Its number there.
    pub(crate) index: u32,
    /// Octets it has when it is read.
    pub(crate) size: u64,
    /// When its content was last modified, if the origin tells.
    pub(crate) modified: Option<DateTime<Utc>>,
    /// What the origin says of it.
    pub(crate) given: Vec<Given>,
    /// The node of the document that it is a part of, if it was decoded from one.
    pub(crate) part_of: Option<u32>,
}
