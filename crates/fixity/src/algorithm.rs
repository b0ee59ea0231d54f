//! Digest algorithms by their BagIt names.

use std::fmt;
use std::str::FromStr;

/// A digest algorithm that fonds can compute, by its name in manifest file names (RFC 8493 §2.4).
///
/// All but SHA-256 and SHA-512 are read only, for bags that others made. They stand, and are
/// ordered, as their names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// `BLAKE2b` of 160 bits (RFC 7693): too short to stand against an adversary.
    Blake2b160,
    /// `BLAKE2b` of 256 bits.
    Blake2b256,
    /// `BLAKE2b` of 384 bits.
    Blake2b384,
    /// `BLAKE2b` of 512 bits, which is meant where no length is named.
    Blake2b512,
    /// `BLAKE2s` of 256 bits, which is meant where no length is named.
    Blake2s256,
    /// BLAKE3 of its usual 256 bits.
    Blake3,
    /// MD5 (RFC 1321): broken against an adversary.
    Md5,
    /// SHA-1 (FIPS 180-4): broken against an adversary.
    Sha1,
    /// SHA-224 (FIPS 180-4).
    Sha224,
    /// SHA-256 (FIPS 180-4), written by default.
    Sha256,
    /// SHA3-224 (FIPS 202).
    Sha3_224,
    /// SHA3-256 (FIPS 202).
    Sha3_256,
    /// SHA3-384 (FIPS 202).
    Sha3_384,
    /// SHA3-512 (FIPS 202).
    Sha3_512,
    /// SHA-384 (FIPS 180-4).
    Sha384,
    /// SHA-512 (FIPS 180-4), written by default.
    Sha512,
    /// SHA-512/224 (FIPS 180-4).
    Sha512_224,
    /// SHA-512/256 (FIPS 180-4).
    Sha512_256,
}

impl Algorithm {
    /// Every algorithm, in the order of its names in a bag.
    pub const ALL: [Self; 18] = [
        Self::Blake2b160,
        Self::Blake2b256,
        Self::Blake2b384,
        Self::Blake2b512,
        Self::Blake2s256,
        Self::Blake3,
        Self::Md5,
        Self::Sha1,
        Self::Sha224,
        Self::Sha256,
        Self::Sha3_224,
        Self::Sha3_256,
        Self::Sha3_384,
        Self::Sha3_512,
        Self::Sha384,
        Self::Sha512,
        Self::Sha512_224,
        Self::Sha512_256,
    ];

    /// The name as it should stand in `manifest-NAME.txt`: the common name in lower case, without
    /// anything that is neither letter nor digit (RFC 8493 §2.4).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blake2b160 => "blake2b160",
            Self::Blake2b256 => "blake2b256",
            Self::Blake2b384 => "blake2b384",
            Self::Blake2b512 => "blake2b512",
            Self::Blake2s256 => "blake2s256",
            Self::Blake3 => "blake3",
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha3_224 => "sha3224",
            Self::Sha3_256 => "sha3256",
            Self::Sha3_384 => "sha3384",
            Self::Sha3_512 => "sha3512",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
            Self::Sha512_224 => "sha512224",
            Self::Sha512_256 => "sha512256",
        }
    }

    /// Octets of one digest.
    #[must_use]
    pub const fn octets(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 | Self::Blake2b160 => 20,
            Self::Sha224 | Self::Sha3_224 | Self::Sha512_224 => 28,
            Self::Sha256
            | Self::Sha3_256
            | Self::Sha512_256
            | Self::Blake2b256
            | Self::Blake2s256
            | Self::Blake3 => 32,
            Self::Sha384 | Self::Sha3_384 | Self::Blake2b384 => 48,
            Self::Sha512 | Self::Sha3_512 | Self::Blake2b512 => 64,
        }
    }

    /// Whether nobody can make two files with one digest, as far as is known.
    ///
    /// MD5 and SHA-1 are broken. `BLAKE2b` of 160 bits is not, but two files with one digest of that
    /// length are found in 2^80 tries, and 2^112 is the least that standards still allow.
    #[must_use]
    pub const fn is_strong(self) -> bool {
        !matches!(self, Self::Md5 | Self::Sha1 | Self::Blake2b160)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is none that fonds can compute.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown digest algorithm `{0}`")]
pub struct UnknownAlgorithm(pub String);

/// Reads [`Algorithm::name`], and what others write for it: in capitals, with spaces or any ASCII
/// punctuation between (`SHA-512/256`, `sha3_256`), and `blake2b` and `blake2s` for the lengths
/// that Python's hashlib gives them.
impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        let is_kept = |c: &char| !c.is_ascii_punctuation() && *c != ' ';
        let plain: String = name.chars().filter(is_kept).map(|c| c.to_ascii_lowercase()).collect();
        let canonical = match plain.as_str() {
            "blake2b" => Self::Blake2b512.name(),
            "blake2s" => Self::Blake2s256.name(),
            other => other,
        };
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == canonical)
            .ok_or_else(|| UnknownAlgorithm(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithms_are_ordered_as_their_names_are_and_read_back_from_them() {
        assert!(Algorithm::ALL.is_sorted_by(|a, b| a < b && a.name() < b.name()));
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.name().parse(), Ok(algorithm));
            assert!(algorithm.name().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        }
    }

    #[test]
    fn spellings_of_others_are_read() {
        use Algorithm::*;
        for (spelt, algorithm) in [
            ("MD5", Md5),
            ("SHA-1", Sha1),
            ("SHA-384", Sha384),
            ("SHA3-384", Sha3_384),
            ("sha3_256", Sha3_256),
            ("sha3-224", Sha3_224),
            ("SHA512-256", Sha512_256),
            ("SHA-512/256", Sha512_256),
            ("sha512_224", Sha512_224),
            ("blake2b", Blake2b512),
            ("BLAKE2b-512", Blake2b512),
            ("blake2b_160", Blake2b160),
            ("blake2s", Blake2s256),
            ("BLAKE2s 256", Blake2s256),
            ("BLAKE3", Blake3),
        ] {
            assert_eq!(spelt.parse(), Ok(algorithm), "{spelt}");
        }
    }

    #[test]
    fn what_no_algorithm_is_called_is_refused_by_the_name_it_had() {
        for name in [
            "",
            "sha",
            "sha3",
            "sha-2",
            "sha2562",
            "shake128",
            "blake2",
            "blake2b8",
            "ｓha256",
            "sha\u{301}1",
        ] {
            assert_eq!(name.parse::<Algorithm>(), Err(UnknownAlgorithm(name.to_owned())), "{name}");
        }
    }
}
