//! What a bag is, as far as a profile asks.

use super::Profile;
use crate::container::{Container, EntryKind, read_small};
use crate::finding::W211;
use crate::{Report, Version, info};

/// The most octets that are read of a tag file for its elements.
const MOST_TAG_OCTETS: u64 = 16 << 20;

/// What a profile is held against.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// The version that `bagit.txt` declares; `None` if it declares none.
    pub version: Option<&'a str>,
    /// Elements of `bag-info.txt`, in order.
    pub info: &'a [(String, String)],
    /// Elements of other tag files that the profile asks for ([`super::Rules::other_tag_files`]).
    pub other_info: Vec<(&'a str, Vec<(String, String)>)>,
    /// Paths of all tag files, `bagit.txt`, manifests and fetch file included.
    pub tag_files: Vec<&'a str>,
    /// Payload files with their sizes. A profile speaks of the bag when it is complete, so files
    /// that are still to be fetched belong here; the size of one may be unknown.
    pub payload: Vec<(&'a str, Option<u64>)>,
    /// Folders of the payload, as far as the container has them.
    pub folders: Vec<&'a str>,
    /// `None` for a directory, else the names of its media type, as in [`crate::media`].
    pub serialization: Option<&'a [&'a str]>,
}

impl<'a> Facts<'a> {
    /// Gathers the facts of a bag that has been examined. Reads the tag files that the profile asks
    /// for by name, and nothing else.
    #[must_use]
    pub fn gather(profile: &'a Profile, container: &'a dyn Container, report: &'a Report) -> Self {
        let serialization = container.media_types();
        let mut facts =
            Self { version: report.version.as_deref(), info: &report.info, serialization, ..Self::default() };
        for entry in container.entries() {
            let path = entry.path.as_str();
            match (entry.kind, entry.path.is_payload()) {
                (EntryKind::File, true) => facts.payload.push((path, Some(entry.size_octets))),
                (EntryKind::File, false) => facts.tag_files.push(path),
                (EntryKind::Directory, true) => facts.folders.push(path),
                (EntryKind::Directory, false) => {}
            }
        }
        let holes = report.findings.iter().filter(|finding| finding.code == &W211);
        facts.payload.extend(holes.map(|finding| (&*finding.path, None)));
        let version = Version::named(report.version.as_deref().unwrap_or_default());
        for path in profile.rules().other_tag_files() {
            if let Some(text) = read_small(container, path, report.encoding, MOST_TAG_OCTETS) {
                facts.other_info.push((path, info::parse(&String::from_utf8_lossy(&text), version).0));
            }
        }
        facts
    }
}
