//! The tree over all leaves of a bundle.

use super::hash::{Hash, leaf, padded, root_of};
use super::multiproof;
use super::record::Record;
use super::salt::Seed;

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
}
