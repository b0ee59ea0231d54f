//! Whether the date in a line can be that of publication, by what stands around it.

use super::names::{CHANGE_WORDS, EVENT_WORDS, OTHER_DAYS, PUBLISHING, WEEKDAYS};
use super::phrases::Phrases;
use std::ops::Range;
use std::sync::LazyLock;

static OTHER: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&OTHER_DAYS));
static PUBLICATION: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&PUBLISHING));
static WEEKDAY: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&WEEKDAYS));
static CHANGE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&CHANGE_WORDS));

/// Words before a date that may be a place, as in `Port Example, 3 May 2020 – The river rose`.
const PLACE: usize = 3;
/// Fewer words around a date than these make no sentence.
const SENTENCE: usize = 3;
/// More words around a date than these are no byline.
const BYLINE: usize = 14;

/// Whether a line with a date at `range` tells of another day than that of publication: of today, of
/// an event, of what happened.
pub(super) fn is_of_another_day(line: &str, range: &Range<usize>) -> bool {
    let (before, behind) = (line.get(..range.start), line.get(range.end..));
    let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
    let around = [folded(before), folded(behind)];
    let has = |words: &Phrases| around.iter().any(|text| words.are_in(text));
    if has(&OTHER) {
        return true;
    }
    !has(&PUBLICATION) && is_sentence(line, before, behind)
}

/// Words in lower case with one space around each, and nothing else.
fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    let parted = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "،؛؟–—«»“”„·•".contains(c);
    for word in text.split(parted).filter(|word| !word.is_empty()) {
        folded.extend(word.chars().flat_map(char::to_lowercase));
        folded.push(' ');
    }
    folded
}

/// Whether the date stands in a sentence, not before one as a dateline does.
fn is_sentence(line: &str, before: &str, behind: &str) -> bool {
    let words =
        |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let around = words(before) + words(behind);
    let is_parted = behind.trim_start().starts_with(['–', '—', '-', '|', ':', '•', '·', '/']);
    if words(before) <= PLACE && (is_parted || behind.trim().is_empty()) {
        return false;
    }
    let line = line.trim_end_matches(['"', '”', '“', '»', '’', ')']);
    let ends = line.ends_with(['.', '!', '?', '۔', '؟', '。', '…']) && !line.ends_with("m.");
    around > BYLINE || ends && around >= SENTENCE
}

/// Whether a line is a day with its weekday, as mastheads tell today's.
pub(super) fn is_of_weekday(line: &str) -> bool {
    WEEKDAY.are_in(&folded(line))
}

/// Whether a line speaks of a change, not of publication.
pub(super) fn speaks_of_change(line: &str) -> bool {
    CHANGE.are_in(&line.to_lowercase())
}

/// Whether a line names a day by a label that events have, too.
pub(super) fn has_bare_label(line: &str) -> bool {
    let label = line.split_once(':').map(|(label, _)| label.trim().to_lowercase());
    label.is_some_and(|label| {
        ["date", "datum", "fecha", "data", "tarih", "дата", "تاریخ", "التاريخ"].contains(&label.as_str())
    })
}

/// Whether a line speaks of where an event is, or how to be let in.
pub(super) fn tells_of_event(line: &str) -> bool {
    let line = folded(line);
    EVENT_WORDS.iter().any(|word| line.starts_with(word))
}
