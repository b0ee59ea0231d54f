//! Values that are known of a document, laid over what is suggested of it.

use crate::sheet::{COLUMNS, DESCRIBED, MEASURED, value_problem};
use provenance::Given;
use std::fmt::Write as _;

/// Place of a column among those that describe.
const fn place_of(name: &str) -> usize {
    let mut at = MEASURED;
    while at < COLUMNS.len() {
        if is_same(COLUMNS[at].name, name) {
            return at - MEASURED;
        }
        at += 1;
    }
    panic!("a column of this name")
}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

const PUBLISHED: usize = place_of("date_published");
const CREATED: usize = place_of("date_created");
const AS_WRITTEN: usize = place_of("date_as_written");
const CALENDAR: usize = place_of("date_calendar");
const DATE_BASIS: usize = place_of("date_basis");
const DESCRIPTION_BASIS: usize = place_of("description_basis");

/// Octets of the longest basis.
const LONGEST_BASIS: usize = 2000;

/// What is known of one document, in the cells that it changes.
pub(super) struct Laid<'a> {
    values: Vec<(usize, &'a str)>,
    description_basis: String,
    /// What the two dates rest on, if one of them is known.
    date_basis: Option<String>,
}

impl<'a> Laid<'a> {
    /// Lays what is known over what is suggested; `None` where nothing is known.
    pub(super) fn over(suggested: &[&str; DESCRIBED], given: &'a [Given]) -> Option<Self> {
        let mut values = Vec::with_capacity(given.len());
        let mut bases: Vec<String> = Vec::new();
        let mut dates: Vec<String> = Vec::new();
        for given in given.iter().filter(|given| value_problem(given.column, &given.value).is_none()) {
            let place = COLUMNS[MEASURED..].iter().position(|column| column.name == given.column);
            let Some(place) = place else { continue };
            values.push((place, given.value.as_str()));
            bases.push(format!("{}: {}", given.column, given.by));
            if matches!(place, PUBLISHED | CREATED | AS_WRITTEN | CALENDAR) {
                let mut basis = format!("{}: {}", given.column, given.by);
                // What the document itself says is shown, and not hidden.
                if !suggested[place].is_empty() && suggested[place] != given.value {
                    let _ = write!(basis, " (the document: {})", suggested[place]);
                }
                dates.push(basis);
            }
        }
        if values.is_empty() {
            return None;
        }
        let is_kept = |basis: &&str| {
            let column = basis.split_once(": ").map_or("", |(column, _)| column);
            !values.iter().any(|(place, _)| COLUMNS[MEASURED + place].name == column)
        };
        bases.extend(suggested[DESCRIPTION_BASIS].split("; ").filter(is_kept).map(str::to_owned));
        let date_basis = (!dates.is_empty()).then(|| {
            dates.extend([suggested[DATE_BASIS].to_owned()]);
            bounded(&dates)
        });
        Some(Self { description_basis: bounded(&bases), values, date_basis })
    }

    /// Puts them into their cells.
    pub(super) fn put<'b>(&'b self, cells: &mut [&'b str; DESCRIBED]) {
        let is_known = |place: usize| self.values.iter().any(|(known, _)| *known == place);
        if is_known(PUBLISHED) || is_known(CREATED) {
            // These are about the dates that were suggested.
            cells[AS_WRITTEN] = "";
            cells[CALENDAR] = "";
        }
        for &(place, value) in &self.values {
            cells[place] = value;
        }
        cells[DESCRIPTION_BASIS] = &self.description_basis;
        if let Some(basis) = &self.date_basis {
            cells[DATE_BASIS] = basis;
        }
    }
}

/// Columns of which a value is known that no cell can hold as it is.
pub(super) fn not_kept(given: &[Given]) -> Vec<&'static str> {
    let is_kept = |given: &&Given| value_problem(given.column, &given.value).is_some();
    given.iter().filter(is_kept).map(|given| given.column).collect()
}

/// Joins what there is, as far as it has room.
fn bounded(parts: &[String]) -> String {
    let mut joined = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if joined.len() + part.len() + 2 > LONGEST_BASIS {
            joined.push('…');
            break;
        }
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(column: &'static str, value: &str) -> Given {
        Given { column, value: value.to_owned(), by: "list" }
    }

    fn laid(suggested: &[(&str, &'static str)], given: &[Given]) -> Vec<(&'static str, String)> {
        let mut cells = [""; DESCRIBED];
        for (column, value) in suggested {
            cells[place_of(column)] = value;
        }
        let laid = Laid::over(&cells, given);
        if let Some(laid) = &laid {
            laid.put(&mut cells);
        }
        let named = COLUMNS[MEASURED..].iter().zip(cells).filter(|(_, value)| !value.is_empty());
        named.map(|(column, value)| (column.name, value.to_owned())).collect()
    }

    #[test]
    fn what_is_known_stands_in_place_of_what_is_suggested() {
        let suggested = [
            ("title", "Tide"),
            ("creator", "Ada"),
            ("description_basis", "title: h1, og:title; creator: byline"),
        ];
        let cells = laid(&suggested, &[given("title", "Tides of Ellery"), given("notes", "torn")]);
        let expected = [
            ("title", "Tides of Ellery"),
            ("creator", "Ada"),
            ("description_basis", "title: list; notes: list; creator: byline"),
            ("notes", "torn"),
        ];
        assert_eq!(cells, expected.map(|(column, value)| (column, value.to_owned())));
        assert_eq!(laid(&suggested, &[]).len(), 3);
    }

    #[test]
    fn a_known_date_hides_no_other_and_borrows_nothing_from_it() {
        let suggested = [
            ("date_published", "2023-07-05"),
            ("date_as_written", "14 Tir 1402"),
            ("date_calendar", "persian"),
            ("date_basis", "og:published"),
        ];
        let cells = laid(&suggested, &[given("date_published", "2023-07")]);
        let expected = [
            ("date_published", "2023-07"),
            ("date_basis", "date_published: list (the document: 2023-07-05); og:published"),
            ("description_basis", "date_published: list"),
        ];
        assert_eq!(cells, expected.map(|(column, value)| (column, value.to_owned())));
    }

    #[test]
    fn what_no_cell_can_hold_is_left_out_and_told() {
        let long = "x".repeat(1001);
        let known = [given("title", &long), given("notes", "a\u{202E}b"), given("place", "Ellery")];
        assert_eq!(laid(&[("title", "Tide")], &known)[0], ("title", "Tide".to_owned()));
        assert_eq!(not_kept(&known), ["title", "notes"]);
    }
}
