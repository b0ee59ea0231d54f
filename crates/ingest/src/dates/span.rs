//! Stretches of days, as EDTF writes them.

use chrono::{Datelike, NaiveDate};

use super::Calendar;

/// What one reading of a date covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Its shape.
    pub(super) shape: Shape,
    /// Whether it is only about so.
    pub(super) about: bool,
    /// The calendar it was read in.
    pub(super) calendar: Calendar,
}

/// The shapes that EDTF has a form for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A day.
    Day(NaiveDate),
    /// A Gregorian month.
    Month(i32, u32),
    /// A season of a Gregorian year, by its EDTF number: 21 is spring.
    Season(i32, u32),
    /// A Gregorian year.
    Year(i32),
    /// Ten Gregorian years, by the first.
    Decade(i32),
    /// From a day to a day: months and years of other calendars, and seasons of theirs.
    Days(NaiveDate, NaiveDate),
}

impl Shape {
    /// The form in EDTF, with `mark` after each date of it.
    fn edtf(self, mark: &str) -> String {
        match self {
            Shape::Day(day) => format!("{day}{mark}"),
            Shape::Month(year, part) | Shape::Season(year, part) => format!("{year:04}-{part:02}{mark}"),
            Shape::Year(year) => format!("{year:04}{mark}"),
            Shape::Decade(year) => format!("{:03}X{mark}", year / 10),
            Shape::Days(from, to) => format!("{from}{mark}/{to}{mark}"),
        }
    }

    /// First and last day.
    pub(super) fn bounds(self) -> Option<(NaiveDate, NaiveDate)> {
        let years =
            |from, to| Some((NaiveDate::from_ymd_opt(from, 1, 1)?, NaiveDate::from_ymd_opt(to, 12, 31)?));
        match self {
            Shape::Day(day) => Some((day, day)),
            Shape::Days(from, to) => Some((from, to)),
            Shape::Month(year, month) => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                Some((first, first.checked_add_months(chrono::Months::new(1))?.pred_opt()?))
            }
            // A season may begin in the year before and end in the one after: nothing is claimed.
            Shape::Season(year, _) => years(year.checked_sub(1)?, year.checked_add(1)?),
            Shape::Year(year) => years(year, year),
            Shape::Decade(year) => years(year, year.checked_add(9)?),
        }
    }
}

impl Span {
    /// The form in EDTF.
    pub(super) fn edtf(&self) -> String {
        self.shape.edtf(if self.about { "~" } else { "" })
    }

    /// First and last day that it may mean; lunar days are never surer than a day.
    pub(super) fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (from, to) = self.shape.bounds()?;
        if self.calendar == Calendar::Islamic {
            return Some((from.pred_opt()?, to.succ_opt()?));
        }
        Some((from, to))
    }

    /// How many days it is long.
    pub(super) fn length(&self) -> i64 {
        self.shape.bounds().map_or(i64::MAX, |(from, to)| (to - from).num_days())
    }

    /// A Gregorian day.
    pub(super) fn day(day: NaiveDate) -> Span {
        Span { shape: Shape::Day(day), about: false, calendar: Calendar::Gregorian }
    }

    /// The year of the first day, for plausibility.
    pub(super) fn year(&self) -> Option<i32> {
        self.shape.bounds().map(|(from, _)| from.year())
    }
}
