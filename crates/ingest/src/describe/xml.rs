//! XML as metadata is written in: elements, attributes and text, with namespaces resolved.
//!
//! No document type is taken (so no entity of a document's own is ever expanded, nothing external
//! asked for), and elements nest to [`DEEPEST`] only. Time grows with the length of the text.

use super::{charset, prose};
use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use std::borrow::Cow;

/// Elements within each other.
pub(super) const DEEPEST: usize = 64;

/// Tags, texts and references of a document.
pub(super) const STEPS: usize = 100_000;

/// Elements of a small document that are kept.
const ELEMENTS: usize = 5_000;
/// Octets of a text or of an attribute that are kept.
const VALUE: usize = 8 << 10;

/// Namespaces by the prefix that each is called by here, whatever a document calls it.
const SPACES: [(&str, &str); 43] = [
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
    ("x", "adobe:ns:meta/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("xmpTPg", "http://ns.adobe.com/xap/1.0/t/pg/"),
    ("xmpDM", "http://ns.adobe.com/xmp/1.0/DynamicMedia/"),
    ("stRef", "http://ns.adobe.com/xap/1.0/sType/ResourceRef#"),
    ("stEvt", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfx", "http://ns.adobe.com/pdfx/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("exif", "http://ns.adobe.com/exif/1.0/"),
    ("exifEX", "http://cipa.jp/exif/1.0/"),
    ("aux", "http://ns.adobe.com/exif/1.0/aux/"),
    ("tiff", "http://ns.adobe.com/tiff/1.0/"),
    ("crs", "http://ns.adobe.com/camera-raw-settings/1.0/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
    ("prism", "http://prismstandard.org/namespaces/basic/2.0/"),
    ("GPano", "http://ns.google.com/photos/1.0/panorama/"),
    ("drone-dji", "http://www.dji.com/drone-dji/1.0/"),
    ("mwg-rs", "http://www.metadataworkinggroup.com/schemas/regions/"),
    ("MP", "http://ns.microsoft.com/photo/1.2/"),
    ("MicrosoftPhoto", "http://ns.microsoft.com/photo/1.0/"),
    ("MPReg", "http://ns.microsoft.com/photo/1.2/t/Region#"),
    ("cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("cp", "http://purl.oclc.org/ooxml/package/metadata/core-properties"),
    ("ep", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"),
    ("ep", "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"),
    ("rel", "http://schemas.openxmlformats.org/package/2006/relationships"),
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("opf", "http://www.idpf.org/2007/opf"),
    ("ocf", "urn:oasis:names:tc:opendocument:xmlns:container"),
];

/// Why the rest was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not well-formed, or cut.
    Broken,
    /// Elements nest deeper than [`DEEPEST`].
    TooDeep,
    /// It has more than [`STEPS`] tags, texts and references.
    TooLong,
    /// It declares a document type, and with it perhaps entities of its own.
    DocumentType,
}

impl Fault {
    /// In words, behind what was read: `core properties: XML that is broken`.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Broken => "XML that is broken or cut",
            Self::TooDeep => "XML that nests too deep",
            Self::TooLong => "XML with too many elements",
            Self::DocumentType => "XML with a document type, of which nothing is taken",
        }
    }
}

/// The next thing in a document.
pub(super) enum Step<'w, 't> {
    /// An element begins; every element that begins ends.
    Open(Tag<'w, 't>),
    /// A piece of text: a reference within it begins another piece.
    Text(Cow<'t, str>),
    /// The innermost element ends.
    Close,
}

/// The beginning of an element.
pub(super) struct Tag<'w, 't> {
    start: BytesStart<'t>,
    spaces: &'w NamespaceResolver,
}

impl Tag<'_, '_> {
    /// The name with the prefix of [`SPACES`]; without one if its namespace is not known.
    pub(super) fn name(&self) -> String {
        let (space, local) = self.spaces.resolve_element(self.start.name());
        named(&space, local.into_inner())
    }

    /// Names, as of elements, and values of the attributes, without declarations of namespaces and
    /// those that refer to unknown entities.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        // Looking for duplicates would cost the square of their number.
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let attributes: Vec<_> = attributes.flatten().take(256).collect();
        attributes.into_iter().filter_map(|attribute| {
            if attribute.key.as_namespace_binding().is_some() {
                return None;
            }
            let (space, local) = self.spaces.resolve_attribute(attribute.key);
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok()?;
            Some((named(&space, local.into_inner()), value.into_owned()))
        })
    }
}

fn named(space: &ResolveResult<'_>, local: &str) -> String {
    if let ResolveResult::Bound(space) = space {
        let known = SPACES.iter().find(|(_, address)| *address == space.into_inner());
        if let Some((prefix, _)) = known {
            return [prefix, ":", local].concat();
        }
    }
    local.to_owned()
}

/// A walk over a document, step by step.
pub(super) struct Walk<'t> {
    reader: NsReader<&'t [u8]>,
    depth: usize,
    left: usize,
}

impl<'t> Walk<'t> {
    pub(super) fn over(text: &'t str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, depth: 0, left: STEPS }
    }

    /// The next step; `None` at the end, where no element may be open.
    pub(super) fn next(&mut self) -> Result<Option<Step<'_, 't>>, Fault> {
        loop {
            self.left = self.left.checked_sub(1).ok_or(Fault::TooLong)?;
            let event = self.reader.read_event().map_err(|_| Fault::Broken)?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Fault::TooDeep);
                    }
                    Step::Open(Tag { start, spaces: self.reader.resolver() })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.into_inner()),
                Event::CData(text) => Step::Text(text.into_inner()),
                Event::GeneralRef(reference) => match resolved(&reference) {
                    Some(character) => Step::Text(character),
                    None => continue,
                },
                Event::DocType(_) => return Err(Fault::DocumentType),
                Event::Eof if self.depth > 0 => return Err(Fault::Broken),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

/// An element that holds text, or attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, with the prefix of [`SPACES`].
    pub(super) name: String,
    /// Names and values of its attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// Its own text, without that of elements within it.
    pub(super) text: String,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// The elements of a small document in the order of their ends, for those to whom it does not matter
/// which is within which.
#[derive(Clone, Debug, Default)]
pub(super) struct Elements {
    all: Vec<Element>,
    /// Why the rest was not read.
    pub(super) fault: Option<Fault>,
}

impl Elements {
    /// Reads a document in any encoding that it says it is in.
    pub(super) fn read(octets: &[u8]) -> Self {
        let text = charset::decode(octets).text;
        let (mut walk, mut open) = (Walk::over(&text), Vec::<Element>::new());
        let mut elements = Self::default();
        while elements.all.len() < ELEMENTS {
            match walk.next() {
                Ok(Some(Step::Open(tag))) => {
                    let attributes = tag.attributes().map(|(name, value)| (name, cut(value))).collect();
                    open.push(Element { name: cut(tag.name()), attributes, text: String::new() });
                }
                Ok(Some(Step::Text(text))) => {
                    if let Some(element) = open.last_mut() {
                        let room = VALUE.saturating_sub(element.text.len());
                        element.text.push_str(prose::beginning(&text, room));
                    }
                }
                Ok(Some(Step::Close)) => {
                    let element = open.pop();
                    let says =
                        |element: &Element| !element.attributes.is_empty() || !element.text.trim().is_empty();
                    elements.all.extend(element.filter(says));
                }
                Ok(None) => break,
                Err(fault) => {
                    elements.fault = Some(fault);
                    break;
                }
            }
        }
        elements
    }

    /// All elements.
    pub(super) fn all(&self) -> impl Iterator<Item = &Element> {
        self.all.iter()
    }

    /// All elements of a name.
    pub(super) fn named<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Element> + use<'a, 'n> {
        self.all.iter().filter(move |element| element.name == name)
    }

    /// The text of the first element of a name that has any.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.named(name).map(|element| element.text.trim()).find(|text| !text.is_empty())
    }
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(VALUE));
    text
}

/// The character that a reference stands for: a number or one of the five names of XML.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Option<Cow<'static, str>> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(Cow::Owned(character.to_string()));
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, Option<Fault>) {
        let (mut walk, mut said) = (Walk::over(text), String::new());
        loop {
            match walk.next() {
                Ok(Some(Step::Open(tag))) => {
                    said.extend(["<", &tag.name()]);
                    for (name, value) in tag.attributes() {
                        said.extend([" ", &name, "=", &value]);
                    }
                    said.push('>');
                }
                Ok(Some(Step::Text(text))) => said.push_str(&text),
                Ok(Some(Step::Close)) => said.push_str("</>"),
                Ok(None) => return (said, None),
                Err(fault) => return (said, Some(fault)),
            }
        }
    }

    #[test]
    fn names_are_those_of_namespaces() {
        let text = "<?xml version='1.0'?><a:b xmlns:a='http://purl.org/dc/terms/' xmlns:q='adobe:ns:meta/' q:c='1&lt;2' d='&own;'>\
                    x&amp;&#x6A9;<![CDATA[<y>]]>&own;<c xmlns='urn:unknown'/></a:b>";
        assert_eq!(told(text), ("<dcterms:b x:c=1<2>x&ک<y><c></></>".to_owned(), None));
    }

    #[test]
    fn faults_are_told_and_nothing_grows() {
        assert_eq!(told("<a><b>x</a>").1, Some(Fault::Broken));
        assert_eq!(told("<a>x").1, Some(Fault::Broken));
        assert_eq!(
            told("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            (String::new(), Some(Fault::DocumentType))
        );
        assert_eq!(told(&"<a>".repeat(100_000)).1, Some(Fault::TooDeep));
        assert_eq!(told(&format!("<a>{}</a>", "&amp;".repeat(300_000))).1, Some(Fault::TooLong));
        let many: String = (0..100_000)
            .flat_map(|at: u32| [" xmlns:a".to_owned(), at.to_string(), "='b'".to_owned()])
            .collect();
        assert_eq!(told(&format!("<a{many}/>")).1, Some(Fault::Broken));
    }
}
