//! Digests that came with the documents, held against what the single read made of them.

use super::Order;
use super::tags::with_sha256;
use fixity::{Algorithm, Digest, SumTable};
use provenance::Accession;

/// By what the documents are summed: by the algorithms of the bundle and SHA-256 all of them, and by what
/// lists of checksums ask for besides only those that they list so.
pub(super) struct Asked {
    /// The bundle's own first.
    pub(super) algorithms: Vec<Algorithm>,
    own: usize,
    /// Whether a list asks for more, by item; empty where none does.
    more: Vec<bool>,
}

impl Asked {
    pub(super) fn of(order: &Order<'_>) -> Self {
        let algorithms = with_sha256(order.algorithms);
        let own = algorithms.len();
        let mut asked = Self { algorithms, own, more: Vec::new() };
        for supplied in &order.accession.supplied {
            let algorithm = supplied.digest.algorithm();
            if asked.algorithms[..own].contains(&algorithm) {
                continue;
            }
            if !asked.algorithms.contains(&algorithm) {
                asked.algorithms.push(algorithm);
            }
            asked.more.resize(order.accession.items.len(), false);
            if let Some(more) = asked.more.get_mut(supplied.item) {
                *more = true;
            }
        }
        asked
    }

    /// By how many of the algorithms an item is summed, from the first on.
    pub(super) fn count(&self, item: usize) -> usize {
        let is_more = self.more.get(item).copied().unwrap_or(false);
        if is_more { self.algorithms.len() } else { self.own }
    }
}

/// What came of comparing digests that came with the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Digests that were compared.
    pub digests: u64,
    /// Those that do not agree, by item and list.
    pub disagreements: Vec<Disagreement>,
    /// Of each list how many were compared, and how many of these agree.
    pub(super) by_list: Vec<(u64, u64)>,
}

/// A document that is not what a list of checksums says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Number of the item in the accession.
    pub item: usize,
    /// Number of the list in [`Accession::lists`].
    pub list: usize,
    /// What the list says.
    pub expected: Digest,
    /// What the document sums to.
    pub found: Digest,
}

impl Checked {
    /// Digests that agree.
    #[must_use]
    pub fn agreed(&self) -> u64 {
        self.digests - self.disagreements.len() as u64
    }

    /// Lists that were read.
    #[must_use]
    pub fn lists(&self) -> u64 {
        self.by_list.len() as u64
    }

    /// Compares every digest that came with the documents.
    pub(super) fn of(accession: &Accession, sums: &SumTable) -> Self {
        let mut checked = Self { by_list: vec![(0, 0); accession.lists.len()], ..Self::default() };
        for supplied in &accession.supplied {
            // Every item was summed by what its lists ask for, or nothing would have been packed.
            let Some(found) = sums.digest(supplied.item, supplied.digest.algorithm()) else { continue };
            checked.digests += 1;
            if let Some((compared, agreed)) = checked.by_list.get_mut(supplied.list) {
                *compared += 1;
                *agreed += u64::from(found == supplied.digest);
            }
            if found != supplied.digest {
                let (item, list, expected) = (supplied.item, supplied.list, supplied.digest);
                checked.disagreements.push(Disagreement { item, list, expected, found });
            }
        }
        let key = |one: &Disagreement| (one.item, one.list, one.expected.algorithm());
        checked.disagreements.sort_by_key(key);
        checked
    }

    /// Of one list: digests compared, and those that agree.
    pub(super) fn of_list(&self, list: usize) -> (u64, u64) {
        self.by_list.get(list).copied().unwrap_or_default()
    }
}
