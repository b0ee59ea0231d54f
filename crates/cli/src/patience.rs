//! Describing with a limit of time: the libraries count their work, and this is what stands behind them.
//!
//! A document in a format that is read with somebody else's parser is described on a thread of its
//! own. If that takes too long it is abandoned, with a remark, and goes into the bundle without a
//! description.

use crate::Context;
use provenance::Format;
use provenance::description::{Describer, Description, Look, Remark, RemarkKind};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long the description of one document may take.
const LIMIT: Duration = Duration::from_secs(2);

/// Threads that may be lost to documents without an end; after that, none is risked any more.
const MOST_ABANDONED: usize = 8;

/// A describer that is waited for only so long.
pub(crate) struct Patient<D> {
    describer: Arc<D>,
    limit: Duration,
    threads: Mutex<Threads>,
}

#[derive(Default)]
struct Threads {
    idle: Vec<Hand>,
    abandoned: usize,
}

/// A thread that describes, as it is seen from outside.
struct Hand {
    tasks: Sender<Task>,
    calls: Receiver<Call>,
    pieces: Sender<io::Result<Vec<u8>>>,
}

/// A document that is to be described.
struct Task {
    name: String,
    path: String,
    format: Format,
    beginning: Vec<u8>,
    size_octets: u64,
}

/// What a thread that describes has to say.
enum Call {
    /// It wants so many octets from there on.
    Read(u64, usize),
    /// It is done; `None` if it broke.
    Done(Option<Box<Description>>),
}

impl<D: Describer + Send + 'static> Patient<D> {
    pub(crate) fn new(describer: D) -> Self {
        Self::with_limit(describer, LIMIT)
    }

    fn with_limit(describer: D, limit: Duration) -> Self {
        Self { describer: Arc::new(describer), limit, threads: Mutex::default() }
    }

    /// A thread that waits for work; `None` if too many were lost already.
    fn hand(&self) -> Option<Hand> {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        if threads.abandoned >= MOST_ABANDONED {
            return None;
        }
        threads.idle.pop().or_else(|| hire(Arc::clone(&self.describer)).ok())
    }

    fn give_back(&self, hand: Hand) {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).idle.push(hand);
    }

    fn abandon(&self) {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).abandoned += 1;
    }

    fn wait(&self, hand: Hand, look: &Look<'_>) -> Description {
        let mut end = Context::instant() + self.limit;
        loop {
            let left = end.saturating_duration_since(Context::instant());
            match hand.calls.recv_timeout(left) {
                Ok(Call::Read(offset, octets)) => {
                    let begun = Context::instant();
                    let mut room = vec![0; octets];
                    let read = (look.again)(offset, &mut room).map(|count| {
                        room.truncate(count);
                        room
                    });
                    // It waits for this; if it is gone, the next call says so.
                    let _ = hand.pieces.send(read);
                    // A slow disk is no fault of the document.
                    end += begun.elapsed();
                }
                Ok(Call::Done(description)) => {
                    self.give_back(hand);
                    return description.map_or_else(|| given_up("its reader failed"), |it| *it);
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.abandon();
                    return given_up(&format!("it took longer than {} s", self.limit.as_secs_f32()));
                }
                Err(RecvTimeoutError::Disconnected) => return given_up("its reader failed"),
            }
        }
    }
}

impl<D: Describer + Send + 'static> Describer for Patient<D> {
    fn looks_into(&self, format: &Format) -> bool {
        self.describer.looks_into(format)
    }

    fn describe(&self, look: &Look<'_>) -> Description {
        if is_read_by_us(look.format) {
            return self.describer.describe(look);
        }
        let Some(hand) = self.hand() else {
            return given_up("too many documents before it took too long");
        };
        let task = Task {
            name: look.name.to_owned(),
            path: look.path.to_owned(),
            format: *look.format,
            beginning: look.beginning.to_owned(),
            size_octets: look.size_octets,
        };
        match hand.tasks.send(task) {
            Ok(()) => self.wait(hand, look),
            Err(_) => given_up("its reader failed"),
        }
    }

    fn wants(&self, format: &Format) -> usize {
        self.describer.wants(format)
    }

    fn mentions(&self) -> bool {
        self.describer.mentions()
    }
}

/// Formats whose readers are ours, with every step counted.
fn is_read_by_us(format: &Format) -> bool {
    format.media_type.is_none_or(|media_type| {
        ["text/", "image/", "audio/", "video/"].iter().any(|kind| media_type.starts_with(kind))
            || matches!(media_type, "application/xhtml+xml" | "application/json" | "application/octet-stream")
    })
}

fn given_up(why: &str) -> Description {
    let remark = Remark { kind: RemarkKind::GivenUp, detail: why.to_owned() };
    Description { remarks: vec![remark], ..Description::default() }
}

/// Starts a thread that describes until nobody wants it any more.
fn hire<D: Describer + Send + 'static>(describer: Arc<D>) -> io::Result<Hand> {
    let (tasks, orders) = channel::<Task>();
    let (calling, calls) = channel();
    let (pieces, answers) = channel::<io::Result<Vec<u8>>>();
    std::thread::Builder::new().name("describe".to_owned()).spawn(move || {
        for task in orders {
            let again = |offset: u64, room: &mut [u8]| -> io::Result<usize> {
                let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
                calling.send(Call::Read(offset, room.len())).map_err(|_| gone())?;
                let piece = answers.recv().map_err(|_| gone())??;
                let count = piece.len().min(room.len());
                room[..count].copy_from_slice(&piece[..count]);
                Ok(count)
            };
            let look = Look {
                name: &task.name,
                path: &task.path,
                format: &task.format,
                beginning: &task.beginning,
                size_octets: task.size_octets,
                again: &again,
            };
            let described = catch_unwind(AssertUnwindSafe(|| describer.describe(&look)));
            if calling.send(Call::Done(described.ok().map(Box::new))).is_err() {
                break;
            }
        }
    })?;
    Ok(Hand { tasks, calls, pieces })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use provenance::description::Suggestion;

    const PDF: Format = Format { media_type: Some("application/pdf"), puid: None, basis: "" };

    /// Answers with what it reads at octet 4, never, or not at all.
    struct Moody;

    impl Describer for Moody {
        fn describe(&self, look: &Look<'_>) -> Description {
            match look.name {
                "endless" => loop {
                    std::thread::sleep(Duration::from_millis(1));
                },
                "broken" => std::panic::resume_unwind(Box::new("broken")),
                _ => {}
            }
            let value = String::from_utf8(look.read(4, 3).unwrap().into_owned()).unwrap();
            Description {
                title: Some(Suggestion { value, signals: vec!["octets"] }),
                ..Description::default()
            }
        }
    }

    fn describe(patient: &Patient<Moody>, name: &str) -> Description {
        let text = b"0123456789";
        let again = |offset: u64, room: &mut [u8]| {
            let rest = &text[usize::try_from(offset).unwrap()..];
            let count = rest.len().min(room.len());
            room[..count].copy_from_slice(&rest[..count]);
            Ok(count)
        };
        patient.describe(&Look { again: &again, size_octets: 10, ..Look::whole(name, &PDF, &text[..2]) })
    }

    fn remark(description: &Description) -> &str {
        assert_eq!(description.remarks[0].kind, RemarkKind::GivenUp);
        &description.remarks[0].detail
    }

    #[test]
    fn what_takes_too_long_is_abandoned_and_all_else_is_described() {
        let patient = Patient::with_limit(Moody, Duration::from_millis(200));
        for _ in 0..3 {
            assert_eq!(describe(&patient, "plain").title.unwrap().value, "456");
        }
        assert_eq!(patient.threads.lock().unwrap().idle.len(), 1);
        assert_eq!(remark(&describe(&patient, "broken")), "its reader failed");
        assert_eq!(describe(&patient, "plain").title.unwrap().value, "456");
        for _ in 0..MOST_ABANDONED {
            assert_eq!(remark(&describe(&patient, "endless")), "it took longer than 0.2 s");
            if patient.threads.lock().unwrap().abandoned < MOST_ABANDONED {
                assert_eq!(describe(&patient, "plain").title.unwrap().value, "456");
            }
        }
        assert_eq!(remark(&describe(&patient, "plain")), "too many documents before it took too long");
    }
}
