//! One digest, which knows its algorithm.

use crate::Algorithm;
use std::fmt;

/// Octets of the longest digest.
const LONGEST: usize = 64;

/// A digest and the algorithm that made it; prints as lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest {
    algorithm: Algorithm,
    octets: [u8; LONGEST],
}

impl Digest {
    /// Takes raw octets; `None` unless there are as many as the algorithm makes.
    #[must_use]
    pub fn from_octets(algorithm: Algorithm, octets: &[u8]) -> Option<Self> {
        if octets.len() != algorithm.octets() {
            return None;
        }
        let mut kept = [0; LONGEST];
        kept[..octets.len()].copy_from_slice(octets);
        Some(Self { algorithm, octets: kept })
    }

    /// Reads hexadecimal in either case (RFC 8493 §2.1.3); `None` if it is anything else.
    #[must_use]
    pub fn from_hex(algorithm: Algorithm, hex: &[u8]) -> Option<Self> {
        let mut octets = [0; LONGEST];
        let length = algorithm.octets();
        if hex.len() != 2 * length {
            return None;
        }
        base16ct::mixed::decode(hex, &mut octets[..length]).ok()?;
        Some(Self { algorithm, octets })
    }

    /// The algorithm that made it.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The raw octets, as many as the algorithm makes.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets[..self.algorithm.octets()]
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hex = [0; 2 * LONGEST];
        f.write_str(hex_of(self.octets(), &mut hex))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{self}", self.algorithm)
    }
}

/// Writes up to 64 octets as lower-case hexadecimal into `room`; the text is borrowed from it.
///
/// The answer is empty if `room` is shorter than twice the octets.
#[must_use]
pub fn hex_of<'a>(octets: &[u8], room: &'a mut [u8]) -> &'a str {
    base16ct::lower::encode_str(octets, room).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hexadecimal_comes_back(octets in proptest::collection::vec(any::<u8>(), 32)) {
            let digest = Digest::from_octets(Algorithm::Sha256, &octets).unwrap();
            let text = digest.to_string();
            prop_assert_eq!(Digest::from_hex(Algorithm::Sha256, text.as_bytes()), Some(digest));
            prop_assert_eq!(Digest::from_hex(Algorithm::Sha256, text.to_uppercase().as_bytes()), Some(digest));
            prop_assert_eq!(Digest::from_hex(Algorithm::Sha512, text.as_bytes()), None);
        }
    }

    #[test]
    fn what_is_not_hexadecimal_is_refused() {
        assert_eq!(Digest::from_hex(Algorithm::Md5, b"g0000000000000000000000000000000"), None);
        assert_eq!(Digest::from_hex(Algorithm::Md5, b"00"), None);
    }
}
