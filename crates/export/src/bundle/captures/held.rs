//! What packages of pages hold: by the parts that were taken out of them and lie beside them.

use super::part::{Held, MHTML, Pages, Part, Seen};
use provenance::id::item_id;
use provenance::{Accession, EventType, Item, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What all packages of an accession hold.
#[derive(Debug, Default)]
pub(super) struct Holdings<'a> {
    /// What was taken out, by the identifier of the item that it was taken out of.
    by_whole: BTreeMap<&'a str, (Pages, bool)>,
    /// Items that were looked into, by path.
    looked_into: BTreeSet<&'a str>,
}

impl<'a> Holdings<'a> {
    /// Gathers them; `seen` tells what each item is.
    pub(super) fn of(accession: &'a Accession, seen: impl Fn(usize) -> Seen<'a>) -> Self {
        let looked_into = accession.arrivals.iter().filter(|arrival| {
            arrival.event_type == EventType::Unpacking
                && (arrival.outcome == Outcome::Success || !arrival.detail.starts_with("not looked through"))
        });
        let looked_into = looked_into.map(|arrival| arrival.object_path.as_str()).collect();
        let mut by_whole: BTreeMap<&str, (Pages, bool)> = BTreeMap::new();
        for (file, item) in accession.items.iter().enumerate() {
            let Some(whole) = item.given.iter().find(|given| given.column == "derived_from") else {
                continue;
            };
            let seen = seen(file);
            let (pages, has_address) = by_whole.entry(&whole.value).or_default();
            let page = match seen.part {
                Part::Page if seen.is_hollow => Pages::Hollow,
                Part::Page => Pages::Some,
                _ => Pages::None,
            };
            *pages = (*pages).max(page);
            *has_address |= !seen.address.is_empty();
        }
        Self { by_whole, looked_into }
    }

    /// What is known of an item that may be a package out of which parts were taken.
    pub(super) fn completed(&self, seen: Seen<'a>, item: &Item) -> Seen<'a> {
        match seen.part {
            Part::Package(kind) if kind != MHTML => Seen { held: self.held_by(item), ..seen },
            _ => seen,
        }
    }

    /// What the package `item` holds.
    fn held_by(&self, item: &Item) -> Held {
        let parts = self.by_whole.get(item_id(item.path.as_str()).as_str());
        match parts {
            Some(&(pages, has_address)) => Held::Looked { pages, has_address },
            None if self.looked_into.contains(item.path.as_str()) => {
                Held::Looked { pages: Pages::None, has_address: false }
            }
            None => Held::Unseen,
        }
    }
}
