//! Lists whose paths begin further up than where their documents lie: below which folder they are of these.

use super::places::{Leads, Places, is_absolute};
use crate::checklist::Listed;
use std::collections::HashMap;

/// Folders of a path that are tried, from its beginning on.
const DEEPEST: usize = 64;
/// Lines of a list by which the folder is found.
const MOST: usize = 10_000;

/// The folder that a list was made of, as its paths begin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Above(Vec<Vec<u8>>);

impl Above {
    /// The rest of a path that begins so.
    pub(super) fn strip(&self, path: &[u8]) -> Option<Vec<u8>> {
        let mut rest = components(path);
        for folder in &self.0 {
            if rest.next()? != &folder[..] {
                return None;
            }
        }
        let rest: Vec<&[u8]> = rest.collect();
        (!rest.is_empty()).then(|| rest.join(&b'/'))
    }

    /// The one folder below which the most of the absolute paths are of documents; `None` if there are
    /// several such, or none.
    pub(super) fn of_absolute(listed: &[Listed], base: &[u8], places: &Places<'_>) -> Option<Self> {
        only_best(counts(listed, base, places, is_absolute)).map(|(above, _)| above)
    }

    /// The same of relative paths; `None` if at least as many are of documents as they stand. With
    /// `is_among`, more than half of them have to be: whoever made a list where it lies began there.
    pub(super) fn of_relative(
        listed: &[Listed],
        base: &[u8],
        places: &Places<'_>,
        is_among: bool,
    ) -> Option<Self> {
        let leads_out = |path: &[u8]| components(path).any(|component| component == b"..");
        let is_asked = |path: &[u8]| !is_absolute(path) && !leads_out(path);
        let mut counts = counts(listed, base, places, is_asked);
        let as_they_stand = counts.remove(&Self::default()).unwrap_or(0);
        let asked = listed.iter().take(MOST).filter(|entry| is_asked(&entry.path)).count();
        let (above, count) = only_best(counts)?;
        let is_enough =
            if is_among { as_they_stand == 0 && 2 * count > asked } else { count > as_they_stand };
        is_enough.then_some(above)
    }
}

/// Of each folder how many paths are of documents if they begin below it.
fn counts(
    listed: &[Listed],
    base: &[u8],
    places: &Places<'_>,
    is_asked: impl Fn(&[u8]) -> bool,
) -> HashMap<Above, usize> {
    let mut counts: HashMap<Above, usize> = HashMap::new();
    for entry in listed.iter().take(MOST).filter(|entry| is_asked(&entry.path)) {
        let components: Vec<&[u8]> = components(&entry.path).collect();
        for folders in 0..components.len().min(DEEPEST) {
            let (above, rest) = components.split_at(folders);
            if matches!(places.lead(base, &rest.join(&b'/')), Leads::To(_)) {
                let above = Above(above.iter().map(|folder| folder.to_vec()).collect());
                *counts.entry(above).or_default() += 1;
            }
        }
    }
    counts
}

/// The one that counts most, unless another counts as much.
fn only_best(counts: HashMap<Above, usize>) -> Option<(Above, usize)> {
    let most = counts.values().copied().max()?;
    let mut best = counts.into_iter().filter(|(_, count)| *count == most);
    let only = best.next()?;
    best.next().is_none().then_some(only)
}

fn components(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|octet| matches!(octet, b'/' | b'\\')).filter(|component| !matches!(*component, b"" | b"."))
}
