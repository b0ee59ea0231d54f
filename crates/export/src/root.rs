//! The root of a seal, out of the digests of all files.

use fixity::Digest;
use provenance::seal::{Record, Root, Seed, Tree};

/// The octets of a SHA-256.
pub(crate) fn octets_of(digest: &Digest) -> Option<[u8; 32]> {
    digest.octets().try_into().ok()
}

/// The root over records that are sorted by path, and the text of its seed.
pub(crate) fn grow(bundle: &str, seed: Option<&Seed>, records: &[Record<'_>]) -> (Root, Vec<u8>) {
    let records = || records.iter().copied();
    let derived;
    let seed = if let Some(seed) = seed {
        seed
    } else {
        derived = Seed::derived(records());
        &derived
    };
    let tree = Tree::grow(seed, records());
    let root = Root { bundle: bundle.to_owned(), size: tree.size(), hash: tree.root() };
    (root, seed.text().as_bytes().to_vec())
}
