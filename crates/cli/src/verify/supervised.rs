//! A process that examines one bag, watched: whatever becomes of it, whoever waits is not left waiting.

use super::reader::NAME;
use super::signs::{Ear, Sign};
use crate::Context;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::ffi::OsString;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often it is looked at whether to go on waiting.
const LOOK: Duration = Duration::from_millis(100);

/// How long a killed process may take to end. One that waits for a dead disk does not end at all, and
/// is left behind.
const LAST_MOMENTS: Duration = Duration::from_secs(2);

/// What is known of a process, by the thread that watches it and the one that hears its answer.
pub(super) struct Watch(Mutex<Known>);

struct Known {
    last_sign: Instant,
    tells: bool,
    awaited_since: Option<Instant>,
    is_given_up: bool,
}

impl Watch {
    pub(super) fn new() -> Self {
        let last_sign = Context::instant();
        Self(Mutex::new(Known { last_sign, tells: false, awaited_since: None, is_given_up: false }))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, sign: Sign) {
        let mut known = self.known();
        known.last_sign = Context::instant();
        known.tells |= sign == Sign::Tells;
    }

    /// Whether it should have given a sign. One that tells its answer need not, unless somebody waits
    /// for the next word: it is stopped while it is not its turn.
    fn is_overdue(&self, patience: Duration) -> bool {
        let known = self.known();
        let silent = known.last_sign.elapsed();
        match (known.tells, known.awaited_since) {
            (false, _) => silent > patience,
            (true, Some(since)) => silent.min(since.elapsed()) > patience,
            (true, None) => false,
        }
    }
}

/// Starts this very program anew, to examine one bag.
pub(super) fn start(bag: &Path, threads: usize, held_against: &[OsString]) -> io::Result<Child> {
    // Not by its path: it may have been replaced by another version meanwhile.
    let mut command = Command::new("/proc/self/exe");
    command.arg0("fonds").args([NAME, "--threads", &threads.to_string()]);
    command.args(held_against);
    command.arg("--").arg(bag).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

/// How a process ended.
pub(super) enum Ending {
    Ended { status: Option<ExitStatus>, last_words: String },
    Silent,
    Cancelled,
}

/// Watches a process until it has ended or is given up.
pub(super) fn supervise(mut child: Child, watch: &Watch, patience: Duration) -> Ending {
    let mut ear = Ear::default();
    let mut octets = [0; 4096];
    let Some(mut signs) = child.stderr.take() else { return Ending::Cancelled };
    loop {
        if Context::is_interrupted() {
            give_up(&mut child, watch);
            return Ending::Cancelled;
        }
        if watch.is_overdue(patience) {
            give_up(&mut child, watch);
            return Ending::Silent;
        }
        if !is_readable(&signs) {
            continue;
        }
        match signs.read(&mut octets) {
            Ok(0) | Err(_) => break,
            Ok(length) => ear.hear(&octets[..length], |sign| watch.note(sign)),
        }
    }
    let status = reap(&mut child, patience);
    Ending::Ended { status, last_words: ear.last_words().to_owned() }
}

fn give_up(child: &mut Child, watch: &Watch) {
    // It may have ended at this very moment.
    let _ = child.kill();
    reap(child, LAST_MOMENTS);
    watch.known().is_given_up = true;
}

/// Waits for the end of a process, but not for ever.
fn reap(child: &mut Child, longest: Duration) -> Option<ExitStatus> {
    let begun = Context::instant();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if begun.elapsed() < longest => std::thread::sleep(Duration::from_millis(2)),
            _ => return None,
        }
    }
}

/// Whether there is something to read, or nothing will come any more; waits a moment for it.
fn is_readable(stream: &impl AsFd) -> bool {
    let mut streams = [PollFd::new(stream, PollFlags::IN)];
    let moment = Timespec { tv_sec: 0, tv_nsec: LOOK.subsec_nanos().into() };
    poll(&mut streams, Some(&moment)).is_ok_and(|ready| ready > 0)
}

/// The answer of a process whose turn it is.
pub(super) struct Turn<'a> {
    pub(super) answer: ChildStdout,
    pub(super) watch: &'a Watch,
}

impl Read for Turn<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.watch.known().awaited_since.get_or_insert_with(Context::instant);
        while !is_readable(&self.answer) {
            if self.watch.known().is_given_up {
                return Ok(0);
            }
        }
        let read = self.answer.read(buffer);
        self.watch.known().awaited_since = None;
        read
    }
}

impl Ending {
    /// Why the answer is not there, or not whole.
    pub(super) fn reason(&self, patience: Duration) -> String {
        match self {
            Self::Silent => format!("it gave no sign of life for {} s", patience.as_secs()),
            Self::Cancelled => CANCELLED.to_owned(),
            Self::Ended { status, last_words } => {
                let how = status.map(|status| match (status.signal(), status.code()) {
                    (Some(signal), _) => format!(" (signal {signal})"),
                    (None, Some(code)) => format!(" (status {code})"),
                    (None, None) => String::new(),
                });
                let gap = if last_words.is_empty() { "" } else { ": " };
                format!("its reader crashed{}{gap}{last_words}", how.unwrap_or_default())
            }
        }
    }

    /// What to do about that.
    pub(super) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Silent => Some("look at its disk; verify it alone, or wait longer with --patience"),
            Self::Ended { .. } => Some("verify it alone; if that crashes too, tell the makers of fonds"),
            Self::Cancelled => None,
        }
    }
}

/// That somebody asked to stop.
pub(super) const CANCELLED: &str = "cancelled";
