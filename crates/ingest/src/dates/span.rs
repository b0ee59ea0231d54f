//! Stretches of days, as EDTF writes them.

use chrono::{Datelike, Months, NaiveDate};

use super::Calendar;

/// What one reading of a date covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Its shape, or that of its beginning.
    pub(super) shape: Shape,
    /// The shape of its end, where both were written.
    pub(super) until: Option<Shape>,
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
    /// First and last day. A season may begin in the year before or end in the one after.
    pub(super) fn bounds(self) -> Option<(NaiveDate, NaiveDate)> {
        let years =
            |from, to| Some((NaiveDate::from_ymd_opt(from, 1, 1)?, NaiveDate::from_ymd_opt(to, 12, 31)?));
        match self {
            Shape::Day(day) => Some((day, day)),
            Shape::Days(from, to) => Some((from, to)),
            Shape::Month(year, month) => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
            }
            Shape::Season(year, _) => years(year.checked_sub(1)?, year.checked_add(1)?),
            Shape::Year(year) => years(year, year),
            Shape::Decade(year) => years(year, year.checked_add(9)?),
        }
    }

    /// The form in EDTF without marks; two for a stretch.
    fn parts(self) -> (String, Option<String>) {
        match self {
            Shape::Day(day) => (day_in_edtf(day), None),
            Shape::Month(year, part) | Shape::Season(year, part) => (format!("{year:04}-{part:02}"), None),
            Shape::Year(year) => (format!("{year:04}"), None),
            Shape::Decade(year) => (format!("{:03}X", year / 10), None),
            Shape::Days(from, to) => (day_in_edtf(from), Some(day_in_edtf(to))),
        }
    }
}

/// A day in EDTF, with room for a time behind it.
pub(super) fn day_in_edtf(day: NaiveDate) -> String {
    let Ok(year) = u32::try_from(day.year()) else { return day.to_string() };
    if year > 9_999 {
        return day.to_string();
    }
    let mut text = String::with_capacity(25);
    push_two(&mut text, "", year / 100);
    push_two(&mut text, "", year % 100);
    push_two(&mut text, "-", day.month());
    push_two(&mut text, "-", day.day());
    text
}

/// Adds a number of two digits behind a mark.
pub(super) fn push_two(text: &mut String, mark: &str, number: u32) {
    text.push_str(mark);
    text.extend([number / 10, number % 10].into_iter().filter_map(|digit| char::from_digit(digit, 10)));
}

impl Span {
    /// Exactly that shape; but no lunar day is sure.
    pub(super) fn new(shape: Shape, calendar: Calendar) -> Span {
        Span { shape, until: None, about: calendar == Calendar::Islamic, calendar }
    }

    /// The form in EDTF.
    pub(super) fn edtf(&self) -> String {
        let mark = if self.about { "~" } else { "" };
        let (from, mut to) = self.shape.parts();
        if let Some(until) = self.until {
            let (from, later) = until.parts();
            to = later.or(Some(from));
        }
        match to {
            Some(to) => format!("{from}{mark}/{to}{mark}"),
            None => from + mark,
        }
    }

    /// First and last day that it may mean: lunar days may be off by one.
    pub(super) fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (from, mut to) = self.shape.bounds()?;
        if let Some(until) = self.until {
            to = until.bounds()?.1;
        }
        if self.calendar == Calendar::Islamic && self.about {
            return Some((from.pred_opt()?, to.succ_opt()?));
        }
        Some((from, to))
    }

    /// The day, where it is one.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        match (self.shape, self.until) {
            (Shape::Day(day), None) => Some(day),
            _ => None,
        }
    }

    /// Whether one lies within the other.
    pub(super) fn fits(&self, other: &Span) -> bool {
        let (Some((a, b)), Some((c, d))) = (self.bounds(), other.bounds()) else { return false };
        (a <= c && d <= b) || (c <= a && b <= d)
    }

    /// How many days it may be long.
    pub(super) fn length(&self) -> i64 {
        self.bounds().map_or(i64::MAX, |(from, to)| (to - from).num_days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_the_crate_writes_them() {
        let first = NaiveDate::from_ymd_opt(-2, 1, 1).unwrap();
        for day in (0..400_000).step_by(17).chain([3_700_000]) {
            let day = first + chrono::Days::new(day);
            assert_eq!(day_in_edtf(day), day.to_string());
        }
    }
}
