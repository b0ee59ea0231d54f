//! Identifiers that follow from what they identify, and never from chance.

use crate::Sha256Hex;
use std::fmt;

/// A derived identifier, such as `item-0f9a…` or `ev-77c1…`, held in place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Id {
    text: [u8; Id::LONGEST],
    length: usize,
}

impl Id {
    /// `ev-` and 32 digits.
    const LONGEST: usize = 35;

    /// `prefix` and the first `digits` hexadecimal digits of the SHA-256 of `octets`.
    fn derived(prefix: &str, octets: &[u8], digits: usize) -> Self {
        let length = prefix.len() + digits;
        let mut text = [0; Self::LONGEST];
        text[..prefix.len()].copy_from_slice(prefix.as_bytes());
        text[prefix.len()..length].copy_from_slice(&Sha256Hex::of(octets).as_str().as_bytes()[..digits]);
        Self { text, length }
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The identifier of the document at `path` in a package: `item-` and the first 16 hexadecimal digits
/// of the SHA-256 of `fonds-item/v1`, a NUL, and the path.
#[must_use]
pub fn item_id(path: &str) -> Id {
    let mut octets = Vec::with_capacity(128);
    octets.extend_from_slice(b"fonds-item/v1\0");
    octets.extend_from_slice(path.as_bytes());
    Id::derived("item-", &octets, 16)
}

/// What the identifier of an event is made of: cells of its row, as values.
#[derive(Clone, Copy, Debug)]
pub struct EventIdParts<'a> {
    /// The SHA-256 of the row before as stored, in hexadecimal.
    pub previous: &'a str,
    /// The number of the event, in decimal.
    pub event_no: &'a str,
    /// The label of its type.
    pub event_type: &'a str,
    /// When it was, as [`Timestamp`](crate::Timestamp) writes it.
    pub at: &'a str,
    /// What it was done to, as a value: without the apostrophe and the quotes of its cell.
    pub object_path: &'a str,
}

/// The identifier of an event: `ev-` and the first 32 hexadecimal digits of the SHA-256 of
/// `fonds-event/v1` and the parts in their order, with a NUL before each part. No part holds a NUL,
/// hence no two events share those octets.
///
/// `scratch` is overwritten; it saves an allocation per event.
#[must_use]
pub fn event_id(parts: &EventIdParts<'_>, scratch: &mut String) -> Id {
    scratch.clear();
    scratch.push_str("fonds-event/v1");
    for part in [parts.previous, parts.event_no, parts.event_type, parts.at, parts.object_path] {
        scratch.push('\0');
        scratch.push_str(part);
    }
    Id::derived("ev-", scratch.as_bytes(), 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anybody_can_derive_them_again() {
        // printf 'fonds-item/v1\0data/گزارش.pdf' | sha256sum | cut -c -16
        assert_eq!(item_id("data/گزارش.pdf").as_str(), "item-8ceb56d632c69949");
        // printf 'fonds-event/v1\0p\0001\0accession\0002023-07-06T09:14:02Z\0data/x' | sha256sum | cut -c -32
        let parts = EventIdParts {
            previous: "p",
            event_no: "1",
            event_type: "accession",
            at: "2023-07-06T09:14:02Z",
            object_path: "data/x",
        };
        assert_eq!(
            event_id(&parts, &mut String::from("left over")).as_str(),
            "ev-5e6524f312faaecd3887abbee8d0f4cb"
        );
    }
}
