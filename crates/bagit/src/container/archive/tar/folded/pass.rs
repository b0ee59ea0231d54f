//! One way through a compressed TAR: one thread unfolds, one goes over the entries, others digest.

use super::super::scan::{Found, Kind, Scan, Source};
use super::Compressed;
use super::pool::{PIECE, Pool};
use super::sums::Sums;
use crate::Result;
use crate::container::cancelled;
use crate::finding::Finding;
use fixity::{Algorithm, Observer, Phase, Step};
use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Unfolded octets that are handed on at a time, and how many such chunks may wait.
const CHUNK: usize = 256 << 10;
const WAITING: usize = 8;
/// Octets of tag files that are kept in memory, in all.
const MOST_KEPT: u64 = 32 << 20;
/// What manifests are made by; made of every file for as long as no manifest was seen.
const USUAL: [Algorithm; 4] = [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];

/// What a pass is to bring.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// Entries and tag files.
    Tags,
    /// The same, and the sums by whatever the manifests probably ask for.
    TagsAndSums,
    /// Sums by exactly these algorithms, of what an earlier pass has found.
    Sums(&'a [Algorithm]),
}

/// What a pass has brought.
#[derive(Default)]
pub(super) struct Brought {
    pub(super) found: Vec<Found>,
    /// Tag files, whole, by the number of their entry.
    pub(super) tags: HashMap<usize, Vec<u8>>,
    pub(super) sums: Sums,
    pub(super) findings: Vec<Finding>,
    /// What ended the stream before the TAR.
    pub(super) error: Option<io::Error>,
}

/// Goes through the archive once.
///
/// # Errors
/// Only if the observer asked to stop.
pub(super) fn run(
    compressed: &Compressed,
    wanted: Wanted<'_>,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Brought> {
    let begun = Step::Began { phase: Phase::Verifying, files: 0, octets: compressed.octets };
    if observer.observe(begun) == ControlFlow::Break(()) {
        return Err(cancelled());
    }
    let taken = AtomicU64::new(0);
    let brought = std::thread::scope(|scope| {
        let (chunks, inbox) = sync_channel(WAITING);
        let taken = &taken;
        scope.spawn(move || unfold(compressed, taken, &chunks));
        let source =
            Chunks { inbox, chunk: Vec::new(), at: 0, taken, told: 0, observer, is_cancelled: false };
        let pool = (!matches!(wanted, Wanted::Tags)).then(|| Pool::start(scope, threads));
        let pass = Journey {
            scan: Scan::new(source, compressed.octets),
            pool,
            wanted,
            algorithms: match wanted {
                Wanted::Sums(algorithms) => algorithms.into(),
                _ => USUAL.into(),
            },
            has_seen_manifest: false,
            room_for_tags: MOST_KEPT,
            brought: Brought::default(),
        };
        pass.go()
    })?;
    let _ = observer.observe(Step::Ended);
    Ok(brought)
}

/// The first thread: unfolds, and hands over.
fn unfold(compressed: &Compressed, taken: &AtomicU64, chunks: &SyncSender<io::Result<Vec<u8>>>) {
    let mut stream = compressed.stream(taken);
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        let read = (&mut stream).take(CHUNK as u64).read_to_end(&mut chunk);
        let is_end = chunk.is_empty();
        // Whoever does not listen any more wants no more.
        if (!is_end && chunks.send(Ok(chunk)).is_err()) || (is_end && read.is_ok()) {
            return;
        }
        if let Err(error) = read {
            let _ = chunks.send(Err(error));
            return;
        }
    }
}

/// The unfolded octets, where they arrive.
struct Chunks<'a> {
    inbox: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    at: usize,
    taken: &'a AtomicU64,
    told: u64,
    observer: &'a dyn Observer,
    is_cancelled: bool,
}

impl Chunks<'_> {
    /// What is there, after waiting for it; nothing at the end.
    fn ahead(&mut self) -> io::Result<&[u8]> {
        if self.at == self.chunk.len() {
            let Ok(chunk) = self.inbox.recv() else { return Ok(&[]) };
            (self.chunk, self.at) = (chunk?, 0);
            let taken = self.taken.load(Ordering::Relaxed);
            self.tell(0, taken - self.told)?;
            self.told = taken;
        }
        Ok(&self.chunk[self.at..])
    }

    fn tell(&mut self, files: u64, octets: u64) -> io::Result<()> {
        if self.observer.observe(Step::Advanced { files, octets }) == ControlFlow::Break(()) {
            self.is_cancelled = true;
            return Err(io::Error::other("cancelled"));
        }
        Ok(())
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let ahead = self.ahead()?;
        let octets = ahead.len().min(room.len());
        room[..octets].copy_from_slice(&ahead[..octets]);
        self.at += octets;
        Ok(octets)
    }
}

impl Source for Chunks<'_> {
    fn pass(&mut self, octets: u64) -> io::Result<u64> {
        let mut left = octets;
        while left > 0 {
            let ahead = self.ahead()?.len();
            if ahead == 0 {
                break;
            }
            let passed = ahead.min(usize::try_from(left).unwrap_or(usize::MAX));
            self.at += passed;
            left -= passed as u64;
        }
        Ok(octets - left)
    }
}

/// The second thread: goes over the entries.
struct Journey<'a> {
    scan: Scan<Chunks<'a>>,
    pool: Option<Pool>,
    wanted: Wanted<'a>,
    algorithms: Arc<[Algorithm]>,
    has_seen_manifest: bool,
    room_for_tags: u64,
    brought: Brought,
}

impl Journey<'_> {
    fn go(mut self) -> Result<Brought> {
        let ended = self.go_over();
        if self.scan.source().is_cancelled {
            return Err(cancelled());
        }
        if let Some(pool) = self.pool {
            pool.end(&mut self.brought.sums);
        }
        self.brought.findings = self.scan.into_findings();
        self.brought.error = ended.err();
        Ok(self.brought)
    }

    fn go_over(&mut self) -> io::Result<()> {
        while let Some(found) = self.scan.next()? {
            self.mind(&found.name);
            let entry = self.brought.found.len();
            let (kind, octets) = (found.kind, found.octets);
            let is_kept = kind == Kind::File && self.is_kept(&found);
            // Told of before its content comes: that may be cut short.
            self.brought.found.push(found);
            if kind == Kind::File && (is_kept || self.pool.is_some()) {
                self.take(entry, octets, is_kept)?;
            }
            self.scan.source_mut().tell(1, 0)?;
            if let Some(pool) = &self.pool {
                pool.collect(&mut self.brought.sums);
            }
        }
        Ok(())
    }

    /// Takes one file to the digests, and to memory where it is kept.
    fn take(&mut self, entry: usize, octets: u64, is_kept: bool) -> io::Result<()> {
        let lanes = self.pool.as_mut().map(|pool| pool.begin(entry, octets, &self.algorithms));
        let mut kept = Vec::new();
        let mut left = octets;
        loop {
            let mut piece = vec![0; usize::try_from(left.min(PIECE as u64)).unwrap_or(PIECE)];
            let mut filled = 0;
            while filled < piece.len() {
                match self.scan.read_content(&mut piece[filled..])? {
                    0 => return Ok(()),
                    octets => filled += octets,
                }
            }
            left -= filled as u64;
            if is_kept {
                kept.extend_from_slice(&piece);
            }
            if let (Some(pool), Some(lanes)) = (&self.pool, &lanes) {
                pool.put(lanes, piece, left == 0);
            }
            if left == 0 {
                break;
            }
        }
        if is_kept {
            self.brought.tags.insert(entry, kept);
        }
        Ok(())
    }

    /// Looks for manifests: files behind them need no other algorithms than theirs.
    fn mind(&mut self, name: &str) {
        let Some(algorithm) = algorithm_of(name).filter(|_| matches!(self.wanted, Wanted::TagsAndSums))
        else {
            return;
        };
        let seen = if self.has_seen_manifest { &*self.algorithms } else { &[] };
        self.has_seen_manifest = true;
        if !seen.contains(&algorithm) {
            self.algorithms = seen.iter().copied().chain(std::iter::once(algorithm)).collect();
        }
    }

    fn is_kept(&mut self, found: &Found) -> bool {
        let is_kept = !matches!(self.wanted, Wanted::Sums(_))
            && is_opened_again(&found.name)
            && found.octets <= self.room_for_tags;
        if is_kept {
            self.room_for_tags -= found.octets;
        }
        is_kept
    }
}

/// The algorithm of a manifest of the bag, by its name: `top/manifest-sha256.txt`.
fn algorithm_of(name: &str) -> Option<Algorithm> {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let stem = file.strip_suffix(".txt")?;
    let algorithm = stem.strip_prefix("manifest-").or_else(|| stem.strip_prefix("tagmanifest-"))?;
    algorithm.parse().ok().filter(|_| may_be_tag_file(name))
}

/// Whether a file is one that an examination opens besides digesting it.
fn is_opened_again(name: &str) -> bool {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let sheets = ["metadata/manifest.csv", "metadata/mentions.csv", "metadata/events.csv"];
    let is_sheet = sheets.iter().any(|sheet| name.ends_with(sheet));
    let is_tag_file = matches!(file, "bagit.txt" | "bag-info.txt" | "package-info.txt" | "fetch.txt")
        || file.starts_with("manifest-")
        || file.starts_with("tagmanifest-");
    (is_sheet || is_tag_file) && may_be_tag_file(name)
}

/// Whether a path need not lie in a payload: the bag may have the top directory `data`, and a bag may
/// lie in another's payload.
fn may_be_tag_file(name: &str) -> bool {
    let mut above = name.split('/');
    above.next_back();
    above.skip(1).all(|part| part != "data") && !(name.starts_with("data/") && name.matches('/').count() > 2)
}
