//! Private keys that sign with a certificate.

use crate::seal::{
    bounds, pem,
    signature::{EC, ED25519, P256, P384},
};
use der::{Decode, asn1::ObjectIdentifier};
use ed25519_dalek::pkcs8::DecodePrivateKey;
use p256::ecdsa::signature::{Signer, hazmat::PrehashSigner};
use pkcs8::{EncryptedPrivateKeyInfo, PrivateKeyInfo};
use ring::{rand::SystemRandom, rsa::KeyPair, signature::RSA_PKCS1_SHA256};
use std::fmt;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::seal::imprint::Imprint;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// Rounds of PBKDF2: OpenSSL takes 2,048, careful people a million.
const MOST_ROUNDS: u32 = 10_000_000;
/// Octets of memory that scrypt may want.
const MOST_MEMORY: u64 = 64 << 20;

/// A private key. It leaves memory when it is dropped, except for RSA, whose arithmetic (ring) keeps its own copy
/// until that memory is used again.
pub struct Key(Kind);

enum Kind {
    Rsa(Box<KeyPair>),
    P256(Box<p256::ecdsa::SigningKey>),
    P384(Box<p384::ecdsa::SigningKey>),
    Ed25519(Box<ed25519_dalek::SigningKey>),
}

/// Why there is no signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The key is encrypted, and no passphrase was given.
    #[error("the private key is encrypted: it needs its passphrase")]
    NeedsPassphrase,
    /// The passphrase does not open it.
    #[error("wrong passphrase for the private key")]
    WrongPassphrase,
    /// Not a private key.
    #[error("expected a private key in PEM or DER, found {0}")]
    Unreadable(String),
    /// A private key that nothing here can sign with; says what to do.
    #[error("cannot sign with this private key: {0}")]
    Unsupported(String),
    /// No certificate of the chain is that of the key, or what was signed did not hold.
    #[error("{0}")]
    Mismatch(String),
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Rsa(_) => "Key(RSA)",
            Kind::P256(_) => "Key(P-256)",
            Kind::P384(_) => "Key(P-384)",
            Kind::Ed25519(_) => "Key(Ed25519)",
        })
    }
}

impl Key {
    /// Reads a private key: PKCS#8, encrypted (PBES2) or not, PKCS#1 or SEC 1, in PEM or DER. RSA of 2,048 to
    /// 4,096 bits, P-256, P-384, Ed25519.
    ///
    /// The caller wipes `octets` and `passphrase`.
    ///
    /// # Errors
    /// See [`KeyFault`]. Nothing of the key stands in a message.
    pub fn read(octets: &[u8], passphrase: Option<&[u8]>) -> Result<Self, KeyFault> {
        if octets.len() > bounds::LONGEST {
            return Err(KeyFault::Unreadable(format!("{} octets", octets.len())));
        }
        if !pem::is_pem(octets) {
            return match EncryptedPrivateKeyInfo::from_der(octets) {
                Ok(info) => Self::decrypt(&info, passphrase),
                Err(_) => Self::plain(octets),
            };
        }
        let blocks = pem::blocks(octets);
        let labels: Vec<_> = blocks.iter().map(|block| block.label).collect();
        let Some(block) = blocks.iter().find(|block| block.label.ends_with("PRIVATE KEY")) else {
            return Err(KeyFault::Unreadable(if labels.is_empty() {
                "nothing".into()
            } else {
                labels.join(", ")
            }));
        };
        if block.headed {
            return Err(KeyFault::Unsupported(
                "it is encrypted as OpenSSL did before PKCS#8; write it anew with `openssl pkcs8 -topk8`"
                    .into(),
            ));
        }
        let der = block.octets.as_ref();
        let der = der.ok_or_else(|| KeyFault::Unreadable(format!("{} that is not base64", block.label)))?;
        match block.label {
            "ENCRYPTED PRIVATE KEY" => {
                let info = EncryptedPrivateKeyInfo::from_der(der).map_err(|_| {
                    KeyFault::Unsupported(
                        "it is encrypted in a way that is old or not known; write it anew with `openssl pkcs8 -topk8 -v2 aes-256-cbc`".into(),
                    )
                })?;
                Self::decrypt(&info, passphrase)
            }
            "PRIVATE KEY" => Self::pkcs8(der),
            "RSA PRIVATE KEY" => Self::rsa(KeyPair::from_der(der)),
            "EC PRIVATE KEY" => Self::sec1(der).ok_or_else(other_curve),
            "OPENSSH PRIVATE KEY" => {
                Err(KeyFault::Unsupported("it is a key of OpenSSH, which has no certificate of X.509".into()))
            }
            other => Err(KeyFault::Unsupported(format!("{other} is not known"))),
        }
    }

    fn decrypt(info: &EncryptedPrivateKeyInfo<'_>, passphrase: Option<&[u8]>) -> Result<Self, KeyFault> {
        let parameters = info.encryption_algorithm.pbes2().ok_or_else(|| {
            KeyFault::Unsupported(
                "it is encrypted with PBES1; write it anew with `openssl pkcs8 -topk8`".into(),
            )
        })?;
        let rounds = parameters.kdf.pbkdf2().map_or(0, |it| it.iteration_count);
        let memory = parameters
            .kdf
            .scrypt()
            .map_or(0, |it| it.cost_parameter.saturating_mul(u64::from(it.block_size)).saturating_mul(128));
        let times = parameters.kdf.scrypt().map_or(0, |it| it.parallelization);
        if rounds > MOST_ROUNDS || memory > MOST_MEMORY || times > 16 {
            return Err(KeyFault::Unsupported("opening it would take too long or too much memory".into()));
        }
        let passphrase = passphrase.ok_or(KeyFault::NeedsPassphrase)?;
        match info.decrypt(passphrase) {
            Ok(key) => Self::pkcs8(key.as_bytes()).map_err(|fault| match fault {
                // One wrong passphrase in 256 leaves a padding that looks right.
                KeyFault::Unreadable(_) => KeyFault::WrongPassphrase,
                other => other,
            }),
            Err(pkcs8::Error::EncryptedPrivateKey(
                pkcs5::Error::UnsupportedAlgorithm { .. } | pkcs5::Error::NoPbes1CryptSupport,
            )) => Err(KeyFault::Unsupported(
                "it is encrypted with a cipher that is not known; write it anew with `openssl pkcs8 -topk8 -v2 aes-256-cbc`".into(),
            )),
            Err(_) => Err(KeyFault::WrongPassphrase),
        }
    }

    /// DER of any of the three forms.
    fn plain(der: &[u8]) -> Result<Self, KeyFault> {
        if PrivateKeyInfo::from_der(der).is_ok() {
            return Self::pkcs8(der);
        }
        match Self::sec1(der) {
            Some(key) => Ok(key),
            None => Self::rsa(KeyPair::from_der(der)),
        }
    }

    fn pkcs8(der: &[u8]) -> Result<Self, KeyFault> {
        let info = PrivateKeyInfo::from_der(der).map_err(|_| KeyFault::Unreadable("no PKCS#8".into()))?;
        let damaged = |_| KeyFault::Unreadable("a key that is damaged".into());
        match info.algorithm.oid {
            RSA => Self::rsa(KeyPair::from_pkcs8(der)),
            ED25519 => Ok(Self(Kind::Ed25519(Box::new(
                ed25519_dalek::SigningKey::from_pkcs8_der(der).map_err(damaged)?,
            )))),
            EC => match info.algorithm.parameters_oid() {
                Ok(P256) => {
                    let secret = p256::SecretKey::from_pkcs8_der(der).map_err(damaged)?;
                    Ok(Self(Kind::P256(Box::new(secret.into()))))
                }
                Ok(P384) => {
                    let secret = p384::SecretKey::from_pkcs8_der(der).map_err(damaged)?;
                    Ok(Self(Kind::P384(Box::new(secret.into()))))
                }
                _ => Err(other_curve()),
            },
            other => Err(KeyFault::Unsupported(format!("keys of the kind {other} are not known"))),
        }
    }

    fn rsa(pair: Result<KeyPair, ring::error::KeyRejected>) -> Result<Self, KeyFault> {
        pair.map(|pair| Self(Kind::Rsa(Box::new(pair)))).map_err(|error| match error.to_string().as_str() {
            "InvalidEncoding" | "VersionNotSupported" => {
                KeyFault::Unreadable("a key of RSA that is damaged".into())
            }
            other => {
                KeyFault::Unsupported(format!("RSA has to have 2048 to 4096 bits and be sound ({other})"))
            }
        })
    }

    /// On what curve is in the file, which the crates do not look at; the certificate settles it (`sign`).
    fn sec1(der: &[u8]) -> Option<Self> {
        p256::SecretKey::from_sec1_der(der)
            .map(|secret| Self(Kind::P256(Box::new(secret.into()))))
            .or_else(|_| {
                p384::SecretKey::from_sec1_der(der).map(|secret| Self(Kind::P384(Box::new(secret.into()))))
            })
            .ok()
    }

    /// The digest that goes with it: as strong as the key.
    pub(super) fn imprint(&self) -> Imprint {
        match self.0 {
            Kind::Rsa(_) | Kind::P256(_) => Imprint::Sha256,
            Kind::P384(_) => Imprint::Sha384,
            Kind::Ed25519(_) => Imprint::Sha512,
        }
    }

    /// Which of its kind: the identifiers of the key, and of its signatures.
    pub(super) fn is_rsa(&self) -> bool {
        matches!(self.0, Kind::Rsa(_))
    }

    /// Whether a certificate is for this key.
    pub(super) fn is_of(&self, key: &SubjectPublicKeyInfoOwned) -> bool {
        let public = key.subject_public_key.as_bytes().unwrap_or_default();
        let curve =
            || key.algorithm.parameters.as_ref().and_then(|it| it.decode_as::<ObjectIdentifier>().ok());
        match &self.0 {
            Kind::Rsa(pair) => key.algorithm.oid == RSA && pair.public().as_ref() == public,
            Kind::P256(own) => {
                curve() == Some(P256)
                    && p256::ecdsa::VerifyingKey::from_sec1_bytes(public)
                        .is_ok_and(|it| it == *own.verifying_key())
            }
            Kind::P384(own) => {
                curve() == Some(P384)
                    && p384::ecdsa::VerifyingKey::from_sec1_bytes(public)
                        .is_ok_and(|it| it == *own.verifying_key())
            }
            Kind::Ed25519(own) => key.algorithm.oid == ED25519 && own.verifying_key().as_bytes() == public,
        }
    }

    /// Signs; the same octets each time.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
        let failed = || KeyFault::Mismatch("the key did not sign".into());
        let digest = self.imprint().of(message);
        match &self.0 {
            Kind::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                // PKCS#1 v1.5 asks for no randomness, so none is taken from this.
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(|_| failed())?;
                Ok(signature)
            }
            Kind::P256(own) => {
                let signature: p256::ecdsa::Signature = own.sign_prehash(&digest).map_err(|_| failed())?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Kind::P384(own) => {
                let signature: p384::ecdsa::Signature = own.sign_prehash(&digest).map_err(|_| failed())?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Kind::Ed25519(own) => Ok(own.sign(message).to_vec()),
        }
    }
}

fn other_curve() -> KeyFault {
    KeyFault::Unsupported("it is on a curve other than P-256 and P-384, or damaged".into())
}
