//! Instants as text.

use crate::{Error, ErrorKind};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use std::{fmt, str::FromStr};

/// An instant that has exactly one text: `2023-07-06T09:14:02Z`.
///
/// The text is RFC 3339 in UTC, always with `T` and `Z`. A fraction of a second stands only where it
/// is not zero, in the fewest of 3, 6 or 9 digits that are exact. Years run from 0000 to 9999, and
/// there are no leap seconds (POSIX has none). Two equal instants have equal octets, and no other
/// text is read. The default is the beginning of 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Appends the text, 20 to 30 octets.
    pub fn write_to(self, text: &mut String) {
        let at = self.0.naive_utc();
        push_digits(text, at.year().unsigned_abs(), 4);
        for (mark, value) in
            [('-', at.month()), ('-', at.day()), ('T', at.hour()), (':', at.minute()), (':', at.second())]
        {
            text.push(mark);
            push_digits(text, value, 2);
        }
        match at.nanosecond() {
            0 => {}
            nanos if nanos % 1_000_000 == 0 => push_fraction(text, nanos / 1_000_000, 3),
            nanos if nanos % 1_000 == 0 => push_fraction(text, nanos / 1_000, 6),
            nanos => push_fraction(text, nanos, 9),
        }
        text.push('Z');
    }
}

fn push_fraction(text: &mut String, value: u32, width: u32) {
    text.push('.');
    push_digits(text, value, width);
}

fn push_digits(text: &mut String, value: u32, width: u32) {
    for place in (0..width).rev() {
        let digit = value / 10_u32.pow(place) % 10;
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

impl TryFrom<DateTime<Utc>> for Timestamp {
    type Error = Error;

    /// # Errors
    /// [`ErrorKind::Time`] outside the years 0000 to 9999, and in a leap second.
    fn try_from(at: DateTime<Utc>) -> Result<Self, Error> {
        if (0..=9999).contains(&at.year()) && at.nanosecond() < 1_000_000_000 {
            Ok(Self(at))
        } else {
            Err(Error::new(ErrorKind::Time, format!("cannot write time {at:?}")))
        }
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(at: Timestamp) -> Self {
        at.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(30);
        self.write_to(&mut text);
        f.pad(&text)
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::Time`] for every text that [`Timestamp::write_to`] would not write.
    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text.as_bytes()).map(Self).ok_or_else(|| Error::new(ErrorKind::Time, "cannot read time"))
    }
}

fn parse(text: &[u8]) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.strip_suffix(b"Z")?.split_at_checked(19)?;
    if [4, 7, 10, 13, 16].map(|at| whole[at]) != *b"--T::" {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(number(&whole[..4])?).ok()?,
        number(&whole[5..7])?,
        number(&whole[8..10])?,
    )?;
    let nanos = match fraction {
        [] => 0,
        // A last group of zeros would be a second text for the same instant.
        [b'.', digits @ ..] if !digits.ends_with(b"000") => match digits.len() {
            3 => number(digits)? * 1_000_000,
            6 => number(digits)? * 1_000,
            9 => number(digits)?,
            _ => return None,
        },
        _ => return None,
    };
    let (hour, minute, second) = (number(&whole[11..13])?, number(&whole[14..16])?, number(&whole[17..])?);
    Some(date.and_hms_nano_opt(hour, minute, second, nanos)?.and_utc())
}

/// The value of at most nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_fraction_is_the_shortest_exact_one() {
        for (nanos, text) in [
            (0, "1988-07-28T00:00:00Z"),
            (500_000_000, "1988-07-28T00:00:00.500Z"),
            (1_000, "1988-07-28T00:00:00.000001Z"),
            (1, "1988-07-28T00:00:00.000000001Z"),
        ] {
            let at = DateTime::from_timestamp(586_051_200, nanos).unwrap();
            assert_eq!(Timestamp::try_from(at).unwrap().to_string(), text);
        }
    }

    #[test]
    fn no_other_text_is_read() {
        for text in [
            "",
            "2023-07-06",
            "2023-07-06T09:14:02",
            "2023-07-06t09:14:02Z",
            "2023-07-06T09:14:02z",
            "2023-07-06 09:14:02Z",
            "2023-07-06T09:14:02+00:00",
            "2023-07-06T09:14:02.Z",
            "2023-07-06T09:14:02.5Z",
            "2023-07-06T09:14:02.000Z",
            "2023-07-06T09:14:02.500000Z",
            "2023-07-06T09:14:02.5000000000Z",
            "2023-02-29T09:14:02Z",
            "2023-07-06T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "+023-07-06T09:14:02Z",
            "12023-07-06T09:14:02Z",
            "2023-07-06T09:14:02ZZ",
            "۲۰۲۳-07-06T09:14:02Z",
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap_err().kind(), ErrorKind::Time, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_text_is_refused() {
        for seconds in [-62_167_219_201, 253_402_300_800] {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(Timestamp::try_from(at).unwrap_err().kind(), ErrorKind::Time);
        }
        let leap = NaiveDate::from_ymd_opt(2016, 12, 31)
            .unwrap()
            .and_hms_nano_opt(23, 59, 59, 1_500_000_000)
            .unwrap();
        assert!(Timestamp::try_from(leap.and_utc()).is_err());
    }

    proptest! {
        #[test]
        fn every_instant_comes_back(
            seconds in -62_167_219_200_i64..253_402_300_800,
            nanos in prop_oneof![Just(0), (0..1_000_u32).prop_map(|n| n * 1_000_000), (0..1_000_000_u32).prop_map(|n| n * 1_000), 0..1_000_000_000_u32],
        ) {
            let at = DateTime::from_timestamp(seconds, nanos).unwrap();
            let text = Timestamp::try_from(at).unwrap().to_string();
            prop_assert_eq!(DateTime::<Utc>::from(text.parse::<Timestamp>().unwrap()), at);
            prop_assert_eq!(DateTime::parse_from_rfc3339(&text).unwrap(), at);
        }

        #[test]
        fn what_is_read_is_what_would_be_written(text in "[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,10})?Z") {
            if let Ok(at) = text.parse::<Timestamp>() {
                prop_assert_eq!(at.to_string(), text);
            }
        }
    }
}
