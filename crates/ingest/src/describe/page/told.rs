//! What the attributes of an element tell: what it is, and whether it is worth a spot.

use super::Kind;
use super::parts::Parts;
use crate::describe::markup::{Attributes, Name};
use crate::describe::prose;
use memchr::memchr_iter;

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

impl<'a> Attributes<'a> for Told<'a> {
    fn keep(&mut self, name: Name, value: &'a str) {
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
        let kept = match name {
            CLASS => &mut self.class,
            HREF => &mut self.href,
            ID => &mut self.id,
            REL => &mut self.relation,
            TYPE => &mut self.kind,
            ITEMPROP => &mut self.property,
            PROPERTY => &mut self.name,
            NAME if self.name.is_empty() => &mut self.name,
            LANG => self.language.insert(""),
            XML_LANG if self.language.is_none() => self.language.insert(""),
            CONTENT => self.content.insert(""),
            DATETIME => self.datetime.insert(""),
            _ => return,
        };
        *kept = prose::beginning(value, VALUE);
    }
}

/// Whether an element is worth a spot, and as what.
pub(super) fn kind_of(name: Name, told: &Told, words: Parts) -> Option<Kind> {
    const H1: Name = Name::of(b"h1");
    const H2: Name = Name::of(b"h2");
    const H3: Name = Name::of(b"h3");
    const TIME: Name = Name::of(b"time");
    const LINK: Name = Name::of(b"a");
    match name {
        H1 => return Some(Kind::Heading(1)),
        H2 => return Some(Kind::Heading(2)),
        H3 => return Some(Kind::Heading(3)),
        TIME => return Some(Kind::Time),
        _ => {}
    }
    let by_property = if told.property.is_empty() { None } else { kind_by_property(told.property) };
    if by_property.is_some() {
        return by_property;
    }
    if words.any(Parts::AUTHOR) || told.relation.eq_ignore_ascii_case("author") {
        return Some(Kind::Author);
    }
    if words.any(Parts::DATE) {
        return Some(Kind::Date);
    }
    if name == LINK && leads_to_author(told.href) {
        return Some(Kind::Author);
    }
    words.any(Parts::TITLE).then_some(Kind::Title)
}

/// What `itemprop` says.
fn kind_by_property(property: &str) -> Option<Kind> {
    const KINDS: [(Kind, &[&str]); 4] = [
        (Kind::Date, &["datePublished", "dateCreated", "dateModified", "uploadDate"]),
        (Kind::Author, &["author", "creator", "byline"]),
        (Kind::Title, &["headline"]),
        (Kind::Publisher, &["publisher"]),
    ];
    let has = |known: &&str| property.split_ascii_whitespace().any(|said| said.eq_ignore_ascii_case(known));
    KINDS.iter().find(|(_, known)| known.iter().any(has)).map(|(kind, _)| *kind)
}

/// Whether a link leads to the page of an author, by the words of its path.
fn leads_to_author(href: &str) -> bool {
    const PLACES: [&[u8]; 8] =
        [b"author", b"authors", b"autor", b"autoren", b"autores", b"auteur", b"auteurs", b"writers"];
    let is_place = |start: usize| {
        let rest = &href.as_bytes()[start..];
        let ([initial @ (b'a' | b'A'), b'u' | b'U', ..] | [initial @ (b'w' | b'W'), b'r' | b'R', ..]) = rest
        else {
            return false;
        };
        let is = |place: &&[u8]| {
            place[0] == initial.to_ascii_lowercase()
                && rest.get(..place.len()).is_some_and(|part| part.eq_ignore_ascii_case(place))
                && rest.get(place.len()).is_none_or(|octet| *octet == b'/')
        };
        PLACES.iter().any(is)
    };
    is_place(0) || memchr_iter(b'/', href.as_bytes()).any(|at| is_place(at + 1))
}
