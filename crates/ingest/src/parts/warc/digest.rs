//! Digests that a record states of itself: `sha1:` and letters of base32, as a rule (WARC 1.1, 5.8 and 5.9).

use fixity::{Algorithm, Digest};

/// What a record states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    Digest(Digest),
    /// It cannot be held against anything: an algorithm that fonds does not know, or no digest of it.
    Unknown,
}

impl Stated {
    /// Reads `algorithm:value`, the value in hexadecimal, base32 or base64 (RFC 4648), whichever has that length.
    pub(super) fn read(text: &str) -> Self {
        let read = || {
            let (algorithm, value) = text.split_once(':')?;
            let algorithm: Algorithm = algorithm.parse().ok()?;
            let value = value.trim();
            let letters = value.trim_end_matches('=');
            let octets = algorithm.octets();
            if value.len() == 2 * octets {
                return Digest::from_hex(algorithm, value.as_bytes());
            }
            let (bits, alphabet): (u32, fn(u8) -> Option<u8>) =
                if letters.len() == (octets * 8).div_ceil(5) { (5, base32) } else { (6, base64) };
            if letters.len() != (octets * 8).div_ceil(bits as usize) {
                return None;
            }
            Digest::from_octets(algorithm, &unpacked(letters, bits, alphabet)?)
        };
        read().map_or(Self::Unknown, Self::Digest)
    }

    pub(super) fn algorithm(self) -> Option<Algorithm> {
        match self {
            Self::Digest(digest) => Some(digest.algorithm()),
            Self::Unknown => None,
        }
    }
}

/// Letters of `bits` each as whole octets; bits that are left over are dropped.
fn unpacked(letters: &str, bits: u32, alphabet: fn(u8) -> Option<u8>) -> Option<Vec<u8>> {
    let (mut held, mut count) = (0_u32, 0);
    let mut octets = Vec::with_capacity(64);
    for letter in letters.bytes() {
        held = held << bits | u32::from(alphabet(letter)?);
        count += bits;
        if count >= 8 {
            count -= 8;
            octets.push(u8::try_from(held >> count & 0xFF).ok()?);
            held &= (1 << count) - 1;
        }
    }
    Some(octets)
}

fn base32(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a'),
        b'2'..=b'7' => Some(letter - b'2' + 26),
        _ => None,
    }
}

fn base64(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixity::sum_of;

    #[test]
    fn a_digest_is_read_in_any_of_its_spellings() {
        // printf foobar | sha1sum, and the same by base64.b32encode of Python.
        let sha1 = sum_of(b"foobar", &[Algorithm::Sha1]).digests[0];
        for text in [
            "sha1:RBB5P6JECYQR32PLXFR76THCQESZGKDY",
            "SHA-1:8843d7f92416211de9ebb963ff4ce28125932878",
            "sha1:8843D7F92416211DE9EBB963FF4CE28125932878",
        ] {
            assert_eq!(Stated::read(text), Stated::Digest(sha1), "{text}");
        }
        let sha256 = sum_of(b"", &[Algorithm::Sha256]).digests[0];
        for text in [
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "sha-256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====",
            "sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ] {
            assert_eq!(Stated::read(text), Stated::Digest(sha256), "{text}");
        }
        for text in ["", "sha1", "sha1:", "crc32:00000000", "sha1:0", "md5:zzzz"] {
            assert_eq!(Stated::read(text), Stated::Unknown, "{text}");
        }
    }
}
