//! Text of a cell as paragraphs of OpenDocument (part 3 §6.1), which drops whitespace that is not marked.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Text in an attribute.
pub(super) fn attribute(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// A paragraph for each line, with every space kept. What XML cannot hold becomes U+FFFD.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for line in text.split('\n') {
        out.push_str("<text:p>");
        let line = line.strip_suffix('\r').unwrap_or(line);
        paragraph(line, &mut out);
        out.push_str("</text:p>");
    }
    out
}

fn paragraph(line: &str, out: &mut String) {
    let mut rest = line;
    let mut is_first = true;
    while let Some(c) = rest.chars().next() {
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        if spaces > 0 {
            rest = &rest[spaces..];
            // One space between words stays as it is; all others would be taken for one, or none.
            let plain = usize::from(!is_first && !rest.is_empty());
            out.push_str(&" "[..plain]);
            if spaces > plain {
                let _ = write!(out, r#"<text:s text:c="{}"/>"#, spaces - plain);
            }
        } else {
            match c {
                '\t' => out.push_str("<text:tab/>"),
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                c if is_no_xml(c) => out.push('\u{FFFD}'),
                c => out.push(c),
            }
            rest = &rest[c.len_utf8()..];
        }
        is_first = false;
    }
}

/// Characters outside of XML 1.0 §2.2.
fn is_no_xml(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn every_space_and_line_is_kept() {
        assert_eq!(paragraphs("a b"), "<text:p>a b</text:p>");
        assert_eq!(
            paragraphs(" a  b "),
            r#"<text:p><text:s text:c="1"/>a <text:s text:c="1"/>b<text:s text:c="1"/></text:p>"#
        );
        assert_eq!(
            paragraphs("a\r\n\n<b>&"),
            "<text:p>a</text:p><text:p></text:p><text:p>&lt;b&gt;&amp;</text:p>"
        );
        assert_eq!(paragraphs("\u{1}\t"), "<text:p>\u{FFFD}<text:tab/></text:p>");
    }
}
