//! Which document a row means where a sheet has identifiers: an identifier is made of the path of its
//! document, so that both name the same one, or the row names none.

use super::paths::{Meant, Paths, trimmed};
use super::record::Record;
use provenance::Item;
use provenance::id::item_id;
use provenance::name::excerpt;
use std::collections::HashMap;

/// Items by their identifiers.
pub(super) struct Identified<'a> {
    items: &'a [Item],
    ids: HashMap<String, usize>,
}

impl<'a> Identified<'a> {
    pub(super) fn of(items: &'a [Item]) -> Self {
        let id = |(number, item): (usize, &Item)| (item_id(item.path.as_str()).as_str().to_owned(), number);
        Self { items, ids: items.iter().enumerate().map(id).collect() }
    }

    /// Whether an identifier is that of a document that is here.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// What a row means, never by a name alone.
    pub(super) fn find(&self, record: &Record, paths: &Paths) -> Meant {
        let (id, path) = (record.item_id.as_str(), record.path.as_str());
        if id.is_empty() {
            return paths.exact(path);
        }
        let Some(&item) = self.ids.get(id) else { return Self::unknown(record, paths, self.items) };
        let its_path = self.items[item].path.as_str();
        if path.is_empty() || trimmed(path) == its_path || paths.exact(path) == Meant::Item(item) {
            return Meant::Item(item);
        }
        let shown = excerpt(path.as_bytes());
        Meant::Unclear(format!("expected the path of `{its_path}`, which its item_id names, found `{shown}`"))
    }

    /// What a row with the identifier of no document that is here means: such a document may have been
    /// renamed on its way, so that its identifier is still that of its path in the sheet.
    fn unknown(record: &Record, paths: &Paths, items: &[Item]) -> Meant {
        let (id, path) = (record.item_id.as_str(), record.path.as_str());
        match paths.exact_from_data(path) {
            Meant::Item(item) if item_id(trimmed(path)).as_str() != id => Meant::Unclear(format!(
                "expected the item_id of `{}`, found `{}`: blank it where the path is right",
                items[item].path,
                excerpt(id.as_bytes())
            )),
            // What was a document once may be a folder now.
            Meant::Folder => Meant::Nothing,
            meant => meant,
        }
    }
}
