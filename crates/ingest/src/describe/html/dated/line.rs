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
    let mut around = String::with_capacity(line.len() + 4);
    fold_into(&mut around, before);
    around.push(PARTED);
    fold_into(&mut around, behind);
    OTHER.are_in(&around) || !PUBLICATION.are_in(&around) && is_sentence(line, before, behind)
}

/// What stands between texts that no word or phrase reaches across; none has it.
const PARTED: char = '\n';

/// Words in lower case with one space around each, and nothing else.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    fold_into(&mut folded, text);
    folded
}

/// Adds them to a text.
fn fold_into(folded: &mut String, text: &str) {
    folded.push(' ');
    for c in text.chars() {
        let parts = match c {
            '\0'..='\x7F' => c.is_ascii_whitespace() || c == '\x0B' || c.is_ascii_punctuation(),
            _ => c.is_whitespace() || "،؛؟–—«»“”„·•".contains(c),
        };
        if !parts {
            if c.is_ascii() { folded.push(c.to_ascii_lowercase()) } else { folded.extend(c.to_lowercase()) }
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, word by word.
    fn with_care(text: &str) -> String {
        let mut folded = String::from(" ");
        let parted = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "،؛؟–—«»“”„·•".contains(c);
        for word in text.split(parted).filter(|word| !word.is_empty()) {
            folded.push_str(&word.chars().flat_map(char::to_lowercase).collect::<String>());
            folded.push(' ');
        }
        folded
    }

    proptest::proptest! {
        #[test]
        fn both_ways_of_folding_are_one(text in "(a|B|É|İ|گ| |\t|\x0B|\x0C|\n|\u{1F}|\u{A0}|,|–|»|1){0,10}") {
            proptest::prop_assert_eq!(folded(&text), with_care(&text));
        }
    }

    #[test]
    fn no_phrase_reaches_across() {
        let phrases = OTHER_DAYS.iter().chain(&PUBLISHING).chain(&WEEKDAYS);
        assert!(phrases.clone().all(|phrase| !phrase.contains(PARTED)));
    }
}
