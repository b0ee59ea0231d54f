//! Which file a written path means.

use super::Bag;
use fixity::PayloadPath;
use fixity::manifest::{Decoding, ManifestLine, decode};
use std::cell::OnceCell;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// How a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Under the path as it is written and decoded.
    Exactly,
    /// Only by decoding `%` otherwise than the version of the bag asks.
    ByOtherPercent,
    /// Only under another normalization form of Unicode (RFC 8493 §6.1.1 asks to tolerate it).
    ByNormalization,
}

/// Finds files by paths as manifests write them.
pub(super) struct Resolver<'a> {
    bag: &'a Bag<'a>,
    /// File numbers by path in NFC, of files whose path is not plain ASCII; made when first needed.
    normalized: OnceCell<HashMap<Box<str>, usize>>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(bag: &'a Bag<'a>) -> Self {
        Self { bag, normalized: OnceCell::new() }
    }

    /// The file that a line means; `likely` is looked at first, since manifests are mostly in order.
    pub(super) fn find(&self, line: &ManifestLine, likely: usize) -> Option<(usize, How)> {
        if likely < self.bag.files.len() && self.bag.entry(likely).path == line.path {
            return Some((likely, How::Exactly));
        }
        if let Some(file) = self.bag.file(line.path.as_str()) {
            return Some((file, How::Exactly));
        }
        self.by_other_percent(line)
            .map(|file| (file, How::ByOtherPercent))
            .or_else(|| Some((self.by_normalization(&line.path)?, How::ByNormalization)))
    }

    /// Tools disagree about `%` in paths, so that the other ways of reading it are tried, too.
    fn by_other_percent(&self, line: &ManifestLine) -> Option<usize> {
        let written = line.literal.as_ref().unwrap_or(&line.path).as_str();
        if !written.contains('%') {
            return None;
        }
        [Decoding::Nothing, Decoding::LineEnds, Decoding::LineEndsAndPercent]
            .into_iter()
            .find_map(|decoding| self.bag.file(&decode(written, decoding).0))
    }

    fn by_normalization(&self, path: &PayloadPath) -> Option<usize> {
        if path.as_str().is_ascii() {
            return None;
        }
        let index = self.normalized.get_or_init(|| {
            let paths = (0..self.bag.files.len()).map(|file| (self.bag.entry(file).path.as_str(), file));
            paths
                .filter(|(path, _)| !path.is_ascii())
                .map(|(path, file)| (path.nfc().collect::<String>().into_boxed_str(), file))
                .collect()
        });
        index.get(path.as_str().nfc().collect::<String>().as_str()).copied()
    }
}
