//! Passing over elements whose content does not matter.

use super::{Attributes, Markup, Name, Traits};
use crate::eight::find;
use memchr::memmem::Finder;
use memchr::{memchr_iter, memrchr};
use std::sync::LazyLock;

/// How surely an element says nothing of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::describe) enum Passing {
    /// Only a heading of the first level in it speaks against that.
    Sure,
    /// Any heading, a time, a paragraph or the name of an author may.
    Likely,
}

impl Passing {
    /// Elements in which something may be said of the article.
    fn refuses(self, name: Name) -> bool {
        const HEADINGS: [Name; 4] = [Name::of(b"h1"), Name::of(b"h2"), Name::of(b"h3"), Name::of(b"time")];
        name == HEADINGS[0] || self == Self::Likely && HEADINGS.contains(&name)
    }

    /// Octets of a text that may be of the article.
    fn paragraph(self) -> usize {
        if self == Self::Likely { PARAGRAPH } else { usize::MAX }
    }
}

/// Octets that no entry of a menu has.
const PARAGRAPH: usize = 120;

impl<'a, A: Attributes<'a>> Markup<'a, A> {
    /// Goes to the end of the element whose start tag was read last; answers with about how many
    /// octets of text are passed over. Nothing is where it has no end tag, or holds linked data or what
    /// is refused: a heading of the first level may be that of the article even at the end of a menu.
    pub(in crate::describe) fn pass_over(&mut self, name: Name, passing: Passing) -> Option<usize> {
        let traits = name.traits();
        let has_no_end = self.closes_itself || traits.is(Traits::VOID) || traits.is(Traits::RAW);
        if has_no_end || name == Name::LONG || passing.refuses(name) || self.at < self.vain {
            return None;
        }
        match end_of(self.text, self.at, name, passing) {
            Ok((end, _)) if passing == Passing::Likely && names_authors(&self.rest()[..end - self.at]) => {
                None
            }
            Ok((end, width)) => {
                self.at = end;
                Some(width)
            }
            // Whatever is tried before that place would come to it again.
            Err(vain) => {
                self.vain = vain;
                None
            }
        }
    }
}

/// What classes and addresses that speak of authors have.
static AUTHORS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["uthor", "utor"].map(Finder::new));

/// What scripts of linked data have.
static LINKED_DATA: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| ["ld+json", "@context"].map(Finder::new));

/// Whether a class or an address in some markup speaks of authors.
fn names_authors(markup: &[u8]) -> bool {
    AUTHORS.iter().any(|word| word.find(markup).is_some())
}

/// What a `<` begins.
enum Opened {
    /// A start tag of a name; and where that ends.
    Start(Name, usize),
    End(Name, usize),
    /// Where the comment ends.
    Comment(usize),
    /// A tag of a name that does not matter, or none.
    Nothing,
}

/// Where the element of this name ends whose content begins at `from`, and the octets of its text; else
/// where that could not be told.
///
/// Menus have more tags than articles: of most of them the first letter is all that is looked at.
fn end_of(text: &str, from: usize, name: Name, passing: Passing) -> Result<(usize, usize), usize> {
    let octets = text.as_bytes();
    let rest = |at: usize| octets.get(at..).unwrap_or_default();
    let tag_end = |at: usize| find(b'>', rest(at)).map(|length| at + length + 1).ok_or(octets.len());
    let initial = name.initial();
    let (mut at, mut depth, mut width) = (from, 1_usize, 0);
    while let Some(length) = find(b'<', rest(at)) {
        let tag = at + length;
        let run = text_at_end(&octets[at..tag]);
        if run > passing.paragraph() {
            return Err(tag);
        }
        width += run;
        at = tag + 1;
        match opened(octets, tag, initial) {
            Opened::Comment(end) => at = end,
            Opened::End(outer, end) if outer == name => {
                depth -= 1;
                if depth == 0 {
                    return Ok((tag_end(end)?, width));
                }
            }
            Opened::Nothing | Opened::End(..) => {}
            Opened::Start(inner, end) if passing.refuses(inner) => return Err(end),
            Opened::Start(inner, end) => {
                depth += usize::from(inner == name);
                if inner.traits().is(Traits::RAW) {
                    let content = tag_end(end)?;
                    at = content + raw_length(rest(content), text.get(tag + 1..end).unwrap_or_default());
                    let script = octets.get(tag..at).unwrap_or_default();
                    if LINKED_DATA.iter().any(|mark| mark.find(script).is_some()) {
                        return Err(content);
                    }
                }
            }
        }
    }
    Err(octets.len())
}

/// What begins at `tag`, as far as it matters to who looks for the end of an element with this initial.
fn opened(octets: &[u8], tag: usize, initial: u8) -> Opened {
    match octets.get(tag + 1..).unwrap_or_default() {
        [b'/', first, ..] if first | 0x20 == initial => {
            let (outer, end) = Name::at(octets, tag + 2, false);
            Opened::End(outer, end)
        }
        [b'!', b'-', b'-', rest @ ..] => {
            Opened::Comment(comment_length(rest).map_or(octets.len(), |length| tag + 7 + length))
        }
        [first, second, ..] if first | 0x20 == initial || may_matter(*first, *second) => {
            let (inner, end) = Name::at(octets, tag + 1, false);
            Opened::Start(inner, end)
        }
        _ => Opened::Nothing,
    }
}

/// Whether raw elements, headings and times have names that begin so: of `span` and `li` there are too
/// many to look up each.
fn may_matter(first: u8, second: u8) -> bool {
    let begins = [first | 0x20, second | 0x20];
    matches!(&begins, b"sc" | b"st" | b"ti" | b"te" | b"no" | b"if" | b"xm" | b"h1" | b"h2" | b"h3")
}

/// The octets of the text behind the tag that this is the rest of, with one for its end; none if it is
/// white space.
fn text_at_end(octets: &[u8]) -> usize {
    if octets.last() == Some(&b'>') {
        return 0;
    }
    let mut text = octets;
    // Most of it is indentation.
    while let Some((before, b"        " | b"\t\t\t\t\t\t\t\t")) = text.split_last_chunk::<8>() {
        text = before;
    }
    text = text.trim_ascii_end();
    if text.last().is_none_or(|last| *last == b'>') {
        return 0;
    }
    let start = memrchr(b'>', text).map_or(0, |tag| tag + 1);
    text[start..].trim_ascii_start().len() + 1
}

/// The length of a raw element's content: up to its end tag, or to the end.
pub(super) fn raw_length(octets: &[u8], name: &str) -> usize {
    let ends = |at: &usize| {
        let Some(after) = octets[at + 1..].strip_prefix(b"/") else { return false };
        after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && after.get(name.len()).is_none_or(|&c| !c.is_ascii_alphanumeric())
    };
    memchr_iter(b'<', octets).find(ends).unwrap_or(octets.len())
}

/// The length of what a comment says, up to the `-->` that ends it.
pub(super) fn comment_length(octets: &[u8]) -> Option<usize> {
    memchr_iter(b'>', octets).find_map(|at| octets[..at].strip_suffix(b"--").map(<[u8]>::len))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::markup::Token;
    use crate::describe::markup::tests::markup;

    /// The width of the first element, and what follows it, if it can be passed over.
    fn passed(text: &str) -> Option<(usize, String)> {
        let mut markup = markup(text);
        let Some(Token::Start(name)) = markup.next() else { return None };
        let width = markup.pass_over(name, Passing::Sure)?;
        Some((width, markup.text[markup.at..].to_owned()))
    }

    #[test]
    fn an_element_ends_with_its_own_end_tag() {
        let x = |width| Some((width, "x".to_owned()));
        assert_eq!(passed("<nav><ul><li> a </ul>bc</nav >x"), x(5));
        assert_eq!(passed("<div><div></div>a</DIV>x"), x(2));
        assert_eq!(passed("<div><divs></div>x"), x(0));
        assert_eq!(passed("<nav><!-- </nav> --></nav>x"), x(0));
        assert_eq!(passed("<nav><script>'</nav>'</SCRIPT ></nav>x"), x(0));
        assert_eq!(passed("<nav>a < b</nav>x"), x(4));
    }

    #[test]
    fn nothing_is_passed_over_that_has_no_end_or_what_matters() {
        for text in [
            "<nav>",
            "<nav/></nav>",
            "<nav><nav></nav>",
            "<nav><!--</nav>",
            "<nav><script></nav>",
            "<nav></nav",
            "<nav>a <h1>b</h1></nav>",
            "<nav><script type=application/ld+json>{}</script></nav>",
            "<blockquote></blockquote>",
            "<script></script>",
        ] {
            assert_eq!(passed(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_likely_a_menu_has_nothing_of_the_article() {
        let passed = |text: &str| {
            let mut markup = markup(text);
            let Some(Token::Start(name)) = markup.next() else { return false };
            markup.pass_over(name, Passing::Likely).is_some()
        };
        assert!(passed("<ul><li><a href=/news>News</a></ul>x"));
        let long = "<ul><li>".to_owned() + &"word ".repeat(30) + "</ul>x";
        assert!(!passed(&long));
        for text in [
            "<ul><h2>a</h2></ul>",
            "<div><time>2020</time></div>",
            "<h3>a</h3>",
            "<div><a class=post-author>A</a></div>",
            "<div><a href=/autor/a>A</a></div>",
        ] {
            assert!(!passed(text), "{text}");
        }
    }

    proptest::proptest! {
        /// What stands behind the last tag is measured without its white space, and with one for its end.
        #[test]
        fn text_before_a_tag_is_measured(octets in "(        |\t\t\t\t\t\t\t\t| |\n|\x0B|>|a|é){0,10}") {
            let octets = octets.as_bytes();
            let text = octets.rsplit(|octet| *octet == b'>').next().unwrap_or_default().trim_ascii();
            let careful = if text.is_empty() { 0 } else { text.len() + 1 };
            proptest::prop_assert_eq!(text_at_end(octets), careful);
        }
    }

    #[test]
    fn all_that_matters_is_looked_up() {
        for name in ["h1", "H2", "h3", "time", "Title"] {
            let octets = name.as_bytes();
            assert!(may_matter(octets[0], octets[1]), "{name}");
        }
        let raw = ["script", "style", "title", "textarea", "noembed", "noframes", "iframe", "xmp"];
        for name in raw {
            assert!(Name::of(name.as_bytes()).traits().is(Traits::RAW));
            assert!(may_matter(name.as_bytes()[0], name.as_bytes()[1]), "{name}");
        }
        assert!(!may_matter(b's', b'p') && !may_matter(b'h', b'r'));
    }

    #[test]
    fn elements_without_an_end_cost_no_more_than_the_text_is_long() {
        let text = "<div>".repeat(100_000);
        let (mut markup, mut tried) = (markup(&text), 0);
        while let Some(Token::Start(name)) = markup.next() {
            assert_eq!(markup.pass_over(name, Passing::Sure), None);
            tried += 1;
        }
        assert_eq!(tried, 100_000);
    }
}
