//! Writing the elements of PREMIS, one after the other.

use crate::{Error, ErrorKind, Result};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;

/// Where the vocabularies of the Library of Congress lie.
const VOCABULARIES: &str = "http://id.loc.gov/vocabulary/preservation/";

/// A term of a vocabulary for preservation of the Library of Congress.
#[derive(Clone, Copy)]
pub(super) struct Term {
    /// Its words.
    pub(super) label: &'static str,
    /// The name of its vocabulary there.
    pub(super) vocabulary: &'static str,
    /// Its own name in the vocabulary.
    pub(super) code: &'static str,
}

/// A document in the making; nothing of it is kept in memory.
pub(super) struct Xml<W: Write>(Writer<W>);

impl<W: Write> Xml<W> {
    /// Begins the document with its root element.
    pub(super) fn new(out: W) -> Result<Self> {
        let mut xml = Self(Writer::new_with_indent(out, b' ', 1));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let attributes = [
            ("xmlns", "http://www.loc.gov/premis/v3"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://www.loc.gov/premis/v3 https://www.loc.gov/standards/premis/v3/premis-v3-0.xsd",
            ),
            ("version", "3.0"),
        ];
        xml.write(Event::Start(BytesStart::new("premis").with_attributes(attributes)))?;
        Ok(xml)
    }

    /// Ends the root element, and gives back what was written to.
    pub(super) fn end(mut self) -> Result<W> {
        self.write(Event::End(BytesEnd::new("premis")))?;
        let mut out = self.0.into_inner();
        out.write_all(b"\n").map_err(|error| cannot_write(&error))?;
        Ok(out)
    }

    /// An object of a category: `file`, `intellectualEntity`.
    pub(super) fn object(
        &mut self,
        category: &str,
        within: &mut dyn FnMut(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let start = BytesStart::new("object").with_attributes([("xsi:type", category)]);
        self.write(Event::Start(start))?;
        within(self)?;
        self.write(Event::End(BytesEnd::new("object")))
    }

    /// An element that holds others.
    pub(super) fn element(
        &mut self,
        name: &str,
        within: &mut dyn FnMut(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.write(Event::Start(BytesStart::new(name)))?;
        within(self)?;
        self.write(Event::End(BytesEnd::new(name)))
    }

    /// An element that holds text.
    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<()> {
        self.text_in(BytesStart::new(name), name, text)
    }

    /// An element that holds the words of a term.
    pub(super) fn term(&mut self, name: &str, term: Term) -> Result<()> {
        let vocabulary = format!("{VOCABULARIES}{}", term.vocabulary);
        let value = format!("{vocabulary}/{}", term.code);
        self.worded(name, term.label, &vocabulary, &value)
    }

    /// The same of a term that comes with its whole address.
    pub(super) fn worded(&mut self, name: &str, label: &str, vocabulary: &str, address: &str) -> Result<()> {
        let attributes = [("authorityURI", vocabulary), ("valueURI", address)];
        self.text_in(BytesStart::new(name).with_attributes(attributes), name, label)
    }

    /// An identifier: an element `NAME` with `NAMEType` and `NAMEValue`.
    pub(super) fn identifier(&mut self, name: &str, kind: &str, value: &str) -> Result<()> {
        self.element(name, &mut |xml| xml.identifier_parts(name, kind, value))
    }

    /// The two elements within an identifier.
    pub(super) fn identifier_parts(&mut self, name: &str, kind: &str, value: &str) -> Result<()> {
        self.text(&format!("{name}Type"), kind)?;
        self.text(&format!("{name}Value"), value)
    }

    fn text_in(&mut self, start: BytesStart<'_>, name: &str, text: &str) -> Result<()> {
        self.write(Event::Start(start))?;
        self.write(Event::Text(BytesText::from_escaped(escaped(text))))?;
        self.write(Event::End(BytesEnd::new(name)))
    }

    fn write(&mut self, event: Event<'_>) -> Result<()> {
        self.0.write_event(event).map_err(|error| cannot_write(&error))
    }
}

/// Text as XML has it. What XML 1.0 §2.2 does not let in is written as raw names are, `\xHH` for each
/// octet; a carriage return is a reference, for a reader makes a line feed of it otherwise (§2.11).
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            c if is_special(c) => {
                for octet in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(escaped, "\\x{octet:02X}");
                }
            }
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '\u{FFFE}' | '\u{FFFF}') || (c < ' ' && !matches!(c, '\t' | '\n'))
}

fn cannot_write(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Package, format!("cannot write the PREMIS document: {error}"))
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use proptest::prelude::*;

    #[test]
    fn what_xml_cannot_hold_is_spelt() {
        assert_eq!(escaped("a<b>&\"'"), "a&lt;b&gt;&amp;\"'");
        assert_eq!(escaped("\u{0}\u{FFFE}\r\n\t"), "\\x00\\xEF\\xBF\\xBE&#13;\n\t");
        assert_eq!(escaped("بامداد\u{200C}ها"), "بامداد\u{200C}ها");
    }

    proptest! {
        #[test]
        fn a_reader_finds_what_was_written(text in "\\PC{0,40}|[\r\n\t<>&\"'x]{0,20}") {
            let written = escaped(&text);
            prop_assert_eq!(&*quick_xml::escape::unescape(&written).unwrap(), &*text);
        }
    }
}
