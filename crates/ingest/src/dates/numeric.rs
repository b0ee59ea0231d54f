//! Dates of three numbers: 2023-07-05, 05/07/2023, ۱۴۰۲/۰۴/۱۴.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::Draft;
use super::names::{Era, Sense};
use super::span::{Shape, Span};
use super::token::Number;
use super::{Calendar, Order, Precision, calendar};

/// Reads one, with its era behind it.
pub(super) fn date(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mut at = *cursor;
    let first = at.number(1..=4)?;
    let draft = match first.digits {
        4 => year_first(context, first, &mut at),
        1 | 2 => year_last(context, first, &mut at),
        _ => None,
    }?;
    *cursor = at;
    Some(draft)
}

/// The mark between two numbers: no gap around a hyphen, unless the text is one date.
fn separator(context: &Context<'_>, cursor: &mut Cursor<'_>, marks: &str) -> Option<char> {
    let mut at = *cursor;
    let glued_before = at.is_glued();
    let mark = at.mark(marks)?;
    let tight = glued_before && at.is_glued();
    if mark == '-' && !tight && !context.whole {
        return None;
    }
    if mark == ':' && !tight {
        return None;
    }
    *cursor = at;
    Some(mark)
}

/// 2023-07-05, and 2023-186, its day of the year.
fn year_first(context: &Context<'_>, year: Number, cursor: &mut Cursor<'_>) -> Option<Draft> {
    // Cameras write 2023:07:05.
    let marks = if context.whole { "-/.:_" } else { "-/." };
    if context.whole
        && let Some(draft) = week(year, cursor)
    {
        return Some(draft);
    }
    let mark = separator(context, cursor, marks)?;
    let second = cursor.number(1..=3)?;
    if second.digits == 3 {
        return ordinal(year, second).filter(|_| context.whole && mark == '-');
    }
    let third =
        separator(context, cursor, mark.encode_utf8(&mut [0; 4])).and_then(|_| cursor.number(1..=2))?;
    let era = era(cursor);
    let digits = year.persian || second.persian || third.persian;
    let [year, month, day] = [small(year)?, small(second)?, small(third)?];
    let [month, day] = [month, day].map(i32::cast_unsigned);
    let spans =
        context.calendars(year, era, digits).filter_map(|of| calendar::day_span(of, year, month, day));
    Draft::new(spans, Precision::Day)
}

/// 05/07/2023, and years of two digits at either end.
fn year_last(context: &Context<'_>, first: Number, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mark = separator(context, cursor, "-/.")?;
    let second = cursor.number(1..=2)?;
    separator(context, cursor, mark.encode_utf8(&mut [0; 4]))?;
    let third = cursor.number(1..=4).filter(|third| third.digits != 3)?;
    let era = era(cursor);
    let digits = first.persian || second.persian || third.persian;
    // In running text 4.8.12 is a version.
    let full = [first, second, third].iter().all(|number| number.digits > 1);
    if third.digits < 4 && mark != '/' && !full && !context.whole {
        return None;
    }
    // ۶۷/۵/۶ is a date, 10.1.2 is anything.
    if third.digits == 1 && !(first.digits == 2 && context.is_solar(digits)) {
        return None;
    }
    let [first_value, second_value, year] = [small(first)?, small(second)?, small(third)?];
    let numbers = [first_value, second_value].map(i32::cast_unsigned);
    let years: Vec<(Calendar, i32)> = if third.digits == 4 {
        context.calendars(year, era, digits).map(|of| (of, year)).collect()
    } else if third.digits == 2 {
        context.centuries(year, digits)
    } else {
        Vec::new()
    };
    let mut spans = Vec::new();
    for (of, year) in &years {
        spans.extend(either_order(context, *of, *year, numbers, digits));
    }
    // Where the order of day and month is told, the year is not in front.
    let year_in_front = context.is_solar(digits) || context.order().is_none();
    if third.digits < 3 && first.digits == 2 && year_in_front {
        let day = i32::cast_unsigned(year);
        let year_first = context.centuries(first_value, digits).into_iter();
        // Where years are solar, two digits in front are solar, too.
        let year_first = year_first.filter(|(of, _)| !context.is_solar(digits) || *of != Calendar::Gregorian);
        spans.extend(year_first.filter_map(|(of, year)| calendar::day_span(of, year, numbers[1], day)));
    }
    Draft::new(spans, Precision::Day)
}

/// Day and month in the order that is certain, or in each that there is.
fn either_order(
    context: &Context<'_>,
    of: Calendar,
    year: i32,
    [a, b]: [u32; 2],
    persian_digits: bool,
) -> Vec<Span> {
    let day_first = calendar::day_span(of, year, b, a);
    let month_first = calendar::day_span(of, year, a, b);
    // Nobody puts the month first in the calendar of his own country.
    let native = match of {
        Calendar::Gregorian => false,
        Calendar::Persian | Calendar::PersianImperial => context.is_solar(persian_digits),
        Calendar::Islamic => context.is_lunar(persian_digits),
    };
    let order = if native { Some(Order::DayMonth) } else { context.order() };
    match (order, day_first, month_first) {
        // An order that the document tells leaves no other; one that its language tells is custom.
        (Some(Order::DayMonth), day_first, _) if native || context.hints.order.is_some() => {
            day_first.into_iter().collect()
        }
        (Some(Order::MonthDay), _, month_first) if context.hints.order.is_some() => {
            month_first.into_iter().collect()
        }
        (Some(Order::DayMonth), Some(span), _) | (Some(Order::MonthDay), _, Some(span)) => vec![span],
        (_, day_first, month_first) => day_first.into_iter().chain(month_first).collect(),
    }
}

/// 2023-W27-3 and 2023W273, of which a week without its day has no form in EDTF.
fn week(year: Number, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let mut at = *cursor;
    at.mark("-");
    at.sense(Sense::Week).then_some(())?;
    let number = at.number(2..=3)?;
    let (week, day) = if number.digits == 3 {
        (number.value / 10, number.value % 10)
    } else {
        at.mark("-")?;
        (number.value, at.number(1..=1)?.value)
    };
    let weekday = chrono::Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
    let year = plausible(year)?;
    let day = chrono::NaiveDate::from_isoywd_opt(year, u32::try_from(week).ok()?, weekday)?;
    *cursor = at;
    Draft::new([Span::new(Shape::Day(day), Calendar::Gregorian)], Precision::Day)
}

/// A day by its number in the year.
fn ordinal(year: Number, day: Number) -> Option<Draft> {
    let day = chrono::NaiveDate::from_yo_opt(plausible(year)?, u32::try_from(day.value).ok()?)?;
    Draft::new([Span::new(Shape::Day(day), Calendar::Gregorian)], Precision::Day)
}

/// A year that a document of our time can bear.
fn plausible(year: Number) -> Option<i32> {
    small(year).filter(|year| (1700..=2100).contains(year))
}

/// A number of at most four digits.
pub(super) fn small(number: Number) -> Option<i32> {
    i32::try_from(number.value).ok().filter(|value| *value < 10_000)
}

/// Passes the era behind a year: `م`, `ه.ش`, `هجری قمری`, `AD`.
pub(super) fn era(cursor: &mut Cursor<'_>) -> Option<Era> {
    let mut at = *cursor;
    let bracket = at.mark("(");
    let pick = |sense| match sense {
        Sense::Era(era) => Some(era),
        _ => None,
    };
    let mut era = at.word(pick)?;
    if era == Era::Hijri {
        let mut then = at;
        then.mark(".-");
        if let Some(kind @ (Era::Solar | Era::Lunar)) = then.word(pick) {
            (era, at) = (kind, then);
        }
    }
    if bracket.is_some() {
        at.mark(")")?;
    }
    *cursor = at;
    Some(era)
}
