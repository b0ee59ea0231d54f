//! What is signed, encrypted or stamped: CMS (PKCS #7), certificates, time stamps, `OpenPGP`.

use super::{Head, signed};
use provenance::Format;

/// Object identifiers of CMS content, as they are encoded: signed data, enveloped data.
const CMS: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";

/// The object identifier of the content of a time stamp (RFC 3161).
const TIME_STAMP: &[u8] = b"\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04";

/// How far identifiers are looked for.
const LOOK: usize = 256;

/// CMS, certificates and replies of time stamping, in DER: a sequence that begins with what it is.
pub(super) fn der(head: Head) -> Option<Format> {
    let content = der_content(head, 0)?;
    if head.has(content, CMS) {
        // Signed, enveloped, and the rest: no other number is in use for files.
        let kind = head.octets.get(content + CMS.len())?;
        if !(2..=6).contains(kind) {
            return None;
        }
        if head.holds(TIME_STAMP, LOOK) {
            return Some(signed("application/vnd.etsi.timestamp-token", None));
        }
        return Some(signed("application/pkcs7-mime", Some("fmt/670")));
    }
    // A certificate (RFC 5280) of version 3, as all are, says so at once.
    if der_content(head, content).is_some_and(|inner| head.has(inner, b"\xA0\x03\x02\x01\x02\x02")) {
        return Some(signed("application/pkix-cert", None));
    }
    // A reply has its status first, and then a token.
    let granted = head.has(content, b"\x30\x03\x02\x01\0") || head.has(content, b"\x30\x03\x02\x01\x01");
    let replies = granted && head.holds(CMS, LOOK) && head.holds(TIME_STAMP, LOOK);
    replies.then(|| signed("application/timestamp-reply", None))
}

/// Where the content of the sequence at `at` begins, if its length fits the document.
fn der_content(head: Head, at: usize) -> Option<usize> {
    let &[0x30, length, ..] = head.octets.get(at..)? else { return None };
    match length {
        0..=0x80 => Some(at + 2),
        0x81..=0x84 => Some(at + 2 + usize::from(length & 0x7F)),
        _ => None,
    }
}

/// `OpenPGP` in octets: the packets that such a document begins with, one behind the other.
pub(super) fn open_pgp(head: Head) -> Option<Format> {
    const SESSION_KEY: u8 = 1;
    const SIGNATURE: u8 = 2;
    const PASSWORD_KEY: u8 = 3;
    const SECRET_KEY: u8 = 5;
    const PUBLIC_KEY: u8 = 6;
    let first = packet(head, 0)?;
    let version = *head.octets.get(first.content)?;
    let next = || packet(head, first.end?).map(|packet| packet.tag);
    let is_over = head.whole && first.end == Some(head.octets.len());
    let media_type = match (first.tag, version) {
        (SESSION_KEY, 3 | 6) | (PASSWORD_KEY, 4..=6) if matches!(next()?, 1 | 3 | 9 | 18 | 20) => {
            "application/pgp-encrypted"
        }
        (SIGNATURE, 3..=6) if is_over && has_signature(head, &first, version) => "application/pgp-signature",
        (SECRET_KEY | PUBLIC_KEY, 4..=6) if matches!(next()?, 2 | 13 | 14 | 7) => "application/pgp-keys",
        _ => return None,
    };
    Some(Format { basis: "signature, packets of OpenPGP", ..signed(media_type, None) })
}

/// Whether type and algorithms of a signature are of those that there are.
fn has_signature(head: Head, packet: &Packet, version: u8) -> bool {
    let at = packet.content + if version == 3 { 2 } else { 1 };
    let kind = head.octets.get(at).is_some_and(|kind| *kind <= 0x02 || (0x10..=0x50).contains(kind));
    let algorithm = head.octets.get(if version == 3 { packet.content + 15 } else { at + 1 });
    kind && algorithm.is_some_and(|algorithm| matches!(algorithm, 1..=3 | 17 | 19 | 22 | 27 | 28))
}

/// A packet of `OpenPGP` (RFC 9580, 4.2).
struct Packet {
    tag: u8,
    content: usize,
    /// Where the next one begins; `None` if it does not say so.
    end: Option<usize>,
}

fn packet(head: Head, at: usize) -> Option<Packet> {
    let first = *head.octets.get(at)?;
    let octet = |after: usize| head.octets.get(at + after).map(|octet| usize::from(*octet));
    let two = |after: usize| Some(octet(after)? << 8 | octet(after + 1)?);
    let (tag, header, length) = match first {
        0x80..=0xBF => {
            let tag = first >> 2 & 0x0F;
            match first & 3 {
                0 => (tag, 2, Some(octet(1)?)),
                1 => (tag, 3, Some(two(1)?)),
                2 => (tag, 5, Some(head.u32_be(at + 1)?)),
                _ => (tag, 1, None),
            }
        }
        0xC0..=0xFF => match octet(1)? {
            length @ 0..=191 => (first & 0x3F, 2, Some(length)),
            length @ 192..=223 => (first & 0x3F, 3, Some(((length - 192) << 8) + octet(2)? + 192)),
            224..=254 => (first & 0x3F, 2, None),
            _ => (first & 0x3F, 6, Some(head.u32_be(at + 2)?)),
        },
        _ => return None,
    };
    let content = at + header;
    Some(Packet { tag, content, end: length.and_then(|length| content.checked_add(length)) })
}
