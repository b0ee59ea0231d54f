//! What in documents could identify a source: in those of a bag, or in any before they are packed.
//!
//! Documents are read and described anew, whatever a bag says of them; nothing is written. What was
//! found is told in words that hold no name, number or position themselves.

mod look;
mod shelf;
mod survey;

pub use shelf::{OfAccession, OfContainer, Shelf};
pub use survey::{Survey, Unseen, sort_of};

use crate::{Error, ErrorKind, Result};
use fixity::{Observer, Phase, Step};
use look::Looker;
use provenance::Identifier;
use provenance::description::Describer;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use survey::Seen;

/// Answers that may wait, for each worker: whoever reads faster than they are taken waits, too.
const WAITING: usize = 64;

/// Looks at every document of a shelf, with `threads` workers.
///
/// What comes out does not depend on threads or timing.
///
/// # Errors
/// If the observer asked to stop. A document that cannot be read is no error: the survey says so.
pub fn survey(
    shelf: &dyn Shelf,
    identifier: &dyn Identifier,
    describer: &dyn Describer,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Survey> {
    let count = shelf.count();
    let octets = (0..count).map(|index| shelf.size_octets(index)).sum();
    let begun = Step::Began { phase: Phase::Describing, files: count as u64, octets };
    if observer.observe(begun) == ControlFlow::Break(()) {
        return Err(cancelled());
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let looker = Looker { shelf, identifier, describer };
    let threads = threads.max(1);
    let survey = std::thread::scope(|scope| {
        let (answers, inbox) = sync_channel(WAITING * threads);
        for _ in 0..threads {
            let (answers, looker, next, stop) = (answers.clone(), &looker, &next, &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count || answers.send((index, looker.look(index))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(answers);
        collect(shelf, &inbox, &stop, observer)
    })?;
    let _ = observer.observe(Step::Ended);
    Ok(survey)
}

/// Gathers answers until every worker has gone home.
fn collect(
    shelf: &dyn Shelf,
    inbox: &Receiver<(usize, Seen)>,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> Result<Survey> {
    let mut survey = Survey::default();
    for (index, seen) in inbox {
        survey.take(index, seen);
        let told = Step::Advanced { files: 1, octets: shelf.size_octets(index) };
        if observer.observe(told) == ControlFlow::Break(()) {
            stop.store(true, Ordering::Relaxed);
        }
    }
    if stop.load(Ordering::Relaxed) { Err(cancelled()) } else { Ok(survey.settled()) }
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "cancelled before all documents were looked at")
}

#[cfg(test)]
mod tests;
