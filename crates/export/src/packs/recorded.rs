//! What `events.csv` records, event by event, for packs that carry it on.

use crate::columns::Sheet;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, EntryKind, find};
use fixity::{Observer, Step};
use provenance::ledger::StoredEvent;
use provenance::{EventType, LedgerProblem, LedgerVisitor, visit_ledger};
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::ControlFlow;

/// Every event of a ledger that was copied as its tag manifest vouches for it, in order. Needs memory
/// for one.
///
/// # Errors
/// If the ledger breaks one of its rules, or `take` fails.
pub(super) fn events(mut ledger: &File, take: &mut dyn FnMut(&StoredEvent<'_>) -> Result<()>) -> Result<()> {
    let cannot = |error: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Read, format!("cannot read `{}`: {error}", Sheet::Events.path()))
    };
    ledger.seek(SeekFrom::Start(0)).map_err(|error| cannot(&error))?;
    let mut taking = Taking { take, failed: None };
    visit_ledger(ledger, &mut taking).map_err(|error| cannot(&error))?;
    taking.failed.map_or(Ok(()), Err)
}

struct Taking<'t> {
    take: &'t mut dyn FnMut(&StoredEvent<'_>) -> Result<()>,
    /// The first thing that went wrong; nothing is taken after it.
    failed: Option<Error>,
}

impl LedgerVisitor for Taking<'_> {
    fn event(&mut self, event: &StoredEvent<'_>) {
        if self.failed.is_none() {
            self.failed = (self.take)(event).err();
        }
    }

    fn problem(&mut self, problem: LedgerProblem) {
        if self.failed.is_none() {
            self.failed = Some(super::damaged(&Sheet::Events.path(), &problem.to_string()));
        }
    }
}

/// Whether an event was done to a document of the bundle. An appraisal of one thing is of what was left
/// out, whatever it is called.
pub(super) fn is_of_file(container: &dyn Container, event: &StoredEvent<'_>) -> bool {
    let (path, entries) = (event.event.object_path, container.entries());
    event.event.event_type != EventType::Appraisal
        && path.starts_with("data/")
        && find(entries, path).is_some_and(|index| entries[index].kind == EntryKind::File)
}

/// Rows between two signs of life.
const ROWS: u32 = 4096;

/// Asks now and then whether anybody still wants the pack.
pub(super) struct Wanted<'o> {
    observer: &'o dyn Observer,
    rows: u32,
}

impl<'o> Wanted<'o> {
    pub(super) fn by(observer: &'o dyn Observer) -> Self {
        Self { observer, rows: 0 }
    }

    /// One more row is done.
    ///
    /// # Errors
    /// If the observer asked to stop.
    pub(super) fn still(&mut self) -> Result<()> {
        self.rows = (self.rows + 1) % ROWS;
        let still = Step::Advanced { files: 0, octets: 0 };
        if self.rows == 0 && self.observer.observe(still) == ControlFlow::Break(()) {
            return Err(Error::new(ErrorKind::Cancelled, "cancelled; nothing was left at the target"));
        }
        Ok(())
    }
}
