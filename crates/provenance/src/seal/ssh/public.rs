//! Public keys as OpenSSH writes them.

use super::wire::Wire;
use crate::name::excerpt;
use base64ct::{Base64, Base64Unpadded, Encoding};
use sha2::{Digest, Sha256};
use ssh_key::public::KeyData;
use std::fmt;

/// A public key of a kind that OpenSSH knows, in its one encoding.
///
/// Two are equal if their octets are; a comment belongs to the file and not to the key.
#[derive(Clone)]
pub struct PublicKey {
    blob: Vec<u8>,
    data: KeyData,
}

impl PublicKey {
    /// Reads a file such as `id_ed25519.pub`: one line with the kind, the key in base64, and a comment.
    ///
    /// # Errors
    /// What it is instead, and what to do.
    pub fn read(octets: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(octets)
            .map_err(|_| format!("expected an OpenSSH public key, found {}", super::foreign::what(octets)))?;
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        match (lines.next(), lines.next()) {
            (Some(line), None) if is_kind(line.split(' ').next().unwrap_or_default()) => Self::line(line),
            _ => Err(format!(
                "expected one line with an OpenSSH public key, found {}",
                super::foreign::what(octets)
            )),
        }
    }

    /// Reads `KIND BASE64 COMMENT`.
    pub(super) fn line(line: &str) -> Result<Self, String> {
        let mut words = line.split_ascii_whitespace();
        let (Some(kind), Some(key)) = (words.next(), words.next()) else {
            return Err(format!(
                "expected a kind of key and the key in base64, found \"{}\"",
                excerpt(line.as_bytes())
            ));
        };
        let blob = Base64::decode_vec(key)
            .map_err(|_| format!("expected a key in base64, found \"{}\"", excerpt(key.as_bytes())))?;
        if Wire::new(&blob).text() != Some(kind) {
            return Err(format!(
                "expected a key of the kind \"{}\" before it, found another in its octets",
                excerpt(kind.as_bytes())
            ));
        }
        Self::from_blob(&blob)
    }

    /// Reads the octets that stand in signatures and in base64 in files.
    pub(super) fn from_blob(blob: &[u8]) -> Result<Self, String> {
        let kind = Wire::new(blob).text().ok_or("expected an OpenSSH public key, found other octets")?;
        if is_certificate(kind) {
            return Err(format!("expected a plain key, found a certificate ({})", excerpt(kind.as_bytes())));
        }
        let key = ssh_key::PublicKey::from_bytes(blob).map_err(|error| {
            // The crate's words may quote the file as it is.
            let why = excerpt(error.to_string().as_bytes());
            format!("expected a key of the kind {}: {why}", excerpt(kind.as_bytes()))
        })?;
        // Whoever compares keys compares octets: there must not be two spellings of one key.
        let compressed = match key.key_data() {
            KeyData::Ecdsa(key) => key.as_sec1_bytes().first() != Some(&UNCOMPRESSED),
            KeyData::SkEcdsaSha2NistP256(key) => key.ec_point().as_bytes().first() != Some(&UNCOMPRESSED),
            _ => false,
        };
        if compressed || key.to_bytes().ok().as_deref() != Some(blob) {
            return Err(format!(
                "expected a key of the kind {} in its one encoding, found another",
                excerpt(kind.as_bytes())
            ));
        }
        Ok(Self { blob: blob.to_vec(), data: key.key_data().clone() })
    }

    /// As people compare it: `SHA256:…`, as `ssh-keygen -l` prints it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", Base64Unpadded::encode_string(&Sha256::digest(&self.blob)))
    }

    /// The kind of key in OpenSSH's words: `ssh-ed25519`. Harmless on a terminal.
    #[must_use]
    pub fn kind(&self) -> String {
        excerpt(self.data.algorithm().as_str().as_bytes())
    }

    /// The octets that fingerprints are made of.
    pub(super) fn blob(&self) -> &[u8] {
        &self.blob
    }

    /// The numbers in it.
    pub(super) fn data(&self) -> &KeyData {
        &self.data
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.blob == other.blob
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.fingerprint())
    }
}

/// Whether a word may be a kind of key: so begin those of all keys that OpenSSH has or had.
pub(super) fn is_kind(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-", "webauthn-"].iter().any(|kind| word.starts_with(kind)) && !word.contains('=')
}

/// Whether a kind of key is that of a certificate.
pub(super) fn is_certificate(kind: &str) -> bool {
    kind.ends_with(CERTIFICATE)
}

/// How a point of a curve begins whose both coordinates follow (SEC 1 §2.3.3): the form of OpenSSH.
const UNCOMPRESSED: u8 = 4;
/// How kinds of certificates end.
pub(super) const CERTIFICATE: &str = "-cert-v01@openssh.com";
