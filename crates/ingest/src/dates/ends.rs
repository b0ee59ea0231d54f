//! From a date to a date: 27 July – 3 September 1988.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::Draft;
use super::names::Sense;
use super::span::Span;
use super::{Precision, one, written};

/// Passes what stands between two ends.
fn until(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<()> {
    if at.mark("-").is_some() || at.sense(Sense::Until) || (context.whole && at.mark("/").is_some()) {
        return Some(());
    }
    None
}

/// 27 July – 3 September 1988, July 5–7, 2023, ۵ تا ۷ مرداد ۱۳۶۷: two ends, one year.
pub(super) fn shared_year(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mut at = *cursor;
    if context.whole {
        one::leads(&mut at);
    }
    let (day, month) = part(&mut at);
    until(context, &mut at)?;
    let (last_day, last_month) = part(&mut at);
    let from_month = month.or(last_month)?;
    let to_month = last_month.or(month)?;
    if day.is_some() != last_day.is_some() || from_month.calendar != to_month.calendar {
        return None;
    }
    written::between(&mut at, false);
    let year = written::year(context, &mut at).filter(|year| !year.short)?;
    let to = written::resolve(to_month, last_day, year, None)?;
    let mut from = written::resolve(from_month, day, year, None)?;
    if from_month.number > to_month.number {
        // From December to January: the year is that of the end.
        let before = written::Year { number: year.number - 1, ..year };
        from = written::resolve(from_month, day, before, None)?;
    }
    let draft = join(&from, &to)?;
    *cursor = at;
    Some(draft)
}

/// A day, a month, or both in either order.
fn part(at: &mut Cursor<'_>) -> (Option<u32>, Option<written::Month>) {
    let mut then = *at;
    let mut month = written::month(&mut then);
    if month.is_some() {
        *at = then;
        written::between(&mut then, true);
    }
    let day = written::day(&mut then);
    if day.is_some() {
        *at = then;
        if month.is_none() {
            written::between(&mut then, true);
            month = written::month(&mut then);
            if month.is_some() {
                *at = then;
            }
        }
    }
    (day, month)
}

/// Two whole dates with a word between them that makes them ends.
pub(super) fn both(context: &Context<'_>, cursor: &mut Cursor<'_>, first: &Draft) -> Option<Draft> {
    let mut at = *cursor;
    until(context, &mut at)?;
    let last = one::date(context, &mut at, false)?;
    let draft = join(first, &last)?;
    *cursor = at;
    Some(draft)
}

/// From one date to another of the same calendar that is not before it.
fn join(from: &Draft, to: &Draft) -> Option<Draft> {
    if from.spans.len() != to.spans.len() || from.precision != to.precision.min(Precision::Day) {
        return None;
    }
    let pairs = from.spans.iter().zip(&to.spans);
    let spans: Option<Vec<Span>> = pairs.map(|(from, to)| span_until(from, to)).collect();
    let mut draft = Draft::new(spans?, to.precision)?;
    draft.doubt = from.doubt.or(to.doubt);
    Some(draft)
}

/// One span from two.
fn span_until(from: &Span, to: &Span) -> Option<Span> {
    let in_order = from.bounds()?.0 < to.bounds()?.0 && from.until.is_none() && to.until.is_none();
    let about = from.about || to.about;
    (in_order && from.calendar == to.calendar).then_some(Span { until: Some(to.shape), about, ..*from })
}
