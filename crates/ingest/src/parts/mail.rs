//! Attachments of mail (RFC 5322, MIME) and messages of a mailbox (RFC 4155).
//!
//! A mail is read line by line in one pass, whatever its size; nothing is kept of it but where its parts
//! begin and end. What stands in headers is read by the crate `mail-parser`. (To have the parts from it
//! as well, the whole mail and all that is decoded from it would have to be in memory at once.)

mod fields;
mod headers;
mod lines;
mod mime;
mod tally;

use super::found::{Found, FoundPart, Full, Label};
use super::window::{Watch, Window};
use super::{Cut, label};
use crate::source::OpenFile;
use lines::{Lines, Piece};
use mime::{Mime, Seen};
use provenance::{EventType, Given, Outcome};
use std::io::{self, Read};
use std::sync::Arc;
use tally::Tally;

/// Octets in which the first line of a mail is looked for.
const FIRST: usize = 1 << 10;
/// How a message of a mailbox is set off from the one before it.
const SEPARATOR: &[u8] = b"From ";

/// Looks through a mail or a mailbox; `None` if by its first octets it is none.
pub(super) fn look(file: &Arc<OpenFile>, is_mailbox: bool, watch: Watch<'_>) -> io::Result<Option<Found>> {
    let window = Window::new(Arc::clone(file), 0, file.size()).watched(watch);
    let mut lines = Lines::new(window);
    let first = lines.ahead(FIRST)?;
    if is_mailbox && !first.starts_with(SEPARATOR) || !is_mailbox && !begins_mail(first) {
        return Ok(None);
    }
    let mut mail = Mail::new(file.size(), is_mailbox);
    while let Some(piece) = lines.next_piece()? {
        mail.piece(&piece);
    }
    let end = file.size().saturating_sub(mail.blank_before_end());
    mail.end_message(end);
    Ok(mail.end())
}

/// Whether one mail has attachments, or something in it that is to be told; also if it cannot be read.
pub(super) fn holds_any(octets: impl Read) -> bool {
    let mut lines = Lines::new(octets);
    let mut holds = || -> io::Result<bool> {
        if !begins_mail(lines.ahead(FIRST)?) {
            return Ok(false);
        }
        let (mut mail, mut end) = (Mail::new(u64::MAX, false), 0);
        while let Some(piece) = lines.next_piece()? {
            end = piece.at + piece.octets.len() as u64;
            mail.piece(&piece);
        }
        mail.end_message(end);
        Ok(mail.end().is_some())
    };
    holds().unwrap_or(true)
}

/// Whether octets begin with a field of a header, or with the line that some programs put before it.
fn begins_mail(octets: &[u8]) -> bool {
    let octets = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets);
    let name = octets.split(|&octet| octet == b':').next().unwrap_or_default();
    let is_field =
        name.len() < octets.len() && !name.is_empty() && name.iter().all(|octet| matches!(octet, 33..=126));
    is_field || octets.starts_with(SEPARATOR)
}

/// A mail or mailbox that is being looked through.
struct Mail {
    found: Found,
    container: u64,
    is_mailbox: bool,
    /// The open message: where it begins, and its number in the mailbox.
    message: Option<Message>,
    messages: u32,
    attachments: u64,
    tally: Tally,
    /// Octets of the last line, if it was blank.
    blank: Option<u64>,
}

struct Message {
    at: u64,
    mime: Mime,
}

impl Mail {
    fn new(container: u64, is_mailbox: bool) -> Self {
        Self {
            found: Found::default(),
            container,
            is_mailbox,
            message: None,
            messages: 0,
            attachments: 0,
            tally: Tally::default(),
            blank: None,
        }
    }

    fn piece(&mut self, piece: &Piece<'_>) {
        let is_separator = match &self.message {
            None => piece.octets.starts_with(SEPARATOR),
            Some(_) => self.is_mailbox && self.blank.is_some() && piece.begins && is_from_line(piece.octets),
        };
        if is_separator {
            self.end_message(piece.at - self.blank_before_end());
        }
        if is_separator || self.message.is_none() {
            let at = if is_separator { piece.at + piece.octets.len() as u64 } else { piece.at };
            self.messages += 1;
            self.message = Some(Message { at, mime: Mime::new() });
        }
        if !is_separator && let Some(message) = &mut self.message {
            message.mime.piece(piece);
        }
        let is_blank = !is_separator && piece.begins && matches!(piece.octets, b"\n" | b"\r\n");
        self.blank = is_blank.then_some(piece.octets.len() as u64);
    }

    /// Octets of the blank line that ends a message of a mailbox, and belongs to the mailbox.
    fn blank_before_end(&self) -> u64 {
        self.blank.filter(|_| self.is_mailbox).unwrap_or(0)
    }

    /// Takes the open message, if there is one, and its attachments.
    fn end_message(&mut self, end: u64) {
        let Some(Message { at, mime }) = self.message.take() else { return };
        let end = end.max(at);
        let seen = mime.end(end, self.blank_before_end() == 0);
        self.tally.add(seen.tally);
        let parent = if self.is_mailbox {
            let name = ".eml".to_owned();
            let label = Label { number: self.messages, within: None, name };
            let message = self.take(
                end - at,
                Cut::Slice { at },
                None,
                label,
                given("message of a mailbox".to_owned(), None),
            );
            match message {
                Some(message) => Some(message),
                None => return,
            }
        } else {
            None
        };
        // The number that each part of the mail has among those that are taken.
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(seen.parts.len());
        for (number, part) in (1..).zip(&seen.parts) {
            let within = part.parent.and_then(|index| numbers.get(index).copied().flatten()).or(parent);
            let label = self.label(number, part);
            self.tally.tails += u64::from(part.has_tail);
            self.tally.damaged += u64::from(part.is_damaged);
            self.tally.cut += u64::from(part.is_cut);
            self.tally.undecoded += u64::from(part.unknown.is_some());
            let cut = match part.encoding {
                None => Cut::Slice { at: part.at },
                Some(encoding) => Cut::Transfer { at: part.at, octets: part.octets, encoding },
            };
            let said = given(part.how(), part.name.as_deref());
            let taken = self.take(part.size, cut, within, label, said);
            self.attachments += u64::from(taken.is_some());
            numbers.push(taken);
        }
    }

    fn label(&self, number: u32, part: &Seen) -> Label {
        let name = part.name.clone().unwrap_or_else(|| {
            let what = if part.is_message { "message" } else { "part" };
            match label::extension_of(&part.media_type) {
                Some(extension) => format!("{what}.{extension}"),
                None => what.to_owned(),
            }
        });
        // A dot at its beginning would stand where the gap is.
        let name = if name.starts_with('.') { format!("part{name}") } else { name };
        if self.is_mailbox {
            Label { number: self.messages, within: Some(number), name }
        } else {
            Label { number, within: None, name }
        }
    }

    fn take(
        &mut self,
        size: u64,
        cut: Cut,
        parent: Option<u32>,
        label: Label,
        given: Vec<Given>,
    ) -> Option<u32> {
        let full: Option<Full> = self.found.is_full(self.container, size);
        if full.is_some() {
            self.tally.not_taken += 1;
            return None;
        }
        Some(self.found.take(FoundPart { size, cut, parent, label, given }))
    }

    /// What was found; a mail without attachments has nothing to be told of.
    fn end(mut self) -> Option<Found> {
        let attachments = counted(self.attachments, "attachment");
        let taken = if self.is_mailbox {
            let messages = self.found.parts.len() as u64 - self.attachments;
            format!("{} and {attachments}", counted(messages, "message"))
        } else {
            attachments
        };
        let mut words = match self.found.parts.len() {
            1 => format!("{taken} taken as a document of its own"),
            _ => format!("{taken} taken as documents of their own"),
        };
        for odd in self.tally.words() {
            words = format!("{words}; {odd}");
        }
        let is_sound = self.tally.is_sound();
        if is_sound && self.found.parts.is_empty() {
            return None;
        }
        let outcome = if is_sound { Outcome::Success } else { Outcome::Warning };
        self.found.note(EventType::Unpacking, outcome, words);
        Some(self.found)
    }
}

fn given(how: String, title: Option<&str>) -> Vec<Given> {
    let title = title.filter(|title| provenance::name::is_harmless(title));
    let title = title.map(|title| Given { column: "title", value: title.to_owned(), by: "mail" });
    let how = Given { column: "acquired_how", value: how, by: "mail" };
    title.into_iter().chain([how]).collect()
}

/// Whether a line is one that begins a message, and not text that begins with the same word: it ends
/// in a time and a year, as `From ada@example.org Tue Nov 22 10:00:00 2026` does.
fn is_from_line(line: &[u8]) -> bool {
    let is_digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        let mut parts = word.split(|&octet| octet == b':');
        (2..=3).contains(&parts.clone().count()) && parts.all(|part| part.len() <= 2 && is_digits(part))
    };
    let Some(rest) = line.strip_prefix(SEPARATOR) else { return false };
    let mut words = rest.trim_ascii_end().split(|&octet| octet == b' ').filter(|word| !word.is_empty());
    words.any(is_time) && words.any(|word| word.len() == 4 && is_digits(word))
}

/// So many of something: `1 message`, `2 messages`.
fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_a_message_if_it_ends_in_a_date() {
        for (line, is) in [
            (&b"From ada@example.org Tue Nov 22 10:00:00 2026\n"[..], true),
            (b"From - Tue Nov 22 10:00:00 2026\r\n", true),
            (b"From 17@xxx Tue Nov 22 10:00:00 +0000 2026\n", true),
            (b"From ???@??? Tue Nov 22 10:00 2026\n", true),
            (b"From now on, nothing is as it was.\n", false),
            (b"From 10:00 on\n", false),
            (b">From ada@example.org Tue Nov 22 10:00:00 2026\n", false),
            (b"From: ada@example.org\n", false),
        ] {
            assert_eq!(is_from_line(line), is, "{}", line.escape_ascii());
        }
    }
}
