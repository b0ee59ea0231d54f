//! A tree of which some leaves are open and, of the rest, only what proves them is known.
//!
//! That is all a disclosure has; it is enough to prove fewer of its leaves, or those of two disclosures
//! together, without the seed.

use super::hash::{Hash, node};
use super::multiproof::{ProofFault, root_from};
use std::collections::BTreeMap;

/// The nodes that leaves and proof of a disclosure lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    size: u64,
    root: Hash,
    /// By first leaf and number of leaves below.
    nodes: BTreeMap<(u64, u64), Hash>,
}

impl Partial {
    /// Of opened leaves (index and leaf) and the hashes that prove them; see [`root_from`].
    ///
    /// # Errors
    /// If these are no proof. That the root is the right one is left to the caller.
    pub fn of(size: u64, opened: &[(u64, Hash)], proof: &[Hash]) -> Result<Self, ProofFault> {
        let root = root_from(size, opened, proof)?;
        let mut nodes = BTreeMap::new();
        if size > 0 {
            note(0, size, opened, &mut proof.iter(), &mut nodes);
        }
        Ok(Self { size, root, nodes })
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root
    }

    /// Takes in what another one of the same tree knows; `false` if it is of another tree.
    #[must_use]
    pub fn take_in(&mut self, other: Self) -> bool {
        let is_same = self.size == other.size && self.root == other.root;
        if is_same {
            self.nodes.extend(other.nodes);
        }
        is_same
    }

    /// The proof of the leaves at `opened`, ascending; `None` if one of them is not known.
    #[must_use]
    pub fn proof(&self, opened: &[u64]) -> Option<Vec<Hash>> {
        let mut proof = Vec::new();
        if self.size > 0 {
            self.withheld(0, self.size, opened, &mut proof)?;
        }
        Some(proof)
    }

    /// At most 64 deep.
    fn withheld(&self, begin: u64, size: u64, opened: &[u64], proof: &mut Vec<Hash>) -> Option<()> {
        if opened.is_empty() || size == 1 {
            let known = self.nodes.get(&(begin, size))?;
            if opened.is_empty() {
                proof.push(*known);
            }
            return Some(());
        }
        let left = left_of(size);
        let (before, behind) = opened.split_at(opened.partition_point(|&index| index < begin + left));
        self.withheld(begin, left, before, proof)?;
        self.withheld(begin + left, size - left, behind, proof)
    }
}

/// The largest power of two below the size, which is more than 1 (RFC 9162 §2.1.1).
fn left_of(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// Notes every node that is known below one; its root. Leaves and proof fit, as was found before.
fn note(
    begin: u64,
    size: u64,
    opened: &[(u64, Hash)],
    rest: &mut std::slice::Iter<'_, Hash>,
    nodes: &mut BTreeMap<(u64, u64), Hash>,
) -> Hash {
    let root = match opened {
        [] => rest.next().copied().unwrap_or_default(),
        [(_, leaf), ..] if size == 1 => *leaf,
        _ => {
            let left = left_of(size);
            let middle = begin + left;
            let (before, behind) = opened.split_at(opened.partition_point(|&(index, _)| index < middle));
            let left_root = note(begin, left, before, rest, nodes);
            node(&left_root, &note(middle, size - left, behind, rest, nodes))
        }
    };
    nodes.insert((begin, size), root);
    root
}

#[cfg(test)]
mod tests {
    use super::super::hash::{leaf, root_of};
    use super::super::multiproof::prove;
    use super::*;

    fn sorted(count: usize) -> Vec<Hash> {
        let mut leaves: Vec<Hash> = (0..count as u64).map(|n| leaf(&[3; 32], &n.to_be_bytes())).collect();
        leaves.sort_unstable();
        leaves
    }

    fn chosen(leaves: &[Hash], choice: u32) -> (Vec<u64>, Vec<(u64, Hash)>) {
        let which: Vec<u64> = (0..leaves.len() as u64).filter(|n| choice >> n & 1 == 1).collect();
        let opened = which.iter().map(|&index| (index, leaves[usize::try_from(index).unwrap()])).collect();
        (which, opened)
    }

    fn partial(leaves: &[Hash], choice: u32) -> Partial {
        let (which, opened) = chosen(leaves, choice);
        Partial::of(leaves.len() as u64, &opened, &prove(leaves, &which)).unwrap()
    }

    #[test]
    fn narrowed_and_joined_proofs_are_those_of_the_whole_tree() {
        for count in 0..=7_usize {
            let leaves = sorted(count);
            for one in 0..1_u32 << count {
                let part = partial(&leaves, one);
                assert_eq!(part.root(), root_of(&leaves));
                for other in 0..1_u32 << count {
                    let (which, _) = chosen(&leaves, other);
                    let narrowed = part.proof(&which);
                    if other & !one == 0 {
                        assert_eq!(narrowed, Some(prove(&leaves, &which)), "{other} of {one} of {count}");
                    }
                    let mut both = part.clone();
                    assert!(both.take_in(partial(&leaves, other)));
                    let (union, _) = chosen(&leaves, one | other);
                    assert_eq!(
                        both.proof(&union),
                        Some(prove(&leaves, &union)),
                        "{one} and {other} of {count}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_not_known_is_not_proved() {
        let leaves = sorted(8);
        assert_eq!(partial(&leaves, 0b0000_0001).proof(&[7]), None);
        assert_eq!(partial(&leaves, 0).proof(&[0]), None);
        assert!(!partial(&leaves, 1).take_in(partial(&sorted(4), 1)));
    }
}
