//! A date while it is being read.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::context::Context;
use super::span::{Shape, Span, day_in_edtf, push_two};
use super::{Calendar, Precision, Reading, calendar};

/// A time of day as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// The time; a leap second is counted as the one before.
    pub(super) time: NaiveTime,
    /// Whether seconds were written.
    pub(super) seconds: bool,
    /// The zone in minutes east of Greenwich.
    pub(super) zone: Option<i32>,
}

/// What was read so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Every reading that is possible.
    pub(super) spans: Vec<Span>,
    /// How much was written.
    pub(super) precision: Precision,
    /// The time, where one was written.
    pub(super) clock: Option<Clock>,
    /// Whether a zone was written without a time.
    pub(super) zoned: bool,
    /// Why it must not count as settled though there is one reading only.
    pub(super) doubt: Option<&'static str>,
    /// What is sure, but should be known.
    pub(super) remark: Option<&'static str>,
}

impl Draft {
    /// From spans; the same one is kept once. `None` without any.
    pub(super) fn new(spans: impl IntoIterator<Item = Span>, precision: Precision) -> Option<Draft> {
        let mut kept: Vec<Span> = Vec::new();
        for span in spans {
            if !kept.contains(&span) {
                kept.push(span);
            }
        }
        let draft = Draft { spans: kept, precision, clock: None, zoned: false, doubt: None, remark: None };
        (!draft.spans.is_empty()).then_some(draft)
    }

    /// Marks it as only about so.
    pub(super) fn about(mut self) -> Draft {
        self.spans.iter_mut().for_each(|span| span.about = true);
        self
    }

    /// Weighs a day of the week that is written beside it: it chooses between readings, and fixes a
    /// lunar day; where it fits none, nothing is settled.
    pub(super) fn on(mut self, weekday: u32) -> Draft {
        let fitting: Vec<Span> = self.spans.iter().filter_map(|span| falls_on(span, weekday)).collect();
        if fitting.is_empty() {
            self.doubt = Some("the weekday beside it is of another day");
        } else {
            self.spans = fitting;
        }
        self
    }

    /// The reading of `as_written`.
    pub(super) fn reading(mut self, context: &Context<'_>, as_written: &str) -> Reading {
        self.narrow(context);
        let first = self.spans[0];
        let settled = self.spans.len() == 1 && self.doubt.is_none();
        let one_calendar = self.spans.iter().all(|span| span.calendar == first.calendar);
        let note = self.doubt.or_else(|| self.reason()).or(self.remark).or_else(|| {
            (first.calendar == Calendar::Islamic && first.about)
                .then_some("a lunar day by the calendar of Umm al-Qura: it may be off by one")
        });
        let day = first.day().filter(|_| settled);
        Reading {
            edtf: settled.then(|| first.edtf()),
            alternatives: if settled { Vec::new() } else { self.spans.iter().map(Span::edtf).collect() },
            timestamp: day.and_then(|day| self.timestamp(day)),
            calendar: one_calendar.then_some(first.calendar),
            as_written: as_written.to_owned(),
            precision: if self.clock.is_some() { Precision::Time } else { self.precision },
            has_zone: self.zoned || self.clock.is_some_and(|clock| clock.zone.is_some()),
            note,
            utc: day.and_then(|day| self.utc(day)),
            spans: self.spans,
        }
    }

    /// Leaves out readings that lie outside of what the hints allow, unless all do.
    fn narrow(&mut self, context: &Context<'_>) {
        let allowed = |span: &Span| {
            span.bounds().is_none_or(|(from, to)| {
                context.hints.earliest.is_none_or(|earliest| to >= earliest)
                    && context.hints.latest.is_none_or(|latest| from <= latest)
            })
        };
        if self.spans.iter().any(allowed) {
            self.spans.retain(allowed);
        }
    }

    /// Why there are several readings.
    fn reason(&self) -> Option<&'static str> {
        let first = self.spans[0];
        let others = &self.spans[1..];
        if others.is_empty() {
            return None;
        }
        if others.iter().any(|span| span.calendar != first.calendar) {
            return Some("the calendar is not told");
        }
        let far = |span: &Span| match (first.bounds(), span.bounds()) {
            (Some((a, _)), Some((b, _))) => (a - b).num_days().abs() > 366,
            _ => true,
        };
        if others.iter().any(far) {
            return Some("the century is not told");
        }
        Some("the order of day and month is not told")
    }

    /// The timestamp in EDTF, which has no form without seconds.
    fn timestamp(&self, day: NaiveDate) -> Option<String> {
        let clock = self.clock.filter(|clock| clock.seconds)?;
        let mut written = day_in_edtf(day);
        let time = clock.time;
        for (mark, number) in [("T", time.hour()), (":", time.minute()), (":", time.second())] {
            push_two(&mut written, mark, number);
        }
        match clock.zone {
            None => {}
            Some(0) => written.push('Z'),
            Some(minutes) => {
                let (sign, minutes) = (if minutes < 0 { "-" } else { "+" }, minutes.unsigned_abs());
                push_two(&mut written, sign, minutes / 60);
                push_two(&mut written, ":", minutes % 60);
            }
        }
        Some(written)
    }

    /// The moment in UTC.
    fn utc(&self, day: NaiveDate) -> Option<NaiveDateTime> {
        let clock = self.clock?;
        day.and_time(clock.time).checked_sub_signed(TimeDelta::minutes(i64::from(clock.zone?)))
    }
}

/// The span, if it is a day that falls on that weekday, or is no day; a lunar one may be moved by one.
fn falls_on(span: &Span, weekday: u32) -> Option<Span> {
    let Some(day) = span.day() else { return Some(*span) };
    if calendar::weekday(day) == weekday {
        return Some(Span { about: span.about && span.calendar != Calendar::Islamic, ..*span });
    }
    if span.calendar != Calendar::Islamic {
        return None;
    }
    [day.checked_sub_days(Days::new(1)), day.checked_add_days(Days::new(1))]
        .into_iter()
        .flatten()
        .find(|near| calendar::weekday(*near) == weekday)
        .map(|near| Span { shape: Shape::Day(near), about: false, ..*span })
}
