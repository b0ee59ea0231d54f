//! Finding dates in running text.

use std::ops::Range;

use super::context::Context;
use super::cursor::Cursor;
use super::names::Sense;
use super::token::{Kind, Token, Window};
use super::{Found, chance, fold, whole, written};

/// All of them, in order. No token is a start twice, and none looks further ahead than the window.
pub(super) fn all(context: &Context<'_>, text: &str) -> Vec<Found> {
    if chance::may_hold_date(text) { each(context, text) } else { Vec::new() }
}

/// The same, whatever the text looks like.
pub(super) fn each(context: &Context<'_>, text: &str) -> Vec<Found> {
    let mut window = Window::new(text);
    let mut found = Vec::new();
    loop {
        let tokens = window.ahead();
        let Some(first) = tokens.first() else { return found };
        let passed = match begins(text, first).then(|| one(context, text, tokens)).flatten() {
            Some((one, count)) => {
                found.push(one);
                count
            }
            None => no_date(tokens),
        };
        window.pass(passed);
    }
}

/// The first of them that holds the octets in `place`, and begins no later.
pub(super) fn holding(context: &Context<'_>, text: &str, place: &Range<usize>) -> Option<Found> {
    if !chance::may_hold_date(text) {
        return None;
    }
    let mut window = Window::new(text);
    loop {
        let tokens = window.ahead();
        let first = tokens.first().filter(|first| first.start <= place.start)?;
        let passed = match begins(text, first).then(|| one(context, text, tokens)).flatten() {
            Some((one, _)) if one.range.start <= place.start && one.range.end >= place.end => {
                return Some(one);
            }
            Some((_, count)) => count,
            None => no_date(tokens),
        };
        window.pass(passed);
    }
}

/// The date that begins with these tokens, and how many of them it takes.
fn one(context: &Context<'_>, text: &str, tokens: &[Token]) -> Option<(Found, usize)> {
    let mut cursor = Cursor::new(tokens);
    let draft = whole::date(context, &mut cursor)?;
    let count = tokens.len() - cursor.left();
    let range = tokens.first()?.start..tokens.get(count.checked_sub(1)?)?.end;
    if !ends(text, range.end) {
        return None;
    }
    let reading = draft.reading(context, &text[range.clone()]);
    Some((Found { range, reading }, count))
}

/// How many tokens to pass where no date begins. A day that its month has not takes the month with it:
/// 31 February 2023 is not February 2023.
fn no_date(tokens: &[Token]) -> usize {
    let mut cursor = Cursor::new(tokens);
    let day = cursor.number(1..=2).is_some();
    cursor.sense(Sense::Ordinal);
    written::between(&mut cursor, true);
    if day && written::month(&mut cursor).is_some() { tokens.len() - cursor.left() } else { 1 }
}

/// Whether a date can begin with a token: it is a number or a name, and no part of something else.
fn begins(text: &str, token: &Token) -> bool {
    let name = match &token.kind {
        Kind::Number(_) => false,
        Kind::Word(_, senses, words) => {
            let starts = |sense: &Sense| {
                matches!(
                    sense,
                    Sense::Month(..)
                        | Sense::WeakMonth(..)
                        | Sense::Weekday(_)
                        | Sense::Season(_)
                        | Sense::Day(_)
                        | Sense::Year
                        | Sense::Decade
                        | Sense::About
                )
            };
            *words > 1 || senses.iter().any(starts)
        }
        Kind::Mark(_) => return false,
    };
    let mut before = text[..token.start].chars().rev();
    let Some(last) = before.next() else { return true };
    if last.is_alphanumeric() {
        return false;
    }
    let earlier = before.next();
    match fold::mark(last) {
        '/' | '\\' | '_' | '=' | '&' | '#' | '%' | '@' | '$' | '€' | '£' | '+' | '~' => false,
        '.' | ',' | ':' | '-' | '\'' => name || !earlier.is_some_and(char::is_numeric),
        _ => true,
    }
}

/// Whether a date can end there: what follows is no more of the same.
fn ends(text: &str, at: usize) -> bool {
    let mut behind = text[at..].chars();
    match behind.next().map(fold::mark) {
        Some(c) if c.is_alphanumeric() => false,
        Some('%' | '$' | '€' | '£' | '_') => false,
        Some('/' | '-' | '.' | ':' | ',') => !behind.next().is_some_and(char::is_numeric),
        _ => true,
    }
}
