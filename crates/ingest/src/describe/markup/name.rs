//! Names of elements and attributes as numbers, and what is known of an element by its name.

use crate::eight;

/// The name of an element or attribute in lower case, as a number: names are compared very often.
/// Those longer than eight octets, of which none matters here, are all one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::describe) struct Name(u64);

impl Name {
    /// Rooms of a table of names: more than twice as many as there are, so that few share one.
    pub(in crate::describe) const ROOMS: usize = 256;

    /// All names that are too long.
    pub(super) const LONG: Self = Self(u64::MAX);

    pub(in crate::describe) const fn of(name: &[u8]) -> Self {
        if name.len() > 8 {
            return Self::LONG;
        }
        let (mut number, mut at) = (0, 0);
        while at < name.len() {
            number = number << 8 | name[at].to_ascii_lowercase() as u64;
            at += 1;
        }
        Self(number)
    }

    /// The name that begins at `from`, and where it ends: before white space, `>`, `/`, and that of
    /// an attribute before `=`, too.
    #[inline]
    pub(super) fn at(octets: &[u8], from: usize, of_attribute: bool) -> (Self, usize) {
        let ends = if of_attribute { ENDS_ATTRIBUTE } else { ENDS_TAG };
        Self::of_letters(octets, from, ends)
            .or_else(|| Self::of_words(octets, from, ends))
            .unwrap_or_else(|| Self::one_by_one(octets, from, ends))
    }

    /// The same where it is of a few letters and nothing else, as nearly all are.
    #[inline]
    fn of_letters(octets: &[u8], from: usize, ends: u16) -> Option<(Self, usize)> {
        let eight = u64::from_le_bytes(*octets.get(from..)?.first_chunk()?);
        let others = !eight::letters(eight) & eight::HIGHEST;
        let length = others.trailing_zeros() / 8;
        let end = from + length as usize;
        let is_whole = LETTERS[usize::from(*octets.get(end)?)] & ends > 0;
        (is_whole && length < 8).then_some((Self::of_first(eight, length), end))
    }

    /// The same where it has hyphens, too, as what is kept for scripts has.
    fn of_words(octets: &[u8], from: usize, ends: u16) -> Option<(Self, usize)> {
        let first = u64::from_le_bytes(*octets.get(from..)?.first_chunk()?);
        let (mut end, mut eight) = (from, first);
        let others = loop {
            let others = !(eight::letters(eight) | eight::equal(eight, b'-')) & eight::HIGHEST;
            if others > 0 {
                break others;
            }
            end += 8;
            eight = u64::from_le_bytes(*octets.get(end..)?.first_chunk()?);
        };
        let length = others.trailing_zeros() / 8;
        let is_one = end == from;
        end += length as usize;
        let is_whole = LETTERS[usize::from(*octets.get(end)?)] & ends > 0;
        let name = if is_one { Self::of_first(first, length) } else { Self::LONG };
        (is_whole && end - from != 8).then_some((name, end))
    }

    /// The first so many of eight letters, fewer than all.
    fn of_first(eight: u64, length: u32) -> Self {
        // In the order of the letters, the first highest, without those behind.
        let number = (eight | eight::each(0x20)).swap_bytes().checked_shr(u64::BITS - length * 8);
        Self(number.unwrap_or(0))
    }

    /// The same for whatever there is.
    fn one_by_one(octets: &[u8], from: usize, ends: u16) -> (Self, usize) {
        let (mut number, mut end) = (0, from);
        for octet in octets.get(from..).unwrap_or_default() {
            let letter = LETTERS[usize::from(*octet)];
            if letter & ends > 0 {
                break;
            }
            number = number << 8 | u64::from(letter & 0xFF);
            end += 1;
        }
        (if end - from > 8 { Self::LONG } else { Self(number) }, end)
    }

    /// Its first letter; of what is too long, none.
    #[expect(clippy::cast_possible_truncation, reason = "the octets before it are left out on purpose")]
    pub(super) fn initial(self) -> u8 {
        (self.0 >> ((63 - self.0.leading_zeros().min(63)) & !7)) as u8
    }

    /// What is known of the element of this name.
    pub(in crate::describe) fn traits(self) -> Traits {
        let mut room = self.room();
        loop {
            match KNOWN[room] {
                (known, traits) if known == self => return traits,
                (Self(0), _) => return Traits(0),
                _ => room = (room + 1) % Name::ROOMS,
            }
        }
    }

    /// The room of a name in a table: of [`Name::ROOMS`].
    #[expect(clippy::cast_possible_truncation, reason = "of the product, the upper eight bits are left")]
    pub(in crate::describe) const fn room(self) -> usize {
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::ROOMS.ilog2())) as usize
    }

    #[cfg(test)]
    pub(super) fn shown(self) -> String {
        self.0.to_be_bytes().iter().filter(|octet| **octet > 0).map(|octet| char::from(*octet)).collect()
    }
}

/// Ends the name of a tag.
const ENDS_TAG: u16 = 1 << 8;
/// Ends the name of an attribute.
const ENDS_ATTRIBUTE: u16 = 1 << 9;

/// Each octet in lower case, and what it ends.
static LETTERS: [u16; 256] = {
    let mut letters = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "there are 256 of them")]
        let itself = octet as u16;
        letters[octet] = itself;
        octet += 1;
    }
    let mut capital = b'A' as usize;
    while capital <= b'Z' as usize {
        letters[capital] |= 0x20;
        capital += 1;
    }
    letters[b'=' as usize] |= ENDS_ATTRIBUTE;
    let both = b" \t\n\r\x0C>/";
    let mut at = 0;
    while at < both.len() {
        letters[both[at] as usize] |= ENDS_TAG | ENDS_ATTRIBUTE;
        at += 1;
    }
    letters
};

/// What is known of an element, as flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::describe) struct Traits(u8);

impl Traits {
    /// It has no content.
    pub(in crate::describe) const VOID: Self = Self(1);
    /// It stands in a line of text.
    pub(in crate::describe) const INLINE: Self = Self(1 << 1);
    /// Its content is text, whatever it looks like.
    pub(in crate::describe) const RAW: Self = Self(1 << 2);
    /// It ends where the next of its name begins.
    pub(in crate::describe) const ITEM: Self = Self(1 << 3);
    /// Something is taken from it or counted, whatever its attributes say.
    pub(in crate::describe) const NOTED: Self = Self(1 << 4);
    /// Its name tells what part of a page it is, or that it is none.
    pub(in crate::describe) const PART: Self = Self(1 << 5);

    pub(in crate::describe) const fn is(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// Names of elements by what is known of them.
const LISTS: [(Traits, &[&str]); 6] = [
    (
        Traits::VOID,
        &[
            "br", "img", "meta", "link", "input", "hr", "area", "base", "col", "embed", "source", "track",
            "wbr", "param",
        ],
    ),
    (
        Traits::INLINE,
        &[
            "a", "span", "b", "i", "em", "strong", "small", "img", "time", "abbr", "u", "s", "q", "cite",
            "code", "font", "sub", "sup", "mark", "label", "bdi", "bdo", "ins", "del", "wbr", "kbd", "samp",
            "var", "script", "style",
        ],
    ),
    (Traits::RAW, &["script", "style", "title", "textarea", "noembed", "noframes", "iframe", "xmp"]),
    (Traits::ITEM, &["li", "dt", "dd", "td", "tr", "option"]),
    (
        Traits::NOTED,
        &[
            "html", "meta", "link", "title", "script", "style", "iframe", "textarea", "noframes", "input",
            "img", "video", "audio", "object", "h1", "h2", "h3", "time",
        ],
    ),
    (
        Traits::PART,
        &["html", "body", "nav", "menu", "svg", "template", "aside", "figure", "footer", "article"],
    ),
];

/// All names with their traits, each at its own room or at the next that was free.
static KNOWN: [(Name, Traits); Name::ROOMS] = known();

const fn known() -> [(Name, Traits); Name::ROOMS] {
    let mut known = [(Name(0), Traits(0)); Name::ROOMS];
    let mut list = 0;
    while list < LISTS.len() {
        let (traits, names) = LISTS[list];
        let mut at = 0;
        while at < names.len() {
            let name = Name::of(names[at].as_bytes());
            let mut room = name.room();
            while known[room].0.0 != 0 && known[room].0.0 != name.0 {
                room = (room + 1) % Name::ROOMS;
            }
            known[room] = (name, Traits(known[room].1.0 | traits.0));
            at += 1;
        }
        list += 1;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_listed_is_known_and_nothing_else() {
        for (traits, names) in LISTS {
            for name in names {
                assert!(Name::of(name.as_bytes()).traits().is(traits), "{name}");
            }
        }
        assert!(Name::of(b"IMG").traits().is(Traits::VOID) && Name::of(b"img").traits().is(Traits::INLINE));
        for name in ["", "p", "div", "h4", "blockquote"] {
            assert_eq!(Name::of(name.as_bytes()).traits(), Traits(0), "{name}");
        }
    }

    #[test]
    fn names_are_read_to_their_end() {
        assert_eq!(Name::at(b"<DiV>", 1, false), (Name::of(b"div"), 4));
        assert_eq!(Name::at(b"a=b\t", 0, false), (Name::of(b"a=b"), 3));
        assert_eq!(Name::at(b"a=b\t", 0, true), (Name::of(b"a"), 1));
        assert_eq!(Name::at(b"blockquote", 0, false), (Name::LONG, 10));
        assert_eq!(Name::at(b"", 0, true), (Name(0), 0));
    }

    proptest::proptest! {
        #[test]
        fn letters_together_are_as_one_by_one(text in "[a-cX-Z=/> \n0é-]{0,20}|[a-bX-]{0,18}[=> ][a-b >]{8}", from in 0_usize..21) {
            for ends in [ENDS_TAG, ENDS_ATTRIBUTE] {
                let careful = Name::one_by_one(text.as_bytes(), from, ends);
                for quick in [Name::of_letters, Name::of_words] {
                    if let Some(quick) = quick(text.as_bytes(), from, ends) {
                        proptest::prop_assert_eq!(quick, careful);
                    }
                }
            }
        }
    }
}
