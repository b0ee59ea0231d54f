//! Judging a signature: are the octets right, and what is that worth.

use super::certificate::Certificate;
use super::envelope::{self, Envelope};
use super::public::{PublicKey, is_certificate};
use super::wire::Wire;
use super::{AllowedSigners, NAMESPACE, Revoked, algorithm};
use crate::Timestamp;
use crate::name::excerpt;
use crate::seal::vouch::{Broken, Scheme, Trust, Vouching};
use std::fmt::Write as _;

/// A signature that is right by its octets.
#[derive(Debug, Clone)]
pub struct Signature {
    key: PublicKey,
    certificate: Option<Certificate>,
}

impl Signature {
    /// Reads a signature file and looks whether it is one over the octets of this root, made for [`NAMESPACE`].
    ///
    /// # Errors
    /// [`Broken::Unreadable`]: not the one form of a signature. [`Broken::Mismatch`]: over other octets, by another
    /// key, or for another purpose. [`Broken::Unsupported`]: SHA-1, DSA, RSA below 2048 or above 8192 bits,
    /// certificates that are for machines, for nobody, or limited in ways that are not known here.
    pub fn read(root: &[u8], armored: &[u8]) -> Result<Self, Broken> {
        Self::read_for(NAMESPACE, root, armored)
    }

    /// The same of a signature that was made for another purpose, over other octets.
    ///
    /// # Errors
    /// As those of [`read`](Self::read).
    pub fn read_for(namespace: &str, root: &[u8], armored: &[u8]) -> Result<Self, Broken> {
        let envelope = Envelope::open(armored)?;
        if envelope.namespace != namespace.as_bytes() {
            return Err(Broken::Mismatch(format!(
                "expected a signature for the namespace {namespace}, found one for \"{}\"",
                excerpt(&envelope.namespace)
            )));
        }
        let (key, certificate) = if Wire::new(&envelope.key).text().is_some_and(is_certificate) {
            let certificate = Certificate::read(&envelope.key)?;
            (certificate.key.clone(), Some(certificate))
        } else {
            (PublicKey::from_blob(&envelope.key).map_err(Broken::Unreadable)?, None)
        };
        algorithm::verify(&key, &envelope::signed(namespace, envelope.hash, root), &envelope.signature)?;
        Ok(Self { key, certificate })
    }

    /// The key that made it.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// What it is worth. `at` is when it is shown to have existed: the time of a trusted timestamp over it, or, as
    /// `ssh-keygen` does it, the time of this verification; without either, a key with limits in time is
    /// [`Trust::OutOfTime`], since nothing shows that it was used within them. A revocation comes first.
    #[must_use]
    pub fn judge(
        &self,
        signers: Option<&AllowedSigners>,
        revoked: Option<&Revoked>,
        at: Option<Timestamp>,
    ) -> Vouching {
        let certificate = self.certificate.as_ref();
        let trust = if revoked.is_some_and(|revoked| revoked.covers(&self.key, certificate, at)) {
            Trust::Revoked
        } else {
            match (signers, certificate) {
                (None, _) => Trust::Unknown,
                (Some(signers), None) => signers.trust(&self.key, at),
                (Some(signers), Some(certificate)) => signers.trust_certificate(certificate, at),
            }
        };
        Vouching {
            scheme: Scheme::OpenSsh,
            key: self.key.fingerprint(),
            claims: certificate.map(claims),
            at: None,
            trust,
        }
    }
}

/// What a certificate says, as text.
fn claims(certificate: &Certificate) -> String {
    let mut text = format!("certificate \"{}\" for", excerpt(&certificate.id));
    for (at, principal) in certificate.principals.iter().enumerate() {
        let _ = write!(text, "{} {}", if at == 0 { "" } else { "," }, excerpt(principal.as_bytes()));
    }
    let _ = write!(text, ", by {}", certificate.authority.fingerprint());
    text
}

/// [`Signature::read`] and [`Signature::judge`] in one.
///
/// # Errors
/// As [`Signature::read`].
pub fn verify(
    root: &[u8],
    armored: &[u8],
    signers: Option<&AllowedSigners>,
    revoked: Option<&Revoked>,
    at: Option<Timestamp>,
) -> Result<Vouching, Broken> {
    Signature::read(root, armored).map(|signature| signature.judge(signers, revoked, at))
}
