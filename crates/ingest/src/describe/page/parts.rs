//! Parts of a page: menu, comments, the article; and by what elements and words they are told.

use super::beginnings::Beginnings;
use crate::describe::markup::Name;

/// Octets of a class or an `id` that tells anything.
const LONGEST: usize = 80;
/// Octets of all classes of an element that are looked at.
const NAMES: usize = 256;

/// Parts of a page, as flags: those that an element lies in, and those that its own name tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::describe) struct Parts(u16);

impl Parts {
    pub(in crate::describe) const NONE: Self = Self(0);
    pub(in crate::describe) const MENU: Self = Self(1);
    pub(in crate::describe) const ASIDE: Self = Self(1 << 1);
    pub(in crate::describe) const FOOTER: Self = Self(1 << 2);
    pub(in crate::describe) const COMMENTS: Self = Self(1 << 3);
    pub(in crate::describe) const RELATED: Self = Self(1 << 4);
    pub(in crate::describe) const ARTICLE: Self = Self(1 << 5);
    pub(in crate::describe) const AUTHOR: Self = Self(1 << 6);
    pub(in crate::describe) const DATE: Self = Self(1 << 7);
    pub(in crate::describe) const CHANGED: Self = Self(1 << 8);
    pub(in crate::describe) const TITLE: Self = Self(1 << 9);
    pub(in crate::describe) const CONSENT: Self = Self(1 << 10);
    pub(in crate::describe) const DRAWING: Self = Self(1 << 11);
    pub(in crate::describe) const BYLINE: Self = Self(1 << 12);
    /// About the author: a biography, not a byline.
    pub(in crate::describe) const ABOUT: Self = Self(1 << 13);

    /// What a picture shows and who took it.
    pub(in crate::describe) const CAPTION: Self = Self(1 << 14);

    /// Parts that speak of something else than the article.
    pub(in crate::describe) const ELSEWHERE: Self = Self(
        Self::MENU.0
            | Self::ASIDE.0
            | Self::FOOTER.0
            | Self::COMMENTS.0
            | Self::RELATED.0
            | Self::CONSENT.0
            | Self::CAPTION.0
            | Self::DRAWING.0,
    );

    /// What only tells of the element itself, not of those in it.
    pub(super) const OWN: Self = Self(Self::TITLE.0 | Self::BYLINE.0);

    pub(in crate::describe) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(in crate::describe) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it is in any of these parts.
    pub(in crate::describe) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// What the words in a `class` or an `id` tell of an element: they are parted by white space, hyphens,
/// underscores and capitals.
pub(super) fn parts_by_words(names: &str) -> Parts {
    let octets = &names.as_bytes()[..names.len().min(NAMES)];
    let mut parts = Parts::default();
    if octets.is_empty() {
        return parts;
    }
    for at in Beginnings::of(octets) {
        // Nearly no three letters tell anything.
        if let Some(&[one, two, three]) = octets.get(at..at + 3)
            && tells(room(one, two, three))
            && let Some(word) = telling_word(octets, at)
        {
            parts = parts.with(parts_by_word(word));
        }
    }
    parts
}

/// The word that begins there, if it is of a name that tells anything by its words.
fn telling_word(names: &[u8], at: usize) -> Option<&[u8]> {
    let (before, behind) = (&names[..at], &names[at..]);
    let start = before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1);
    let length = behind.iter().position(u8::is_ascii_whitespace).unwrap_or(behind.len());
    let name = &names[start..at + length];
    let is_mute = name.len() > LONGEST || name.starts_with(b"has-") || name.starts_with(b"no-");
    (!is_mute).then(|| first_word(&behind[..length]))
}

/// The word that a text begins with.
fn first_word(text: &[u8]) -> &[u8] {
    let parted = |pair: &[u8]| {
        !pair[1].is_ascii_alphabetic() || pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()
    };
    let end = text.windows(2).position(parted);
    end.map_or(text, |end| &text[..=end])
}

/// What one word says, by its beginning.
fn parts_by_word(word: &[u8]) -> Parts {
    // Too short to be taken for the beginning of another word.
    if word.eq_ignore_ascii_case(b"time") {
        return Parts::DATE;
    }
    let begins =
        |start: &str| word.get(..start.len()).is_some_and(|word| word.eq_ignore_ascii_case(start.as_bytes()));
    let initial = word.first().map_or(0, |initial| usize::from(initial & 31));
    let words = &WORDS[OF_LETTER[initial]..OF_LETTER[initial + 1]];
    words.iter().find(|(start, _)| begins(start)).map_or(Parts::default(), |(_, parts)| *parts)
}

/// Beginnings of words in the order of their first letters, and what they tell; the first that fits
/// decides.
const WORDS: [(&str, Parts); 47] = [
    ("author", Parts::AUTHOR),
    ("autor", Parts::AUTHOR),
    ("auteur", Parts::AUTHOR),
    ("aside", Parts::ASIDE),
    ("byline", Parts::AUTHOR.with(Parts::BYLINE)),
    ("bio", Parts::ABOUT),
    ("breadcrumb", Parts::MENU),
    ("banner", Parts::MENU),
    ("comment", Parts::COMMENTS),
    ("caption", Parts::CAPTION),
    ("copyright", Parts::CAPTION),
    ("credit", Parts::CAPTION),
    ("cookie", Parts::CONSENT),
    ("consent", Parts::CONSENT),
    ("daten", Parts::NONE),
    ("date", Parts::DATE),
    ("datum", Parts::DATE),
    ("disqus", Parts::COMMENTS),
    ("fecha", Parts::DATE),
    ("footer", Parts::FOOTER),
    ("gdpr", Parts::CONSENT),
    ("headline", Parts::TITLE),
    ("kommentar", Parts::COMMENTS),
    ("modified", Parts::CHANGED),
    ("menu", Parts::MENU),
    ("nav", Parts::MENU),
    ("newsletter", Parts::MENU),
    ("publisher", Parts::NONE),
    ("publish", Parts::DATE),
    ("publicat", Parts::DATE),
    ("pubdate", Parts::DATE),
    ("posted", Parts::DATE),
    ("popular", Parts::RELATED),
    ("related", Parts::RELATED),
    ("recommend", Parts::RELATED),
    ("respond", Parts::RELATED),
    ("sidebar", Parts::ASIDE),
    ("similar", Parts::RELATED),
    ("timestamp", Parts::DATE),
    ("title", Parts::TITLE),
    ("titre", Parts::TITLE),
    ("titulo", Parts::TITLE),
    ("teaser", Parts::RELATED),
    ("trending", Parts::RELATED),
    ("update", Parts::CHANGED),
    ("verfasser", Parts::AUTHOR),
    ("widget", Parts::ASIDE),
];

/// Where the words of each letter begin in [`WORDS`], by its place in the alphabet.
static OF_LETTER: [usize; 33] = {
    let mut begins = [0; 33];
    let (mut letter, mut at) = (1, 0);
    while letter < begins.len() {
        while at < WORDS.len() && ((WORDS[at].0.as_bytes()[0] & 31) as usize) < letter {
            at += 1;
        }
        begins[letter] = at;
        letter += 1;
    }
    begins
};

/// Whether a word may tell anything that begins with the three letters of a room.
fn tells(room: usize) -> bool {
    TELLING[room / 64] >> (room % 64) & 1 == 1
}

/// Three letters as a number, whatever their case.
const fn room(one: u8, two: u8, three: u8) -> usize {
    (one as usize & 31) << 10 | (two as usize & 31) << 5 | three as usize & 31
}

/// The first letters of all [`WORDS`], as a set of rooms: very many words are asked for, and most
/// of them tell nothing.
static TELLING: [u64; 1 << 9] = {
    let mut set = [0; 1 << 9];
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].0.as_bytes();
        let room = room(word[0], word[1], word[2]);
        set[room / 64] |= 1 << (room % 64);
        at += 1;
    }
    set
};

/// What the name of an element tells.
pub(super) fn parts_by_name(name: Name) -> Parts {
    const NAV: Name = Name::of(b"nav");
    const MENU: Name = Name::of(b"menu");
    const SVG: Name = Name::of(b"svg");
    const TEMPLATE: Name = Name::of(b"template");
    const ASIDE: Name = Name::of(b"aside");
    const FIGURE: Name = Name::of(b"figure");
    const FOOTER: Name = Name::of(b"footer");
    const ARTICLE: Name = Name::of(b"article");
    match name {
        NAV | MENU => Parts::MENU,
        SVG | TEMPLATE => Parts::DRAWING,
        ASIDE => Parts::ASIDE,
        FIGURE => Parts::CAPTION,
        FOOTER => Parts::FOOTER,
        ARTICLE => Parts::ARTICLE,
        _ => Parts::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_tell_parts() {
        let parts = parts_by_words;
        assert!(parts("entry-meta post__author-name").any(Parts::AUTHOR));
        assert!(parts("articleAuthor").any(Parts::AUTHOR));
        assert!(parts("comment-list").any(Parts::COMMENTS));
        assert!(!parts("has-sidebar no-comments").any(Parts::ELSEWHERE));
        assert!(parts("postBIO").any(Parts::ABOUT) && !parts("fooDateNews").any(Parts::MENU));
        assert!(parts("fooDateNews").any(Parts::DATE) && !parts("update").any(Parts::DATE));
        assert!(parts("Time").any(Parts::DATE) && parts("timeStamp").any(Parts::DATE));
        for nothing in ["", "a bb", "timeline", "publisher", "datenschutz", "com", "auto"] {
            assert_eq!(parts(nothing), Parts::NONE, "{nothing}");
        }
    }
}
