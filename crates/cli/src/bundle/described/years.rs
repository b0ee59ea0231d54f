//! Dates in EDTF whose years are hardly Gregorian, as what they are in the Persian and the Islamic calendar.

use chrono::NaiveDate;
use ingest::dates::{Hints, read_date};
use std::ops::Range;

/// Years that are hardly those of a document, but those of calendars in which this century and the last
/// are such.
const YEARS: Range<u32> = 1200..1500;

/// How each calendar is told beside a year, and whether its days are only about so.
const CALENDARS: [(&str, bool); 2] = [("ه.ش", false), ("ه.ق", true)];

/// What a date may be otherwise, in EDTF; `None` where all of its years are ours.
pub(super) fn otherwise(text: &str, language: Option<&str>) -> Option<Vec<String>> {
    let mut dates = text.split(['/', ',', '[', ']', '{', '}']).flat_map(|part| part.split(".."));
    let dates: Vec<Other> = dates.by_ref().filter_map(Other::read).collect();
    let (first, last) = (dates.first()?, dates.last()?);
    let mark = |is_about: bool| match (text.contains('%'), text.contains('?'), text.contains('~') || is_about)
    {
        (true, ..) | (_, true, true) => "%",
        (_, true, _) => "?",
        (_, _, true) => "~",
        _ => "",
    };
    let mut readings = Vec::new();
    for (calendar, is_about) in CALENDARS {
        // Where Persian is written, its own calendar is meant if it can be.
        if is_about && language == Some("fa") && !readings.is_empty() {
            break;
        }
        if let (Some(from), Some(to)) = (first.first_day(calendar), last.last_day(calendar)) {
            let mark = mark(is_about);
            let day = format!("{from}{mark}");
            readings.push(if from == to { day } else { format!("{day}/{to}{mark}") });
        }
    }
    Some(readings)
}

/// A date with such a year: digits that are not told are the least in its first and the greatest in its
/// last year.
struct Other {
    years: (u32, u32),
    month: Option<u32>,
    day: Option<u32>,
}

impl Other {
    fn read(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !matches!(c, '~' | '?' | '%')).collect();
        let text = text.split('T').next()?;
        let mut parts = text.split('-');
        let year = parts.next()?.split('S').next()?;
        let with = |digit: &str| year.replace('X', digit).parse::<u32>().ok();
        let years = (with("0")?, with("9")?);
        let is_other = year.len() == 4 && YEARS.contains(&years.0) && YEARS.contains(&years.1);
        // Beyond the twelfth stand seasons, and what has an X stands for all.
        let mut number = |most: u32| parts.next()?.parse::<u32>().ok().filter(|number| *number <= most);
        let month = number(12);
        let day = number(31).filter(|_| month.is_some());
        is_other.then_some(Self { years, month, day })
    }

    fn first_day(&self, calendar: &str) -> Option<NaiveDate> {
        day(self.years.0, self.month.unwrap_or(1), self.day.unwrap_or(1), calendar)
    }

    fn last_day(&self, calendar: &str) -> Option<NaiveDate> {
        let year = self.years.1;
        match (self.month, self.day) {
            (Some(month), Some(of_month)) => day(year, month, of_month, calendar),
            (Some(month), None) if month < 12 => day(year, month + 1, 1, calendar)?.pred_opt(),
            _ => day(year + 1, 1, 1, calendar)?.pred_opt(),
        }
    }
}

/// The Gregorian day of one in another calendar.
fn day(year: u32, month: u32, day: u32, calendar: &str) -> Option<NaiveDate> {
    let reading = read_date(&format!("{year}/{month:02}/{day:02} {calendar}"), &Hints::default())?;
    reading.edtf?.trim_end_matches('~').parse().ok()
}
