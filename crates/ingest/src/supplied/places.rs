//! Finding documents by the paths under which they arrived.

use provenance::name::escape;
use provenance::{Accession, Item};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// The documents of an accession by their raw paths below `data/`.
pub(super) struct Places<'a> {
    items: &'a [Item],
    /// Those that have another path now.
    renamed: HashMap<&'a [u8], usize>,
    left_out: HashSet<&'a str>,
    /// By path in NFC, where that is not plain ASCII and no other has the same; made when first needed.
    normalized: OnceCell<HashMap<String, Option<usize>>>,
}

/// Where a path leads that stands in a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To this item.
    To(usize),
    /// Nowhere: to this raw path below `data/`, where nothing is.
    Nowhere(Vec<u8>),
    /// To what was left out.
    LeftOut,
    /// Out of the folder that the list is about.
    Outside,
}

impl<'a> Places<'a> {
    pub(super) fn of(accession: &'a Accession) -> Self {
        let items = &accession.items[..];
        let renamed =
            (0..).zip(items).filter_map(|(number, item)| Some((item.received_as.as_deref()?, number)));
        let left_out = accession.left_out.iter().map(|left| left.name.as_str());
        Self { items, renamed: renamed.collect(), left_out: left_out.collect(), normalized: OnceCell::new() }
    }

    pub(super) fn count(&self) -> usize {
        self.items.len()
    }

    pub(super) fn item(&self, number: usize) -> &'a Item {
        &self.items[number]
    }

    /// The raw path of an item below `data/`.
    pub(super) fn raw(&self, number: usize) -> &'a [u8] {
        raw(&self.items[number])
    }

    /// Numbers of the items below a folder of the package, such as `data/letters`.
    pub(super) fn below(&self, folder: &str) -> std::ops::Range<usize> {
        // A zero is what follows a slash.
        let before = |bound: String| self.items.partition_point(|item| item.path.as_str() < bound.as_str());
        before(format!("{folder}/"))..before(format!("{folder}0"))
    }

    /// The item at a raw path below `data/`, or the only one whose path is the same text in another
    /// normalization form.
    pub(super) fn find(&self, path: &[u8]) -> Option<usize> {
        self.exactly(path).or_else(|| {
            let text = std::str::from_utf8(path).ok().filter(|text| !text.is_ascii())?;
            let normalized = self.normalized.get_or_init(|| self.normalize());
            normalized.get(&text.nfc().collect::<String>()).copied().flatten()
        })
    }

    fn exactly(&self, path: &[u8]) -> Option<usize> {
        if let Some(&item) = self.renamed.get(path) {
            return Some(item);
        }
        let full = format!("data/{}", std::str::from_utf8(path).ok()?);
        let item = self.items.binary_search_by(|item| item.path.as_str().cmp(&full)).ok()?;
        self.items[item].received_as.is_none().then_some(item)
    }

    fn normalize(&self) -> HashMap<String, Option<usize>> {
        let mut normalized = HashMap::new();
        for (number, item) in self.items.iter().enumerate() {
            if let Ok(text) = std::str::from_utf8(raw(item))
                && !text.is_ascii()
            {
                let entry = normalized.entry(text.nfc().collect()).or_insert(Some(number));
                if *entry != Some(number) {
                    *entry = None;
                }
            }
        }
        normalized
    }

    /// Where `written` leads from the folder `base`, which is a raw path below `data/`, or blank. It is
    /// never followed out of there.
    pub(super) fn lead(&self, base: &[u8], written: &[u8]) -> Leads {
        let Some(path) = plain(written) else { return Leads::Outside };
        let full = |path: Vec<u8>| if base.is_empty() { path } else { [base, b"/", &path[..]].concat() };
        let path = full(path);
        if let Some(item) = self.find(&path) {
            return Leads::To(item);
        }
        // Windows separates otherwise; elsewhere a name may hold a backslash, so this comes second.
        if written.contains(&b'\\') {
            let slashed: Vec<u8> = written.iter().map(|&o| if o == b'\\' { b'/' } else { o }).collect();
            let Some(slashed) = plain(&slashed) else { return Leads::Outside };
            if let Some(item) = self.find(&full(slashed)) {
                return Leads::To(item);
            }
        }
        if self.is_left_out(&path) { Leads::LeftOut } else { Leads::Nowhere(path) }
    }

    /// Whether this, or a folder above it, was left out.
    fn is_left_out(&self, path: &[u8]) -> bool {
        let ends = path.iter().enumerate().filter(|(_, octet)| **octet == b'/').map(|(at, _)| at);
        !self.left_out.is_empty()
            && ends.chain([path.len()]).any(|end| self.left_out.contains(escape(&path[..end]).as_str()))
    }
}

/// Whether a path is not relative on some system.
pub(super) fn is_absolute(path: &[u8]) -> bool {
    matches!(path, [b'/' | b'\\', ..])
        || matches!(path, [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

/// A relative path without `.` and empty components; `None` if it leads out of its folder.
fn plain(written: &[u8]) -> Option<Vec<u8>> {
    if is_absolute(written) {
        return None;
    }
    let components = || written.split(|octet| *octet == b'/');
    if components().any(|component| component == b"..") {
        return None;
    }
    let kept: Vec<&[u8]> = components().filter(|component| !matches!(*component, b"" | b".")).collect();
    Some(kept.join(&b'/'))
}

fn raw(item: &Item) -> &[u8] {
    let path = item.path.as_str();
    item.received_as.as_deref().unwrap_or_else(|| path.strip_prefix("data/").unwrap_or(path).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixity::PayloadPath;

    fn item(path: &str, received_as: Option<&[u8]>) -> Item {
        Item {
            path: PayloadPath::new(path).unwrap(),
            received_as: received_as.map(Into::into),
            size_octets: 0,
            modified: None,
            handle: 0,
            given: Vec::new(),
        }
    }

    #[test]
    fn a_path_leads_to_what_arrived_under_it_or_nowhere() {
        let items = vec![
            item("data/a/=E9", Some(b"a/\xE9")),
            item("data/a/b c.txt", None),
            item("data/a/e\u{301}.txt", None),
            item("data/x", None),
        ];
        let accession = Accession { items, ..Accession::default() };
        let places = Places::of(&accession);
        for (base, written, item) in [
            ("", &b"x"[..], 3),
            ("", b"./a//./b c.txt", 1),
            ("", b"a\\b c.txt", 1),
            ("a", b"b c.txt", 1),
            ("a", b"\xE9", 0),
            ("a", "\u{E9}.txt".as_bytes(), 2),
        ] {
            assert_eq!(places.lead(base.as_bytes(), written), Leads::To(item), "{written:?}");
        }
        for written in [&b"/x"[..], b"../x", b"a/../x", b"C:\\x", b"\\\\host\\x", b"..\\x"] {
            assert_eq!(places.lead(b"a", written), Leads::Outside, "{written:?}");
        }
        // The new name is none that a list could have.
        for written in ["=E9", "x", "B c.txt"] {
            let nowhere = Leads::Nowhere(format!("a/{written}").into_bytes());
            assert_eq!(places.lead(b"a", written.as_bytes()), nowhere);
        }
        assert_eq!(places.below("data/a"), 0..3);
    }
}
