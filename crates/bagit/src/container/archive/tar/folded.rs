//! A bag in a TAR that is compressed as a whole.
//!
//! Nothing in it can be read but by unfolding all that stands before. So it is read through once when
//! it is opened: entries are found, tag files are kept in memory, and every file is summed by what the
//! manifests probably ask for. Only what this does not answer takes another way through.

mod pass;
mod pool;
mod sums;

use super::super::Window;
use super::super::budget::{Budget, Kept};
use super::super::members::{self, Members, sort_out};
use super::super::unfold::{Fold, Obstacle, Unfolded};
use super::scan::Kind;
use super::{Tar, begins_tar, split, unread};
use crate::container::{Container, Contents, Notes, Opening, Stream};
use crate::finding::{E101, E108, E110, E111, Finding, W212};
use crate::staging::{expect_room, nameless};
use crate::{Error, ErrorKind, Result};
use fixity::{Algorithm, Observer, Phase, Step, SumTable};
use pass::{Brought, Wanted};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Files that may be opened by unfolding all that stands before them.
const MOST_REOPENED: u32 = 8;
/// Octets that are written at a time where a TAR is unfolded into a file.
const CHUNK: usize = 1 << 20;

/// A file that is compressed as a whole.
struct Compressed {
    file: File,
    octets: u64,
    fold: Fold,
}

impl Compressed {
    /// Unfolds it from its beginning; `taken` is told how much of the file has been read.
    fn stream<'a>(&'a self, taken: &'a AtomicU64) -> Kept<Unfolded<Counted<'a>>> {
        let window = Window { file: &self.file, at: 0, left: self.octets };
        self.budget().keep(Unfolded::new(self.fold, Counted { window, taken }))
    }

    const fn budget(&self) -> Budget {
        Budget::of(self.octets)
    }
}

/// A stretch of a file that counts what is read of it.
struct Counted<'a> {
    window: Window<'a>,
    taken: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.window.read(room)?;
        self.taken.fetch_add(octets as u64, Ordering::Relaxed);
        Ok(octets)
    }
}

/// Where the content of an entry begins in the unfolded TAR, how long it is, and what it is.
#[derive(Clone, Copy)]
struct Place {
    kind: Kind,
    at: u64,
    octets: u64,
}

/// A compressed TAR that has been read through.
pub(in super::super) struct Folded {
    compressed: Compressed,
    /// By number in the archive.
    places: Vec<Place>,
    pub(in super::super) members: Members,
    tags: HashMap<usize, Vec<u8>>,
    sums: Mutex<sums::Sums>,
    /// Whether contents have been read, and not only tag files.
    has_read: Mutex<bool>,
    reopened: AtomicU32,
    wanted: members::Wanted,
}

impl Folded {
    /// Opens a file that is folded by `fold`; `Err` within is what is wrong with a file that holds no
    /// TAR that can be read.
    ///
    /// # Errors
    /// If the file cannot be read, or the observer asked to stop.
    pub(in super::super) fn open(
        file: File,
        fold: Fold,
        opening: &Opening<'_>,
        of_it: members::Wanted,
    ) -> Result<std::result::Result<Self, Finding>> {
        let octets = file.metadata().map_err(|error| unread_archive(&error))?.len();
        let compressed = Compressed { file, octets, fold };
        let mut first = Vec::new();
        let begun = compressed.stream(&AtomicU64::new(0)).take(512).read_to_end(&mut first);
        if begun.is_ok() && !begins_tar(&first) {
            let message =
                format!("expected a ZIP or TAR file, found one of {} that holds no TAR", fold.name());
            return Ok(Err(Finding::new(&E101, "", message)));
        }
        let wanted = if opening.sums { Wanted::TagsAndSums } else { Wanted::Tags };
        let brought = pass::run(&compressed, wanted, opening.threads, opening.observer)?;
        Ok(Self::of(compressed, brought, opening.sums, of_it))
    }

    fn of(
        compressed: Compressed,
        brought: Brought,
        has_read: bool,
        of_it: members::Wanted,
    ) -> std::result::Result<Self, Finding> {
        let Brought { found, tags, sums, mut findings, error } = brought;
        if let Some(error) = error {
            let ended = what_ended(&compressed, &error, found.is_empty());
            // A bomb is not looked into; and where the rest is not understood, nothing is missing yet.
            if found.is_empty() || ended.code == &E110 || ended.code == &W212 {
                return Err(ended);
            }
            findings.push(ended);
        }
        let mut places = Vec::with_capacity(found.len());
        let mut named = Vec::with_capacity(found.len());
        for found in found {
            places.push(Place { kind: found.kind, at: found.at, octets: found.octets });
            named.push(split(found, named.len()).0);
        }
        let mut members = sort_out(named, of_it);
        members.contents.findings.extend(findings);
        Ok(Self {
            compressed,
            places,
            members,
            tags,
            sums: Mutex::new(sums),
            has_read: Mutex::new(has_read),
            reopened: AtomicU32::new(0),
            wanted: of_it,
        })
    }
}

/// The finding about a stream that ended before the TAR in it.
fn what_ended(compressed: &Compressed, error: &io::Error, is_all: bool) -> Finding {
    if Budget::is_exceeded(error) {
        return compressed.budget().finding();
    }
    let name = compressed.fold.name();
    match Obstacle::of(error) {
        Some(Obstacle::Trailing) => {
            let message = format!("expected nothing behind the end of what {name} made, found other octets");
            Finding::new(&E111, "", message)
        }
        Some(obstacle) => {
            let message =
                format!("expected a TAR compressed by {name} that fonds can unfold, found that {obstacle}");
            Finding::new(&W212, "", message)
        }
        None => {
            let code = if is_all { &E101 } else { &E108 };
            let message =
                format!("expected a TAR compressed by {name}, found it damaged or cut short: {error}");
            Finding::new(code, "", message)
        }
    }
}

fn unread_archive(error: &io::Error) -> Error {
    Error::new(ErrorKind::Read, format!("cannot read the archive: {error}"))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Container for Folded {
    fn contents(&self) -> &Contents {
        &self.members.contents
    }

    fn media_types(&self) -> Option<&'static [&'static str]> {
        Some(self.compressed.fold.media_types())
    }

    fn open(&self, index: usize, notes: Notes<'_>) -> Option<Stream<'_>> {
        let number = self.members.indices[index];
        let entry = &self.members.contents.entries[index];
        if let Some(tag) = self.tags.get(&number) {
            return Some(Box::new(Cursor::new(tag.as_slice())));
        }
        let place = self.places[number];
        if let Some(finding) = unread(entry, place.kind) {
            notes(index, finding);
            return None;
        }
        if self.reopened.fetch_add(1, Ordering::Relaxed) >= MOST_REOPENED {
            let message = format!(
                "expected at most {MOST_REOPENED} files to be looked up in a compressed TAR, found more"
            );
            notes(index, Finding::new(&W212, entry.path.as_str(), message));
            return None;
        }
        Some(Box::new(Later {
            stream: Box::new(self.compressed.stream(&NOBODY)),
            before: place.at,
            left: place.octets,
        }))
    }

    fn sums(
        &self,
        files: &[usize],
        algorithms: &[Algorithm],
        opening: &Opening<'_>,
        notes: Notes<'_>,
    ) -> Option<Result<SumTable>> {
        let numbers: Vec<usize> = files.iter().map(|&index| self.members.indices[index]).collect();
        let mut sums = lock(&self.sums);
        let mut has_read = lock(&self.has_read);
        let lacking = if *has_read { sums.lacking(&numbers, algorithms) } else { algorithms.to_vec() };
        if !*has_read || !lacking.is_empty() {
            let wanted = Wanted::Sums(&lacking);
            match pass::run(&self.compressed, wanted, opening.threads, opening.observer) {
                Ok(brought) => sums.extend(brought.sums),
                Err(error) => return Some(Err(error)),
            }
            *has_read = true;
        }
        let table = sums.table(&numbers, algorithms);
        for (file, &index) in files.iter().enumerate().filter(|&(file, _)| table.size(file).is_none()) {
            let entry = &self.members.contents.entries[index];
            let cut = || {
                let message = "expected to read the file, found that the archive is damaged or ends before";
                Finding::new(&E108, entry.path.as_str(), message)
            };
            notes(index, unread(entry, self.places[numbers[file]].kind).unwrap_or_else(cut));
        }
        Some(Ok(table))
    }

    fn unfolded(&self, target: &Path, observer: &dyn Observer) -> Result<Option<Box<dyn Container>>> {
        let furthest = self.places.iter().map(|place| place.at.saturating_add(place.octets)).max();
        expect_room(target, furthest.unwrap_or(0))?;
        let begun = Step::Began { phase: Phase::Extracting, files: 0, octets: self.compressed.octets };
        let mut go_on = observer.observe(begun);
        let mut out = nameless(target)?;
        let taken = AtomicU64::new(0);
        let mut stream = self.compressed.stream(&taken);
        let mut told = 0;
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            if go_on == ControlFlow::Break(()) {
                return Err(super::super::super::cancelled());
            }
            chunk.clear();
            (&mut stream)
                .take(CHUNK as u64)
                .read_to_end(&mut chunk)
                .map_err(|error| unread_archive(&error))?;
            if chunk.is_empty() {
                break;
            }
            out.write_all(&chunk)
                .map_err(|error| Error::io(ErrorKind::Write, "unfold the archive beside", target, error))?;
            let so_far = taken.load(Ordering::Relaxed);
            go_on = observer.observe(Step::Advanced { files: 0, octets: so_far - told });
            told = so_far;
        }
        let _ = observer.observe(Step::Ended);
        let tar =
            Tar::open(out, self.wanted).map_err(|error| Error::io(ErrorKind::Read, "read", target, error))?;
        Ok(Some(Box::new(tar)))
    }
}

/// Counts for a stream of which nobody wants to know how far it is.
static NOBODY: AtomicU64 = AtomicU64::new(0);

/// A stretch of the unfolded TAR, reached by unfolding all before it.
struct Later<R> {
    stream: R,
    before: u64,
    left: u64,
}

impl<R: Read> Read for Later<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.before > 0 {
            let passed = io::copy(&mut self.stream.by_ref().take(self.before), &mut io::sink())?;
            if passed < self.before {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.before = 0;
        }
        let most = room.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let octets = self.stream.read(&mut room[..most])?;
        if octets == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= octets as u64;
        Ok(octets)
    }
}
