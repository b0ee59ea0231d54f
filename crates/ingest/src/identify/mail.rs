//! Electronic mail: one message, or a mailbox; and MHTML, which looks like it.

use provenance::Format;

/// Octets in which the header must show itself.
const LOOK: usize = 16_384;

/// The header fields that matter, by their place in [`Fields`].
const FIELDS: [&str; 9] = [
    "From",
    "Date",
    "To",
    "Content-Type",
    "MIME-Version",
    "Message-ID",
    "Received",
    "Return-Path",
    "Delivered-To",
];

/// Which of [`FIELDS`] were seen.
type Fields = [bool; FIELDS.len()];

pub(super) fn identify(text: &str) -> Option<Format> {
    let text = &text[..text.floor_char_boundary(LOOK)];
    if let Some(rest) = text.strip_prefix("From ") {
        return is_mailbox(rest).then_some(Format {
            media_type: Some("application/mbox"),
            puid: Some("fmt/720"),
            basis: "text: `From ` line and header fields of a mailbox",
        });
    }
    let (fields, mime_1_0) = header(text)?;
    let [from, date, to, content_type, mime, made_by_machines @ ..] = fields;
    if !(from || date) || !(mime || made_by_machines.contains(&true)) {
        return None;
    }
    if let Some(page) = saved_page(text) {
        return Some(page);
    }
    let mime_message = mime_1_0 && from && date && to && content_type;
    Some(Format {
        media_type: Some("message/rfc822"),
        puid: mime_message.then_some("fmt/950"),
        basis: if mime_message { "text: header fields of MIME mail" } else { "text: header fields of mail" },
    })
}

/// MHTML: a message that a browser made of a page, with everything that belongs to it.
fn saved_page(text: &str) -> Option<Format> {
    let header =
        text.split_once("\n\n").or_else(|| text.split_once("\r\n\r\n")).map_or(text, |(header, _)| header);
    let says = |what: &str| {
        header.lines().any(|line| line.get(..what.len()).is_some_and(|l| l.eq_ignore_ascii_case(what)))
    };
    let related = says("Content-Type: multipart/related");
    // Mail with pictures in it has the same type; but nobody saved or is addressed by a page.
    let saved = says("From: <Saved by ") || says("From: \"Saved by ") || says("Snapshot-Content-Location:");
    let nobody = !says("To:") && !says("Received:") && says("Content-Location:");
    // PRONOM asks for both fields side by side, in this order and case.
    let lines = || header.lines().map(|line| line.trim_end_matches('\r'));
    let beside = lines().zip(lines().skip(1)).any(|(line, next)| {
        (line == "MIME-Version: 1.0" || line == "Mime-version: 1.0")
            && next.starts_with("Content-Type: multipart/related")
    });
    (related && (saved || nobody)).then_some(Format {
        media_type: Some("multipart/related"),
        puid: beside.then_some("x-fmt/429"),
        basis: "text: header fields of a web page saved as MHTML",
    })
}

/// Whether a `From ` line with a time of day comes before a header.
fn is_mailbox(after_from: &str) -> bool {
    let Some((line, rest)) = after_from.split_once('\n') else {
        return false;
    };
    let is_time = |word: &str| {
        word.len() >= 5
            && word.split(':').count() >= 2
            && word.split(':').all(|part| part.len() == 2 && part.bytes().all(|octet| octet.is_ascii_digit()))
    };
    line.split_ascii_whitespace().any(is_time) && header(rest).is_some()
}

/// Which fields the header has, and whether it is MIME 1.0; `None` if there is no header.
fn header(text: &str) -> Option<(Fields, bool)> {
    let mut fields = Fields::default();
    let mut mime_1_0 = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let cut = lines.peek().is_none();
        if line.is_empty() || cut {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        if name.is_empty() || !name.bytes().all(|octet| octet.is_ascii_graphic()) {
            return None;
        }
        if let Some(field) = FIELDS.iter().position(|field| field.eq_ignore_ascii_case(name)) {
            fields[field] = true;
            mime_1_0 |= FIELDS[field] == "MIME-Version" && value.trim() == "1.0";
        }
    }
    fields.contains(&true).then_some((fields, mime_1_0))
}
