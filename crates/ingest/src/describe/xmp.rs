//! XMP packets (ISO 16684-1), as they stand in PDF, JPEG, PNG, TIFF, MP4 and in files of their own.
//!
//! A packet is read into a flat list of properties: RDF's containers vanish, and the fields of a
//! structure are named by their way to it: `xmpMM:History/stEvt:when`. Prefixes are those of
//! [`super::xml`], whatever a packet calls its namespaces.

use super::xml::{Fault, Step, Tag, Walk};
use super::{charset, prose};

/// Octets of a packet that are read.
pub(super) const LONGEST: usize = 1 << 20;
/// Properties of a packet.
const MOST: usize = 1_000;
/// Octets of a value; a longer one is cut.
const VALUE: usize = 8 << 10;
/// Octets of a name, or of a language.
const NAME: usize = 128;
/// Octets of all values: thumbnails in BASE64 are large, and nothing that is looked for.
const VALUES: usize = 256 << 10;

/// What a packet says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Xmp {
    /// Properties in the order of the packet.
    pub(super) properties: Vec<Property>,
    /// Why the rest of the packet was not read.
    pub(super) fault: Option<Fault>,
}

/// One value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// Its name: `dc:title`, `xmpMM:History/stEvt:when`.
    pub(super) name: String,
    /// `xml:lang` of the value, as written.
    pub(super) language: Option<String>,
    /// The value on one line.
    pub(super) value: String,
}

impl Xmp {
    /// Reads a packet, with or without its wrapper, or a whole XMP file.
    pub(super) fn read(packet: &[u8]) -> Self {
        let packet = &packet[..packet.len().min(LONGEST)];
        // What follows the last tag is padding, of white space or of a careless writer's zeros.
        let end = packet.iter().rposition(|octet| *octet == b'>').map_or(0, |at| at + 1);
        let padded = packet.starts_with(&[0]) || packet.get(1) == Some(&0) || packet.starts_with(&[0xFE]);
        let text = charset::decode(if padded { packet } else { &packet[..end] }).text;
        let mut reading = Reading::default();
        let mut walk = Walk::over(&text);
        let fault = loop {
            match walk.next() {
                Ok(Some(Step::Open(tag))) => reading.open(&tag),
                Ok(Some(Step::Text(text))) => reading.text(&text),
                Ok(Some(Step::Close)) => reading.close(),
                Ok(None) => break None,
                Err(fault) => break Some(fault),
            }
        };
        Self { properties: reading.properties, fault }
    }

    /// All values of a property, in the order of the packet.
    pub(super) fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.named(name).map(|property| property.value.as_str())
    }

    /// The first value of a property; of one in several languages the default.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        let default = self.named(name).find(|property| property.language.as_deref() == Some("x-default"));
        default.or_else(|| self.named(name).next()).map(|property| property.value.as_str())
    }

    /// The first value of the first of several properties that has one.
    pub(super) fn first_of<'a>(&self, names: &[&'a str]) -> Option<(&'a str, &str)> {
        names.iter().find_map(|name| Some((*name, self.first(name)?)))
    }

    /// Whether any property has this name, or is a field below it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.properties.iter().any(|property| {
            property.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Part and conformance by which a PDF claims to be PDF/A (ISO 19005): `PDF/A-2b`.
    pub(super) fn pdf_a(&self) -> Option<String> {
        let part = self.first("pdfaid:part")?;
        let conformance = self.first("pdfaid:conformance").unwrap_or_default().to_ascii_lowercase();
        let sound = matches!(part, "1" | "2" | "3" | "4")
            && matches!(&*conformance, "" | "a" | "b" | "u" | "e" | "f");
        sound.then(|| format!("PDF/A-{part}{conformance}"))
    }

    fn named<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Property> + use<'a, 'n> {
        self.properties.iter().filter(move |property| property.name == name)
    }
}

/// What is open, and what was read.
#[derive(Default)]
struct Reading {
    /// Open elements, the innermost last.
    open: Vec<Open>,
    properties: Vec<Property>,
    octets: usize,
}

/// An open element.
struct Open {
    /// The name of the property that it is, belongs to or holds items of; empty outside of all.
    property: String,
    language: Option<String>,
    text: String,
}

impl Reading {
    fn open(&mut self, tag: &Tag<'_, '_>) {
        let name = tag.name();
        let (within, inherited) =
            self.open.last().map_or(("", None), |open| (open.property.as_str(), open.language.clone()));
        let is_frame = name.starts_with("rdf:") || name.starts_with("x:");
        let property = if is_frame { within.to_owned() } else { below(within, &name) };
        let mut language = inherited;
        let mut fields = Vec::new();
        for (name, value) in tag.attributes() {
            match name.as_str() {
                "xml:lang" => language = Some(prose::beginning(&value, NAME).to_owned()),
                "rdf:resource" if !property.is_empty() => fields.push((property.clone(), value)),
                _ if !name.contains(':')
                    || ["rdf:", "xml:", "x:"].iter().any(|frame| name.starts_with(frame)) => {}
                _ => fields.push((below(&property, &name), value)),
            }
        }
        for (name, value) in fields {
            self.keep(name, language.clone(), &value);
        }
        self.open.push(Open { property, language, text: String::new() });
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.property.is_empty()) {
            let room = VALUE.saturating_sub(open.text.len());
            open.text.push_str(prose::beginning(text, room));
        }
    }

    fn close(&mut self) {
        if let Some(Open { property, language, text }) = self.open.pop() {
            self.keep(property, language, &text);
        }
    }

    fn keep(&mut self, name: String, language: Option<String>, value: &str) {
        let Some(value) = prose::tidy(prose::beginning(value, VALUE)) else { return };
        self.octets += name.len() + value.len();
        if self.properties.len() < MOST && self.octets <= VALUES {
            self.properties.push(Property { name, language, value });
        }
    }
}

/// Names of elements may be of any length, and are concatenated.
fn below(within: &str, name: &str) -> String {
    let name = prose::beginning(name, NAME);
    if within.is_empty() { name.to_owned() } else { [within, "/", name].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="uuid:1" xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:m="http://ns.adobe.com/xap/1.0/mm/"
  xmlns:e="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xap:CreateDate="2023-07-05T08:00:00+03:30" pdfaid:part="2" pdfaid:conformance="B">
  <dc:title><rdf:Alt><rdf:li xml:lang="de">Der Fluss</rdf:li><rdf:li xml:lang="x-default">The river &amp; the town</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>Jane Sample</rdf:li><rdf:li>آرش نمونه</rdf:li></rdf:Seq></dc:creator>
  <xap:CreatorTool>Writer</xap:CreatorTool>
  <m:History><rdf:Seq><rdf:li e:action="saved" e:when="2023-07-06T00:00:00Z"/><rdf:li rdf:parseType="Resource"><e:action>printed</e:action></rdf:li></rdf:Seq></m:History>
</rdf:Description></rdf:RDF></x:xmpmeta>
                    <?xpacket end="w"?>"#;

    fn all<'a>(xmp: &'a Xmp, name: &'a str) -> Vec<&'a str> {
        xmp.all(name).collect()
    }

    #[test]
    fn properties_are_read_in_all_their_forms() {
        let xmp = Xmp::read(PACKET.as_bytes());
        assert_eq!(xmp.fault, None);
        assert_eq!(xmp.first("dc:title"), Some("The river & the town"));
        assert_eq!(all(&xmp, "dc:creator"), ["Jane Sample", "آرش نمونه"]);
        assert_eq!(
            xmp.first_of(&["photoshop:DateCreated", "xmp:CreateDate"]),
            Some(("xmp:CreateDate", "2023-07-05T08:00:00+03:30"))
        );
        assert_eq!(xmp.first("xmp:CreatorTool"), Some("Writer"));
        assert_eq!(xmp.pdf_a().as_deref(), Some("PDF/A-2b"));
        assert_eq!(all(&xmp, "xmpMM:History/stEvt:action"), ["saved", "printed"]);
        assert!(xmp.has("xmpMM:History") && !xmp.has("xmpMM:Hist"));
        assert_eq!(xmp.properties.len(), 11);
    }

    #[test]
    fn utf_16_and_padding_with_zeros_are_read() {
        let expected = Xmp::read(PACKET.as_bytes());
        let wide: Vec<u8> =
            "\u{FEFF}".encode_utf16().chain(PACKET.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(Xmp::read(&wide), expected);
        assert_eq!(Xmp::read(&[PACKET.as_bytes(), &[0; 99]].concat()), expected);
    }

    #[test]
    fn what_was_read_before_a_cut_stays() {
        let expected = Xmp::read(PACKET.as_bytes()).properties;
        for end in 0..PACKET.len() {
            let cut = Xmp::read(&PACKET.as_bytes()[..end]);
            assert!(expected.starts_with(&cut.properties), "{end}");
        }
    }

    #[test]
    fn hostile_packets_are_bounded() {
        let frame = |inner: &str| {
            format!(
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>{inner}</rdf:RDF>"
            )
        };
        assert_eq!(Xmp::read(frame(&"<dc:title>".repeat(100_000)).as_bytes()).fault, Some(Fault::TooDeep));
        assert_eq!(Xmp::read(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").fault, Some(Fault::DocumentType));
        let many = Xmp::read(frame(&"<dc:creator>x</dc:creator>".repeat(30_000)).as_bytes());
        assert_eq!(many.properties.len(), MOST);
        let long = Xmp::read(frame(&format!("<dc:title>{}</dc:title>", "x".repeat(500_000))).as_bytes());
        assert_eq!(long.properties[0].value.len(), VALUE);
    }
}
