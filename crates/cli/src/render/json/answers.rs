//! Answers about bags, written as they come: no more than a line of them is held in memory.
//!
//! A document is one object; in it the head of each bag stands on a line, and each finding on one of
//! its own. In the other form each bag is a line that stands alone.

use super::line;
use super::refused::VERSION;
use crate::Context;
use crate::answer::{Answer, FindingRow};
use crate::rendering::{Rendering, Tally};
use serde::Serialize;
use std::collections::BTreeMap;

/// Octets that are gathered before they are written.
const PIECE: usize = 1 << 16;

/// One document, or one line for each bag.
pub(crate) struct Answers {
    command: &'static str,
    /// Between what stands on lines of its own in a document.
    gap: &'static str,
    is_document: bool,
    bags: u64,
    list: List,
    is_first: bool,
    pending: String,
}

#[derive(PartialEq)]
enum List {
    Unprotected,
    Findings,
}

#[derive(Serialize)]
struct Opening {
    version: u32,
    command: &'static str,
}

#[derive(Serialize)]
struct Closing {
    verdicts: BTreeMap<&'static str, u64>,
    status: u8,
}

impl Answers {
    pub(crate) fn document(command: &'static str) -> Self {
        Self { gap: "\n", is_document: true, ..Self::lines(command) }
    }

    pub(crate) fn lines(command: &'static str) -> Self {
        Self {
            command,
            gap: "",
            is_document: false,
            bags: 0,
            list: List::Unprotected,
            is_first: true,
            pending: String::new(),
        }
    }

    fn put(&mut self, text: &str, context: &mut Context<'_>) {
        self.pending.push_str(text);
        if self.pending.len() >= PIECE {
            self.flush(context);
        }
    }

    fn flush(&mut self, context: &mut Context<'_>) {
        context.say_octets(&self.pending);
        self.pending.clear();
    }

    /// The object that begins here: without the brace that would end it.
    fn open(&mut self, object: &impl Serialize, context: &mut Context<'_>) {
        let text = line(object);
        self.put(text.strip_suffix('}').unwrap_or(&text), context);
    }

    /// The fields of an object that is open already.
    fn go_on(&mut self, object: &impl Serialize, context: &mut Context<'_>) {
        let text = line(object);
        self.put(",", context);
        self.put(text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(&text), context);
    }

    fn separate(&mut self, context: &mut Context<'_>) {
        let comma = if self.is_first { "" } else { "," };
        self.is_first = false;
        self.put(comma, context);
        self.put(self.gap, context);
    }

    fn turn_to_findings(&mut self, context: &mut Context<'_>) {
        if self.list == List::Unprotected {
            self.put("],\"findings\":[", context);
            self.list = List::Findings;
            self.is_first = true;
        }
    }

    fn open_document(&mut self, context: &mut Context<'_>) {
        self.open(&Opening { version: VERSION, command: self.command }, context);
        self.put(",\"bags\":[\n", context);
    }
}

impl Rendering for Answers {
    fn begin(&mut self, answer: &Answer, context: &mut Context<'_>) {
        // Of a run that is stopped, the first says why for all that were not reached.
        let is_said = self.bags > 0 && Context::is_interrupted();
        if let Some(error) = answer.error.as_ref().filter(|_| !is_said) {
            context.fail(error, answer.hint.as_deref());
        }
        if self.is_document {
            if self.bags == 0 {
                self.open_document(context);
            } else {
                self.put(",\n", context);
            }
            self.open(answer, context);
        } else {
            self.open(&Opening { version: VERSION, command: self.command }, context);
            self.go_on(answer, context);
        }
        self.bags += 1;
        self.put(",\"unprotected\":[", context);
        self.list = List::Unprotected;
        self.is_first = true;
    }

    fn unprotected(&mut self, path: &str, context: &mut Context<'_>) {
        self.separate(context);
        self.put(&line(&path), context);
    }

    fn finding(&mut self, row: &FindingRow<'_>, context: &mut Context<'_>) {
        self.turn_to_findings(context);
        self.separate(context);
        self.put(&line(row), context);
    }

    fn end(&mut self, broken_off: Option<&str>, context: &mut Context<'_>) {
        self.turn_to_findings(context);
        self.put("]", context);
        if let Some(reason) = broken_off {
            self.go_on(&BTreeMap::from([("broken_off", reason)]), context);
            context.remark(format_args!("fonds: {reason}"));
        }
        self.put(if self.is_document { "}" } else { "}\n" }, context);
        if !self.is_document {
            self.flush(context);
        }
    }

    fn close(&mut self, tally: &Tally, context: &mut Context<'_>) {
        if self.is_document {
            if self.bags == 0 {
                self.open_document(context);
            }
            self.put("\n]", context);
            self.go_on(&Closing { verdicts: tally.verdicts(), status: tally.status() as u8 }, context);
            self.put("}\n", context);
        }
        self.flush(context);
    }
}
