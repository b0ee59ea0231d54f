//! Private keys in OpenSSH's own form (its PROTOCOL.key), with a passphrase or without.

use super::public::PublicKey;
use super::wire::{Wire, put_positive, put_string};
use super::{KeyError, armor, foreign};
use crate::name::excerpt;
use ed25519_dalek::Signer as _;
use ssh_key::public::{EcdsaPublicKey, KeyData};
use ssh_key::{Cipher, Kdf};
use std::fmt;
use zeroize::Zeroizing;

const LABEL: &str = "OPENSSH PRIVATE KEY";
const MAGIC: &[u8] = b"openssh-key-v1\0";
/// A private key file is a few kilobytes; RSA keys of 16,384 bits have 13.
const MAX_FILE: usize = 64 * 1024;
/// `ssh-keygen -a`: 16 to 24 if nothing is said, and each costs a few milliseconds.
const MAX_ROUNDS: u32 = 4096;
const AGENT: &str = "let an agent sign: `ssh-add FILE`, then name the public key";

/// A private key that signs. It is wiped from memory when it goes out of scope, and prints as its fingerprint.
pub struct Key {
    public: PublicKey,
    secret: Secret,
}

enum Secret {
    Ed25519(ed25519_dalek::SigningKey),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "private key of {:?}", self.public)
    }
}

/// The outer structure: all but the secret part is readable without a passphrase.
struct File<'a> {
    cipher: Cipher,
    kdf: Option<(&'a [u8], u32)>,
    public: PublicKey,
    secret: &'a [u8],
    tag: Option<[u8; 16]>,
}

impl Key {
    /// Reads a private key file. Whoever hands over its octets and the passphrase wipes them, for instance by
    /// `zeroize::Zeroizing`; what is made of them here is wiped here.
    ///
    /// # Errors
    /// [`KeyError::NeedsPassphrase`] if it is encrypted and there is none, [`KeyError::WrongPassphrase`] if that was
    /// not it, and else what the file is and what to do. None holds anything of the secret.
    pub fn read(octets: &[u8], passphrase: Option<&[u8]>) -> Result<Self, KeyError> {
        if octets.len() > MAX_FILE {
            return Err(KeyError::NotAKey(format!("a file of {} octets, which no key has", octets.len())));
        }
        if !octets.starts_with(b"-----BEGIN OPENSSH PRIVATE KEY-----") {
            return Err(KeyError::NotAKey(foreign::what(octets)));
        }
        let opened = armor::open(octets.trim_ascii_end(), LABEL).map_err(KeyError::Damaged)?;
        let file = File::read(&opened)?;
        if let Some(why) = agents_only(&file.public) {
            return Err(KeyError::Unsupported(format!("{why}; {AGENT}")));
        }
        let secret = file.decrypted(passphrase)?;
        let mut wire = Wire::new(&secret);
        let check = [wire.number(), wire.number()];
        if check[0] != check[1] || check[0].is_none() {
            return Err(if file.kdf.is_some() {
                KeyError::WrongPassphrase
            } else {
                KeyError::Damaged("has two check numbers that differ".to_owned())
            });
        }
        let wrong =
            || KeyError::Damaged("has a secret part that does not belong to its public key".to_owned());
        let secret = read_secret(&mut wire, file.public.data()).ok_or_else(wrong)?;
        // The comment, and the padding 1, 2, 3, …
        wire.string().ok_or_else(wrong)?;
        let padding = wire.rest();
        if padding.len() >= file.cipher.block_size() || !padding.iter().copied().eq((1..).take(padding.len()))
        {
            return Err(wrong());
        }
        Ok(Self { public: file.public, secret })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The octets of a signature with its algorithm (RFC 4253 §6.6); the same for the same octets.
    pub(super) fn signature(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(160);
        put_string(&mut out, self.public.data().algorithm().as_str().as_bytes());
        let mut halves = Vec::with_capacity(110);
        match &self.secret {
            Secret::Ed25519(key) => halves.extend_from_slice(&key.try_sign(message).ok()?.to_bytes()),
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(message).ok()?;
                put_halves(&mut halves, &signature.to_bytes());
            }
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature = key.try_sign(message).ok()?;
                put_halves(&mut halves, &signature.to_bytes());
            }
        }
        put_string(&mut out, &halves);
        Some(out)
    }
}

fn put_halves(out: &mut Vec<u8>, both: &[u8]) {
    let (r, s) = both.split_at(both.len() / 2);
    put_positive(out, r);
    put_positive(out, s);
}

/// Why only an agent signs with such a key.
fn agents_only(public: &PublicKey) -> Option<String> {
    match public.data() {
        KeyData::Ed25519(_) | KeyData::Ecdsa(EcdsaPublicKey::NistP256(_) | EcdsaPublicKey::NistP384(_)) => {
            None
        }
        KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_) => {
            Some("a key that lives in a security key (FIDO)".to_owned())
        }
        _ => Some(format!("a key of the kind {}, with which fonds does not sign itself", public.kind())),
    }
}

impl<'a> File<'a> {
    fn read(octets: &'a [u8]) -> Result<Self, KeyError> {
        let damaged = || KeyError::Damaged("has other octets than those of a key in its base64".to_owned());
        let mut wire = Wire::new(octets);
        if wire.take(MAGIC.len()) != Some(MAGIC) {
            return Err(damaged());
        }
        let (cipher, kdf, options, count) =
            (|| Some((wire.text()?, wire.text()?, wire.string()?, wire.number()?)))().ok_or_else(damaged)?;
        let kdf = read_kdf(kdf, options)?;
        let cipher = Cipher::new(cipher).map_err(|_| {
            KeyError::Unsupported(format!("encrypted with \"{}\"; {AGENT}", excerpt(cipher.as_bytes())))
        })?;
        if count != 1 {
            return Err(KeyError::Unsupported(format!("a file with {count} keys, where one is read")));
        }
        if cipher.is_some() != kdf.is_some() {
            return Err(KeyError::Damaged("names a cipher without a passphrase, or the reverse".to_owned()));
        }
        let (public, secret) = (|| Some((wire.string()?, wire.string()?)))().ok_or_else(damaged)?;
        let tag = if cipher.has_tag() {
            Some(wire.take(16).and_then(|tag| tag.try_into().ok()).ok_or_else(damaged)?)
        } else {
            None
        };
        wire.end().ok_or_else(damaged)?;
        let public = PublicKey::from_blob(public).map_err(KeyError::Damaged)?;
        if secret.len() % cipher.block_size() != 0 {
            return Err(damaged());
        }
        Ok(Self { cipher, kdf, public, secret, tag })
    }

    fn decrypted(&self, passphrase: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let mut secret = Zeroizing::new(self.secret.to_vec());
        if let Some((salt, rounds)) = self.kdf {
            let passphrase = passphrase.filter(|it| !it.is_empty()).ok_or(KeyError::NeedsPassphrase)?;
            let kdf = Kdf::Bcrypt { salt: salt.to_vec(), rounds };
            let (key, iv) = kdf
                .derive_key_and_iv(self.cipher, passphrase)
                .map_err(|_| KeyError::Damaged("has no salt or no rounds".to_owned()))?;
            self.cipher.decrypt(&key, &iv, &mut secret, self.tag).map_err(|_| KeyError::WrongPassphrase)?;
        }
        Ok(secret)
    }
}

/// How a passphrase becomes a key: salt and rounds.
fn read_kdf<'a>(name: &str, options: &'a [u8]) -> Result<Option<(&'a [u8], u32)>, KeyError> {
    match (name, options) {
        ("none", []) => Ok(None),
        ("bcrypt", options) => {
            let mut wire = Wire::new(options);
            let read = (|| {
                let read = (wire.string()?, wire.number()?);
                wire.end().map(|()| read)
            })();
            match read {
                Some((_, rounds)) if rounds > MAX_ROUNDS => Err(KeyError::Unsupported(format!(
                    "its passphrase takes {rounds} rounds, where {MAX_ROUNDS} are done; {AGENT}"
                ))),
                Some(read) => Ok(Some(read)),
                None => Err(KeyError::Damaged("has no salt or no rounds".to_owned())),
            }
        }
        _ => Err(KeyError::Unsupported(format!(
            "its passphrase becomes a key by \"{}\"; {AGENT}",
            excerpt(name.as_bytes())
        ))),
    }
}

/// The secret numbers, if they belong to the public key. The crate `ssh-key` reads none whose first octet is zero,
/// which one key of 256 has.
fn read_secret(wire: &mut Wire<'_>, public: &KeyData) -> Option<Secret> {
    if wire.text()? != public.algorithm().as_str() {
        return None;
    }
    match public {
        KeyData::Ed25519(key) => {
            let (seed, both) = (wire.string()? == key.0)
                .then_some(())
                .and_then(|()| wire.string())
                .and_then(|both| Some((both.first_chunk::<32>()?, both)))?;
            let secret = ed25519_dalek::SigningKey::from_bytes(seed);
            (both.get(32..) == Some(&key.0) && secret.verifying_key().to_bytes() == key.0)
                .then_some(Secret::Ed25519(secret))
        }
        KeyData::Ecdsa(key) => {
            let point = key.as_sec1_bytes();
            if wire.text()? != key.curve().as_str() || wire.string()? != point {
                return None;
            }
            let number = wire.positive()?;
            match key {
                EcdsaPublicKey::NistP256(_) => {
                    let secret = p256::ecdsa::SigningKey::from_slice(&*padded::<32>(number)?).ok()?;
                    (secret.verifying_key().to_encoded_point(false).as_bytes() == point)
                        .then_some(Secret::P256(secret))
                }
                EcdsaPublicKey::NistP384(_) => {
                    let secret = p384::ecdsa::SigningKey::from_slice(&*padded::<48>(number)?).ok()?;
                    (secret.verifying_key().to_encoded_point(false).as_bytes() == point)
                        .then_some(Secret::P384(secret))
                }
                EcdsaPublicKey::NistP521(_) => None,
            }
        }
        _ => None,
    }
}

fn padded<const OCTETS: usize>(number: &[u8]) -> Option<Zeroizing<[u8; OCTETS]>> {
    let mut padded = Zeroizing::new([0; OCTETS]);
    padded.get_mut(OCTETS.checked_sub(number.len())?..)?.copy_from_slice(number);
    Some(padded)
}
