//! Passing over elements whose content does not matter.

use super::{Markup, Name, Traits, opens_markup};
use memchr::{memchr, memmem};

const HEADING: Name = Name::of(b"h1");

impl Markup<'_> {
    /// Goes to the end of the element whose start tag was read last; answers with about how many
    /// octets of text are passed over. Nothing is where it has no end tag, or holds linked data or a
    /// heading of the first level, which may be that of the article even at the end of a menu.
    pub(in crate::describe) fn pass_over(&mut self, name: Name) -> Option<usize> {
        if self.closes_itself || name == Name::LONG || name.traits().is(Traits::RAW) || self.at < self.vain {
            return None;
        }
        match self.end_of(name) {
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

    /// Where the open element ends, and the octets of its text; else where that could not be told.
    fn end_of(&self, name: Name) -> Result<(usize, usize), usize> {
        let octets = self.text.as_bytes();
        let from = |at: usize| octets.get(at..).unwrap_or_default();
        let (mut at, mut depth, mut width) = (self.at, 1_usize, 0);
        while let Some(length) = memchr(b'<', from(at)) {
            let text = octets[at..at + length].trim_ascii();
            width += text.len() + usize::from(!text.is_empty());
            let tag = at + length;
            if let [b'<', b'!', b'-', b'-', ..] = from(tag) {
                at = tag + 7 + memmem::find(from(tag + 4), b"-->").ok_or(octets.len())?;
                continue;
            }
            if !opens_markup(from(tag)) {
                at = tag + 1;
                continue;
            }
            if let [b'<', b'/', ..] = from(tag) {
                let (outer, end_of_name) = Name::at(octets, tag + 2, false);
                at = end_of_name + 1 + memchr(b'>', from(end_of_name)).ok_or(octets.len())?;
                depth -= usize::from(outer == name);
                if depth == 0 {
                    return Ok((at, width));
                }
                continue;
            }
            let end = tag + 1 + memchr(b'>', from(tag)).ok_or(octets.len())?;
            at = end;
            let (inner, end_of_name) = Name::at(octets, tag + 1, false);
            if inner == HEADING {
                return Err(end);
            }
            depth += usize::from(inner == name);
            if inner.traits().is(Traits::RAW) {
                let written = self.text.get(tag + 1..end_of_name).unwrap_or_default();
                let content = raw_length(from(end), written);
                let script = octets.get(tag..end + content).unwrap_or_default();
                if ["ld+json", "@context"].iter().any(|mark| memmem::find(script, mark.as_bytes()).is_some())
                {
                    return Err(end);
                }
                at = end + content;
            }
        }
        Err(octets.len())
    }
}

/// The length of a raw element's content: up to its end tag, or to the end.
pub(super) fn raw_length(octets: &[u8], name: &str) -> usize {
    let ends = |at: &usize| {
        let after = &octets[at + 2..];
        after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && after.get(name.len()).is_none_or(|&c| !c.is_ascii_alphanumeric())
    };
    memmem::find_iter(octets, b"</").find(ends).unwrap_or(octets.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::markup::Token;

    /// The width of the first element, and what follows it, if it can be passed over.
    fn passed(text: &str) -> Option<(usize, String)> {
        let mut markup = Markup::new(text);
        let Some(Token::Start(name)) = markup.next() else { return None };
        let width = markup.pass_over(name)?;
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
    fn elements_without_an_end_cost_no_more_than_the_text_is_long() {
        let text = "<div>".repeat(100_000);
        let (mut markup, mut tried) = (Markup::new(&text), 0);
        while let Some(Token::Start(name)) = markup.next() {
            assert_eq!(markup.pass_over(name), None);
            tried += 1;
        }
        assert_eq!(tried, 100_000);
    }
}
