//! What one row of a list says, in values that the sheet can hold.

use super::Noticed;
use super::date::{Told, told};
use super::form::Form;
use export::columns::{Kind, Meaning, Sheet};
use export::sheet::{COLUMNS, value_problem};
use fixity::Digest;
use provenance::name::excerpt;

/// What joins several values in a cell.
const BETWEEN: &str = " | ";

/// What a row says.
#[derive(Default)]
pub(super) struct Record {
    /// Its number as a spreadsheet shows it.
    pub(super) row: u64,
    /// Which document it is about; blank if it does not say.
    pub(super) path: String,
    /// The same, by its identifier.
    pub(super) item_id: String,
    /// Octets that the document is said to have.
    pub(super) size: Option<u64>,
    /// What it is said to sum to.
    pub(super) digests: Vec<Digest>,
    /// The level of an arrangement that it is about.
    pub(super) level: String,
    values: Vec<(&'static str, String)>,
    notes: Vec<String>,
    as_written: Vec<String>,
    calendars: Vec<&'static str>,
    language: Option<&'static str>,
}

impl Record {
    /// Says nothing yet; `language` is that of the list.
    pub(super) fn of_row(row: u64, language: Option<&'static str>) -> Self {
        Self { row, language, ..Self::default() }
    }

    /// Takes a value of a column of ours, which is called `name` in the list.
    pub(super) fn take(
        &mut self,
        form: Form,
        column: &'static str,
        name: &str,
        value: &str,
        noticed: &mut Noticed,
    ) {
        let Some(meaning) = Sheet::Manifest.columns().find(|meaning| meaning.name == column) else { return };
        if meaning.kind == Kind::Edtf {
            self.date(form, column, value, noticed);
            return;
        }
        let is_foreign = form != Form::Sheet;
        let is_no_address = meaning.kind == Kind::Uri && !value.contains("://");
        let is_no_tag = meaning.kind == Kind::Language && !value.split(['|', ',']).all(is_tag);
        if is_foreign && (is_no_address || is_no_tag) {
            self.keep(name, value, noticed);
            return;
        }
        let word = match in_vocabulary(meaning, value) {
            Ok(word) => word,
            Err(problem) => return noticed.problem(self.row, &problem),
        };
        let parts = form == Form::Atom && (meaning.several || meaning.kind == Kind::Language);
        let value = if parts { barred(word) } else { one_line(word, noticed) };
        self.put(meaning, name, value, noticed);
    }

    /// Puts a value where it belongs; another one where only one has room goes to the notes.
    fn put(&mut self, meaning: &'static Meaning, name: &str, value: String, noticed: &mut Noticed) {
        if meaning.name == "notes" {
            self.notes.insert(0, value);
            return;
        }
        match self.values.iter_mut().find(|(column, _)| *column == meaning.name) {
            Some((_, first)) if meaning.several => {
                first.push_str(BETWEEN);
                first.push_str(&value);
            }
            Some((_, first)) if *first == value => {}
            Some(_) => self.keep(name, &value, noticed),
            None => self.values.push((&meaning.name, value)),
        }
    }

    fn date(&mut self, form: Form, column: &'static str, text: &str, noticed: &mut Noticed) {
        match told(text, self.language) {
            Told::One(date, calendar) | Told::Timed(date, calendar) => {
                self.settled(column, &date, text, calendar, noticed);
            }
            Told::Several(readings) => self.unsettled(column, text, &readings, noticed),
            Told::Unreadable if form.has_free_dates() => {
                noticed.undated += 1;
                self.written(column, text);
            }
            Told::Unreadable => noticed.problem(
                self.row,
                &format!(
                    "the {column} `{}` is no date in EDTF, such as 1988-07-28, 1988-07, 1988~ or 1988/1990, \
                     and none that can be told",
                    excerpt(text.as_bytes())
                ),
            ),
        }
    }

    /// A date that is certain, and what was written for it.
    pub(super) fn settled(
        &mut self,
        column: &'static str,
        date: &str,
        text: &str,
        calendar: Option<&'static str>,
        noticed: &mut Noticed,
    ) {
        match self.values.iter().find(|(known, _)| *known == column) {
            Some((_, first)) if first == date => return,
            Some(_) => return self.keep(column, text, noticed),
            None => self.values.push((column, date.to_owned())),
        }
        if date != text {
            noticed.dates += 1;
            self.calendars.extend(calendar);
            self.written(column, text);
        }
    }

    /// A date that may be any of these.
    pub(super) fn unsettled(&self, column: &str, text: &str, readings: &[String], noticed: &mut Noticed) {
        let shown = excerpt(text.as_bytes());
        let readings = readings.join(" or ");
        let problem = format!("the {column} `{shown}` may be {readings}: write the one that is meant");
        noticed.problem(self.row, &problem);
    }

    /// Keeps a date as it was written.
    pub(super) fn written(&mut self, column: &str, text: &str) {
        if column.starts_with("date_") {
            if !self.as_written.iter().any(|known| known == text) {
                self.as_written.push(text.to_owned());
            }
        } else {
            self.notes.push(format!("{column} as written: {text}"));
        }
    }

    /// Keeps a value among the notes, under the name that it has in the list.
    pub(super) fn keep(&mut self, name: &str, value: &str, noticed: &mut Noticed) {
        let value = one_line(value, noticed);
        self.notes.push(if name.is_empty() { value } else { format!("{name}: {value}") });
        noticed.kept(name);
    }

    /// Puts in place what is known when all of the row is read, and says what the sheet cannot hold.
    pub(super) fn settle(&mut self, noticed: &mut Noticed) {
        let has = |values: &[(&str, String)], column| values.iter().any(|(known, _)| *known == column);
        if !self.as_written.is_empty() && !has(&self.values, "date_as_written") {
            self.values.push(("date_as_written", self.as_written.join(BETWEEN)));
            self.calendars.sort_unstable();
            self.calendars.dedup();
            if let ([calendar], false) = (&self.calendars[..], has(&self.values, "date_calendar")) {
                self.values.push(("date_calendar", (*calendar).to_owned()));
            }
        }
        let place = |name: &str| COLUMNS.iter().position(|column| column.name == name);
        self.values.sort_by_key(|(column, _)| place(column));
        for (column, value) in &self.values {
            if let Some(problem) = value_problem(column, value) {
                let shown = excerpt(value.as_bytes());
                noticed.problem(self.row, &format!("the {column} `{shown}` {problem}"));
            }
        }
        if let Some(problem) = value_problem("notes", &self.notes.join(BETWEEN)) {
            noticed.problem(self.row, &format!("what is kept among its notes {problem}"));
        }
    }

    /// What it says, by column; notes that only repeat `item_id` are none.
    pub(super) fn into_values(mut self, item_id: &str) -> Vec<(&'static str, String)> {
        self.notes.retain(|note| note.split_once(": ").is_none_or(|(_, value)| value != item_id));
        if !self.notes.is_empty() {
            self.values.push(("notes", self.notes.join(BETWEEN)));
        }
        self.values
    }

    /// All that it says, on one line.
    pub(super) fn in_words(&self) -> String {
        let values = self.values.iter().map(|(column, value)| format!("{column}: {value}"));
        values.chain(self.notes.iter().cloned()).collect::<Vec<_>>().join(BETWEEN)
    }
}

/// A value on one line: what breaks it becomes a space, and is counted.
fn one_line(value: &str, noticed: &mut Noticed) -> String {
    if !value.contains(['\n', '\r', '\t']) {
        return value.to_owned();
    }
    noticed.folded += 1;
    value
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Values that bars part.
fn barred(value: &str) -> String {
    value.split('|').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN)
}

/// The word of a controlled column, in its own case; any value of another column.
fn in_vocabulary<'v>(meaning: &'static Meaning, value: &'v str) -> Result<&'v str, String>
where
    'static: 'v,
{
    if meaning.vocabulary.is_empty() {
        return Ok(value);
    }
    let word = meaning.vocabulary.iter().find(|word| word.eq_ignore_ascii_case(value));
    word.map(String::as_str).ok_or_else(|| {
        let shown = excerpt(value.as_bytes());
        format!("expected one of {} as {}, found `{shown}`", meaning.vocabulary.join(", "), meaning.name)
    })
}

/// Whether a text looks like a tag of BCP 47.
fn is_tag(text: &str) -> bool {
    let mut parts = text.trim().split('-');
    let is_first = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.next().is_some_and(is_first) && parts.all(is_part)
}
