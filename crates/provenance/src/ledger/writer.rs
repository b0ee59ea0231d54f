//! Writing a ledger.

use super::{
    Before, LedgerProblem, LedgerVisitor, MAX_LINE_OCTETS, StoredEvent, header_line, row::Row,
    visit_ledger_after,
};
use crate::id::{EventIdParts, event_id};
use crate::name::spell;
use crate::{Attribution, DigestText, Error, ErrorKind, Event, Sha256Hex, Timestamp};
use std::fmt::Write as _;
use std::io::{self, BufWriter, Read, Write};

/// Writes `events.csv`, one row per event; see [`ledger`](crate::ledger).
///
/// Needs 128 KiB and nothing per row. The same events and attributions give the same octets.
pub struct LedgerWriter<W: Write> {
    out: BufWriter<W>,
    row: Row,
    last_row: Sha256Hex,
    events: u64,
    scratch: Scratch,
}

/// Text that is made anew for each row.
#[derive(Default)]
struct Scratch {
    event_no: String,
    at: String,
    id: String,
    digest: String,
}

impl<W: Write> LedgerWriter<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if `out` cannot be written.
    pub fn new(out: W) -> Result<Self, Error> {
        let mut out = BufWriter::with_capacity(MAX_LINE_OCTETS, out);
        let header = header_line();
        out.write_all(header.as_bytes()).map_err(cannot_write)?;
        let last_row = Sha256Hex::of(header.as_bytes());
        Ok(Self { out, row: Row::new(), last_row, events: 0, scratch: Scratch::default() })
    }

    /// Writes the header of a ledger that goes on with another one, whose last row has this SHA-256.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if `out` cannot be written.
    pub fn following(last_row: Sha256Hex, out: W) -> Result<Self, Error> {
        Ok(Self { last_row, ..Self::new(out)? })
    }

    /// Copies a ledger octet for octet, and goes on behind its last row.
    ///
    /// # Errors
    /// [`ErrorKind::Ledger`] if it breaks a rule: nobody could tell later who broke it. Then, and with
    /// [`ErrorKind::Io`] if it cannot be read or `out` not be written, what was written is not to be used.
    pub fn resuming(existing: impl Read, out: W) -> Result<Self, Error> {
        Self::resuming_after(existing, Before::Header, out)
    }

    /// The same of a ledger that itself may go on with another.
    ///
    /// # Errors
    /// Those of [`resuming`](Self::resuming).
    pub fn resuming_after(existing: impl Read, before: Before, out: W) -> Result<Self, Error> {
        let mut out = BufWriter::with_capacity(MAX_LINE_OCTETS, out);
        let mut first = First(None);
        let copying = Copying { from: existing, to: &mut out };
        let summary = visit_ledger_after(copying, before, &mut first)?;
        if let Some(problem) = first.0 {
            let message = format!("cannot go on in a ledger that breaks its rules: {problem}");
            return Err(Error::new(ErrorKind::Ledger, message));
        }
        let (last_row, events) = (summary.last_row, summary.rows);
        Ok(Self { out, row: Row::new(), last_row, events, scratch: Scratch::default() })
    }

    /// Writes one event, for which `by` answers.
    ///
    /// # Errors
    /// [`ErrorKind::Time`] if the time has no text and [`ErrorKind::TooLong`] if the row has more than
    /// [`MAX_LINE_OCTETS`]; then nothing was written, and others may follow. [`ErrorKind::Io`] if it
    /// cannot be written.
    pub fn record(&mut self, event: &Event<'_>, by: &Attribution) -> Result<(), Error> {
        let Scratch { event_no, at, id, digest } = &mut self.scratch;
        at.clear();
        Timestamp::try_from(by.at)?.write_to(at);
        event_no.clear();
        let _ = write!(event_no, "{}", self.events + 1);
        let object_path = spell(event.object_path);
        let previous = self.last_row.as_str();
        let event_type = event.event_type.label();
        let event_id =
            event_id(&EventIdParts { previous, event_no, event_type, at, object_path: &object_path }, id);

        let row = &mut self.row;
        row.begin();
        for cell in [event_no, event_id.as_str(), event_type, event.event_type.uri(), at] {
            row.cell(cell);
        }
        for text in [by.agent.as_deref().unwrap_or_default(), &by.role, &by.software] {
            row.text(&spell(text));
        }
        row.text(&object_path);
        row.cell(digest_cell(event.digest_before, digest));
        row.cell(digest_cell(event.digest_after, digest));
        row.cell(event.outcome.word());
        row.text(&spell(event.detail));
        row.cell(previous);
        let Some(line) = row.end() else {
            return Err(Error::new(
                ErrorKind::TooLong,
                format!("cannot record event {event_no}: its row is too long"),
            ));
        };

        self.out.write_all(line).map_err(cannot_write)?;
        self.last_row = Sha256Hex::of(line);
        self.events += 1;
        Ok(())
    }

    /// How many events were written.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The SHA-256 of the last row as stored, with its CRLF; of the header before the first event.
    #[must_use]
    pub fn last_row(&self) -> Sha256Hex {
        self.last_row
    }

    /// Writes what is still held back, and gives back what was written to.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be written.
    pub fn finish(self) -> Result<W, Error> {
        self.out.into_inner().map_err(|error| cannot_write(error.into_error()))
    }
}

/// The first problem of a ledger.
struct First(Option<LedgerProblem>);

impl LedgerVisitor for First {
    fn event(&mut self, _: &StoredEvent<'_>) {}

    fn problem(&mut self, problem: LedgerProblem) {
        self.0.get_or_insert(problem);
    }
}

/// Hands on what it reads, and writes it besides.
struct Copying<'a, R, W> {
    from: R,
    to: &'a mut W,
}

impl<R: Read, W: Write> Read for Copying<'_, R, W> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.from.read(room)?;
        self.to.write_all(&room[..octets])?;
        Ok(octets)
    }
}

/// The cell of a digest, or a blank one.
fn digest_cell<'s>(digest: Option<DigestText<'_>>, scratch: &'s mut String) -> &'s str {
    scratch.clear();
    if let Some(digest) = digest {
        scratch.push_str(digest.algorithm());
        scratch.push(':');
        scratch.push_str(digest.hex());
    }
    scratch
}

fn cannot_write(source: std::io::Error) -> Error {
    Error::io("cannot write ledger of events", source)
}
