//! Which document a path in a list means: from `data/` on or from its source on, as it arrived or as it
//! is called now.

use provenance::Item;
use provenance::name::{escape, excerpt};
use std::collections::HashMap;

/// Items by text; two for a text that means two.
type Index = HashMap<String, (usize, Option<usize>)>;

pub(super) struct Paths<'a> {
    items: &'a [Item],
    /// From `data/` on.
    whole: Option<Index>,
    /// From the source on.
    below: Option<Index>,
}

impl<'a> Paths<'a> {
    /// Decides by all paths of a list together: where all of them can be read in one of the two ways
    /// only, they are read in that way.
    pub(super) fn of(items: &'a [Item], paths: &[&str]) -> Self {
        let (mut whole, mut below) = (Index::new(), Index::new());
        for (number, item) in items.iter().enumerate() {
            let path = item.path.as_str();
            let mut names = vec![path.strip_prefix("data/").unwrap_or(path).to_owned()];
            if let Some(raw) = item.received_as.as_deref() {
                names.extend(std::str::from_utf8(raw).map(str::to_owned));
                names.push(escape(raw));
            }
            for name in names {
                add(&mut whole, format!("data/{name}"), number);
                add(&mut below, name, number);
            }
        }
        let all = |index: &Index| paths.iter().all(|path| index.contains_key(trimmed(path)));
        match (all(&whole), all(&below)) {
            (true, false) => Self { items, whole: Some(whole), below: None },
            (false, true) => Self { items, whole: None, below: Some(below) },
            _ => Self { items, whole: Some(whole), below: Some(below) },
        }
    }

    /// The one item that is meant.
    pub(super) fn find(&self, path: &str) -> Result<usize, String> {
        let shown = excerpt(path.as_bytes());
        if path.trim().is_empty() {
            return Err("expected a path, found none".to_owned());
        }
        let meant =
            [&self.whole, &self.below].into_iter().flatten().filter_map(|index| index.get(trimmed(path)));
        let mut meant: Vec<usize> = meant.flat_map(|(one, other)| [Some(*one), *other]).flatten().collect();
        meant.sort_unstable();
        meant.dedup();
        match meant[..] {
            [] => Err(format!("expected the path of a document, found `{shown}`, which is none")),
            [one] => Ok(one),
            [one, other, ..] => Err(format!(
                "expected the path of one document, found `{shown}`, which may mean `{}` or `{}`",
                self.items[one].path, self.items[other].path
            )),
        }
    }
}

fn add(index: &mut Index, name: String, number: usize) {
    let entry = index.entry(name).or_insert((number, None));
    if entry.0 != number {
        entry.1 = Some(number);
    }
}

fn trimmed(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}
