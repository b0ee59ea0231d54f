//! Timestamps of authorities (RFC 3161), which `openssl ts` asks for and checks.

mod info;
mod request;
mod response;

pub use request::Request;

use super::{
    bounds,
    certificate::{Anchors, Moment, Purpose},
    signed::Signed,
    vouch::{Broken, Scheme, Vouching},
};
use info::{Info, TST_INFO};

/// A timestamp that is right by its octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// Who says since when. `at` is the time; `trust` says whether the authority is known.
    pub vouching: Vouching,
    /// How far off the time may be, in microseconds; nothing if the authority does not say.
    pub accuracy: Option<u64>,
    /// By what rules the authority works: an identifier of its own.
    pub policy: String,
    /// The number of the timestamp, in hexadecimal.
    pub serial: String,
    /// Whether the authority changed what it was asked for (`grantedWithMods`).
    pub modified: bool,
}

/// Checks a timestamp over `content`: an answer of an authority (`.tsr`), or the token out of it.
///
/// If the request is at hand, the answer has to be the one to it: nonce, policy and digest. The authority's
/// certificate has to be made for timestamps and nothing else, be named in what was signed, and have been valid
/// at the time in the token (RFC 3161 §2.3, §2.4).
///
/// What agrees: `openssl ts -verify -data FILE -in FILE.tsr -CAfile CA.pem`.
///
/// # Errors
/// [`Broken::Unreadable`] if it is no answer, or one that refuses; [`Broken::Mismatch`] if it is over something
/// else or not by an authority; [`Broken::Unsupported`] for weak algorithms.
pub fn verify(
    answer: &[u8],
    content: &[u8],
    request: Option<&Request>,
    anchors: &Anchors,
) -> Result<Stamped, Broken> {
    bounds::check(answer)?;
    let (token, modified) = response::token(answer)?;
    let signed = Signed::read(&token)?;
    if signed.kind != TST_INFO {
        return Err(bounds::unreadable(
            "a timestamp (RFC 3161 §2.4.2)".into(),
            &format!("content {}", signed.kind),
        ));
    }
    let octets = signed.content.as_deref();
    let octets =
        octets.ok_or_else(|| bounds::unreadable("a timestamp".into(), "a signature without content"))?;
    let info = Info::read(octets)?;
    // One authority and no other one signs a token (RFC 3161 §2.4.2).
    let [signer] = signed.signers.as_slice() else {
        return Err(bounds::unreadable("one signature".into(), &signed.signers.len().to_string()));
    };
    let sound = signed.sound(signer, octets, anchors)?;
    if !sound.names_certificate {
        return Err(Broken::Mismatch(
            "it does not name the certificate of its authority (RFC 3161 §2.4.2)".into(),
        ));
    }
    if !sound.certificate.is_for_timestamps() {
        return Err(Broken::Mismatch(format!(
            "the certificate of {} is not one for timestamps alone (extended key usage, critical; RFC 3161 §2.3)",
            sound.certificate.subject()
        )));
    }
    info.is_over(content)?;
    if let Some(request) = request {
        request.is_answered_by(&info)?;
    }
    let trust = anchors.judge(
        sound.certificate,
        &signed.certificates,
        Moment::Proven(info.at),
        Purpose::TimeStamping,
    );
    Ok(Stamped {
        vouching: Vouching {
            scheme: Scheme::TimeStamp,
            key: sound.certificate.sha256(),
            claims: Some(sound.certificate.subject()),
            at: Some(info.at),
            trust,
        },
        accuracy: info.accuracy,
        policy: info.policy.to_string(),
        serial: base16ct::lower::encode_string(&info.serial),
        modified,
    })
}
