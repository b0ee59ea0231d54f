//! Describing documents by their content: title, authors, dates, language, address. Suggestions,
//! never facts; where the signals do not suffice, a blank.
//!
//! All work is bounded by lengths and counts, so that neither a document of any size nor a hostile
//! one takes more than a few milliseconds or a few times [`READ`] of memory: libraries here have
//! no clock.

mod article;
mod byline;
mod charset;
mod decide;
mod evidence;
mod html;
mod language;
mod linked_data;
mod markup;
mod page;
mod prose;

pub use evidence::{Claim, Evidence};

use provenance::Format;
use provenance::description::{Describer, Description, Look, RemarkKind};

/// Octets of a document that are looked at. Whoever packs many large documents side by side holds so
/// much of each.
pub const READ: usize = 2 << 20;

/// Octets in which what begins as some markup may turn out to be HTML.
const SNIFFED: usize = 64 << 10;

/// Suggests descriptions by content, where it knows the format; an empty one where not.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContentDescriber;

impl Describer for ContentDescriber {
    fn describe(&self, look: &Look<'_>) -> Description {
        decide::description(evidence(look))
    }

    /// All that is looked at, where octets further on could say more.
    fn wants(&self, format: &Format) -> usize {
        match format.media_type {
            None
            | Some(
                "text/html"
                | "application/xhtml+xml"
                | "text/plain"
                | "text/markdown"
                | "application/octet-stream",
            ) => READ,
            _ => 0,
        }
    }
}

/// The same, but of what documents mention nothing is written down.
#[derive(Clone, Copy, Debug, Default)]
pub struct WithoutMentions;

impl Describer for WithoutMentions {
    fn describe(&self, look: &Look<'_>) -> Description {
        let evidence = evidence(look);
        let remarks =
            evidence.remarks.into_iter().filter(|remark| !crate::mentions::is_remark(remark)).collect();
        decide::description(Evidence { mentions: Vec::new(), remarks, ..evidence })
    }

    fn wants(&self, format: &Format) -> usize {
        ContentDescriber.wants(format)
    }

    fn mentions(&self) -> bool {
        false
    }
}

/// What can be described, by how it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Html,
    Article,
}

impl Reader {
    /// The reader for a format: here others join.
    fn of(name: &str, format: &Format, octets: &[u8]) -> Option<Self> {
        match format.media_type {
            Some("text/html" | "application/xhtml+xml") => Some(Self::Html),
            // What a proxy put before the document type, or a legacy charset, hides that it is HTML.
            None | Some("text/plain" | "application/octet-stream") if looks_like_html(octets) => {
                Some(Self::Html)
            }
            Some("text/plain" | "text/markdown") => Some(Self::Article),
            None if has_extension(name, "txt") => Some(Self::Article),
            _ => None,
        }
    }
}

/// What the signals of a document say of it: what [`ContentDescriber`] decides from.
#[must_use]
pub fn evidence(look: &Look<'_>) -> Evidence {
    let octets = &look.beginning[..look.beginning.len().min(READ)];
    let Some(reader) = Reader::of(look.name, look.format, octets) else { return Evidence::default() };
    let decoded = charset::decode(octets);
    let mut evidence = match reader {
        Reader::Html => html::evidence(&decoded.text),
        Reader::Article => {
            let evidence = article::evidence(&decoded.text);
            let is_unpublished =
                evidence.creators.is_empty() && evidence.dates.iter().all(|date| date.name == "date line");
            Evidence { is_unpublished, ..evidence }
        }
    };
    if look.size_octets > octets.len() as u64 {
        let read = format!("too long: only the first {} KiB were read", octets.len() >> 10);
        evidence.remark(RemarkKind::GivenUp, read);
    }
    evidence.charset = decoded.disagreement();
    evidence
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}

fn looks_like_html(octets: &[u8]) -> bool {
    let head = octets[..octets.len().min(SNIFFED)].trim_ascii_start();
    let is_mark = |at: usize| {
        let begins = |mark: &[u8]| head[at..].get(..mark.len()).is_some_and(|m| m.eq_ignore_ascii_case(mark));
        begins(b"<!doctype html") || begins(b"<html") || begins(b"<head>") || begins(b"<body")
    };
    head.starts_with(b"<") && memchr::memchr_iter(b'<', head).any(is_mark)
}
