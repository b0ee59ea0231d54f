//! Places: of datelines, beside a word for a place, and countries and capitals.

use std::ops::Range;
use std::sync::LazyLock;

use super::marks::{Mark, Marks, Sign, english, persian};
use super::rule::{COUNTRY, DATELINE, NAMED_KIND};
use super::{Spotted, words};

/// Words behind a Persian word for a place that name none.
const COMMON: &str = "بزرگ|کوچک|دیگر|خود|مختلف|اصلی|مرکزی|انفرادی|طولانی|سیاسی|جدید|قدیمی|محل|زادگاه|مرزی|ساحلی|محکوم|\
    مخوف|بدنام|هایش|بان|مدرن|ما|من|شما|زیبای|کوچکی|بزرگی|ابد|تحت|قرار|منتقل|جنوبی|شمالی|تاریخی";

/// The same, folded.
static IS_COMMON: LazyLock<words::Known<String>> =
    LazyLock::new(|| COMMON.split('|').map(words::folded).collect());

/// All of them.
pub(super) fn find(text: &str, marks: &Marks) -> Vec<Spotted> {
    let mut places = Vec::new();
    for mark in &marks.list {
        let block = marks.block(mark);
        match mark.sign {
            Sign::Country if is_alone(text, &block, &mark.range) => {
                places.push(Spotted::new(&COUNTRY, mark.range.clone()));
            }
            Sign::PlaceBehind => places.extend(before_its_kind(text, &block, mark)),
            Sign::PlaceBefore => places.extend(behind_its_kind(text, &block, mark)),
            _ => {}
        }
    }
    for block in marks.blocks.iter().filter(|_| marks.is_read) {
        places.extend(dateline(text, block));
    }
    places
}

/// Whether the name of a country is not part of a longer name.
fn is_alone(text: &str, block: &Range<usize>, range: &Range<usize>) -> bool {
    let is_name = |word: &str| {
        (words::is_capitalised(word) || words::is_acronym(word))
            && !english::IS_OPENER.contains(word.to_lowercase().as_str())
    };
    let before = words::previous(text, range.start, block.start);
    let after = words::next(text, range.end, block.end);
    !before.is_some_and(|word| is_name(words::base(text, &word)) && !text[word].ends_with('s'))
        && !after.is_some_and(|word| is_name(&text[word]))
}

/// `Karvan Prison`.
fn before_its_kind(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let mut start = mark.range.start;
    for _ in 0..3 {
        let Some(word) = words::previous(text, start, block.start) else { break };
        let found = &text[word.clone()];
        let is_name = words::is_capitalised(found)
            && found.len() > 1
            && words::base(text, &word).len() == found.len()
            && !english::IS_OPENER.contains(found.to_lowercase().as_str())
            && !text[word.end..start].contains('\n');
        if !is_name {
            break;
        }
        start = word.start;
    }
    (start < mark.range.start).then(|| Spotted::new(&NAMED_KIND, start..mark.range.end))
}

/// `زندان کاروان`.
fn behind_its_kind(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let word = words::next(text, mark.range.end, block.end)?;
    let folded = words::folded(&text[word.clone()]);
    let is_name = words::is_arabic(&folded)
        && !IS_COMMON.contains(&folded)
        && !persian::IS_STOP.contains(&folded)
        && !persian::IS_ROLE.contains(&folded)
        && folded.chars().count() > 1;
    is_name.then(|| Spotted::new(&NAMED_KIND, mark.range.start..word.end))
}

/// Where a mark stands that parts the place from the day: behind no more than three words.
fn mark_behind_words(head: &str) -> Option<usize> {
    let is_arabic = words::is_arabic(head);
    let mut count = 0;
    let mut is_in_word = false;
    for (at, c) in head.char_indices() {
        if parts(c) {
            return Some(at);
        }
        let goes_on = !c.is_whitespace();
        let begins = goes_on && !is_in_word;
        // No part of the name of a place: `dateline` would see it, too.
        if begins && !is_arabic && !c.is_uppercase() {
            return None;
        }
        count += usize::from(begins);
        is_in_word = goes_on;
        if count > 3 {
            return None;
        }
    }
    None
}

/// Whether a mark may part a place from a day.
fn parts(mark: char) -> bool {
    matches!(mark, ',' | '(' | '–' | '—' | '-' | '،')
}

/// `GENEVA, 5 July 2023 –` and `ژنو – ۱۴ تیر ۱۴۰۲` at the beginning of a paragraph.
fn dateline(text: &str, block: &Range<usize>) -> Option<Spotted> {
    dateline_before(text, block, mark_behind_words)
}

/// The same; `mark` says where the mark stands that it ends before.
fn dateline_before(text: &str, block: &Range<usize>, mark: fn(&str) -> Option<usize>) -> Option<Spotted> {
    let head = &text[block.start..text.floor_char_boundary(block.end.min(block.start + 120))];
    let end = mark(head)?;
    let place = head[..end].trim_end();
    let rest = &head[end..];
    let is_arabic = words::is_arabic(place);
    let is_name = |word: &str| {
        is_arabic
            || word.chars().next().is_some_and(char::is_uppercase)
                && !english::IS_OPENER.contains(word.to_lowercase().as_str())
    };
    if place.is_empty() || !place.split_whitespace().all(is_name) || place.contains(|c: char| c.is_numeric())
    {
        return None;
    }
    // A day and a dash follow, or the dash and then the day.
    let near = &rest[..rest.floor_char_boundary(70)];
    let dash = near.find(['–', '—']).or_else(|| near.find(" - ")).or_else(|| near.find(" -- "));
    let day = near.find(|c: char| c.is_numeric()).filter(|day| *day <= 45);
    let is_dated = match (dash, day) {
        (Some(dash), Some(day)) if is_arabic => dash.abs_diff(day) <= 60,
        (Some(dash), Some(day)) => day < dash,
        // An agency in brackets: `MARNVIK (NW) —`.
        (Some(dash), None) => {
            let agency = near.strip_prefix('(').and_then(|agency| agency.split_once(')'));
            !is_arabic && agency.is_some_and(|(agency, _)| agency.len() < dash && agency.len() <= 24)
        }
        _ => false,
    };
    is_dated.then(|| Spotted::new(&DATELINE, block.start..block.start + place.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whether its words are looked at before the mark is found, or behind that.
        #[test]
        fn both_ways_to_a_dateline_are_one(text in "(GENEVA|Port|El|The|new|ژنو|بندر|É|7| |  |\u{200F}|\u{A0}){0,7}[ ]?[,(–—،-]?[ ]?(5 July 2023|NW\\)|۱۴ تیر ۱۴۰۲| )?[ ]?[–—-]?[ ]?(We|said){0,2}") {
            let carefully = |head: &str| {
                let mark = head.find(parts)?;
                (head[..mark].split_whitespace().count() <= 3).then_some(mark)
            };
            let block = 0..text.len();
            proptest::prop_assert_eq!(dateline(&text, &block), dateline_before(&text, &block, carefully));
        }
    }
}
