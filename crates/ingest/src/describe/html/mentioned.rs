//! Who is reported to have said or done what, in the article of a page; and where that stands in its
//! source.

use std::ops::Range;

use super::{Heading, is_elsewhere_line};
use crate::describe::evidence::Evidence;
use crate::describe::markup::resolved;
use crate::describe::page::Page;
use crate::describe::prose;
use crate::mentions::{self, Edge, Positions};

/// Octets of the shortest paragraph.
const PARAGRAPH: usize = 40;
/// Octets from which a line is a paragraph, however it ends.
const LONG: usize = 240;
/// Octets of a character reference.
const REFERENCE: usize = 40;

/// Looks at the article's paragraphs, and its heading.
pub(super) fn mentions(
    source: &str,
    page: &Page,
    heading: Option<&Heading>,
    language: Option<&str>,
    evidence: &mut Evidence,
) {
    let place = |edges: &[Edge]| {
        let mut positions = Positions::new(source);
        in_source(source, page, edges).into_iter().map(|octet| positions.before(octet)).collect()
    };
    let blocks = paragraphs(page, heading);
    evidence.mention(mentions::mentions(&page.text, &blocks, language, place));
}

/// The heading and the paragraphs behind it; lists, menus and captions are none.
fn paragraphs(page: &Page, heading: Option<&Heading>) -> Vec<Range<usize>> {
    let from = heading.map_or(0, |heading| heading.start);
    // No line that begins there or later has any text before this.
    let first = page.text[..from].trim_ascii_end().len();
    let mut blocks = Vec::new();
    let lines = page.lines_within(first..=page.text.len());
    for (start, line, parts) in lines.filter(|(_, line, _)| !line.is_empty()) {
        let start = start.max(line.as_ptr().addr().saturating_sub(page.text.as_ptr().addr()));
        let is_heading = heading.is_some_and(|heading| heading.start == start);
        let is_paragraph = line.len() >= LONG || line.len() >= PARAGRAPH && ends_sentence(line);
        let is_ours = || start >= from && !is_elsewhere_line(parts, heading);
        if is_heading || is_paragraph && is_ours() {
            blocks.push(start..start + line.len());
        }
    }
    blocks
}

/// Whether a line ends as sentences do.
fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '…', '؟', '”', '»', '"', ':', '’', ')'])
}

/// Octets of the source before each edge of the text.
fn in_source(source: &str, page: &Page, edges: &[Edge]) -> Vec<usize> {
    walked(source, page, edges, alike)
}

/// The same; `alike` says how much of a piece and its text need not be walked along.
fn walked(source: &str, page: &Page, edges: &[Edge], alike: fn(&str, &str) -> usize) -> Vec<usize> {
    let mut places = Vec::with_capacity(edges.len());
    let mut edges = edges.iter().peekable();
    while let Some(edge) = edges.peek() {
        // An end belongs to the character before it.
        let is_behind = |start: usize| start < edge.octet || edge.is_start && start == edge.octet;
        let number = page.pieces.partition_point(|piece| is_behind(piece.0)).saturating_sub(1);
        let Some(&(start, piece)) = page.pieces.get(number) else { break };
        let end = page.pieces.get(number + 1).map_or(page.text.len(), |next| next.0);
        let is_here = |edge: &&Edge| if edge.is_start { edge.octet < end } else { edge.octet <= end };
        if !is_here(edge) {
            break;
        }
        let offset = piece.as_ptr().addr().saturating_sub(source.as_ptr().addr());
        let mut walk = Walk { piece, at: 0, unit: 0..0, rest: 0 };
        let same = start + alike(piece, &page.text[start..end]);
        let mut passed = start;
        while let Some(edge) = edges.next_if(is_here) {
            let limit = if edge.is_start { edge.octet + 1 } else { edge.octet };
            let limit = page.text.ceil_char_boundary(limit.min(end)).max(passed);
            let (quickly, slowly) = page.text[passed..limit].split_at(limit.min(same).saturating_sub(passed));
            walk.pass_all(quickly);
            slowly.chars().for_each(|c| walk.pass(c));
            passed = limit;
            places.push(offset + if edge.is_start { walk.unit.start } else { walk.unit.end });
        }
    }
    places.extend(edges.map(|_| source.len()));
    places
}

/// Octets at the beginning of a piece and of the text that was made of it that are the same characters,
/// each standing for itself.
fn alike(piece: &str, text: &str) -> usize {
    let ((pieces, _), (texts, _)) = (piece.as_bytes().as_chunks::<16>(), text.as_bytes().as_chunks::<16>());
    let differs = |one: u8, other: u8| one ^ other | u8::from(one == b'&') | u8::from(one < b' ');
    // Sixteen octets at a time, without an end among them.
    let differ = |(one, other): (&[u8; 16], &[u8; 16])| {
        one.iter().zip(other).fold(0, |found, (one, other)| found | differs(*one, *other)) > 0
    };
    let whole = pieces.iter().zip(texts).take_while(|both| !differ(*both)).count() * 16;
    let rest = piece.bytes().zip(text.bytes()).skip(whole);
    let alike = whole + rest.take_while(|(one, other)| differs(*one, *other) == 0).count();
    piece.floor_char_boundary(alike)
}

/// A walk along a piece of the source beside the text that was made of it.
struct Walk<'a> {
    piece: &'a str,
    at: usize,
    /// Octets of the character or reference that the last character of the text stands for.
    unit: Range<usize>,
    /// Characters of the text that this reference still stands for.
    rest: usize,
}

impl Walk<'_> {
    /// Goes on to the last character of what stands here in the source as it does in the text.
    fn pass_all(&mut self, text: &str) {
        let Some(last) = text.chars().next_back().map(char::len_utf8) else { return };
        self.at += text.len();
        self.unit = self.at - last..self.at;
    }

    /// Goes on to what a character of the text stands for.
    fn pass(&mut self, c: char) {
        if self.rest > 0 {
            self.rest -= 1;
            return;
        }
        if c == '\n' {
            return;
        }
        while let Some((length, first, count)) = unit(&self.piece[self.at..]) {
            let is_left_out = first.is_none_or(prose::is_unwanted);
            let is_space = first.is_some_and(char::is_whitespace);
            if c == ' ' && !is_space && !is_left_out {
                // It was put between two elements.
                return;
            }
            self.unit = self.at..self.at + length;
            self.at += length;
            if !is_left_out && (c == ' ' || !is_space) {
                self.rest = count - 1;
                return;
            }
        }
    }
}

/// How many octets the first character or reference takes, what it stands for, and for how many
/// characters.
fn unit(rest: &str) -> Option<(usize, Option<char>, usize)> {
    let c = rest.chars().next()?;
    if c == '&'
        && let Some(end) = rest[..rest.floor_char_boundary(REFERENCE)].find(';')
    {
        let written = &rest[..=end];
        let meant = resolved(written);
        if *meant != *written {
            return Some((written.len(), meant.chars().next(), meant.chars().count().max(1)));
        }
    }
    Some((c.len_utf8(), Some(c), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// No line of a page is broken, as rules expect.
        #[test]
        fn paragraphs_are_on_one_line(source in "(<p>|</p>|<pre>|<b>|<br>|a|Port Ellery and its harbour|é|گ| |\n|\t|\r|&#9;|&#10;|&#13;|&nbsp;|\u{A0}|\u{202E}|\u{B}){0,24}") {
            let page = Page::read(&source);
            for (_, line, _) in page.lines_within(0..=page.text.len()) {
                proptest::prop_assert!(!line.contains(['\n', '\r', '\t']), "{line:?}");
            }
        }

        /// What stands in the source as it is is placed as if it were walked along with care.
        #[test]
        fn both_ways_of_placing_are_one(source in "(<p>|</p>|<b>|<br>|a|Port Ellery and its harbour|é|گ| |  |\n|&amp;|&nbsp;|& |&#x202E;|&NotEqualTilde;|\u{A0}|\u{AD}|\u{202E}){0,24}") {
            let page = Page::read(&source);
            let octets = (0..=page.text.len()).filter(|octet| page.text.is_char_boundary(*octet));
            let edges: Vec<Edge> =
                octets.flat_map(|octet| [false, true].map(|is_start| Edge { octet, is_start })).collect();
            proptest::prop_assert_eq!(in_source(&source, &page, &edges), walked(&source, &page, &edges, |_, _| 0));
            let places = in_source(&source, &page, &edges);
            for (edge, place) in edges.iter().zip(places) {
                let alone = [*edge];
                proptest::prop_assert_eq!(in_source(&source, &page, &alone), walked(&source, &page, &alone, |_, _| 0));
                proptest::prop_assert_eq!(in_source(&source, &page, &alone), [place]);
            }
        }
    }
}
