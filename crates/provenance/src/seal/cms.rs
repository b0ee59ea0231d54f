//! Detached signatures in CMS (RFC 5652), which `openssl cms` makes and checks.

mod key;
mod sign;

pub use key::{Key, KeyFault};
pub use sign::sign;

use super::{
    bounds::{self, unreadable},
    certificate::{Anchors, Moment, Purpose},
    pem,
    signed::{DATA, Signed},
    vouch::{Broken, Scheme, Vouching},
};

/// Checks all signatures of a file over `content`, each for itself: it is never empty.
///
/// The file is DER, or PEM as bag-nabit has it. Content that stands inside must be `content`, octet for octet.
/// Certificates may have been made for anything (`-purpose any`): those of people who sign seldom were made
/// for signing files. Whether one is believed is judged at `moment`, never at the time that the signer wrote.
///
/// What agrees:
/// `openssl cms -verify -binary -inform DER -in NAME.p7s -content root.txt -CAfile CA.pem -purpose any`.
#[must_use]
pub fn verify(
    octets: &[u8],
    content: &[u8],
    anchors: &Anchors,
    moment: Moment,
) -> Vec<Result<Vouching, Broken>> {
    let signed = match read(octets, content) {
        Ok(signed) => signed,
        Err(broken) => return vec![Err(broken)],
    };
    let judge = |signer| {
        let sound = signed.sound(signer, content, anchors)?;
        Ok(Vouching {
            scheme: Scheme::Cms,
            key: sound.certificate.sha256(),
            claims: Some(sound.certificate.subject()),
            at: sound.signing_time,
            trust: anchors.judge(sound.certificate, &signed.certificates, moment, Purpose::Any),
        })
    };
    signed.signers.iter().map(judge).collect()
}

fn read(octets: &[u8], content: &[u8]) -> Result<Signed, Broken> {
    let signed = if octets.len() <= bounds::LONGEST && pem::is_pem(octets) {
        let block = pem::blocks(octets).into_iter().find(|it| matches!(it.label, "CMS" | "PKCS7"));
        let der = block.and_then(|it| it.octets);
        Signed::read(&der.ok_or_else(|| unreadable("a signature (-----BEGIN CMS-----)".into(), "none"))?)?
    } else {
        Signed::read(octets)?
    };
    if signed.kind != DATA {
        return Err(unreadable("a signature over data".into(), &format!("one over content {}", signed.kind)));
    }
    if signed.content.as_ref().is_some_and(|inside| inside != content) {
        return Err(Broken::Mismatch("the content inside it is not the file that it stands beside".into()));
    }
    Ok(signed)
}
