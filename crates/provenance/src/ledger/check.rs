//! Reading a ledger back, and checking every rule of it.

use super::{
    Before, COLUMNS, LedgerFault, LedgerProblem, LedgerSummary, MAX_LINE_OCTETS, header_line, row::Cells,
};
use crate::id::{EventIdParts, event_id};
use crate::{DigestText, Error, Event, EventType, Outcome, Sha256Hex, Timestamp, cell, name};
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

/// Sees a ledger as it is read.
pub trait LedgerVisitor {
    /// An event whose row can be read, though other rules may be broken; called after its problems.
    fn event(&mut self, event: &StoredEvent<'_>);
    /// A rule that is broken.
    fn problem(&mut self, problem: LedgerProblem);
}

/// An event as it stands in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredEvent<'a> {
    /// The row, which is also the line; the header is 1.
    pub row: u64,
    /// Its identifier.
    pub event_id: &'a str,
    /// What was done to what, as values.
    pub event: Event<'a>,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Who answers for it, if known.
    pub agent: Option<&'a str>,
    /// What the agent was in this; may be blank.
    pub agent_role: &'a str,
    /// With what software; may be blank.
    pub software: &'a str,
}

/// Checks every rule of a ledger and gives each problem to `sink`, in the order of rows.
///
/// Needs memory for one row. What cannot be seen from the ledger alone is told in
/// [`ledger`](crate::ledger).
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if it cannot be read to its end.
pub fn check_ledger(reader: impl Read, sink: &mut dyn FnMut(LedgerProblem)) -> Result<LedgerSummary, Error> {
    struct ProblemsOnly<'a>(&'a mut dyn FnMut(LedgerProblem));
    impl LedgerVisitor for ProblemsOnly<'_> {
        fn event(&mut self, _: &StoredEvent<'_>) {}
        fn problem(&mut self, problem: LedgerProblem) {
            (self.0)(problem);
        }
    }
    visit_ledger(reader, &mut ProblemsOnly(sink))
}

/// As [`check_ledger`], and shows each event besides.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if it cannot be read to its end.
pub fn visit_ledger(reader: impl Read, visitor: &mut dyn LedgerVisitor) -> Result<LedgerSummary, Error> {
    visit_ledger_after(reader, Before::Header, visitor)
}

/// As [`visit_ledger`], of a ledger that may go on with another.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if it cannot be read to its end.
pub fn visit_ledger_after(
    reader: impl Read,
    before: Before,
    visitor: &mut dyn LedgerVisitor,
) -> Result<LedgerSummary, Error> {
    let mut reader = BufReader::with_capacity(MAX_LINE_OCTETS, reader);
    let mut line = Vec::with_capacity(512);
    let mut check = Check { visitor, before, summary: LedgerSummary::new(), row: 0, scratch: String::new() };
    loop {
        line.clear();
        (&mut reader)
            .take(MAX_LINE_OCTETS as u64 + 1)
            .read_until(b'\n', &mut line)
            .map_err(|source| Error::io("cannot read ledger of events", source))?;
        if line.is_empty() && check.row > 0 {
            return Ok(check.summary);
        }
        check.row += 1;
        if line.len() > MAX_LINE_OCTETS {
            check.report(LedgerFault::TooLong, &format!("at most {MAX_LINE_OCTETS} octets"), &line);
            return Ok(check.summary);
        }
        check.line(&line);
    }
}

struct Check<'v> {
    visitor: &'v mut dyn LedgerVisitor,
    before: Before,
    /// Its `last_row` is the hash of the row before, until that of the row at hand takes its place.
    summary: LedgerSummary,
    row: u64,
    scratch: String,
}

impl Check<'_> {
    fn report(&mut self, fault: LedgerFault, expected: &str, found: &[u8]) {
        self.summary.problems += 1;
        self.visitor.problem(LedgerProblem::new(self.row, fault, expected, found));
    }

    /// Reports unless what is found is what is expected.
    fn compare(&mut self, fault: LedgerFault, expected: &str, found: &str) {
        if expected != found {
            self.report(fault, expected, found.as_bytes());
        }
    }

    /// Checks a line with its CRLF, and remembers its hash.
    fn line(&mut self, line: &[u8]) {
        if self.row == 1 {
            let header = header_line();
            if line != header.as_bytes() {
                self.report(LedgerFault::Header, &header, line);
            }
        } else {
            self.summary.rows += 1;
            if let Some(cells) = self.text(line).and_then(|text| self.cells(text)) {
                self.cells_of_event(&cells.each_ref().map(|cell| &**cell));
            }
        }
        self.summary.last_row = match self.before {
            Before::Row(other) if self.row == 1 => other,
            _ => Sha256Hex::of(line),
        };
    }

    /// The line as text without its CRLF.
    fn text<'l>(&mut self, line: &'l [u8]) -> Option<&'l str> {
        let text = line.strip_suffix(b"\r\n").unwrap_or_else(|| {
            self.report(LedgerFault::LineEnd, "CRLF", &line[line.len().saturating_sub(2)..]);
            line.strip_suffix(b"\n").or(line.strip_suffix(b"\r")).unwrap_or(line)
        });
        let harmless = str::from_utf8(text).ok().filter(|text| name::is_harmless(text));
        if harmless.is_none() {
            self.report(LedgerFault::Text, "UTF-8 without control and bidirectional characters", text);
        }
        harmless
    }

    fn cells<'l>(&mut self, text: &'l str) -> Option<[Cow<'l, str>; COLUMNS.len()]> {
        let mut cells = std::array::from_fn(|_| Cow::Borrowed(""));
        let mut count = 0;
        for cell in Cells::of(text) {
            let Ok(cell) = cell else {
                self.report(
                    LedgerFault::Quotes,
                    "quotes about a cell with a comma or quote, and no other",
                    text.as_bytes(),
                );
                return None;
            };
            if let Some(place) = cells.get_mut(count) {
                *place = cell;
            }
            count += 1;
        }
        if count == COLUMNS.len() {
            return Some(cells);
        }
        self.report(LedgerFault::CellCount, &COLUMNS.len().to_string(), count.to_string().as_bytes());
        None
    }

    fn cells_of_event(&mut self, cells: &[&str; COLUMNS.len()]) {
        let [
            event_no,
            id,
            label,
            uri,
            at,
            agent,
            role,
            software,
            path,
            before,
            after,
            outcome,
            detail,
            previous,
        ] = *cells;
        let expected_no = self.row - 1;
        if !is_decimal(event_no, expected_no) {
            self.report(LedgerFault::EventNo, &expected_no.to_string(), event_no.as_bytes());
        }
        let last_row = self.summary.last_row;
        if self.row > 2 || self.before != Before::Untold {
            self.compare(LedgerFault::Previous, last_row.as_str(), previous);
        }

        let event_type =
            self.known(LedgerFault::EventType, "a PREMIS term", label, EventType::from_label(label));
        if let Some(event_type) = event_type {
            self.compare(LedgerFault::EventTypeUri, event_type.uri(), uri);
        }
        let time = self.known(
            LedgerFault::Time,
            "a time like 2023-07-06T09:14:02Z",
            at,
            at.parse::<Timestamp>().ok(),
        );
        let outcome = self.known(
            LedgerFault::Outcome,
            "success, fail or warning",
            outcome,
            Outcome::from_word(outcome),
        );
        let digest_before = self.digest(before);
        let digest_after = self.digest(after);
        let [agent, agent_role, software, object_path, detail] =
            [agent, role, software, path, detail].map(|cell| self.value(cell));

        let parts = EventIdParts { previous, event_no, event_type: label, at, object_path };
        let expected_id = event_id(&parts, &mut self.scratch);
        self.compare(LedgerFault::EventId, expected_id.as_str(), id);

        self.summary.agents.note(agent);
        self.summary.software.note(software);
        if let (Some(event_type), Some(time), Some(outcome)) = (event_type, time, outcome) {
            let at = DateTime::from(time);
            self.summary.count_event(event_type, at);
            let event = Event { event_type, object_path, digest_before, digest_after, outcome, detail };
            let agent = Some(agent).filter(|agent| !agent.is_empty());
            self.visitor.event(&StoredEvent {
                row: self.row,
                event_id: id,
                event,
                at,
                agent,
                agent_role,
                software,
            });
        }
    }

    /// Reports what could not be understood.
    fn known<T>(
        &mut self,
        fault: LedgerFault,
        expected: &str,
        found: &str,
        understood: Option<T>,
    ) -> Option<T> {
        if understood.is_none() {
            self.report(fault, expected, found.as_bytes());
        }
        understood
    }

    fn digest<'c>(&mut self, cell: &'c str) -> Option<DigestText<'c>> {
        if cell.is_empty() {
            return None;
        }
        self.known(
            LedgerFault::Digest,
            "a digest like sha256:9f2c…, or a blank",
            cell,
            DigestText::parse(cell),
        )
    }

    /// The value of a cell of text.
    fn value<'c>(&mut self, cell: &'c str) -> &'c str {
        let value = cell::restore(cell);
        if !cell::is_neutral(cell) {
            self.report(LedgerFault::Formula, &cell::neutralise(value), cell.as_bytes());
        }
        value
    }
}

/// Whether `text` is the one decimal form of `number`.
fn is_decimal(text: &str, number: u64) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') && text.parse() == Ok(number)
}
