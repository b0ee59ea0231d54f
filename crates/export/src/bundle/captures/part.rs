//! What one document can be in a capture, told by its format, its name and its description.

use super::super::descriptions::DescriptionTable;
use super::held::{Held, Holdings, Pages};
use super::stem::{extension, has_full};
use provenance::description::{Description, RemarkKind};
use provenance::{Format, Item};

/// Column of the address, and its place among those that describe.
const ADDRESS: (&str, usize) = ("source_url", 3);

/// Signal by which a description says that the document is nothing but an address.
const SHORTCUT: &str = "shortcut";

/// What a page is called that a browser saved in one file.
const MHTML: &str = "MHTML";

/// How the detail of the format begins where a page was found that a browser saved in one file.
const SAVED: &str = "web page saved";

/// What matters of a description where its document is a part of a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that are told apart from each other")]
pub(in crate::bundle) struct Facts {
    /// It was found to be a page without its content.
    pub(super) is_hollow: bool,
    /// It is an address and nothing else.
    pub(super) is_shortcut: bool,
    /// It is a picture at least as high as wide.
    pub(super) is_tall: bool,
    /// It is a page that a browser saved in one file with all that it needs.
    pub(super) is_saved: bool,
}

impl Facts {
    pub(in crate::bundle) fn of(description: &Description) -> Self {
        let address = description.source_url.as_ref();
        Self {
            is_hollow: description.remarks.iter().any(|remark| remark.kind == RemarkKind::HollowCapture),
            is_shortcut: address.is_some_and(|address| address.signals.first() == Some(&SHORTCUT)),
            is_tall: description.pixels.is_some_and(|(width, height)| height >= width && width > 0),
            is_saved: description.format_detail.starts_with(SAVED),
        }
    }
}

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
    pub(super) fn of(
        item: &'a Item,
        format: &Format,
        descriptions: &'a DescriptionTable,
        file: usize,
    ) -> Self {
        let given =
            item.given.iter().find(|given| given.column == ADDRESS.0).map(|given| given.value.as_str());
        let address = given.unwrap_or_else(|| descriptions.value(file, ADDRESS.1));
        // A file without an octet shows nothing, whatever it is called.
        let media_type = format.media_type.filter(|_| item.size_octets > 0);
        Self::told(item.path.file_name(), media_type, descriptions.facts(file), address)
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

    /// The same, of an item that may be a package out of which parts were taken.
    pub(super) fn with(self, holdings: &Holdings<'_>, item: &Item) -> Self {
        match self.part {
            Part::Package(kind) if kind != MHTML => Self { held: holdings.held_by(item), ..self },
            _ => self,
        }
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
