//! The world outside: everything a command may know of it comes through here.

use crate::Status;
use chrono::{DateTime, Utc};
use provenance::seal::{Seed, salt};
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Set by Ctrl-C and by a request to terminate; looked at by every observer.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// What to do about an answer that could not be written.
pub(crate) const MAKE_ROOM: &str =
    "see where stdout goes and whether there is room, and ask again; what was written elsewhere is there";

/// Whether it is a loss that some of an answer was not written. Whoever closed the pipe wants no more.
pub(crate) fn is_loss(error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::BrokenPipe
}

/// Says that an answer could not be written.
pub(crate) fn unanswered(error: &io::Error) -> String {
    format!("cannot write the answer: {error}")
}

/// Where answers go, what time it is, how many processors there are.
pub struct Context<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Why some of the answer is not where it should be, as it was first met.
    lost: Option<io::Error>,
    /// Whether progress may be drawn.
    pub(crate) has_terminal: bool,
    /// What `--at` is without the option.
    pub(crate) now: Result<DateTime<Utc>, String>,
    /// Whether that was given by the environment, and not by a clock: then the same run gives the same
    /// octets.
    pub(crate) now_is_given: bool,
    /// Worker threads.
    pub(crate) threads: usize,
}

impl<'a> Context<'a> {
    /// Takes clock, environment and terminal from the process, once; Ctrl-C is heard from now on.
    ///
    /// The time is that of `SOURCE_DATE_EPOCH`, where that is set: whole seconds since 1970.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads clock and environment")]
    pub fn from_process(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        // A second context in one process finds the handler in place already.
        let _ = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed));
        let given = std::env::var_os("SOURCE_DATE_EPOCH");
        let now_is_given = given.is_some();
        let now = match given {
            None => Ok(Utc::now()),
            Some(text) => text
                .to_str()
                .and_then(|text| DateTime::from_timestamp(text.parse().ok()?, 0))
                .ok_or_else(|| format!("cannot read SOURCE_DATE_EPOCH: `{}` is no time", text.display())),
        };
        Self {
            out,
            err,
            lost: None,
            has_terminal: std::io::stderr().is_terminal(),
            now,
            now_is_given,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }

    /// A context for tests: no terminal, a fixed time, two threads.
    pub fn fixed(out: &'a mut dyn Write, err: &'a mut dyn Write, now: DateTime<Utc>) -> Self {
        Self { out, err, lost: None, has_terminal: false, now: Ok(now), now_is_given: true, threads: 2 }
    }

    /// What a clock says that only goes forward: for how long to wait, never for an answer.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads clock and environment")]
    pub(crate) fn instant() -> Instant {
        Instant::now()
    }

    /// Draws the seed of a seal from the system.
    pub(crate) fn draw_seed() -> Result<Seed, String> {
        Self::draw::<{ salt::OCTETS }>().map(Seed::new)
    }

    /// Draws what tells the answer to a request for a timestamp from one to another.
    pub(crate) fn draw_nonce() -> Result<[u8; 16], String> {
        Self::draw()
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that draws anything")]
    fn draw<const OCTETS: usize>() -> Result<[u8; OCTETS], String> {
        let mut octets = [0; OCTETS];
        getrandom::fill(&mut octets)
            .map_err(|error| format!("the system gives no random octets: {error}"))?;
        Ok(octets)
    }

    /// Where the agent listens that holds somebody's keys.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads clock and environment")]
    pub(crate) fn agent_socket() -> Option<PathBuf> {
        std::env::var_os("SSH_AUTH_SOCK").filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// Gives another process a sign, from whatever thread; `false` if nobody hears it.
    #[expect(clippy::disallowed_methods, reason = "signs are given while another thread answers")]
    pub(crate) fn give_sign(sign: &[u8]) -> bool {
        std::io::stderr().write_all(sign).is_ok()
    }

    /// Whether somebody asked to stop.
    pub(crate) fn is_interrupted() -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }

    /// Writes a line of the answer, harmless on a terminal.
    pub(crate) fn say(&mut self, line: impl fmt::Display) {
        let written = writeln!(self.out, "{}", provenance::name::spell(&line.to_string()));
        self.keep_loss(written);
    }

    /// Writes a JSON document as the answer: on one line, or for the eye.
    pub(crate) fn say_json(&mut self, document: &impl serde::Serialize, format: crate::Format) {
        let text = if format == crate::Format::Jsonl {
            serde_json::to_string(document)
        } else {
            serde_json::to_string_pretty(document)
        };
        if let Ok(text) = text {
            let written = writeln!(self.out, "{}", crate::spelling::escape_controls(&text));
            self.keep_loss(written);
        }
    }

    /// Writes a piece of the answer that is harmless already, as [`crate::render::json::line`] makes it.
    pub(crate) fn say_octets(&mut self, piece: &str) {
        let written = self.out.write_all(piece.as_bytes()).and_then(|()| self.out.flush());
        self.keep_loss(written);
    }

    fn keep_loss(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.lost.get_or_insert(error);
        }
    }

    /// Ends the answer. One that is not where it should be is no success, whatever was found.
    pub(crate) fn close(&mut self, status: Status) -> Status {
        let flushed = self.out.flush();
        self.keep_loss(flushed);
        match self.lost.take() {
            Some(error) if is_loss(&error) => self.fail(&unanswered(&error), Some(MAKE_ROOM)),
            _ => status,
        }
    }

    /// Writes a remark beside the answer, harmless on a terminal; it may have several lines.
    pub(crate) fn remark(&mut self, text: impl fmt::Display) {
        for line in text.to_string().lines() {
            let _ = writeln!(self.err, "{}", provenance::name::spell(line));
        }
    }

    /// Says why nothing could be done, and what to do next.
    pub(crate) fn fail(&mut self, error: &dyn fmt::Display, hint: Option<&str>) -> Status {
        self.remark(format_args!("fonds: {error}"));
        if let Some(hint) = hint {
            self.remark(format_args!("hint: {hint}"));
        }
        Status::Failed
    }
}
