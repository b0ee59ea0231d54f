//! Signs of life of a process that examines a bag: given by it, and heard by the one that waits.
//!
//! They are lines on its stderr: a point for "something went on", an exclamation mark for "the
//! examination is over, the answer follows". Any other line is what it said when it crashed.

use crate::Context;
use fixity::{Observer, Step};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Something went on.
const ALIVE: &[u8] = b".";
/// The examination is over.
const TELLS: &[u8] = b"!";

/// How often a sign is given at most.
const BEAT: Duration = Duration::from_millis(250);

/// The side that gives signs. It hears every step of the examination; where there are no steps, as
/// while names are looked at, the system tells whether the thread that does so gets answers from it.
pub(super) struct Heart {
    thread: PathBuf,
    steps: AtomicU64,
    octets: AtomicU64,
    is_alone: AtomicBool,
    stopped: Mutex<bool>,
    stops: Condvar,
}

impl Heart {
    /// The thread that calls this is the one that opens and looks.
    pub(super) fn of_this_thread() -> Self {
        let thread = std::fs::read_link("/proc/thread-self").unwrap_or_default();
        Self {
            thread: PathBuf::from("/proc").join(thread),
            steps: AtomicU64::new(0),
            octets: AtomicU64::new(0),
            is_alone: AtomicBool::new(false),
            stopped: Mutex::new(false),
            stops: Condvar::new(),
        }
    }

    /// Gives signs while something goes on, until it is stopped.
    pub(super) fn beat(&self) {
        let mut before = None;
        loop {
            let stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = self.stops.wait_timeout_while(stopped, BEAT, |stopped| !*stopped);
            if *waited.unwrap_or_else(PoisonError::into_inner).0 {
                return;
            }
            let now = Some((self.steps.load(Ordering::Relaxed), self.answers_of_the_system()));
            if now != before {
                before = now;
                self.give(ALIVE);
            }
        }
    }

    /// What the thread has read, and how often it waited for the system and got an answer. A thread that
    /// hangs, or turns in a circle, gets none.
    fn answers_of_the_system(&self) -> (String, Option<String>) {
        let read = |name| std::fs::read_to_string(self.thread.join(name)).unwrap_or_default();
        let status = read("status");
        let waits = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"));
        (read("io"), waits.map(str::to_owned))
    }

    /// Says that the examination is over.
    pub(super) fn tells(&self) {
        self.give(TELLS);
    }

    fn give(&self, sign: &[u8]) {
        let is_heard = Context::give_sign(&[sign, b"\n"].concat());
        // Whoever asked is gone, and the answer is not wanted.
        self.is_alone.fetch_or(!is_heard, Ordering::Relaxed);
    }

    pub(super) fn octets(&self) -> u64 {
        self.octets.load(Ordering::Relaxed)
    }

    /// Stops it when dropped, however that comes about; else a thread that panics would wait for it.
    pub(super) fn stops_at_the_end(&self) -> impl Drop + '_ {
        Stop(self)
    }
}

struct Stop<'a>(&'a Heart);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        *self.0.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.stops.notify_all();
    }
}

impl Observer for Heart {
    fn observe(&self, step: Step) -> ControlFlow<()> {
        self.steps.fetch_add(1, Ordering::Relaxed);
        if let Step::Advanced { octets, .. } = step {
            self.octets.fetch_add(octets, Ordering::Relaxed);
        }
        if Context::is_interrupted() || self.is_alone.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// What was heard on the other side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    Alive,
    Tells,
}

/// The side that hears signs.
#[derive(Default)]
pub(super) struct Ear {
    line: Vec<u8>,
    last_words: String,
}

/// Octets kept of what a process says when it crashes.
const MOST_LAST_WORDS: usize = 400;

impl Ear {
    /// Hears some octets, and hands on each sign in them.
    pub(super) fn hear(&mut self, octets: &[u8], mut on_sign: impl FnMut(Sign)) {
        for &octet in octets {
            if octet == b'\n' {
                match self.line.as_slice() {
                    ALIVE => on_sign(Sign::Alive),
                    TELLS => on_sign(Sign::Tells),
                    _ => self.keep(),
                }
                self.line.clear();
            } else if self.line.len() < MOST_LAST_WORDS {
                self.line.push(octet);
            }
        }
    }

    fn keep(&mut self) {
        if self.last_words.len() < MOST_LAST_WORDS && !self.line.is_empty() {
            let gap = if self.last_words.is_empty() { "" } else { " " };
            self.last_words.push_str(gap);
            self.last_words.push_str(&String::from_utf8_lossy(&self.line));
        }
    }

    /// What it said that was no sign.
    pub(super) fn last_words(&self) -> &str {
        &self.last_words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_last_words_are_told_apart() {
        let mut ear = Ear::default();
        let mut signs = Vec::new();
        for piece in [".\n.", "\n!\nthread 'main' pani", "cked!\n\nnote\n."] {
            ear.hear(piece.as_bytes(), |sign| signs.push(sign));
        }
        assert_eq!(signs, [Sign::Alive, Sign::Alive, Sign::Tells]);
        assert_eq!(ear.last_words(), "thread 'main' panicked! note");
        ear.hear(&[b'x'; 9999], |_| panic!("no sign"));
        ear.hear(b"\n", |_| panic!("no sign"));
        assert!(ear.last_words().len() <= 2 * MOST_LAST_WORDS);
    }
}
