//! Electronic mail: one message, or a mailbox; and MHTML, which looks like it.

use provenance::Format;

/// Octets in which the header must show itself.
const LOOK: usize = 16_384;

/// The header fields that matter, by their place in [`Fields`].
const FIELDS: [&str; 10] = [
    "From",
    "Date",
    "To",
    "Subject",
    "Content-Type",
    "MIME-Version",
    "Message-ID",
    "Received",
    "Return-Path",
    "Delivered-To",
];

/// Which of [`FIELDS`] were seen.
type Fields = [bool; FIELDS.len()];

/// `is_named`: its name says that it is mail.
pub(super) fn identify(text: &str, is_named: bool) -> Option<Format> {
    let text = &text[..text.floor_char_boundary(LOOK)];
    if let Some(rest) = text.strip_prefix("From ") {
        return is_mailbox(rest).then_some(Format {
            media_type: Some("application/mbox"),
            puid: Some("fmt/720"),
            basis: "text: `From ` line and header fields of a mailbox",
        });
    }
    let Header { fields, mime_1_0, is_sent, goes_on } = header(text)?;
    let [from, date, to, subject, content_type, mime, made_by_machines @ ..] = fields;
    let by_machines = (from || date) && (mime || made_by_machines.contains(&true));
    // RFC 5322, 3.6: only the first two are a must. A memorandum has them too, without address and time.
    let by_form = is_sent && from && date && (to || subject);
    // A circular names more people than fit before what would tell.
    let by_name = is_named && goes_on && from && (date || to || subject);
    if !by_machines && !by_form {
        return by_name.then_some(Format {
            media_type: Some("message/rfc822"),
            puid: None,
            basis: "text: beginning of a header of mail, extension .eml",
        });
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
    line.split_ascii_whitespace().any(is_time) && header(rest).is_some()
}

/// What a header shows.
#[derive(Default)]
struct Header {
    fields: Fields,
    mime_1_0: bool,
    /// Whether it comes from an address, at a time of day, and ends with an empty line.
    is_sent: bool,
    /// Whether it comes from an address, and does not end where looking does.
    goes_on: bool,
}

/// What the header shows; `None` if there is no header.
fn header(text: &str) -> Option<Header> {
    let mut header = Header::default();
    let (mut has_address, mut has_time) = (false, false);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let cut = lines.peek().is_none();
        if line.is_empty() || cut {
            header.is_sent = line.is_empty() && has_address && has_time && !text.starts_with([' ', '\t']);
            // A character may lie across the end.
            header.goes_on = !line.is_empty() && has_address && text.len() + 4 > LOOK;
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
            header.fields[field] = true;
            match FIELDS[field] {
                "MIME-Version" => header.mime_1_0 |= value.trim() == "1.0",
                "From" => has_address |= value.contains('@'),
                "Date" => has_time |= value.split_ascii_whitespace().any(is_time),
                _ => {}
            }
        }
    }
    header.fields.contains(&true).then_some(header)
}

/// Whether a word is a time of day: `10:30`, `10:30:05`.
fn is_time(word: &str) -> bool {
    word.len() >= 5
        && word.split(':').count() >= 2
        && word.split(':').all(|part| part.len() == 2 && part.bytes().all(|octet| octet.is_ascii_digit()))
}
