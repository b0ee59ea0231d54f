//! Proof that some leaves are in a tree, without the others.
//!
//! It is the roots of the maximal subtrees in which nothing is opened, from left to right. Of a tree
//! there is one proof for a set of leaves, and whatever else is handed over is refused. The crate
//! `ct-merkle` proves single leaves only; it is an oracle of the tests here.

use super::hash::{Hash, node, root_of};

/// Why leaves and nodes are no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// An index that is not above the one before.
    #[error("expected indices that ascend, found another order or one twice")]
    Order,
    /// An index that the tree does not have.
    #[error("expected indices below the size of the tree, found one beyond")]
    Index,
    /// A leaf that is not above the one before: leaves are sorted by hash.
    #[error("expected leaves sorted by hash, found another order")]
    Leaves,
    /// Fewer nodes than the proof needs.
    #[error("expected more hashes in the proof, found its end")]
    Missing,
    /// More nodes than the proof needs.
    #[error("expected fewer hashes in the proof, found some that it does not need")]
    Unused,
}

/// The proof of the leaves at `opened` (ascending; those beyond the tree are passed over). Of an empty
/// tree it is empty; where nothing is opened it is the root alone.
#[must_use]
pub fn prove(leaves: &[Hash], opened: &[u64]) -> Vec<Hash> {
    let mut nodes = Vec::new();
    if !leaves.is_empty() {
        withheld(leaves, 0, opened, &mut nodes);
    }
    nodes
}

/// As deep as the tree: each step halves it.
fn withheld(leaves: &[Hash], begin: u64, opened: &[u64], nodes: &mut Vec<Hash>) {
    let end = begin + leaves.len() as u64;
    let here = |&index: &u64| (begin..end).contains(&index);
    if !opened.iter().any(here) {
        nodes.push(root_of(leaves));
    } else if leaves.len() > 1 {
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        let middle = begin + left.len() as u64;
        let (before, behind) = opened.split_at(opened.partition_point(|&index| index < middle));
        withheld(left, begin, before, nodes);
        withheld(right, middle, behind, nodes);
    }
}

/// The root of a tree of `size` leaves that has `opened` (index and leaf) and, beside them, the
/// subtrees whose roots are `nodes`.
///
/// Takes as many steps as there are opened leaves, each times the depth of the tree, whatever `size`
/// claims. Without a leaf and of size 0 the root is that of the empty tree.
///
/// # Errors
/// If these are no proof; see [`ProofFault`]. That the root is the right one is left to the caller.
pub fn root_from(size: u64, opened: &[(u64, Hash)], nodes: &[Hash]) -> Result<Hash, ProofFault> {
    if !opened.is_sorted_by(|(a, _), (b, _)| a < b) {
        return Err(ProofFault::Order);
    }
    if opened.last().is_some_and(|&(index, _)| index >= size) {
        return Err(ProofFault::Index);
    }
    if !opened.is_sorted_by(|(_, a), (_, b)| a < b) {
        return Err(ProofFault::Leaves);
    }
    let mut rest = nodes.iter();
    let root = if size == 0 { root_of(&[]) } else { joined(0, size, opened, &mut rest)? };
    if rest.len() > 0 { Err(ProofFault::Unused) } else { Ok(root) }
}

/// The root of the subtree of `size` leaves from `begin` on; at most 64 deep.
fn joined(
    begin: u64,
    size: u64,
    opened: &[(u64, Hash)],
    rest: &mut std::slice::Iter<'_, Hash>,
) -> Result<Hash, ProofFault> {
    match opened {
        [] => rest.next().copied().ok_or(ProofFault::Missing),
        [(_, leaf), ..] if size == 1 => Ok(*leaf),
        _ => {
            // The largest power of two below the size (RFC 9162 §2.1.1).
            let left = 1 << (size - 1).ilog2();
            let middle = begin + left;
            let (before, behind) = opened.split_at(opened.partition_point(|&(index, _)| index < middle));
            let left_root = joined(begin, left, before, rest)?;
            let right_root = joined(middle, size - left, behind, rest)?;
            Ok(node(&left_root, &right_root))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::leaf;
    use super::*;
    use proptest::prelude::*;

    fn sorted(count: usize) -> Vec<Hash> {
        let mut leaves: Vec<Hash> = (0..count as u64).map(|n| leaf(&[3; 32], &n.to_be_bytes())).collect();
        leaves.sort_unstable();
        leaves
    }

    fn opened(leaves: &[Hash], which: &[u64]) -> Vec<(u64, Hash)> {
        which.iter().map(|&index| (index, leaves[usize::try_from(index).unwrap()])).collect()
    }

    #[test]
    fn every_choice_of_leaves_is_proved_and_by_nothing_else() {
        for count in 0..=9_usize {
            let leaves = sorted(count);
            let root = root_of(&leaves);
            for choice in 0..1_u32 << count {
                let which: Vec<u64> = (0..count as u64).filter(|n| choice >> n & 1 == 1).collect();
                let (open, nodes) = (opened(&leaves, &which), prove(&leaves, &which));
                let size = count as u64;
                assert_eq!(root_from(size, &open, &nodes), Ok(root), "{which:?} of {count}");
                let longer = [&nodes[..], &[[5; 32]]].concat();
                assert_eq!(root_from(size, &open, &longer), Err(ProofFault::Unused));
                if let Some((_, shorter)) = nodes.split_last() {
                    assert_eq!(root_from(size, &open, shorter), Err(ProofFault::Missing));
                }
            }
        }
    }

    #[test]
    fn leaves_in_any_other_order_are_refused() {
        let leaves = sorted(8);
        let nodes = prove(&leaves, &[2, 5]);
        let [(a, x), (b, y)] = [(2, leaves[2]), (5, leaves[5])];
        assert_eq!(root_from(8, &[(b, y), (a, x)], &nodes), Err(ProofFault::Order));
        assert_eq!(root_from(8, &[(a, x), (a, x)], &nodes), Err(ProofFault::Order));
        assert_eq!(root_from(8, &[(a, y), (b, x)], &nodes), Err(ProofFault::Leaves));
        assert_eq!(root_from(8, &[(a, x), (b, x)], &nodes), Err(ProofFault::Leaves));
        assert_eq!(root_from(8, &[(a, x), (8, y)], &nodes), Err(ProofFault::Index));
        assert_eq!(root_from(0, &[(a, x)], &[]), Err(ProofFault::Index));
    }

    #[test]
    fn a_node_is_no_leaf() {
        let leaves = sorted(4);
        let inner = node(&leaves[0], &leaves[1]);
        // A tree of two "leaves" has the same root: the size that the root's text states refuses it.
        let right = node(&leaves[2], &leaves[3]);
        assert_eq!(root_from(2, &[(0, inner)], &[right]), Ok(root_of(&leaves)));
        assert_ne!(root_from(4, &[(0, inner)], &[right]), Ok(root_of(&leaves)));
        assert_ne!(root_from(4, &[(0, inner)], &[leaves[1], right]), Ok(root_of(&leaves)));
    }

    #[test]
    fn a_size_that_claims_the_most_costs_little() {
        let open = [(u64::MAX - 1, [9; 32])];
        assert_eq!(root_from(u64::MAX, &open, &[]), Err(ProofFault::Missing));
        assert!(root_from(u64::MAX, &open, &[[1; 32]; 63]).is_ok());
        assert_eq!(root_from(u64::MAX, &[], &[[1; 32]]), Ok([1; 32]));
    }

    proptest! {
        #[test]
        fn a_flipped_bit_anywhere_gives_another_root(count in 2_usize..40, choice: u64, at: prop::sample::Index, bit in 0_u8..8) {
            let leaves = sorted(count);
            let which: Vec<u64> = (0..count as u64).filter(|n| choice >> n & 1 == 1).collect();
            let (mut open, mut nodes) = (opened(&leaves, &which), prove(&leaves, &which));
            let at = at.index(32 * (open.len() + nodes.len()));
            match open.get_mut(at / 32) {
                Some((_, leaf)) => leaf[at % 32] ^= 1 << bit,
                None => nodes[at / 32 - which.len()][at % 32] ^= 1 << bit,
            }
            prop_assert_ne!(root_from(count as u64, &open, &nodes), Ok(root_of(&leaves)));
        }
    }
}
