//! What the attributes of an element tell: what it is, and whether it is worth a spot.

use super::Kind;
use super::parts::{Parts, parts_by_words};
use crate::describe::markup::{Attributes, Name};
use crate::describe::prose;

/// Octets of an attribute's value that are looked at.
const VALUE: usize = 4_096;

/// The attributes that matter here.
#[derive(Clone, Copy, Default)]
pub(super) struct Told<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) property: &'a str,
    pub(super) relation: &'a str,
    pub(super) href: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) content: Option<&'a str>,
    pub(super) datetime: Option<&'a str>,
    pub(super) language: Option<&'a str>,
}

impl<'a> Told<'a> {
    pub(super) fn by(attributes: Attributes<'a>) -> Self {
        const ID: Name = Name::of(b"id");
        const REL: Name = Name::of(b"rel");
        const HREF: Name = Name::of(b"href");
        const NAME: Name = Name::of(b"name");
        const TYPE: Name = Name::of(b"type");
        const LANG: Name = Name::of(b"lang");
        const XML_LANG: Name = Name::of(b"xml:lang");
        const CLASS: Name = Name::of(b"class");
        const CONTENT: Name = Name::of(b"content");
        const ITEMPROP: Name = Name::of(b"itemprop");
        const PROPERTY: Name = Name::of(b"property");
        const DATETIME: Name = Name::of(b"datetime");
        let mut told = Self::default();
        for (name, value) in attributes.take(64) {
            let value = prose::beginning(value, VALUE);
            match name {
                ID => told.id = value,
                REL => told.relation = value,
                HREF => told.href = value,
                NAME if told.name.is_empty() => told.name = value,
                TYPE => told.kind = value,
                LANG => told.language = Some(value),
                XML_LANG => told.language = told.language.or(Some(value)),
                CLASS => told.class = value,
                CONTENT => told.content = Some(value),
                ITEMPROP => told.property = value,
                PROPERTY => told.name = value,
                DATETIME => told.datetime = Some(value),
                _ => {}
            }
        }
        told
    }
}

/// What attributes told, by a hash of them.
#[derive(Default)]
pub(super) struct Lately<'a>(Vec<Option<(&'a str, &'a str, Parts)>>);

impl<'a> Lately<'a> {
    const ROOM: usize = 256;

    pub(super) fn parts(&mut self, class: &'a str, id: &'a str) -> Parts {
        if class.is_empty() && id.is_empty() {
            return Parts::default();
        }
        self.0.resize(Self::ROOM, None);
        let mix = |hash: usize, octet: &u8| (hash ^ usize::from(*octet)).wrapping_mul(0x0100_0193);
        let hash = |text: &str| text.as_bytes().iter().rev().take(12).fold(text.len(), mix);
        let room = &mut self.0[(hash(class) ^ hash(id) >> 5) % Self::ROOM];
        match room {
            Some((known, other, parts)) if *known == class && *other == id => *parts,
            _ => {
                let parts = parts_by_words(class, id);
                *room = Some((class, id, parts));
                parts
            }
        }
    }
}

/// Whether an element is worth a spot, and as what.
pub(super) fn kind_of(name: Name, told: Told, words: Parts) -> Option<Kind> {
    let property = |known: &[&str]| {
        told.property.split_ascii_whitespace().any(|p| known.iter().any(|k| p.eq_ignore_ascii_case(k)))
    };
    let heading = [b"h1", b"h2", b"h3"].into_iter().zip(1..).find(|(known, _)| name.is(*known));
    if let Some((_, level)) = heading {
        return Some(Kind::Heading(level));
    }
    if name.is(b"time") {
        return Some(Kind::Time);
    }
    if !told.property.is_empty() {
        if property(&["datePublished", "dateCreated", "dateModified", "uploadDate"]) {
            return Some(Kind::Date);
        }
        if property(&["author", "creator", "byline"]) {
            return Some(Kind::Author);
        }
        if property(&["headline"]) {
            return Some(Kind::Title);
        }
        if property(&["publisher"]) {
            return Some(Kind::Publisher);
        }
    }
    if told.relation.eq_ignore_ascii_case("author") || words.any(Parts::AUTHOR) {
        return Some(Kind::Author);
    }
    if words.any(Parts::DATE) {
        return Some(Kind::Date);
    }
    if name.is(b"a") && leads_to_author(told.href) {
        return Some(Kind::Author);
    }
    words.any(Parts::TITLE).then_some(Kind::Title)
}

/// Whether a link leads to the page of an author, by the words of its path.
fn leads_to_author(href: &str) -> bool {
    const PLACES: [&[u8]; 8] =
        [b"author", b"authors", b"autor", b"autoren", b"autores", b"auteur", b"auteurs", b"writers"];
    let is_place = |part: &[u8]| {
        matches!(part.len(), 5..=7)
            && matches!(part[0], b'a' | b'A' | b'w' | b'W')
            && PLACES.iter().any(|place| part.eq_ignore_ascii_case(place))
    };
    href.as_bytes().split(|octet| *octet == b'/').any(is_place)
}
