//! What very many documents mention, in little memory: rows lie in a file without a name beside the
//! target, until they are written in the order of paths.

use crate::mentions::{header, rows};
use crate::{Error, ErrorKind, Result};
use bagit::staging::nameless;
use provenance::Item;
use provenance::description::{Mention, MentionKind};
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Octets of rows that are held before they go to the file: small accessions need none.
const HELD: usize = 1 << 20;

/// Rows as they are made, by many threads.
pub(super) struct Spool {
    target: PathBuf,
    rows: Mutex<Rows>,
}

/// Rows of all documents, and where those of each lie.
pub(super) struct Rows {
    file: Option<File>,
    /// Octets in the file; what is held comes behind them.
    written: u64,
    held: Vec<u8>,
    /// Offset and octets of each document's rows.
    places: Vec<(u64, u32)>,
    tally: MentionTally,
}

/// How much is mentioned. All of it is to be confirmed by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MentionTally {
    /// Documents that mention anything.
    pub documents: u64,
    /// Mentions of each kind, in the order of [`MentionKind::ALL`].
    pub by_kind: [u64; MentionKind::ALL.len()],
}

impl MentionTally {
    /// Mentions of a kind.
    #[must_use]
    pub fn of(&self, kind: MentionKind) -> u64 {
        let place = MentionKind::ALL.iter().position(|other| *other == kind);
        place.map_or(0, |place| self.by_kind[place])
    }
}

/// In words: `3 persons, 1 organisation, 0 quotations, 9 dates, 1 place, 0 events, in 2 files`.
impl fmt::Display for MentionTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, count) in MentionKind::ALL.into_iter().zip(self.by_kind) {
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{count} {}{plural}, ", kind.word())?;
        }
        write!(f, "in {} file{}", self.documents, if self.documents == 1 { "" } else { "s" })
    }
}

impl Spool {
    /// For so many documents of a bundle that will be `target`.
    pub(super) fn new(files: usize, target: &Path) -> Self {
        let rows = Rows {
            file: None,
            written: 0,
            held: Vec::new(),
            places: vec![(0, 0); files],
            tally: MentionTally::default(),
        };
        Self { target: target.to_owned(), rows: Mutex::new(rows) }
    }

    /// Keeps what a document mentions.
    ///
    /// # Errors
    /// If the rows cannot be written beside the target.
    pub(super) fn keep(&self, file: usize, item: &Item, mentions: &[Mention]) -> Result<()> {
        if mentions.is_empty() {
            return Ok(());
        }
        let (text, kept) =
            rows(item.path.as_str(), item.size_octets, mentions).map_err(|error| self.failed(error))?;
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.keep(file, &text, &kept, &self.target).map_err(|error| self.failed(error))
    }

    /// The rows, now that all documents were seen.
    pub(super) fn into_rows(self) -> Rows {
        self.rows.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, error: io::Error) -> Error {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::NoSpace,
            _ => ErrorKind::Package,
        };
        let deed = format!("cannot write what is mentioned beside `{}`", self.target.display());
        Error::io(kind, &deed, error)
            .with_hint("free some space, write to another disk, or use --no-mentions")
    }
}

impl Rows {
    fn keep(&mut self, file: usize, text: &[u8], kept: &[&Mention], target: &Path) -> io::Result<()> {
        let octets = u32::try_from(text.len()).map_err(io::Error::other)?;
        if self.held.len() + text.len() > HELD {
            self.write_held(target)?;
        }
        if let Some(place) = self.places.get_mut(file) {
            *place = (self.written + self.held.len() as u64, octets);
        }
        self.held.extend_from_slice(text);
        self.tally.documents += u64::from(!kept.is_empty());
        for mention in kept {
            if let Some(place) = MentionKind::ALL.iter().position(|kind| *kind == mention.kind) {
                self.tally.by_kind[place] += 1;
            }
        }
        Ok(())
    }

    fn write_held(&mut self, target: &Path) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(nameless(target).map_err(io::Error::other)?),
        };
        file.write_all(&self.held)?;
        self.written += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }

    pub(super) fn tally(&self) -> &MentionTally {
        &self.tally
    }

    /// The whole text of `mentions.csv`.
    pub(super) fn write_to(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&header()?)?;
        let mut text = Vec::new();
        // Neighbours mostly lie behind each other: one read is for many of them.
        let mut at = 0;
        while at < self.places.len() {
            let (start, mut octets) = (self.places[at].0, u64::from(self.places[at].1));
            at += 1;
            while let Some(&(next, more)) = self.places.get(at)
                && (more == 0 || octets > 0 && next == start + octets)
                && octets + u64::from(more) <= HELD as u64
            {
                octets += u64::from(more);
                at += 1;
            }
            text.clear();
            self.read(start, octets, &mut text)?;
            out.write_all(&text)?;
        }
        Ok(())
    }

    /// Reads octets of the rows; none of them lie on both sides of the end of the file.
    fn read(&mut self, start: u64, octets: u64, text: &mut Vec<u8>) -> io::Result<()> {
        let in_file = self.written.saturating_sub(start).min(octets);
        if in_file > 0
            && let Some(file) = &mut self.file
        {
            file.seek(SeekFrom::Start(start))?;
            if file.take(in_file).read_to_end(text)? as u64 != in_file {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        if octets > in_file {
            let from =
                usize::try_from((start + in_file).saturating_sub(self.written)).map_err(io::Error::other)?;
            let count = usize::try_from(octets - in_file).map_err(io::Error::other)?;
            let held = self.held.get(from..from + count).ok_or(io::ErrorKind::UnexpectedEof)?;
            text.extend_from_slice(held);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str) -> Mention {
        Mention {
            kind: MentionKind::Person,
            text: text.into(),
            role: String::new(),
            speaker: String::new(),
            normalised: String::new(),
            start: 1,
            end: 9,
            signal: "title",
            confidence: 90,
        }
    }

    fn item(path: &str) -> Item {
        Item {
            path: fixity::PayloadPath::new(path).unwrap(),
            received_as: None,
            size_octets: 9,
            modified: None,
            handle: 0,
            given: Vec::new(),
        }
    }

    #[test]
    fn rows_come_in_the_order_of_files_whenever_they_were_made() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("b.zip");
        let text = |order: &[usize]| {
            let spool = Spool::new(40, &target);
            for &file in order {
                // Some 3 MB in all, so that most of it goes through the file.
                let mentions = vec![mention(&"x".repeat(4_000 + file)); 20];
                spool.keep(file, &item(&format!("data/{file:03}")), &mentions[..file % 21]).unwrap();
            }
            let mut rows = spool.into_rows();
            let mut text = Vec::new();
            rows.write_to(&mut text).unwrap();
            assert_eq!(
                rows.tally().of(MentionKind::Person),
                (0..40).map(|file| file % 21).sum::<usize>() as u64
            );
            assert!(rows.file.is_some());
            text
        };
        let forward: Vec<usize> = (0..40).collect();
        let backward: Vec<usize> = (0..40).rev().collect();
        let one = text(&forward);
        assert_eq!(one, text(&backward));
        let expected: Vec<u8> = (0..40)
            .map(|file| {
                rows(&format!("data/{file:03}"), 9, &vec![mention(&"x".repeat(4_000 + file)); file % 21])
                    .unwrap()
                    .0
            })
            .collect::<Vec<_>>()
            .concat();
        assert!(one.ends_with(&expected) && one.starts_with(&header().unwrap()));
        assert_eq!(std::fs::read_dir(room.path()).unwrap().count(), 0, "nothing is left beside the target");
    }

    #[test]
    fn a_target_in_no_folder_fails_only_when_there_is_much() {
        let spool = Spool::new(400, Path::new("/nonexistent/folder/b.zip"));
        spool.keep(0, &item("data/a"), &[mention("Example")]).unwrap();
        let long = vec![mention(&"x".repeat(4_000)); 100];
        let failed = (1..9).find_map(|file| spool.keep(file, &item("data/b"), &long).err()).unwrap();
        assert!(failed.to_string().contains("what is mentioned beside `/nonexistent/folder/b.zip`"));
    }
}
