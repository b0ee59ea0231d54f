//! What the header of a mail, or of a part of one, says of its body.

use crate::parts::label;
use crate::parts::transfer::Encoding;
use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders};

/// Letters of a boundary that is believed: the standard allows 70 (RFC 2046 §5.1.1).
const LONGEST_BOUNDARY: usize = 256;
/// Octets of a name or media type that is kept.
const LONGEST: usize = 1_000;

/// The type of what may be anything.
const UNKNOWN: &str = "application/octet-stream";

/// What a header says of the body behind it.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// In lower case, without parameters; blank if none is stated.
    pub(super) media_type: String,
    /// What parts of a multipart are set off by.
    pub(super) boundary: Option<Vec<u8>>,
    pub(super) encoding: Option<Encoding>,
    /// The name of an encoding that nobody undoes.
    pub(super) unknown: Option<String>,
    /// The name of the file, without folders; `None` also where it is longer than any.
    pub(super) name: Option<String>,
    /// Whether it names a file at all.
    is_named: bool,
    /// Whether it says that it is an attachment.
    pub(super) is_attachment: bool,
}

impl Headers {
    /// Reads a header without the blank line behind it.
    pub(super) fn read(text: &[u8]) -> Self {
        let parser = MessageParser::new()
            .header_content_type(HeaderName::ContentType)
            .header_content_type(HeaderName::ContentDisposition)
            .header_text(HeaderName::ContentTransferEncoding)
            .default_header_ignore();
        let Some(message) = parser.parse_headers(text) else { return Self::default() };
        Self::of(&message)
    }

    fn of(message: &Message<'_>) -> Self {
        let stated = message.content_type();
        let media_type = stated.map(|stated| match stated.subtype() {
            Some(subtype) => format!("{}/{subtype}", stated.ctype()).to_ascii_lowercase(),
            None => stated.ctype().to_ascii_lowercase(),
        });
        let boundary = stated.and_then(|stated| stated.attribute("boundary"));
        let boundary = boundary.filter(|text| !text.is_empty() && text.len() <= LONGEST_BOUNDARY);
        let coding = message.content_transfer_encoding();
        let unknown = coding.filter(|name| Encoding::of(name).is_none() && !Encoding::is_none(name));
        let is_named = message.attachment_name().is_some_and(|name| !name.trim().is_empty());
        let name =
            message.attachment_name().and_then(label::of_attachment).filter(|name| name.len() <= LONGEST);
        Self {
            media_type: match media_type {
                Some(long) if long.len() > LONGEST => UNKNOWN.to_owned(),
                stated => stated.unwrap_or_default(),
            },
            boundary: boundary.map(|boundary| boundary.as_bytes().to_vec()),
            encoding: coding.and_then(Encoding::of),
            unknown: unknown.map(label::of_coding),
            name,
            is_named,
            is_attachment: message
                .content_disposition()
                .is_some_and(|stated| stated.ctype().eq_ignore_ascii_case("attachment")),
        }
    }

    /// Not all of the header was read: what has no type is not taken for the text of the mail.
    pub(super) fn may_be_anything(&mut self) {
        if self.media_type.is_empty() {
            UNKNOWN.clone_into(&mut self.media_type);
        }
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.media_type.starts_with("multipart/")
    }

    /// Whether it is a mail by itself (RFC 2046 §5.2.1, RFC 6532).
    pub(super) fn is_message(&self) -> bool {
        matches!(&*self.media_type, "message/rfc822" | "message/global")
    }

    /// Whether the body is the text of the mail, which stays where it is.
    pub(super) fn is_text_of_mail(&self) -> bool {
        matches!(&*self.media_type, "" | "text" | "text/plain" | "text/html")
            && !self.is_named
            && !self.is_attachment
    }
}
