//! The zero of clocks: what machines write where they know no time.

use super::Reading;
use chrono::NaiveDateTime;

/// The day on which Unix begins to count. That of .NET, 0001-01-01, is too early to be read at all.
const DAY: &str = "1970-01-01";

/// Moments at which they do: of Unix also seen from other zones, and of old Macintoshes and films, whose
/// day without its midnight may be meant.
const MOMENTS: [&str; 2] = ["1970-01-01T00:00:00", "1904-01-01T00:00:00"];

/// The same as Unix counts.
const SECONDS: [i64; 2] = [0, -2_082_844_800];

impl Reading {
    /// Whether this is where a clock begins, and so, written by a machine, no date.
    pub(crate) fn is_clock_zero(&self) -> bool {
        let is = |moment: &str| MOMENTS.iter().any(|zero| moment.starts_with(zero));
        let utc = |utc: NaiveDateTime| SECONDS.contains(&utc.and_utc().timestamp());
        self.edtf.as_deref().is_some_and(|day| day == DAY)
            || self.timestamp.as_deref().is_some_and(is)
            || self.utc.is_some_and(utc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_the_same_in_words_and_in_seconds() {
        for (written, seconds) in MOMENTS.into_iter().zip(SECONDS) {
            assert_eq!(written.parse::<NaiveDateTime>().unwrap().and_utc().timestamp(), seconds);
        }
    }
}
