//! Digests that came with the documents: what they ask of the single read.

mod otherwise;

use super::Order;
use fixity::Algorithm;

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
