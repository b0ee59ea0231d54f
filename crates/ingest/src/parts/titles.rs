//! What pages are called, by their addresses.

use provenance::name::is_harmless;
use std::collections::BTreeMap;

/// Pages whose titles are kept.
const MOST_PAGES: usize = 20_000;
/// Octets of a title or an address.
const LONGEST_VALUE: usize = 1_000;

/// Titles by address.
#[derive(Debug, Default)]
pub(super) struct Titles(BTreeMap<String, Option<String>>);

impl Titles {
    /// The title of what was captured from `url`; `None` where there are several.
    pub(super) fn of(&self, url: &str) -> Option<&str> {
        self.0.get(url)?.as_deref()
    }

    /// Adds one, unless it says nothing or there are too many.
    pub(super) fn add(&mut self, url: &str, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = |text: &str| !text.is_empty() && text.len() <= LONGEST_VALUE && is_harmless(text);
        if !fits(url) || !fits(&title) || self.0.len() >= MOST_PAGES {
            return;
        }
        self.0
            .entry(url.to_owned())
            .and_modify(|known| {
                if known.as_ref() != Some(&title) {
                    *known = None;
                }
            })
            .or_insert(Some(title));
    }
}
