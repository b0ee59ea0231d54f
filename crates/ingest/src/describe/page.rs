//! A page as it lies: what its head declares, its text, and the spots that may name something.

mod beginnings;
mod classes;
mod outline;
mod parts;
mod reader;
mod told;

use super::{language, prose};
use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

pub(super) use parts::Parts;

/// Letters outside menus and consent below which a page may be a wall.
pub(super) const LITTLE: usize = 800;

/// What an element is, that a spot was kept of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `h1` to `h3`.
    Heading(u8),
    /// `<time>`.
    Time,
    /// Says by property or class that it is a date.
    Date,
    /// Says by property, relation, class or address that it is an author.
    Author,
    /// `itemprop="headline"` or `name`, or a class of a title.
    Title,
    /// `itemprop="publisher"`.
    Publisher,
}

/// An element that may name something.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub(super) kind: Kind,
    /// Its text: octets of [`Page::text`].
    pub(super) range: Range<usize>,
    /// What it says in `content` or `datetime`, unresolved.
    pub(super) value: Option<&'a str>,
    /// Its `itemprop`; empty without one.
    pub(super) property: &'a str,
    /// Its `rel`.
    pub(super) relation: &'a str,
    /// Where it leads.
    pub(super) href: &'a str,
    pub(super) parts: Parts,
}

/// A line of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Where it begins in the text.
    start: usize,
    /// Where a gap begins behind it; far behind the text where none does.
    end: usize,
    /// In what part of the page it stands.
    parts: Parts,
}

/// A page as it lies.
#[derive(Clone, Debug, Default)]
pub(super) struct Page<'a> {
    /// `meta` elements: name or property in lower case, and content.
    pub(super) metas: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Scripts of linked data.
    pub(super) json_ld: Vec<&'a str>,
    /// The element `title`.
    pub(super) title: Option<String>,
    /// `link rel=canonical`.
    pub(super) canonical: Option<String>,
    /// `lang` of the element `html`.
    pub(super) language: Option<&'a str>,
    /// Visible text, a line for each block.
    pub(super) text: String,
    /// The blocks of the text, in its order.
    pub(super) blocks: Vec<Block>,
    pub(super) spots: Vec<Spot<'a>>,
    /// Where each piece of the text begins in it, and that piece as it stands in the source.
    pub(super) pieces: Vec<(usize, &'a str)>,
    /// Address that a browser or archive wrote into the page as it saved it.
    pub(super) saved_from: Option<&'a str>,
    /// Octets of text beside the article that were passed over.
    pub(super) passed_over: usize,
    /// How many fields for a password there are.
    pub(super) passwords: usize,
    /// How many scripts.
    pub(super) scripts: usize,
    /// How many pictures, films, sounds and frames.
    pub(super) media: usize,
    /// Whether it was not read to its end.
    pub(super) cut: bool,
}

impl<'a> Page<'a> {
    /// An empty page, with room for what most of so many octets have: what grows is copied.
    fn with_room(octets: usize) -> Self {
        let tags = (octets / 128).min(1_000);
        Self {
            metas: Vec::with_capacity(tags / 8),
            text: String::with_capacity((octets / 4).min(32 << 10)),
            blocks: Vec::with_capacity(tags),
            spots: Vec::with_capacity(tags / 4),
            pieces: Vec::with_capacity(tags / 2),
            ..Self::default()
        }
    }

    /// Reads a page.
    pub(super) fn read(text: &'a str) -> Self {
        reader::read(text)
    }

    /// The content of the first `meta` element of this name that has one.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(found, _)| found == name).map(|(_, content)| content.as_ref())
    }

    /// The text of a spot on one line, if it has at most `limit` octets: what is longer names nothing.
    pub(super) fn text_of(&self, spot: &Spot, limit: usize) -> Option<String> {
        let text = self.text.get(spot.range.clone()).filter(|text| text.len() <= limit)?;
        prose::tidy(text)
    }

    /// The text of each block with where it begins and its part of the page.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str, Parts)> {
        self.lines_of(0..self.blocks.len())
    }

    /// The lines that begin in these octets of the text.
    pub(super) fn lines_within(
        &self,
        octets: RangeInclusive<usize>,
    ) -> impl Iterator<Item = (usize, &str, Parts)> {
        let first = self.blocks.partition_point(|block| block.start < *octets.start());
        let end = self.blocks.partition_point(|block| block.start <= *octets.end());
        self.lines_of(first..end)
    }

    /// How many letters there are outside menus and consent, counted no further than `most`.
    pub(super) fn letters_up_to(&self, most: usize) -> usize {
        const APART: Parts = Parts::MENU.with(Parts::FOOTER).with(Parts::CONSENT);
        let count = |of_line: fn(&str, usize) -> usize| {
            let mut letters = 0;
            for (_, line, _) in self.lines().filter(|(_, _, parts)| !parts.any(APART)) {
                letters += of_line(line, most);
                if letters >= most {
                    return most;
                }
            }
            letters
        };
        // Nearly all letters of most pages are of ASCII.
        let least = count(|line, _| language::ascii_letters(line));
        if least >= most { most } else { count(language::letters_up_to) }
    }

    fn lines_of(&self, numbers: Range<usize>) -> impl Iterator<Item = (usize, &str, Parts)> {
        numbers.map(|number| {
            let Block { start, end, parts } = self.blocks[number];
            let end = self.blocks.get(number + 1).map_or(self.text.len(), |next| next.start).min(end);
            // All white space in it is ASCII by now.
            (start, self.text[start..end].trim_ascii(), parts)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// The first look at letters of ASCII spares the count and does not change it.
        #[test]
        fn letters_are_counted_as_if_all_were_looked_at(
            lines in proptest::collection::vec("(<p>|<nav>|<p class=cookie>|<footer>)([a-z ]{0,150}|[а-я 1.]{0,40}|[ا-ی\u{200C}]{0,40})", 0..8),
            most in 0..400_usize,
        ) {
            let text = lines.concat();
            let page = Page::read(&text);
            let apart = Parts::MENU.with(Parts::FOOTER).with(Parts::CONSENT);
            let of_article = page.lines().filter(|(_, _, parts)| !parts.any(apart));
            let careful: usize = of_article.map(|(_, line, _)| prose::letters(line)).sum();
            proptest::prop_assert_eq!(page.letters_up_to(most), careful.min(most));
        }
    }
}
