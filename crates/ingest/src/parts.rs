//! Documents that hold other documents: captures in a WARC or WACZ, messages of a mailbox, attachments.
//!
//! The container stays what it is. Beside it, in a folder `<its name>.parts`, lie the documents that it
//! holds, decoded from it when they are packed. They are found and measured while the sources are walked,
//! since the package is laid out before anything is written; to open one reads only what it needs.

mod budget;
mod found;
mod kind;
mod label;
mod mail;
mod open;
mod plain;
mod pool;
mod promise;
mod titles;
mod transfer;
mod wacz;
mod warc;
mod window;

use crate::origin::Origin;
use crate::root::Root;
use crate::source::OpenFile;
use crate::stamp::Stamp;
pub(crate) use found::{Found, Note};
pub(crate) use kind::Kind;
use plain::{Place, Stretch};
use pool::Pool;
use provenance::Document;
use std::io;
use std::sync::Arc;
use transfer::Encoding;
use warc::coding::Codings;
use window::Watch;

/// The observer asked to stop.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub(crate) struct Stopped;

/// Parts that are taken of one container at most.
const MOST_PARTS: usize = 200_000;

/// A container as it was found, which can be opened again.
#[derive(Debug)]
pub(crate) struct Holder {
    pub(crate) root: Root,
    /// Its raw path below `data/`, as received.
    pub(crate) received: Box<[u8]>,
    pub(crate) stamp: Stamp,
    /// Where WARCs lie in it; none in a mail.
    stretches: Vec<Stretch>,
}

/// Where the octets of a part are, and what is undone to have them.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// They stand in the container as they are, from here on.
    Slice { at: u64 },
    /// They are encoded for the transfer by mail (RFC 2045 §6).
    Transfer { at: u64, octets: u64, encoding: Encoding },
    /// They are the body of a record, as transferred by HTTP.
    Record { stretch: u32, place: Place, octets: u64, chunked: bool, codings: Codings },
}

/// A document in a container.
#[derive(Clone, Copy, Debug)]
struct Part {
    holder: u32,
    /// Octets it has when it is decoded.
    size: u64,
    cut: Cut,
}

/// All parts of all containers that were found.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    holders: Vec<Holder>,
    all: Vec<Part>,
    pool: Pool,
}

impl Holder {
    pub(crate) fn new(root: &Root, received: Vec<u8>, stamp: Stamp) -> Self {
        Self { root: root.clone(), received: received.into(), stamp, stretches: Vec::new() }
    }

    fn open(&self) -> io::Result<Arc<OpenFile>> {
        Ok(Arc::new(OpenFile::open(&self.root, &self.received, self.stamp)?))
    }
}

impl Parts {
    /// Looks through a container of that kind; `None` if by its content it is none.
    ///
    /// # Errors
    /// If it cannot be opened or read at all, is no longer what was found, or `watch` stops it.
    pub(crate) fn look(holder: &mut Holder, kind: Kind, watch: Watch<'_>) -> io::Result<Option<Found>> {
        let file = holder.open()?;
        let found = match kind {
            Kind::Warc => warc::look(&file, &mut holder.stretches, watch)?,
            Kind::Wacz => wacz::look(&file, &mut holder.stretches, watch)?,
            Kind::Mail => mail::look(&file, false, watch)?,
            Kind::Mailbox => mail::look(&file, true, watch)?,
        };
        file.expect_unchanged()?;
        Ok(found)
    }

    /// Keeps where the parts of a container are; answers the number of each.
    pub(crate) fn keep(&mut self, holder: Holder, found: &Found) -> Vec<u32> {
        let number = u32::try_from(self.holders.len()).unwrap_or(u32::MAX);
        self.holders.push(holder);
        let first = self.all.len();
        self.all.extend(found.parts.iter().map(|part| Part {
            holder: number,
            size: part.size,
            cut: part.cut,
        }));
        (first..self.all.len()).map(|index| u32::try_from(index).unwrap_or(u32::MAX)).collect()
    }
}

impl Origin for Parts {
    fn open(&self, index: u32) -> io::Result<Box<dyn Document + '_>> {
        let missing = || io::Error::new(io::ErrorKind::InvalidInput, "no part of any container");
        let part = self.all.get(index as usize).ok_or_else(missing)?;
        let holder = self.holders.get(part.holder as usize).ok_or_else(missing)?;
        Ok(Box::new(open::OpenPart::open(part, holder, &self.pool)?))
    }
}
