//! From what was found, and the names it shall have, to an accession.

use crate::names::Naming;
use crate::origin::Origin;
use crate::received::{Received, Warning};
use crate::root::Root;
use crate::source::{Documents, Found};
use crate::tree::{Content, Node, Tree};
use crate::{Error, ErrorKind};
use chrono::{DateTime, Utc};
use fixity::PayloadPath;
use fixity::portable::is_foreign_to_windows;
use provenance::{Accession, Item, LeftOut};

/// Where a folder goes.
#[derive(Clone)]
struct Place {
    /// From `data` on.
    path: String,
    /// The raw path below `data/`, once it differs.
    received_as: Option<Vec<u8>>,
}

/// Gives every file and every empty folder its place in the package.
pub(crate) fn place(
    tree: &Tree,
    naming: &Naming,
    left_out: Vec<LeftOut>,
    roots: Vec<Root>,
    origins: Vec<Box<dyn Origin>>,
) -> Result<Received, Error> {
    // One for each node; a file's stays empty, since nothing lies below it.
    let mut folders = vec![Some(Place { path: "data".to_owned(), received_as: None })];
    let mut accession = Accession { left_out, ..Accession::default() };
    let mut found: Vec<Found> = Vec::new();
    let mut renamed_folders = Vec::new();
    let mut foreign = Vec::new();
    for (number, node) in tree.iter() {
        let parent = folders.get(node.parent() as usize).and_then(Option::as_ref);
        let parent = parent.ok_or_else(|| unnamed(tree, number))?;
        let name = match naming.renamed(number) {
            Some(name) => name,
            None => std::str::from_utf8(&node.name).map_err(|_| unnamed(tree, number))?,
        };
        let place = parent.below(name, node, || tree.path_below(number));
        if is_foreign_to_windows(name) {
            foreign.push(place.path["data/".len()..].to_owned());
        }
        let payload_path = || PayloadPath::new(&*place.path).map_err(|_| unnamed(tree, number));
        match &node.content {
            Content::File { root, stamp } => {
                let item = item(payload_path()?, place, (stamp.size, stamp.modified()), found.len());
                accession.items.push(item);
                found.push(Found::Beneath(*root, *stamp));
                folders.push(None);
            }
            Content::Within(within) => {
                let item = item(payload_path()?, place, (within.size, within.modified), found.len());
                accession.items.push(Item { given: within.given.clone(), ..item });
                found.push(Found::Within(within.origin, within.index));
                folders.push(None);
            }
            Content::Folder { children } => {
                if children.is_empty() {
                    let path = payload_path()?;
                    if let Some(raw) = &place.received_as {
                        renamed_folders.push((path.clone(), raw.clone().into_boxed_slice()));
                    }
                    accession.empty_folders.push(path);
                }
                folders.push(Some(place));
            }
        }
    }
    accession.items.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    accession.empty_folders.sort_unstable();
    renamed_folders.sort_unstable();
    foreign.sort_unstable();
    let renamed_items = accession.items.iter().filter(|item| item.received_as.is_some()).count();
    Ok(Received {
        renamed: (renamed_items + renamed_folders.len()) as u64,
        accession,
        source: Documents::new(roots, origins, found),
        renamed_folders,
        missing: Vec::new(),
        warnings: if foreign.is_empty() {
            Vec::new()
        } else {
            vec![Warning::ForeignToWindows { paths: foreign }]
        },
    })
}

impl Place {
    fn below(&self, name: &str, node: &Node, raw_path: impl FnOnce() -> Vec<u8>) -> Self {
        let differs = self.received_as.is_some() || name.as_bytes() != &*node.name;
        Self { path: format!("{}/{name}", self.path), received_as: differs.then(raw_path) }
    }
}

/// An item that is found under the number `handle`.
fn item(
    path: PayloadPath,
    place: Place,
    (size_octets, modified): (u64, Option<DateTime<Utc>>),
    handle: usize,
) -> Item {
    Item {
        path,
        received_as: place.received_as.map(Vec::into_boxed_slice),
        size_octets,
        modified,
        handle: handle as u64,
        given: Vec::new(),
    }
}

/// Judging lets no name pass that comes here; if one did, it would be refused all the same.
fn unnamed(tree: &Tree, node: u32) -> Error {
    let raw = provenance::name::escape(&tree.path_below(node));
    Error::new(ErrorKind::Names, format!("cannot keep `{raw}`: no package can hold this name"))
}
