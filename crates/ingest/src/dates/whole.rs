//! Putting dates together: weekday, date and time; the same day in two calendars.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::Draft;
use super::names::Sense;
use super::span::Span;
use super::{Precision, compact, ends, one, time};

/// Reads the longest date that begins here.
pub(super) fn date(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mut at = *cursor;
    let about = about(context, &mut at);
    let draft = if let Some(draft) = ends::shared_year(context, &mut at) {
        draft
    } else {
        let first = one::date(context, &mut at, about)?;
        let more = ends::both(context, &mut at, &first).or_else(|| same_day(context, &mut at, &first));
        more.unwrap_or(first)
    };
    *cursor = at;
    Some(if about { draft.about() } else { draft })
}

/// Passes what says that a date is only about so.
fn about(context: &Context<'_>, at: &mut Cursor<'_>) -> bool {
    let about = at.sense(Sense::About) || (context.whole && at.sense(Sense::WeakAbout));
    if about {
        at.mark(".");
    }
    about
}

/// ۱۴ تیر ۱۴۰۲ برابر با ۵ ژوئیه ۲۰۲۳: one day in two calendars, of which each can settle the other.
fn same_day(context: &Context<'_>, cursor: &mut Cursor<'_>, first: &Draft) -> Option<Draft> {
    let mut at = *cursor;
    at.mark(",");
    let bracket = at.mark("(").is_some();
    let told = at.sense(Sense::Same);
    if !told && !bracket && at.mark("-/=|").is_none() && !context.whole {
        return None;
    }
    let second = one::date(context, &mut at, false)?;
    if bracket {
        at.mark(")")?;
    }
    if first.precision < Precision::Day || second.precision < Precision::Day {
        return None;
    }
    let mut agreed: Vec<Span> = Vec::new();
    for (a, b) in first.spans.iter().flat_map(|a| second.spans.iter().map(move |b| (a, b))) {
        if a.calendar != b.calendar && a.fits(b) {
            // The one that is sure tells the day; the calendar is that of the first.
            let sure = if a.about { b } else { a };
            agreed.push(Span { calendar: a.calendar, ..*sure });
        }
    }
    let mut draft = match Draft::new(agreed, Precision::Day) {
        Some(draft) => draft,
        None if told => {
            let mut draft = Draft::new(first.spans.iter().chain(&second.spans).copied(), Precision::Day)?;
            draft.doubt = Some("the same day in two calendars, and they disagree");
            draft
        }
        None => return None,
    };
    draft.doubt = draft.doubt.or(first.doubt).or(second.doubt);
    if draft.doubt.is_none() {
        draft.remark = Some("written in two calendars, which agree");
    }
    draft.clock = first.clock.or(second.clock);
    *cursor = at;
    Some(draft)
}

/// The first octet of the date that a whole text is, past a time in front of it.
pub(super) fn text(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    while cursor.mark("([\"'«“,|-•·:").is_some() {}
    let mut at = *cursor;
    let clock = time::clock(&mut at, ":");
    if let Some(clock) = clock {
        at.mark(",-|");
        let mut then = at;
        if let Some(mut draft) = date(context, &mut then)
            && draft.clock.is_none()
            && draft.precision == Precision::Day
        {
            draft.clock = Some(clock);
            *cursor = then;
            return end(cursor).then_some(draft);
        }
    }
    let draft = if context.hints.unix { compact::unix(cursor) } else { None };
    let draft = draft.or_else(|| date(context, cursor))?;
    end(cursor).then_some(draft)
}

/// Whether nothing is left but what closes a text.
fn end(cursor: &mut Cursor<'_>) -> bool {
    for _ in 0..3 {
        cursor.mark(".,;)]»”\"'");
    }
    cursor.left() == 0
}
