//! An answer on its way from one process to another: a JSON object on each line.

use crate::Context;
use crate::answer::{Answer, FindingRow};
use crate::render::json::line;
use crate::rendering::{Rendering, Tally};
use crate::telling::Telling;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::BufRead;

/// Octets that are gathered before they are sent.
const PIECE: usize = 1 << 15;

/// One line. Without `End` an answer is not whole.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    Answer(Box<Answer>),
    #[serde(borrow)]
    Unprotected(Cow<'a, str>),
    #[serde(borrow)]
    Finding(FindingRow<'a>),
    End,
}

/// Sends answers.
#[derive(Default)]
pub(super) struct Wire {
    pending: String,
}

impl Wire {
    fn send(&mut self, message: &Line<'_>, context: &mut Context<'_>) {
        self.pending.push_str(&line(message));
        self.pending.push('\n');
        if self.pending.len() >= PIECE || matches!(message, Line::End) {
            context.say_octets(&self.pending);
            self.pending.clear();
        }
    }
}

impl Rendering for Wire {
    fn begin(&mut self, answer: &Answer, context: &mut Context<'_>) {
        self.send(&Line::Answer(Box::new(answer.clone())), context);
    }

    fn unprotected(&mut self, path: &str, context: &mut Context<'_>) {
        self.send(&Line::Unprotected(path.into()), context);
    }

    fn finding(&mut self, row: &FindingRow<'_>, context: &mut Context<'_>) {
        self.send(&Line::Finding(row.clone()), context);
    }

    fn end(&mut self, _: Option<&str>, context: &mut Context<'_>) {
        self.send(&Line::End, context);
    }

    fn close(&mut self, _: &Tally, _: &mut Context<'_>) {}
}

/// How much of an answer came through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    Nothing,
    /// It was begun, and must be ended by whoever knows why the rest did not come.
    Part,
    Whole,
}

/// Tells what comes through, line by line, as it comes.
pub(super) fn relay(mut from: impl BufRead, telling: &mut Telling<'_, '_>) -> Heard {
    let mut heard = Heard::Nothing;
    let mut octets = Vec::new();
    loop {
        octets.clear();
        if !from.read_until(b'\n', &mut octets).is_ok_and(|length| length > 0) {
            return heard;
        }
        match (serde_json::from_slice(&octets), heard) {
            (Ok(Line::Answer(answer)), Heard::Nothing) => {
                if answer.verdict.is_none() {
                    telling.not_examined(&answer);
                    return Heard::Whole;
                }
                telling.begin(&answer);
                heard = Heard::Part;
            }
            (Ok(Line::Unprotected(path)), Heard::Part) => telling.unprotected(&path),
            (Ok(Line::Finding(row)), Heard::Part) => telling.finding(&row),
            (Ok(Line::End), Heard::Part) => {
                telling.end(None);
                return Heard::Whole;
            }
            // A line that is cut off, or that makes no sense here: nothing after it can be trusted.
            _ => return heard,
        }
    }
}
