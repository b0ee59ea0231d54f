//! A package that is being written, as a directory or as a ZIP: one way to do both.

use crate::Result;
use crate::zip::Listing;
use fixity::carry::Segment;
use fixity::{Algorithm, Sum, SumTable};
use std::fs::File;
use std::io::{self, Write};

/// Where the octets of one large file go.
#[derive(Debug)]
pub struct Slot {
    pub(crate) file: Option<File>,
    pub(crate) at: u64,
}

/// The text of a tag file: writes itself.
pub type TagText<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// A package that is being written.
///
/// In this order: the tag files whose names sort before `data/`; `lay_out`; the payload, by many
/// threads in any order; the other tag files in the order of their names; `close`.
pub trait Package: Sync {
    /// Writes one tag file, and sums it on the way.
    ///
    /// # Errors
    /// If it cannot be written.
    fn put_tag(&mut self, path: &str, algorithms: &[Algorithm], text: TagText<'_>) -> Result<Sum>;

    /// Gives every member of the payload its place, and makes room for it.
    ///
    /// # Errors
    /// If there is no room, or a name cannot be kept.
    fn lay_out(&mut self, listing: &dyn Listing) -> Result<()>;

    /// Octets to be left free in a segment before file `index` of the listing.
    fn gap(&self, listing: &dyn Listing, index: usize) -> usize;

    /// Writes neighbouring files of the listing; each lies in the segment behind its gap.
    ///
    /// # Errors
    /// If they cannot be written.
    fn put_run(
        &self,
        listing: &dyn Listing,
        files: &[usize],
        segment: &mut Segment,
        sums: &[Option<Sum>],
    ) -> Result<()>;

    /// Begins a large file.
    ///
    /// # Errors
    /// If it cannot be made.
    fn begin_file(&self, listing: &dyn Listing, index: usize) -> Result<Slot>;

    /// Writes more of it.
    ///
    /// # Errors
    /// If it cannot be written.
    fn put(&self, slot: &mut Slot, octets: &[u8]) -> Result<()>;

    /// Ends it.
    ///
    /// # Errors
    /// If it cannot be written.
    fn end_file(&self, listing: &dyn Listing, index: usize, slot: Slot, sum: &Sum) -> Result<()>;

    /// Completes the package; file number `n` of `sums` is member `files[n]` of the listing.
    ///
    /// # Errors
    /// If it cannot be written.
    fn close(&mut self, listing: &dyn Listing, files: &[usize], sums: &SumTable) -> Result<()>;
}
