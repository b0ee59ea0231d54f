//! A look at one document.

use super::shelf::Shelf;
use super::survey::{Seen, Unseen};
use provenance::description::{Describer, Description, Look, Remark, RemarkKind};
use provenance::{Document, Format, Identifier};
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Octets by which a format is told, and below which a document is read whole.
const FIRST: usize = 256 << 10;
/// Octets that are held of one document, at most.
const MOST: usize = 2 << 20;

/// What holds other documents, which nobody opens here.
const BOXES: [&str; 16] = [
    "application/zip",
    "application/x-tar",
    "application/gzip",
    "application/x-gzip",
    "application/x-7z-compressed",
    "application/vnd.rar",
    "application/x-bzip2",
    "application/x-xz",
    "application/zstd",
    "application/warc",
    "application/wacz",
    "application/x-wacz",
    "application/x-iso9660-image",
    "application/vnd.sqlite3",
    "application/vnd.ms-outlook-pst",
    "application/vnd.ms-cab-compressed",
];

/// Looks at documents.
pub(super) struct Looker<'a> {
    pub(super) shelf: &'a dyn Shelf,
    pub(super) identifier: &'a dyn Identifier,
    pub(super) describer: &'a dyn Describer,
}

impl Looker<'_> {
    /// What can be told of a document without naming anybody.
    pub(super) fn look(&self, index: usize) -> Seen {
        self.read(index).unwrap_or_else(|error| Seen {
            found: Vec::new(),
            unseen: vec![(Unseen::Unreadable, error.to_string())],
        })
    }

    fn read(&self, index: usize) -> io::Result<Seen> {
        let (path, size_octets) = (self.shelf.path(index), self.shelf.size_octets(index));
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut document = self.shelf.open(index)?;
        let mut beginning = Vec::new();
        read_up_to(&mut *document, FIRST, size_octets, &mut beginning)?;
        let format = self.identifier.identify(name, &beginning, size_octets);
        let wanted = self.describer.wants(&format).min(MOST);
        read_up_to(&mut *document, wanted, size_octets, &mut beginning)?;
        let again = |offset: u64, room: &mut [u8]| document.read_at(offset, room);
        let look = Look { name, path, format: &format, beginning: &beginning, size_octets, again: &again };
        // A document that a describer fails at is one that nobody has looked into.
        let described = catch_unwind(AssertUnwindSafe(|| self.describer.describe(&look)));
        Ok(match described {
            Ok(description) => seen(&format, size_octets, self.describer.looks_into(&format), description),
            Err(_) => Seen { found: Vec::new(), unseen: vec![(Unseen::GivenUp, String::new())] },
        })
    }
}

/// Reads on until so many octets of a document are held, or all that it has.
fn read_up_to(document: &mut dyn Document, wanted: usize, size: u64, held: &mut Vec<u8>) -> io::Result<()> {
    let wanted = wanted.min(usize::try_from(size).unwrap_or(usize::MAX));
    let more = wanted.saturating_sub(held.len());
    held.reserve_exact(more);
    document.take(more as u64).read_to_end(held)?;
    if held.len() < wanted {
        return Err(io::Error::other(format!("only {} of {size} octets could be read", held.len())));
    }
    Ok(())
}

fn seen(format: &Format, size_octets: u64, is_looked_into: bool, description: Description) -> Seen {
    let mut seen = Seen { found: Vec::new(), unseen: Vec::new() };
    for Remark { kind, detail } in description.remarks {
        match kind {
            RemarkKind::Sensitive => seen.found.push(detail),
            RemarkKind::GivenUp => seen.unseen.push((Unseen::GivenUp, detail)),
            _ => {}
        }
    }
    if format.media_type.is_some_and(|found| BOXES.contains(&found)) {
        seen.unseen.push((Unseen::Unopened, String::new()));
    } else if size_octets > 0 && !is_looked_into {
        seen.unseen.push(match format.media_type {
            Some(media_type) => (Unseen::Foreign, media_type.to_owned()),
            None => (Unseen::Unknown, String::new()),
        });
    }
    seen
}
