//! Containers that lie in an archive: nothing in them can be had at its place, so they are not looked
//! through, and that is told.

use super::inside::Inside;
use crate::archive::Archive;
use crate::parts::{Found, Kind};
use crate::tree::{Child, Content};
use provenance::name::escape;

/// Which of `children`, sorted by name, hold documents that nobody looks for. They lie in `archive`,
/// in the folder at `path`.
pub(super) fn containers(
    inside: &mut Inside,
    path: &[u8],
    children: &[Child],
    archive: &Archive,
) -> Vec<u32> {
    inside.note_bag(path, children);
    let has = |name: &[u8]| children.binary_search_by(|child| (*child.0).cmp(name)).is_ok();
    let is_container = |(_, (name, content)): &(u32, &Child)| match content {
        Content::Within(within) if within.size > 0 => Kind::asked(name, has)
            .is_some_and(|kind| archive.stream(within.index).is_none_or(|octets| kind.keeps_promise(octets))),
        _ => false,
    };
    if inside.is_in_bag(path) {
        return Vec::new();
    }
    (0..).zip(children).filter(is_container).map(|(at, _)| at).collect()
}

/// Tells that `container`, in the archive of that name, is not looked through.
pub(super) fn tell(inside: &mut Inside, container: u32, archive: &[u8]) {
    let archive = escape(archive);
    let why = format!(
        "it lies in an archive; unpack `{archive}` and bundle the folder to have its parts as documents"
    );
    inside.tell(container, Found::unread(&why).notes);
}
