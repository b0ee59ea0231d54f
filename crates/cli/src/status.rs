//! How a run ended.

use bagit::{Severity, Verdict};
use std::process::ExitCode;

/// The exit status, the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Done, and sound.
    Sound = 0,
    /// Examined, sound as far as it goes, but not fully checkable.
    Unchecked = 3,
    /// Examined, and unsound.
    Unsound = 1,
    /// Could not be done: usage, input or output, refused input; nothing was written.
    Failed = 2,
}

impl Status {
    /// The worse of two: what could not be done, then unsound, then not fully checked.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        let weight = |status| match status {
            Self::Sound => 0,
            Self::Unchecked => 1,
            Self::Unsound => 2,
            Self::Failed => 3,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

impl From<Verdict> for Status {
    fn from(verdict: Verdict) -> Self {
        match verdict.severity() {
            Severity::Warning => Self::Sound,
            Severity::Error => Self::Unsound,
            Severity::Unchecked => Self::Unchecked,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
