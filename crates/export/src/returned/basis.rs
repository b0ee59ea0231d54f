//! What the values of an item rest on, once a person changed some of them.
//!
//! A basis is a list of parts, joined by `; `. A part that is about one column begins with its name:
//! `title: og:title, h1`; `title: list`; `title: person`.

use super::Change;
use std::fmt::Write as _;

/// Octets of the longest basis.
const LONGEST: usize = 2000;
/// Who says so, where a person does.
const PERSON: &str = "person";

/// Dates that hide what a machine read of the document: the two below are about that.
pub(super) const KNOWN_DATES: [&str; 2] = ["date_published", "date_created"];
/// How the date stands in the document, and in which calendar.
pub(super) const AS_READ: [&str; 2] = ["date_as_written", "date_calendar"];

/// `description_basis` of an item after `changes`.
pub(super) fn of_description(old: &str, changes: &[Change]) -> String {
    let said = changes.iter().filter(|change| !change.is_withdrawn);
    let mut parts: Vec<String> = said.map(|change| format!("{}: {PERSON}", change.column)).collect();
    let is_changed = |part: &&str| changes.iter().any(|change| column_of(part) == change.column);
    parts.extend(parts_of(old).filter(|part| !is_changed(part)).map(str::to_owned));
    bounded(&parts)
}

/// `date_basis` of an item after `changes`; `None` if they are about no date.
pub(super) fn of_dates(old: &str, changes: &[Change]) -> Option<String> {
    let is_date = |change: &&Change| KNOWN_DATES.contains(&change.column) || AS_READ.contains(&change.column);
    let mut parts = Vec::new();
    let mut withdrawn = changes.iter().filter(|change| change.is_withdrawn).peekable();
    for change in changes.iter().filter(is_date).filter(|change| !change.is_withdrawn) {
        let mut notes = Vec::new();
        if !change.old.is_empty() {
            // Somebody said it before, or else it was read out of the document.
            let was_said = parts_of(old).any(|part| column_of(part) == change.column);
            let who = if was_said { "before" } else { "the document" };
            notes.push(format!("{who}: {}", tidy(&change.old)));
        }
        if KNOWN_DATES.contains(&change.column) {
            notes.extend(withdrawn.by_ref().map(|change| withdrawal(change.column, &change.old)));
        }
        let mut part = format!("{}: {PERSON}", change.column);
        if !notes.is_empty() {
            let _ = write!(part, " ({})", notes.join(", "));
        }
        parts.push(part);
    }
    if parts.is_empty() {
        return None;
    }
    let is_changed = |part: &&str| changes.iter().any(|change| column_of(part) == change.column);
    parts.extend(parts_of(old).filter(|part| !is_changed(part)).map(str::to_owned));
    Some(bounded(&parts))
}

/// Whether `cell` is `stored` as it was before persons changed something.
pub(super) fn is_from_before(stored: &str, cell: &str) -> bool {
    let is_person = |part: &str| {
        let said = part.split_once(": ").map_or("", |(_, said)| said);
        said == PERSON || said.starts_with("person (")
    };
    let persons: Vec<&str> = parts_of(stored).filter(|part| is_person(part)).map(column_of).collect();
    let others = |basis: &str| -> Vec<String> {
        parts_of(basis).filter(|part| !persons.contains(&column_of(part))).map(str::to_owned).collect()
    };
    !persons.is_empty() && others(stored) == others(cell)
}

/// Whether `date_basis` says that `value` stood in a column of [`AS_READ`] before a person's date.
pub(super) fn withdrew(date_basis: &str, column: &str, value: &str) -> bool {
    !value.is_empty() && date_basis.contains(&withdrawal(column, value))
}

/// `as written: 14 Tir 1402`, `calendar: persian`.
fn withdrawal(column: &str, value: &str) -> String {
    let what = if column == AS_READ[0] { "as written" } else { "calendar" };
    format!("{what}: {}", tidy(value))
}

/// A value within a part, which must not end that.
fn tidy(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ").replace("; ", ", ")
}

fn parts_of(basis: &str) -> impl Iterator<Item = &str> {
    basis.split("; ").filter(|part| !part.is_empty())
}

fn column_of(part: &str) -> &str {
    part.split_once(": ").map_or("", |(column, _)| column)
}

/// Joins what there is, as far as it has room.
fn bounded(parts: &[String]) -> String {
    let mut joined = String::new();
    for part in parts {
        let gap = if joined.is_empty() { "" } else { "; " };
        if joined.len() + gap.len() + part.len() + '…'.len_utf8() > LONGEST {
            joined.push('…');
            break;
        }
        joined.push_str(gap);
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(column: &'static str, old: &str, new: &str) -> Change {
        let (item_id, path) = (String::new(), String::new());
        let (old, new) = (old.to_owned(), new.to_owned());
        let is_withdrawn = new.is_empty() && AS_READ.contains(&column);
        Change { item_id, path, column, old, new, line: 2, is_withdrawn }
    }

    #[test]
    fn a_person_stands_in_place_of_a_machine() {
        let changes = [change("title", "Tide", "Tides"), change("notes", "", "torn")];
        let old = "title: h1, og:title; creator: byline";
        let new = of_description(old, &changes);
        assert_eq!(new, "title: person; notes: person; creator: byline");
        assert_eq!(of_description(&new, &changes), new);
        assert_eq!(of_dates("og:published", &changes), None);
        assert!(is_from_before(&new, old) && is_from_before(&new, "title: list; creator: byline"));
        assert!(!is_from_before(&new, "title: h1; creator: mine"));
        assert!(!is_from_before(old, "creator: byline"), "no person changed that");
    }

    #[test]
    fn a_date_says_what_it_hides() {
        let changes = [
            change("date_published", "2023-07-05", "2023-07"),
            change("date_as_written", "14 Tir; 1402", ""),
            change("date_calendar", "persian", ""),
        ];
        let old = "json-ld and url agree";
        let new = of_dates(old, &changes).unwrap();
        let said = "the document: 2023-07-05, as written: 14 Tir, 1402, calendar: persian";
        assert_eq!(new, format!("date_published: person ({said}); {old}"));
        assert!(is_from_before(&new, old) && withdrew(&new, "date_as_written", "14 Tir; 1402"));
        assert!(withdrew(&new, "date_calendar", "persian") && !withdrew(&new, "date_calendar", "islamic"));
        assert!(!withdrew(&new, "date_calendar", ""));
        assert_eq!(of_description("", &changes), "date_published: person");

        let again = of_dates(&new, &[change("date_published", "2023-07", "2023")]).unwrap();
        assert_eq!(again, format!("date_published: person (before: 2023-07); {old}"));
    }

    #[test]
    fn a_basis_has_a_bound() {
        let old = "title: h1; ".repeat(300);
        let new = of_description(&old, &[change("notes", "", "x")]);
        assert!(new.len() <= LONGEST && new.starts_with("notes: person; title") && new.ends_with('…'));
    }
}
