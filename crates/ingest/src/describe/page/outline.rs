//! Which elements are open, and so in what part of a page one is.

use super::parts::{Parts, parts_by_name};
use crate::describe::markup::{Name, Traits};

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

    /// How many elements the nearest open one lies in that has the first of these names, or else the next.
    pub(super) fn above(&self, names: &[Name]) -> Option<usize> {
        names.iter().find_map(|name| self.open.iter().rposition(|open| open.name == *name))
    }

    /// The parts that an element would tell by its name and the words in its attributes.
    pub(super) fn own_parts(&self, name: Name, traits: Traits, words: Parts) -> Parts {
        const BODY: Name = Name::of(b"body");
        const HTML: Name = Name::of(b"html");
        let own = match name {
            _ if !traits.is(Traits::PART) => words,
            BODY | HTML => return Parts::NONE,
            _ => words.with(parts_by_name(name)),
        };
        // The foot of an article speaks of it.
        if self.parts().any(Parts::ARTICLE) { own.without(Parts::FOOTER) } else { own }
    }

    /// Opens an element with parts of its own, ending what it implies the end of; answers with all
    /// its parts, and how many elements it lies in.
    pub(super) fn start(&mut self, name: Name, traits: Traits, closes: bool, own: Parts) -> (Parts, usize) {
        self.end_implied(name, traits);
        let above_it = self.open.len();
        let above = self.parts();
        let parts = above.without(Parts::OWN).with(own);
        let closed = above.any(Parts::DRAWING) && closes;
        if !traits.is(Traits::VOID) && !closed {
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
    fn end_implied(&mut self, name: Name, traits: Traits) {
        const PARAGRAPH: Name = Name::of(b"p");
        let Some(last) = self.open.last() else { return };
        let ends = last.name == name && traits.is(Traits::ITEM)
            || last.name == PARAGRAPH && !traits.is(Traits::INLINE);
        if ends && self.beyond == 0 {
            self.open.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::markup::{Markup, Token};
    use crate::describe::page::told::Told;

    #[test]
    fn parts_end_with_their_element() {
        let mut outline = Outline::default();
        let mut seen = Vec::new();
        let mut markup: Markup<Told> =
            Markup::new("<nav><ul><li>a<li>b</ul></nav>c<svg><path/></svg>d<p>e<div>f</p>g");
        while let Some(token) = markup.next() {
            match token {
                Token::Start(name) => {
                    let own = outline.own_parts(name, name.traits(), Parts::NONE);
                    outline.start(name, name.traits(), markup.closes_itself(), own);
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
            let name = Name::of(b"div");
            outline.start(name, name.traits(), false, Parts::default());
        }
        assert_eq!(outline.depth(), DEPTH);
        for _ in 0..100_000 {
            outline.end(Name::of(b"div"));
        }
        assert_eq!(outline.depth(), 0);
    }
}
