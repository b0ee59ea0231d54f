//! Parts of a page: menu, comments, the article; and by what elements and words they are told.

use crate::describe::markup::Name;

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

/// What the words in a `class` tell of an element.
pub(super) fn parts_by_class(class: &str) -> Parts {
    let tokens = class.as_bytes().split(u8::is_ascii_whitespace).filter(|token| !token.is_empty());
    tokens.take(12).fold(Parts::default(), |parts, token| parts.with(parts_by_token(token)))
}

/// What one class or an `id` tells: its words are parted by hyphens, underscores and capitals.
pub(super) fn parts_by_token(token: &[u8]) -> Parts {
    let mut parts = Parts::default();
    if token.len() > 80 || token.starts_with(b"has-") || token.starts_with(b"no-") {
        return parts;
    }
    let mut room = 0;
    for (at, octet) in token.iter().enumerate() {
        room = room_with(room, *octet);
        // Nearly no three letters tell anything.
        if tells(room) && at >= 2 && begins_word(token, at - 2) {
            parts = parts.with(parts_by_word(first_word(&token[at - 2..])));
        }
    }
    parts
}

/// Whether a word begins here: a letter behind what is none, or a capital behind a small letter.
fn begins_word(token: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(b' ', |before| token[before]);
    token[at].is_ascii_alphabetic() && !before.is_ascii_alphabetic()
        || token[at].is_ascii_uppercase() && before.is_ascii_lowercase()
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
    let initial = word.first().map_or(0, u8::to_ascii_lowercase);
    let begins = |start: &[u8]| {
        start[0] == initial && word.get(..start.len()).is_some_and(|word| word.eq_ignore_ascii_case(start))
    };
    WORDS.iter().find(|(start, _)| begins(start.as_bytes())).map_or(Parts::default(), |(_, parts)| *parts)
}

/// Beginnings of words, and what they tell; the first that fits decides.
const WORDS: [(&str, Parts); 47] = [
    ("author", Parts::AUTHOR),
    ("autor", Parts::AUTHOR),
    ("auteur", Parts::AUTHOR),
    ("verfasser", Parts::AUTHOR),
    ("byline", Parts::AUTHOR.with(Parts::BYLINE)),
    ("bio", Parts::ABOUT),
    ("daten", Parts::NONE),
    ("date", Parts::DATE),
    ("datum", Parts::DATE),
    ("fecha", Parts::DATE),
    ("publisher", Parts::NONE),
    ("publish", Parts::DATE),
    ("publicat", Parts::DATE),
    ("pubdate", Parts::DATE),
    ("posted", Parts::DATE),
    ("timestamp", Parts::DATE),
    ("modified", Parts::CHANGED),
    ("update", Parts::CHANGED),
    ("headline", Parts::TITLE),
    ("title", Parts::TITLE),
    ("titre", Parts::TITLE),
    ("titulo", Parts::TITLE),
    ("aside", Parts::ASIDE),
    ("sidebar", Parts::ASIDE),
    ("widget", Parts::ASIDE),
    ("menu", Parts::MENU),
    ("nav", Parts::MENU),
    ("newsletter", Parts::MENU),
    ("breadcrumb", Parts::MENU),
    ("banner", Parts::MENU),
    ("comment", Parts::COMMENTS),
    ("kommentar", Parts::COMMENTS),
    ("disqus", Parts::COMMENTS),
    ("caption", Parts::CAPTION),
    ("copyright", Parts::CAPTION),
    ("credit", Parts::CAPTION),
    ("cookie", Parts::CONSENT),
    ("consent", Parts::CONSENT),
    ("gdpr", Parts::CONSENT),
    ("footer", Parts::FOOTER),
    ("popular", Parts::RELATED),
    ("related", Parts::RELATED),
    ("recommend", Parts::RELATED),
    ("respond", Parts::RELATED),
    ("similar", Parts::RELATED),
    ("teaser", Parts::RELATED),
    ("trending", Parts::RELATED),
];

/// Whether a word may tell anything that begins with the three letters of a room.
fn tells(room: usize) -> bool {
    TELLING[room / 64] >> (room % 64) & 1 == 1
}

/// Three letters as a number, whatever their case: those of `room` without the first, and one more.
const fn room_with(room: usize, letter: u8) -> usize {
    (room << 5 | letter as usize & 31) % (1 << 15)
}

/// The first letters of all [`WORDS`], as a set of rooms: very many words are asked for, and most
/// of them tell nothing.
static TELLING: [u64; 1 << 9] = {
    let mut set = [0; 1 << 9];
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].0.as_bytes();
        let room = room_with(room_with(room_with(0, word[0]), word[1]), word[2]);
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
        let parts = parts_by_class;
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
