//! Leaves, the nodes above them and the root: the tree of RFC 9162 §2.1.1, by SHA-256.

use super::salt::Salt;
use sha2::{Digest as _, Sha256};

/// A leaf, a node or the root.
pub type Hash = [u8; 32];

/// What stands before salt and record in a leaf, lest a leaf be taken for one of another tree.
const LEAF_LABEL: &[u8] = b"bundle-item/v1\0";

/// The leaf of one record: SHA-256 of 0x00, `bundle-item/v1` and NUL, salt, encoded record.
#[must_use]
pub fn leaf(salt: &Salt, encoded: &[u8]) -> Hash {
    let hash = Sha256::new_with_prefix([0]).chain_update(LEAF_LABEL).chain_update(salt);
    hash.chain_update(encoded).finalize().into()
}

/// The node above two others: SHA-256 of 0x01, left, right.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over leaves in their order; that of no leaf is the SHA-256 of nothing (RFC 9162 §2.1.1).
///
/// Takes as many steps as there are leaves, and half of their room.
#[must_use]
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut level: Vec<Hash> = match leaves {
        [] => return Sha256::digest([]).into(),
        [only] => return *only,
        _ => above(leaves).collect(),
    };
    while level.len() > 1 {
        level = above(&level).collect();
    }
    level.first().copied().unwrap_or_default()
}

/// The level above one. An odd one at the end rises as it is, which gives the tree that is split at
/// the largest power of two.
fn above(level: &[Hash]) -> impl Iterator<Item = Hash> {
    level.chunks(2).map(|pair| match pair {
        [left, right] => node(left, right),
        [only] => *only,
        _ => Hash::default(),
    })
}

/// Leaves of a tree over so many records: the next power of two; none where there is no record.
/// `None` where that is beyond 2⁶³.
#[must_use]
pub fn padded(records: u64) -> Option<u64> {
    if records == 0 { Some(0) } else { records.checked_next_power_of_two() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9162 §2.1.1, word for word.
    fn by_the_book(leaves: &[Hash]) -> Hash {
        match leaves.len() {
            0 => Sha256::digest([]).into(),
            1 => leaves[0],
            n => {
                let k = n.next_power_of_two() / 2;
                node(&by_the_book(&leaves[..k]), &by_the_book(&leaves[k..]))
            }
        }
    }

    fn some(leaves: usize) -> Vec<Hash> {
        (0..leaves as u64).map(|n| leaf(&[0; 32], &n.to_be_bytes())).collect()
    }

    #[test]
    fn the_root_is_that_of_the_standard() {
        for count in 0..=70 {
            let leaves = some(count);
            assert_eq!(root_of(&leaves), by_the_book(&leaves), "{count} leaves");
        }
    }

    #[test]
    fn another_crate_comes_to_the_same_root() {
        struct Leaf([u8; 8]);
        impl ct_merkle::HashableLeaf for Leaf {
            fn hash<H: ct_merkle::digest::Update>(&self, hasher: &mut H) {
                hasher.update(LEAF_LABEL);
                hasher.update(&[0; 32]);
                hasher.update(&self.0);
            }
        }
        let mut theirs = ct_merkle::mem_backed_tree::MemoryBackedTree::<Sha256, Leaf>::new();
        for count in 0..=33_u64 {
            let ours = root_of(&some(usize::try_from(count).unwrap()));
            assert_eq!(theirs.root().as_bytes().as_slice(), ours, "{count} leaves");
            theirs.push(Leaf(count.to_be_bytes()));
        }
    }

    #[test]
    fn sizes_beyond_all_memory_are_told() {
        assert_eq!([padded(0), padded(1), padded(9)], [Some(0), Some(1), Some(16)]);
        assert_eq!([padded(1 << 63), padded((1 << 63) + 1)], [Some(1 << 63), None]);
    }
}
