//! What is suggested of one document, as values of a sheet.

use super::facts::Facts;
use crate::one_line::{into_one_line, one_line};
use crate::sensitive::sort_of;
use crate::sheet::SUGGESTED;
use provenance::description::{Description, Remark, RemarkKind, Suggestion};

/// Octets of the longest title, list of creators, publisher or date as written. All these bounds
/// together keep a description below 12 KiB, and far below the longest row.
const LINE: usize = 1000;
/// Octets of the longest summary, and of what speaks for the suggestions.
const TEXT: usize = 2000;
/// Octets of the longest address: most browsers and servers refuse a longer one.
const ADDRESS: usize = 2000;
/// Octets of the longest date, calendar or language.
const TOKEN: usize = 100;
/// Octets of the longest detail of a remark, and of a format.
const DETAIL: usize = 500;
/// Octets that most lists of what speaks for the suggestions have.
const BASIS: usize = 256;
/// Octets of remarks after which no other is added.
const MOST_REMARKS: usize = 2000;

/// Between the values of a cell.
const BETWEEN: &str = " | ";

/// Values for the columns that fonds suggests, and what a person should know.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Suggested {
    /// In the order of the columns; blank where nothing is suggested. None holds an unsafe character.
    /// What a capture has is always blank here: it is told of documents together.
    pub(super) values: [String; SUGGESTED],
    /// What more is known of its format; blank if nothing.
    pub(super) format_detail: String,
    /// What matters where it is a part of a capture.
    pub(super) facts: Facts,
    /// What sorts of things in it could identify a source, each once: `position`.
    pub(super) sensitive: Vec<String>,
    /// Kinds of the remarks, in their order.
    pub(super) kinds: Vec<RemarkKind>,
    /// All remarks in one line; blank where there is none.
    pub(super) remark: String,
}

impl Suggested {
    /// Takes from a description what a sheet can hold, whatever the description is.
    ///
    /// Text that is too long is cut, with `…` in place of its end, which a remark tells. An address,
    /// date or language that is too long or holds an unsafe character would be another one if it were
    /// changed: it is left out.
    pub(super) fn new(description: Description) -> Self {
        let facts = Facts::of(&description);
        let sensitive = sorts(&description.remarks);
        let Description { dates, remarks, .. } = description;
        let mut cells = Cells { basis: String::with_capacity(BASIS), ..Cells::default() };
        let title = cells.text("title", LINE, description.title);
        let creator = cells.creators(description.creators);
        let publisher = cells.text("publisher", LINE, description.publisher);
        let source_url = cells.exact("source_url", ADDRESS, description.source_url);
        let published = cells.unchanged("date_published", TOKEN, dates.published);
        let created = cells.unchanged("date_created", TOKEN, dates.created);
        let as_written = cells.cut("date_as_written", LINE, dates.as_written);
        let calendar = cells.unchanged("date_calendar", TOKEN, dates.calendar.map(str::to_owned));
        let date_basis = cells.cut("date_basis", TEXT, Some(dates.basis));
        let language = cells.exact("language", TOKEN, description.language);
        let summary = cells.text("description_auto", TEXT, description.summary);
        let format_detail = cells.cut("format_basis", DETAIL, Some(description.format_detail));
        let basis = std::mem::take(&mut cells.basis);
        let basis = cells.cut("description_basis", TEXT, Some(basis));
        let values = [
            title, creator, publisher, source_url, published, created, as_written, calendar, date_basis,
            language, summary, None, basis,
        ];
        let mut remarks = remarks.into_iter().map(|remark| (remark.kind, remark.detail)).collect();
        cells.tell_shortened(&mut remarks);
        let (kinds, remark) = joined(remarks);
        Self {
            sensitive,
            values: values.map(Option::unwrap_or_default),
            format_detail: format_detail.unwrap_or_default(),
            facts,
            kinds,
            remark,
        }
    }

    /// What stands for a document that the describer failed at.
    pub(super) fn given_up() -> Self {
        let kind = RemarkKind::GivenUp;
        Self { kinds: vec![kind], remark: kind.words().to_owned(), ..Self::default() }
    }
}

/// Sorts of what could identify a source, each once.
fn sorts(remarks: &[Remark]) -> Vec<String> {
    let told = remarks.iter().filter(|remark| remark.kind == RemarkKind::Sensitive);
    let mut sorts: Vec<String> = told.map(|remark| one_line(sort_of(&remark.detail)).into_owned()).collect();
    sorts.sort_unstable();
    sorts.dedup();
    sorts
}

/// Cells on their way.
#[derive(Default)]
struct Cells {
    /// What speaks for each.
    basis: String,
    /// Columns of which something had to be cut or left out.
    shortened: Vec<&'static str>,
}

impl Cells {
    /// A suggestion of any text.
    fn text(&mut self, column: &'static str, most: usize, suggestion: Option<Suggestion>) -> Option<String> {
        let Suggestion { value, signals } = suggestion?;
        let value = self.cut(column, most, Some(value))?;
        self.found(column, &signals);
        Some(value)
    }

    /// A suggestion that stands as it is or not at all.
    fn exact(&mut self, column: &'static str, most: usize, suggestion: Option<Suggestion>) -> Option<String> {
        let Suggestion { value, signals } = suggestion?;
        let value = self.unchanged(column, most, Some(value))?;
        self.found(column, &signals);
        Some(value)
    }

    /// All creators in one cell: whole ones, as many as have room.
    fn creators(&mut self, creators: Vec<Suggestion>) -> Option<String> {
        let (mut cell, mut signals) = (String::new(), Vec::new());
        let mut names = Vec::with_capacity(creators.len());
        for creator in creators {
            // A bar would part one name into two.
            let mut name = into_one_line(creator.value);
            if name.contains('|') {
                name = name.replace('|', "/");
            }
            if name.is_empty() || names.contains(&name) {
                continue;
            }
            let gap = if cell.is_empty() { "" } else { BETWEEN };
            let room = (LINE - BETWEEN.len() - "…".len()).saturating_sub(cell.len() + gap.len());
            if name.len() > room {
                self.shortened.push("creator");
                cell.push_str(gap);
                cell.push('…');
                break;
            }
            cell.push_str(gap);
            cell.push_str(&name);
            names.push(name);
            signals.extend(creator.signals);
        }
        if names.is_empty() {
            return None;
        }
        self.found("creator", &signals);
        Some(cell)
    }

    fn found(&mut self, column: &'static str, signals: &[&'static str]) {
        let mut is_told = false;
        for (at, signal) in signals.iter().enumerate() {
            if signal.is_empty() || signals[..at].contains(signal) {
                continue;
            }
            if is_told {
                self.basis.push_str(", ");
            } else {
                self.basis.push_str(if self.basis.is_empty() { "" } else { "; " });
                self.basis.push_str(column);
                self.basis.push_str(": ");
            }
            self.basis.push_str(signal);
            is_told = true;
        }
    }

    /// The text on one line, and no more of it than `most` octets.
    fn cut(&mut self, column: &'static str, most: usize, text: Option<String>) -> Option<String> {
        let mut value = into_one_line(text?);
        if shorten(&mut value, most) {
            self.shortened.push(column);
        }
        (!value.is_empty()).then_some(value)
    }

    /// The text, if it can stand as it is.
    fn unchanged(&mut self, column: &'static str, most: usize, text: Option<String>) -> Option<String> {
        let whole = text?;
        let text = whole.trim();
        if text.len() > most {
            self.shortened.push(column);
            return None;
        }
        if text.is_empty() || !provenance::name::is_harmless(text) {
            return None;
        }
        let is_whole = text.len() == whole.len();
        Some(if is_whole { whole } else { text.to_owned() })
    }

    fn tell_shortened(&self, remarks: &mut Vec<(RemarkKind, String)>) {
        if !self.shortened.is_empty() {
            remarks.push((RemarkKind::Shortened, self.shortened.join(", ")));
        }
    }
}

/// All remarks in one line, each kind and detail once, in a fixed order.
fn joined(mut remarks: Vec<(RemarkKind, String)>) -> (Vec<RemarkKind>, String) {
    remarks.sort();
    remarks.dedup();
    let (mut kinds, mut line) = (Vec::new(), String::new());
    for (kind, detail) in remarks {
        let mut detail = into_one_line(detail);
        shorten(&mut detail, DETAIL);
        let is_new = kinds.last() != Some(&kind);
        if is_new {
            kinds.push(kind);
        }
        if (is_new || !detail.is_empty()) && line.len() < MOST_REMARKS {
            let gap = if line.is_empty() { "" } else { "; " };
            let colon = if detail.is_empty() { "" } else { ": " };
            for text in [gap, kind.words(), colon, &detail] {
                line.push_str(text);
            }
        }
    }
    (kinds, line)
}

/// Cuts a text to so many octets, with `…` in place of its end; says whether it had to be.
fn shorten(text: &mut String, most: usize) -> bool {
    if text.len() <= most {
        return false;
    }
    text.truncate(text.floor_char_boundary(most.saturating_sub("…".len())));
    text.truncate(text.trim_end().len());
    text.push('…');
    true
}

#[cfg(test)]
mod tests;
