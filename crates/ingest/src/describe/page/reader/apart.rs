//! What of a page is passed over or not read at all: it speaks of something else than the article.

use super::{Reader, TEXT, VALUE};
use crate::describe::folding;
use crate::describe::markup::{Name, Passing};
use crate::describe::page::{Page, Parts};

/// Octets of text behind the heading of an article of which all is read: here it is signed and dated.
const NEAR: usize = 1_600;
/// Octets of a folded heading that cannot be that of a section or a site.
const TITLED: usize = 20;
/// Parts that are passed over behind the heading of the article.
const APART: Parts = Parts::MENU
    .with(Parts::ASIDE)
    .with(Parts::FOOTER)
    .with(Parts::COMMENTS)
    .with(Parts::RELATED)
    .with(Parts::CONSENT);
/// Elements that hold an article, and nothing else of its kind; the one that says so first.
const ARTICLES: [Name; 2] = [Name::of(b"article"), Name::of(b"main")];
/// Parts outside of the article that are passed over wherever they are, if nothing in them looks like it.
pub(super) const ASTRAY: Parts = Parts::MENU.with(Parts::ASIDE).with(Parts::FOOTER).with(Parts::COMMENTS);
/// What a gap is filled with, a stretch at a time.
const GAP: &str = match str::from_utf8(&[b'\n'; 256]) {
    Ok(gap) => gap,
    Err(_) => "\n",
};

impl Reader<'_> {
    /// How surely an element speaks of something else than the article, if it seems to.
    pub(super) fn passing(&self, name: Name, own: Parts) -> Option<Passing> {
        const NAV: Name = Name::of(b"nav");
        const SVG: Name = Name::of(b"svg");
        const FOOTER: Name = Name::of(b"footer");
        if own == Parts::NONE {
            return None;
        }
        let is_in_article = self.outline.parts().any(Parts::ARTICLE);
        // What stands aside within an article may still be of it.
        let apart = if is_in_article { own.without(Parts::ASIDE) } else { own };
        if matches!(name, NAV | SVG | FOOTER) && own.any(Parts::ELSEWHERE)
            || self.page.text.len() > self.behind && apart.any(self.apart)
        {
            return Some(Passing::Sure);
        }
        (!is_in_article && own.any(self.astray)).then_some(Passing::Likely)
    }

    /// Leaves a gap where an element is passed over: what is before it is no nearer to what is behind
    /// it than it was.
    pub(super) fn gap(&mut self, own: Parts, width: usize) {
        let text = &mut self.page.text;
        let width = width.min(TEXT.saturating_sub(text.len()));
        if let Some(last) = self.page.blocks.last_mut().filter(|_| width > 0) {
            last.end = last.end.min(text.len());
        }
        for whole in (0..width).step_by(GAP.len()) {
            text.push_str(&GAP[..GAP.len().min(width - whole)]);
        }
        if !own.any(Parts::MENU.with(Parts::FOOTER).with(Parts::CONSENT).with(Parts::DRAWING)) {
            self.page.passed_over += width;
        }
        self.break_line(self.outline.parts());
    }

    /// Tells where the article begins, if this heading is that of the page.
    pub(super) fn find_article(&mut self, number: usize) {
        if is_titled(&self.page, number) {
            let heading = &self.page.spots[number];
            self.apart = APART.without(heading.parts);
            self.behind = heading.range.end + NEAR;
            self.outside = self.outline.above(&ARTICLES);
        }
    }

    /// Ends the text where the article of the heading ends by its own end tag: what follows is of another,
    /// or of the site.
    pub(super) fn leave_article(&mut self, name: Name) {
        if ARTICLES.contains(&name) && self.page.text.len() > self.behind {
            self.enough = self.enough.min(self.page.text.len());
        }
    }
}

/// Whether a heading is what the page is declared to be called: then it is that of the article.
fn is_titled(page: &Page, number: usize) -> bool {
    let heading = page.text_of(&page.spots[number], VALUE).map(|text| folding::folded(&text));
    let Some(heading) = heading.filter(|heading| heading.len() >= TITLED && heading.contains(' ')) else {
        return false;
    };
    let titles = [page.meta("og:title"), page.title.as_deref()];
    titles.into_iter().flatten().any(|title| folding::folded(title).starts_with(&heading))
}
