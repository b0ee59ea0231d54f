//! What a profile asks. Built by reading a profile only, so a value is never at odds with itself.

use super::pattern::Patterns;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a profile asks of a bag. Equal rules ask the same, however they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// `Bag-Info`: elements of `bag-info.txt`, by their labels in lower case. Only what asks
    /// something is kept.
    pub(super) tags: BTreeMap<String, TagRule>,
    /// Elements of other tag files, by path: an extension of fonds, `Fonds-Tag-Info`.
    pub(super) other_tags: BTreeMap<String, BTreeMap<String, TagRule>>,
    /// Whether a bag must name a profile; true, unless `Bag-Info` says otherwise in so many words.
    pub(super) is_identifier_required: bool,
    pub(super) manifests: Kinds,
    pub(super) tag_manifests: Kinds,
    pub(super) tag_files: Files,
    pub(super) payload_files: Files,
    pub(super) fetch: Fetch,
    /// `Data-Empty`: no payload file, or a single one without octets.
    pub(super) is_data_empty: bool,
    pub(super) serialization: Serialization,
    /// `Accept-BagIt-Version`; at least one.
    pub(super) versions: BTreeSet<String>,
}

impl Rules {
    /// Tag files beside `bag-info.txt` whose elements it asks for.
    pub fn other_tag_files(&self) -> impl Iterator<Item = &str> {
        self.other_tags.keys().map(String::as_str)
    }
}

/// What is asked of the elements with one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRule {
    /// The label as the profile has it.
    pub(super) label: String,
    pub(super) is_required: bool,
    /// Not in the text of the specification; profiles of 1.3.0 have it all the same.
    pub(super) is_recommended: bool,
    pub(super) is_repeatable: bool,
    /// Values that are accepted; none means any.
    pub(super) values: BTreeSet<String>,
}

impl TagRule {
    /// Whether there is anything that a bag could break.
    pub(super) fn asks_something(&self) -> bool {
        self.is_required || self.is_recommended || !self.is_repeatable || !self.values.is_empty()
    }
}

/// Which algorithms manifests must and may use, by names in lower case and without hyphens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    pub(super) required: BTreeSet<String>,
    /// `None` allows all; else it has at least the required ones.
    pub(super) allowed: Option<BTreeSet<String>>,
}

/// Which files must and may be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Paths from the base directory on; one that ends in `/` is a folder.
    pub(super) required: BTreeSet<String>,
    /// `None` allows all; else the required ones match.
    pub(super) allowed: Option<Patterns>,
}

/// Whether there may be a fetch file (`Allow-Fetch.txt`, `Fetch.txt-Required`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// There may be one.
    Allowed,
    /// There must be none.
    Forbidden,
    /// There must be one.
    Required,
}

/// Whether a bag is to be one file (`Serialization`), and of which media types, in lower case
/// (`Accept-Serialization`). No types means that the profile named neither of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serialization {
    /// It must be a directory.
    Forbidden,
    /// It may be a directory.
    Optional(BTreeSet<String>),
    /// It must not be a directory.
    Required(BTreeSet<String>),
}
