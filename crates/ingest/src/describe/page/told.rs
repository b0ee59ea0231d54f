//! What the attributes of an element tell: what it is, and whether it is worth a spot.

use super::Kind;
use super::parts::Parts;
use crate::describe::markup::{Attributes, Name, Traits};
use crate::describe::prose;
use memchr::memchr_iter;

/// Octets of an attribute's value that are looked at.
const VALUE: usize = 4_096;

/// The attributes that matter here: what each says, by its number among [`NAMES`].
#[derive(Clone, Copy, Default)]
pub(super) struct Told<'a> {
    values: [&'a str; NAMES.len()],
    /// A bit for each that is there.
    given: u16,
}

/// Their names, after one that none has.
const NAMES: [Name; 13] = [
    Name::of(b""),
    Name::of(b"class"),
    Name::of(b"id"),
    Name::of(b"itemprop"),
    Name::of(b"rel"),
    Name::of(b"href"),
    Name::of(b"name"),
    Name::of(b"property"),
    Name::of(b"type"),
    Name::of(b"content"),
    Name::of(b"datetime"),
    Name::of(b"lang"),
    Name::of(b"xml:lang"),
];

/// The number of each name at its room, so that it is found without asking for one after the other.
static NUMBERS: [u8; Name::ROOMS] = {
    let mut numbers = [0; Name::ROOMS];
    let mut number = 1;
    while number < NAMES.len() {
        let room = NAMES[number].room();
        assert!(numbers[room] == 0, "each has a room of its own");
        #[expect(clippy::cast_possible_truncation, reason = "there are 13 of them")]
        let itself = number as u8;
        numbers[room] = itself;
        number += 1;
    }
    numbers
};

impl<'a> Told<'a> {
    pub(super) fn class(&self) -> &'a str {
        self.values[1]
    }

    pub(super) fn id(&self) -> &'a str {
        self.values[2]
    }

    /// Its `itemprop`.
    pub(super) fn property(&self) -> &'a str {
        self.values[3]
    }

    pub(super) fn relation(&self) -> &'a str {
        self.values[4]
    }

    pub(super) fn href(&self) -> &'a str {
        self.values[5]
    }

    /// Its `property`, or else its `name`.
    pub(super) fn name(&self) -> &'a str {
        if self.values[7].is_empty() { self.values[6] } else { self.values[7] }
    }

    /// Its `type`.
    pub(super) fn kind(&self) -> &'a str {
        self.values[8]
    }

    pub(super) fn content(&self) -> Option<&'a str> {
        self.given(9)
    }

    pub(super) fn datetime(&self) -> Option<&'a str> {
        self.given(10)
    }

    pub(super) fn language(&self) -> Option<&'a str> {
        self.given(11).or_else(|| self.given(12))
    }

    /// Whether it has a property, a relation or an address, which may tell what it is.
    fn is_telling(&self) -> bool {
        self.given & (1 << 3 | 1 << 4 | 1 << 5) != 0
    }

    fn given(&self, number: usize) -> Option<&'a str> {
        (self.given >> number & 1 == 1).then(|| self.values[number])
    }
}

impl<'a> Attributes<'a> for Told<'a> {
    #[inline]
    fn keep(&mut self, name: Name, value: impl FnOnce() -> &'a str) {
        let number = usize::from(NUMBERS[name.room()]);
        if NAMES[number] == name {
            self.values[number] = prose::beginning(value(), VALUE);
            self.given |= 1 << number;
        }
    }
}

/// Whether an element is worth a spot, and as what.
pub(super) fn kind_of(name: Name, traits: Traits, told: &Told, words: Parts) -> Option<Kind> {
    const H1: Name = Name::of(b"h1");
    const H2: Name = Name::of(b"h2");
    const H3: Name = Name::of(b"h3");
    const TIME: Name = Name::of(b"time");
    const LINK: Name = Name::of(b"a");
    match name {
        _ if !traits.is(Traits::NOTED) => {}
        H1 => return Some(Kind::Heading(1)),
        H2 => return Some(Kind::Heading(2)),
        H3 => return Some(Kind::Heading(3)),
        TIME => return Some(Kind::Time),
        _ => {}
    }
    if words == Parts::NONE && !told.is_telling() {
        return None;
    }
    let by_property = if told.property().is_empty() { None } else { kind_by_property(told.property()) };
    if by_property.is_some() {
        return by_property;
    }
    if words.any(Parts::AUTHOR) || told.relation().eq_ignore_ascii_case("author") {
        return Some(Kind::Author);
    }
    if words.any(Parts::DATE) {
        return Some(Kind::Date);
    }
    if name == LINK && leads_to_author(told.href()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::markup::Markup;

    fn told(tag: &str) -> Told<'_> {
        let mut markup: Markup<Told> = Markup::new(tag);
        markup.next();
        *markup.attributes()
    }

    #[test]
    fn each_attribute_is_told_by_its_name() {
        let all = told(
            "<a class=1 id=2 itemprop=3 rel=4 href=5 name=6 type=8 content=9 datetime=10 lang=11 xml:lang=12 x=13>",
        );
        let values =
            [all.class(), all.id(), all.property(), all.relation(), all.href(), all.name(), all.kind()];
        assert_eq!(values, ["1", "2", "3", "4", "5", "6", "8"]);
        assert_eq!([all.content(), all.datetime(), all.language()], [Some("9"), Some("10"), Some("11")]);
        assert_eq!(told("<a property=7 name=6>").name(), "7");
        assert_eq!(told("<a xml:lang=12 content>").language(), Some("12"));
        assert_eq!(told("<a xml:lang=12 content>").content(), Some(""));
        assert_eq!(told("<a x=13>").content(), None);
    }
}
