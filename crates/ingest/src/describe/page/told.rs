//! What the attributes of an element tell: what it is, and whether it is worth a spot.

use super::Kind;
use super::parts::{Parts, parts_by_class, parts_by_token};
use crate::describe::markup::Name;
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

impl<'a> Told<'a> {
    pub(super) fn by(attributes: &[(Name, &'a str)]) -> Self {
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
        for (name, value) in attributes {
            let value = prose::beginning(value, VALUE);
            match *name {
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

/// What classes told lately, each at the room of its hash: most of a page says the same again.
#[derive(Default)]
pub(super) struct Lately<'a>(Vec<(&'a str, Parts)>);

impl<'a> Lately<'a> {
    const ROOM: usize = 256;

    /// What `class` and `id` tell of an element.
    pub(super) fn parts(&mut self, class: &'a str, id: &str) -> Parts {
        let by_id = parts_by_token(id.as_bytes());
        if class.is_empty() {
            return by_id;
        }
        self.0.resize(Self::ROOM, ("", Parts::default()));
        let room = &mut self.0[Self::room(class)];
        if room.0 != class {
            *room = (class, parts_by_class(class));
        }
        room.1.with(by_id)
    }

    /// By its length and its last eight octets: names that belong together begin alike.
    #[expect(clippy::cast_possible_truncation, reason = "of the product, the upper eight bits are left")]
    fn room(class: &str) -> usize {
        let last = class.as_bytes().last_chunk().map_or(0, |last| u64::from_le_bytes(*last));
        let hash = (last ^ class.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> (u64::BITS - Self::ROOM.ilog2())) as usize
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
        let Some(initial @ (b'a' | b'A' | b'w' | b'W')) = rest.first() else { return false };
        let is = |place: &&[u8]| {
            place[0] == initial.to_ascii_lowercase()
                && rest.get(..place.len()).is_some_and(|part| part.eq_ignore_ascii_case(place))
                && rest.get(place.len()).is_none_or(|octet| *octet == b'/')
        };
        PLACES.iter().any(is)
    };
    is_place(0) || memchr_iter(b'/', href.as_bytes()).any(|at| is_place(at + 1))
}
