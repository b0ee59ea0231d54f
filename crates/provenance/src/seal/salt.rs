//! The secret of a seal, and the salts that are made of it.
//!
//! A salt hides what its leaf says: without it nobody can try a guess. Whoever has the seed has all of
//! them.

use super::record::Record;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroize;

/// Octets of a seed, and of a salt.
pub const OCTETS: usize = 32;

/// What hides one leaf.
pub type Salt = [u8; OCTETS];

/// What salts are made for, lest a seed be used for anything else.
const SALT_LABEL: &[u8] = b"bundle-salt/v1";
/// The key under which a seed is derived from what is sealed.
const DERIVED_LABEL: &[u8] = b"bundle-derived-seed/v1";

/// 32 octets that open every leaf; wiped from memory when dropped, and never printed.
#[derive(Clone)]
pub struct Seed([u8; OCTETS]);

/// Why a seed cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedFault {
    /// Not the text of a seed.
    #[error("expected 64 digits 0-9 and a-f and a line feed, found something else")]
    Text,
    /// The seed of an earlier revision: unchanged files would have the same leaves in both, and could
    /// be followed from one to the other.
    #[error("expected a new seed, found that of an earlier revision")]
    Reused,
}

impl Seed {
    /// Takes 32 octets that nobody can guess.
    #[must_use]
    pub fn new(octets: [u8; OCTETS]) -> Self {
        Self(octets)
    }

    /// A seed for where the same bundle must come out of the same documents: HMAC-SHA256 with the key
    /// `bundle-derived-seed/v1` over all records, sorted by path, without decoys.
    ///
    /// It is as hard to guess as all sealed files together; whoever knows or guesses every one of them
    /// can make it. Where one file might be guessed while all others are known, draw a seed instead.
    #[must_use]
    pub fn derived<'a>(records: impl Iterator<Item = Record<'a>>) -> Self {
        let mut keyed = keyed(DERIVED_LABEL);
        let mut octets = Vec::new();
        for record in records {
            octets.clear();
            record.encode(&mut octets);
            keyed.update(&octets);
        }
        Self(keyed.finalize().into_bytes().into())
    }

    /// Reads `seal/seed.txt`: 64 lower-case hexadecimal digits and LF.
    ///
    /// # Errors
    /// [`SeedFault::Text`] for anything else.
    pub fn parse(text: &[u8]) -> Result<Self, SeedFault> {
        let digits = text.strip_suffix(b"\n").ok_or(SeedFault::Text)?;
        let mut seed = Self([0; OCTETS]);
        match base16ct::lower::decode(digits, &mut seed.0) {
            Ok(octets) if octets.len() == OCTETS => Ok(seed),
            _ => Err(SeedFault::Text),
        }
    }

    /// The text of `seal/seed.txt`.
    #[must_use]
    pub fn text(&self) -> SeedText {
        let mut text = SeedText([b'\n'; 2 * OCTETS + 1]);
        // Cannot fail: 32 octets are 64 digits.
        let _ = base16ct::lower::encode(&self.0, &mut text.0[..2 * OCTETS]);
        text
    }

    /// The salts that this seed makes.
    #[must_use]
    pub fn salts(&self) -> Salts {
        Salts { keyed: keyed(&self.0) }
    }

    /// Refuses a seed that an earlier revision was sealed with.
    ///
    /// # Errors
    /// [`SeedFault::Reused`].
    pub fn expect_fresh_after(&self, earlier: &Self) -> Result<(), SeedFault> {
        if self.0 == earlier.0 { Err(SeedFault::Reused) } else { Ok(()) }
    }
}

impl Drop for Seed {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// The text of a seed; wiped from memory when dropped.
pub struct SeedText([u8; 2 * OCTETS + 1]);

impl SeedText {
    /// Its octets.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for SeedText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Salts by number.
pub struct Salts {
    keyed: Hmac<Sha256>,
}

impl Salts {
    /// The salt of record number `j`: HMAC-SHA256 with the seed as key over `bundle-salt/v1` and `j` in
    /// 8 octets, big-endian.
    #[must_use]
    pub fn of(&self, j: u64) -> Salt {
        let mut keyed = self.keyed.clone();
        keyed.update(SALT_LABEL);
        keyed.update(&j.to_be_bytes());
        keyed.finalize().into_bytes().into()
    }
}

/// HMAC takes a key of any length (RFC 2104 §2), whatever the type says.
#[expect(clippy::expect_used, reason = "a key of any length is taken")]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("a key of any length is taken")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_seed_has_one_form() {
        let seed = Seed::new(std::array::from_fn(|n| 0xA0 + u8::try_from(n).unwrap()));
        let text = seed.text();
        assert_eq!(text.as_bytes().len(), 65);
        assert!(text.as_bytes().starts_with(b"a0a1a2"));
        assert_eq!(Seed::parse(text.as_bytes()).unwrap().0, seed.0);
        let mut upper = text.as_bytes().to_vec();
        upper[0] = b'A';
        let longer = [text.as_bytes(), b"\n"].concat();
        let odd = [&text.as_bytes()[1..64], b"\n"].concat();
        for wrong in [b"".as_slice(), b"\n", &text.as_bytes()[..64], &upper, &longer, &odd, b"a0\n"] {
            assert_eq!(Seed::parse(wrong).err(), Some(SeedFault::Text), "{wrong:?}");
        }
        assert_eq!(format!("{seed:?}"), "Seed(…)");
    }

    #[test]
    fn a_seed_serves_one_revision_only() {
        let [one, other] = [Seed::new([1; 32]), Seed::new([2; 32])];
        assert_eq!(one.expect_fresh_after(&one.clone()), Err(SeedFault::Reused));
        assert_eq!(one.expect_fresh_after(&other), Ok(()));
    }

    #[test]
    fn a_derived_seed_is_of_all_that_is_sealed() {
        let record = |path, size| Record::of_file(path, size, [3; 32]);
        let seed = |records: &[Record<'_>]| Seed::derived(records.iter().copied()).0;
        let both = [record("bagit.txt", 55), record("data/a", 1)];
        assert_eq!(seed(&both), seed(&both));
        assert_ne!(seed(&both), seed(&both[..1]));
        assert_ne!(seed(&both), seed(&[record("bagit.txt", 55), record("data/a", 2)]));
        assert_ne!(seed(&both), seed(&[record("bagit.txt", 55), record("data/b", 1)]));
    }

    #[test]
    fn every_number_has_its_salt() {
        let salts = Seed::new([7; 32]).salts();
        let all: std::collections::BTreeSet<_> = (0..1000).map(|j| salts.of(j)).collect();
        assert_eq!(all.len(), 1000);
        assert_eq!(salts.of(5), Seed::new([7; 32]).salts().of(5));
        assert_ne!(salts.of(5), Seed::new([8; 32]).salts().of(5));
    }
}
