//! Dates: of declarations, of elements near the heading, of the address, of a line that is one.

mod line;
mod list;
mod names;
mod phrases;

use super::indexed::Indexed;
use super::{Heading, is_elsewhere};
use crate::dates::{
    Hints, Precision, Reading, Signal, Trust, date_in_address, find_dates, may_have_digits, read_date,
};
use crate::describe::linked_data::Work;
use crate::describe::markup::resolved;
use crate::describe::page::{Kind, Parts, Spot};
use chrono::NaiveDate;
use names::{CHANGED, DATED, PUBLISHED};
use std::ops::Range;

/// What dates are looked for in.
pub(super) struct Dated<'a> {
    pub(super) page: &'a Indexed<'a>,
    pub(super) main: Option<&'a Work>,
    pub(super) heading: Option<&'a Heading>,
    pub(super) address: Option<&'a str>,
    pub(super) hints: Hints<'a>,
}

/// A date, and the octets of the page's text that it was read from.
type Located = (Reading, Range<usize>);

impl Dated<'_> {
    /// Signals of publication, the most trusted first.
    pub(super) fn signals(&self) -> Vec<Signal> {
        let mut signals = Signals::default();
        let of_work = |get: fn(&Work) -> Option<&String>| self.main.and_then(get).map(String::as_str);
        signals.state("json-ld", Trust::Strong, of_work(|work| work.published.as_ref()), &self.hints);
        for name in PUBLISHED {
            signals.state(name, Trust::Strong, self.page.meta(name), &self.hints);
        }
        signals.add_located("microdata", Trust::Strong, self.microdata());
        for name in DATED {
            signals.state(name, Trust::Fair, self.page.meta(name), &self.hints);
        }
        // The days of teasers are none of the list's.
        let is_list = self.is_list();
        signals.add_located("time", Trust::Fair, self.near(Kind::Time).filter(|_| !is_list));
        signals.add_located("class", Trust::Fair, self.near(Kind::Date).filter(|_| !is_list));
        let address = self.address.and_then(|address| date_in_address(address, &self.hints));
        // A folder of a month may be older than what lies in it.
        let to_the_day = address.as_ref().is_some_and(|reading| reading.precision >= Precision::Day);
        let (name, trust) = if to_the_day { ("url", Trust::Fair) } else { ("url month", Trust::Weak) };
        signals.add(name, trust, address);
        signals.add_located("line", Trust::Fair, self.line_near().filter(|_| !is_list));
        if !is_list && signals.all.iter().all(|signal| signal.trust == Trust::Weak) {
            signals.add("only date", Trust::Fair, self.only_spot());
        }
        if !is_list && signals.all.iter().all(|signal| signal.trust == Trust::Weak) {
            signals.add("only line", Trust::Fair, self.only_line());
        }
        signals.state("json-ld created", Trust::Weak, of_work(|work| work.created.as_ref()), &self.hints);
        prefer_local_day(&mut signals.all);
        signals.all
    }

    /// Signals of a change: they are told, and confirm nothing.
    pub(super) fn changes(&self) -> Vec<Signal> {
        let mut signals = Signals::default();
        for name in CHANGED {
            signals.state(name, Trust::Weak, self.page.meta(name), &self.hints);
        }
        let modified = self.main.and_then(|work| work.modified.as_deref());
        signals.state("json-ld modified", Trust::Weak, modified, &self.hints);
        signals.all
    }

    /// What a spot says: in its attribute, else in its text.
    fn reading(&self, spot: &Spot) -> Option<Located> {
        let value = spot.value.and_then(|value| read_date(&resolved(value), &self.hints));
        // What such an element shows was made of what it says.
        if value.as_ref().is_some_and(Reading::is_clock_zero) {
            return None;
        }
        let reading = value.or_else(|| {
            let text = self.page.text_of(spot, 240).filter(|text| text.contains(char::is_numeric))?;
            read_date(&text, &self.hints).or_else(|| self.only_date_in(&text))
        })?;
        Some((reading, spot.range.clone()))
    }

    /// The date in a text that has exactly one.
    fn only_date_in(&self, text: &str) -> Option<Reading> {
        let mut found = find_dates(text, &self.hints);
        (found.len() == 1).then(|| found.swap_remove(0).reading)
    }

    /// The date in a line that has exactly one, and tells of no other day than that of publication.
    fn dateline(&self, start: usize, text: &str) -> Option<Reading> {
        let mut found = find_dates(text, &self.hints);
        let [only] = found.as_slice() else { return None };
        let other = line::speaks_of_change(text)
            || self.lies_in_masthead(start, text)
            || line::is_of_another_day(text, &only.range)
            || self.is_beside(start, text);
        (!other).then(|| found.swap_remove(0).reading)
    }

    /// Whether a line stands over the heading as mastheads tell today's date, with its weekday; or
    /// has a label that is that of an event here.
    fn is_beside(&self, start: usize, line: &str) -> bool {
        let is_masthead = self.heading.is_some_and(|heading| start < heading.start);
        is_masthead && line::is_of_weekday(line) || line::has_bare_label(line) && self.is_by_event()
    }

    fn is_by_event(&self) -> bool {
        let near = self.heading.map(|heading| self.page.lines_within(heading.start..=heading.end + 400));
        near.into_iter().flatten().any(|(_, line, _)| line::tells_of_event(line))
    }

    fn microdata(&self) -> Option<Located> {
        let says = |spot: &&Spot| {
            let mut properties = spot.property.split_ascii_whitespace();
            properties.any(|property| property.eq_ignore_ascii_case("datePublished"))
        };
        let spots = self.page.spots.iter().filter(says);
        spots.filter(|spot| !is_elsewhere(spot, self.heading)).find_map(|spot| self.reading(spot))
    }

    fn is_near(&self, at: usize) -> bool {
        self.heading.is_none_or(|heading| heading.is_near(at))
    }

    /// The first element of a kind near the heading that reads as a date, and not as that of a change.
    fn near(&self, kind: Kind) -> Option<Located> {
        let changed = |spot: &Spot| {
            spot.parts.any(Parts::CHANGED) || spot.property.eq_ignore_ascii_case("dateModified")
        };
        self.page
            .spots
            .iter()
            .filter(|spot| spot.kind == kind && !changed(spot) && !is_elsewhere(spot, self.heading))
            .filter(|spot| self.is_near(spot.range.start) && !self.is_of_masthead(spot))
            .find_map(|spot| self.reading(spot))
    }

    fn lies_in_masthead(&self, start: usize, line: &str) -> bool {
        let range = start..start + line.len();
        let lies = |spot: &&Spot| {
            matches!(spot.kind, Kind::Time | Kind::Date)
                && spot.range.start < range.end
                && range.start < spot.range.end
        };
        self.page.spots.iter().filter(lies).any(|spot| self.is_of_masthead(spot))
    }

    /// Whether an element above the heading, and outside of the article, tells the day on which the page
    /// was fetched, as mastheads do: with its weekday, or beside another date below the heading.
    fn is_of_masthead(&self, spot: &Spot) -> bool {
        let Some(heading) = self.heading else { return false };
        if spot.range.start >= heading.start || spot.parts.any(Parts::ARTICLE) {
            return false;
        }
        let is_dated = |other: &&Spot| {
            matches!(other.kind, Kind::Time | Kind::Date)
                && other.range.start >= heading.end
                && heading.is_near(other.range.start)
                && !is_elsewhere(other, self.heading)
                && !other.parts.any(Parts::CHANGED)
        };
        self.page.text_of(spot, 240).is_some_and(|text| line::is_of_weekday(&text))
            || self.page.spots.iter().filter(is_dated).any(|other| self.reading(other).is_some())
    }

    /// The first short line near the heading with exactly one date.
    fn line_near(&self) -> Option<Located> {
        let heading = self.heading?;
        self.page
            .lines_within(heading.neighbourhood())
            .filter(|(start, line, parts)| {
                *start != heading.start
                    && (4..160).contains(&line.len())
                    && may_have_digits(line)
                    && !parts.without(heading.parts).any(Parts::ELSEWHERE)
            })
            .find_map(|(start, line, _)| Some((self.dateline(start, line)?, start..start + line.len())))
    }

    /// Whether what lies in these parts of the page is not of the article. What stands aside within
    /// the article may still be.
    fn is_apart(&self, parts: Parts) -> bool {
        let uninformative = self.heading.map_or(Parts::default(), |heading| heading.parts);
        let inner =
            if parts.any(Parts::ARTICLE) { Parts::ASIDE.with(Parts::CAPTION) } else { Parts::default() };
        parts.without(uninformative).without(inner).any(Parts::ELSEWHERE) || parts.any(Parts::CHANGED)
    }

    /// The one day of all elements of dates in the article.
    fn only_spot(&self) -> Option<Reading> {
        let spots = self.page.spots.iter();
        let spots =
            spots.filter(|spot| matches!(spot.kind, Kind::Time | Kind::Date) && !self.is_apart(spot.parts));
        let spots = spots.filter(|spot| !self.is_of_masthead(spot));
        one_day(spots.filter_map(|spot| self.reading(spot)).map(|(reading, _)| reading))
    }

    /// The one day of all lines that are nothing but a date.
    fn only_line(&self) -> Option<Reading> {
        let lines = self.page.lines().filter(|(_, line, parts)| {
            (6..60).contains(&line.len()) && !self.is_apart(*parts) && may_have_digits(line)
        });
        one_day(lines.filter_map(|(start, line, _)| {
            read_date(line, &self.hints).filter(|_| !self.is_beside(start, line))
        }))
    }
}

/// Signals as they are found.
#[derive(Default)]
struct Signals {
    all: Vec<Signal>,
    /// Where in the text a date was read already, and which.
    read: Vec<(Range<usize>, Option<String>)>,
    /// Which of them are declarations, as a set of bits.
    stated: u64,
}

impl Signals {
    /// Adds a declaration; most pages declare the same several times.
    fn state(&mut self, name: &'static str, trust: Trust, text: Option<&str>, hints: &Hints) {
        let Some(text) = text else { return };
        let written = text.trim();
        let is_stated = |at: usize| self.stated & bit(at) > 0;
        let mut stated = self.all.iter().enumerate().filter(|(at, _)| is_stated(*at));
        let known = stated.find(|(_, signal)| signal.reading.as_written == written);
        let reading = known.map(|(_, signal)| signal.reading.clone()).or_else(|| read_date(text, hints));
        let at = self.all.len();
        self.add(name, trust, reading);
        if self.all.len() > at {
            self.stated |= bit(at);
        }
    }

    fn add(&mut self, name: &'static str, trust: Trust, reading: Option<Reading>) {
        // What readers see of a clock's zero was most likely made of it, too.
        let reading = reading.filter(|reading| !reading.is_clock_zero());
        self.all.extend(reading.map(|reading| Signal { name, trust, reading }));
    }

    /// Adds what was read from the text; one place that says the same twice is one signal.
    fn add_located(&mut self, name: &'static str, trust: Trust, located: Option<Located>) {
        let Some((reading, range)) = located else { return };
        let overlaps = |known: &Range<usize>| {
            known.start < range.end.max(range.start + 1) && range.start < known.end.max(known.start + 1)
        };
        if !self.read.iter().any(|(known, day)| overlaps(known) && *day == reading.edtf) {
            self.read.push((range, reading.edtf.clone()));
            self.add(name, trust, Some(reading));
        }
    }
}

/// A bit for a place; none for those that are too far.
fn bit(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0)
}

/// The day that all readings are of; nothing where there are none, or two.
fn one_day(mut readings: impl Iterator<Item = Reading>) -> Option<Reading> {
    let first = readings.find(|reading| reading.precision >= Precision::Day)?;
    let same = |other: Reading| other.edtf == first.edtf;
    readings.take(100).all(same).then_some(first)
}

/// Readers were told a day by the clock of the place; machines are often told it by that of
/// Greenwich. Where both can be the same moment, the day that readers see leads.
fn prefer_local_day(signals: &mut [Signal]) {
    let day = |signal: &Signal| signal.reading.edtf.as_deref()?.parse::<NaiveDate>().ok();
    let seen = signals.iter().position(|signal| matches!(signal.name, "time" | "class" | "line"));
    let Some((at, local)) = seen.and_then(|at| Some((at, day(&signals[at])?))) else { return };
    if hour_of_greenwich(&signals[at].reading.as_written).is_some() {
        return;
    }
    // What tells the day by another clock has the last word.
    let confirmed = |stated: NaiveDate| {
        let other = |signal: &Signal| {
            day(signal) == Some(stated) && hour_of_greenwich(&signal.reading.as_written).is_none()
        };
        signals.iter().any(other)
    };
    if signals.iter().filter(|signal| signal.trust == Trust::Strong).filter_map(day).any(confirmed) {
        return;
    }
    let mut explained = false;
    for signal in signals.iter_mut().filter(|signal| signal.trust == Trust::Strong) {
        let (Some(stated), Some(hour)) = (day(signal), hour_of_greenwich(&signal.reading.as_written)) else {
            continue;
        };
        // Nearly all clocks are from 10 hours behind to 11 ahead.
        let ahead = stated.succ_opt() == Some(local) && hour >= 13;
        let behind = stated.pred_opt() == Some(local) && hour < 10;
        if ahead || behind {
            signal.trust = Trust::Fair;
            explained = true;
        }
    }
    if explained {
        signals[at].trust = Trust::Strong;
    }
}

/// The hour of a timestamp in UTC.
fn hour_of_greenwich(written: &str) -> Option<u32> {
    let (_, time) = written.split_once('T')?;
    let is_utc = ["Z", "+00:00", "+0000"].iter().any(|zone| time.ends_with(zone));
    is_utc.then(|| time.get(..2)?.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_greenwich() {
        assert_eq!(hour_of_greenwich("2021-11-04T23:00Z"), Some(23));
        assert_eq!(hour_of_greenwich("2021-11-04T23:00:00+01:00"), None);
        assert_eq!(hour_of_greenwich("5. November 2021"), None);
    }

    #[test]
    fn changes_are_told_in_words() {
        assert!(line::speaks_of_change("Zuletzt aktualisiert am 3. Mai 2020"));
        assert!(!line::speaks_of_change("Veröffentlicht am 3. Mai 2020"));
    }
}
