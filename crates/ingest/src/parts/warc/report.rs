//! What is said of captures: in the sheet of each, and in the ledger of all.

use super::digest::Stated;
use super::head::Head;
use super::http::Response;
use crate::describe::opens_something;
use crate::parts::found::Found;
use crate::parts::titles::Titles;
use chrono::{DateTime, NaiveDate};
use fixity::Digest;
use provenance::name::{excerpt, is_harmless};
use provenance::{EventType, Given, Outcome, Timestamp};

/// Records that are named where their digests disagree; the others are counted.
const MOST_NAMED: usize = 100;
/// Damages that are named.
const MOST_DAMAGES: usize = 5;
/// Octets of an address in the sheet.
const LONGEST_URL: usize = 2_000;
/// Schemes of addresses that something can be captured from.
const SCHEMES: [&str; 5] = ["http", "https", "ftp", "ftps", "gopher"];

/// What has been seen of a container.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) records: u64,
    revisits: u64,
    /// Captures without a body.
    empty: u64,
    /// Parts of captures that go on in another record.
    segments: u64,
    pub(super) truncated: u64,
    /// Captures for which there was no room.
    pub(super) not_taken: u64,
    /// Captures that were taken, until their member turned out not to be what was written.
    pub(super) withdrawn: u64,
    /// Captures whose coding could not be undone.
    pub(super) undone_in_vain: u64,
    agree: u64,
    disagree: u64,
    unknown_digests: u64,
    pub(super) without_digest: u64,
    disagreements: Vec<String>,
    damages: Vec<String>,
    /// Where reading ended before the file did.
    ends: Vec<String>,
    more_damages: u64,
}

/// A digest of a record that may disagree.
pub(super) struct Disagreement<'a> {
    pub(super) what: &'static str,
    pub(super) head: &'a Head,
}

/// Whether a record holds something that was captured.
pub(super) fn is_capture(kind: &str, head: &Head) -> bool {
    let is_dns = target(head).get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("dns:"));
    matches!(kind, "response" | "resource" | "conversion")
        && !is_dns
        && head.field("WARC-Segment-Number").is_none()
}

/// Sorts of addresses that name a file of somebody, or somebody.
const PRIVATE: [&str; 4] = ["file", "mailto", "tel", "sms"];

/// The address of a record; old versions of Wget put it into angle brackets.
pub(super) fn target(head: &Head) -> &str {
    let url = head.field("WARC-Target-URI").unwrap_or_default();
    url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url)
}

/// What the sheet shall say of a capture.
pub(super) fn given(head: &Head, response: &Response, is_broken: bool, titles: &Titles) -> Vec<Given> {
    let url = target(head);
    let mut given = Vec::with_capacity(4);
    let mut give = |column, value: String, by| given.push(Given { column, value, by });
    if let Some(title) = titles.of(url).filter(|_| response.media_type.starts_with("text/html")) {
        give("title", title.to_owned(), "WACZ");
    }
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    // Whoever has the name and password or the key in it can open it: the container keeps them, the sheet does not.
    let is_secret = opens_something(url);
    let is_address = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme))
        && url.len() <= LONGEST_URL
        && is_harmless(url)
        && !is_secret
        && !url.contains(char::is_whitespace);
    if is_address {
        give("source_url", url.to_owned(), "WARC");
    }
    if let Some(date) = head.field("WARC-Date").and_then(date) {
        give("acquired_on", date, "WARC");
    }
    let mut how = match (head.field("WARC-Type"), &response.status) {
        (Some(kind), _) if kind.eq_ignore_ascii_case("conversion") => {
            "conversion of a web capture".to_owned()
        }
        (_, Some(status)) => format!("web capture, HTTP {status}"),
        _ if is_address => "web capture, resource".to_owned(),
        // Such an address may name somebody; the container has it.
        _ if PRIVATE
            .iter()
            .any(|scheme| url.split(':').next().is_some_and(|s| s.eq_ignore_ascii_case(scheme))) =>
        {
            "web capture, resource with an address that is not of the web".to_owned()
        }
        _ => format!("web capture, resource {}", shown(url)),
    };
    if is_secret {
        how.push_str(", with an address that opens something and is left out");
    }
    if let Some(why) = head.field("WARC-Truncated") {
        how = format!("{how}, truncated: {}", excerpt(why.as_bytes()));
    }
    if let Some(coding) = &response.unknown {
        how = format!("{how}, still coded by {coding}");
    } else if is_broken {
        how.push_str(", kept as it was transferred: its coding cannot be undone");
    }
    give("acquired_how", how, "WARC");
    given
}

/// An address as a person may see it: without what opens something.
fn shown(url: &str) -> String {
    if opens_something(url) { "an address that is not told".to_owned() } else { excerpt(url.as_bytes()) }
}

/// A date of a record as the sheet has it: UTC, or a day alone (WARC 1.1, 5.4).
fn date(text: &str) -> Option<String> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Timestamp::try_from(at.to_utc()).ok().map(|at| at.to_string());
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    day.map(|_| text.to_owned())
}

impl Tally {
    /// Something is wrong with the file itself.
    pub(super) fn damage(&mut self, what: String) {
        if self.damages.len() < MOST_DAMAGES {
            self.damages.push(what);
        } else {
            self.more_damages += 1;
        }
    }

    /// Nothing behind it was read.
    pub(super) fn end(&mut self, why: &str) {
        if self.ends.len() < MOST_DAMAGES {
            self.ends.push(format!("read no further, in record {}: {why}", self.records));
        } else {
            self.more_damages += 1;
        }
    }

    /// Holds a stated digest against what was summed: of a payload as it was transferred, or without chunks.
    pub(super) fn compare(&mut self, stated: Option<Stated>, sums: &[Digest], of: &Disagreement<'_>) {
        match stated {
            None => {}
            Some(Stated::Unknown) => self.unknown_digests += 1,
            Some(Stated::Digest(digest)) if sums.contains(&digest) => self.agree += 1,
            Some(Stated::Digest(digest)) => {
                self.disagree += 1;
                if self.disagreements.len() < MOST_NAMED {
                    let id = excerpt(of.head.field("WARC-Record-ID").unwrap_or("without an id").as_bytes());
                    let url = shown(target(of.head));
                    let found = sums.first().map_or_else(|| "nothing".to_owned(), Digest::to_string);
                    let what = of.what;
                    self.disagreements.push(format!(
                        "the {what} of record {id} ({url}) states {digest:?} and sums to {found}"
                    ));
                }
            }
        }
    }

    /// Counts a record; answers whether it is a capture with a body of `octets` octets, one or more.
    pub(super) fn count(&mut self, kind: &str, head: &Head, is_capture: bool, octets: u64) -> bool {
        self.revisits += u64::from(kind == "revisit");
        self.segments += u64::from(head.field("WARC-Segment-Number").is_some());
        self.empty += u64::from(is_capture && octets == 0);
        let is_taken = is_capture && octets > 0;
        self.truncated += u64::from(is_taken && head.field("WARC-Truncated").is_some());
        is_taken
    }

    /// Says it all.
    pub(super) fn note(self, found: &mut Found, taken: usize, more: &str) {
        let is_sound = self.damages.is_empty()
            && self.ends.is_empty()
            && self.not_taken + self.withdrawn + self.undone_in_vain + self.segments == 0;
        let mut words =
            format!("{taken} captures of {} records taken as documents of their own", self.records);
        for (count, what) in [
            (self.revisits, "revisits, whose content is in another record"),
            (self.empty, "captures without content"),
            (self.truncated, "captures truncated when they were made"),
            (
                self.undone_in_vain,
                "bodies kept as they were transferred, since their coding cannot be undone",
            ),
            (self.segments, "segments of captures, not put together"),
            (self.not_taken, "captures not taken: the limit of parts or octets is reached"),
            (self.withdrawn, "captures not taken, since the gzip member that they end in is damaged or cut"),
            (self.more_damages, "further damages"),
        ] {
            if count > 0 {
                words = format!("{words}; {count} {what}");
            }
        }
        for damage in self.damages.iter().chain(&self.ends) {
            words = format!("{words}; {damage}");
        }
        if !more.is_empty() {
            words = format!("{words}; {more}");
        }
        let outcome = if is_sound { Outcome::Success } else { Outcome::Warning };
        found.note(EventType::Unpacking, outcome, words);
        self.note_digests(found);
    }

    fn note_digests(self, found: &mut Found) {
        let stated = self.agree + self.disagree;
        let mut words = format!("{} of {stated} digests of records agree", self.agree);
        if self.without_digest > 0 {
            words = format!("{words}, {} records have none", self.without_digest);
        }
        if self.unknown_digests > 0 {
            words = format!("{words}, {} are by algorithms that fonds does not know", self.unknown_digests);
        }
        if stated > 0 || self.unknown_digests > 0 {
            let outcome = match (self.disagree, self.unknown_digests) {
                (0, 0) => Outcome::Success,
                (0, _) => Outcome::Warning,
                _ => Outcome::Fail,
            };
            found.note(EventType::FixityCheck, outcome, words);
        }
        let more = self.disagree.saturating_sub(self.disagreements.len() as u64);
        for words in self.disagreements {
            found.note(EventType::FixityCheck, Outcome::Fail, words);
        }
        if more > 0 {
            let words = format!("{more} further digests disagree");
            found.note(EventType::FixityCheck, Outcome::Fail, words);
        }
    }
}
