//! The text of tag files: no more of it than was stated, and somebody who may stop it hears of it.

use super::Bag;
use crate::Report;
use crate::Result;
use crate::container::{Stream, cancelled, open_stated, unreadable};
use crate::encoding::{NotInEncoding, TagEncoding};
use crate::finding::{E209, E215, Finding};
use fixity::{PayloadPath, Step};
use std::io::{self, Read};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

/// Something went on; payload and tag files are counted when they are summed.
const STILL: Step = Step::Advanced { files: 0, octets: 0 };

impl Bag<'_> {
    /// Opens one file to be read as text in UTF-8; `None`, after a finding, if it cannot be opened.
    pub(super) fn open_text(
        &self,
        file: usize,
        encoding: TagEncoding,
        report: &mut Report,
    ) -> Option<Stream<'_>> {
        let noted = Mutex::new(Vec::new());
        let stream = open_stated(self.container, self.files[file], &|_, finding| {
            noted.lock().unwrap_or_else(PoisonError::into_inner).push(finding);
        });
        report.findings.extend(noted.into_inner().unwrap_or_else(PoisonError::into_inner));
        stream.map(|stream| encoding.decoded(Box::new(Heard { bag: self, stream })))
    }

    /// Text of one small file in UTF-8, at most `most_octets` of it; `None`, after a finding, if it
    /// cannot be read.
    pub(super) fn text(
        &self,
        file: usize,
        encoding: TagEncoding,
        most_octets: u64,
        report: &mut Report,
    ) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        match self.open_text(file, encoding, report)?.take(most_octets).read_to_end(&mut text) {
            Ok(octets) => {
                if octets as u64 == most_octets {
                    let message =
                        format!("expected at most {most_octets} octets, found more; the rest was not read");
                    report.findings.push(Finding::new(&E209, self.entry(file).path.as_str(), message));
                }
                Some(text)
            }
            Err(error) => {
                report.findings.extend(unreadable_text(encoding, &self.entry(file).path, &error));
                None
            }
        }
    }

    /// An error if the observer asked to stop amid a tag file: what was found till then is worth nothing.
    pub(super) fn expect_read(&self) -> Result<()> {
        if self.is_stopped.load(Ordering::Relaxed) { Err(cancelled()) } else { Ok(()) }
    }
}

/// The octets of a tag file, which end in an error when the observer asks to stop.
struct Heard<'a> {
    bag: &'a Bag<'a>,
    stream: Stream<'a>,
}

impl Read for Heard<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.bag.observer.observe(STILL).is_break() {
            self.bag.is_stopped.store(true, Ordering::Relaxed);
            return Err(io::Error::other(cancelled()));
        }
        self.stream.read(room)
    }
}

/// The finding that a tag file cannot be read to its end. Where nobody knows its encoding, W208 has
/// said so already.
pub(super) fn unreadable_text(
    encoding: TagEncoding,
    path: &PayloadPath,
    error: &io::Error,
) -> Option<Finding> {
    match NotInEncoding::of(error) {
        Some(_) if encoding == TagEncoding::Unknown => None,
        Some(problem) => Some(Finding::new(
            &E215,
            path.as_str(),
            format!("expected text in the encoding that bagit.txt declares, found other octets: {problem}"),
        )),
        None => Some(unreadable(path, error)),
    }
}
