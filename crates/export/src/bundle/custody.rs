//! Carries documents from their source into a package, each read once.

use super::beginning::Beginning;
use super::contents::Contents;
use super::late;
use super::suggested::Suggested;
use super::supplied::Asked;
use super::{Order, Told};
use crate::{Error, ErrorKind};
use bagit::package::{Package, Slot};
use fixity::Sum;
use fixity::carry::{Carrier, Reading, Segment};
use provenance::description::Look;
use provenance::{Document, Format, Item};
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) struct Custody<'a, P: Package> {
    pub(super) order: &'a Order<'a>,
    pub(super) contents: &'a Contents<'a>,
    pub(super) package: &'a P,
    pub(super) told: &'a Told,
    pub(super) asked: &'a Asked,
}

/// A large document on its way.
pub(super) struct Underway<'a> {
    index: usize,
    document: Box<dyn Document + 'a>,
    slot: Slot,
    beginning: Beginning,
}

impl<'a, P: Package> Custody<'a, P> {
    fn item(&self, index: usize) -> &'a Item {
        &self.order.accession.items[index]
    }

    fn identify(&self, index: usize, head: &[u8]) -> Format {
        let item = self.item(index);
        self.order.identifier.identify(item.path.file_name(), head, item.size_octets)
    }

    /// Never fails for what the octets do to the describer: a document goes without a description
    /// rather than a bundle without the document. What it mentions is written down at once.
    fn describe(
        &self,
        index: usize,
        format: &Format,
        octets: &[u8],
        again: Again<'_>,
    ) -> Result<Suggested, Error> {
        let Some(describer) = self.order.describer else { return Ok(Suggested::default()) };
        let item = self.item(index);
        let look = Look {
            name: item.path.file_name(),
            path: item.path.as_str(),
            format,
            beginning: octets,
            size_octets: item.size_octets,
            again,
        };
        let described = catch_unwind(AssertUnwindSafe(|| describer.describe(&look)));
        let Ok(mut description) = described else { return Ok(Suggested::given_up()) };
        description.remarks.extend(late::remarks(&description.dates, item, self.order.by.at));
        if let Some(spool) = &self.told.mentions {
            spool.keep(index, item, &description.mentions)?;
        }
        Ok(Suggested::new(description))
    }

    /// Octets of a document that are gathered to describe it.
    fn wants(&self, index: usize, format: &Format) -> usize {
        let size = usize::try_from(self.item(index).size_octets).unwrap_or(usize::MAX);
        self.order.describer.map_or(0, |describer| describer.wants(format)).min(size)
    }

    /// Keeps the description of a large document, now that enough of it was seen.
    fn keep(&self, index: usize, format: &Format, octets: &[u8], again: Again<'_>) -> Result<(), Error> {
        self.told.descriptions.set(index, &[self.describe(index, format, octets, again)?]);
        Ok(())
    }
}

/// Reads octets of a document anywhere in it.
type Again<'a> = &'a dyn Fn(u64, &mut [u8]) -> io::Result<usize>;

pub(super) fn failed(item: &Item, error: &io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("cannot take `{}` into custody: {error}", item.path)).with_hint(
        if error.kind() == io::ErrorKind::InvalidData {
            "ask for another copy of the archive that it lies in, or pack that as it is with `--nested`"
        } else {
            "see that nobody changes the sources meanwhile, and run it again"
        },
    )
}

impl<'a, P: Package> Carrier for Custody<'a, P> {
    type Stream = Underway<'a>;
    type Error = Error;

    fn algorithms(&self, index: usize, _: usize) -> usize {
        self.asked.count(index)
    }

    fn load(&self, run: Range<usize>, segment: &mut Segment) -> Result<(), Error> {
        let (mut formats, mut suggested) = (Vec::with_capacity(run.len()), Vec::with_capacity(run.len()));
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
            let octets = &segment.octets[start..end];
            let format = self.identify(index, octets);
            suggested.push(self.describe(index, &format, octets, &|_, _| Ok(0))?);
            formats.push(format);
            segment.extents.push(Some(start..end));
        }
        self.told.formats.set(run.start, &formats);
        self.told.descriptions.set(run.start, &suggested);
        Ok(())
    }

    fn unload(&self, run: Range<usize>, segment: &mut Segment, sums: &[Option<Sum>]) -> Result<(), Error> {
        Ok(self.package.put_run(self.contents, &self.contents.files[run], segment, sums)?)
    }

    fn open(&self, index: usize) -> Result<Option<Underway<'a>>, Error> {
        let item = self.item(index);
        let document = self.order.source.open(item).map_err(|error| failed(item, &error))?;
        let slot = self.package.begin_file(self.contents, self.contents.files[index])?;
        Ok(Some(Underway { index, document, slot, beginning: Beginning::Awaited }))
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
        let index = underway.index;
        if underway.beginning.is_awaited() {
            let format = self.identify(index, octets);
            self.told.formats.set(index, &[format]);
            underway.beginning = Beginning::of(format, self.wants(index, &format), octets.len());
        }
        let document = &underway.document;
        let again = |offset, room: &mut [u8]| document.read_at(offset, room);
        let mut kept = Ok(());
        underway.beginning.pass(octets, |format, octets| kept = self.keep(index, format, octets, &again));
        kept?;
        Ok(self.package.put(&mut underway.slot, octets)?)
    }

    fn close(&self, index: usize, mut underway: Underway<'a>, sum: &Sum) -> Result<(), Error> {
        let item = self.item(index);
        underway.document.settle().map_err(|error| failed(item, &error))?;
        let mut kept = Ok(());
        underway.beginning.end(|format, octets| kept = self.keep(index, format, octets, &|_, _| Ok(0)));
        kept?;
        Ok(self.package.end_file(self.contents, self.contents.files[index], underway.slot, sum)?)
    }
}
