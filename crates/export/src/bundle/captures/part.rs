//! What one document can be in a capture, told by its format, its name and its description.

use super::super::facts::Facts;
use super::stem::{extension, has_full};
use provenance::{Format, Item};

/// Column of the address.
const ADDRESS: &str = "source_url";

/// What a page is called that a browser saved in one file.
pub(super) const MHTML: &str = "MHTML";

/// What a document can be in a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A page.
    Page,
    /// A file of this kind, which by its format holds pages with their addresses.
    Package(&'static str),
    /// A picture.
    Picture,
    /// A document that shows all of a page, if it shows one.
    Print,
    /// An address and nothing else.
    Shortcut,
    /// Anything else.
    Other,
}

/// What is known of what a package holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing: nobody looked into it.
    #[default]
    Unseen,
    /// It was looked into.
    Looked {
        pages: Pages,
        /// Whether anything in it has an address.
        has_address: bool,
    },
}

/// What there is of pages in a package; the better is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pages {
    /// None.
    #[default]
    None,
    /// Only such without their content.
    Hollow,
    /// One, or more.
    Some,
}

/// A document, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) part: Part,
    /// Its address; blank if not known.
    pub(super) address: &'a str,
    pub(super) is_hollow: bool,
    /// Whether it shows a page to its end, if it shows one.
    pub(super) is_full: bool,
    /// What it holds, if it is a package.
    pub(super) held: Held,
}

impl<'a> Seen<'a> {
    /// `suggested` is the address that the document itself tells.
    pub(super) fn of(item: &'a Item, format: &Format, facts: Facts, suggested: &'a str) -> Self {
        let given = item.given.iter().find(|given| given.column == ADDRESS).map(|given| given.value.as_str());
        let address = given.unwrap_or(suggested);
        // A file without an octet shows nothing, whatever it is called.
        let media_type = format.media_type.filter(|_| item.size_octets > 0);
        Self::told(item.path.file_name(), media_type, facts, address)
    }

    pub(super) fn told(name: &str, media_type: Option<&str>, facts: Facts, address: &'a str) -> Self {
        let part = part(name, media_type, facts);
        let is_full = part == Part::Print || facts.is_tall || has_full(name);
        // What a browser saved in one file is described by what it holds.
        let held = match (facts.is_hollow, facts.is_saved) {
            _ if part != Part::Package(MHTML) => Held::Unseen,
            (true, _) => Held::Looked { pages: Pages::Hollow, has_address: !address.is_empty() },
            (_, true) => Held::Looked { pages: Pages::Some, has_address: !address.is_empty() },
            (false, false) => Held::Unseen,
        };
        Self { part, address, is_hollow: facts.is_hollow, is_full, held }
    }
}

fn part(name: &str, media_type: Option<&str>, facts: Facts) -> Part {
    let has = |known: &[&str]| known.iter().any(|known| extension(name).eq_ignore_ascii_case(known));
    match media_type {
        Some("text/html" | "application/xhtml+xml") => Part::Page,
        Some("multipart/related" | "application/x-mimearchive") => Part::Package(MHTML),
        Some("message/rfc822") if has(&["mht", "mhtml"]) => Part::Package(MHTML),
        Some("application/warc") => Part::Package("WARC"),
        Some("application/gzip" | "application/x-gzip") if is_packed_warc(name) => Part::Package("WARC"),
        Some("application/wacz" | "application/x-wacz" | "application/vnd.wacz") => Part::Package("WACZ"),
        Some("application/zip") if has(&["wacz"]) => Part::Package("WACZ"),
        Some("application/pdf") => Part::Print,
        // Icons and drawings show no page.
        Some("image/svg+xml" | "image/x-icon" | "image/vnd.microsoft.icon") => Part::Other,
        Some(image) if image.starts_with("image/") => Part::Picture,
        _ if facts.is_shortcut => Part::Shortcut,
        None | Some("text/plain" | "application/octet-stream") if has(&["html", "htm", "xhtml"]) => {
            Part::Page
        }
        _ => Part::Other,
    }
}

fn is_packed_warc(name: &str) -> bool {
    let end = name.len().saturating_sub(".warc.gz".len());
    name.as_bytes()[end..].eq_ignore_ascii_case(b".warc.gz")
}
