//! What is less than a month: years, seasons, decades.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::Draft;
use super::names::Sense;
use super::{Precision, calendar, written};

/// Reads one. `cued` says that what stood before makes a bare year a year.
pub(super) fn date(context: &Context<'_>, cursor: &mut Cursor<'_>, cued: bool) -> Option<Draft> {
    let mut at = *cursor;
    let draft = season(context, &mut at).or_else(|| {
        at = *cursor;
        decade(context, &mut at).or_else(|| {
            at = *cursor;
            numbered_month(context, &mut at).or_else(|| {
                at = *cursor;
                year(context, &mut at, cued)
            })
        })
    })?;
    *cursor = at;
    Some(draft)
}

/// Summer 1988, تابستان ۱۳۶۷.
fn season(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Draft> {
    let season = at.word(|sense| match sense {
        Sense::Season(season) => Some(season),
        _ => None,
    })?;
    written::between(at, false);
    let year = written::year(context, at).filter(|year| !year.short)?;
    // A lunar year has no seasons.
    let calendars = context.calendars(year.number, year.era, year.persian);
    let spans = calendars.filter_map(|of| calendar::season_span(of, year.number, season));
    Draft::new(spans, Precision::Season)
}

/// 1980s, 1980er Jahre, les années 1980, دهه ۶۰.
fn decade(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Draft> {
    let noun = at.sense(Sense::Decade);
    let number = at.number(if noun { 2..=4 } else { 4..=4 }).filter(|number| number.digits != 3)?;
    let mut then = *at;
    then.mark("'-");
    let tens = then.is_glued() && then.sense(Sense::Tens);
    if tens {
        *at = then;
        at.sense(Sense::Year);
    }
    let era = super::numeric::era(at);
    let year = super::numeric::small(number)?;
    if !(noun || tens) || year % 10 != 0 {
        return None;
    }
    if number.digits == 4 {
        let calendars = context.calendars(year, era, number.persian);
        return Draft::new(calendars.filter_map(|of| calendar::decade_span(of, year)), Precision::Decade);
    }
    let centuries = context.centuries(year, number.persian).into_iter();
    Draft::new(centuries.filter_map(|(of, year)| calendar::decade_span(of, year)), Precision::Decade)
}

/// 2023-07 and 07/2023, where the text is one date.
fn numbered_month(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Draft> {
    if !context.whole {
        return None;
    }
    let first = at.number(1..=4)?;
    let mark = at.mark("-/.")?;
    let second = at.number(1..=4)?;
    // 1988/89 and 1988.12 are too many things.
    let (year, month) = match (first.digits, second.digits, mark) {
        (4, 2, '-' | '/') => (first, second),
        (1 | 2, 4, '/' | '.' | '-') => (second, first),
        _ => return None,
    };
    let (number, month) = (super::numeric::small(year)?, u32::try_from(month.value).ok()?);
    let calendars = context.calendars(number, None, year.persian);
    Draft::new(calendars.filter_map(|of| calendar::month_span(of, number, month)), Precision::Month)
}

/// 1988, سال ۱۳۶۷.
fn year(context: &Context<'_>, at: &mut Cursor<'_>, cued: bool) -> Option<Draft> {
    let noun = at.sense(Sense::Year);
    at.mark(":");
    let year = written::year(context, at).filter(|year| !year.short)?;
    if !(noun || cued || context.whole) {
        return None;
    }
    let spans = context.calendars(year.number, year.era, year.persian);
    let spans = spans.filter_map(|of| calendar::year_span(of, year.number));
    Draft::new(spans, Precision::Year)
}
