//! Progress and cancellation: one channel.

use std::ops::ControlFlow;

/// What a long operation is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Looking at names; how many there are is not known yet.
    Walking,
    /// Reading sources, digesting and writing them.
    Packing,
    /// Reading a package and comparing digests.
    Verifying,
    /// Writing files out of a package.
    Extracting,
    /// Reading documents for what they say of themselves.
    Describing,
}

/// One step of a long operation, told to an [`Observer`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Step {
    /// A phase begins; `files` and `octets` are what it will go through, 0 where unknown.
    Began {
        /// Which phase.
        phase: Phase,
        /// Files it will go through.
        files: u64,
        /// Octets it will go through.
        octets: u64,
    },
    /// So much more of the phase is done; both are increments.
    Advanced {
        /// Files done since the last step.
        files: u64,
        /// Octets done since the last step.
        octets: u64,
    },
    /// The phase is over.
    Ended,
}

/// Hears how far an operation is, and may stop it by answering `Break`.
pub trait Observer: Sync {
    /// Hears one step. `Break` ends the operation with an error of kind "cancelled".
    fn observe(&self, step: Step) -> ControlFlow<()>;
}

/// The silent observer.
impl Observer for () {
    fn observe(&self, _: Step) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
