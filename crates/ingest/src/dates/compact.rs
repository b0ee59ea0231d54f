//! Dates in one run of digits: 20230705, 20230705101530, D:20230705101530+02'00', Unix time.

use chrono::DateTime;

use super::context::Context;
use super::cursor::Cursor;
use super::draft::{Clock, Draft};
use super::names::Sense;
use super::span::{Shape, Span};
use super::{Calendar, Precision, calendar, time};

/// Seconds and milliseconds of the years 1973 to 2100 have as many digits.
const SECONDS: std::ops::RangeInclusive<usize> = 9..=10;
const MILLISECONDS: std::ops::RangeInclusive<usize> = 12..=13;

/// Reads one. In running text only with a time behind it, for 20230705 may be any number.
pub(super) fn date(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mut at = *cursor;
    // PDF begins its dates so.
    if context.whole && at.sense(Sense::Of) {
        at.mark(":")?;
    }
    let number = at.number(7..=14)?;
    let (day, rest) = match number.digits {
        7 => return ordinal(context, number.value).inspect(|_| *cursor = at),
        8 => (number.value, None),
        12 => (number.value / 10_000, Some(number.value % 10_000 * 100)),
        14 => (number.value / 1_000_000, Some(number.value % 1_000_000)),
        _ => return None,
    };
    let mut draft = from_digits(context, day, number.persian)?;
    if let Some(rest) = rest {
        let seconds = (number.digits == 14).then_some(rest % 100);
        let clock = time::build(rest / 10_000, rest / 100 % 100, seconds)?;
        draft.clock = Some(Clock { zone: time::zone(&mut at), ..clock });
    } else if !context.whole {
        let mut then = at;
        then.is_glued().then_some(())?;
        draft.clock = Some(time::behind_day(&mut then)?);
        at = then;
    }
    *cursor = at;
    Some(draft)
}

/// Year, month and day of eight digits.
pub(super) fn from_digits(context: &Context<'_>, digits: u64, persian: bool) -> Option<Draft> {
    let [year, month, day] = [digits / 10_000, digits / 100 % 100, digits % 100].map(u32::try_from);
    let (year, month, day) = (i32::try_from(year.ok()?).ok()?, month.ok()?, day.ok()?);
    let calendars = context.calendars(year, None, persian);
    Draft::new(calendars.filter_map(|of| calendar::day_span(of, year, month, day)), Precision::Day)
}

/// 2023186: the year, and the number of the day in it.
fn ordinal(context: &Context<'_>, digits: u64) -> Option<Draft> {
    let year = i32::try_from(digits / 1000).ok().filter(|year| (1900..=2100).contains(year))?;
    let day = chrono::NaiveDate::from_yo_opt(year, u32::try_from(digits % 1000).ok()?)?;
    Draft::new([Span::new(Shape::Day(day), Calendar::Gregorian)], Precision::Day).filter(|_| context.whole)
}

/// Seconds or milliseconds since 1970, in UTC.
pub(super) fn unix(cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mut at = *cursor;
    let number = at.number(9..=13)?;
    let seconds = if SECONDS.contains(&number.digits) {
        number.value
    } else if MILLISECONDS.contains(&number.digits) {
        number.value / 1000
    } else {
        return None;
    };
    let moment = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?.naive_utc();
    let mut then = at;
    if then.mark(".").is_some() && then.number(1..=9).is_some() {
        at = then;
    }
    let mut draft = Draft::new([Span::new(Shape::Day(moment.date()), Calendar::Gregorian)], Precision::Day)?;
    draft.clock = Some(Clock { time: moment.time(), seconds: true, zone: Some(0) });
    *cursor = at;
    Some(draft)
}
