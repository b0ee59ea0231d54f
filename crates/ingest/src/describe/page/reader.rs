//! Reading a page, tag by tag.

mod apart;

use super::classes::Classes;
use super::outline::Outline;
use super::parts::{Parts, parts_by_words};
use super::told::{Told, kind_of};
use super::{Block, Kind, LITTLE, Page, Spot};
use crate::describe::markup::{Markup, Name, Passing, Token, Traits, resolved};
use crate::describe::prose;
use apart::ASTRAY;
use std::borrow::Cow;

/// Tokens that are read of one page; a page of 4 MiB seldom has a tenth.
const TOKENS: usize = 300_000;
/// Octets of visible text that are kept.
const TEXT: usize = 64 << 10;
/// Octets of visible text that are kept behind the first `h1`: what is said of an article stands
/// about it, and long pages go on with others.
const BEHIND: usize = 16 << 10;
/// `meta` elements that are kept.
const METAS: usize = 256;
/// Spots that are kept.
const SPOTS: usize = 2_000;
/// Octets of JSON-LD that are kept.
const JSON_LD: usize = 1 << 20;
/// What the type of a script that holds linked data begins with.
const LINKED_DATA: &[u8] = b"application/ld+json";
/// Octets of a title or a comment that are looked at.
const VALUE: usize = 4_096;

/// Reads a page: all of its tags, or as many as are read of one.
///
/// Where hardly any text is left when menus and the like are passed over, they are all that there is, and
/// may be the wall that the page is.
pub(super) fn read(text: &str) -> Page<'_> {
    let reader = read_without(text, ASTRAY);
    if reader.is_astray_passed && reader.page.letters_up_to(LITTLE) < LITTLE {
        return read_without(text, Parts::NONE).page;
    }
    reader.page
}

/// Reads a page; what likely is of these parts is passed over.
fn read_without(text: &str, astray: Parts) -> Reader<'_> {
    let mut reader = Reader { enough: TEXT, astray, page: Page::with_room(text.len()), ..Reader::default() };
    let mut markup: Markup<Told> = Markup::new(text);
    for number in 0.. {
        let Some(token) = markup.next() else { break };
        if number == TOKENS {
            reader.page.cut = true;
            break;
        }
        if markup.is_spaced() {
            reader.space();
        }
        if reader.page.text.len() >= reader.enough {
            markup.only_scripts();
        }
        match token {
            Token::Start(name) => reader.start(name, &mut markup),
            Token::End(name) => reader.end(name),
            Token::Text(text) => reader.text(text),
            Token::Comment(text) => reader.comment(text),
        }
    }
    reader.close_spots(0);
    reader
}

/// A page that is being read.
#[derive(Default)]
struct Reader<'a> {
    page: Page<'a>,
    outline: Outline,
    classes: Classes<'a>,
    /// Spots whose element is open, by their place in the list, with the depth they opened at.
    open: Vec<(usize, usize)>,
    /// What the text that comes next is the content of.
    content: Content,
    json_ld: usize,
    /// Octets of text at which there is enough of it.
    enough: usize,
    /// Parts that are passed over behind the heading of the article, since it was found outside of
    /// them, and the octet of the text at which that begins.
    apart: Parts,
    behind: usize,
    /// How many elements the article of the heading lies in, if it is in one that is marked as such.
    outside: Option<usize>,
    /// Parts that are passed over wherever they likely are; and whether any was.
    astray: Parts,
    is_astray_passed: bool,
}

/// What text is the content of.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Content {
    #[default]
    Block,
    /// Of a script or a style: not shown.
    Hidden,
    LinkedData,
    Title,
}

impl<'a> Reader<'a> {
    fn start(&mut self, name: Name, markup: &mut Markup<'a, Told<'a>>) {
        const META: Name = Name::of(b"meta");
        const LINK: Name = Name::of(b"link");
        const A: Name = Name::of(b"a");
        let traits = markup.traits();
        match name {
            _ if !traits.is(Traits::NOTED) => {}
            META => return self.meta(markup.attributes()),
            LINK => return self.link(markup.attributes()),
            _ => {}
        }
        // What has no content is nobody's name or day.
        let words = if traits.is(Traits::VOID) { Parts::NONE } else { self.words(markup.attributes()) };
        let own = self.outline.own_parts(name, traits, words);
        if let Some(passing) = self.passing(name, own)
            && let Some(width) = markup.pass_over(name, passing)
        {
            self.is_astray_passed |= passing == Passing::Likely;
            return self.gap(own, width);
        }
        let (parts, above) = self.outline.start(name, traits, markup.closes_itself(), own);
        self.close_spots(above);
        let told = markup.attributes();
        if traits.is(Traits::NOTED) {
            self.note(name, told);
        }
        let kind = kind_of(name, traits, told, words);
        if !traits.is(Traits::INLINE) {
            self.break_line(parts);
        } else if kind.is_some() || name == A {
            self.space();
        }
        if let Some(kind) = kind {
            self.spot(kind, told, parts, traits.is(Traits::VOID));
        }
    }

    /// Takes from an element what is wanted of it by its name.
    fn note(&mut self, name: Name, told: &Told<'a>) {
        const HTML: Name = Name::of(b"html");
        const INPUT: Name = Name::of(b"input");
        const IMG: Name = Name::of(b"img");
        const VIDEO: Name = Name::of(b"video");
        const AUDIO: Name = Name::of(b"audio");
        const OBJECT: Name = Name::of(b"object");
        const TITLE: Name = Name::of(b"title");
        const STYLE: Name = Name::of(b"style");
        const IFRAME: Name = Name::of(b"iframe");
        const TEXTAREA: Name = Name::of(b"textarea");
        const NOFRAMES: Name = Name::of(b"noframes");
        const SCRIPT: Name = Name::of(b"script");
        match name {
            HTML => self.page.language = self.page.language.or(told.language()),
            INPUT => self.page.passwords += usize::from(told.kind().eq_ignore_ascii_case("password")),
            IMG | VIDEO | AUDIO | OBJECT => self.page.media += 1,
            TITLE => self.content = Content::Title,
            STYLE | IFRAME | TEXTAREA | NOFRAMES => self.content = Content::Hidden,
            SCRIPT => {
                self.page.scripts += 1;
                let begins = told.kind().trim().as_bytes().get(..LINKED_DATA.len());
                let is_linked = begins.is_some_and(|begins| begins.eq_ignore_ascii_case(LINKED_DATA));
                self.content = if is_linked { Content::LinkedData } else { Content::Hidden };
            }
            _ => {}
        }
    }

    /// What the words in its `class` and `id` tell of an element.
    fn words(&mut self, told: &Told<'a>) -> Parts {
        let class = self.classes.parts(told.class());
        if told.id().is_empty() { class } else { class.with(parts_by_words(told.id())) }
    }

    fn end(&mut self, name: Name) {
        let before = self.open.len();
        self.outline.end(name);
        self.close_spots(self.outline.depth());
        if self.outside.is_some_and(|outside| self.outline.depth() <= outside) {
            self.leave_article(name);
        }
        if !name.traits().is(Traits::INLINE) {
            self.break_line(self.outline.parts());
        } else if self.open.len() < before {
            self.space();
        }
    }

    /// Parts words, unless they are.
    fn space(&mut self) {
        let text = &mut self.page.text;
        if !matches!(text.as_bytes().last(), None | Some(b'\n' | b' ')) {
            text.push(' ');
        }
    }

    /// Begins a new line of text.
    fn break_line(&mut self, parts: Parts) {
        let text = &mut self.page.text;
        while text.as_bytes().last() == Some(&b' ') {
            text.pop();
        }
        if !matches!(text.as_bytes().last(), None | Some(b'\n')) {
            text.push('\n');
        }
        match self.page.blocks.last_mut() {
            Some(last) if last.start == text.len() => last.parts = parts,
            _ => self.page.blocks.push(Block { start: text.len(), end: usize::MAX, parts }),
        }
    }

    /// Keeps a spot; what has no content of its own ends where it begins.
    fn spot(&mut self, kind: Kind, told: &Told<'a>, parts: Parts, is_void: bool) {
        if self.page.spots.len() >= SPOTS {
            return;
        }
        let at = self.page.text.len();
        if !is_void {
            self.open.push((self.page.spots.len(), self.outline.depth()));
        }
        self.page.spots.push(Spot {
            kind,
            range: at..at,
            value: told.datetime().or(told.content()),
            property: told.property(),
            relation: told.relation(),
            href: told.href(),
            parts,
        });
    }

    /// Ends the spots that were opened deeper than `depth`.
    #[inline]
    fn close_spots(&mut self, depth: usize) {
        while let Some((number, _)) = self.open.pop_if(|open| open.1 > depth) {
            self.close(number);
        }
    }

    /// Ends a spot.
    fn close(&mut self, number: usize) {
        let end = self.page.text.len();
        let spot = &mut self.page.spots[number];
        spot.range.start = spot.range.start.min(end);
        spot.range.end = end;
        if spot.kind == Kind::Heading(1) && !spot.range.is_empty() {
            self.enough = self.enough.min(end + BEHIND);
            self.find_article(number);
        }
    }

    fn text(&mut self, text: &'a str) {
        let mut content = std::mem::take(&mut self.content);
        if content == Content::Hidden && is_linked_data(text) {
            content = Content::LinkedData;
        }
        match content {
            Content::Hidden => {}
            Content::LinkedData => {
                self.json_ld += text.len();
                if self.json_ld <= JSON_LD {
                    self.page.json_ld.push(text);
                }
            }
            // The title of a drawing is not that of the page.
            Content::Title => {
                if self.page.title.is_none() && !self.outline.parts().any(Parts::DRAWING) {
                    self.page.title = prose::tidy(&resolved(prose::beginning(text, VALUE)));
                }
            }
            Content::Block => {
                if text.trim_ascii_start().is_empty() {
                    self.space();
                } else if self.page.text.len() < TEXT && !self.outline.parts().any(Parts::DRAWING) {
                    // A number in an element of its own is set off by style, if by nothing else.
                    let digit = text.starts_with(|c: char| c.is_ascii_digit());
                    if digit && self.page.text.ends_with(char::is_alphabetic) {
                        self.page.text.push(' ');
                    }
                    let text = prose::beginning(text, TEXT);
                    self.page.pieces.push((self.page.text.len(), text));
                    prose::append(&mut self.page.text, &resolved(text));
                }
            }
        }
    }

    /// Browsers and archives leave a note of what was saved.
    fn comment(&mut self, text: &'a str) {
        if self.page.saved_from.is_some() {
            return;
        }
        let text = prose::beginning(text, VALUE).trim_start();
        let after = if let Some(after) = text.strip_prefix("saved from url=") {
            after.split_once(')').map(|(_, address)| address)
        } else if text.starts_with("Page saved with SingleFile") {
            text.split_once("url:").map(|(_, address)| address)
        } else {
            None
        };
        self.page.saved_from = after.and_then(|after| after.split_whitespace().next());
    }

    fn meta(&mut self, told: &Told<'a>) {
        let Some(content) = told.content() else { return };
        let parts = self.outline.parts();
        let kind = kind_of(Name::of(b"meta"), Traits::VOID, told, Parts::default());
        if let Some(kind) = kind.filter(|_| !told.property().is_empty()) {
            self.spot(kind, told, parts, true);
        }
        if self.page.metas.len() < METAS
            && !told.name().is_empty()
            && let Some(content) = prose::tidied(resolved(content))
        {
            self.page.metas.push((in_lower_case(told.name().trim()), content));
        }
    }

    fn link(&mut self, told: &Told<'a>) {
        if told.relation().eq_ignore_ascii_case("canonical") && self.page.canonical.is_none() {
            self.page.canonical = prose::tidy(&resolved(told.href()));
        }
    }
}

/// A name in lower case, as it is written nearly always.
fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|octet| octet.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    Cow::Borrowed(name)
}

/// Whether a script is linked data that does not say so.
fn is_linked_data(script: &str) -> bool {
    let script = script.trim_start();
    script.starts_with('{') && prose::beginning(script, 80).contains("\"@context\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only what has its trait is asked for by its name.
    #[test]
    fn what_is_taken_from_an_element_by_its_name_is_taken() {
        assert_eq!(read("<html lang=de>").language, Some("de"));
        assert_eq!(read("<title>a</title>").title.as_deref(), Some("a"));
        assert_eq!(read("<meta name=a content=b>").metas.len(), 1);
        assert_eq!(read("<link rel=canonical href=a>").canonical.as_deref(), Some("a"));
        assert_eq!(read("<input type=password>").passwords, 1);
        assert_eq!(read("<script>a</script>").scripts, 1);
        for name in ["img", "video", "audio", "object"] {
            assert_eq!(read(&format!("<{name}>")).media, 1, "{name}");
        }
        for name in ["script", "style", "iframe", "textarea", "noframes"] {
            assert_eq!(read(&format!("<{name}>a</{name}>")).text, "", "{name}");
        }
        for name in ["h1", "h2", "h3", "time"] {
            assert_eq!(read(&format!("<{name}>a</{name}>")).spots.len(), 1, "{name}");
        }
    }

    #[test]
    fn the_names_of_some_elements_tell_a_part_and_of_others_none() {
        let parts = |page: &str| Page::read(page).lines().map(|(_, _, parts)| parts).last();
        for name in ["nav", "menu", "aside", "figure", "footer", "article"] {
            assert_ne!(parts(&format!("<{name}>a")), Some(Parts::NONE), "{name}");
        }
        for name in ["svg", "template"] {
            assert_eq!(read(&format!("<{name}>a")).text, "", "{name}");
        }
        for name in ["html", "body"] {
            assert_eq!(parts(&format!("<{name} class=menu>a")), Some(Parts::NONE), "{name}");
        }
    }
}
