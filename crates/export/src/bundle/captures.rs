//! Web captures: which documents are one capture together, and whether it has what courts usually ask for.
//!
//! The Berkeley Protocol (OHCHR and UC Berkeley 2022, paragraph 155) calls the address, the HTML source
//! and a capture of the full page a minimum standard for evidence in court. Whether a document is a
//! part of a capture shows only when all are known.

mod grouping;
mod held;
mod part;
mod stem;

use super::facts::Facts;
use super::formats::FormatTable;
use held::Holdings;
use provenance::{Accession, Item};

/// What one document is in a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    /// It is in none, as far as can be told.
    #[default]
    None,
    /// It stands for the capture.
    Leads(Capture),
    /// It belongs to the document of this number.
    With(u32),
}

/// What a capture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Capture {
    html: Html,
    has_address: bool,
    image: Image,
}

/// What there is of the page itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Html {
    /// Nothing.
    #[default]
    None,
    /// A page.
    Page,
    /// A page without its content: a login wall, a robot check.
    Hollow,
    /// A file of this kind, which holds a page.
    Within {
        kind: &'static str,
        /// Whether it holds an address, too.
        with_address: bool,
    },
    /// A file of this kind, which was looked into and holds none.
    NotWithin(&'static str),
    /// A file of this kind, which may hold one: nobody looked into it.
    Unseen(&'static str),
}

/// What there is of how the page looked; the better is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Image {
    /// Nothing.
    #[default]
    None,
    /// An image that could be of more than one page.
    Unsettled,
    /// An image that need not show all of the page.
    Part,
    /// The full page.
    Full,
}

/// How many captures have what courts usually ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaptureTally {
    /// Captures: each a group of documents, or one alone.
    pub groups: u64,
    /// Those that have all three: address, HTML and full-page image.
    pub complete: u64,
}

/// What each document is in a capture.
#[derive(Debug, Default)]
pub(super) struct Captures {
    by_file: Vec<Role>,
    tally: CaptureTally,
}

impl Captures {
    /// Judges all documents together; `described` tells of each what its description says, and the address
    /// that is suggested for it.
    pub(super) fn of<'a>(
        accession: &'a Accession,
        formats: &FormatTable,
        described: &dyn Fn(usize) -> (Facts, &'a str),
    ) -> Self {
        let seen = |file: usize| {
            let (facts, suggested) = described(file);
            part::Seen::of(&accession.items[file], &formats.get(file), facts, suggested)
        };
        Self::judge(accession, &seen)
    }

    fn judge<'a>(accession: &'a Accession, seen: &dyn Fn(usize) -> part::Seen<'a>) -> Self {
        let items = &accession.items;
        let holdings = Holdings::of(accession, seen);
        let with_holdings = |file: usize| holdings.completed(seen(file), &items[file]);
        let by_file = grouping::roles(items, &with_holdings);
        let mut tally = CaptureTally::default();
        for role in &by_file {
            if let Role::Leads(capture) = role {
                tally.groups += 1;
                tally.complete += u64::from(capture.count() == 3);
            }
        }
        Self { by_file, tally }
    }

    pub(super) fn tally(&self) -> CaptureTally {
        self.tally
    }

    /// The value of the column; blank where a document is in no capture.
    pub(super) fn value(&self, file: usize, items: &[Item]) -> String {
        match self.by_file.get(file) {
            Some(Role::Leads(capture)) => capture.words(),
            Some(&Role::With(leader)) => items
                .get(leader as usize)
                .map(|item| format!("with {}", item.path.file_name()))
                .unwrap_or_default(),
            Some(Role::None) | None => String::new(),
        }
    }
}

impl Capture {
    /// How many of the three it has.
    fn count(self) -> u8 {
        let has_html = matches!(self.html, Html::Page | Html::Within { .. });
        u8::from(self.has_address) + u8::from(has_html) + u8::from(self.image == Image::Full)
    }

    fn words(self) -> String {
        let count = self.count();
        if count == 3 {
            let html = match self.html {
                Html::Within { kind, with_address: true } => format!("address and HTML in the {kind}"),
                Html::Within { kind, .. } => format!("address, HTML in the {kind}"),
                _ => "address, HTML".to_owned(),
            };
            return format!("3 of 3: {html}, full-page image");
        }
        let mut parts = Vec::new();
        match self.html {
            Html::None => parts.push("no HTML".to_owned()),
            Html::Hollow => parts.push("no content in the page".to_owned()),
            Html::Within { kind, with_address: true } => {
                parts.push(format!("address and HTML in the {kind}"));
            }
            Html::Within { kind, .. } => parts.push(format!("HTML in the {kind}")),
            Html::NotWithin(kind) => parts.push(format!("no HTML in the {kind}")),
            Html::Unseen(kind) => parts.push(format!("{kind} not looked into")),
            Html::Page => {}
        }
        // What nobody looked into may hold one.
        if !self.has_address && !matches!(self.html, Html::Unseen(_)) {
            parts.push("no address".to_owned());
        }
        match self.image {
            Image::None => parts.push("no full-page image".to_owned()),
            Image::Unsettled => parts.push("an image that may be of another page".to_owned()),
            Image::Part => parts.push("an image that may show only a part".to_owned()),
            Image::Full => {}
        }
        let hollow = if self.html == Html::Hollow { "hollow: " } else { "" };
        format!("{hollow}{count} of 3: {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests;
