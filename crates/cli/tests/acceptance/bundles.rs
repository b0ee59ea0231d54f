//! Bundles that many tests begin with.

use crate::outcome::Outcome;
use crate::place::Place;
use crate::trees;

/// The time that stands for now in tests.
pub const AT: &str = "--at 2026-11-22T10:00:00Z";

impl Place {
    /// Packs `source` into `target` at the fixed time.
    #[track_caller]
    pub fn bundle(&self, source: &str, target: &str) -> Outcome {
        let outcome = self.run(&format!("bundle {AT} -o {target}")).with(source).go();
        outcome.ends(0);
        outcome
    }
}

/// A few letters, packed into `target`, which is a directory or a ZIP.
pub fn packed_letters(target: &str) -> Place {
    let place = Place::new();
    trees::letters(&place);
    place.bundle("letters", target);
    place
}
