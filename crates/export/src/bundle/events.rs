//! The events of a bundle, in the order in which they happened.

use super::Order;
use super::descriptions::DescriptionTable;
use super::formats::FormatTable;
use super::given::not_kept;
use super::mentions::MentionTally;
use crate::checked::Checked;
use crate::error::passed_on;
use crate::format::FORMAT_VERSION;
use fixity::{Algorithm, Digest, Oxum, SumTable, hex_of};
use provenance::{DigestText, Event, EventType, LedgerWriter, Outcome, name};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Records what was done, in the order in which it was done.
pub(super) struct Events<'a, W: Write> {
    ledger: LedgerWriter<W>,
    order: &'a Order<'a>,
    disagreeing: u64,
}

/// What was recorded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recorded {
    /// Events in all.
    pub(super) events: u64,
    /// Documents whose extension says another format than their content.
    pub(super) disagreeing: u64,
}

impl<'a, W: Write> Events<'a, W> {
    pub(super) fn new(order: &'a Order<'a>, out: W) -> io::Result<Self> {
        Ok(Self { ledger: LedgerWriter::new(out).map_err(passed_on)?, order, disagreeing: 0 })
    }

    fn record(
        &mut self,
        event_type: EventType,
        path: &str,
        after: Option<DigestText<'_>>,
        detail: &str,
    ) -> io::Result<()> {
        self.record_as(Outcome::Success, event_type, path, after, detail)
    }

    fn record_as(
        &mut self,
        outcome: Outcome,
        event_type: EventType,
        path: &str,
        after: Option<DigestText<'_>>,
        detail: &str,
    ) -> io::Result<()> {
        let event = Event {
            event_type,
            object_path: path,
            digest_before: None,
            digest_after: after,
            outcome,
            detail,
        };
        self.ledger.record(&event, self.order.by).map_err(passed_on)
    }

    /// What was left out, and why.
    pub(super) fn appraisal(&mut self) -> io::Result<()> {
        for left in &self.order.accession.left_out {
            let gap = if left.detail.is_empty() { "" } else { "; " };
            let detail = format!("left out: {}{gap}{}", left.reason.words(), left.detail);
            self.record(EventType::Appraisal, &left.name, None, &detail)?;
        }
        let accession = &self.order.accession;
        let taken = format!(
            "{} files and {} empty folders taken, {} left out",
            accession.items.len(),
            accession.empty_folders.len(),
            accession.left_out.len()
        );
        self.record(EventType::Appraisal, "data/", None, &taken)
    }

    /// What was done and found on arrival.
    pub(super) fn arrivals(&mut self) -> io::Result<()> {
        for arrival in &self.order.accession.arrivals {
            let mut room = [0; 128];
            let before = arrival.digest_before.as_ref().and_then(|digest| {
                DigestText::new(digest.algorithm().name(), hex_of(digest.octets(), &mut room))
            });
            let event = Event {
                event_type: arrival.event_type,
                object_path: &arrival.object_path,
                digest_before: before,
                digest_after: None,
                outcome: arrival.outcome,
                detail: &arrival.detail,
            };
            self.ledger.record(&event, self.order.by).map_err(passed_on)?;
        }
        Ok(())
    }

    /// What has another name than it was received under.
    pub(super) fn names(&mut self) -> io::Result<()> {
        let items = self.order.accession.items.iter();
        let renamed = items.filter_map(|item| Some((item.path.to_string(), item.received_as.as_ref()?)));
        let folders = self.order.renamed_folders.iter().map(|(path, raw)| (format!("{path}/"), raw));
        for (path, raw) in renamed.chain(folders) {
            let detail = format!("received as {}", name::escape(raw));
            self.record(EventType::FilenameChange, &path, None, &detail)?;
        }
        Ok(())
    }

    /// Every document, and every folder that holds none.
    pub(super) fn ingestion(&mut self, sums: &SumTable) -> io::Result<()> {
        let order = self.order;
        let strongest =
            order.algorithms.iter().find(|&&a| a == Algorithm::Sha256).or(order.algorithms.last());
        for (file, item) in order.accession.items.iter().enumerate() {
            let digest = strongest.and_then(|&algorithm| sums.digest(file, algorithm));
            let mut room = [0; 128];
            let after = digest.as_ref().and_then(|digest| {
                DigestText::new(digest.algorithm().name(), hex_of(digest.octets(), &mut room))
            });
            self.record(EventType::Ingestion, item.path.as_str(), after, "")?;
        }
        for folder in &order.accession.empty_folders {
            self.record(
                EventType::Ingestion,
                &format!("{folder}/"),
                None,
                "empty folder, kept as a directory",
            )?;
        }
        Ok(())
    }

    pub(super) fn digests(&mut self, payload: Oxum) -> io::Result<()> {
        let names: Vec<&str> = self.order.algorithms.iter().map(|algorithm| algorithm.name()).collect();
        let digests = format!("{} of {} files, {} octets", names.join(", "), payload.streams, payload.octets);
        self.record(EventType::MessageDigestCalculation, "data/", None, &digests)
    }

    /// Each list of checksums that came with the documents, and each document that is not what one says.
    pub(super) fn fixity(&mut self, checked: &Checked) -> io::Result<()> {
        let accession = &self.order.accession;
        for (name, of_list) in accession.lists.iter().zip(checked.by_list()) {
            let (outcome, mut detail) = match (of_list.compared, of_list.agreed) {
                (0, _) => (Outcome::Warning, "nothing that it lists is here".to_owned()),
                (all, agreed) => (
                    if agreed == all { Outcome::Success } else { Outcome::Fail },
                    format!("{agreed} of {all} digests agree"),
                ),
            };
            for algorithm in &of_list.otherwise {
                let _ =
                    write!(detail, "; by {algorithm}, which nothing names: by the usual algorithm none do");
            }
            self.record_as(outcome, EventType::FixityCheck, name, None, &detail)?;
        }
        for disagreement in &checked.disagreements {
            let mut rooms = [[0; 128]; 2];
            let [expected, found] = &mut rooms;
            let text = |digest: &Digest, room| {
                DigestText::new(digest.algorithm().name(), hex_of(digest.octets(), room))
            };
            let list = accession.lists.get(disagreement.list).map_or("", String::as_str);
            let event = Event {
                event_type: EventType::FixityCheck,
                object_path: accession.items[disagreement.item].path.as_str(),
                digest_before: text(&disagreement.expected, expected),
                digest_after: text(&disagreement.found, found),
                outcome: Outcome::Fail,
                detail: &format!("not what {list} says"),
            };
            self.ledger.record(&event, self.order.by).map_err(passed_on)?;
        }
        Ok(())
    }

    /// Values that were given and that the sheet cannot hold as they are.
    pub(super) fn given(&mut self) -> io::Result<()> {
        for item in &self.order.accession.items {
            let columns = not_kept(&item.given);
            if !columns.is_empty() {
                let detail = format!("given, and not kept in the sheet: {}", columns.join(", "));
                let path = item.path.as_str();
                self.record_as(Outcome::Warning, EventType::MetadataExtraction, path, None, &detail)?;
            }
        }
        Ok(())
    }

    /// What was told of formats, and each document whose extension says another one than its content.
    pub(super) fn formats(&mut self, payload: Oxum, formats: &FormatTable) -> io::Result<()> {
        let told = format!(
            "{} of {} files by their content, {} with a PRONOM identifier",
            formats.identified(),
            payload.streams,
            formats.with_puid()
        );
        self.record(EventType::FormatIdentification, "data/", None, &told)?;
        let order = self.order;
        for (file, item) in order.accession.items.iter().enumerate() {
            if let Some(words) = order.identifier.disagreement(item.path.file_name(), &formats.get(file)) {
                self.disagreeing += 1;
                let detail = format!("extension and content disagree: {words}");
                let path = item.path.as_str();
                self.record_as(Outcome::Warning, EventType::FormatIdentification, path, None, &detail)?;
            }
        }
        Ok(())
    }

    /// What was suggested, if anybody was asked to, and what a person should know of each document.
    pub(super) fn descriptions(
        &mut self,
        payload: Oxum,
        descriptions: &DescriptionTable,
        mentioned: Option<&MentionTally>,
    ) -> io::Result<()> {
        if self.order.describer.is_none() {
            return Ok(());
        }
        let tally = descriptions.tally();
        let mut suggested = format!(
            "suggested, to be confirmed by a person: a title of {}, a creator of {}, a date of {}, anything of {} of {} files",
            tally.titles, tally.creators, tally.dates, tally.described, payload.streams
        );
        let captures = tally.captures;
        if captures.groups > 0 {
            let _ = write!(
                suggested,
                "; {} of {} web captures with the usual court minimum",
                captures.complete, captures.groups
            );
        }
        if let Some(mentioned) = mentioned {
            let _ = write!(suggested, "; mentions of {mentioned}");
        }
        self.record(EventType::MetadataExtraction, "data/", None, &suggested)?;
        for (file, item) in self.order.accession.items.iter().enumerate() {
            if let Some(remark) = descriptions.remark(file) {
                let path = item.path.as_str();
                self.record_as(Outcome::Warning, EventType::MetadataExtraction, path, None, remark)?;
            }
        }
        Ok(())
    }

    /// The package itself, last; answers what was recorded in all.
    pub(super) fn package(mut self) -> io::Result<Recorded> {
        let package = format!("BagIt 1.0, fonds format {FORMAT_VERSION}");
        self.record(EventType::InformationPackageCreation, "", None, &package)?;
        let events = self.ledger.events();
        self.ledger.finish().map_err(passed_on)?;
        Ok(Recorded { events, disagreeing: self.disagreeing })
    }
}
