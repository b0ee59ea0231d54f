//! Progress on a terminal, and Ctrl-C.

use crate::Context;
use fixity::{Observer, Phase, Step};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

/// Draws files, octets, rate and time left; silent where there is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    files: AtomicU64,
    files_in_all: AtomicU64,
    octets: AtomicU64,
}

impl Progress {
    pub(crate) fn new(context: &Context<'_>) -> Self {
        let target =
            if context.has_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        Self { bar, files: AtomicU64::new(0), files_in_all: AtomicU64::new(0), octets: AtomicU64::new(0) }
    }

    /// Counts bags that are done, where each is looked at by another process.
    pub(crate) fn of_bags(context: &Context<'_>, bags: usize) -> Self {
        let progress = Self::new(context);
        if let Ok(style) = ProgressStyle::with_template("{prefix} [{bar:24}] {pos}/{len} bags, {elapsed}") {
            progress.bar.set_style(style.progress_chars("=> "));
        }
        progress.bar.set_prefix("verifying");
        progress.bar.set_length(bags as u64);
        progress.bar.tick();
        progress
    }

    /// Another bag is done.
    pub(crate) fn one_more_bag(&self) {
        self.bar.inc(1);
    }

    /// Does something on the terminal while the bar is not there.
    pub(crate) fn aside(&self, what: impl FnOnce()) {
        self.bar.suspend(what);
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// Octets that went by so far.
    pub(crate) fn octets(&self) -> u64 {
        self.octets.load(Ordering::Relaxed)
    }

    fn begin(&self, phase: Phase, files: u64, octets: u64) {
        let (word, template) = match phase {
            Phase::Walking => ("looking", "{prefix} {msg}"),
            Phase::Packing => ("packing", WITH_BAR),
            Phase::Extracting => ("unpacking", WITH_BAR),
            Phase::Describing => ("reading", WITH_BAR),
            _ => ("verifying", WITH_BAR),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.reset();
        self.bar.set_prefix(word);
        self.bar.set_length(octets);
        self.files.store(0, Ordering::Relaxed);
        self.files_in_all.store(files, Ordering::Relaxed);
    }

    fn advance(&self, files: u64, octets: u64) {
        let files = self.files.fetch_add(files, Ordering::Relaxed) + files;
        self.octets.fetch_add(octets, Ordering::Relaxed);
        self.bar.inc(octets);
        if !self.bar.is_hidden() {
            let message = match self.files_in_all.load(Ordering::Relaxed) {
                0 => format!("{files} files"),
                all => format!("{files}/{all} files"),
            };
            self.bar.set_message(message);
        }
    }
}

const WITH_BAR: &str = "{prefix} [{bar:24}] {msg} {bytes}/{total_bytes} {bytes_per_sec} {eta} left";

impl Observer for Progress {
    fn observe(&self, step: Step) -> ControlFlow<()> {
        match step {
            Step::Began { phase, files, octets } => self.begin(phase, files, octets),
            Step::Advanced { files, octets } => self.advance(files, octets),
            _ => self.bar.finish_and_clear(),
        }
        if Context::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
