//! Times of day and their zones.

use chrono::NaiveTime;

use super::cursor::Cursor;
use super::draft::Clock;
use super::names::Sense;
use super::token::Kind;

/// Passes the time that stands behind a day, with what leads to it.
pub(super) fn behind_day(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let mut at = *cursor;
    let clock = if at.is_glued() && is_letter(&at, "t") {
        at.pass();
        clock(&mut at, ":").or_else(|| basic(&mut at))?
    } else {
        let mut told = false;
        // Web servers join them by a colon: 05/Jul/2023:10:15:00.
        if !(at.is_glued() && at.mark(":").is_some()) {
            at.mark(",-|@;/");
            told = at.sense(Sense::At);
            at.mark(":,");
        }
        // A point is enough between hour and minute where a word says that it is a time.
        let clock = clock(&mut at, if told { ":." } else { ":" })?;
        pass_end(&mut at, clock);
        clock
    };
    let zone = zone_behind_time(&mut at);
    *cursor = at;
    Some(Clock { zone, ..clock })
}

/// Passes the end of a time that lasts: `10:15-11:30`. It could be a zone; then the zone is lost, which
/// is better than one that nobody wrote.
fn pass_end(cursor: &mut Cursor<'_>, from: Clock) {
    let mut at = *cursor;
    if at.mark("-").is_some() && clock(&mut at, ":").is_some_and(|to| to.seconds == from.seconds) {
        *cursor = at;
    }
}

/// Whether the next token is that word.
fn is_letter(cursor: &Cursor<'_>, letter: &str) -> bool {
    matches!(cursor.peek().map(|token| &token.kind), Some(Kind::Word(word, ..)) if word.as_str() == letter)
}

/// `10:15`, `10:15:30.5`, `10h15`, `10:15 PM`, `10:15 Uhr`, with one of `marks` between hour and minute.
pub(super) fn clock(cursor: &mut Cursor<'_>, marks: &str) -> Option<Clock> {
    let mut at = *cursor;
    let hour = at.number(1..=2)?.value;
    if !at.is_glued() {
        return None;
    }
    if at.mark(marks).is_none() {
        if !is_letter(&at, "h") {
            return None;
        }
        at.pass();
    }
    let minute = at.number(2..=2)?.value;
    let mut second = None;
    let mut then = at;
    if then.is_glued() && then.mark(":").is_some() {
        second = Some(then.number(2..=2)?.value);
        at = then;
        if then.is_glued() && then.mark(".,").is_some() && then.is_glued() && then.number(1..=9).is_some() {
            at = then;
        }
    }
    let half = at.word(|sense| match sense {
        Sense::Half(late) => Some(late),
        _ => None,
    });
    at.sense(Sense::Clock);
    let clock = build(twelve(hour, half)?, minute, second)?;
    *cursor = at;
    Some(clock)
}

/// The hour of 24, from one of 12 where it is told which half of the day it is in.
fn twelve(hour: u64, half: Option<bool>) -> Option<u64> {
    match half {
        None => Some(hour),
        Some(_) if hour > 23 => None,
        // 17:30 PM is written, too.
        Some(_) if hour > 12 || hour == 0 => Some(hour),
        Some(late) => Some(hour % 12 + if late { 12 } else { 0 }),
    }
}

/// `10`, `1015`, `101530` behind a T.
fn basic(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let mut at = *cursor;
    let number = at.number(2..=6)?;
    let value = number.value;
    let clock = match number.digits {
        2 => build(value, 0, None),
        4 => build(value / 100, value % 100, None),
        6 => build(value / 10_000, value / 100 % 100, Some(value % 100)),
        _ => None,
    }?;
    let mut then = at;
    if number.digits == 6 && then.is_glued() && then.mark(".,").is_some() && then.number(1..=9).is_some() {
        at = then;
    }
    *cursor = at;
    Some(clock)
}

/// A time from its parts, if there is such a time.
pub(super) fn build(hour: u64, minute: u64, second: Option<u64>) -> Option<Clock> {
    let [hour, minute, seconds] =
        [hour, minute, second.unwrap_or(0)].map(|part| u32::try_from(part).unwrap_or(u32::MAX));
    let seconds = if seconds == 60 { 59 } else { seconds };
    let time = NaiveTime::from_hms_opt(hour, minute, seconds)?;
    Some(Clock { time, seconds: second.is_some(), zone: None })
}

/// The zone behind a time: `Z`, `+02:00`, `GMT+2`, `(UTC)`, and a comment on it.
fn zone_behind_time(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut at = *cursor;
    // Of «p.m.», the last point.
    at.mark(".");
    let bracket = at.mark("(");
    let zone = zone(&mut at)?;
    if bracket.is_some() {
        at.mark(")")?;
    }
    comment(&mut at);
    *cursor = at;
    Some(zone)
}

/// A zone by its name, by its offset, or both.
pub(super) fn zone(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut at = *cursor;
    let named = at.word(|sense| match sense {
        Sense::Zone(minutes) => Some(minutes),
        _ => None,
    });
    let then = at;
    let offset = offset(&mut at, named == Some(0));
    if offset.is_none() {
        at = then;
    }
    let zone = offset.or(named)?;
    *cursor = at;
    Some(zone)
}

/// `+02:00`, `-0430`, `+02`; behind a name `+2`, too.
fn offset(cursor: &mut Cursor<'_>, named: bool) -> Option<i32> {
    let sign = if cursor.mark("+-")? == '-' { -1 } else { 1 };
    if !cursor.is_glued() {
        return None;
    }
    let number = cursor.number(if named { 1..=4 } else { 2..=4 })?;
    let (hours, minutes) = match number.digits {
        4 => (number.value / 100, number.value % 100),
        1 | 2 => {
            let mut then = *cursor;
            // A PDF writes +02'00'.
            if then.is_glued()
                && then.mark(":'").is_some()
                && let Some(minutes) = then.number(2..=2)
            {
                then.mark("'");
                *cursor = then;
                (number.value, minutes.value)
            } else {
                (number.value, 0)
            }
        }
        _ => return None,
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours <= 14 && minutes < 60).then_some(sign * total)
}

/// Passes `(CEST)` or `[Europe/Berlin]`.
fn comment(cursor: &mut Cursor<'_>) {
    let mut at = *cursor;
    let close = match at.mark("([") {
        Some('(') => ")",
        Some(_) => "]",
        None => return,
    };
    for _ in 0..10 {
        if at.mark(close).is_some() {
            *cursor = at;
            return;
        }
        if matches!(at.peek().map(|token| &token.kind), Some(Kind::Number(_)) | None) {
            return;
        }
        at.pass();
    }
}
