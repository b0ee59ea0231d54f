//! Which documents were made from which, as the column `derived_from` has it.

use super::Source;
use super::recorded::Wanted;
use crate::Result;
use fixity::Observer;
use std::collections::HashMap;

/// The documents that others were made from, by their `item_id`.
///
/// A person types these identifiers: one that is of no document of the bundle is not followed.
pub(super) struct Derived {
    paths: HashMap<String, String>,
    /// How many documents name something else.
    pub(super) unknown: u64,
}

impl Derived {
    /// Looks through `manifest.csv`.
    ///
    /// # Errors
    /// If it breaks its rules, or the observer asked to stop.
    pub(super) fn of(source: &Source<'_>, observer: &dyn Observer) -> Result<Self> {
        let mut named: HashMap<String, Option<String>> = HashMap::new();
        let mut wanted = Wanted::by(observer);
        source.rows(&mut |row| {
            let from = row.description.get("derived_from").unwrap_or_default();
            if is_item_id(from) && !named.contains_key(from) {
                named.insert(from.to_owned(), None);
            }
            wanted.still()
        })?;
        let mut unknown = 0;
        if !named.is_empty() {
            source.rows(&mut |row| {
                if let Some(path) = named.get_mut(row.item_id) {
                    *path = Some(row.path.to_owned());
                }
                wanted.still()
            })?;
        }
        source.rows(&mut |row| {
            let from = row.description.get("derived_from").unwrap_or_default();
            let is_known = named.get(from).is_some_and(Option::is_some);
            unknown += u64::from(!from.is_empty() && !is_known);
            wanted.still()
        })?;
        let paths = named.into_iter().filter_map(|(id, path)| Some((id, path?))).collect();
        Ok(Self { paths, unknown })
    }

    /// Nothing was made from anything.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self { paths: HashMap::new(), unknown: 0 }
    }

    /// The path of the document with this `item_id`, if another was made from it.
    pub(super) fn path(&self, item_id: &str) -> Option<&str> {
        self.paths.get(item_id).map(String::as_str)
    }

    /// What is to be said of what was not followed.
    pub(super) fn remark(&self) -> Option<String> {
        (self.unknown > 0).then(|| {
            format!(
                "{} document(s) say in `derived_from` something that is no `item_id` of this bundle: expected \
                 one such as `item-8dae6d5794cd4ab9`; no relation was written for them",
                self.unknown
            )
        })
    }
}

/// `item-` and 16 hexadecimal digits: so that no cell is kept that cannot be one.
fn is_item_id(text: &str) -> bool {
    text.strip_prefix("item-")
        .is_some_and(|digits| digits.len() == 16 && digits.bytes().all(|octet| octet.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::is_item_id;

    #[test]
    fn an_identifier_has_one_form() {
        assert!(is_item_id("item-8dae6d5794cd4ab9"));
        for text in
            ["", "item-", "item-8dae6d5794cd4ab", "item-8dae6d5794cd4ab9a", "item-8dae6d5794cd4abg", "x"]
        {
            assert!(!is_item_id(text), "{text}");
        }
    }
}
