//! AtoM's parallel lists of events, as dates and makers of a document.

use super::Noticed;
use super::date::{Told, told};
use super::form::{EventList, Form};
use super::record::Record;
use edtf_core::{Bound, Edtf};

/// The lists of one row.
#[derive(Default)]
pub(super) struct Events {
    lists: [Vec<String>; 5],
}

impl Events {
    /// Takes one of the lists.
    pub(super) fn add(&mut self, list: EventList, cell: &str) {
        let value = |part: &str| {
            let part = part.trim();
            if part.eq_ignore_ascii_case("null") { String::new() } else { part.to_owned() }
        };
        self.lists[list as usize] = cell.split('|').map(value).collect();
    }

    /// Lays them over a record: creation and publication by our columns, all else among the notes.
    pub(super) fn lay(&self, record: &mut Record, noticed: &mut Noticed) {
        let mut lengths: Vec<usize> = self.lists.iter().map(Vec::len).filter(|&count| count > 0).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let [count] = lengths[..] else {
            if !lengths.is_empty() {
                noticed.problem(
                    record.row,
                    "expected as many values in each of eventTypes, eventDates, eventStartDates, \
                     eventEndDates and eventActors, or none, found different numbers",
                );
            }
            return;
        };
        for number in 0..count {
            let get = |list: EventList| self.lists[list as usize].get(number).map_or("", String::as_str);
            let (kind, text, actor) = (get(EventList::Types), get(EventList::Dates), get(EventList::Actors));
            let (date, maker) = match kind.to_ascii_lowercase().as_str() {
                "" | "creation" => ("date_created", "creator"),
                "publication" => ("date_published", "publisher"),
                _ => {
                    let parts = [kind, text, get(EventList::Starts), get(EventList::Ends), actor];
                    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                    record.keep("event", &parts.join(", "), noticed);
                    continue;
                }
            };
            if !actor.is_empty() {
                record.take(Form::Atom, maker, "eventActors", actor, noticed);
            }
            match span(get(EventList::Starts), get(EventList::Ends)) {
                Some(span) => {
                    if let Told::Several(readings) = told(&span, None) {
                        record.unsettled(date, &span, &readings, noticed);
                    }
                    let (text, calendar) = match told(text, None) {
                        _ if text.is_empty() => (span.as_str(), None),
                        Told::One(_, calendar) | Told::Timed(_, calendar) => (text, calendar),
                        _ => (text, None),
                    };
                    record.settled(date, &span, text, calendar, noticed);
                }
                None if text.is_empty() => {}
                None => record.take(Form::Atom, date, "eventDates", text, noticed),
            }
        }
    }
}

/// First and last day as one date in EDTF; `None` where neither can be told.
fn span(start: &str, end: &str) -> Option<String> {
    let (start, end) = (iso(start), iso(end));
    match (start, end) {
        (Some(start), Some(end)) if start == end => Some(start),
        (Some(start), Some(end)) => {
            // All days of a year or month are the year or month.
            let shorter = [start.get(..4), start.get(..7)].into_iter().flatten();
            let whole = shorter
                .filter(|date| bounds(date).is_some_and(|found| found == (start.clone(), end.clone())));
            Some(whole.map(str::to_owned).next().unwrap_or_else(|| format!("{start}/{end}")))
        }
        (Some(start), None) => Some(format!("{start}/")),
        (None, Some(end)) => Some(format!("/{end}")),
        (None, None) => None,
    }
}

fn bounds(date: &str) -> Option<(String, String)> {
    let found = Edtf::parse(date).ok()?.bounds();
    match (found.earliest, found.latest) {
        (Bound::Date(first), Bound::Date(last)) => Some((first.to_string(), last.to_string())),
        _ => None,
    }
}

/// A day of AtoM, in which `00` stands for a month or day that is not known.
fn iso(text: &str) -> Option<String> {
    let mut date = text;
    while let Some(shorter) = date.strip_suffix("-00") {
        date = shorter;
    }
    edtf_core::is_valid(date).then(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_are_one_date() {
        for (start, end, date) in [
            ("1988-07-28", "1988-07-28", "1988-07-28"),
            ("1988-01-01", "1988-12-31", "1988"),
            ("1988-02-01", "1988-02-29", "1988-02"),
            ("2016-00-00", "2016-00-00", "2016"),
            ("2015-01-01", "2016-12-31", "2015-01-01/2016-12-31"),
            ("1988-07-28", "", "1988-07-28/"),
            ("", "1988-07-28", "/1988-07-28"),
        ] {
            assert_eq!(span(start, end).as_deref(), Some(date), "{start} {end}");
            assert!(edtf_core::is_valid(date), "{date}");
        }
        assert_eq!(span("soon", ""), None);
    }
}
