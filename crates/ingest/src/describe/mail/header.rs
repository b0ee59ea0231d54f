//! The header of a message: what of it describes, and what could identify a source.

use crate::describe::sensitive::{Clue, Clues};
use mail_parser::{HeaderName, MessageParser, MimeHeaders as _};

/// Octets of a header that are read: a circular names thousands of addresses before its subject.
const LONGEST: usize = 1 << 20;

const PLACE: &str = "the header of mail";

/// Fields whose content could identify a source, if they have any.
const TELLING: [(Clue, &[&str]); 4] = [
    (
        Clue::MailAddress,
        &[
            "from",
            "to",
            "cc",
            "bcc",
            "reply-to",
            "sender",
            "return-path",
            "delivered-to",
            "resent-from",
            "resent-to",
            "x-original-to",
            "disposition-notification-to",
        ],
    ),
    (
        Clue::NetworkAddress,
        &[
            "received",
            "x-originating-ip",
            "x-sender-ip",
            "x-client-ip",
            "x-source-ip",
            "x-forwarded-for",
            "x-real-ip",
        ],
    ),
    (Clue::Program, &["user-agent", "x-mailer", "x-newsreader"]),
    (Clue::Computer, &["message-id"]),
];

/// What the header says.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) subject: Option<String>,
    /// The name before the address. An address alone is no name, and belongs in no open sheet.
    pub(super) author: Option<String>,
    /// As written.
    pub(super) date: Option<String>,
    /// Where a page was saved from.
    pub(super) location: Option<String>,
    /// Whether it is a page that a browser saved.
    pub(super) is_saved_page: bool,
    clues: Vec<Clue>,
}

impl Header {
    /// Reads the header at the beginning of a message.
    pub(super) fn read(octets: &[u8]) -> Self {
        let octets = &octets[..octets.len().min(LONGEST)];
        let parser = MessageParser::new()
            .header_text(HeaderName::Subject)
            .header_address(HeaderName::From)
            .header_content_type(HeaderName::ContentType)
            .default_header_raw();
        let Some(message) = parser.parse_headers(octets) else { return Self::default() };
        let raw =
            |name: &'static str| message.header_raw(name).map(str::trim).filter(|value| !value.is_empty());
        let name = message.from().and_then(|from| from.first()).and_then(|from| from.name());
        let is_name = |name: &str| !name.is_empty() && !name.contains('@');
        let by_browser = raw("From").is_some_and(|from| from.to_ascii_lowercase().starts_with("<saved by "));
        let is_related = message.content_type().is_some_and(|kind| kind.subtype() == Some("related"));
        let has_way = ["To", "Cc", "Received", "Message-ID"].into_iter().any(|field| raw(field).is_some());
        let snapshot = raw("Snapshot-Content-Location");
        let date = raw("Date").map(unfolded);
        Self {
            subject: message.subject().map(str::to_owned),
            author: name.map(str::trim).filter(|name| is_name(name)).map(str::to_owned),
            location: snapshot
                .or_else(|| raw("Content-Location"))
                .map(unfolded)
                .filter(|address| is_web(address)),
            is_saved_page: snapshot.is_some() || by_browser || is_related && !has_way,
            clues: clues(message.headers_raw(), date.as_deref()),
            date,
        }
    }

    /// Notes what in it could identify a source.
    pub(super) fn note(&self, clues: &mut Clues) {
        for clue in &self.clues {
            clues.note(*clue, PLACE);
        }
    }
}

fn clues<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>, date: Option<&str>) -> Vec<Clue> {
    let mut clues = Vec::new();
    for (name, _) in fields.filter(|(_, value)| !value.trim().is_empty()) {
        let tells =
            |(_, fields): &&(Clue, &[&str])| fields.iter().any(|field| field.eq_ignore_ascii_case(name));
        clues.extend(TELLING.iter().find(tells).map(|(clue, _)| *clue));
    }
    // UTC is nobody's zone in particular.
    let is_zone = |word: &str| {
        word.len() == 5
            && word.starts_with(['+', '-'])
            && word.bytes().any(|octet| matches!(octet, b'1'..=b'9'))
    };
    if date.is_some_and(|date| date.split_whitespace().any(is_zone)) {
        clues.push(Clue::TimeZone);
    }
    clues
}

/// A value on one line.
fn unfolded(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_web(address: &str) -> bool {
    (address.starts_with("http://") || address.starts_with("https://"))
        && !address.contains(char::is_whitespace)
}
