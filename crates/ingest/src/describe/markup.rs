//! Tags and text of HTML, in one pass over borrowed text.
//!
//! Not a parser of the standard: no tree is built and nothing is moved to where it should have
//! stood. In exchange it looks at every octet once, takes time linear in the length whatever is
//! written, holds the attributes of one tag at a time, and is several times as fast as tokenizers
//! that give every character its state, which is what lets a web capture be described while it is
//! bundled.

mod name;
mod passing;
mod references;

pub(super) use name::{Name, Traits};
pub(super) use passing::Passing;
pub(super) use references::resolved;

use crate::eight::find;
use memchr::memchr_iter;
use std::ops::Range;

/// Who keeps of the attributes of a tag what matters.
pub(super) trait Attributes<'a>: Default {
    /// Keeps an attribute if it matters: its value with its references. Those whose names are too long to matter are
    /// not told.
    fn keep(&mut self, name: Name, value: impl FnOnce() -> &'a str);
}

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag; its attributes are those of [`Markup::attributes`] until the next.
    Start(Name),
    /// An end tag.
    End(Name),
    /// Text with its character references; after the start tag of a raw element, what it holds.
    Text(&'a str),
    /// What a comment says.
    Comment(&'a str),
}

/// Reads markup from its beginning to its end.
#[derive(Clone, Debug)]
pub(super) struct Markup<'a, A> {
    text: &'a str,
    /// The octet that is read next: always the first of a character.
    at: usize,
    /// The raw element whose content comes next, as its name is written.
    raw: Option<&'a str>,
    /// What is known of the element of the last start tag.
    traits: Traits,
    attributes: A,
    closes_itself: bool,
    is_spaced: bool,
    /// Before this, no element can be passed over: it was tried.
    vain: usize,
}

impl<'a, A: Attributes<'a>> Markup<'a, A> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            raw: None,
            traits: Traits::default(),
            attributes: A::default(),
            closes_itself: false,
            is_spaced: false,
            vain: 0,
        }
    }

    /// What was kept of the attributes of the last start tag.
    pub(super) fn attributes(&self) -> &A {
        &self.attributes
    }

    /// What is known of the element of the last start tag.
    pub(super) fn traits(&self) -> Traits {
        self.traits
    }

    /// Whether the last start tag closes itself, as those of drawings may.
    pub(super) fn closes_itself(&self) -> bool {
        self.closes_itself
    }

    /// Whether white space stood before the last token, which is no text of its own.
    pub(super) fn is_spaced(&self) -> bool {
        self.is_spaced
    }

    /// Goes on to the next script, or to the end.
    pub(super) fn only_scripts(&mut self) {
        if self.raw.is_some() {
            return;
        }
        let octets = self.rest();
        let opens =
            |at: &usize| octets.get(at + 1..at + 7).is_some_and(|name| name.eq_ignore_ascii_case(b"script"));
        let length = memchr_iter(b'<', octets).find(opens).unwrap_or(octets.len());
        self.at += length;
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes the next `length` octets, or all that are left.
    fn take(&mut self, length: usize) -> &'a str {
        let end = self.at.saturating_add(length).min(self.text.len());
        let taken = self.text.get(self.at..end).unwrap_or_default();
        self.at = end;
        taken
    }

    /// The content of a raw element: up to its end tag, or to the end.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let length = passing::raw_length(self.rest(), name);
        self.take(length)
    }

    /// A start tag, whose `<` is next. One that never ends goes to the end, as in browsers.
    fn start_tag(&mut self) -> Token<'a> {
        let octets = self.text.as_bytes();
        let (name, mut at) = Name::at(octets, self.at + 1, false);
        self.traits = name.traits();
        self.raw = self.traits.is(Traits::RAW).then(|| self.text.get(self.at + 1..at)).flatten();
        self.attributes = A::default();
        self.closes_itself = false;
        while let Some(octet) = octets.get(at) {
            match octet {
                b'>' => {
                    at += 1;
                    break;
                }
                b'/' => {
                    at += 1;
                    self.closes_itself = octets.get(at) == Some(&b'>');
                }
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => at += 1,
                _ => at = self.attribute(at),
            }
        }
        self.at = at;
        Token::Start(name)
    }

    /// Keeps the attribute that begins at `from`; answers with where it ends.
    fn attribute(&mut self, from: usize) -> usize {
        let octets = self.text.as_bytes();
        // Whatever comes first belongs to the name, even a sign of equality.
        let (name, end) = if octets.get(from) == Some(&b'=') {
            (Name::LONG, Name::at(octets, from + 1, true).1)
        } else {
            Name::at(octets, from, true)
        };
        // Nearly all are written so.
        if let Some([b'=', quote @ (b'"' | b'\''), quoted @ ..]) = octets.get(end..)
            && let Some(length) = find(*quote, quoted)
        {
            self.keep(name, end + 2..end + 2 + length);
            return end + length + 3;
        }
        let sign = past_space(octets, end);
        if octets.get(sign) != Some(&b'=') {
            self.keep(name, end..end);
            return end;
        }
        let start = past_space(octets, sign + 1);
        let rest = octets.get(start..).unwrap_or_default();
        let (value, end) = if let [quote @ (b'"' | b'\''), quoted @ ..] = rest {
            if let Some(length) = find(*quote, quoted) {
                (start + 1..start + 1 + length, start + length + 2)
            } else {
                // A quote that is not closed ends with its tag.
                let end = start + find(b'>', rest).unwrap_or(rest.len());
                (start + 1..end, end)
            }
        } else {
            let ends = |octet: &u8| octet.is_ascii_whitespace() || *octet == b'>';
            let end = start + rest.iter().position(ends).unwrap_or(rest.len());
            (start..end, end)
        };
        self.keep(name, value);
        end
    }

    fn keep(&mut self, name: Name, value: Range<usize>) {
        if name != Name::LONG {
            let text = self.text;
            self.attributes.keep(name, || text.get(value).unwrap_or_default());
        }
    }

    /// An end tag, whose `</` is next.
    fn end_tag(&mut self) -> Token<'a> {
        let octets = self.text.as_bytes();
        let (name, at) = Name::at(octets, self.at + 2, false);
        let rest = octets.get(at..).unwrap_or_default();
        let end = if rest.first() == Some(&b'>') { Some(0) } else { find(b'>', rest) };
        self.at = at + end.map_or(rest.len(), |length| length + 1);
        Token::End(name)
    }

    /// A comment, a document type or a processing instruction: what it says, if it is a comment.
    fn declaration(&mut self) -> Option<&'a str> {
        let octets = self.rest();
        if let Some(comment) = octets.strip_prefix(b"<!--") {
            let end = passing::comment_length(comment).unwrap_or(comment.len());
            let whole = self.take(end + 7);
            return whole.get(4..end + 4);
        }
        let end = find(b'>', octets).map_or(octets.len(), |end| end + 1);
        self.take(end);
        None
    }

    /// Passes over white space before markup: of all that stands between tags, most is no more.
    fn pass_space(&mut self) {
        let rest = self.rest();
        if rest.first().is_none_or(|octet| !octet.is_ascii_whitespace()) {
            return;
        }
        let width = width_of_space(rest);
        if rest.get(width) == Some(&b'<') && opens_markup(&rest[width..]) {
            self.at += width;
            self.is_spaced = true;
        }
    }

    /// Text up to the next markup; a `<` that opens nothing is text.
    fn text(&mut self) -> &'a str {
        let octets = self.rest();
        let mut from = usize::from(octets.first() == Some(&b'<'));
        let end = loop {
            match find(b'<', &octets[from..]) {
                Some(at) if opens_markup(&octets[from + at..]) => break from + at,
                Some(at) => from += at + 1,
                None => break octets.len(),
            }
        };
        self.take(end)
    }
}

/// How much white space comes first: much of it is indentation.
fn width_of_space(octets: &[u8]) -> usize {
    let mut rest = octets;
    while let Some((b"        " | b"\t\t\t\t\t\t\t\t", behind)) = rest.split_first_chunk::<8>() {
        rest = behind;
    }
    octets.len() - rest.trim_ascii_start().len()
}

fn past_space(octets: &[u8], from: usize) -> usize {
    let rest = octets.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|octet| octet.is_ascii_whitespace()).count()
}

/// Whether `<` is followed by what makes it markup.
fn opens_markup(octets: &[u8]) -> bool {
    match octets.get(1) {
        Some(b'/') => octets.len() > 2,
        Some(&c) => c.is_ascii_alphabetic() || c == b'!' || c == b'?',
        None => false,
    }
}

impl<'a, A: Attributes<'a>> Iterator for Markup<'a, A> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.is_spaced = false;
        if let Some(name) = self.raw.take() {
            return Some(Token::Text(self.raw_text(name)));
        }
        loop {
            self.pass_space();
            return match self.rest() {
                [] => None,
                [b'<', b'/', c, ..] if c.is_ascii_alphabetic() => Some(self.end_tag()),
                [b'<', c, ..] if c.is_ascii_alphabetic() => Some(self.start_tag()),
                // An end tag without a name is a comment of sorts.
                [b'<', b'!' | b'?', ..] | [b'<', b'/', _, ..] => match self.declaration() {
                    Some(comment) => Some(Token::Comment(comment)),
                    None => continue,
                },
                _ => Some(Token::Text(self.text())),
            };
        }
    }
}

#[cfg(test)]
mod tests;
