//! Digests that came with the documents, held against what the single read made of them.

mod otherwise;

use super::Order;
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
        let algorithms = order.summed_by();
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
    by_list: Vec<OfList>,
}

/// What came of one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OfList {
    /// Digests that were compared.
    pub(super) compared: u64,
    /// Those that agree.
    pub(super) agreed: u64,
    /// The algorithms by which they do, where they are not the usual ones of their length and nothing
    /// names them.
    pub(super) otherwise: Vec<Algorithm>,
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
        let mut checked = Self { by_list: vec![OfList::default(); accession.lists.len()], ..Self::default() };
        for supplied in &accession.supplied {
            // Every item was summed by what its lists ask for, or nothing would have been packed.
            let Some(found) = sums.digest(supplied.item, supplied.digest.algorithm()) else { continue };
            checked.digests += 1;
            if let Some(of_list) = checked.by_list.get_mut(supplied.list) {
                of_list.compared += 1;
                of_list.agreed += u64::from(found == supplied.digest);
            }
            if found != supplied.digest {
                let (item, list, expected) = (supplied.item, supplied.list, supplied.digest);
                checked.disagreements.push(Disagreement { item, list, expected, found });
            }
        }
        checked.sort();
        checked
    }

    fn sort(&mut self) {
        self.disagreements.sort_by_key(|one| (one.item, one.list, one.expected.algorithm()));
    }

    /// What came of each list.
    pub(super) fn by_list(&self) -> &[OfList] {
        &self.by_list
    }
}
