//! What is suggested of one document, as values of a sheet.

use super::captures::Facts;
use crate::sensitive::sort_of;
use crate::sheet::SUGGESTED;
use provenance::description::{Description, RemarkKind, Suggestion};
use std::fmt::Write as _;

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
    pub(super) fn new(description: &Description) -> Self {
        let mut cells = Cells::default();
        let title = cells.text("title", LINE, description.title.as_ref());
        let creator = cells.creators(&description.creators);
        let publisher = cells.text("publisher", LINE, description.publisher.as_ref());
        let source_url = cells.exact("source_url", ADDRESS, description.source_url.as_ref());
        let dates = &description.dates;
        let published = cells.unchanged("date_published", TOKEN, dates.published.as_deref());
        let created = cells.unchanged("date_created", TOKEN, dates.created.as_deref());
        let as_written = cells.cut("date_as_written", LINE, dates.as_written.as_deref());
        let calendar = cells.unchanged("date_calendar", TOKEN, dates.calendar);
        let date_basis = cells.cut("date_basis", TEXT, Some(&dates.basis));
        let language = cells.exact("language", TOKEN, description.language.as_ref());
        let summary = cells.text("description_auto", TEXT, description.summary.as_ref());
        let format_detail = cells.cut("format_basis", DETAIL, Some(&description.format_detail));
        let basis = std::mem::take(&mut cells.basis).join("; ");
        let basis = cells.cut("description_basis", TEXT, Some(&basis));
        let values = [
            title, creator, publisher, source_url, published, created, as_written, calendar, date_basis,
            language, summary, None, basis,
        ];
        let mut remarks =
            description.remarks.iter().map(|remark| (remark.kind, remark.detail.clone())).collect();
        cells.tell_shortened(&mut remarks);
        let (kinds, remark) = joined(remarks);
        let mut sensitive: Vec<String> = description
            .remarks
            .iter()
            .filter(|remark| remark.kind == RemarkKind::Sensitive)
            .map(|remark| plain(sort_of(&remark.detail)))
            .collect();
        sensitive.sort_unstable();
        sensitive.dedup();
        Self {
            sensitive,
            values: values.map(Option::unwrap_or_default),
            format_detail: format_detail.unwrap_or_default(),
            facts: Facts::of(description),
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

/// Cells on their way.
#[derive(Default)]
struct Cells {
    /// What speaks for each.
    basis: Vec<String>,
    /// Columns of which something had to be cut or left out.
    shortened: Vec<&'static str>,
}

impl Cells {
    /// A suggestion of any text.
    fn text(&mut self, column: &'static str, most: usize, suggestion: Option<&Suggestion>) -> Option<String> {
        let suggestion = suggestion?;
        let value = self.cut(column, most, Some(&suggestion.value))?;
        self.found(column, &suggestion.signals);
        Some(value)
    }

    /// A suggestion that stands as it is or not at all.
    fn exact(
        &mut self,
        column: &'static str,
        most: usize,
        suggestion: Option<&Suggestion>,
    ) -> Option<String> {
        let suggestion = suggestion?;
        let value = self.unchanged(column, most, Some(&suggestion.value))?;
        self.found(column, &suggestion.signals);
        Some(value)
    }

    /// All creators in one cell: whole ones, as many as have room.
    fn creators(&mut self, creators: &[Suggestion]) -> Option<String> {
        let (mut cell, mut names, mut signals) = (String::new(), Vec::new(), Vec::new());
        for creator in creators {
            // A bar would part one name into two.
            let name = plain(&creator.value).replace('|', "/");
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
            signals.extend(creator.signals.iter().copied());
        }
        if names.is_empty() {
            return None;
        }
        self.found("creator", &signals);
        Some(cell)
    }

    fn found(&mut self, column: &'static str, signals: &[&'static str]) {
        let mut seen: Vec<&str> = Vec::new();
        for signal in signals {
            if !signal.is_empty() && !seen.contains(signal) {
                seen.push(signal);
            }
        }
        if !seen.is_empty() {
            self.basis.push(format!("{column}: {}", seen.join(", ")));
        }
    }

    /// The text on one line, and no more of it than `most` octets.
    fn cut(&mut self, column: &'static str, most: usize, text: Option<&str>) -> Option<String> {
        let mut value = plain(text?);
        if shorten(&mut value, most) {
            self.shortened.push(column);
        }
        (!value.is_empty()).then_some(value)
    }

    /// The text, if it can stand as it is.
    fn unchanged(&mut self, column: &'static str, most: usize, text: Option<&str>) -> Option<String> {
        let text = text?.trim();
        if text.len() > most {
            self.shortened.push(column);
            return None;
        }
        (!text.is_empty() && provenance::name::is_harmless(text)).then(|| text.to_owned())
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
        let mut detail = plain(&detail);
        shorten(&mut detail, DETAIL);
        let is_new = kinds.last() != Some(&kind);
        if is_new {
            kinds.push(kind);
        }
        if (is_new || !detail.is_empty()) && line.len() < MOST_REMARKS {
            let gap = if line.is_empty() { "" } else { "; " };
            let colon = if detail.is_empty() { "" } else { ": " };
            let _ = write!(line, "{gap}{}{colon}{detail}", kind.words());
        }
    }
    (kinds, line)
}

/// Text on one line: whitespace and controls are one space, and what steers direction falls away. In
/// a cell of its own nobody needs it, and it could change how the rest of a row is seen.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len().min(4 * TEXT));
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = true;
        } else if !provenance::name::is_unsafe_character(c) {
            if gap && !plain.is_empty() {
                plain.push(' ');
            }
            gap = false;
            plain.push(c);
        }
    }
    plain
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
