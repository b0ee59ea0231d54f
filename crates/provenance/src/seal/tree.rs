//! The tree over all leaves: that of RFC 9162 §2.1.1, by SHA-256.

use super::multiproof;
use super::record::Record;
use super::salt::{Salt, Seed};
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

/// The tree of a bundle: its leaves, sorted by hash, and which record each is of.
#[derive(Clone, Debug)]
pub struct Tree {
    hashes: Vec<Hash>,
    numbers: Vec<u64>,
}

impl Tree {
    /// Grows a tree over records, sorted by path; decoys are added up to the next power of two. The
    /// salt of the `j`th record, counted from 0, is the `j`th of the seed; decoys follow the records.
    #[must_use]
    pub fn grow<'a>(seed: &Seed, records: impl Iterator<Item = Record<'a>>) -> Self {
        let salts = seed.salts();
        let mut encoded = Vec::new();
        let mut leaves: Vec<(Hash, u64)> = Vec::with_capacity(records.size_hint().0);
        let mut put = |record: &Record<'_>, leaves: &mut Vec<(Hash, u64)>| {
            encoded.clear();
            record.encode(&mut encoded);
            let number = leaves.len() as u64;
            leaves.push((leaf(&salts.of(number), &encoded), number));
        };
        records.for_each(|record| put(&record, &mut leaves));
        // No memory holds half of 2⁶⁴ leaves.
        let size = padded(leaves.len() as u64).unwrap_or(0);
        while (leaves.len() as u64) < size {
            put(&Record::DECOY, &mut leaves);
        }
        leaves.sort_unstable();
        let (hashes, numbers) = leaves.into_iter().unzip();
        Self { hashes, numbers }
    }

    /// The leaves, sorted.
    #[must_use]
    pub fn leaves(&self) -> &[Hash] {
        &self.hashes
    }

    /// How many leaves it has, decoys too.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.hashes.len() as u64
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        root_of(&self.hashes)
    }

    /// The number of the record that each leaf is of, by index; decoys have the numbers behind those of
    /// the records.
    #[must_use]
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// The roots of the maximal subtrees in which no leaf is opened, from left to right. `opened` are
    /// indices of leaves, ascending; those beyond the tree are passed over.
    #[must_use]
    pub fn proof(&self, opened: &[u64]) -> Vec<Hash> {
        multiproof::prove(&self.hashes, opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
    fn a_tree_is_filled_up_to_a_power_of_two_and_sorted() {
        let paths: Vec<String> = (0..13).map(|n| format!("data/{n:02}")).collect();
        for (records, size) in [(0, 0), (1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (13, 16)] {
            let records = paths[..records].iter().map(|path| Record::of_file(path, 1, [1; 32]));
            let tree = Tree::grow(&Seed::new([1; 32]), records);
            assert_eq!(tree.size(), size);
            assert!(tree.leaves().is_sorted_by(|a, b| a < b));
            let mut numbers = tree.numbers().to_vec();
            numbers.sort_unstable();
            assert!(numbers.into_iter().eq(0..size));
        }
    }

    #[test]
    fn a_million_leaves_are_no_trouble() {
        let tree =
            Tree::grow(&Seed::new([2; 32]), (0..600_000_u64).map(|n| Record::of_file("data/x", n, [0; 32])));
        assert_eq!(tree.size(), 1 << 20);
        let opened = [0, 1, 77, 500_000, (1 << 20) - 1];
        let proof = tree.proof(&opened);
        assert!(proof.len() <= 5 * 20, "{}", proof.len());
        let leaves: Vec<_> =
            opened.iter().map(|&n| (n, tree.leaves()[usize::try_from(n).unwrap()])).collect();
        assert_eq!(multiproof::root_from(1 << 20, &leaves, &proof), Ok(tree.root()));
    }

    proptest! {
        #[test]
        fn every_record_counts(count in 1_usize..40, changed in any::<prop::sample::Index>(), seed: [u8; 32]) {
            let records: Vec<_> = (0..count as u64).map(|n| Record::of_file("data/x", n, [0; 32])).collect();
            let mut other = records.clone();
            other[changed.index(count)].sha256[31] ^= 1;
            let seed = Seed::new(seed);
            let root = |records: &[Record<'static>]| Tree::grow(&seed, records.iter().copied()).root();
            prop_assert_eq!(root(&records), root(&records.clone()));
            prop_assert_ne!(root(&records), root(&other));
        }
    }

    #[test]
    fn sizes_beyond_all_memory_are_told() {
        assert_eq!([padded(0), padded(1), padded(9)], [Some(0), Some(1), Some(16)]);
        assert_eq!([padded(1 << 63), padded((1 << 63) + 1)], [Some(1 << 63), None]);
    }
}
