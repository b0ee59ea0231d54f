//! ISO 8601 and RFC 3339.

use chrono::NaiveDate;

use super::span::Span;
use super::{Calendar, Precision, Reading};

/// Reads a day, whatever follows it.
pub(super) fn read(text: &str) -> Option<Reading> {
    let day: NaiveDate = text.get(..10)?.parse().ok()?;
    let span = Span::day(day);
    Some(Reading {
        edtf: Some(span.edtf()),
        alternatives: Vec::new(),
        timestamp: None,
        calendar: Some(Calendar::Gregorian),
        as_written: text.to_owned(),
        precision: if text.len() > 10 { Precision::Time } else { Precision::Day },
        has_zone: text.ends_with('Z'),
        note: None,
        spans: vec![span],
    })
}
