//! What comes of reading lists.

use super::MOST_DIGESTS;
use crate::received::Missing;
use fixity::Digest;
use provenance::{Arrival, EventType, Outcome, Supplied};

/// As many events tell of files of one list that are not there, or of a bag that it does not list.
const MOST_TOLD: usize = 1000;

/// Gathers digests, and what is wrong with the lists that they stand in.
#[derive(Default)]
pub(super) struct Sink {
    pub(super) lists: Vec<String>,
    pub(super) supplied: Vec<Supplied>,
    /// Lists of which nothing names the algorithm.
    pub(super) guessed: Vec<usize>,
    pub(super) arrivals: Vec<Arrival>,
    pub(super) missing: Vec<Missing>,
}

impl Sink {
    /// Begins a list of this name, and answers its number.
    pub(super) fn begin(&mut self, name: String) -> usize {
        self.lists.push(name);
        self.lists.len() - 1
    }

    /// How many digests more can be taken; those of files that are not there count, too.
    pub(super) fn room(&self) -> usize {
        MOST_DIGESTS.saturating_sub(self.supplied.len() + self.missing.len())
    }

    pub(super) fn expect(&mut self, list: usize, item: usize, digest: Digest) {
        self.supplied.push(Supplied { item, digest, list });
    }

    /// Tells which files of a list are not there; each path is below the payload directory, escaped.
    pub(super) fn tell_missing(&mut self, list: usize, mut paths: Vec<String>, why: &str) {
        paths.sort_unstable();
        paths.dedup();
        let detail = format!("listed in {}, and {why}", self.lists[list]);
        self.tell_each(&paths, EventType::FixityCheck, &detail);
        self.missing.extend(paths.into_iter().map(|path| Missing { path, list }));
    }

    /// A warning on each path, as far as there are not too many of them.
    pub(super) fn tell_each(&mut self, paths: &[String], event_type: EventType, detail: &str) {
        for path in paths.iter().take(MOST_TOLD) {
            self.warn(event_type, path, detail.to_owned());
        }
        if let Some(first) = paths.get(MOST_TOLD) {
            let more = paths.len() - MOST_TOLD;
            self.warn(event_type, first, format!("{detail}; and so on with {more} in all from here on"));
        }
    }

    /// A warning about one object.
    pub(super) fn warn(&mut self, event_type: EventType, object_path: &str, detail: String) {
        self.note(event_type, object_path, Outcome::Warning, detail);
    }

    pub(super) fn note(&mut self, event_type: EventType, path: &str, outcome: Outcome, detail: String) {
        let object_path = path.to_owned();
        self.arrivals.push(Arrival { event_type, object_path, digest_before: None, outcome, detail });
    }
}
