//! Digests as certificates and signatures name them.

use super::vouch::Broken;
use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::fmt;
use x509_cert::spki::AlgorithmIdentifierOwned;

const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// A digest that a signature or timestamp may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imprint {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Imprint {
    /// The digest that an algorithm identifier names (RFC 5754 §2); its parameters are absent or NULL.
    ///
    /// # Errors
    /// [`Broken::Unsupported`] for every other one, SHA-1 and MD5 among them.
    pub(super) fn named(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Broken> {
        if algorithm.parameters.as_ref().is_some_and(|parameters| !parameters.is_null()) {
            return Err(Broken::Unreadable("expected a digest without parameters, found some".into()));
        }
        match algorithm.oid {
            SHA256 => Ok(Self::Sha256),
            SHA384 => Ok(Self::Sha384),
            SHA512 => Ok(Self::Sha512),
            other => Err(Broken::Unsupported(format!(
                "the digest {}: only SHA-256, SHA-384 and SHA-512 are strong enough to rest on",
                weak_name(other)
            ))),
        }
    }

    /// Its identifier, without parameters (RFC 5754 §2).
    pub(super) fn identifier(self) -> AlgorithmIdentifierOwned {
        let oid = match self {
            Self::Sha256 => SHA256,
            Self::Sha384 => SHA384,
            Self::Sha512 => SHA512,
        };
        AlgorithmIdentifierOwned { oid, parameters: None }
    }

    /// The digest of octets, in 32, 48 or 64 octets.
    #[must_use]
    pub fn of(self, octets: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(octets).to_vec(),
            Self::Sha384 => Sha384::digest(octets).to_vec(),
            Self::Sha512 => Sha512::digest(octets).to_vec(),
        }
    }
}

impl fmt::Display for Imprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        })
    }
}

fn weak_name(oid: ObjectIdentifier) -> String {
    match oid.to_string().as_str() {
        "1.3.14.3.2.26" => "SHA-1".into(),
        "1.2.840.113549.2.5" => "MD5".into(),
        "2.16.840.1.101.3.4.2.4" => "SHA-224".into(),
        other => format!("with the identifier {other}"),
    }
}
