//! Where the parts of a mail begin and end (RFC 2046 §5.1), in one pass over its lines.

use super::fields::Fields;
use super::headers::Headers;
use super::lines::Piece;
use super::tally::Tally;
use crate::parts::transfer::{Decoder, Encoding};

/// Parts of one mail that are taken.
const MOST_PARTS: usize = 10_000;
/// Multiparts and mails within each other that are looked into.
const DEEPEST: usize = 100;

/// A part that was found.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what it is, and three ways in which it may be broken")]
pub(super) struct Seen {
    /// Where it begins, and octets it has there.
    pub(super) at: u64,
    pub(super) octets: u64,
    pub(super) encoding: Option<Encoding>,
    /// The name of an encoding that is not undone.
    pub(super) unknown: Option<String>,
    /// Octets it has when it is decoded.
    pub(super) size: u64,
    pub(super) name: Option<String>,
    pub(super) media_type: String,
    pub(super) is_message: bool,
    is_attachment: bool,
    /// Whether letters stand behind the end of its base64.
    pub(super) has_tail: bool,
    /// Whether its base64 is damaged.
    pub(super) is_damaged: bool,
    /// Whether the mail ends within it, though a boundary should follow.
    pub(super) is_cut: bool,
    /// The message among the parts that it belongs to, if that is not the mail itself.
    pub(super) parent: Option<usize>,
}

/// What a mail holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) parts: Vec<Seen>,
    /// What of it is not looked at, or not as it should be.
    pub(super) tally: Tally,
}

/// A mail that is being read.
pub(super) struct Mime {
    seen: Contents,
    /// What the line at hand lies in, outermost first.
    open: Vec<Open>,
    state: State,
    /// Where the last line ended without its line break, which belongs to a boundary that follows.
    line_end: u64,
    scratch: Vec<u8>,
}

enum Open {
    Multipart {
        boundary: Vec<u8>,
        is_digest: bool,
        /// Whether it says that it is encoded, which no multipart may be.
        is_coded: bool,
        /// Whether its boundary was seen.
        has_parts: bool,
    },
    /// A mail within, by its number among the parts.
    Message(usize),
}

enum State {
    Header(Box<Fields>),
    /// Text of the mail, or what stands before, between and behind the parts of a multipart.
    Passed,
    Leaf(Box<Leaf>),
}

/// A part whose body is being read.
struct Leaf {
    number: usize,
    decoder: Option<Decoder>,
    /// The line break before the line at hand: of the body only if no boundary follows.
    held: Vec<u8>,
}

impl Seen {
    /// How it came, in words.
    pub(super) fn how(&self) -> String {
        let how = match (self.is_message, self.is_attachment) {
            (true, _) => "mail attached to a mail",
            (false, true) => "attachment of a mail",
            (false, false) => "part of a mail",
        };
        match &self.unknown {
            Some(coding) => format!("{how}, still coded by {coding}"),
            None => how.to_owned(),
        }
    }
}

impl Mime {
    pub(super) fn new() -> Self {
        Self {
            seen: Contents::default(),
            open: Vec::new(),
            state: State::Header(Box::default()),
            line_end: 0,
            scratch: Vec::new(),
        }
    }

    /// Goes on with the next line, or a piece of it.
    pub(super) fn piece(&mut self, piece: &Piece<'_>) {
        let text = without_break(piece.octets);
        if piece.begins
            && let Some((depth, closes)) = self.boundary(text)
        {
            self.close(depth, piece.at);
            if let Some(Open::Multipart { has_parts, .. }) = self.open.last_mut() {
                *has_parts = true;
            }
            if closes {
                self.open.pop();
                self.state = State::Passed;
            } else {
                self.state = State::Header(Box::default());
            }
        } else {
            match &mut self.state {
                State::Header(header) if piece.begins && text.is_empty() => {
                    let header = std::mem::take(header);
                    self.body(&header, piece.at + piece.octets.len() as u64);
                }
                State::Header(header) => header.piece(piece),
                State::Leaf(leaf) => {
                    if let Some(decoder) = &mut leaf.decoder {
                        self.scratch.clear();
                        decoder.push(&leaf.held, &mut self.scratch);
                        decoder.push(text, &mut self.scratch);
                        leaf.held.clear();
                        leaf.held.extend_from_slice(&piece.octets[text.len()..]);
                        self.seen.parts[leaf.number].size += self.scratch.len() as u64;
                    }
                }
                State::Passed => {}
            }
        }
        self.line_end = piece.at + text.len() as u64;
    }

    /// The multipart whose boundary a line is, by its place among what is open, and whether it is the last one.
    fn boundary(&self, text: &[u8]) -> Option<(usize, bool)> {
        let rest = text.strip_prefix(b"--")?.trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(depth, open)| match open {
            Open::Multipart { boundary, .. } => match rest.strip_prefix(&boundary[..])? {
                b"" => Some((depth, false)),
                b"--" => Some((depth, true)),
                _ => None,
            },
            Open::Message(_) => None,
        })
    }

    /// Ends whatever is open within the multipart at `depth`; a boundary begins at `at`.
    fn close(&mut self, depth: usize, at: u64) {
        // The line break before a boundary belongs to it.
        let end = self.line_end.min(at);
        self.close_leaf(end, false);
        while self.open.len() > depth + 1 {
            self.end_last(end);
        }
    }

    /// Ends the innermost of what is open; answers whether anything was.
    fn end_last(&mut self, end: u64) -> bool {
        match self.open.pop() {
            None => return false,
            Some(Open::Message(number)) => self.end_part(number, end),
            Some(Open::Multipart { has_parts: true, .. }) => {}
            Some(Open::Multipart { is_coded: true, .. }) => self.seen.tally.coded += 1,
            Some(Open::Multipart { .. }) => self.seen.tally.bare += 1,
        }
        true
    }

    fn close_leaf(&mut self, end: u64, is_whole: bool) {
        if let State::Leaf(mut leaf) = std::mem::replace(&mut self.state, State::Passed) {
            self.end_part(leaf.number, end);
            if let Some(decoder) = &mut leaf.decoder {
                self.scratch.clear();
                if is_whole {
                    decoder.push(&leaf.held, &mut self.scratch);
                }
                decoder.finish(&mut self.scratch);
                let part = &mut self.seen.parts[leaf.number];
                part.size += self.scratch.len() as u64;
                if let Decoder::Base64(base64) = decoder {
                    (part.has_tail, part.is_damaged) = (base64.more, base64.damaged);
                }
            }
        }
    }

    /// A part ends; one that is not decoded has as many octets as it takes.
    fn end_part(&mut self, number: usize, end: u64) {
        let part = &mut self.seen.parts[number];
        part.octets = end.saturating_sub(part.at);
        if part.encoding.is_none() {
            part.size = part.octets;
        }
    }

    /// The body behind `header` begins at `at`.
    fn body(&mut self, header: &Fields, at: u64) {
        let mut headers = Headers::read(header.text());
        if header.is_cut {
            self.seen.tally.long_headers += 1;
            headers.may_be_anything();
        }
        let in_digest = matches!(self.open.last(), Some(Open::Multipart { is_digest: true, .. }));
        if headers.media_type.is_empty() && in_digest {
            "message/rfc822".clone_into(&mut headers.media_type);
        }
        self.state = State::Passed;
        let is_deep = self.open.len() >= DEEPEST;
        let is_shapeless = headers.is_multipart() && headers.boundary.is_none();
        let is_too_deep = is_deep && (headers.is_multipart() || headers.is_message());
        let is_too_many = self.seen.parts.len() >= MOST_PARTS && !headers.is_text_of_mail();
        if is_too_deep || is_too_many {
            self.seen.tally.unlooked += 1;
        } else if is_shapeless {
            self.seen.tally.shapeless += 1;
        } else if headers.is_multipart()
            && let Some(boundary) = headers.boundary
        {
            let is_digest = headers.media_type == "multipart/digest";
            let is_coded = headers.encoding.is_some() || headers.unknown.is_some();
            self.open.push(Open::Multipart { boundary, is_digest, is_coded, has_parts: false });
        } else if headers.is_message() && headers.encoding.is_none() {
            let number = self.begin_part(headers, at);
            self.open.push(Open::Message(number));
            self.state = State::Header(Box::default());
        } else if !headers.is_text_of_mail() {
            let decoder = headers.encoding.map(Encoding::decoder);
            let number = self.begin_part(headers, at);
            self.state = State::Leaf(Box::new(Leaf { number, decoder, held: Vec::new() }));
        }
    }

    fn begin_part(&mut self, headers: Headers, at: u64) -> usize {
        let parent = self.open.iter().rev().find_map(|open| match open {
            Open::Message(number) => Some(*number),
            Open::Multipart { .. } => None,
        });
        self.seen.parts.push(Seen {
            at,
            octets: 0,
            encoding: headers.encoding,
            size: 0,
            is_message: headers.is_message(),
            unknown: headers.unknown,
            name: headers.name,
            media_type: headers.media_type,
            is_attachment: headers.is_attachment,
            has_tail: false,
            is_damaged: false,
            is_cut: false,
            parent,
        });
        self.seen.parts.len() - 1
    }

    /// The mail ends at `end`, with whatever is open in it: `is_whole` if that is where the last line ends.
    pub(super) fn end(mut self, end: u64, is_whole: bool) -> Contents {
        let is_cut = self.open.iter().any(|open| matches!(open, Open::Multipart { has_parts: true, .. }));
        match &self.state {
            State::Leaf(leaf) => self.seen.parts[leaf.number].is_cut = is_cut,
            State::Header(_) | State::Passed => self.seen.tally.open += u64::from(is_cut),
        }
        self.close_leaf(end, is_whole);
        while self.end_last(end) {}
        self.seen
    }
}

/// A line without its line break.
fn without_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
