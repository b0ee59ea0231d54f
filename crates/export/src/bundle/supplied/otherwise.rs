//! Lists of checksums that name no algorithm: what does not agree by the usual one of that length may
//! agree by another.

use super::super::custody::failed;
use super::super::{Order, cancelled};
use crate::Result;
use crate::checked::{Checked, Disagreement};
use fixity::{Algorithm, Digest, Observer, Pass, Phase, Step};
use provenance::Supplied;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Documents of a list that are summed by all algorithms of a length, the smallest first: if none of these
/// agrees, the list is wrong by any.
const TRIED: usize = 100;
/// Octets read at a time.
const ROOM: usize = 256 << 10;

impl Checked {
    /// Looks again at each list that nothing names an algorithm of and that nothing agrees with: its
    /// documents are read once more, and summed by the other algorithms of that length.
    pub(in crate::bundle) fn look_otherwise(
        &mut self,
        order: &Order<'_>,
        observer: &dyn Observer,
    ) -> Result<()> {
        for &list in &order.accession.guessed {
            let mut by_usual: BTreeMap<Algorithm, Vec<&Supplied>> = BTreeMap::new();
            for supplied in order.accession.supplied.iter().filter(|supplied| supplied.list == list) {
                by_usual.entry(supplied.digest.algorithm()).or_default().push(supplied);
            }
            for (usual, listed) in by_usual {
                let is_of = |one: &&Disagreement| one.list == list && one.expected.algorithm() == usual;
                if self.disagreements.iter().filter(is_of).count() == listed.len() {
                    self.settle(order, (list, usual), listed, observer)?;
                }
            }
        }
        self.sort();
        Ok(())
    }

    /// Finds by what `listed` was summed, and compares all of it by that.
    fn settle(
        &mut self,
        order: &Order<'_>,
        (list, usual): (usize, Algorithm),
        mut listed: Vec<&Supplied>,
        observer: &dyn Observer,
    ) -> Result<()> {
        let is_other = |other: &Algorithm| *other != usual && other.octets() == usual.octets();
        let others: Vec<Algorithm> = Algorithm::ALL.into_iter().filter(is_other).collect();
        if others.is_empty() {
            return Ok(());
        }
        listed.sort_by_key(|one| (order.accession.items[one.item].size_octets, one.item));
        let mut found = None;
        for one in listed.iter().take(TRIED) {
            let sums = sum(order, one.item, &others, observer)?;
            found = sums.iter().find(|sum| sum.octets() == one.digest.octets()).map(Digest::algorithm);
            if found.is_some() {
                break;
            }
        }
        let Some(algorithm) = found else { return Ok(()) };
        self.disagreements.retain(|one| one.list != list || one.expected.algorithm() != usual);
        for one in listed {
            let Some(expected) = Digest::from_octets(algorithm, one.digest.octets()) else { continue };
            for found in sum(order, one.item, &[algorithm], observer)? {
                if found == expected {
                    self.by_list[list].agreed += 1;
                } else {
                    self.disagreements.push(Disagreement { item: one.item, list, expected, found });
                }
            }
        }
        self.by_list[list].otherwise.push(algorithm);
        Ok(())
    }
}

/// Reads a document again.
fn sum(
    order: &Order<'_>,
    item: usize,
    algorithms: &[Algorithm],
    observer: &dyn Observer,
) -> Result<Vec<Digest>> {
    let item = &order.accession.items[item];
    let begun = Step::Began { phase: Phase::Verifying, files: 1, octets: item.size_octets };
    let mut document = order.source.open(item).map_err(|error| failed(item, &error))?;
    let mut pass = Pass::new(algorithms);
    let mut room = vec![0; ROOM];
    let mut step = begun;
    loop {
        if observer.observe(step) == ControlFlow::Break(()) {
            return Err(cancelled());
        }
        match document.read(&mut room) {
            Ok(0) => break,
            Ok(octets) => {
                pass.update(&room[..octets]);
                step = Step::Advanced { files: 0, octets: octets as u64 };
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(item, &error)),
        }
    }
    document.settle().map_err(|error| failed(item, &error))?;
    let _ = observer.observe(Step::Ended);
    Ok(pass.finish().digests)
}
