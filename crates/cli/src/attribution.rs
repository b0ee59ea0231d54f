//! Who answers for what is done, and at what time: as the command line says, else as the clock does.

use crate::refusal::Refusal;
use crate::{Context, SOFTWARE};
use chrono::{DateTime, NaiveDate, Utc};
use provenance::Attribution;

/// Octets of a name or identifier that is given on the command line.
const MOST_OCTETS: usize = 1000;

/// A time, or the first second of a day.
pub(crate) fn parse_time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        // The clocks that are written into bundles know none.
        let is_leap = at.timestamp_subsec_nanos() >= 1_000_000_000;
        return if is_leap {
            Err("expected a second from 0 to 59, found a leap second".into())
        } else {
            Ok(at.to_utc())
        };
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(|date| date.and_hms_opt(0, 0, 0));
    date.map(|at| at.and_utc())
        .ok_or_else(|| "expected a time such as 2026-11-22 or 2026-11-22T10:00:00Z".into())
}

/// A value that stands on one line of a tag file.
pub(crate) fn parse_line(text: &str) -> Result<String, String> {
    if text.contains(provenance::name::is_unsafe_character) {
        return Err("expected plain text on one line, found a control or direction character".into());
    }
    if text.len() > MOST_OCTETS {
        return Err(format!("expected at most {MOST_OCTETS} octets, found {}", text.len()));
    }
    Ok(text.to_owned())
}

/// The time that is given, else what stands for now; whole seconds, for no clock of an archivist is better.
pub(crate) fn time(given: Option<DateTime<Utc>>, context: &Context<'_>) -> Result<DateTime<Utc>, Refusal> {
    let hint = "give whole seconds since 1970, or use --at";
    let at = given.map_or_else(|| context.now.clone(), Ok);
    let at = at.map_err(|problem| Refusal::new(&problem, Some(hint)))?;
    Ok(DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at))
}

/// Who does something with this program now, in no role that is known.
pub(crate) fn by(
    agent: Option<&str>,
    given: Option<DateTime<Utc>>,
    context: &Context<'_>,
) -> Result<Attribution, Refusal> {
    Ok(Attribution {
        agent: agent.filter(|agent| !agent.is_empty()).map(str::to_owned),
        role: String::new(),
        software: SOFTWARE.to_owned(),
        at: time(given, context)?,
    })
}

#[cfg(test)]
mod tests {
    use super::parse_time;

    #[test]
    fn a_time_is_one_that_can_be_written_down() {
        assert_eq!(parse_time("2026-11-22"), parse_time("2026-11-22T01:00:00+01:00"));
        for text in ["2016-12-31T23:59:60Z", "2026-13-01", "now", ""] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }
}
