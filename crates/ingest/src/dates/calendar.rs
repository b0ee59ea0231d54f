//! From days, months and years of four calendars to Gregorian days.
//!
//! Solar Hijri and Imperial years are exact. A lunar day is taken from the calendar of Umm al-Qura,
//! which Saudi Arabia fixes in advance, and outside of 1300 to 1600 from the tabular one. Elsewhere a
//! month begins when somebody sees the moon: the day may be off by one, and is marked as approximate.

use chrono::{Datelike, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::Hijri;

use super::Calendar;
use super::span::{Shape, Span};

/// Imperial years count from 559 BC, solar ones from AD 622.
const IMPERIAL: i32 = 1180;
/// Before it, most countries did not count so.
pub(super) const FIRST_GREGORIAN: i32 = 1583;

/// The Gregorian day; `None` if there is no such day.
pub(super) fn day(calendar: Calendar, year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let (octet_month, octet_day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let rata_die = match calendar {
        Calendar::Gregorian => return NaiveDate::from_ymd_opt(year, month, day),
        Calendar::Persian => Date::try_new_persian(year, octet_month, octet_day).ok()?.to_rata_die(),
        Calendar::PersianImperial => {
            return self::day(Calendar::Persian, year.checked_sub(IMPERIAL)?, month, day);
        }
        Calendar::Islamic => {
            // A thirtieth day that somebody saw counts even where the calendar has none.
            if !(1..=30).contains(&day) {
                return None;
            }
            let rules = Hijri::new_umm_al_qura();
            let first = Date::try_new_hijri_with_calendar(year, octet_month, 1, rules).ok()?;
            first.to_rata_die() + i64::from(day - 1)
        }
    };
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(rata_die.to_i64_date()).ok()?)
}

/// A day as a span.
pub(super) fn day_span(calendar: Calendar, year: i32, month: u32, day: u32) -> Option<Span> {
    let shape = Shape::Day(self::day(calendar, year, month, day)?);
    Some(Span::new(shape, calendar))
}

/// A month as a span.
pub(super) fn month_span(calendar: Calendar, year: i32, month: u32) -> Option<Span> {
    if calendar == Calendar::Gregorian {
        return (1..=12).contains(&month).then(|| Span::new(Shape::Month(year, month), calendar));
    }
    days(calendar, (year, month), (year, month))
}

/// A year as a span.
pub(super) fn year_span(calendar: Calendar, year: i32) -> Option<Span> {
    if calendar == Calendar::Gregorian {
        return Some(Span::new(Shape::Year(year), calendar));
    }
    days(calendar, (year, 1), (year, 12))
}

/// Ten years from `year` on as a span.
pub(super) fn decade_span(calendar: Calendar, year: i32) -> Option<Span> {
    if calendar == Calendar::Gregorian {
        return Some(Span::new(Shape::Decade(year), calendar));
    }
    days(calendar, (year, 1), (year.checked_add(9)?, 12))
}

/// A season as a span; a lunar year has none.
pub(super) fn season_span(calendar: Calendar, year: i32, season: u32) -> Option<Span> {
    let first = season.checked_sub(21)? * 3 + 1;
    match calendar {
        Calendar::Gregorian => Some(Span::new(Shape::Season(year, season), calendar)),
        Calendar::Islamic => None,
        Calendar::Persian | Calendar::PersianImperial => days(calendar, (year, first), (year, first + 2)),
    }
}

/// From the first day of one month to the last of another.
fn days(calendar: Calendar, from: (i32, u32), to: (i32, u32)) -> Option<Span> {
    let first = day(calendar, from.0, from.1, 1)?;
    let next = if to.1 == 12 { (to.0.checked_add(1)?, 1) } else { (to.0, to.1 + 1) };
    let last = day(calendar, next.0, next.1, 1)?.pred_opt()?;
    Some(Span::new(Shape::Days(first, last), calendar))
}

/// Whether a year beside a month's name can be meant so, and the calendar it is counted in.
pub(super) fn with_month(calendar: Calendar, year: i32) -> Option<Calendar> {
    match calendar {
        Calendar::Gregorian if (FIRST_GREGORIAN..=2100).contains(&year) => Some(calendar),
        Calendar::Persian if (1200..=1500).contains(&year) => Some(calendar),
        Calendar::Islamic if (1200..=1530).contains(&year) => Some(calendar),
        Calendar::Persian if (2500..=2560).contains(&year) => Some(Calendar::PersianImperial),
        _ => None,
    }
}

/// The day of the week; Monday is 1.
pub(super) fn weekday(day: NaiveDate) -> u32 {
    day.weekday().number_from_monday()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published equivalences.
    #[test]
    fn solar_days_that_everybody_knows() {
        for (year, month, day_of, gregorian) in [
            (1357, 11, 22, "1979-02-11"), // fall of the monarchy
            (1367, 5, 6, "1988-07-28"),   // the fatwa of 1988
            (1332, 5, 28, "1953-08-19"),  // the coup
            (1388, 3, 22, "2009-06-12"),  // the election
            (1401, 6, 25, "2022-09-16"),  // Mahsa Amini
            (1398, 8, 24, "2019-11-15"),  // Aban
            (1358, 1, 12, "1979-04-01"),  // the Islamic Republic
            (1359, 6, 31, "1980-09-22"),  // the war
            (1304, 1, 1, "1925-03-21"),   // Nowruz
            (1400, 1, 1, "2021-03-21"),
            (1403, 1, 1, "2024-03-20"),
            (1404, 1, 1, "2025-03-21"),
            (1399, 12, 30, "2021-03-20"), // leap years
            (1395, 12, 30, "2017-03-20"),
            (1403, 12, 30, "2025-03-20"),
            (1391, 12, 30, "2013-03-20"),
            (1387, 12, 30, "2009-03-20"),
            (1375, 12, 30, "1997-03-20"),
            (1370, 12, 30, "1992-03-20"),
        ] {
            let expected = gregorian.parse().ok();
            assert_eq!(day(Calendar::Persian, year, month, day_of), expected, "{year}-{month}-{day_of}");
            assert_eq!(day(Calendar::PersianImperial, year + 1180, month, day_of), expected);
        }
        for year in [1402, 1401, 1400, 1398, 1397, 1396, 1404] {
            assert_eq!(day(Calendar::Persian, year, 12, 30), None, "{year} is no leap year");
        }
    }

    /// The mosque of Mecca was stormed on the first day of 1400, on 20 November 1979.
    #[test]
    fn a_sighted_moon_is_not_bound_by_any_table() {
        assert_eq!(day(Calendar::Islamic, 1400, 1, 1), "1979-11-21".parse().ok());
        assert_eq!(day_span(Calendar::Islamic, 1400, 1, 1).map(|span| span.about), Some(true));
    }

    #[test]
    fn lunar_days_by_umm_al_qura() {
        for (year, month, day_of, gregorian) in
            [(1444, 9, 1, "2023-03-23"), (1445, 1, 1, "2023-07-19"), (1444, 12, 10, "2023-06-28")]
        {
            assert_eq!(day(Calendar::Islamic, year, month, day_of), gregorian.parse().ok());
        }
        assert_eq!(day(Calendar::Islamic, 1444, 9, 31), None);
        assert_eq!(day(Calendar::Islamic, 1444, 13, 1), None);
    }
}
