//! Taking in what lies in an archive as if it lay in a folder.

use super::{Walk, below, unseen};
use crate::archive::Archive;
use crate::names::PATH_LIMIT;
use crate::origin::Within;
use crate::suitability::is_bag;
use crate::tree::{Child, Content};
use crate::{Error, ErrorKind};
use bagit::container::{Entry, EntryKind};
use fixity::litter::{APPLE_DOUBLE, apple_double_of, is_litter_file, is_litter_folder};
use provenance::Reason;
use std::ops::Range;

/// Octets of the paths of all folders together. Names in an archive may repeat what costs much in a
/// tree: each folder has a path of its own there.
const MOST_OCTETS_OF_FOLDERS: usize = 64 << 20;

/// A folder that is still to be taken in.
struct Pending {
    node: u32,
    /// Its path in the archive has so many octets, the slash behind it included; 0 for the top.
    depth: usize,
    /// What lies in it, of the entries in their order.
    range: Range<usize>,
    keep_litter: bool,
}

/// All that stands for one name in a folder.
struct Named<'a> {
    name: &'a [u8],
    range: Range<usize>,
    /// The file of this name; else it is a folder.
    file: Option<usize>,
}

impl Walk<'_> {
    /// Takes in all that is in `archive`, as if it lay in the folder `top` of the tree; its file has that `name`.
    pub(crate) fn archive(&mut self, top: u32, mut archive: Archive, name: &[u8]) -> Result<(), Error> {
        let origin = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
        let above = self.tree.path_below(top);
        for left in archive.take_left_out() {
            let raw = provenance::name::unescape(&left.name).unwrap_or_else(|| left.name.into_bytes());
            self.left_out.insert(below(&above, &raw), (left.reason, left.detail));
        }
        let order = in_order(archive.entries());
        let mut octets_of_folders = 0_usize;
        let mut pending =
            vec![Pending { node: top, depth: 0, range: 0..order.len(), keep_litter: self.keep_litter }];
        while let Some(folder) = pending.pop() {
            octets_of_folders = octets_of_folders.saturating_add(folder.depth);
            if octets_of_folders > MOST_OCTETS_OF_FOLDERS {
                let message = format!(
                    "cannot take an archive whose folders have more than {MOST_OCTETS_OF_FOLDERS} octets of names"
                );
                return Err(Error::new(ErrorKind::Archive, message)
                    .with_hint("pack the archive as it is with `--nested`"));
            }
            // What lies deeper is refused with all other names that cannot be kept.
            if above.len() + folder.depth > PATH_LIMIT + 1 {
                continue;
            }
            self.enter_within((&above, name), &archive, &order, origin, &folder, &mut pending)?;
        }
        self.origins.push(Box::new(archive));
        Ok(())
    }

    fn enter_within(
        &mut self,
        (above, archive_name): (&[u8], &[u8]),
        archive: &Archive,
        order: &[usize],
        origin: u32,
        folder: &Pending,
        pending: &mut Vec<Pending>,
    ) -> Result<(), Error> {
        let entries = archive.entries();
        let names = names_in(entries, order, folder);
        let keep_litter =
            folder.keep_litter || is_bag(names.iter().map(|named| (named.name, named.file.is_none())));
        let mut taken: Vec<(Child, Range<usize>)> = Vec::with_capacity(names.len());
        for named in &names {
            if !keep_litter && let Some(detail) = litter(archive, entries, order, named, &names) {
                let first = entries[order[named.range.start]].path.as_str().as_bytes();
                let path = &first[..folder.depth + named.name.len()];
                self.left_out.insert(below(above, path), (Reason::SystemLitter, detail));
                continue;
            }
            let content = match named.file {
                None => Content::EMPTY_FOLDER,
                Some(index) => Content::Within(Box::new(Within {
                    origin,
                    index: u32::try_from(index).unwrap_or(u32::MAX),
                    size: entries[index].size_octets,
                    modified: entries[index].modified,
                    given: Vec::new(),
                    part_of: None,
                })),
            };
            taken.push(((named.name.into(), content), named.range.clone()));
        }
        let (children, ranges): (Vec<Child>, Vec<Range<usize>>) = taken.into_iter().unzip();
        let path = self.tree.path_below(folder.node);
        let unseen = match &mut self.inside {
            Some(inside) => unseen::containers(inside, &path, &children, archive),
            None => Vec::new(),
        };
        let nodes = self.tree.fill(folder.node, children);
        if let Some(inside) = &mut self.inside {
            for at in unseen {
                unseen::tell(inside, nodes.start + at, archive_name);
            }
        }
        for (node, range) in nodes.zip(ranges) {
            match &self.tree.node(node).content {
                Content::Within(within) => self.progress.file(within.size)?,
                _ => pending.push(Pending {
                    node,
                    depth: folder.depth + self.tree.node(node).name.len() + 1,
                    range,
                    keep_litter,
                }),
            }
        }
        Ok(())
    }
}

/// Numbers of the entries in an order in which a folder stands right before all that lies in it.
fn in_order(entries: &[Entry]) -> Vec<usize> {
    let key = |index: &usize| {
        let path = entries[*index].path.as_str();
        path.bytes().map(|octet| if octet == b'/' { 0 } else { octet })
    };
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_unstable_by(|a, b| key(a).cmp(key(b)));
    order
}

/// The names in a folder, sorted.
fn names_in<'a>(entries: &'a [Entry], order: &[usize], folder: &Pending) -> Vec<Named<'a>> {
    let mut names: Vec<Named<'a>> = Vec::new();
    for at in folder.range.clone() {
        let entry = &entries[order[at]];
        // The folder itself, where the archive has an entry for it.
        let Some(below) = entry.path.as_str().as_bytes().get(folder.depth..) else { continue };
        let name = below.split(|octet| *octet == b'/').next().unwrap_or(below);
        let is_itself = name.len() == below.len() && entry.kind == EntryKind::File;
        match names.last_mut() {
            Some(last) if last.name == name => last.range.end = at + 1,
            _ => names.push(Named { name, range: at..at + 1, file: None }),
        }
        if let (true, Some(last)) = (is_itself, names.last_mut()) {
            last.file = Some(order[at]);
        }
    }
    names
}

/// Says what a name is if it is litter; blank where the name says it all.
fn litter(
    archive: &Archive,
    entries: &[Entry],
    order: &[usize],
    named: &Named<'_>,
    siblings: &[Named<'_>],
) -> Option<String> {
    let Some(index) = named.file else {
        let files = named.range.clone().filter(|&at| entries[order[at]].kind == EntryKind::File).count();
        let detail = if files == 1 { "1 file in it".to_owned() } else { format!("{files} files in it") };
        return is_litter_folder(named.name).then_some(detail);
    };
    if is_litter_file(named.name) {
        return Some(String::new());
    }
    let owner = apple_double_of(named.name)?;
    let has_owner = siblings.binary_search_by(|sibling| sibling.name.cmp(owner)).is_ok();
    (has_owner && archive.head(index) == Some(APPLE_DOUBLE))
        .then(|| "AppleDouble companion of a file".to_owned())
}
