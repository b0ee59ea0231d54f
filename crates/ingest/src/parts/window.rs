//! A stretch of an open container, read at its own place, so that many can be read at once.

use crate::source::OpenFile;
use provenance::Document;
use std::io::{self, Read};
use std::sync::Arc;

/// Hears of octets that were read, and may stop the reading by an error.
pub(super) type Watch<'w> = &'w (dyn Fn(u64) -> io::Result<()> + Sync);

/// A stretch of a file.
pub(super) struct Window<'w> {
    file: Arc<OpenFile>,
    at: u64,
    end: u64,
    watch: Option<Watch<'w>>,
}

impl<'w> Window<'w> {
    /// The octets from `at` on, at most `octets` of them and none behind the end of the file.
    pub(super) fn new(file: Arc<OpenFile>, at: u64, octets: u64) -> Self {
        let end = at.saturating_add(octets).min(file.size());
        Self { file, at: at.min(end), end, watch: None }
    }

    pub(super) fn watched(self, watch: Watch<'w>) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// Where in the file the next octet stands.
    pub(super) fn at(&self) -> u64 {
        self.at
    }
}

impl Read for Window<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let most = room.len().min(left);
        if most == 0 {
            return Ok(0);
        }
        let octets = loop {
            match self.file.read_at(self.at, &mut room[..most]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                answer => break answer?,
            }
        };
        self.at += octets as u64;
        if let Some(watch) = self.watch {
            watch(octets as u64)?;
        }
        Ok(octets)
    }
}
