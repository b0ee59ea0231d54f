//! Signatures of OpenSSH over a bundle's root, which `ssh-keygen -Y verify` judges as well.
//!
//! [`sign`] and [`agent::Agent::sign`] make them; [`verify`] judges them: first whether the octets are right, then
//! what that is worth to whoever handed over [`AllowedSigners`] and [`Revoked`]. The octets are those of OpenSSH's
//! PROTOCOL.sshsig, the namespace is always [`NAMESPACE`], the digest SHA-512.

pub mod agent;
mod algorithm;
mod armor;
mod certificate;
mod envelope;
mod foreign;
mod judge;
mod krl;
mod private;
mod public;
mod revoked;
mod signers;
mod wire;

pub use judge::{Signature, verify};
pub use private::Key;
pub use public::PublicKey;
pub use revoked::Revoked;
pub use signers::AllowedSigners;

use super::vouch::Broken;
use envelope::{Envelope, Hash};
use std::fmt;

/// What signatures are made for, so that none is ever taken for one over something else.
pub const NAMESPACE: &str = "bundle-root@fonds";
/// A signature file of more octets is not read; the largest that OpenSSH writes has some 5,000.
pub const MAX_SIGNATURE: usize = 64 * 1024;
/// A list of signers or of revoked keys of more octets is not read.
pub const MAX_LIST: usize = 4 * 1024 * 1024;
/// Nor is one with a longer line: what stands in a signature is held against its patterns.
pub const MAX_LINE: usize = 64 * 1024;

/// Why there is no signature. Nothing here ever tells anything of a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The private key is encrypted, and no passphrase was given.
    #[error("the private key is encrypted: a passphrase is needed")]
    NeedsPassphrase,
    /// It is encrypted, and not with this passphrase.
    #[error("wrong passphrase (or the file of the private key is damaged)")]
    WrongPassphrase,
    /// The file is something else; says what, and what to do.
    #[error("expected an OpenSSH private key, found {0}")]
    NotAKey(String),
    /// A key that fonds cannot sign with; says why, and what to do.
    #[error("cannot sign with this private key: {0}")]
    Unsupported(String),
    /// A private key that cannot be read; says where it breaks.
    #[error("the private key is damaged: it {0}")]
    Damaged(String),
    /// The agent did not sign; says why.
    #[error("the agent {0}")]
    Agent(String),
    /// A signature was made and is wrong: a defect of the key or of whoever signed.
    #[error("the signature that was made is wrong and was thrown away: {0}")]
    Wrong(String),
}

/// A line of a list that is not understood. A list with one is not used at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which line, from 1; 0 for the whole file.
    pub line: usize,
    /// What was expected and what is there.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.what),
            line => write!(f, "line {line}: {}", self.what),
        }
    }
}

/// Signs the octets of a bundle's root. What is returned is the file, as `ssh-keygen -Y sign` writes it; it is the
/// same for the same key and octets.
///
/// # Errors
/// [`KeyError::Wrong`] where the signature turns out not to be right.
pub fn sign(key: &Key, root: &[u8]) -> Result<String, KeyError> {
    sign_for(NAMESPACE, key, root)
}

/// The same over other octets, for another purpose.
///
/// # Errors
/// As [`sign`].
pub fn sign_for(namespace: &str, key: &Key, octets: &[u8]) -> Result<String, KeyError> {
    sealed(namespace, key.public(), octets, |message| {
        key.signature(message).ok_or_else(|| KeyError::Wrong("the key did not sign".to_owned()))
    })
}

/// Has the right octets signed, looks whether the signature is right, and makes a file of it.
fn sealed(
    namespace: &str,
    key: &PublicKey,
    root: &[u8],
    by: impl FnOnce(&[u8]) -> Result<Vec<u8>, KeyError>,
) -> Result<String, KeyError> {
    let hash = Hash::Sha512;
    let signature = by(&envelope::signed(namespace, hash, root))?;
    let envelope =
        Envelope { key: key.blob().to_vec(), namespace: namespace.as_bytes().to_vec(), hash, signature };
    let armored = envelope.close();
    match Signature::read_for(namespace, root, armored.as_bytes()) {
        Ok(_) => Ok(armored),
        Err(Broken::Unreadable(why) | Broken::Mismatch(why) | Broken::Unsupported(why)) => {
            Err(KeyError::Wrong(why))
        }
    }
}
