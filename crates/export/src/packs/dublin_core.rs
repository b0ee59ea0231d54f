//! Dublin Core: a record of `oai_dc` (OAI-PMH 2.0) for each document, in one XML file.
//!
//! Each record is valid by <http://www.openarchives.org/OAI/2.0/oai_dc.xsd>. No standard has a root for
//! many of them, so theirs is our own and says nothing but whose they are.

use super::cells::Outgoing;
use super::disclosure::Disclosure;
use super::{Order, Source, Written, one_file};
use crate::crosswalk::Vocabulary;
use crate::sheet::Row;
use crate::{Error, ErrorKind, Result};
use fixity::{Observer, Step};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;

/// The namespace of the root.
const ROOT: &str = "urn:fonds:dublin-core-records:1";
/// What stands on each record.
const RECORD: [(&str, &str); 4] = [
    ("xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
        "xsi:schemaLocation",
        "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    ),
];

pub(super) fn write(source: &Source<'_>, order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    one_file(order.target, |file| {
        let mut records = Records::begin(file, source, order).map_err(cannot_write)?;
        let mut disclosure = Disclosure::default();
        source.rows(&mut |row| {
            if observer.observe(Step::Advanced { files: 0, octets: 0 }) == ControlFlow::Break(()) {
                return Err(super::cancelled());
            }
            if disclosure.admits(row) {
                records.put(row, &mut disclosure).map_err(cannot_write)?;
            }
            Ok(())
        })?;
        records.end().map_err(cannot_write)?;
        Ok(disclosure.finish())
    })
}

fn cannot_write(error: io::Error) -> Error {
    Error::io(ErrorKind::Package, "cannot write the records", error)
}

/// The file on its way.
struct Records<'a> {
    xml: Writer<BufWriter<&'a File>>,
    terms: Vec<Outgoing>,
}

impl<'a> Records<'a> {
    fn begin(file: &'a File, source: &Source<'_>, order: &Order<'_>) -> io::Result<Self> {
        let mut xml = Writer::new_with_indent(BufWriter::new(file), b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let name = legal(source.name());
        let root = [("xmlns", ROOT), ("bundle", &*name), ("software", order.software)];
        xml.write_event(Event::Start(BytesStart::new("records").with_attributes(root)))?;
        Ok(Self { xml, terms: Outgoing::all(Vocabulary::OaiDc) })
    }

    fn put(&mut self, row: &Row<'_>, disclosure: &mut Disclosure) -> io::Result<()> {
        let start = BytesStart::new("oai_dc:dc").with_attributes(RECORD);
        self.xml.write_event(Event::Start(start))?;
        let language = row.description.get("language").filter(|tag| is_language(tag));
        for outgoing in &self.terms {
            let term = outgoing.term;
            let value = disclosure.shown(row, &term.column);
            for value in outgoing.values(&value) {
                let mut element = self.xml.create_element(format!("dc:{}", term.name));
                // A title is in the document's own language.
                if let Some(language) = language.filter(|_| term.column == "title") {
                    element = element.with_attribute(("xml:lang", language));
                }
                element.write_text_content(BytesText::new(&legal(value)))?;
            }
        }
        self.xml.write_event(Event::End(BytesEnd::new("oai_dc:dc")))
    }

    fn end(mut self) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new("records")))?;
        let mut out = self.xml.into_inner();
        out.write_all(b"\n")?;
        out.flush()
    }
}

/// Whether a value can stand in `xml:lang`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.next().is_some_and(|first| is_part(first) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(is_part)
}

/// A value without characters that XML 1.0 has no way to hold: they are spelt as `\xHH`.
pub(super) fn legal(value: &str) -> Cow<'_, str> {
    let is_illegal =
        |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    if !value.contains(is_illegal) {
        return value.into();
    }
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        if is_illegal(c) {
            let mut room = [0; 4];
            for octet in c.encode_utf8(&mut room).bytes() {
                let _ = write!(text, "\\x{octet:02X}");
            }
        } else {
            text.push(c);
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_spelt() {
        assert_eq!(legal("a\u{1}b\u{FFFE}"), "a\\x01b\\xEF\\xBF\\xBE");
        assert_eq!(legal("a\tb\nسلام"), "a\tb\nسلام");
    }

    #[test]
    fn languages_are_tags() {
        for tag in ["fa", "en-GB", "zh-Hant-TW", "i-klingon"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["", "fa | en", "fa_IR", "-", "en-", "12", "toolongatag"] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}
