//! A page of which it is known at once that it declares nothing by a name: most are asked for in vain.

use crate::describe::page::Page;
use std::ops::Deref;

/// A page, with what its `meta` elements may be called.
pub(super) struct Indexed<'p> {
    page: Page<'p>,
    /// The bits of all of their names.
    names: [u64; 4],
}

impl<'p> Indexed<'p> {
    pub(super) fn of(page: Page<'p>) -> Self {
        let mut names = [0; 4];
        for (name, _) in &page.metas {
            let (word, bit) = place(name);
            names[word] |= bit;
        }
        Self { page, names }
    }

    /// The content of the first `meta` element of this name.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        if self.may_have(name) { self.page.meta(name) } else { None }
    }

    /// The contents of all `meta` elements of this name.
    pub(super) fn metas(&self, name: &str) -> impl Iterator<Item = &str> {
        let metas = if self.may_have(name) { self.page.metas.as_slice() } else { &[] };
        metas.iter().filter(move |(found, _)| found == name).map(|(_, content)| content.as_ref())
    }

    fn may_have(&self, name: &str) -> bool {
        let (word, bit) = place(name);
        self.names[word] & bit > 0
    }
}

impl<'p> Deref for Indexed<'p> {
    type Target = Page<'p>;

    fn deref(&self) -> &Page<'p> {
        &self.page
    }
}

/// The place of a name among 256 bits, by its length and three of its octets.
fn place(name: &str) -> (usize, u64) {
    let [first, .., last] = name.as_bytes() else { return (0, 1) };
    let middle = name.as_bytes()[name.len() / 2];
    let sum = name.len() * 37 + usize::from(*first) * 5 + usize::from(middle) * 11 + usize::from(*last) * 3;
    (sum / 64 % 4, 1 << (sum % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_is_found() {
        let names = ["og:title", "twitter:title", "title", "author", "author", "", "é", "DC.Date"];
        let metas =
            names.iter().enumerate().map(|(at, name)| ((*name).into(), at.to_string().into())).collect();
        let page = Indexed::of(Page { metas, ..Page::default() });
        for name in names.into_iter().chain(["description", "og:titel"]) {
            let expected: Vec<&str> =
                page.metas.iter().filter(|(found, _)| found == name).map(|(_, content)| &**content).collect();
            assert_eq!(page.metas(name).collect::<Vec<_>>(), expected, "{name}");
            assert_eq!(page.meta(name), expected.first().copied(), "{name}");
        }
    }
}
