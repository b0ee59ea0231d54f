//! What one manifest says should be there.

use super::Bag;
use super::resolve::How;
use fixity::{Algorithm, Digest, PayloadPath};
use std::collections::BTreeMap;
use std::ops::Range;

/// One manifest or tag manifest, read.
#[derive(Debug)]
pub(super) struct Manifest {
    /// Its own path.
    pub(super) name: String,
    pub(super) algorithm: Algorithm,
    /// Whether it lists the payload, or tag files.
    pub(super) is_payload: bool,
    /// Numbers of the payload files; the others are tag files.
    payload: Range<usize>,
    /// Expected digests of the files that it may list, by their rank among these.
    digests: Vec<u8>,
    /// Whether each of them is listed.
    listed: Vec<bool>,
    /// Listed, and not there.
    pub(super) missing: Vec<Missing>,
    /// Listed under a name that only another reading makes the name of a file that is there, by
    /// file number. Whether that file is meant shows when all manifests are read.
    pub(super) doubtful: BTreeMap<usize, Doubtful>,
    /// Whether all of it could be read: else that it does not list a file says nothing.
    pub(super) is_whole: bool,
    /// Whether every octet is as fonds writes it, and the lines are in order.
    pub(super) is_canonical: bool,
}

impl Manifest {
    pub(super) fn new(bag: &Bag<'_>, name: &str, algorithm: Algorithm, is_payload: bool) -> Self {
        let payload = bag.payload();
        let files = if is_payload { payload.len() } else { bag.files.len() - payload.len() };
        Self {
            name: name.to_owned(),
            algorithm,
            is_payload,
            payload,
            digests: vec![0; files * algorithm.octets()],
            listed: vec![false; files],
            missing: Vec::new(),
            doubtful: BTreeMap::new(),
            is_whole: true,
            is_canonical: true,
        }
    }

    /// The same, of which nothing could be read.
    pub(super) fn unread(self) -> Self {
        Self { is_whole: false, is_canonical: false, ..self }
    }

    /// Rank of a file among those that this manifest may list.
    fn rank(&self, file: usize) -> Option<usize> {
        match (self.is_payload, self.payload.contains(&file)) {
            (true, true) => Some(file - self.payload.start),
            (false, false) if file < self.payload.start => Some(file),
            (false, false) => Some(file - self.payload.len()),
            _ => None,
        }
    }

    pub(super) fn lists(&self, file: usize) -> bool {
        self.rank(file).is_some_and(|rank| self.listed[rank])
    }

    /// What a file should sum to; `None` if it is not listed.
    pub(super) fn expected(&self, file: usize) -> Option<Digest> {
        let rank = self.rank(file).filter(|&rank| self.listed[rank])?;
        let octets = self.algorithm.octets();
        Digest::from_octets(self.algorithm, &self.digests[rank * octets..][..octets])
    }

    pub(super) fn expect(&mut self, file: usize, digest: &Digest) {
        let Some(rank) = self.rank(file) else { return };
        let octets = self.algorithm.octets();
        self.digests[rank * octets..][..octets].copy_from_slice(digest.octets());
        self.listed[rank] = true;
    }
}

/// A path that is listed and not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Missing {
    pub(super) path: PayloadPath,
    /// The first octets of its digest: enough to tell whether two lines say the same.
    begin: u64,
}

impl Missing {
    pub(super) fn new(path: PayloadPath, digest: &Digest) -> Self {
        let begin = digest.octets().first_chunk().map_or(0, |octets| u64::from_be_bytes(*octets));
        Self { path, begin }
    }
}

/// A line that may mean a file of another name.
#[derive(Debug)]
pub(super) struct Doubtful {
    pub(super) path: PayloadPath,
    pub(super) digest: Digest,
    pub(super) how: How,
    /// Counted from 1.
    pub(super) line: usize,
}

/// Splits `manifest-sha256.txt` into its algorithm and whether it lists the payload.
pub(super) fn named(path: &str) -> Option<(&str, bool)> {
    let stem = path.strip_suffix(".txt")?;
    let (algorithm, is_payload) = match stem.strip_prefix("manifest-") {
        Some(algorithm) => (algorithm, true),
        None => (stem.strip_prefix("tagmanifest-")?, false),
    };
    (!algorithm.contains('/')).then_some((algorithm, is_payload))
}
