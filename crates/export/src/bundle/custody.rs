//! Carries documents from their source into a package, each read once.

use super::Order;
use super::contents::Contents;
use super::formats::Formats;
use crate::{Error, ErrorKind};
use bagit::package::{Package, Slot};
use fixity::Sum;
use fixity::carry::{Carrier, Reading, Segment};
use provenance::{Document, Item};
use std::io;
use std::ops::Range;

pub(super) struct Custody<'a, P: Package> {
    pub(super) order: &'a Order<'a>,
    pub(super) contents: &'a Contents<'a>,
    pub(super) package: &'a P,
    pub(super) formats: &'a Formats,
}

/// A large document on its way.
pub(super) struct Underway<'a> {
    index: usize,
    document: Box<dyn Document + 'a>,
    slot: Slot,
    is_identified: bool,
}

impl<'a, P: Package> Custody<'a, P> {
    fn item(&self, index: usize) -> &'a Item {
        &self.order.accession.items[index]
    }

    fn identify(&self, index: usize, head: &[u8]) -> provenance::Format {
        let item = self.item(index);
        self.order.identifier.identify(item.path.file_name(), head, item.size_octets)
    }
}

fn failed(item: &Item, error: &io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("cannot take `{}` into custody: {error}", item.path))
        .with_hint("see that nobody changes the sources meanwhile, and run it again")
}

impl<'a, P: Package> Carrier for Custody<'a, P> {
    type Stream = Underway<'a>;
    type Error = Error;

    fn load(&self, run: Range<usize>, segment: &mut Segment) -> Result<(), Error> {
        let mut formats = Vec::with_capacity(run.len());
        for index in run.clone() {
            let item = self.item(index);
            let start = segment.octets.len() + self.package.gap(self.contents, self.contents.files[index]);
            let end = start + usize::try_from(item.size_octets).unwrap_or(usize::MAX);
            segment.octets.resize(end, 0);
            let mut document = self.order.source.open(item).map_err(|error| failed(item, &error))?;
            document
                .read_exact(&mut segment.octets[start..end])
                .and_then(|()| document.settle())
                .map_err(|error| failed(item, &error))?;
            formats.push(self.identify(index, &segment.octets[start..end]));
            segment.extents.push(Some(start..end));
        }
        self.formats.set(run.start, &formats);
        Ok(())
    }

    fn unload(&self, run: Range<usize>, segment: &mut Segment, sums: &[Option<Sum>]) -> Result<(), Error> {
        Ok(self.package.put_run(self.contents, &self.contents.files[run], segment, sums)?)
    }

    fn open(&self, index: usize) -> Result<Option<Underway<'a>>, Error> {
        let item = self.item(index);
        let document = self.order.source.open(item).map_err(|error| failed(item, &error))?;
        let slot = self.package.begin_file(self.contents, self.contents.files[index])?;
        Ok(Some(Underway { index, document, slot, is_identified: false }))
    }

    fn read(&self, underway: &mut Underway<'a>, room: &mut [u8]) -> Result<Reading, Error> {
        loop {
            match underway.document.read(room) {
                Ok(0) => return Ok(Reading::End),
                Ok(octets) => return Ok(Reading::Octets(octets)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(self.item(underway.index), &error)),
            }
        }
    }

    fn pass(&self, underway: &mut Underway<'a>, octets: &[u8]) -> Result<(), Error> {
        if !std::mem::replace(&mut underway.is_identified, true) {
            self.formats.set(underway.index, &[self.identify(underway.index, octets)]);
        }
        Ok(self.package.put(&mut underway.slot, octets)?)
    }

    fn close(&self, index: usize, mut underway: Underway<'a>, sum: &Sum) -> Result<(), Error> {
        let item = self.item(index);
        underway.document.settle().map_err(|error| failed(item, &error))?;
        Ok(self.package.end_file(self.contents, self.contents.files[index], underway.slot, sum)?)
    }
}
