//! Suggested dates that cannot be: later than the day on which the document was captured, or packed.

use chrono::{DateTime, Days, NaiveDate, Utc};
use provenance::Item;
use provenance::description::{Dates, Remark, RemarkKind};

/// A remark on each suggested date that is later than anybody had the document. A day more is the doing
/// of time zones; a date that is known otherwise is somebody's word, and not ours to doubt.
pub(super) fn remarks(dates: &Dates, item: &Item, packed: DateTime<Utc>) -> Vec<Remark> {
    let known = |column: &str| item.given.iter().find(|given| given.column == column);
    let captured = known("acquired_on").and_then(|given| first_day(&given.value));
    let limits = [(captured, "was captured"), (Some(packed.date_naive()), "was packed")];
    let told = [("date_published", &dates.published), ("date_created", &dates.created)];
    let mut remarks = Vec::new();
    for (column, date) in told {
        let Some(date) = date.as_deref().filter(|_| known(column).is_none()) else { continue };
        let Some(day) = first_day(date) else { continue };
        let is_later =
            |limit: &NaiveDate| limit.checked_add_days(Days::new(1)).is_some_and(|last| day > last);
        let passed = limits.iter().find_map(|(limit, what)| Some((limit.filter(is_later)?, what)));
        if let Some((limit, what)) = passed {
            let detail = format!("{column} {date} is later than {limit}, when it {what}");
            remarks.push(Remark { kind: RemarkKind::Doubtful, detail });
        }
    }
    remarks
}

/// The first day that a date in EDTF may be of: a year, a month or a day, with a time or without.
fn first_day(date: &str) -> Option<NaiveDate> {
    let date = date.split(['/', 'T', '?', '~', '%']).next()?;
    let mut parts = date.splitn(3, '-').map(str::parse::<u32>);
    let year = i32::try_from(parts.next()?.ok()?).ok()?;
    let month = parts.next().unwrap_or(Ok(1)).ok()?;
    let day = parts.next().unwrap_or(Ok(1)).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixity::PayloadPath;
    use provenance::Given;

    fn told(published: &str, created: &str, given: &[(&'static str, &str)]) -> Vec<String> {
        let some = |date: &str| Some(date.to_owned()).filter(|date| !date.is_empty());
        let dates = Dates { published: some(published), created: some(created), ..Dates::default() };
        let given =
            given.iter().map(|(column, value)| Given { column, value: (*value).to_owned(), by: "WARC" });
        let item = Item {
            path: PayloadPath::new("data/a").unwrap(),
            received_as: None,
            size_octets: 0,
            modified: None,
            handle: 0,
            given: given.collect(),
        };
        let packed = "2023-07-06T23:30:00Z".parse().unwrap();
        remarks(&dates, &item, packed).into_iter().map(|remark| remark.detail).collect()
    }

    #[test]
    fn a_date_later_than_the_bundle_or_the_capture_is_remarked_on() {
        let captured = [("acquired_on", "2020-02-03T10:00:00Z")];
        for (published, given, said) in [
            ("2031-01-01", &[][..], "date_published 2031-01-01 is later than 2023-07-06, when it was packed"),
            ("2023-08", &[], "date_published 2023-08 is later than 2023-07-06, when it was packed"),
            ("2024", &[], "date_published 2024 is later than 2023-07-06, when it was packed"),
            (
                "2023-09~/2024",
                &[],
                "date_published 2023-09~/2024 is later than 2023-07-06, when it was packed",
            ),
            (
                "2020-02-05",
                &captured,
                "date_published 2020-02-05 is later than 2020-02-03, when it was captured",
            ),
        ] {
            assert_eq!(told(published, "", given), [said]);
        }
        assert_eq!(told("", "2023-07-09T12:00:00", &[]).len(), 1);
        for (published, given) in [
            ("2023-07-07", &[][..]),
            ("2023-07", &[]),
            ("2023", &[]),
            ("2020-02-04", &captured),
            ("-0100", &[]),
            ("201X", &[]),
            ("2031-01-01", &[("date_published", "2031-01-01")]),
            ("", &captured),
        ] {
            assert_eq!(told(published, "", given), [""; 0], "{published}");
        }
    }
}
