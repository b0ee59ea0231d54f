//! How far an archive may unfold. One that goes further is a bomb, and is not followed.

use crate::finding::{E110, Finding};
use std::io::{self, Read};

/// Octets that may come out for each octet of the archive. Text that says little else than its
/// own pattern comes to about 1:100; what goes far beyond holds nothing worth keeping.
const FOR_EACH: u64 = 256;
/// Octets that any archive may come to, however small it is.
const FOR_ANY: u64 = 64 << 20;

/// The most octets that one archive may come to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    archive: u64,
    most: u64,
}

/// More came out than the budget allows.
#[derive(Debug, thiserror::Error)]
#[error("it unfolds to more than {0} octets")]
struct Exceeded(u64);

impl Budget {
    /// The budget of an archive of so many octets.
    pub(super) const fn of(archive: u64) -> Self {
        Self { archive, most: archive.saturating_mul(FOR_EACH).saturating_add(FOR_ANY) }
    }

    /// Whether so many octets may come out in all.
    pub(super) const fn allows(self, octets: u64) -> bool {
        octets <= self.most
    }

    /// A stream that fails when more comes out; [`Self::is_exceeded`] knows its error.
    pub(super) const fn keep<R: Read>(self, stream: R) -> Kept<R> {
        Kept { stream, left: self.most, budget: self }
    }

    /// Whether a stream failed because it came to more than its budget.
    pub(super) fn is_exceeded(error: &io::Error) -> bool {
        error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Exceeded>)
    }

    /// The finding that it does.
    pub(super) fn finding(self) -> Finding {
        let message = format!(
            "expected an archive of {} octets to unfold to at most {}, found more",
            self.archive, self.most
        );
        Finding::new(&E110, "", message)
    }
}

/// A stream that stays within a budget.
pub(super) struct Kept<R> {
    stream: R,
    left: u64,
    budget: Budget,
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.stream.read(room)?;
        match self.left.checked_sub(octets as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(Exceeded(self.budget.most))),
        }
        Ok(octets)
    }
}
