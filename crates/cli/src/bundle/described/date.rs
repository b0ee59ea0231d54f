//! Dates as people write them in lists.

use ingest::dates::{Hints, read_date};

/// What a text says as a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// One date, in EDTF, and the calendar that it was written in, if that is known.
    One(String, Option<&'static str>),
    /// Any of these, in EDTF.
    Several(Vec<String>),
    /// None.
    Unreadable,
}

/// Years below this one are hardly those of a document, but those of the Persian or the Islamic
/// calendar, in which this century and the last are.
const FIRST_YEAR: u32 = 1500;

/// Reads a date. One in EDTF is what it says, but for years that may be of another calendar. `language`
/// is that of the list, if it is known.
pub(crate) fn told(text: &str, language: Option<&str>) -> Told {
    if edtf_core::is_valid(text) {
        return match other_calendar(text) {
            Some(other) => Told::Several(vec![text.to_owned(), other]),
            None => Told::One(text.to_owned(), None),
        };
    }
    let reading = read_date(text, &Hints { language, ..Hints::default() });
    let Some(reading) = reading else { return Told::Unreadable };
    match reading.edtf {
        Some(edtf) => Told::One(edtf, reading.calendar.map(ingest::dates::Calendar::name)),
        None if reading.alternatives.is_empty() => Told::Unreadable,
        None => Told::Several(reading.alternatives),
    }
}

/// What a day of an early year is where it is one of the Persian calendar, as it is written with slashes.
fn other_calendar(text: &str) -> Option<String> {
    let year: u32 = text.get(..4)?.parse().ok()?;
    if !(1000..FIRST_YEAR).contains(&year) {
        return None;
    }
    let hints = Hints { language: Some("fa"), ..Hints::default() };
    let reading = read_date(&text.replace('-', "/"), &hints)?;
    reading.edtf.or_else(|| reading.alternatives.first().cloned()).filter(|edtf| edtf != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_or_not() {
        let one = |edtf: &str, calendar| Told::One(edtf.to_owned(), calendar);
        for date in
            ["1988", "1988-07-28", "198X", "1988~", "1988-07-28?", "1988/..", "1988-21", "[1988,1989]"]
        {
            assert_eq!(told(date, None), one(date, None), "{date}");
        }
        assert_eq!(told("28/07/1988", None), one("1988-07-28", Some("gregorian")));
        assert_eq!(told("5 July 1988", None), one("1988-07-05", Some("gregorian")));
        assert_eq!(told("۶ مرداد ۱۳۶۷", None), one("1988-07-28", Some("persian")));
        let several = |told: Told| matches!(told, Told::Several(readings) if readings.len() == 2);
        assert!(several(told("05/07/2023", None)));
        assert!(several(told("1402/04/14", None)));
        assert_eq!(told("1402/04/14", Some("fa")), one("2023-07-05", Some("persian")));
        assert!(
            several(told("1367-05-06", None)),
            "{:?}: a Persian date in the clothes of a Gregorian one",
            told("1367-05-06", None)
        );
        assert_eq!(told("1066-10-14", None), one("1066-10-14", None), "{:?}", told("1066-10-14", None));
        for date in ["1988-13", "1988-02-30", "summer", "?"] {
            assert_eq!(told(date, None), Told::Unreadable, "{date}");
        }
    }
}
