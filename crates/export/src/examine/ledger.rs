//! `events.csv`: its chain, and what it says of the payload.

use super::Bundle;
use super::progress::Named;
use crate::finding::{E501, E508, W509};
use bagit::container::{EntryKind, Layout, find};
use bagit::finding::E102;
use bagit::{Finding, Findings};
use fixity::{Algorithm, hex_of};
use provenance::ledger::StoredEvent;
use provenance::{Event, EventType, LedgerProblem, LedgerSummary, LedgerVisitor, visit_ledger};
use std::collections::BTreeSet;

const PATH: &str = "metadata/events.csv";

/// The whole ledger, and every payload file against the event of its ingestion.
pub(super) fn check(bundle: &Bundle<'_>) -> (Option<LedgerSummary>, Findings) {
    let Some(text) = bundle.open(PATH) else {
        return (None, Findings::default());
    };
    let mut visitor = Visitor {
        bundle,
        // A disclosure took nothing into custody: its documents were handed on.
        entering: if bundle.is_part() { EventType::Dissemination } else { EventType::Ingestion },
        folders: BTreeSet::new(),
        named: Named::new(bundle),
        findings: Findings::default(),
    };
    let summary = match visit_ledger(text, &mut visitor) {
        Ok(summary) => Some(summary),
        Err(error) => {
            let message = format!("expected to read the ledger, found: {error}");
            visitor.findings.push(Finding::new(&E501, PATH, message));
            None
        }
    };
    let lacking = format!("expected {} in events.csv, found none", visitor.entering.label());
    let unnamed: Vec<Finding> =
        visitor.named.unnamed().map(|path| Finding::new(&E508, path, lacking.as_str())).collect();
    visitor.findings.extend(unnamed);
    visitor.expect_no_other_folder();
    (summary, visitor.findings)
}

struct Visitor<'a> {
    bundle: &'a Bundle<'a>,
    /// The event that each document has.
    entering: EventType,
    /// Entry numbers of the empty folders that were named.
    folders: BTreeSet<usize>,
    named: Named<'a>,
    findings: Findings,
}

impl LedgerVisitor for Visitor<'_> {
    fn event(&mut self, stored: &StoredEvent<'_>) {
        let event = &stored.event;
        if matches!(
            event.event_type,
            EventType::MetadataExtraction | EventType::FormatIdentification | EventType::MetadataModification
        ) {
            return self.expect_looked_at(event);
        }
        let is_of_all = event.object_path.is_empty() && self.entering == EventType::Dissemination;
        if event.event_type != self.entering || is_of_all {
            return;
        }
        if let Some(folder) = event.object_path.strip_suffix('/') {
            return self.expect_folder(folder);
        }
        let Some(file) = self.named.mark(event.object_path) else {
            let message = format!(
                "expected the file whose {} events.csv records, found no such file",
                self.entering.label()
            );
            return self.findings.push(Finding::new(&E508, event.object_path, message));
        };
        let Some(stated) = event.digest_after else {
            return;
        };
        let algorithm = stated.algorithm().parse::<Algorithm>().ok();
        let Some(digest) = algorithm.and_then(|algorithm| self.bundle.sums.digest(file, algorithm)) else {
            return;
        };
        let mut room = [0; 128];
        let made = hex_of(digest.octets(), &mut room);
        if stated.hex() != made {
            let (algorithm, stated) = (stated.algorithm(), stated.hex());
            let message = format!("expected {algorithm} {stated}, as events.csv says, found {made}");
            self.findings.push(Finding::new(&E508, event.object_path, message));
        }
    }

    fn problem(&mut self, problem: LedgerProblem) {
        self.findings.push(Finding::new(&E501, PATH, problem.to_string()));
    }
}

impl Visitor<'_> {
    /// Formats and descriptions are those of all documents, or of one that is there.
    fn expect_looked_at(&mut self, event: &Event<'_>) {
        let path = event.object_path;
        let is_file = path.starts_with("data/") && self.bundle.file(path).is_some();
        if !is_file && !matches!(path, "" | "data/") {
            let what = event.event_type.label();
            let message =
                format!("expected the file that events.csv records a {what} of, found no such file");
            self.findings.push(Finding::new(&E508, path, message));
        }
    }

    fn expect_folder(&mut self, folder: &str) {
        let entries = self.bundle.entries;
        if let Some(index) =
            find(entries, folder).filter(|&index| entries[index].kind == EntryKind::Directory)
        {
            self.folders.insert(index);
        } else {
            let message = "expected the empty folder that events.csv records, found none";
            // Other programs drop empty folders when they unpack; out of a ZIP of ours none can fall.
            let is_ours = self.bundle.container.layout() == Layout::Canonical;
            self.findings.push(Finding::new(if is_ours { &E102 } else { &W509 }, folder, message));
        }
    }

    /// In a ZIP of ours `data/` and the recorded empty folders have entries, and no others; a
    /// directory has one for every folder that holds something, too.
    fn expect_no_other_folder(&mut self) {
        if self.bundle.container.layout() != Layout::Canonical {
            return;
        }
        let entries = self.bundle.entries;
        if find(entries, "data").is_none() {
            let message = "expected an entry for the payload directory, found none";
            self.findings.push(Finding::new(&E102, "data", message));
        }
        for (index, entry) in entries.iter().enumerate() {
            let is_ours = entry.path.as_str() == "data" || self.folders.contains(&index);
            if entry.kind == EntryKind::Directory && !is_ours {
                let message = "expected no entry for a folder that events.csv does not record, found one";
                self.findings.push(Finding::new(&E102, entry.path.as_str(), message));
            }
        }
    }
}
