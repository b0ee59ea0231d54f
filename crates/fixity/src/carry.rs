//! Carries very many files past the digests, with all processors and bounded memory.
//!
//! Small neighbours travel together in one segment of a mebioctet or two: one read or write may
//! serve hundreds of files. Large files travel several side by side, so that their SHA-512 runs in
//! lanes. What comes out does not depend on threads or timing: every file has its number.

mod large;
mod plan;
mod small;
#[cfg(test)]
mod tests;

use crate::{Algorithm, Observer, Pass, Step, Sum, SumTable};
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Brings the octets of numbered files, and takes them where they go.
///
/// For every file either the pair `load`/`unload` is called (small files, in runs of neighbours),
/// or `open`, then `read` and `pass` in turn, then `close`.
pub trait Carrier: Sync {
    /// An open large file.
    type Stream: Send;
    /// What ends the whole journey.
    type Error: Send;

    /// By how many of `all` algorithms a file is summed, from the first on: by all, unless the carrier
    /// knows of files that nobody asks so much of.
    fn algorithms(&self, index: usize, all: usize) -> usize {
        let _ = index;
        all
    }

    /// Whether a large file that is open takes so much memory that no worker may have two.
    fn opens_singly(&self) -> bool {
        false
    }

    /// Fills `segment` with the octets of a run of small files, one extent for each in order.
    ///
    /// # Errors
    /// Whatever must end the whole journey; a file that merely cannot be read gets the extent `None`.
    fn load(&self, run: Range<usize>, segment: &mut Segment) -> Result<(), Self::Error>;

    /// Takes a loaded run on, now that it is summed; `None` where the extent was `None`.
    ///
    /// # Errors
    /// Whatever must end the whole journey.
    fn unload(
        &self,
        run: Range<usize>,
        segment: &mut Segment,
        sums: &[Option<Sum>],
    ) -> Result<(), Self::Error>;

    /// Opens a large file; `None` if it merely cannot be read.
    ///
    /// # Errors
    /// Whatever must end the whole journey.
    fn open(&self, index: usize) -> Result<Option<Self::Stream>, Self::Error>;

    /// Reads more of a large file.
    ///
    /// # Errors
    /// Whatever must end the whole journey; a read that merely fails is [`Reading::Failed`].
    fn read(&self, stream: &mut Self::Stream, room: &mut [u8]) -> Result<Reading, Self::Error>;

    /// Takes octets on that were just read and summed.
    ///
    /// # Errors
    /// Whatever must end the whole journey.
    fn pass(&self, stream: &mut Self::Stream, octets: &[u8]) -> Result<(), Self::Error>;

    /// Ends a large file.
    ///
    /// # Errors
    /// Whatever must end the whole journey.
    fn close(&self, index: usize, stream: Self::Stream, sum: &Sum) -> Result<(), Self::Error>;
}

/// What one read brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// So many octets, at least one.
    Octets(usize),
    /// The end of the file.
    End,
    /// The file cannot be read on; it gets no sum.
    Failed,
}

/// Room for a run of small files.
#[derive(Debug, Default)]
pub struct Segment {
    /// Octets of the run, with whatever the carrier puts between.
    pub octets: Vec<u8>,
    /// Where in `octets` each file lies; `None` for one that could not be read.
    pub extents: Vec<Option<Range<usize>>>,
}

/// Why a journey ended early.
#[derive(Debug)]
pub enum Halt<E> {
    /// The observer asked for it.
    Cancelled,
    /// The carrier failed.
    Failed(E),
}

impl<E> From<E> for Halt<E> {
    fn from(error: E) -> Self {
        Self::Failed(error)
    }
}

/// Carries file `i` of `sizes[i]` octets, for every `i`, by `threads` workers.
///
/// # Errors
/// [`Halt`]: the carrier's first error, or that the observer asked to stop.
pub fn carry<C: Carrier>(
    carrier: &C,
    sizes: &[u64],
    algorithms: &[Algorithm],
    threads: usize,
    observer: &dyn Observer,
) -> Result<SumTable, Halt<C::Error>> {
    let threads = threads.max(1);
    let plan = plan::Plan::new(sizes, threads, if carrier.opens_singly() { 1 } else { plan::SIDE_BY_SIDE });
    let stop = AtomicBool::new(false);
    let (results, inbox) = channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let worker = Worker { carrier, plan: &plan, algorithms, stop: &stop, results: results.clone() };
            scope.spawn(move || worker.run());
        }
        drop(results);
        collect(&inbox, SumTable::new(algorithms, sizes.len()), &stop, observer)
    })
}

/// What a worker tells.
enum Told<E> {
    Octets(u64),
    Sums(usize, Vec<Option<Sum>>),
    Failed(E),
}

/// Gathers sums until every worker has gone home.
fn collect<E>(
    inbox: &Receiver<Told<E>>,
    mut table: SumTable,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> Result<SumTable, Halt<E>> {
    let mut halt = None;
    for message in inbox {
        let told = match message {
            Told::Octets(octets) => Step::Advanced { files: 0, octets },
            Told::Sums(first, sums) => {
                for (index, sum) in (first..).zip(&sums) {
                    if let Some(sum) = sum {
                        table.set(index, sum);
                    }
                }
                Step::Advanced { files: sums.len() as u64, octets: 0 }
            }
            Told::Failed(error) => {
                stop.store(true, Ordering::Relaxed);
                halt.get_or_insert(Halt::Failed(error));
                continue;
            }
        };
        if observer.observe(told) == ControlFlow::Break(()) {
            stop.store(true, Ordering::Relaxed);
            halt.get_or_insert(Halt::Cancelled);
        }
    }
    halt.map_or(Ok(table), Err)
}

/// One thread's share of the work.
struct Worker<'a, C: Carrier> {
    carrier: &'a C,
    plan: &'a plan::Plan,
    algorithms: &'a [Algorithm],
    stop: &'a AtomicBool,
    results: Sender<Told<C::Error>>,
}

impl<C: Carrier> Worker<'_, C> {
    fn run(&self) {
        if let Err(error) = self.carry_large().and_then(|()| self.carry_small()) {
            self.tell(Told::Failed(error));
        }
    }

    /// A sum of a file that begins.
    fn pass(&self, index: usize) -> Pass {
        let count = self.carrier.algorithms(index, self.algorithms.len()).min(self.algorithms.len());
        Pass::new(&self.algorithms[..count])
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn tell(&self, told: Told<C::Error>) {
        // The receiver outlives every worker, so this cannot fail while anyone listens.
        let _ = self.results.send(told);
    }
}
