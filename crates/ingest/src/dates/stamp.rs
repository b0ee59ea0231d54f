//! Timestamps as machines write them: 2023-07-05, 2023-07-05T10:15:30.250+02:00. Most dates that pages
//! declare are such, and need not be looked at word by word.

use super::context::Context;
use super::draft::{Clock, Draft};
use super::{Precision, calendar, time};

/// Reads a text that is one; nothing where it is not, or may be read otherwise.
pub(super) fn read(context: &Context<'_>, text: &str) -> Option<Draft> {
    let mut rest = text.as_bytes();
    let year = i32::try_from(digits(&mut rest, 4)?).ok()?;
    let month = behind(b"-", &mut rest)?;
    let day = behind(b"-", &mut rest)?;
    let clock = if rest.is_empty() { None } else { Some(clock(&mut rest)?) };
    let [month, day] = [month, day].map(|number| u32::try_from(number).unwrap_or_default());
    let calendars = context.calendars(year, None, false);
    let draft =
        Draft::new(calendars.filter_map(|of| calendar::day_span(of, year, month, day)), Precision::Day)?;
    rest.is_empty().then_some(Draft { clock, ..draft })
}

/// The time behind a day, with its zone.
fn clock(rest: &mut &[u8]) -> Option<Clock> {
    let hour = behind(b"T", rest)?;
    let minute = behind(b":", rest)?;
    let second = if rest.starts_with(b":") { Some(behind(b":", rest)?) } else { None };
    if let Some((b'.', fraction)) = rest.split_first().filter(|_| second.is_some()) {
        let length = fraction.iter().take_while(|octet| octet.is_ascii_digit()).count();
        if !(1..=9).contains(&length) {
            return None;
        }
        *rest = &fraction[length..];
    }
    let clock = time::build(hour, minute, second)?;
    let zone = if rest.is_empty() { None } else { Some(zone(rest)?) };
    Some(Clock { zone, ..clock })
}

/// The zone behind a time, in minutes.
fn zone(rest: &mut &[u8]) -> Option<i32> {
    let sign = match rest {
        [b'Z', behind @ ..] => {
            *rest = behind;
            return Some(0);
        }
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    *rest = &rest[1..];
    let hours = digits(rest, 2)?;
    let minutes = if rest.starts_with(b":") { behind(b":", rest)? } else { digits(rest, 2)? };
    let minutes = i32::try_from(hours * 60 + minutes).ok().filter(|_| hours <= 14 && minutes < 60)?;
    Some(sign * minutes)
}

/// Passes a number of two digits behind a mark.
fn behind(mark: &[u8], rest: &mut &[u8]) -> Option<u64> {
    *rest = rest.strip_prefix(mark)?;
    digits(rest, 2)
}

/// Passes a number of so many digits.
fn digits(rest: &mut &[u8], count: usize) -> Option<u64> {
    let (digits, behind) = rest.split_at_checked(count)?;
    *rest = behind;
    digits
        .iter()
        .try_fold(0, |value, octet| octet.is_ascii_digit().then(|| value * 10 + u64::from(octet - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{Hints, Reading, read_date, read_with_care};

    #[test]
    fn timestamps_are_read() {
        let context = Context { hints: &Hints::default(), whole: true };
        for text in [
            "2023-07-05",
            "2023-07-05T10:15",
            "2023-07-05T10:15:30Z",
            "2023-07-05T10:15:30.250+02:00",
            "2023-07-05T10:15:30-0430",
            "1402-04-14",
        ] {
            let reading = read(&context, text).map(|draft| draft.reading(&context, text));
            assert_eq!(reading, read_with_care(&context, text), "{text}");
            assert!(reading.is_some(), "{text}");
        }
        for text in ["", "2023", "2023-07", "2023-13-05", "2023-07-05T", "2023-07-05T10", "2023-07-05 10:15"]
        {
            assert!(read(&context, text).is_none(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn both_ways_of_reading_are_one(
            day in "(20|19|14|13|25|1)[0-9]{2}-[01][0-9]-[0-3][0-9]",
            time in "(T[012][0-9](:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,10})?)?)?)?",
            zone in "(Z|z|[+-][01][0-9](:?[0-6][0-9])?| |x|-)?",
            language in proptest::option::of("en|de|fa|fa-IR|ar|th"),
        ) {
            let text = day + &time + &zone;
            let hints = Hints { language: language.as_deref(), ..Hints::default() };
            let careful: Option<Reading> = read_with_care(&Context { hints: &hints, whole: true }, text.trim());
            proptest::prop_assert_eq!(read_date(&text, &hints), careful);
        }
    }
}
