//! `seal/events.csv`: who added which signature or timestamp, so that one that was taken away is missed.

use super::places::Place;
use super::{Judged, LONGEST, octets_of};
use crate::finding::{E524, E525, W526};
use bagit::Finding;
use bagit::container::{Container, find, open_stated};
use provenance::ledger::{Before, StoredEvent, visit_ledger_after};
use provenance::seal::{EVENTS, FOLDER};
use provenance::{LedgerProblem, LedgerVisitor, Sha256Hex};
use std::collections::BTreeMap;

/// Files that a ledger may name; no seal has so many.
const MOST_NAMED: usize = 10_000;

/// Holds the files that vouch against the ledger, and the ledger against its rules.
pub(super) fn check(container: &dyn Container, places: &[Place], before: Before, judged: &mut Judged) {
    let mut acts = Acts { named: BTreeMap::new(), judged };
    if let Some(text) =
        find(container.entries(), EVENTS).and_then(|index| open_stated(container, index, &|_, _| {}))
        && let Err(error) = visit_ledger_after(text, before, &mut acts)
    {
        acts.wrong(format!("expected to read the ledger, found: {error}"));
    }
    let Acts { named, judged } = acts;
    for (path, stated) in &named {
        let found =
            octets_of(container, path, LONGEST).map(|octets| format!("sha256:{}", Sha256Hex::of(&octets)));
        let message = match found {
            None => format!("expected the file that {EVENTS} names, found none that can be read"),
            Some(found) if stated.as_ref().is_some_and(|stated| *stated != found) => {
                let stated = stated.as_deref().unwrap_or_default();
                format!("expected {stated}, as {EVENTS} says, found {found}")
            }
            Some(_) => continue,
        };
        judged.findings.push(Finding::new(&E525, path.as_str(), message));
    }
    if before == Before::Untold && find(container.entries(), EVENTS).is_none() {
        // A disclosure leaves the acts of the whole behind, for they tell of what is withheld.
        return;
    }
    for place in places.iter().filter(|place| !named.contains_key(&place.path)) {
        let message =
            format!("expected it in {EVENTS}, found no row of it: who takes it away leaves no trace");
        judged.findings.push(Finding::new(&W526, place.path.as_str(), message));
    }
}

struct Acts<'a> {
    /// Files by path, with the digest that was stated last.
    named: BTreeMap<String, Option<String>>,
    judged: &'a mut Judged,
}

impl Acts<'_> {
    fn wrong(&mut self, message: String) {
        self.judged.findings.push(Finding::new(&E524, EVENTS, message));
    }
}

impl LedgerVisitor for Acts<'_> {
    fn event(&mut self, stored: &StoredEvent<'_>) {
        let path = stored.event.object_path;
        if !path.starts_with(FOLDER) {
            return self.wrong(format!(
                "expected events about files below {FOLDER}, found one about another in row {}",
                stored.row
            ));
        }
        if self.named.len() < MOST_NAMED {
            self.named.insert(path.to_owned(), stored.event.digest_after.map(|digest| digest.to_string()));
        } else if !self.named.contains_key(path) {
            self.wrong(format!("expected at most {MOST_NAMED} files, found more in row {}", stored.row));
        }
    }

    fn problem(&mut self, problem: LedgerProblem) {
        self.wrong(problem.to_string());
    }
}
