//! Which elements are open, and so in what part of a page one is.

use super::parts::{Parts, parts_by_name};
use crate::describe::markup::Name;

/// Elements deeper than this are counted, and no longer told apart.
const DEPTH: usize = 256;

/// How far up an end tag looks for its start tag.
const REACH: usize = 64;

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    name: Name,
    parts: Parts,
}

/// Which elements are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    open: Vec<Open>,
    /// Start tags beyond [`DEPTH`] that have not ended.
    beyond: usize,
}

impl Outline {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// What part of the page text stands in here.
    pub(super) fn parts(&self) -> Parts {
        self.open.last().map_or(Parts::default(), |open| open.parts)
    }

    /// Opens an element, ending what it implies the end of; answers with its parts, and how many
    /// elements it lies in.
    pub(super) fn start(&mut self, name: Name, closes: bool, words: Parts) -> (Parts, usize) {
        self.end_implied(name);
        let above_it = self.open.len();
        let whole_page = name.is(b"body") || name.is(b"html");
        let above = self.parts();
        let mut own = if whole_page { Parts::default() } else { words.with(parts_by_name(name)) };
        if above.any(Parts::ARTICLE) {
            // The foot of an article speaks of it.
            own = own.without(Parts::FOOTER);
        }
        let parts = above.without(Parts::OWN).with(own);
        let closed = above.any(Parts::DRAWING) && closes;
        if !is_void(name) && !closed {
            if self.open.len() < DEPTH {
                self.open.push(Open { name, parts });
            } else {
                self.beyond += 1;
            }
        }
        (parts, above_it)
    }

    /// An end tag: closes the nearest element of that name, and all in it.
    pub(super) fn end(&mut self, name: Name) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let reach = self.open.iter().rev().take(REACH);
        if let Some(up) = reach.into_iter().position(|open| open.name == name) {
            self.open.truncate(self.open.len() - up - 1);
        }
    }

    /// Paragraphs, items and cells end where the next begins.
    fn end_implied(&mut self, name: Name) {
        const ITEMS: [Name; 6] = [
            Name::of(b"li"),
            Name::of(b"dt"),
            Name::of(b"dd"),
            Name::of(b"td"),
            Name::of(b"tr"),
            Name::of(b"option"),
        ];
        let Some(last) = self.open.last() else { return };
        let ends = last.name == name && ITEMS.contains(&name) || last.name.is(b"p") && !is_inline(name);
        if ends && self.beyond == 0 {
            self.open.pop();
        }
    }
}

/// Elements without content.
pub(super) fn is_void(name: Name) -> bool {
    const VOID: [Name; 14] = [
        Name::of(b"br"),
        Name::of(b"img"),
        Name::of(b"meta"),
        Name::of(b"link"),
        Name::of(b"input"),
        Name::of(b"hr"),
        Name::of(b"area"),
        Name::of(b"base"),
        Name::of(b"col"),
        Name::of(b"embed"),
        Name::of(b"source"),
        Name::of(b"track"),
        Name::of(b"wbr"),
        Name::of(b"param"),
    ];
    VOID.contains(&name)
}

/// Elements that stand in a line of text.
pub(super) fn is_inline(name: Name) -> bool {
    const INLINE: [Name; 30] = [
        Name::of(b"a"),
        Name::of(b"span"),
        Name::of(b"b"),
        Name::of(b"i"),
        Name::of(b"em"),
        Name::of(b"strong"),
        Name::of(b"small"),
        Name::of(b"img"),
        Name::of(b"time"),
        Name::of(b"abbr"),
        Name::of(b"u"),
        Name::of(b"s"),
        Name::of(b"q"),
        Name::of(b"cite"),
        Name::of(b"code"),
        Name::of(b"font"),
        Name::of(b"sub"),
        Name::of(b"sup"),
        Name::of(b"mark"),
        Name::of(b"label"),
        Name::of(b"bdi"),
        Name::of(b"bdo"),
        Name::of(b"ins"),
        Name::of(b"del"),
        Name::of(b"wbr"),
        Name::of(b"kbd"),
        Name::of(b"samp"),
        Name::of(b"var"),
        Name::of(b"script"),
        Name::of(b"style"),
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::markup::{Markup, Token};

    #[test]
    fn parts_end_with_their_element() {
        let mut outline = Outline::default();
        let mut seen = Vec::new();
        for token in Markup::new("<nav><ul><li>a<li>b</ul></nav>c<svg><path/></svg>d<p>e<div>f</p>g") {
            match token {
                Token::Start(name, attributes) => {
                    outline.start(name, attributes.is_self_closing(), Parts::default());
                }
                Token::End(name) => outline.end(name),
                Token::Text(text) => seen.push((text, outline.depth(), outline.parts())),
                Token::Comment(_) => {}
            }
        }
        let menu = Parts::MENU;
        let none = Parts::default();
        assert_eq!(
            seen,
            [
                ("a", 3, menu),
                ("b", 3, menu),
                ("c", 0, none),
                ("d", 0, none),
                ("e", 1, none),
                ("f", 1, none),
                ("g", 1, none)
            ]
        );
    }

    #[test]
    fn depth_is_bounded() {
        let mut outline = Outline::default();
        for _ in 0..100_000 {
            outline.start(Name::of(b"div"), false, Parts::default());
        }
        assert_eq!(outline.depth(), DEPTH);
        for _ in 0..100_000 {
            outline.end(Name::of(b"div"));
        }
        assert_eq!(outline.depth(), 0);
    }
}
