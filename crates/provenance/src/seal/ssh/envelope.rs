//! The structure of a signature (OpenSSH's PROTOCOL.sshsig).

use super::armor;
use super::wire::{Wire, put_string};
use crate::name::excerpt;
use crate::seal::vouch::Broken;
use sha2::{Digest, Sha256, Sha512};

const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const LABEL: &str = "SSH SIGNATURE";

/// Digest algorithms that a signature may be made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Sha256,
    Sha512,
}

impl Hash {
    fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }
}

/// What stands in a signature file.
#[derive(Debug)]
pub struct Envelope {
    /// The public key or certificate that it names.
    pub key: Vec<u8>,
    /// What it was made for.
    pub namespace: Vec<u8>,
    /// The digest that was signed.
    pub hash: Hash,
    /// The signature proper, with its algorithm.
    pub signature: Vec<u8>,
}

impl Envelope {
    /// Reads a signature file strictly: nothing is passed over.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] and [`Broken::Unsupported`].
    pub fn open(armored: &[u8]) -> Result<Self, Broken> {
        if armored.len() > super::MAX_SIGNATURE {
            return Err(Broken::Unreadable(format!(
                "expected an OpenSSH signature of at most {} octets, found {}",
                super::MAX_SIGNATURE,
                armored.len()
            )));
        }
        let octets = armor::open(armored, LABEL)
            .map_err(|why| Broken::Unreadable(format!("expected an OpenSSH signature, and it {why}")))?;
        let mut wire = Wire::new(&octets);
        let damaged = || {
            Broken::Unreadable("expected an OpenSSH signature, found other octets in its base64".to_owned())
        };
        if wire.take(MAGIC.len()) != Some(MAGIC) {
            return Err(damaged());
        }
        let version = wire.number().ok_or_else(damaged)?;
        if version != VERSION {
            return Err(Broken::Unsupported(format!(
                "an OpenSSH signature of version {version}, where {VERSION} is known"
            )));
        }
        let parts = |wire: &mut Wire<'_>| {
            let parts = [wire.string()?, wire.string()?, wire.string()?, wire.string()?, wire.string()?];
            wire.end()?;
            Some(parts.map(<[u8]>::to_vec))
        };
        let [key, namespace, reserved, hash, signature] = parts(&mut wire).ok_or_else(damaged)?;
        if !reserved.is_empty() {
            return Err(Broken::Unsupported(
                "an OpenSSH signature with something in its reserved field, where nothing is known"
                    .to_owned(),
            ));
        }
        let hash = match &*hash {
            b"sha256" => Hash::Sha256,
            b"sha512" => Hash::Sha512,
            other => {
                return Err(Broken::Unsupported(format!(
                    "an OpenSSH signature over the digest \"{}\", where sha256 and sha512 are known",
                    excerpt(other)
                )));
            }
        };
        Ok(Self { key, namespace, hash, signature })
    }

    /// The file as `ssh-keygen -Y sign` writes it.
    pub fn close(&self) -> String {
        let mut out = [MAGIC, &VERSION.to_be_bytes()].concat();
        for part in [&*self.key, &*self.namespace, b"", self.hash.name().as_bytes(), &*self.signature] {
            put_string(&mut out, part);
        }
        armor::close(&out, LABEL)
    }
}

/// The octets that the key really signs.
pub fn signed(namespace: &str, hash: Hash, message: &[u8]) -> Vec<u8> {
    let digest = match hash {
        Hash::Sha256 => Sha256::digest(message).to_vec(),
        Hash::Sha512 => Sha512::digest(message).to_vec(),
    };
    let mut out = MAGIC.to_vec();
    for part in [namespace.as_bytes(), b"", hash.name().as_bytes(), &digest] {
        put_string(&mut out, part);
    }
    out
}
