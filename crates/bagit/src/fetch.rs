//! The fetch file `fetch.txt` (RFC 8493 §2.2.3): judged, never followed.

mod address;
mod line;
mod network;

pub use address::{Address, judge_address};
pub use line::{FetchItem, FetchProblem, parse_line};

use crate::finding::{E601, E603, E604, E605, E606, E607, E609, Finding, W306, W608, W610};
use crate::{Findings, Version};
use fixity::PayloadPath;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What a fetch file is held against.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The version of the bag. In 1.0 every payload manifest must list what is to be fetched, and a
    /// URL has no fragment; before, any one manifest will do.
    pub version: Version,
    /// Names of the payload manifests that could be read to their end; without any, none is asked.
    pub manifests: &'a [&'a str],
    /// Octets of a payload file; `None` if there is no such file.
    pub size_octets: &'a dyn Fn(&PayloadPath) -> Option<u64>,
    /// Whether the manifest of this number lists a path.
    pub lists: &'a dyn Fn(usize, &PayloadPath) -> bool,
}

/// Every payload file that a fetch file says can be fetched, and the length that it states.
pub type Promised = BTreeMap<PayloadPath, Option<u64>>;

/// Judges a fetch file line by line; it holds no more than the paths and the findings.
pub struct Judge<'a> {
    facts: Facts<'a>,
    findings: &'a mut Findings,
    promised: Promised,
}

impl<'a> Judge<'a> {
    /// Begins with no line; what is wrong goes to `findings`, in the order of lines.
    pub fn new(facts: Facts<'a>, findings: &'a mut Findings) -> Self {
        Self { facts, findings, promised: Promised::new() }
    }

    /// Takes the line of this number, counted from 1, without its end.
    pub fn take(&mut self, number: u64, line: &str) {
        let item = match parse_line(line, self.facts.version.decoding()) {
            Ok(item) => item,
            Err(problem) => {
                let message = format!("line {number}: expected `url length filepath`, found that {problem}");
                return self.find(Finding::new(problem.code(), "fetch.txt", message));
            }
        };
        if let Some(oddity) = item.oddity {
            let message = format!("line {number}: expected the plain path, found {}", line::oddity(oddity));
            self.find(Finding::new(&W306, "fetch.txt", message));
        }
        let present = (self.facts.size_octets)(&item.path);
        self.judge_url(number, &item, present.is_some());
        if !item.path.is_payload() {
            let message =
                format!("line {number}: expected a file below data/, found `{}`", shown(item.path.as_str()));
            return self.find(Finding::new(&E603, "fetch.txt", message));
        }
        self.judge_listing(number, &item.path);
        self.judge_presence(number, &item, present);
        match self.promised.entry(item.path) {
            Entry::Vacant(vacant) => {
                vacant.insert(item.length);
            }
            Entry::Occupied(earlier) => {
                let path = earlier.key().as_str();
                let message = format!("expected one line in fetch.txt, found another in line {number}");
                self.findings.push(Finding::new(&E605, path, message));
            }
        }
    }

    /// Takes a line that could not be decoded, or was too long to be taken; `found` says which.
    pub fn take_unreadable(&mut self, number: u64, found: &str) {
        let message = format!("line {number}: expected `url length filepath`, found {found}");
        self.find(Finding::new(&E601, "fetch.txt", message));
    }

    /// What it came to.
    #[must_use]
    pub fn finish(self) -> Promised {
        self.promised
    }

    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A URL of a file that is there is not needed: where it leads is told, but it does no harm.
    fn judge_url(&mut self, number: u64, item: &FetchItem, is_there: bool) {
        let url = shown(&item.url);
        let (code, message) = match judge_address(&item.url, self.facts.version.is_strict()) {
            Address::Fine => return,
            Address::Local(_) if is_there => return,
            Address::Local(reason) => {
                (&E607, format!("expected a URL that leads to a public place, found `{url}`, which {reason}"))
            }
            Address::Foreign(scheme) => {
                (&W608, format!("expected http, https, ftp, ftps or sftp, found `{scheme}` in `{url}`"))
            }
            Address::Malformed(reason) => {
                (&E606, format!("expected an absolute URI, found `{url}`, which {reason}"))
            }
        };
        self.find(Finding::new(code, "fetch.txt", format!("line {number}: {message}")));
    }

    /// Every file listed in the fetch file MUST be listed in every payload manifest.
    fn judge_listing(&mut self, number: u64, path: &PayloadPath) {
        let Facts { manifests, lists, version, .. } = self.facts;
        let is_strict = version.is_strict();
        let silent: Vec<&str> = (0..manifests.len())
            .filter(|&manifest| !lists(manifest, path))
            .map(|manifest| manifests[manifest])
            .collect();
        if !silent.is_empty() && (is_strict || silent.len() == manifests.len()) {
            let asked = if is_strict { "every" } else { "a" };
            let message = format!(
                "expected the file of line {number} of fetch.txt in {asked} payload manifest, found no line in {}",
                silent.join(", ")
            );
            self.find(Finding::new(&E604, path.as_str(), message));
        }
    }

    fn judge_presence(&mut self, number: u64, item: &FetchItem, present: Option<u64>) {
        let finding = match (present, item.length) {
            (None, _) => return,
            (Some(found), Some(stated)) if found != stated => Finding::new(
                &E609,
                item.path.as_str(),
                format!("expected {stated} octets, as line {number} of fetch.txt states, found {found}"),
            ),
            (Some(_), _) => {
                let mut message =
                    format!("expected a file that is still to be fetched (line {number}), found it here");
                if let Address::Local(reason) = judge_address(&item.url, self.facts.version.is_strict()) {
                    message.push_str("; do not let a program fetch it again, for its URL ");
                    message.push_str(&reason);
                }
                Finding::new(&W610, item.path.as_str(), message)
            }
        };
        self.find(finding);
    }
}

/// Judges all lines of a fetch file.
pub fn judge<'l>(
    lines: impl IntoIterator<Item = &'l str>,
    facts: Facts<'_>,
    findings: &mut Findings,
) -> Promised {
    let mut judge = Judge::new(facts, findings);
    for (number, line) in (1..).zip(lines) {
        judge.take(number, line);
    }
    judge.finish()
}

/// The beginning of a text that may be very long.
fn shown(text: &str) -> String {
    const MOST_CHARACTERS: usize = 200;
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
