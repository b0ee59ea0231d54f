//! The texts among the parts of a message.
//!
//! `mail-parser` decodes each of them. The way through the parts is our own: messages within
//! messages make it recurse as deep as they nest, and a boundary that never comes makes it search
//! to the end for every part.

use mail_parser::{ContentType, HeaderName, Message, MessageParser, MimeHeaders as _, PartType};
use memchr::memmem;
use std::ops::Range;

/// Parts that are looked at.
const MOST: usize = 1_000;
/// Multiparts within each other.
const DEEPEST: usize = 10;
/// Octets of a part's header.
const HEADER: usize = 1 << 20;
/// Octets of running text that are decoded: enough for its language.
const PLAIN: usize = 64 << 10;
/// Octets of a page that are decoded.
const PAGE: usize = 1 << 20;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The first text of each kind.
    pub(super) texts: Vec<Text>,
    /// In words, where some parts were not looked at.
    pub(super) given_up: Option<String>,
}

/// A text that was decoded.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Page,
}

/// A part: where it stands, and how deep.
struct Part {
    range: Range<usize>,
    depth: usize,
}

/// Finds the first plain text and the first page.
pub(super) fn texts(octets: &[u8]) -> Parts {
    let mut parts = Parts::default();
    let mut waiting = vec![Part { range: 0..octets.len(), depth: 0 }];
    let mut seen = 0;
    while let Some(part) = waiting.pop() {
        seen += 1;
        if seen > MOST {
            parts.given_up = Some(format!("mail of more than {MOST} parts: the rest was not looked at"));
            break;
        }
        let content = &octets[part.range.clone()];
        let head = &content[..header_length(content).min(HEADER)];
        let message = parser().parse_headers(head);
        let kind = message.as_ref().and_then(Message::content_type);
        let (main, sub) = kind.map_or(("text", Some("plain")), |kind| (kind.ctype(), kind.subtype()));
        if main.eq_ignore_ascii_case("multipart") {
            let Some(boundary) = kind.and_then(|kind| kind.attribute("boundary")) else { continue };
            if part.depth == DEEPEST {
                parts.given_up = Some(format!("mail with parts nested deeper than {DEEPEST}"));
                continue;
            }
            let room = MOST + 1 - seen.min(MOST);
            let between = between(content, head.len(), boundary.as_bytes(), room);
            let start = part.range.start;
            let below = |range: Range<usize>| Part {
                range: start + range.start..start + range.end,
                depth: part.depth + 1,
            };
            waiting.extend(between.into_iter().rev().map(below));
            continue;
        }
        let is_attached =
            message.as_ref().and_then(Message::content_disposition).is_some_and(ContentType::is_attachment);
        let kind = match sub.map(str::to_ascii_lowercase).as_deref() {
            _ if !main.eq_ignore_ascii_case("text") || is_attached => continue,
            Some("plain") => Kind::Plain,
            Some("html") => Kind::Page,
            _ => continue,
        };
        if parts.texts.iter().all(|text| text.kind != kind) {
            parts.texts.extend(decoded(content, head.len(), kind));
        }
        if parts.texts.len() == 2 {
            break;
        }
    }
    parts
}

fn parser() -> MessageParser {
    MessageParser::new()
        .header_content_type(HeaderName::ContentType)
        .header_content_type(HeaderName::ContentDisposition)
        .header_text(HeaderName::ContentTransferEncoding)
        .default_header_ignore()
}

/// Octets up to the blank line behind the header, with it.
fn header_length(octets: &[u8]) -> usize {
    if octets.starts_with(b"\n") {
        return 1;
    }
    if octets.starts_with(b"\r\n") {
        return 2;
    }
    let ends = memchr::memchr_iter(b'\n', octets).find_map(|at| match octets.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    });
    ends.unwrap_or(octets.len())
}

/// The parts between boundaries, behind `from`; at most `most`.
fn between(octets: &[u8], from: usize, boundary: &[u8], most: usize) -> Vec<Range<usize>> {
    let mark = [b"--", boundary].concat();
    let is_line = |at: &usize| *at == 0 || octets[*at - 1] == b'\n';
    let marks = memmem::find_iter(&octets[from..], &mark).map(|at| at + from).filter(is_line);
    let (mut parts, mut open) = (Vec::new(), None);
    for at in marks {
        if let Some(start) = open.take() {
            parts.push(start..at);
        }
        let after = at + mark.len();
        if octets[after..].starts_with(b"--") || parts.len() >= most {
            return parts;
        }
        open = memchr::memchr(b'\n', &octets[after..]).map(|end| after + end + 1);
    }
    // The last part of a message that was cut.
    parts.extend(open.map(|start| start..octets.len()));
    parts
}

/// The text of a part that is one text.
fn decoded(content: &[u8], header: usize, kind: Kind) -> Option<Text> {
    let most = header + if kind == Kind::Plain { PLAIN } else { PAGE };
    let content = if content.len() > most {
        // Whole lines are whole groups of BASE64.
        let cut = &content[..most];
        &cut[..memchr::memrchr(b'\n', cut).map_or(most, |at| at + 1)]
    } else {
        content
    };
    let message = parser().parse(content)?;
    let part = message.parts.first().filter(|part| !part.is_encoding_problem)?;
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => Some(Text { kind, text: text.to_string() }),
        _ => None,
    }
}
