//! What was taken into custody: items, and what was left out and why.

use crate::{EventType, Outcome};
use chrono::{DateTime, Utc};
use fixity::{Digest, PayloadPath};
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
    /// What was done and found on arrival, in order: an archive unpacked, a digest held against its document.
    pub arrivals: Vec<Arrival>,
    /// Digests that came with the documents, to be held against them when they are read.
    pub supplied: Vec<Supplied>,
    /// What each of them stands in: paths or names escaped by [`crate::name::escape`].
    pub lists: Vec<String>,
    /// Numbers of the lists that nothing names an algorithm of: each digest is by the usual one of its
    /// length, and may be by another.
    pub guessed: Vec<usize>,
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
    /// Values that are known of it and not suggested: by column of the sheet, each column once.
    pub given: Vec<Given>,
}

/// A value that somebody or something else than its content says of a document: a list that came with
/// it, the capture it lies in, the mail it was attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The column of `manifest.csv`, one of those that describe.
    pub column: &'static str,
    /// Its value, as it shall stand there.
    pub value: String,
    /// Who says so, in words for `description_basis`: `list`, `WARC`.
    pub by: &'static str,
}

/// Something that was done or found on arrival: what stands in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// What was done.
    pub event_type: EventType,
    /// What it was done to: a payload path, or a name escaped by [`crate::name::escape`].
    pub object_path: String,
    /// The digest of what was there before, such as an archive that was unpacked.
    pub digest_before: Option<Digest>,
    /// How it went.
    pub outcome: Outcome,
    /// More, in words.
    pub detail: String,
}

/// A digest that came with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplied {
    /// Number of the item.
    pub item: usize,
    /// What it is said to sum to.
    pub digest: Digest,
    /// Number of the list that says so.
    pub list: usize,
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

    /// Reads octets from `offset` on, besides the single read and without moving it, where a later
    /// part tells what the whole is. As many as the answer says; 0 at the end.
    ///
    /// # Errors
    /// Of kind `Unsupported` if only one way leads through it; any other if it cannot be read.
    fn read_at(&self, offset: u64, room: &mut [u8]) -> std::io::Result<usize> {
        let _ = (offset, room);
        Err(std::io::ErrorKind::Unsupported.into())
    }
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

    /// In words, what the extension of `name` says against `format`: `.jpg, and the content is
    /// application/pdf`. `None` where they agree, or one of them says nothing.
    fn disagreement(&self, name: &str, format: &Format) -> Option<String> {
        let _ = (name, format);
        None
    }
}

/// Knows no format.
impl Identifier for () {
    fn identify(&self, _: &str, _: &[u8], _: u64) -> Format {
        Format::UNKNOWN
    }
}
