//! Telling an observer how far the walk is.

use crate::{Error, ErrorKind};
use fixity::{Observer, Phase, Step};

/// Files between two steps: often enough to stop at once, rarely enough to cost nothing.
const FILES_A_STEP: u64 = 1000;

/// Counts what the walk finds; told to the observer in steps.
pub(crate) struct Progress<'a> {
    observer: &'a dyn Observer,
    files: u64,
    octets: u64,
}

impl<'a> Progress<'a> {
    pub(crate) fn begin(observer: &'a dyn Observer) -> Result<Self, Error> {
        let progress = Self { observer, files: 0, octets: 0 };
        progress.tell(Step::Began { phase: Phase::Walking, files: 0, octets: 0 })?;
        Ok(progress)
    }

    /// One more file of `octets` was found.
    pub(crate) fn file(&mut self, octets: u64) -> Result<(), Error> {
        self.files += 1;
        self.octets = self.octets.saturating_add(octets);
        if self.files == FILES_A_STEP { self.advance() } else { Ok(()) }
    }

    /// Whether it shall go on, where something else than files takes its time.
    pub(crate) fn go_on(&self) -> Result<(), Error> {
        self.tell(Step::Advanced { files: 0, octets: 0 })
    }

    pub(crate) fn end(&mut self) -> Result<(), Error> {
        if self.files > 0 {
            self.advance()?;
        }
        self.tell(Step::Ended)
    }

    /// Whether the observer asks to stop, where one file alone takes long.
    pub(crate) fn is_stopped(&self) -> bool {
        self.observer.observe(Step::Advanced { files: 0, octets: 0 }).is_break()
    }

    fn advance(&mut self) -> Result<(), Error> {
        let step = Step::Advanced { files: self.files, octets: self.octets };
        (self.files, self.octets) = (0, 0);
        self.tell(step)
    }

    fn tell(&self, step: Step) -> Result<(), Error> {
        if self.observer.observe(step).is_break() {
            return Err(Error::new(ErrorKind::Cancelled, "stop walking the sources: cancelled"));
        }
        Ok(())
    }
}
