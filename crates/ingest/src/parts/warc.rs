//! Captures in a WARC (ISO 28500; WARC 1.0 and 1.1).

mod chunked;
pub(super) mod coding;
mod digest;
mod head;
mod http;
mod records;
mod report;
mod resume;
mod unproven;

use super::budget;
use super::found::Found;
use super::plain::{GZIP, Place, Plain, Stretch};
use super::titles::Titles;
use super::window::{Watch, Window};
use crate::source::OpenFile;
use records::Records;
use report::Tally;
use resume::Patience;
use std::io::{self, BufRead};
use std::sync::Arc;
use unproven::Unproven;

/// How often the codings of a container may unfold to all that is allowed.
const TRIES: u64 = 4;
/// How every record begins.
const MAGIC: &[u8] = b"WARC/";

/// Looks through a WARC; `None` if by its first octets it is none.
pub(super) fn look(
    file: &Arc<OpenFile>,
    stretches: &mut Vec<Stretch>,
    watch: Watch<'_>,
) -> io::Result<Option<Found>> {
    let mut first = [0; GZIP.len()];
    let begins = Window::new(Arc::clone(file), 0, file.size());
    let gzip = read_first(begins, &mut first)? == GZIP;
    let stretch = Stretch::whole(file.size(), gzip);
    if !begins_warc(file, stretch) {
        return Ok(None);
    }
    stretches.push(stretch);
    let mut captures = Captures::new(file.size());
    captures.read(file, stretches, watch)?;
    Ok(Some(captures.end("")))
}

/// Whether the octets of `stretch` begin as a record does.
pub(super) fn begins_warc(file: &Arc<OpenFile>, stretch: Stretch) -> bool {
    let window = Window::new(Arc::clone(file), stretch.at, stretch.octets);
    let mut plain = Plain::begin(window, stretch, Place { from: 0, skip: 0 }, budget::of(stretch.octets));
    plain.ahead(MAGIC.len()).is_ok_and(|ahead| ahead.starts_with(MAGIC))
}

fn read_first(mut reader: impl io::Read, room: &mut [u8]) -> io::Result<&[u8]> {
    let mut filled = 0;
    while filled < room.len() {
        match reader.read(&mut room[filled..])? {
            0 => break,
            octets => filled += octets,
        }
    }
    Ok(&room[..filled])
}

/// The captures of one container, which may hold several WARCs.
pub(super) struct Captures {
    found: Found,
    tally: Tally,
    /// Octets of the container.
    container: u64,
    /// Octets that may still be unfolded.
    budget: u64,
    /// Octets that codings may still unfold to, those of captures included that are not taken for it:
    /// else each of many small bombs would be followed as far as one.
    undoing: u64,
    titles: Titles,
    patience: Patience,
    unproven: Unproven,
}

impl Captures {
    pub(super) fn new(container: u64) -> Self {
        Self {
            found: Found::default(),
            tally: Tally::default(),
            container,
            budget: budget::of(container),
            undoing: budget::of(container).saturating_mul(TRIES),
            titles: Titles::default(),
            patience: Patience::default(),
            unproven: Unproven::default(),
        }
    }

    /// What pages are called by the list of a WACZ.
    pub(super) fn with_titles(self, titles: Titles) -> Self {
        Self { titles, ..self }
    }

    /// Reads the last of `stretches` from its beginning to its end; what is damaged is passed over where
    /// another record can be found behind it.
    ///
    /// # Errors
    /// If `watch` stops it, or the file cannot be read.
    pub(super) fn read(
        &mut self,
        file: &Arc<OpenFile>,
        stretches: &[Stretch],
        watch: Watch<'_>,
    ) -> io::Result<()> {
        let Some((index, &stretch)) = stretches.iter().enumerate().next_back() else { return Ok(()) };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let mut from = 0;
        loop {
            let left = stretch.octets.saturating_sub(from);
            let window = Window::new(Arc::clone(file), stretch.at.saturating_add(from), left).watched(watch);
            let plain = Plain::begin(window, stretch, Place { from, skip: 0 }, self.budget);
            self.unproven = Unproven::default();
            let mut records = Records::new(plain, index, stretch);
            let ended = self.all(&mut records);
            // What has come out counts, even where nothing came of it.
            self.budget = records.budget_left();
            let error = match ended {
                Err(error) if is_damage(&error) => error,
                other => return other,
            };
            if stretch.gzip {
                self.withdraw(records.plain());
            }
            let record = self.tally.records;
            let damaged = records.plain().place().from;
            let next = if records.plain().is_spent() {
                None
            } else {
                self.patience.next_member(file, stretch, damaged.saturating_add(1), watch)?
            };
            let Some(next) = next else {
                self.tally.end(&error.to_string());
                return Ok(());
            };
            let octets = next - damaged;
            self.tally.damage(format!(
                "{octets} octets passed over from octet {damaged} on, in record {record}: {error}"
            ));
            from = next;
        }
    }

    fn all(&mut self, records: &mut Records<'_>) -> io::Result<()> {
        while !records.plain().fill_buf()?.is_empty() {
            records.next(self)?;
        }
        Ok(())
    }

    /// What was found, with its notes; `more` stands behind what is said of the records.
    pub(super) fn end(mut self, more: &str) -> Found {
        let taken = self.found.parts.len();
        self.tally.note(&mut self.found, taken, more);
        self.found
    }
}

/// Whether an error is of what was read, and not of reading it.
fn is_damage(error: &io::Error) -> bool {
    !error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<super::Stopped>)
}
