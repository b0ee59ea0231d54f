//! Parts of a page: menu, comments, the article; and by what elements and words they are told.

use crate::describe::markup::Name;

/// Parts of a page, as flags: those that an element lies in, and those that its own name tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::describe) struct Parts(u16);

impl Parts {
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
    let mut start = 0;
    for (at, octet) in token.iter().enumerate() {
        let parted = !octet.is_ascii_alphabetic();
        let hump = octet.is_ascii_uppercase() && at > 0 && token[at - 1].is_ascii_lowercase();
        if parted || hump {
            parts = parts.with(parts_by_word(&token[start..at]));
            start = at + usize::from(parted);
        }
    }
    parts.with(parts_by_word(&token[start..]))
}

/// What one word says, by its beginning.
fn parts_by_word(word: &[u8]) -> Parts {
    if word.len() < 3 {
        return Parts::default();
    }
    let begins = |start: &[u8]| word.get(..start.len()).is_some_and(|w| w.eq_ignore_ascii_case(start));
    let begins_any = |starts: &[&[u8]]| starts.iter().any(|start| begins(start));
    match word[0].to_ascii_lowercase() {
        b'a' if begins_any(&[b"author", b"autor", b"auteur"]) => Parts::AUTHOR,
        b'a' if begins(b"aside") => Parts::ASIDE,
        b'b' if begins(b"byline") => Parts::AUTHOR.with(Parts::BYLINE),
        b'b' if begins_any(&[b"bio", b"biography"]) => Parts::ABOUT,
        b'b' if begins_any(&[b"breadcrumb", b"banner"]) => Parts::MENU,
        b'c' if begins(b"comment") => Parts::COMMENTS,
        b'c' if begins_any(&[b"caption", b"copyright", b"credit"]) => Parts::CAPTION,
        b'c' if begins_any(&[b"cookie", b"consent"]) => Parts::CONSENT,
        b'd' if begins(b"daten") => Parts::default(),
        b'd' if begins_any(&[b"date", b"datum"]) => Parts::DATE,
        b'd' if begins(b"disqus") => Parts::COMMENTS,
        b'f' if begins(b"footer") => Parts::FOOTER,
        b'f' if begins(b"fecha") => Parts::DATE,
        b'g' if begins(b"gdpr") => Parts::CONSENT,
        b'h' if begins(b"headline") => Parts::TITLE,
        b'k' if begins(b"kommentar") => Parts::COMMENTS,
        b'm' if begins_any(&[b"menu"]) => Parts::MENU,
        b'm' if begins(b"modified") => Parts::CHANGED,
        b'n' if begins_any(&[b"nav", b"newsletter"]) => Parts::MENU,
        b'p' if begins(b"publisher") => Parts::default(),
        b'p' if begins_any(&[b"publish", b"publicat", b"pubdate", b"posted"]) => Parts::DATE,
        b'p' if begins(b"popular") => Parts::RELATED,
        b'r' if begins_any(&[b"related", b"recommend", b"respond"]) => Parts::RELATED,
        b's' if begins(b"sidebar") => Parts::ASIDE,
        b's' if begins(b"similar") => Parts::RELATED,
        b't' if begins_any(&[b"title", b"titre", b"titulo"]) => Parts::TITLE,
        b't' if begins(b"timestamp") || word.len() == 4 && begins(b"time") => Parts::DATE,
        b't' if begins_any(&[b"teaser", b"trending"]) => Parts::RELATED,
        b'u' if begins(b"update") => Parts::CHANGED,
        b'v' if begins(b"verfasser") => Parts::AUTHOR,
        b'w' if begins(b"widget") => Parts::ASIDE,
        _ => Parts::default(),
    }
}

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
        assert_eq!(parts("a bb"), Parts::default());
    }
}
