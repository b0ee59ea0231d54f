//! Brings a bag's files to the digests, and on into a copy where one is wanted.

use super::Bag;
use crate::Error;
use crate::container::{Stream, open_stated, unreadable};
use crate::package::{Package, Slot};
use crate::zip::Listing;
use crate::{Finding, Findings};
use fixity::Sum;
use fixity::carry::{Carrier, Reading, Segment};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Mutex;

/// Where a copy is written.
pub(super) struct Copy<'a> {
    pub(super) package: &'a dyn Package,
    pub(super) listing: &'a dyn Listing,
}

pub(super) struct Reader<'a> {
    pub(super) bag: &'a Bag<'a>,
    pub(super) copy: Option<Copy<'a>>,
    pub(super) notes: Mutex<Findings>,
}

impl Reader<'_> {
    pub(super) fn note(&self, finding: Finding) {
        self.notes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(finding);
    }
}

impl<'a> Carrier for Reader<'a> {
    type Stream = Open<'a>;
    type Error = Error;

    fn opens_singly(&self) -> bool {
        self.bag.container.opens_singly()
    }

    fn load(&self, run: Range<usize>, segment: &mut Segment) -> Result<(), Error> {
        self.bag.container.load(&self.bag.files[run], segment, &|_, finding| {
            self.note(finding);
        });
        Ok(())
    }

    fn unload(&self, run: Range<usize>, segment: &mut Segment, sums: &[Option<Sum>]) -> Result<(), Error> {
        match &self.copy {
            Some(Copy { package, listing }) => package.put_run(*listing, &self.bag.files[run], segment, sums),
            None => Ok(()),
        }
    }

    fn open(&self, file: usize) -> Result<Option<Self::Stream>, Error> {
        let index = self.bag.files[file];
        let Some(stream) = open_stated(self.bag.container, index, &|_, finding| self.note(finding)) else {
            return Ok(None);
        };
        let slot = match &self.copy {
            Some(Copy { package, listing }) => Some(package.begin_file(*listing, index)?),
            None => None,
        };
        Ok(Some(Open { file, stream, slot }))
    }

    fn read(&self, open: &mut Open<'a>, room: &mut [u8]) -> Result<Reading, Error> {
        loop {
            match open.stream.read(room) {
                Ok(0) => return Ok(Reading::End),
                Ok(octets) => return Ok(Reading::Octets(octets)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.note(unreadable(&self.bag.entry(open.file).path, &error));
                    return Ok(Reading::Failed);
                }
            }
        }
    }

    fn pass(&self, open: &mut Open<'a>, octets: &[u8]) -> Result<(), Error> {
        match (&self.copy, &mut open.slot) {
            (Some(copy), Some(slot)) => copy.package.put(slot, octets),
            _ => Ok(()),
        }
    }

    fn close(&self, file: usize, open: Open<'a>, sum: &Sum) -> Result<(), Error> {
        match (&self.copy, open.slot) {
            (Some(copy), Some(slot)) => copy.package.end_file(copy.listing, self.bag.files[file], slot, sum),
            _ => Ok(()),
        }
    }
}

/// An open large file.
pub(super) struct Open<'a> {
    file: usize,
    stream: Stream<'a>,
    slot: Option<Slot>,
}
