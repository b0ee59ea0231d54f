//! Dates as people write them in lists.

use super::years::otherwise;
use ingest::dates::{Calendar, Hints, Precision, read_date};

/// What a text says as a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// One date, in EDTF, and the calendar that it was written in, if that is known.
    One(String, Option<&'static str>),
    /// One day, in EDTF, and its calendar; a time stands with it that EDTF has no form for.
    Timed(String, Option<&'static str>),
    /// Any of these, in EDTF.
    Several(Vec<String>),
    /// None.
    Unreadable,
}

/// Letters that Persian has and Arabic has not.
const PERSIAN: [char; 6] = ['پ', 'چ', 'ژ', 'گ', 'ک', 'ی'];

/// The language of a header, where it tells how dates are read.
pub(crate) fn language_of<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    names.any(|name| name.contains(PERSIAN)).then_some("fa")
}

/// Reads a date. One in EDTF is what it says, but for years that may be of another calendar. `language`
/// is that of the list, if it is known.
pub(crate) fn told(text: &str, language: Option<&str>) -> Told {
    if edtf_core::is_valid(text) {
        return match otherwise(text, language) {
            Some(others) => Told::Several(others.into_iter().chain([text.to_owned()]).collect()),
            None => Told::One(text.to_owned(), None),
        };
    }
    let read = |language| read_date(text, &Hints { language, ..Hints::default() });
    let Some(reading) = read(language) else { return Told::Unreadable };
    let calendar = reading.calendar.map(Calendar::name);
    let Some(day) = reading.edtf else {
        let is_none = reading.alternatives.is_empty();
        return if is_none { Told::Unreadable } else { Told::Several(reading.alternatives) };
    };
    // Whoever meant the Persian calendar would have been mistaken, and not have meant the Islamic one.
    if reading.calendar == Some(Calendar::Islamic) && read(Some("fa")).is_none() {
        let as_it_stands = Some(text.replace(['/', '.'], "-")).filter(|text| edtf_core::is_valid(text));
        return Told::Several([day].into_iter().chain(as_it_stands).collect());
    }
    if reading.precision < Precision::Time || is_midnight(text) {
        return Told::One(day, calendar);
    }
    // Beside a mark that it is only about so a time has no form, either.
    match reading.timestamp.filter(|time| time.starts_with(&day) && edtf_core::is_valid(time)) {
        Some(time) => Told::One(time, calendar),
        None => Told::Timed(day, calendar),
    }
}

/// Whether a spreadsheet may have put the time behind a day.
fn is_midnight(text: &str) -> bool {
    text.ends_with(" 00:00") || text.ends_with(" 00:00:00") || text.ends_with("T00:00:00")
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
            matches!(told("1367-05-06", None), Told::Several(readings) if readings.contains(&"1988-07-28".into())),
            "{:?}: a Persian date in the clothes of a Gregorian one",
            told("1367-05-06", None)
        );
        assert_eq!(told("1066-10-14", None), one("1066-10-14", None), "{:?}", told("1066-10-14", None));
        for date in ["1988-13", "1988-02-30", "summer", "?"] {
            assert_eq!(told(date, None), Told::Unreadable, "{date}");
        }
    }

    /// Whatever stands beside it: no year of the Persian or the Islamic calendar is one of ours.
    #[test]
    fn years_of_another_calendar_are_never_gregorian() {
        for (date, reading) in [
            ("1402-12-30", "1982-10-18~"),
            ("1367-05-06", "1988-07-28"),
            ("1367-05-06~", "1988-07-28~"),
            ("1367-05-06?", "1988-07-28?"),
            ("1367-05-06%", "1988-07-28%"),
            ("?1367-05-~06", "1988-07-28%"),
            ("1367-05", "1988-07-23/1988-08-22"),
            ("1367-12", "1989-02-20/1989-03-20"),
            ("1367", "1988-03-21/1989-03-20"),
            ("1367~", "1988-03-21~/1989-03-20~"),
            ("1367?", "1988-03-21?/1989-03-20?"),
            ("136X", "1981-03-21/1991-03-20"),
            ("13XX", "1921-03-21/2021-03-20"),
            ("1367-XX-XX", "1988-03-21/1989-03-20"),
            ("1367-21", "1988-03-21/1989-03-20"),
            ("1367/1368", "1988-03-21/1990-03-20"),
            ("1402-01/1402-05", "2023-03-21/2023-08-22"),
            ("1367/..", "1988-03-21/1989-03-20"),
            ("../1367", "1988-03-21/1989-03-20"),
            ("1367/1990", "1988-03-21/1989-03-20"),
            ("[1367,1368]", "1988-03-21/1990-03-20"),
            ("1285-05-14", "1906-08-06"),
            ("1367-05-06T10:30:45", "1988-07-28"),
        ] {
            assert!(edtf_core::is_valid(date), "{date}");
            for language in [None, Some("fa")] {
                let Told::Several(readings) = told(date, language) else {
                    panic!("{date}: {:?}", told(date, language))
                };
                assert!(readings.iter().any(|known| known == reading), "{date}: {readings:?}");
                assert!(readings.iter().all(|reading| edtf_core::is_valid(reading)), "{date}: {readings:?}");
                assert_eq!(readings.last().map(String::as_str), Some(date), "{date}: {readings:?}");
            }
        }
        // No Persian day, and so an Islamic one if it is any.
        for date in ["1402/12/30", "30/12/1402", "1402.12.30"] {
            let told = told(date, None);
            assert!(
                matches!(&told, Told::Several(all) if all.contains(&"1982-10-18~".into())),
                "{date}: {told:?}"
            );
        }
        assert!(!matches!(told("1402/12/30", Some("fa")), Told::One(..)));
        assert!(!matches!(told("24/3/67", Some("fa")), Told::One(..)));
        for (date, is) in [
            ("1445/01/01", "2023-07-19~"),
            ("1066-10-14~", "1066-10-14~"),
            ("1XXX", "1XXX"),
            ("-1367", "-1367"),
        ] {
            let told = told(date, None);
            assert!(matches!(&told, Told::One(found, _) if found == is), "{date}: {told:?}");
        }
        for date in ["30 صفر 1402", "1402/12/30 ه.ق", "30 Safar 1402"] {
            assert!(
                matches!(told(date, None), Told::One(_, Some("islamic"))),
                "{date}: {:?}",
                told(date, None)
            );
        }
    }

    #[test]
    fn a_time_of_day_is_kept_or_told() {
        let one = |edtf: &str| Told::One(edtf.to_owned(), Some("gregorian"));
        assert_eq!(told("1988-06-14 10:30:45", None), one("1988-06-14T10:30:45"));
        assert_eq!(told("14 June 1988, 10:30:45", None), one("1988-06-14T10:30:45"));
        for date in ["14/06/1988 10:30", "1988-06-14T10:30", "14 June 1988, 10:30 PM"] {
            assert_eq!(told(date, None), Told::Timed("1988-06-14".to_owned(), Some("gregorian")), "{date}");
        }
        // What a spreadsheet adds to a day.
        for date in ["14/06/1988 00:00", "14/06/1988 00:00:00"] {
            assert_eq!(told(date, None), one("1988-06-14"), "{date}");
        }
    }
}
