//! Which document a path in a list means: from `data/` on or from its source on, as it arrived or as it
//! is called now; else by its name alone, where only one document has it
//! and its folders are no others.

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
    /// One of two, or perhaps another: in words.
    Unclear(String),
}

impl<'a> Paths<'a> {
    /// Decides by all paths of a list together: where all of them can be read in one of the two ways
    /// only, they are read in that way.
    pub(super) fn of(items: &'a [Item], paths: &[&str]) -> Self {
        let (mut whole, mut below, mut names) = (Index::new(), Index::new(), Index::new());
        for (number, item) in items.iter().enumerate() {
            for name in called(item) {
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

    /// What is meant, by its name alone if it must be.
    pub(super) fn find(&self, path: &str) -> Meant {
        match self.exact(path) {
            Meant::Nothing => self.by_name(path),
            meant => meant,
        }
    }

    /// What is meant by all of a path.
    pub(super) fn exact(&self, path: &str) -> Meant {
        self.exact_in([&self.whole, &self.below], path)
    }

    /// The same, of one that is from `data/` on, unless all of the list are from the source on.
    pub(super) fn exact_from_data(&self, path: &str) -> Meant {
        let index = if self.whole.is_some() { &self.whole } else { &self.below };
        self.exact_in([index, &None], path)
    }

    fn exact_in(&self, indexes: [&Option<Index>; 2], path: &str) -> Meant {
        let slashed = path.replace('\\', "/");
        let mut ways = vec![trimmed(path), trimmed(&slashed)];
        ways.extend(ELSEWHERE.into_iter().filter_map(|prefix| trimmed(&slashed).strip_prefix(prefix)));
        for way in ways {
            match self.one_of(indexes.into_iter().flatten(), way) {
                Meant::Nothing => {}
                Meant::Unclear(both) => {
                    let shown = excerpt(path.as_bytes());
                    return Meant::Unclear(format!(
                        "expected the path of one document, found `{shown}`, which may mean {both}"
                    ));
                }
                meant => return meant,
            }
        }
        if self.is_folder(trimmed(&slashed)) { Meant::Folder } else { Meant::Nothing }
    }

    /// What is meant by the name at its end, where the folders before it may be those of the document.
    fn by_name(&self, path: &str) -> Meant {
        let slashed = path.replace('\\', "/");
        let only_name = |of: &str| {
            let shown = excerpt(path.as_bytes());
            Meant::Unclear(format!(
                "expected the path of a document, found `{shown}`, of which only the name is that of {of}"
            ))
        };
        match self.one_of([&self.names].into_iter(), base(&slashed)) {
            Meant::Item(item) if self.may_be_in(trimmed(&slashed), &self.items[item]) => Meant::ByName(item),
            Meant::Item(item) => only_name(&format!("`{}`", self.items[item].path)),
            Meant::Unclear(both) => only_name(&both),
            meant => meant,
        }
    }

    /// Whether the folders of a path are those of a document, as far as both tell them: a list may be
    /// made further up or down than the source is. Where they are told from the source on, or are here
    /// without the document, they are others.
    fn may_be_in(&self, path: &str, item: &Item) -> bool {
        let folders = folders(path);
        if folders.is_empty() {
            return true;
        }
        let is_from_source = ELSEWHERE.into_iter().chain(["data/"]).any(|prefix| path.starts_with(prefix));
        let ends_in = |long: &str, short: &str| {
            long.strip_suffix(short)
                .is_some_and(|rest| rest.is_empty() || short.is_empty() || rest.ends_with('/'))
        };
        let is_same = |name: &String| {
            let own = self::folders(name);
            ends_in(folders, own) || ends_in(own, folders)
        };
        !is_from_source && !self.is_folder(folders) && called(item).iter().any(is_same)
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
                Meant::Unclear(format!("`{}` or `{}`", self.items[one].path, self.items[other].path))
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

/// What a document is called from its source on: now, and as it arrived.
fn called(item: &Item) -> Vec<String> {
    let path = item.path.as_str();
    let mut called = vec![path.strip_prefix("data/").unwrap_or(path).to_owned()];
    if let Some(raw) = item.received_as.as_deref() {
        called.extend(std::str::from_utf8(raw).map(str::to_owned));
        called.push(escape(raw));
    }
    called
}

fn add(index: &mut Index, name: String, number: usize) {
    let entry = index.entry(name).or_insert((number, None));
    if entry.0 != number {
        entry.1 = Some(number);
    }
}

pub(super) fn trimmed(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

/// What stands before the last slash.
fn folders(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folders, _)| folders)
}

/// What follows the last slash.
fn base(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
