//! Many bags at the same time, each in a process of its own, told in the order in which they were given.
//!
//! The answer of a process stays in its pipe until it is its turn: so memory does not grow with the
//! number of bags or findings, and what is told does not depend on who is done first.

use super::search::Place;
use super::supervised::{CANCELLED, Ending, Turn, Watch, start, supervise};
use super::wire::{Heard, relay};
use crate::Context;
use crate::answer::Answer;
use crate::spelling::shown;
use crate::telling::Telling;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::BufReader;
use std::path::Path;
use std::process::ChildStdout;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How many may be done before their turn: each keeps a pipe open, of which a process may not have many.
const MOST_AHEAD: usize = 64;

/// How bags are dealt out.
pub(super) struct Crew<'a> {
    pub(super) places: &'a [Place],
    /// Processes at the same time.
    pub(super) jobs: usize,
    /// Worker threads of each, if somebody said so.
    pub(super) threads: Option<usize>,
    /// What each is held against: the profile, and whom is believed, as words of a command line.
    pub(super) held_against: Vec<OsString>,
    pub(super) processors: usize,
    /// How long a process may give no sign of life.
    pub(super) patience: Duration,
}

/// What became of a bag when it was taken up.
enum Begun {
    Runs { answer: ChildStdout, watch: Arc<Watch>, ending: Receiver<Ending> },
    Failed(String),
}

impl Crew<'_> {
    /// Examines them all, and tells each when it is its turn.
    pub(super) fn verify(&self, telling: &mut Telling<'_, '_>) {
        let gate = Gate::default();
        let jobs = self.jobs.min(self.places.len());
        std::thread::scope(|scope| {
            let (to, from) = channel();
            for _ in 0..jobs {
                let (to, gate) = (to.clone(), &gate);
                // Fewer hands are enough; that there are none shows below.
                let _ = std::thread::Builder::new().spawn_scoped(scope, move || self.work(gate, &to));
            }
            drop(to);
            let mut early = BTreeMap::new();
            for (number, place) in self.places.iter().enumerate() {
                while !early.contains_key(&number)
                    && let Ok((other, begun)) = from.recv()
                {
                    early.insert(other, begun);
                }
                self.tell(place, early.remove(&number), telling);
                gate.one_told();
            }
        });
        if Context::is_interrupted() {
            telling.context.remark("fonds: cancelled; what has no verdict was not examined");
        }
    }

    fn work(&self, gate: &Gate, to: &Sender<(usize, Begun)>) {
        while let Some(number) = gate.next(self.places.len(), self.jobs + MOST_AHEAD) {
            let begun = match &self.places[number] {
                Place::Closed { error, .. } => Err(error.clone()),
                Place::Bag(path) => start(path, self.threads_for(number), &self.held_against)
                    .map_err(|error| format!("cannot start a reader for `{}`: {error}", shown(path))),
            };
            let mut child = match begun {
                Ok(child) => child,
                Err(error) => {
                    let _ = to.send((number, Begun::Failed(error)));
                    continue;
                }
            };
            let watch = Arc::new(Watch::new());
            let (tell_ending, ending) = channel();
            if let Some(answer) = child.stdout.take() {
                let _ = to.send((number, Begun::Runs { answer, watch: watch.clone(), ending }));
            }
            let _ = tell_ending.send(supervise(child, &watch, self.patience));
        }
    }

    /// The processors are shared out among those that run; the last ones get more.
    fn threads_for(&self, number: usize) -> usize {
        let running = self.jobs.min(self.places.len() - number);
        self.threads.unwrap_or((self.processors / running).max(1))
    }

    fn tell(&self, place: &Place, begun: Option<Begun>, telling: &mut Telling<'_, '_>) {
        let path = place.path();
        match begun {
            Some(Begun::Runs { answer, watch, ending }) => {
                let turn = Turn { answer, watch: &watch };
                let heard = relay(BufReader::with_capacity(1 << 16, turn), telling);
                if heard == Heard::Whole {
                    return;
                }
                let ending = ending.recv().unwrap_or(Ending::Cancelled);
                let reason = not_examined(path, &ending.reason(self.patience));
                match heard {
                    Heard::Part => telling.end(Some(&reason)),
                    _ => telling.not_examined(&Answer::not_examined(path, reason, ending.hint())),
                }
            }
            Some(Begun::Failed(error)) => {
                telling.not_examined(&Answer::not_examined(path, error, Some(TRY_AGAIN)));
            }
            None => {
                let why = if Context::is_interrupted() { CANCELLED } else { "no reader could be started" };
                telling.not_examined(&Answer::not_examined(path, not_examined(path, why), None));
            }
        }
    }
}

const TRY_AGAIN: &str = "check the permissions, and how many processes may run; then verify again";

fn not_examined(path: &Path, why: &str) -> String {
    format!("cannot examine `{}`: {why}", shown(path))
}

/// Deals out numbers in order, but not too far ahead of what was told.
#[derive(Default)]
struct Gate {
    numbers: Mutex<Numbers>,
    changed: Condvar,
}

#[derive(Default)]
struct Numbers {
    next: usize,
    told: usize,
}

impl Gate {
    /// The next number below `end`; waits while it is `ahead` of what was told.
    fn next(&self, end: usize, ahead: usize) -> Option<usize> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if numbers.next >= end || Context::is_interrupted() {
                return None;
            }
            if numbers.next < numbers.told + ahead {
                numbers.next += 1;
                return Some(numbers.next - 1);
            }
            let waited = self.changed.wait_timeout(numbers, Duration::from_millis(100));
            numbers = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn one_told(&self) {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).told += 1;
        self.changed.notify_all();
    }
}
