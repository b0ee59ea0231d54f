//! Which payload files were named so far, when they are mostly named in order.

use super::Bundle;
use std::ops::Range;

/// Marks payload files as they are named.
pub(super) struct Named<'a> {
    bundle: &'a Bundle<'a>,
    payload: Range<usize>,
    marks: Vec<bool>,
    next: usize,
}

impl<'a> Named<'a> {
    pub(super) fn new(bundle: &'a Bundle<'a>) -> Self {
        let payload = bundle.payload();
        Self { bundle, marks: vec![false; payload.len()], next: payload.start, payload }
    }

    /// The file number of a path, now marked; `None` if there is no such payload file.
    pub(super) fn mark(&mut self, path: &str) -> Option<usize> {
        let is_next = self.next < self.payload.end && self.bundle.entry(self.next).path.as_str() == path;
        let file = if is_next { Some(self.next) } else { self.bundle.file(path) }
            .filter(|file| self.payload.contains(file))?;
        self.marks[file - self.payload.start] = true;
        self.next = file + 1;
        Some(file)
    }

    /// Paths of the payload files that were never named.
    pub(super) fn unnamed(&self) -> impl Iterator<Item = &'a str> {
        self.payload
            .clone()
            .zip(&self.marks)
            .filter(|(_, is_named)| !**is_named)
            .map(|(file, _)| self.bundle.entry(file).path.as_str())
    }
}
