//! From what was found, and the names it shall have, to an accession.

use crate::names::Naming;
use crate::origin::{Origin, Within};
use crate::received::{Received, Warning};
use crate::root::Root;
use crate::source::{Documents, Found};
use crate::tree::{Content, Node, Tree};
use crate::{Error, ErrorKind};
use chrono::{DateTime, Utc};
use fixity::PayloadPath;
use fixity::portable::is_foreign_to_windows;
use provenance::id::item_id;
use provenance::{Accession, Arrival, Given, Item, LeftOut};

/// What was found on arrival of a document, by its node; its place is not known before all names are.
pub(crate) type ArrivalOf = (u32, Arrival);

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
    arrivals: Vec<ArrivalOf>,
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
        let name = named(tree, naming, number)?;
        let place = if tree.container_of(number).is_some() {
            // Nobody received the folder that fonds makes for parts, nor what lies in it.
            Place { path: format!("{}/{name}", parent.path), received_as: None }
        } else {
            parent.below(name, node, || tree.path_below(number))
        };
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
                accession.items.push(Item { given: given(tree, naming, &folders, within)?, ..item });
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
    for (node, arrival) in arrivals {
        let object_path = path_of(tree, naming, &folders, node)?;
        accession.arrivals.push(Arrival { object_path, ..arrival });
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

/// The name that a node gets.
fn named<'a>(tree: &'a Tree, naming: &'a Naming, node: u32) -> Result<&'a str, Error> {
    match naming.renamed(node) {
        Some(name) => Ok(name),
        None => std::str::from_utf8(&tree.node(node).name).map_err(|_| unnamed(tree, node)),
    }
}

/// The path of a node whose folder has its place.
fn path_of(tree: &Tree, naming: &Naming, folders: &[Option<Place>], node: u32) -> Result<String, Error> {
    let folder = folders.get(tree.node(node).parent() as usize).and_then(Option::as_ref);
    let folder = folder.ok_or_else(|| unnamed(tree, node))?;
    Ok(format!("{}/{}", folder.path, named(tree, naming, node)?))
}

/// What is said of a document; of one that was decoded from another, also that, and from which.
fn given(
    tree: &Tree,
    naming: &Naming,
    folders: &[Option<Place>],
    within: &Within,
) -> Result<Vec<Given>, Error> {
    let mut given = within.given.clone();
    if let Some(whole) = within.part_of {
        let by = given.first().map_or("fonds", |given| given.by);
        let whole = item_id(&path_of(tree, naming, folders, whole)?).to_string();
        given.push(Given { column: "derived_from", value: whole, by });
        given.push(Given { column: "copy_role", value: "derivative".to_owned(), by });
    }
    Ok(given)
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
