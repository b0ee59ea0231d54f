//! A copy in which files have other places than in the bag that they are read from.

use super::layout::Layout;
use bagit::container::{Container, EntryKind};
use bagit::package::{Package, Slot, TagText};
use bagit::zip::{Listing, Member};
use bagit::{Error, ErrorKind, Result};
use fixity::carry::Segment;
use fixity::{Algorithm, Sum, SumTable};

/// The entries of a bag as they are numbered there.
pub(super) struct Entries<'a>(pub(super) &'a dyn Container);

impl Listing for Entries<'_> {
    fn count(&self) -> usize {
        self.0.entries().len()
    }

    fn member(&self, index: usize) -> Member<'_> {
        let entry = &self.0.entries()[index];
        let size_octets = (entry.kind == EntryKind::File).then_some(entry.size_octets);
        Member { path: entry.path.as_str(), size_octets, modified: entry.modified }
    }
}

/// Takes files by their numbers in a bag, and passes them on by those of a layout.
pub(super) struct Moved<'a, P> {
    pub(super) package: &'a P,
    pub(super) layout: &'a Layout,
}

impl<P> Moved<'_, P> {
    fn place(&self, entry: usize) -> Result<usize> {
        self.layout
            .place_of(entry)
            .ok_or_else(|| Error::new(ErrorKind::Write, "a file has no place in the copy"))
    }
}

/// Whoever copies files asks for nothing but files.
fn not_asked() -> Error {
    Error::new(ErrorKind::Write, "only files are copied, and tag files are written beside that")
}

impl<P: Package> Package for Moved<'_, P> {
    fn put_tag(&mut self, _: &str, _: &[Algorithm], _: TagText<'_>) -> Result<Sum> {
        Err(not_asked())
    }

    fn lay_out(&mut self, _: &dyn Listing) -> Result<()> {
        Err(not_asked())
    }

    fn gap(&self, _: &dyn Listing, _: usize) -> usize {
        0
    }

    // Neighbours in the bag are no neighbours here: each goes to its own place.
    fn put_run(
        &self,
        _: &dyn Listing,
        files: &[usize],
        segment: &mut Segment,
        sums: &[Option<Sum>],
    ) -> Result<()> {
        for ((&entry, extent), sum) in files.iter().zip(&segment.extents).zip(sums) {
            let (Some(extent), Some(sum)) = (extent, sum) else { continue };
            let place = self.place(entry)?;
            let mut slot = self.package.begin_file(self.layout, place)?;
            self.package.put(&mut slot, segment.octets.get(extent.clone()).unwrap_or_default())?;
            self.package.end_file(self.layout, place, slot, sum)?;
        }
        Ok(())
    }

    fn begin_file(&self, _: &dyn Listing, index: usize) -> Result<Slot> {
        self.package.begin_file(self.layout, self.place(index)?)
    }

    fn put(&self, slot: &mut Slot, octets: &[u8]) -> Result<()> {
        self.package.put(slot, octets)
    }

    fn end_file(&self, _: &dyn Listing, index: usize, slot: Slot, sum: &Sum) -> Result<()> {
        self.package.end_file(self.layout, self.place(index)?, slot, sum)
    }

    fn close(&mut self, _: &dyn Listing, _: &[usize], _: &SumTable) -> Result<()> {
        Err(not_asked())
    }
}
