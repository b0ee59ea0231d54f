//! What `events.csv` records, event by event, for packs that carry it on.

use crate::columns::Sheet;
use crate::sheet::COLUMNS;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, EntryKind, find};
use fixity::{Observer, Step};
use provenance::ledger::StoredEvent;
use provenance::{Event, EventType, LedgerProblem, LedgerVisitor, visit_ledger};
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

/// What of the detail of an event a pack tells. What people wrote about documents stands in no event of a
/// pack, whatever became of it in the sheet: of a change the names of its columns, of a description of
/// what is above the documents nothing.
pub(super) fn told(event: &Event<'_>) -> Option<String> {
    match event.event_type {
        _ if event.detail.is_empty() => None,
        EventType::MetadataModification => Some(columns_changed(event.detail)),
        EventType::Accession => Some("described by a list; what it says stays in the bundle".to_owned()),
        _ => Some(event.detail.to_owned()),
    }
}

/// `changed: title, people`, from `title: "Tide" → blank; people: blank → "…"`.
fn columns_changed(detail: &str) -> String {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = detail.split(|character| {
        let ends = character == ';' && !is_quoted;
        if character == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && character == '\\' && !is_escaped;
        ends
    });
    let named = parts.filter_map(|part| part.trim_start().split_once(": ")).map(|(column, _)| column);
    // A ledger of somebody else's may have anything there.
    let known = named.filter(|column| COLUMNS.iter().any(|known| known.name == *column));
    let known: Vec<&str> = known.collect();
    if known.is_empty() { "changed".to_owned() } else { format!("changed: {}", known.join(", ")) }
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

#[cfg(test)]
mod tests {
    use super::told;
    use provenance::{Event, EventType, Outcome};

    #[test]
    fn no_value_of_the_sheet_leaves_in_an_event() {
        let told = |event_type, detail| {
            let (digest_before, digest_after) = (None, None);
            let outcome = Outcome::Success;
            told(&Event { event_type, object_path: "data/a", digest_before, digest_after, outcome, detail })
        };
        let modified = |detail| told(EventType::MetadataModification, detail).unwrap();
        let values = r#"title: "Tide" → "a; people: \\"; people: blank → "Zed \"; notes: \" Quill"; graphic: "no" → blank"#;
        assert_eq!(modified(values), "changed: title, people, graphic");
        let cut = r#"people: "Zed"… (900 octets, sha256 00) → "Quill"… (9 octets, sha256 00)"#;
        assert_eq!(modified(cut), "changed: people");
        assert_eq!(modified("Zed told us: nothing"), "changed");
        assert_eq!(modified("people: \"Zed; notes: unclosed"), "changed: people");
        let level = told(EventType::Accession, "archivalHistory: from Zed").unwrap();
        assert!(!level.contains("Zed"), "{level}");
        assert_eq!(told(EventType::Ingestion, "").as_deref(), None);
        assert_eq!(told(EventType::Ingestion, "x").as_deref(), Some("x"));
    }
}
