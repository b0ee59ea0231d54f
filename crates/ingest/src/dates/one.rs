//! One date with its weekday before it or behind it, and its time.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::Draft;
use super::names::Sense;
use super::{Precision, compact, loose, numeric, time, written};

/// Reads one date with its weekday before it and its time behind it.
pub(super) fn date(context: &Context<'_>, cursor: &mut Cursor<'_>, cued: bool) -> Option<Draft> {
    let mut at = *cursor;
    if context.whole {
        leads(&mut at);
    }
    let weekday = weekday(context, &mut at);
    if weekday.is_some() {
        at.mark(".");
        at.mark(",");
        leads(&mut at);
    }
    let mut draft = [compact::date, numeric::date, written::date]
        .into_iter()
        .find_map(|form| form(context, &mut at))
        .or_else(|| loose::date(context, &mut at, cued))?;
    if draft.precision == Precision::Day && draft.clock.is_none() {
        draft.clock = time::behind_day(&mut at);
        // XML writes days with a zone and no time.
        if draft.clock.is_none() && context.whole && at.is_glued() {
            draft.zoned = time::zone(&mut at).is_some();
        }
    }
    if let Some(weekday) = weekday.or_else(|| weekday_behind(context, &mut at)) {
        draft = draft.on(weekday);
    }
    *cursor = at;
    Some(draft)
}

/// Passes words that lead to a date.
pub(super) fn leads(at: &mut Cursor<'_>) {
    for _ in 0..4 {
        if !at.sense(Sense::Lead) {
            return;
        }
        at.mark(":");
        at.mark("'");
    }
}

/// Passes a day of the week. Its short forms are words of other languages: they count only where
/// there is nothing but a date.
fn weekday(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<u32> {
    at.word(|sense| match sense {
        Sense::Weekday(weekday) => Some(weekday),
        Sense::WeakWeekday(weekday) if context.whole => Some(weekday),
        _ => None,
    })
}

/// Passes a weekday behind a date, where the text is one date.
fn weekday_behind(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<u32> {
    let mut then = *at;
    let bracket = then.mark("(").is_some();
    then.mark(",");
    let weekday = weekday(context, &mut then).filter(|_| context.whole)?;
    if bracket {
        then.mark(")")?;
    }
    *at = then;
    Some(weekday)
}
