//! Dates with the name of the month: 5 July 2023, July 5th, 2023, ۱۴ تیر ۱۴۰۲.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::{Clock, Draft};
use super::names::{Era, Sense};
use super::{Calendar, Precision, calendar, numeric, time};

/// A month by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    /// The calendar it belongs to.
    pub(super) calendar: Calendar,
    /// Its number.
    pub(super) number: u32,
    /// Whether the name needs a day beside it to be one.
    weak: bool,
}

/// A year as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Year {
    /// Its number.
    pub(super) number: i32,
    /// Whether it has two digits only.
    pub(super) short: bool,
    /// Whether an apostrophe stands for the century.
    pub(super) apostrophe: bool,
    /// Whether it is in Persian digits.
    pub(super) persian: bool,
    /// What stands behind it.
    pub(super) era: Option<Era>,
}

/// Reads one, with a time between day and year where C programs put it.
pub(super) fn date(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let forms = [day_first, month_first, year_first];
    forms.into_iter().find_map(|form| {
        let mut at = *cursor;
        let draft = form(context, &mut at)?;
        *cursor = at;
        Some(draft)
    })
}

/// 5 July 2023, 5. Juli 2023, le 1er juillet 2023, ۱۴ تیرماه سال ۱۴۰۲.
fn day_first(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Draft> {
    let day = day(at)?;
    between(at, true);
    let month = month(at)?;
    between(at, false);
    let year = year(context, at)?;
    resolve(month, Some(day), year, None)
}

/// July 5th, 2023; Jul  5 10:15:00 2023; July 2023.
fn month_first(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Draft> {
    let capital = at.peek()?.capital;
    let month = month(at)?;
    between(at, true);
    let mut with_day = *at;
    if let Some(draft) = day(&mut with_day).and_then(|day| {
        let clock = clock_before_year(&mut with_day);
        between(&mut with_day, false);
        let year = year(context, &mut with_day)?;
        resolve(month, Some(day), year, clock)
    }) {
        *at = with_day;
        return Some(draft);
    }
    between(at, false);
    let year = year(context, at)?;
    // In «Jun 17», 17 is a day.
    if year.short && !year.apostrophe && year.number <= 31 {
        return None;
    }
    let sure = !month.weak || context.whole || (capital && month.calendar == Calendar::Gregorian);
    resolve(month, None, year, None).filter(|_| sure)
}

/// 2023 July 5, 2023-Jul-05.
fn year_first(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Draft> {
    at.sense(Sense::Year);
    let year = year(context, at).filter(|year| !year.short)?;
    between(at, true);
    let month = month(at)?;
    between(at, true);
    let day = day(at)?;
    // In «1988 July 5, 1989» the day belongs to the other year.
    let mut beyond = *at;
    between(&mut beyond, false);
    if self::year(context, &mut beyond).is_some_and(|year| !year.short) {
        return None;
    }
    resolve(month, Some(day), year, None)
}

/// A day of the month in digits, with what makes it an ordinal, or in words.
pub(super) fn day(at: &mut Cursor<'_>) -> Option<u32> {
    if let Some(day) = at.word(|sense| match sense {
        Sense::Day(day) => Some(day),
        _ => None,
    }) {
        return Some(day);
    }
    let day = at.number(1..=2)?.value;
    if !(1..=31).contains(&day) {
        return None;
    }
    let mut then = *at;
    if then.is_glued() && then.sense(Sense::Ordinal) {
        *at = then;
    }
    at.mark(".º°ª");
    u32::try_from(day).ok()
}

/// A month by its name, and by its other name in another tradition: `يوليو/تموز`, `يوليو (تموز)`.
pub(super) fn month(at: &mut Cursor<'_>) -> Option<Month> {
    let month = single_month(at)?;
    at.mark(".");
    let mut then = *at;
    if let Some(mark) = then.mark("/(-")
        && let Some(other) = single_month(&mut then)
        && (mark != '(' || then.mark(")").is_some())
        && (other.calendar, other.number) == (month.calendar, month.number)
    {
        *at = then;
    }
    at.sense(Sense::MonthNoun);
    Some(month)
}

/// One name of a month.
fn single_month(at: &mut Cursor<'_>) -> Option<Month> {
    at.word(|sense| match sense {
        Sense::Month(calendar, number) => Some(Month { calendar, number, weak: false }),
        Sense::WeakMonth(calendar, number) => Some(Month { calendar, number, weak: true }),
        _ => None,
    })
}

/// Passes what may stand between the parts; before a year its noun, too.
pub(super) fn between(at: &mut Cursor<'_>, before_month: bool) {
    for _ in 0..3 {
        let passed = if before_month {
            at.mark("-/,.'").is_some() || at.sense(Sense::Of) || at.sense(Sense::MonthNoun)
        } else {
            at.mark("-/,.").is_some() || at.sense(Sense::Of) || at.sense(Sense::Year)
        };
        if !passed {
            return;
        }
    }
}

/// A year of four digits; one of two where nothing else can be meant.
pub(super) fn year(context: &Context<'_>, at: &mut Cursor<'_>) -> Option<Year> {
    let mut then = *at;
    let apostrophe = then.mark("'").is_some() && then.is_glued();
    let number = then.number(2..=4).filter(|number| number.digits != 3)?;
    let short = number.digits == 2;
    if short && !apostrophe && !context.whole {
        return None;
    }
    // What looks like a year may be an hour: 5 July 10:15.
    let mut beyond = then;
    if short && beyond.is_glued() && beyond.mark(":").is_some() {
        return None;
    }
    let era = numeric::era(&mut then);
    *at = then;
    Some(Year { number: numeric::small(number)?, short, apostrophe, persian: number.persian, era })
}

/// A time that stands before the year, with its zone.
fn clock_before_year(at: &mut Cursor<'_>) -> Option<Clock> {
    let mut then = *at;
    let clock = time::clock(&mut then, ":")?;
    let zone = time::zone(&mut then);
    *at = then;
    Some(Clock { zone, ..clock })
}

/// Puts the parts together.
pub(super) fn resolve(month: Month, day: Option<u32>, year: Year, clock: Option<Clock>) -> Option<Draft> {
    let years = full_years(month, year);
    let spans = years.into_iter().filter_map(|(of, year)| match day {
        Some(day) => calendar::day_span(of, year, month.number, day),
        None => calendar::month_span(of, year, month.number),
    });
    let precision = if day.is_some() { Precision::Day } else { Precision::Month };
    let mut draft = Draft::new(spans, precision)?;
    draft.clock = clock;
    Some(draft)
}

/// The years that may be meant beside a month, each with its calendar.
fn full_years(month: Month, year: Year) -> Vec<(Calendar, i32)> {
    if !fits_era(month.calendar, year.era) {
        return Vec::new();
    }
    if !year.short {
        let of = calendar::with_month(month.calendar, year.number);
        return of.map(|of| (of, year.number)).into_iter().collect();
    }
    let centuries: [(i32, std::ops::Range<i32>); 2] = match month.calendar {
        Calendar::Gregorian => [(1900, 1900..2050), (2000, 1900..2050)],
        Calendar::Persian | Calendar::PersianImperial => [(1300, 1300..1421), (1400, 1300..1421)],
        Calendar::Islamic => [(1300, 1300..1461), (1400, 1300..1461)],
    };
    let years = centuries.into_iter().map(|(century, window)| (century + year.number, window));
    years.filter(|(year, window)| window.contains(year)).map(|(year, _)| (month.calendar, year)).collect()
}

/// Whether the era behind a year can belong to a month's calendar.
fn fits_era(calendar: Calendar, era: Option<Era>) -> bool {
    match era {
        None => true,
        Some(Era::Gregorian) => calendar == Calendar::Gregorian,
        Some(Era::Solar | Era::Imperial) => calendar == Calendar::Persian,
        Some(Era::Lunar) => calendar == Calendar::Islamic,
        Some(Era::Hijri) => calendar != Calendar::Gregorian,
    }
}
