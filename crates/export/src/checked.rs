//! Digests that came with the documents, held against what the single read made of them.

use fixity::{Algorithm, Digest, SumTable};
use provenance::Accession;

/// What came of comparing digests that came with the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Digests that were compared.
    pub digests: u64,
    /// Those that do not agree, by item and list.
    pub disagreements: Vec<Disagreement>,
    pub(crate) by_list: Vec<OfList>,
}

/// What came of one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OfList {
    /// Digests that were compared.
    pub(crate) compared: u64,
    /// Those that agree.
    pub(crate) agreed: u64,
    /// The algorithms by which they do, where they are not the usual ones of their length and nothing
    /// names them.
    pub(crate) otherwise: Vec<Algorithm>,
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
    pub(crate) fn of(accession: &Accession, sums: &SumTable) -> Self {
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

    /// Puts disagreements in their order.
    pub(crate) fn sort(&mut self) {
        self.disagreements.sort_by_key(|one| (one.item, one.list, one.expected.algorithm()));
    }

    /// What came of each list.
    pub(crate) fn by_list(&self) -> &[OfList] {
        &self.by_list
    }
}
