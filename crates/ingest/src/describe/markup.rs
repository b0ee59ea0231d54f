//! Tags and text of HTML, in one pass over borrowed text.
//!
//! Not a parser of the standard: no tree is built and nothing is moved to where it should have
//! stood. In exchange it takes time linear in the length whatever is written, holds no memory of
//! its own, and is several times as fast as tokenizers that give every character its state, which
//! is what lets a web capture be described while it is bundled.

use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;

/// The name of an element or attribute in lower case, as a number: names are compared very often.
/// Those longer than eight octets, of which none matters here, are all one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Name(u64);

impl Name {
    pub(super) const fn of(name: &[u8]) -> Self {
        if name.len() > 8 {
            return Self(u64::MAX);
        }
        let (mut number, mut at) = (0, 0);
        while at < name.len() {
            number = number << 8 | name[at].to_ascii_lowercase() as u64;
            at += 1;
        }
        Self(number)
    }

    pub(super) fn is(self, name: &[u8]) -> bool {
        self == Self::of(name)
    }
}

/// A piece of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag: its name and its attributes, unread.
    Start(Name, Attributes<'a>),
    /// An end tag.
    End(Name),
    /// Text with its character references; after a start tag of [`RAW`], what it holds.
    Text(&'a str),
    /// What a comment says.
    Comment(&'a str),
}

/// Elements whose content is text, whatever it looks like.
const RAW: [Name; 8] = [
    Name::of(b"script"),
    Name::of(b"style"),
    Name::of(b"title"),
    Name::of(b"textarea"),
    Name::of(b"noembed"),
    Name::of(b"noframes"),
    Name::of(b"iframe"),
    Name::of(b"xmp"),
];

/// Reads markup from its beginning to its end.
#[derive(Clone, Debug)]
pub(super) struct Markup<'a> {
    rest: &'a str,
    /// The element of [`RAW`] whose content comes next.
    raw: Option<&'a str>,
    /// Quotes that were sought to the end in vain: they are not sought again.
    unclosed: [bool; 2],
}

impl<'a> Markup<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, raw: None, unclosed: [false; 2] }
    }

    /// Goes on to the next script, or to the end.
    pub(super) fn only_scripts(&mut self) {
        if self.raw.is_some() {
            return;
        }
        let octets = self.rest.as_bytes();
        let opens =
            |at: &usize| octets.get(at + 1..at + 7).is_some_and(|name| name.eq_ignore_ascii_case(b"script"));
        let at = memchr::memchr_iter(b'<', octets).find(opens).unwrap_or(octets.len());
        self.take(at);
    }

    /// Splits off the first `length` octets.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The content of a raw element: up to its end tag, or to the end.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let octets = self.rest.as_bytes();
        let ends = |at: &usize| {
            let after = &octets[at + 2..];
            after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && after.get(name.len()).is_none_or(|&c| !c.is_ascii_alphanumeric())
        };
        let end = memmem::find_iter(octets, b"</").find(ends).unwrap_or(octets.len());
        self.take(end)
    }

    /// Where the tag ends that begins at the front, with `>` counted; quoted values may hold one.
    fn end_of_tag(&mut self) -> Option<usize> {
        let octets = self.rest.as_bytes();
        let mut from = 1;
        loop {
            let at = from + memchr3(b'>', b'"', b'\'', octets.get(from..)?)?;
            from = at + 1;
            let quote = octets[at];
            if quote == b'>' {
                return Some(from);
            }
            let opens = octets[..at].iter().rev().find(|c| !c.is_ascii_whitespace()) == Some(&b'=');
            let unclosed = &mut self.unclosed[usize::from(quote == b'"')];
            if opens && !*unclosed {
                match memchr(quote, &octets[from..]) {
                    Some(length) => from += length + 1,
                    None => *unclosed = true,
                }
            }
        }
    }

    /// A comment, a document type or a processing instruction: what it says, if it is a comment.
    fn declaration(&mut self) -> Option<&'a str> {
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            let end = memmem::find(comment.as_bytes(), b"-->").unwrap_or(comment.len());
            let whole = self.take(end + 7);
            return whole.get(4..end + 4);
        }
        let end = memchr(b'>', self.rest.as_bytes()).map_or(self.rest.len(), |end| end + 1);
        self.take(end);
        None
    }

    /// Text up to the next markup; a `<` that opens nothing is text.
    fn text(&mut self) -> &'a str {
        let octets = self.rest.as_bytes();
        let mut from = usize::from(octets.first() == Some(&b'<'));
        let end = loop {
            match memchr(b'<', &octets[from..]) {
                Some(at) if opens_markup(&octets[from + at..]) => break from + at,
                Some(at) => from += at + 1,
                None => break octets.len(),
            }
        };
        self.take(end)
    }
}

/// Whether `<` is followed by what makes it markup.
fn opens_markup(octets: &[u8]) -> bool {
    match octets.get(1) {
        Some(b'/') => octets.len() > 2,
        Some(&c) => c.is_ascii_alphabetic() || c == b'!' || c == b'?',
        None => false,
    }
}

impl<'a> Iterator for Markup<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw.take() {
                return Some(Token::Text(self.raw_text(name)));
            }
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') || !opens_markup(self.rest.as_bytes()) {
                return Some(Token::Text(self.text()));
            }
            // An end tag without a name is a comment of sorts.
            let nameless = self
                .rest
                .strip_prefix("</")
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()));
            if nameless || self.rest[1..].starts_with(['!', '?']) {
                match self.declaration() {
                    Some(comment) => return Some(Token::Comment(comment)),
                    None => continue,
                }
            }
            // A tag that never ends is no tag: browsers drop it, too.
            let length = self.end_of_tag().unwrap_or(self.rest.len());
            let inside = self.take(length).trim_end_matches('>');
            let start = if inside[1..].starts_with('/') { 2 } else { 1 };
            let inside = &inside[start..];
            let ends = |octet: &u8| octet.is_ascii_whitespace() || *octet == b'/';
            let (written, attributes) =
                inside.split_at(inside.as_bytes().iter().position(ends).unwrap_or(inside.len()));
            let name = Name::of(written.as_bytes());
            if start == 2 {
                return Some(Token::End(name));
            }
            self.raw = RAW.contains(&name).then_some(written);
            return Some(Token::Start(name, Attributes(attributes)));
        }
    }
}

/// The attributes of a tag, read as they are asked for: name and value with its references.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl Attributes<'_> {
    /// Whether the tag closes itself, as those of drawings may.
    pub(super) fn is_self_closing(&self) -> bool {
        self.0.ends_with('/')
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (Name, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let octets = self.0.as_bytes();
        let from = octets.iter().position(|c| !c.is_ascii_whitespace() && *c != b'/')?;
        let ends = |c: &u8| c.is_ascii_whitespace() || matches!(c, b'=' | b'/');
        // Whatever comes first belongs to the name.
        let end = octets[from + 1..].iter().position(ends).map_or(octets.len(), |end| from + 1 + end);
        let name = Name::of(&octets[from..end]);
        let space = |from: usize| octets[from..].iter().take_while(|c| c.is_ascii_whitespace()).count();
        let sign = end + space(end);
        if octets.get(sign) != Some(&b'=') {
            self.0 = self.0.get(end..).unwrap_or_default();
            return Some((name, ""));
        }
        let start = sign + 1 + space(sign + 1);
        let (value, rest) = if let Some(&quote @ (b'"' | b'\'')) = octets.get(start) {
            let end = memchr(quote, &octets[start + 1..]).map_or(octets.len(), |end| start + 1 + end);
            (start + 1..end, end + 1)
        } else {
            let rest = &octets[start..];
            let end = start + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
            (start..end, end)
        };
        let value = self.0.get(value).unwrap_or_default();
        self.0 = self.0.get(rest..).unwrap_or_default();
        Some((name, value))
    }
}

/// Text with its character references resolved.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let resolved = html_escape::decode_html_entities(text);
    // References to C1 controls mean what windows-1252 has there.
    if resolved.contains(|c| ('\u{80}'..='\u{9F}').contains(&c)) {
        return Cow::Owned(resolved.chars().map(of_windows_1252).collect());
    }
    resolved
}

fn of_windows_1252(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(octet @ 0x80..=0x9F) => {
            let octets = [octet];
            let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&octets).0;
            decoded.chars().next().unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: Name) -> String {
        name.0.to_be_bytes().iter().filter(|octet| **octet > 0).map(|octet| char::from(*octet)).collect()
    }

    fn tokens(text: &str) -> Vec<String> {
        Markup::new(text)
            .map(|token| match token {
                Token::Start(name, attributes) => {
                    let attributes: Vec<_> = attributes.map(|(name, value)| (shown(name), value)).collect();
                    format!("<{} {attributes:?}", shown(name))
                }
                Token::End(name) => format!("</{}", shown(name)),
                Token::Text(text) => text.to_owned(),
                Token::Comment(text) => format!("!{text}"),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_comments() {
        assert_eq!(
            tokens("<!DOCTYPE html><p class=a id='b > c'>1 < 2<br/></P><!-- so -->"),
            ["<p [(\"class\", \"a\"), (\"id\", \"b > c\")]", "1 < 2", "<br []", "</p", "! so "]
        );
    }

    #[test]
    fn what_a_script_writes_is_no_markup() {
        assert_eq!(
            tokens("<script>document.write('<h1>no</h1>')</SCRIPT ><h1>yes"),
            ["<script []", "document.write('<h1>no</h1>')", "</script", "<h1 []", "yes"]
        );
    }

    #[test]
    fn nothing_that_is_left_open_hurts() {
        assert_eq!(tokens("<"), ["<"]);
        assert_eq!(tokens("a</"), ["a</"]);
        assert_eq!(tokens("<p"), ["<p []"]);
        assert_eq!(tokens("<!--"), ["!"]);
        assert_eq!(tokens("<!-- a"), ["! a"]);
        assert_eq!(tokens("<p a=\"b>c"), ["<p [(\"a\", \"b\")]", "c"]);
        assert_eq!(tokens("<p =>x"), ["<p [(\"=\", \"\")]", "x"]);
        assert_eq!(tokens("<title>x"), ["<title []", "x"]);
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(resolved("a &amp; b &#1705; &#x6A9; &#147;c&#148; &nope;"), "a & b ک ک “c” &nope;");
    }
}
