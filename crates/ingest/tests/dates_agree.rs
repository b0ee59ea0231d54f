//! What signals say together.

use Trust::{Fair, Strong, Weak};
use ingest::dates::{Hints, Signal, Trust, agree, read_date};
use provenance::description::Dates;

/// Signals from names, trust and texts.
fn weigh(signals: &[(&'static str, Trust, &str)]) -> Dates {
    let hints = Hints::default();
    let read: Vec<Signal> = signals
        .iter()
        .filter_map(|(name, trust, text)| {
            Some(Signal { name, trust: *trust, reading: read_date(text, &hints)? })
        })
        .collect();
    assert_eq!(read.len(), signals.len(), "{signals:?}");
    agree(&read)
}

/// Checks what is published, and the sentence.
fn check(signals: &[(&'static str, Trust, &str)], published: Option<&str>, basis: &str) {
    let dates = weigh(signals);
    assert_eq!((dates.published.as_deref(), dates.basis.as_str()), (published, basis), "{signals:?}");
    assert_eq!(dates.created, None);
}

#[test]
fn agreement() {
    check(&[], None, "");
    check(&[("json-ld", Strong, "2023-07-05")], Some("2023-07-05"), "json-ld");
    check(&[("time", Fair, "5 July 2023")], Some("2023-07-05"), "time");
    check(
        &[("json-ld", Strong, "2023-07-05T10:15:30Z"), ("url", Fair, "2023/07/05")],
        Some("2023-07-05"),
        "json-ld and url agree",
    );
    check(
        &[("json-ld", Strong, "2023-07-05"), ("time", Fair, "2023-07-05"), ("text", Weak, "July 5, 2023")],
        Some("2023-07-05"),
        "json-ld, time and text agree",
    );
    // The narrowest, but never from a weak signal.
    check(
        &[("url", Fair, "2023-07"), ("time", Fair, "2023-07-05")],
        Some("2023-07-05"),
        "time and url agree",
    );
    check(&[("url", Fair, "2023-07"), ("text", Weak, "2023-07-05")], Some("2023-07"), "url and text agree");
}

#[test]
fn disagreement_is_shown() {
    check(
        &[("json-ld", Strong, "2023-07-05"), ("text", Weak, "2023-07-06")],
        Some("2023-07-05"),
        "json-ld 2023-07-05; text 2023-07-06 disagrees",
    );
    check(
        &[("json-ld", Strong, "2023-07-05"), ("url", Fair, "2023-07-05"), ("time", Fair, "2021-01-01")],
        Some("2023-07-05"),
        "json-ld and url 2023-07-05; time 2021-01-01 disagrees",
    );
    check(
        &[("json-ld", Strong, "2023-07-05"), ("url", Fair, "2023-07-04")],
        Some("2023-07-05"),
        "json-ld 2023-07-05; url 2023-07-04 disagrees",
    );
}

#[test]
fn equals_that_contradict_leave_a_blank() {
    check(
        &[("json-ld", Strong, "2023-07-05"), ("meta", Strong, "2023-07-09")],
        None,
        "json-ld 2023-07-05 and meta 2023-07-09 do not agree: not settled",
    );
    // Unless others take sides.
    check(
        &[("json-ld", Strong, "2023-07-05"), ("meta", Strong, "2023-07-09"), ("url", Fair, "2023/07/09")],
        Some("2023-07-09"),
        "meta and url 2023-07-09; json-ld 2023-07-05 disagrees",
    );
    check(
        &[("json-ld", Strong, "2023-07-05"), ("url", Fair, "2021-01-01"), ("time", Fair, "2021-01-01")],
        None,
        "json-ld 2023-07-05, url 2021-01-01 and time 2021-01-01 do not agree: not settled",
    );
}

#[test]
fn weak_signals_are_not_enough() {
    check(&[("text", Weak, "2023-07-05")], None, "text 2023-07-05 is not enough: not settled");
    assert_eq!(weigh(&[("text", Weak, "2023-07-05")]).as_written, None);
}

#[test]
fn what_is_not_settled_says_both() {
    let order = "(the order of day and month is not told)";
    check(
        &[("time", Fair, "05/07/2023")],
        None,
        &format!("time 05/07/2023 may be 2023-07-05 or 2023-05-07 {order}: not settled"),
    );
    assert_eq!(weigh(&[("time", Fair, "05/07/2023")]).as_written.as_deref(), Some("05/07/2023"));
    check(
        &[("time", Fair, "05/07/2023"), ("text", Weak, "5 July 2023")],
        Some("2023-07-05"),
        &format!(
            "time and text agree; time 05/07/2023 may be 2023-07-05 or 2023-05-07 {order}, which the others settle"
        ),
    );
    check(
        &[("json-ld", Strong, "2023-07-05"), ("time", Fair, "05/07/2023")],
        Some("2023-07-05"),
        &format!("json-ld; time 05/07/2023 may be 2023-07-05 or 2023-05-07 {order}"),
    );
}

#[test]
fn zones_explain_a_day() {
    check(
        &[("json-ld", Strong, "2023-07-05T23:30:00Z"), ("time", Fair, "6 July 2023")],
        Some("2023-07-05"),
        "json-ld 2023-07-05; time 2023-07-06 is a day apart, as zones may explain",
    );
    check(
        &[("json-ld", Strong, "2023-07-05T10:30:00Z"), ("time", Fair, "7 July 2023")],
        Some("2023-07-05"),
        "json-ld 2023-07-05; time 2023-07-07 disagrees",
    );
    // One moment, told twice.
    check(
        &[("json-ld", Strong, "2023-07-05T23:30:00Z"), ("meta", Strong, "2023-07-06T01:30:00+02:00")],
        Some("2023-07-05"),
        "json-ld 2023-07-05; meta 2023-07-06 is a day apart, as zones may explain",
    );
}

#[test]
fn what_was_written_in_another_calendar_is_kept() {
    let dates = weigh(&[("json-ld", Strong, "2023-07-05"), ("byline", Fair, "۱۴ تیر ۱۴۰۲")]);
    assert_eq!(dates.published.as_deref(), Some("2023-07-05"));
    assert_eq!(dates.as_written.as_deref(), Some("۱۴ تیر ۱۴۰۲"));
    assert_eq!(dates.calendar, Some("persian"));
    assert_eq!(dates.basis, "json-ld and byline agree");
}

#[test]
fn a_lunar_day_may_be_off_by_one_and_says_so() {
    let note = "a lunar day by the calendar of Umm al-Qura: it may be off by one";
    check(&[("byline", Fair, "17 ذو الحجة 1444")], Some("2023-07-05~"), &format!("byline; {note}"));
    check(
        &[("byline", Fair, "17 ذو الحجة 1444"), ("url", Fair, "2023/07/06")],
        Some("2023-07-06"),
        "url and byline agree",
    );
}
