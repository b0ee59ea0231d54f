//! Digests as they stand in cells.

use sha2::{Digest, Sha256};
use std::fmt;

/// A digest of some algorithm, in the form `sha256:9f2c…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DigestText<'a> {
    algorithm: &'a str,
    hex: &'a str,
}

impl<'a> DigestText<'a> {
    /// Takes an algorithm by its BagIt name (`sha256`; RFC 8493 §2.4) and a digest in lower-case
    /// hexadecimal; `None` if either is not of that form.
    #[must_use]
    pub fn new(algorithm: &'a str, hex: &'a str) -> Option<Self> {
        let named =
            !algorithm.is_empty() && algorithm.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        (named && is_lower_hex(hex) && !hex.is_empty() && hex.len().is_multiple_of(2))
            .then_some(Self { algorithm, hex })
    }

    /// Reads back what [`Display`](fmt::Display) writes.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (algorithm, hex) = text.split_once(':')?;
        Self::new(algorithm, hex)
    }

    /// The algorithm, such as `sha256`.
    #[must_use]
    pub fn algorithm(&self) -> &'a str {
        self.algorithm
    }

    /// The digest in lower-case hexadecimal.
    #[must_use]
    pub fn hex(&self) -> &'a str {
        self.hex
    }
}

impl fmt::Display for DigestText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm, self.hex)
    }
}

/// Whether every character is one of `0123456789abcdef`.
#[must_use]
pub fn is_lower_hex(text: &str) -> bool {
    // No early exit: the loop is faster without.
    text.bytes().fold(true, |is, b| is & matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A SHA-256 in 64 lower-case hexadecimal digits, held in place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sha256Hex([u8; 64]);

impl Sha256Hex {
    /// The digest of `octets`.
    #[must_use]
    pub fn of(octets: &[u8]) -> Self {
        let mut hex = [b'0'; 64];
        // Cannot fail: 32 octets are 64 digits.
        let _ = base16ct::lower::encode(&Sha256::digest(octets), &mut hex);
        Self(hex)
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_has_one_form() {
        let text = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let digest = DigestText::parse(text).unwrap();
        assert_eq!((digest.algorithm(), digest.to_string().as_str()), ("sha256", text));
        assert_eq!(digest.hex(), Sha256Hex::of(b"").as_str());
        for text in
            ["", "sha256", "sha256:", ":ab", "SHA256:ab", "sha256:AB", "sha256:abc", "sha256: ab", "a:b:cd"]
        {
            assert_eq!(DigestText::parse(text), None, "{text}");
        }
    }
}
