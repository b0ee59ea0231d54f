//! What was taken into custody: items, and what was left out and why.

use chrono::{DateTime, Utc};
use fixity::PayloadPath;
use std::io::Read;

/// Custody taken of some documents: between what arrives (SIP) and what is written (AIP).
#[derive(Clone, Debug, Default)]
pub struct Accession {
    /// The documents, sorted by path in octet order, no path twice.
    pub items: Vec<Item>,
    /// Folders below `data/` that hold nothing, sorted; kept as directories.
    pub empty_folders: Vec<PayloadPath>,
    /// What was seen and not taken, in the order of its names.
    pub left_out: Vec<LeftOut>,
}

impl Accession {
    /// Octets of all items together.
    #[must_use]
    pub fn octets(&self) -> u64 {
        self.items.iter().map(|item| item.size_octets).sum()
    }
}

/// One document: a file that will be in the payload.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it goes: `data/…`.
    pub path: PayloadPath,
    /// Its path below `data/` as received, in raw octets, where that differs from `path`.
    pub received_as: Option<Box<[u8]>>,
    /// Octets it had when it was found.
    pub size_octets: u64,
    /// When its content was last modified, if the source knows.
    pub modified: Option<DateTime<Utc>>,
    /// What its [`Source`] needs to find it again; no meaning to anyone else.
    pub handle: u64,
}

/// Something that was seen and deliberately not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it was, below the sources, escaped by [`crate::name::escape`].
    pub name: String,
    /// Why.
    pub reason: Reason,
    /// More, such as where a link points to; may be empty.
    pub detail: String,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// A symbolic link: never followed.
    SymbolicLink,
    /// A named pipe.
    Fifo,
    /// A socket.
    Socket,
    /// A character or block device.
    Device,
    /// Made by an operating system for itself, no document.
    SystemLitter,
}

impl Reason {
    /// The reason in words, as it stands in `events.csv`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SymbolicLink => "symbolic link, never followed",
            Self::Fifo => "named pipe (FIFO), no document",
            Self::Socket => "socket, no document",
            Self::Device => "device, no document",
            Self::SystemLitter => "made by an operating system for itself",
        }
    }
}

/// Where the documents of an [`Accession`] are read from.
pub trait Source: Sync {
    /// Opens one document for its single read.
    ///
    /// # Errors
    /// If it cannot be opened, or is no longer what was found.
    fn open(&self, item: &Item) -> std::io::Result<Box<dyn Document + '_>>;
}

/// An open document.
pub trait Document: Read + Send {
    /// Says whether what was read is still what was found; asked after the last octet.
    ///
    /// # Errors
    /// If the document changed while it was read, in words that say what changed.
    fn settle(&mut self) -> std::io::Result<()>;
}

/// What format a document is in, and how one knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// IANA media type, where the content tells.
    pub media_type: Option<&'static str>,
    /// PRONOM unique identifier such as `fmt/471`, where known.
    pub puid: Option<&'static str>,
    /// Which signal decided, in words for `format_basis`; empty where nothing did.
    pub basis: &'static str,
}

impl Format {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { media_type: None, puid: None, basis: "" };
}

/// Tells formats by content.
pub trait Identifier: Sync {
    /// Tells the format of a document called `name` whose first octets are `head`;
    /// `head` is the whole document where `size_octets` equals its length.
    fn identify(&self, name: &str, head: &[u8], size_octets: u64) -> Format;
}

/// Knows no format.
impl Identifier for () {
    fn identify(&self, _: &str, _: &[u8], _: u64) -> Format {
        Format::UNKNOWN
    }
}
