//! Times in lists: `20230706`, `202307060914`, `20230706091402`, and with a `Z` in UTC.

use crate::Timestamp;
use chrono::{NaiveDateTime, TimeDelta};

/// Without a `Z` a time is that of wherever `ssh-keygen` runs, and so one of these hours from UTC.
const EASTERNMOST: TimeDelta = TimeDelta::hours(14);
const WESTERNMOST: TimeDelta = TimeDelta::hours(12);

/// When a time is, in any time zone that it may be meant in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Not before this.
    pub earliest: Timestamp,
    /// Not after this.
    pub latest: Timestamp,
}

impl Moment {
    /// Reads one, as `ssh-keygen` does.
    pub fn read(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        let (digits, utc) = match upper.strip_suffix("UTC").or_else(|| upper.strip_suffix('Z')) {
            Some(digits) => (digits, true),
            None => (&*upper, false),
        };
        if !digits.bytes().all(|octet| octet.is_ascii_digit()) {
            return None;
        }
        let whole = match digits.len() {
            8 => format!("{digits}000000"),
            12 => format!("{digits}00"),
            14 => digits.to_owned(),
            _ => return None,
        };
        let time = NaiveDateTime::parse_from_str(&whole, "%Y%m%d%H%M%S").ok()?;
        let (before, behind) =
            if utc { (TimeDelta::zero(), TimeDelta::zero()) } else { (EASTERNMOST, WESTERNMOST) };
        Some(Self {
            earliest: Timestamp::try_from(time.checked_sub_signed(before)?.and_utc()).ok()?,
            latest: Timestamp::try_from(time.checked_add_signed(behind)?.and_utc()).ok()?,
        })
    }
}

/// What a message says of the time that counted.
pub fn against(at: Option<Timestamp>) -> String {
    at.map_or_else(
        || ", and nothing shows when the signature was made".to_owned(),
        |at| format!("; the time that counts is {at}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_within_hours() {
        let told = |text| Moment::read(text).map(|it| (it.earliest.to_string(), it.latest.to_string()));
        let both = |time: &str| Some((time.to_owned(), time.to_owned()));
        assert_eq!(told("20230706Z"), both("2023-07-06T00:00:00Z"));
        assert_eq!(told("20230706utc"), both("2023-07-06T00:00:00Z"));
        assert_eq!(told("202307060914z"), both("2023-07-06T09:14:00Z"));
        assert_eq!(told("20230706091402Z"), both("2023-07-06T09:14:02Z"));
        assert_eq!(
            told("20230706"),
            Some(("2023-07-05T10:00:00Z".to_owned(), "2023-07-06T12:00:00Z".to_owned()))
        );
        for wrong in [
            "",
            "Z",
            "2023",
            "20230230",
            "2023070609",
            "202307062514Z",
            "+0230706",
            "2023070６",
            "20230706ZZ",
        ] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
