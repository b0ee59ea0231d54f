//! Reading tokens one after another, and coming back.

use std::ops::RangeInclusive;

use super::names::{self, Sense};
use super::token::{Kind, Number, Token};

/// A place among tokens; copied to try something and come back.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    tokens: &'a [Token],
}

impl<'a> Cursor<'a> {
    /// Before the first of `tokens`.
    pub(super) fn new(tokens: &'a [Token]) -> Cursor<'a> {
        Cursor { tokens }
    }

    /// How many tokens are left.
    pub(super) fn left(&self) -> usize {
        self.tokens.len()
    }

    /// The next token.
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.first()
    }

    /// Passes one token.
    pub(super) fn pass(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    /// Whether the next token stands directly behind the one before.
    pub(super) fn is_glued(&self) -> bool {
        self.peek().is_some_and(|token| !token.gap)
    }

    /// Passes a mark if it is one of `marks`.
    pub(super) fn mark(&mut self, marks: &str) -> Option<char> {
        match self.peek()?.kind {
            Kind::Mark(c) if marks.contains(c) => {
                self.pass();
                Some(c)
            }
            _ => None,
        }
    }

    /// Passes a number of `digits` digits.
    pub(super) fn number(&mut self, digits: RangeInclusive<usize>) -> Option<Number> {
        match self.peek()?.kind {
            Kind::Number(number) if digits.contains(&number.digits) => {
                self.pass();
                Some(number)
            }
            _ => None,
        }
    }

    /// Passes a name of one or more words, the longest that `pick` wants.
    pub(super) fn word<T>(&mut self, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        let Kind::Word(first, senses, most) = &self.peek()?.kind else { return None };
        if *most < 2 {
            let picked = senses.iter().find_map(|sense| pick(*sense))?;
            self.pass();
            return Some(picked);
        }
        let mut found = senses.iter().find_map(|sense| pick(*sense)).map(|picked| (picked, 1));
        let mut joined = first.as_str().to_owned();
        let (mut words, mut passed) = (1, 1);
        while words < *most {
            match self.tokens.get(passed).map(|token| &token.kind) {
                Some(Kind::Word(next, ..)) => {
                    joined.push_str(next.as_str());
                    words += 1;
                }
                Some(Kind::Mark('\'' | '-' | '.')) => {
                    passed += 1;
                    continue;
                }
                _ => break,
            }
            passed += 1;
            let senses = names::senses(&joined).0;
            if let Some(picked) = senses.iter().find_map(|sense| pick(*sense)) {
                found = Some((picked, passed));
            }
        }
        let (picked, passed) = found?;
        self.tokens = &self.tokens[passed..];
        Some(picked)
    }

    /// Passes a word of that sense.
    pub(super) fn sense(&mut self, wanted: Sense) -> bool {
        self.word(|sense| (sense == wanted).then_some(())).is_some()
    }
}
