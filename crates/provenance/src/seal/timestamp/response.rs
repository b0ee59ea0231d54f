//! What an authority answers (RFC 3161 §2.4.2): a token, or why there is none.

use crate::seal::{bounds::unreadable, certificate::within, vouch::Broken};
use der::{
    Reader, Tag,
    asn1::{BitStringRef, Utf8StringRef},
};

/// The token, and whether the authority changed what it was asked for.
///
/// # Errors
/// [`Broken::Unreadable`] if it is no answer, or says why there is no token.
pub(super) fn token(answer: &[u8]) -> Result<(Vec<u8>, bool), Broken> {
    let answer = Answer::read(answer).map_err(|error| {
        unreadable("an answer of an authority (RFC 3161 §2.4.2)".into(), &error.to_string())
    })?;
    match (answer.status, answer.token) {
        (0, Some(token)) => Ok((token, false)),
        (1, Some(token)) => Ok((token, true)),
        (0 | 1, None) => Err(unreadable("a timestamp".into(), "an answer that promises one and has none")),
        (status, _) => Err(unreadable(
            "a timestamp".into(),
            &format!("the authority's refusal: {}{}{}", status_word(status), answer.failure, answer.text),
        )),
    }
}

struct Answer {
    status: u8,
    failure: String,
    text: String,
    token: Option<Vec<u8>>,
}

impl Answer {
    fn read(octets: &[u8]) -> der::Result<Self> {
        let mut reader = within(octets)?;
        if reader.peek_tag()? == Tag::ObjectIdentifier {
            // Not an answer but the token out of one (`openssl ts -reply -token_out`).
            return Ok(Self {
                status: 0,
                failure: String::new(),
                text: String::new(),
                token: Some(octets.to_vec()),
            });
        }
        let mut status = within(reader.tlv_bytes()?)?;
        let mut answer =
            Self { status: status.decode()?, failure: String::new(), text: String::new(), token: None };
        if !status.is_finished() && status.peek_tag()? == Tag::Sequence {
            let mut texts = within(status.tlv_bytes()?)?;
            while !texts.is_finished() {
                let text: Utf8StringRef = texts.decode()?;
                answer.text.push_str(": ");
                answer.text.extend(
                    text.as_str().chars().filter(|&c| !fixity::name::is_unsafe_character(c)).take(500),
                );
                if answer.text.len() > 4000 {
                    break;
                }
            }
        }
        if !status.is_finished() && status.peek_tag()? == Tag::BitString {
            let bits: BitStringRef = status.decode()?;
            for (number, word) in FAILURES {
                let set =
                    bits.raw_bytes().get(number / 8).is_some_and(|octet| octet & (0x80 >> (number % 8)) != 0);
                if set {
                    answer.failure.push_str(", ");
                    answer.failure.push_str(word);
                }
            }
        }
        status.finish(())?;
        if !reader.is_finished() {
            answer.token = Some(reader.tlv_bytes()?.to_vec());
        }
        reader.finish(answer)
    }
}

/// `PKIFailureInfo`, as far as authorities use it.
const FAILURES: [(usize, &str); 8] = [
    (0, "it does not know the algorithm"),
    (2, "it does not allow such a request"),
    (5, "it could not read the request"),
    (14, "its clock is not available"),
    (15, "it does not know the policy that was asked for"),
    (16, "it does not know an extension"),
    (17, "it cannot give what was asked for"),
    (25, "something failed there"),
];

fn status_word(status: u8) -> String {
    match status {
        2 => "rejection".into(),
        3 => "waiting".into(),
        4 => "revocation is near".into(),
        5 => "revoked".into(),
        other => format!("status {other}"),
    }
}
