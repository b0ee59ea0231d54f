//! A page of which it is known at once that it declares nothing by a name: most are asked for in vain.

use crate::describe::page::Page;
use std::ops::Deref;

/// A page, with what its `meta` elements may be called.
pub(super) struct Indexed<'p> {
    page: Page<'p>,
    /// The bits of all of their names.
    names: u64,
}

impl<'p> Indexed<'p> {
    pub(super) fn of(page: Page<'p>) -> Self {
        let names = page.metas.iter().fold(0, |names, (name, _)| names | bit(name));
        Self { page, names }
    }

    /// The content of the first `meta` element of this name.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas(name).next()
    }

    /// The contents of all `meta` elements of this name.
    pub(super) fn metas(&self, name: &str) -> impl Iterator<Item = &str> {
        let metas = if self.names & bit(name) > 0 { self.page.metas.as_slice() } else { &[] };
        metas.iter().filter(move |(found, _)| found == name).map(|(_, content)| content.as_str())
    }
}

impl<'p> Deref for Indexed<'p> {
    type Target = Page<'p>;

    fn deref(&self) -> &Page<'p> {
        &self.page
    }
}

/// One of 64 bits for a name, by its length and three of its octets.
fn bit(name: &str) -> u64 {
    let octets = name.as_bytes();
    let at = |place: usize| octets.get(place).map_or(0, |octet| usize::from(*octet));
    let (middle, last) = (at(octets.len() / 2), at(octets.len().saturating_sub(1)));
    1 << ((octets.len() * 3 + at(0) * 5 + middle * 11 + last * 7) % 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_is_found() {
        let names = ["og:title", "twitter:title", "title", "author", "author", "", "é", "DC.Date"];
        let metas = names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at.to_string())).collect();
        let page = Indexed::of(Page { metas, ..Page::default() });
        for name in names.into_iter().chain(["description", "og:titel"]) {
            let expected: Vec<&str> =
                page.metas.iter().filter(|(found, _)| found == name).map(|(_, content)| &**content).collect();
            assert_eq!(page.metas(name).collect::<Vec<_>>(), expected, "{name}");
            assert_eq!(page.meta(name), expected.first().copied(), "{name}");
        }
    }
}
