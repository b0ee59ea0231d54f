//! Which document a path in a list means: from `data/` on or from its source on, as it arrived or as it
//! is called now; else by its name alone, where only one document has it.

use provenance::Item;
use provenance::name::{escape, excerpt};
use std::collections::HashMap;

/// Items by text; two for a text that means two.
type Index = HashMap<String, (usize, Option<usize>)>;

/// What other systems put before the paths of documents.
const ELSEWHERE: [&str; 2] = ["data/objects/", "objects/"];

pub(super) struct Paths<'a> {
    items: &'a [Item],
    /// From `data/` on.
    whole: Option<Index>,
    /// From the source on.
    below: Option<Index>,
    /// By the name alone.
    names: Index,
}

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// This item.
    Item(usize),
    /// This item, as its name alone tells.
    ByName(usize),
    /// A folder in which items are, or all of them.
    Folder,
    /// Nothing that is here.
    Nothing,
    /// One of two, in words.
    Several(String),
}

impl<'a> Paths<'a> {
    /// Decides by all paths of a list together: where all of them can be read in one of the two ways
    /// only, they are read in that way.
    pub(super) fn of(items: &'a [Item], paths: &[&str]) -> Self {
        let (mut whole, mut below, mut names) = (Index::new(), Index::new(), Index::new());
        for (number, item) in items.iter().enumerate() {
            let path = item.path.as_str();
            let mut called = vec![path.strip_prefix("data/").unwrap_or(path).to_owned()];
            if let Some(raw) = item.received_as.as_deref() {
                called.extend(std::str::from_utf8(raw).map(str::to_owned));
                called.push(escape(raw));
            }
            for name in called {
                add(&mut names, base(&name).to_owned(), number);
                add(&mut whole, format!("data/{name}"), number);
                add(&mut below, name, number);
            }
        }
        let all = |index: &Index| paths.iter().all(|path| index.contains_key(trimmed(path)));
        let (whole, below) = match (all(&whole), all(&below)) {
            (true, false) => (Some(whole), None),
            (false, true) => (None, Some(below)),
            _ => (Some(whole), Some(below)),
        };
        Self { items, whole, below, names }
    }

    /// What is meant.
    pub(super) fn find(&self, path: &str) -> Meant {
        let slashed = path.replace('\\', "/");
        let mut ways = vec![trimmed(path), trimmed(&slashed)];
        ways.extend(ELSEWHERE.into_iter().filter_map(|prefix| trimmed(&slashed).strip_prefix(prefix)));
        for way in ways {
            match self.one_of([&self.whole, &self.below].into_iter().flatten(), way) {
                Meant::Nothing => {}
                Meant::Several(both) => {
                    let shown = excerpt(path.as_bytes());
                    return Meant::Several(format!(
                        "expected the path of one document, found `{shown}`, which may mean {both}"
                    ));
                }
                meant => return meant,
            }
        }
        if self.is_folder(trimmed(&slashed)) {
            return Meant::Folder;
        }
        match self.one_of([&self.names].into_iter(), base(&slashed)) {
            Meant::Item(item) => Meant::ByName(item),
            Meant::Several(both) => Meant::Several(format!(
                "expected the path of a document, found `{}`, of which only the name is that of {both}",
                excerpt(path.as_bytes())
            )),
            meant => meant,
        }
    }

    fn one_of<'i>(&self, indexes: impl Iterator<Item = &'i Index>, path: &str) -> Meant {
        let meant = indexes.filter_map(|index| index.get(path));
        let mut meant: Vec<usize> = meant.flat_map(|(one, other)| [Some(*one), *other]).flatten().collect();
        meant.sort_unstable();
        meant.dedup();
        match meant[..] {
            [] => Meant::Nothing,
            [one] => Meant::Item(one),
            [one, other, ..] => {
                Meant::Several(format!("`{}` or `{}`", self.items[one].path, self.items[other].path))
            }
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        let mut path = path.trim_end_matches('/');
        if matches!(path, "" | "." | "objects" | "data" | "data/objects") {
            return true;
        }
        for prefix in ELSEWHERE.into_iter().chain(["data/"]) {
            path = path.strip_prefix(prefix).unwrap_or(path);
        }
        let inside = format!("data/{path}/");
        let first = self.items.partition_point(|item| item.path.as_str() < inside.as_str());
        self.items.get(first).is_some_and(|item| item.path.as_str().starts_with(&inside))
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

/// What follows the last slash.
fn base(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
