//! Dates as people write them, read into EDTF: a blank is better than a wrong date.
//!
//! [`read_date`] reads a text that is one date, [`find_dates`] finds dates in running text,
//! [`date_in_address`] reads the day that an address names, and [`agree`] weighs what several
//! signals say. What was written is kept verbatim beside each reading.

mod address;
mod agree;
mod calendar;
mod chance;
mod compact;
mod context;
mod cursor;
mod draft;
mod ends;
mod find;
mod fold;
mod letters;
mod loose;
mod names;
mod numeric;
mod one;
mod span;
mod stamp;
mod time;
mod token;
mod whole;
mod written;
mod zero;

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime};

pub use agree::{Signal, Trust, agree};
use context::Context;
use cursor::Cursor;
use span::Span;
use token::Window;

/// A text that is one date is never longer.
const LONGEST: usize = 400;

/// A calendar, by its CLDR name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// Gregorian.
    Gregorian,
    /// Solar Hijri, of Iran and Afghanistan.
    Persian,
    /// Lunar Hijri: by the calendar of Umm al-Qura, and never surer than a day.
    Islamic,
    /// Solar Hijri with the years of 1976 to 1978, which count from Cyrus.
    PersianImperial,
}

impl Calendar {
    /// Its name in a sheet: `gregorian`, `persian`, `islamic`, `persian-imperial`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Persian => "persian",
            Calendar::Islamic => "islamic",
            Calendar::PersianImperial => "persian-imperial",
        }
    }
}

/// How much was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// A season of a year.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A day, and a time on it.
    Time,
}

/// The order of day and month where both are numbers and the year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// 05/07/2023 is in July.
    DayMonth,
    /// 05/07/2023 is in May.
    MonthDay,
}

/// What is known of a document before its dates are read. Nothing by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// Its language by BCP 47. A region counts: `en-GB` and `en-US` settle the order of day and
    /// month, `en` does not.
    pub language: Option<&'a str>,
    /// The order of day and month, where the document itself tells it.
    pub order: Option<Order>,
    /// No earlier day is meant. Only ever used to choose between several readings.
    pub earliest: Option<NaiveDate>,
    /// No later day is meant: the day of capture, say. Only ever used to choose between readings.
    pub latest: Option<NaiveDate>,
    /// A bare number is a Unix timestamp in seconds or milliseconds.
    pub unix: bool,
}

/// A date that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The date in EDTF, to the day at most; `None` where it is not settled. A day is the day as
    /// written, in the zone as written.
    pub edtf: Option<String>,
    /// Where it is not settled, every reading that is possible, in EDTF; else empty.
    pub alternatives: Vec<String>,
    /// The whole timestamp in EDTF, where one to the second was written and the date is settled.
    pub timestamp: Option<String>,
    /// The calendar; `None` where the alternatives differ in it.
    pub calendar: Option<Calendar>,
    /// What was written, verbatim.
    pub as_written: String,
    /// How much was written.
    pub precision: Precision,
    /// Whether a time with its zone was written.
    pub has_zone: bool,
    /// What to know of the reading, in words: why it is not settled, or how sure it is.
    pub note: Option<&'static str>,
    /// Possible readings: one where it is settled.
    spans: Vec<Span>,
    /// The moment, where time and zone were written.
    utc: Option<NaiveDateTime>,
}

/// A date that was found in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Octets of the text, on character boundaries.
    pub range: Range<usize>,
    /// What it reads.
    pub reading: Reading,
}

/// Reads a text that is one date and nothing else: an attribute, a header, a `<time>`.
#[must_use]
pub fn read_date(text: &str, hints: &Hints<'_>) -> Option<Reading> {
    let text = text.trim();
    let context = Context { hints, whole: true };
    match stamp::read(&context, text) {
        Some(draft) => Some(draft.reading(&context, text)),
        None => read_with_care(&context, text),
    }
}

fn read_with_care(context: &Context<'_>, text: &str) -> Option<Reading> {
    if text.len() > LONGEST || !chance::may_be_date(text) {
        return None;
    }
    let mut window = Window::new(text);
    let draft = whole::text(context, &mut Cursor::new(window.ahead()))?;
    Some(draft.reading(context, text))
}

/// Whether a text may have a digit of any script: where it says no there is neither a digit nor a date.
pub(crate) fn may_have_digits(text: &str) -> bool {
    chance::may_have_digits(text)
}

/// Finds the dates in running text, in order. Time grows with the length of the text only.
#[must_use]
pub fn find_dates(text: &str, hints: &Hints<'_>) -> Vec<Found> {
    find::all(&Context { hints, whole: false }, text)
}

/// Finds the first date in running text that holds what stands in these octets.
pub(crate) fn find_date_of(text: &str, place: &Range<usize>, hints: &Hints<'_>) -> Option<Found> {
    find::holding(&Context { hints, whole: false }, text, place)
}

/// Reads the date that an address names: `/2023/07/05/`, `/2023-07-05-`, `/1402/04/14/`.
#[must_use]
pub fn date_in_address(address: &str, hints: &Hints<'_>) -> Option<Reading> {
    address::read(address, hints)
}
