//! Dates and makers of a document as AtoM has them: parallel lists of events.

use super::super::cells::values;
use super::super::disclosure::Disclosure;
use crate::sheet::Row;
use edtf_core::{Bound, Edtf};

/// What stands for nothing between others, so that the lists stay parallel.
const NOTHING: &str = "NULL";

struct Event {
    kind: &'static str,
    date: String,
    start: String,
    end: String,
    actor: String,
}

/// The events of one document: its creation, once for each maker, and its publication.
pub(super) struct Events(Vec<Event>);

impl Events {
    pub(super) fn of(row: &Row<'_>, disclosure: &mut Disclosure) -> Self {
        let get = |column| row.description.get(column).unwrap_or_default();
        let (created, published) = (get("date_created"), get("date_published"));
        // Which of two dates was written so is not known.
        let as_written = if created.is_empty() || published.is_empty() { get("date_as_written") } else { "" };
        let creator = disclosure.shown(row, "creator");
        let mut makers = values(true, &creator).into_iter();
        let mut events = Vec::new();
        let first = makers.next().unwrap_or_default();
        if !created.is_empty() || !first.is_empty() {
            events.push(event("Creation", created, as_written, first));
        }
        events.extend(makers.map(|maker| event("Creation", "", "", maker)));
        let publisher = get("publisher");
        if !published.is_empty() || !publisher.is_empty() {
            events.push(event("Publication", published, as_written, publisher));
        }
        Self(events)
    }

    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|event| event.kind)
    }

    pub(super) fn dates(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|event| filled(&event.date))
    }

    pub(super) fn starts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|event| filled(&event.start))
    }

    pub(super) fn ends(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|event| filled(&event.end))
    }

    pub(super) fn actors(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|event| filled(&event.actor))
    }
}

fn filled(value: &str) -> &str {
    if value.is_empty() { NOTHING } else { value }
}

fn event(kind: &'static str, date: &str, as_written: &str, actor: &str) -> Event {
    let (start, end) = span(date).unwrap_or_default();
    let date = if date.is_empty() || as_written.is_empty() { date } else { as_written };
    Event { kind, date: date.to_owned(), start, end, actor: actor.to_owned() }
}

/// First and last day of a date in EDTF, as ISO 8601 has them; blank where it is open or unknown.
fn span(date: &str) -> Option<(String, String)> {
    let bounds = Edtf::parse(date).ok()?.bounds();
    let day = |bound| match bound {
        Bound::Date(day) if (0..=9999).contains(&day.year) => day.to_string(),
        _ => String::new(),
    };
    Some((day(bounds.earliest), day(bounds.latest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{COLUMNS, DESCRIBED, Description, MEASURED};

    fn events(cells: &[(&str, &str)]) -> Vec<[String; 5]> {
        let mut values = [""; DESCRIBED];
        for (column, value) in cells {
            let at = COLUMNS.iter().position(|known| known.name == *column).unwrap();
            values[at - MEASURED] = value;
        }
        let row = Row { description: Description::of(&values), ..Row::default() };
        let events = Events::of(&row, &mut Disclosure::default());
        let lists = events.types().zip(events.dates()).zip(events.starts()).zip(events.ends());
        let lists = lists.zip(events.actors());
        lists.map(|((((a, b), c), d), e)| [a, b, c, d, e].map(str::to_owned)).collect()
    }

    #[test]
    fn lists_are_parallel_and_days_are_iso() {
        let found = events(&[
            ("sensitivity", "public"),
            ("creator", "Ada Quillfeather | Ben Marsh"),
            ("publisher", "The Ellery Post"),
            ("date_published", "1988-07-28"),
            ("date_as_written", "۶ مرداد ۱۳۶۷"),
        ]);
        let expected = [
            ["Creation", "NULL", "NULL", "NULL", "Ada Quillfeather"],
            ["Creation", "NULL", "NULL", "NULL", "Ben Marsh"],
            ["Publication", "۶ مرداد ۱۳۶۷", "1988-07-28", "1988-07-28", "The Ellery Post"],
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn dates_of_any_precision_have_the_days_that_they_have() {
        for (date, start, end) in [
            ("1988", "1988-01-01", "1988-12-31"),
            ("1988-02~", "1988-02-01", "1988-02-29"),
            ("198X", "1980-01-01", "1989-12-31"),
            ("1988-07/1988-09", "1988-07-01", "1988-09-30"),
            ("1988-07-28T10:00:00Z", "1988-07-28", "1988-07-28"),
            ("1988/..", "1988-01-01", "NULL"),
            ("no date", "NULL", "NULL"),
        ] {
            let found = events(&[("date_created", date)]);
            assert_eq!(found, [["Creation", date, start, end, "NULL"]], "{date}");
        }
        assert_eq!(events(&[]), [[""; 5]; 0]);
    }
}
