//! Looking into containers while their folder is walked, and putting what they hold beside them.

use super::below;
use crate::names::name_of_parts;
use crate::origin::Within;
use crate::parts::{Found, Holder, Kind, Note, Parts};
use crate::place::ArrivalOf;
use crate::progress::Progress;
use crate::root::Root;
use crate::stamp::Stamp;
use crate::tree::{Child, Content, Tree};
use crate::{Error, ErrorKind};
use fixity::twins::caseless_key;
use provenance::Arrival;
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::ops::Range;

/// What containers were found to hold.
#[derive(Debug)]
pub(crate) struct Inside {
    parts: Parts,
    arrivals: Vec<ArrivalOf>,
    /// The number of the origin that the parts are in.
    origin: u32,
    /// Folders that are bags, by path: nothing is put into what their manifests list.
    bags: BTreeSet<Vec<u8>>,
}

/// A container that was looked through.
struct Looked {
    /// Its name, and that of the folder for its parts.
    name: Box<[u8]>,
    folder: Box<[u8]>,
    holder: Holder,
    found: Found,
}

impl Inside {
    pub(crate) fn new(origin: u32) -> Self {
        Self { parts: Parts::default(), arrivals: Vec::new(), origin, bags: BTreeSet::new() }
    }

    pub(super) fn end(self) -> (Parts, Vec<ArrivalOf>) {
        (self.parts, self.arrivals)
    }

    /// As [`super::Walk::fill`].
    pub(super) fn fill<'r>(
        &mut self,
        tree: &mut Tree,
        progress: &mut Progress<'_>,
        (folder, path): (u32, &[u8]),
        mut children: Vec<Child>,
        root_of: impl Fn(u32) -> Option<&'r Root>,
    ) -> Result<Range<u32>, Error> {
        self.note_bag(path, &children);
        let looked =
            if self.is_in_bag(path) { Vec::new() } else { look_into(progress, path, &children, root_of)? };
        if looked.is_empty() {
            return Ok(tree.fill(folder, children));
        }
        let with_parts = looked.iter().filter(|looked| !looked.found.is_empty());
        children.extend(with_parts.map(|looked| (looked.folder.clone(), Content::EMPTY_FOLDER)));
        children.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let nodes = tree.fill(folder, children);
        for looked in looked {
            if let Some(container) = tree.find(nodes.clone(), &looked.name) {
                let within = tree.find(nodes.clone(), &looked.folder);
                self.keep(tree, progress, container, within, looked)?;
            }
        }
        Ok(nodes)
    }

    /// Keeps in mind whether the folder at `path` is a bag, by what is in it.
    pub(super) fn note_bag(&mut self, path: &[u8], children: &[Child]) {
        if is_bag(children) {
            self.bags.insert(path.to_vec());
        }
    }

    /// Whether a folder is a bag, or lies in one.
    pub(super) fn is_in_bag(&self, path: &[u8]) -> bool {
        let slashes = path.iter().enumerate().filter(|(_, octet)| **octet == b'/').map(|(at, _)| at);
        !self.bags.is_empty()
            && [0, path.len()].into_iter().chain(slashes).any(|end| self.bags.contains(&path[..end]))
    }

    /// What a person should know of a container.
    pub(super) fn tell(&mut self, container: u32, notes: Vec<Note>) {
        let arrivals = notes.into_iter().map(|note| Arrival {
            event_type: note.event_type,
            object_path: String::new(),
            digest_before: None,
            outcome: note.outcome,
            detail: note.detail,
        });
        self.arrivals.extend(arrivals.map(|arrival| (container, arrival)));
    }

    /// Puts the parts of a container into their folder.
    fn keep(
        &mut self,
        tree: &mut Tree,
        progress: &mut Progress<'_>,
        container: u32,
        folder: Option<u32>,
        looked: Looked,
    ) -> Result<(), Error> {
        let Looked { holder, mut found, .. } = looked;
        self.tell(container, std::mem::take(&mut found.notes));
        let Some(folder) = folder.filter(|_| !found.is_empty()) else { return Ok(()) };
        let numbers = self.parts.keep(holder, &found);
        let sorted = found.sorted();
        let first = tree.next();
        // Of each part its node, since some are parts of others.
        let mut nodes = vec![0; sorted.len()];
        for (node, sort) in (first..).zip(&sorted) {
            nodes[sort.part] = node;
        }
        let mut children: Vec<Child> = Vec::with_capacity(sorted.len());
        for sort in sorted {
            progress.file(sort.size)?;
            let whole = sort.parent.and_then(|parent| nodes.get(parent as usize).copied());
            let within = Within {
                origin: self.origin,
                index: numbers[sort.part],
                size: sort.size,
                modified: None,
                given: sort.given,
                part_of: Some(whole.unwrap_or(container)),
            };
            children.push((sort.name.into_bytes().into(), Content::Within(Box::new(within))));
        }
        tree.fill_parts(folder, container, children);
        Ok(())
    }
}

/// Looks through every file whose name asks for it.
fn look_into<'r>(
    progress: &Progress<'_>,
    path: &[u8],
    children: &[Child],
    root_of: impl Fn(u32) -> Option<&'r Root>,
) -> Result<Vec<Looked>, Error> {
    let mut looked = Vec::new();
    // Made once it is needed: most folders hold no container.
    let mut taken: Option<HashSet<String>> = None;
    let has = |name: &[u8]| children.binary_search_by(|child| (*child.0).cmp(name)).is_ok();
    for (name, content) in children {
        let Content::File { root, stamp } = content else { continue };
        let Some(kind) = Kind::asked(name, has).filter(|_| stamp.size > 0) else { continue };
        let Some(root) = root_of(*root) else { continue };
        let holder = (root, below(path, name), *stamp);
        if let Some((holder, found)) = look(progress, holder, kind)? {
            let taken = taken.get_or_insert_with(|| keys(children));
            let folder = name_of_parts(&String::from_utf8_lossy(name), taken).into_bytes().into();
            looked.push(Looked { name: name.clone(), folder, holder, found });
        }
    }
    Ok(looked)
}

/// Looks through one file; what cannot be looked through is told, and fails nothing.
fn look(
    progress: &Progress<'_>,
    (root, received, stamp): (&Root, Vec<u8>, Stamp),
    kind: Kind,
) -> Result<Option<(Holder, Found)>, Error> {
    let mut holder = Holder::new(root, received, stamp);
    let watch = |_| if progress.is_stopped() { Err(io::Error::other(crate::parts::Stopped)) } else { Ok(()) };
    let found = Parts::look(&mut holder, kind, &watch);
    if progress.is_stopped() {
        return Err(Error::new(ErrorKind::Cancelled, "stop looking into the sources: cancelled"));
    }
    let found = found.unwrap_or_else(|error| Some(Found::unread(&error.to_string())));
    Ok(found.map(|found| (holder, found)))
}

/// Whether a folder that holds `children` is a bag (RFC 8493 §2.1).
fn is_bag(children: &[Child]) -> bool {
    let find = |name: &[u8]| {
        let at = children.binary_search_by(|child| (*child.0).cmp(name)).ok()?;
        Some(&children[at].1)
    };
    matches!(find(b"bagit.txt"), Some(Content::File { .. } | Content::Within(_)))
        && matches!(find(b"data"), Some(Content::Folder { .. }))
}

fn keys(children: &[Child]) -> HashSet<String> {
    children.iter().map(|(name, _)| caseless_key(&String::from_utf8_lossy(name)).into_owned()).collect()
}
