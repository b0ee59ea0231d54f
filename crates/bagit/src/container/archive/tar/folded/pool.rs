//! Threads that make digests of files that come one after the other.
//!
//! A small file goes to one thread. A large one goes to several at once, each with some of its
//! algorithms. Queues are short, so that memory stays bounded.

use super::sums::Sums;
use fixity::{Algorithm, Pass, Sum};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::Scope;

/// Octets of a file that go to its threads at a time; a file that is larger is split by algorithms.
pub(super) const PIECE: usize = 256 << 10;
/// Pieces that wait for one thread.
const WAITING: usize = 8;

/// Part of a file.
struct Piece {
    entry: usize,
    algorithms: Arc<[Algorithm]>,
    octets: Arc<Vec<u8>>,
    is_last: bool,
}

/// The threads.
pub(super) struct Pool {
    queues: Vec<SyncSender<Piece>>,
    results: Receiver<(usize, Sum)>,
    next: usize,
}

/// Where the pieces of one file go.
pub(super) struct Lanes {
    entry: usize,
    lanes: Vec<(usize, Arc<[Algorithm]>)>,
}

impl Pool {
    pub(super) fn start<'scope>(scope: &'scope Scope<'scope, '_>, threads: usize) -> Self {
        let (told, results) = channel();
        let start = |_| {
            let (queue, pieces) = sync_channel(WAITING);
            let told = told.clone();
            scope.spawn(move || digest(&pieces, &told));
            queue
        };
        let queues = (0..threads.max(1)).map(start).collect();
        Self { queues, results, next: 0 }
    }

    /// Gives a file of so many octets to threads.
    pub(super) fn begin(&mut self, entry: usize, octets: u64, algorithms: &Arc<[Algorithm]>) -> Lanes {
        let threads = self.queues.len();
        let most = if octets > PIECE as u64 { threads.min(algorithms.len()).max(1) } else { 1 };
        let share = |lane: usize| -> Arc<[Algorithm]> {
            if most == 1 {
                return Arc::clone(algorithms);
            }
            algorithms.iter().copied().skip(lane).step_by(most).collect()
        };
        let lanes = (0..most).map(|lane| ((self.next + lane) % threads, share(lane))).collect();
        self.next = (self.next + most) % threads;
        Lanes { entry, lanes }
    }

    /// Hands over octets of a file that was begun, and no other since.
    pub(super) fn put(&self, lanes: &Lanes, octets: Vec<u8>, is_last: bool) {
        let octets = Arc::new(octets);
        for (thread, algorithms) in &lanes.lanes {
            let piece = Piece {
                entry: lanes.entry,
                algorithms: Arc::clone(algorithms),
                octets: Arc::clone(&octets),
                is_last,
            };
            // A thread listens for as long as its queue is there.
            let _ = self.queues[*thread].send(piece);
        }
    }

    /// Takes in what has come out so far.
    pub(super) fn collect(&self, sums: &mut Sums) {
        for (entry, sum) in self.results.try_iter() {
            sums.add(entry, &sum);
        }
    }

    /// Waits for all that is still to come.
    pub(super) fn end(self, sums: &mut Sums) {
        drop(self.queues);
        for (entry, sum) in self.results {
            sums.add(entry, &sum);
        }
    }
}

fn digest(pieces: &Receiver<Piece>, told: &Sender<(usize, Sum)>) {
    let mut running: Option<Pass> = None;
    for piece in pieces {
        let mut pass = running.take().unwrap_or_else(|| Pass::new(&piece.algorithms));
        pass.update(&piece.octets);
        if piece.is_last {
            let _ = told.send((piece.entry, pass.finish()));
        } else {
            running = Some(pass);
        }
    }
}
