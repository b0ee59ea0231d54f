//! Dates and years, by the readings of [`crate::dates`].

use std::ops::Range;

use super::marks::{Marks, Sign};
use super::rule::{DATE, YEAR};
use super::{Spotted, words};
use crate::dates::{Hints, find_date_of, read_date};

/// Octets before the first digit of a date, and from it on.
const BEFORE: usize = 32;
const BEHIND: usize = 30;

/// Words that an English year stands behind.
const LEADS: [&str; 24] = [
    "in", "since", "until", "till", "before", "after", "from", "between", "during", "by", "of", "early",
    "late", "mid", "year", "summer", "winter", "spring", "autumn", "fall", "and", "to", "back", "the",
];

/// Words that a year behind [`LEADS`] is counted as, if they follow: `in 2000 cases`.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2049;

/// All of them.
pub(super) fn find(text: &str, marks: &Marks, language: Option<&str>) -> Vec<Spotted> {
    let hints = Hints { language, ..Hints::default() };
    let mut dates: Vec<Spotted> = Vec::new();
    let mut done = 0;
    for digits in &marks.numbers {
        let at = digits.range.start;
        if at < done {
            continue;
        }
        let block = marks.blocks[digits.block].clone();
        let number = number(text, at, block.end);
        done = number.end;
        let last = dates.last().map(|date| date.range.clone());
        let floor = last.as_ref().map_or(block.start, |last| last.end.max(block.start));
        let before = words::previous(text, number.start, block.start);
        let found = if may_be_date(text, &block, &number, before.as_ref()) {
            one(text, floor, &number, before.as_ref(), block.end, &hints)
        } else {
            None
        };
        let found = found.or_else(|| year(text, &block, &number, last, before, marks, &hints));
        if let Some(found) = found {
            done = done.max(found.range.end);
            dates.push(found);
        }
    }
    dates
}

/// The digits from here on.
fn number(text: &str, at: usize, limit: usize) -> Range<usize> {
    let rest = &text[at..limit];
    at..at + rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len())
}

/// Whether words or digits about a number could make it part of a date: most numbers are of people or of
/// money, and reading costs.
fn may_be_date(
    text: &str,
    block: &Range<usize>,
    number: &Range<usize>,
    before: Option<&Range<usize>>,
) -> bool {
    let digits = text[number.clone()].chars().count();
    if digits > 4 {
        return false;
    }
    let is_lead =
        || before.is_some_and(|word| LEADS.contains(&&text[word.clone()]) && &text[word.clone()] != "of");
    if digits == 4 && !text[number.end..block.end].starts_with(['-', '/', '.', '–']) && is_lead() {
        return false;
    }
    if before.is_none_or(|word| {
        let word = &text[word.clone()];
        words::is_arabic(word) || words::is_capitalised(word) || word.len() <= 3 || SEASONS.contains(&word)
    }) {
        return true;
    }
    let after = words::next(text, number.end, block.end);
    after.is_none_or(|word| {
        let word = &text[word];
        digits <= 2 && (words::is_arabic(word) || words::is_capitalised(word) || word.len() <= 3)
    })
}

/// Words before a year that are small.
const SEASONS: [&str; 6] = ["summer", "winter", "spring", "autumn", "fall", "year"];

/// The date that holds this number.
fn one(
    text: &str,
    floor: usize,
    number: &Range<usize>,
    before: Option<&Range<usize>>,
    limit: usize,
    hints: &Hints,
) -> Option<Spotted> {
    // Two words may go before, and some behind: `summer of 1988`, `۱۴ تیر ماه سال ۱۴۰۲`.
    let mut from = number.start;
    let mut known = before.filter(|word| word.start >= floor).cloned();
    for _ in 0..2 {
        let Some(word) = known.take().or_else(|| words::previous(text, from, floor)) else { break };
        if number.start - word.start > BEFORE {
            break;
        }
        from = word.start;
    }
    let to = text.floor_char_boundary((number.end + BEHIND).min(limit));
    let to = to + text[to..limit].find(words::is_gap).filter(|more| *more <= BEHIND).unwrap_or(0);
    let found = find_date_of(&text[from..to], &(number.start - from..number.end - from), hints)?;
    let range = from + found.range.start..from + found.range.end;
    let edtf = found.reading.edtf.unwrap_or_default();
    Some(Spotted::new(&DATE, range).with_normalised(edtf))
}

/// A bare year: behind a word that leads to one, behind another year, or behind an event.
fn year(
    text: &str,
    block: &Range<usize>,
    number: &Range<usize>,
    last: Option<Range<usize>>,
    word: Option<Range<usize>>,
    marks: &Marks,
    hints: &Hints,
) -> Option<Spotted> {
    let digits = &text[number.clone()];
    let is_arabic = digits.chars().next().is_some_and(|c| !c.is_ascii());
    if !is_arabic && digits.len() != 4 {
        return None;
    }
    let before = text[block.start..number.start].chars().next_back();
    let behind = text[number.end..block.end].chars().next();
    let is_of_more = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '/' | '-' | '$' | '€' | '£' | '#' | '_' | '%' | '+')
        })
    };
    let decimal = matches!(behind, Some('.' | ',' | '٫'))
        && text[number.end..].chars().nth(1).is_some_and(char::is_numeric);
    if is_of_more(before) || is_of_more(behind) || decimal || matches!(before, Some('.' | ',' | ':')) {
        return None;
    }
    // `1979 and 1986`, `۱۳۶۰ تا ۱۳۶۸`: a year behind a year.
    let follows = last.is_some_and(|last| {
        let between = text.get(last.end..number.start).unwrap_or("-").trim();
        matches!(between, "and" | "to" | "or" | "و" | "تا" | "یا")
    });
    let value =
        digits.chars().try_fold(0_u32, |value, c| value.checked_mul(10)?.checked_add(value_of(c)?))?;
    if is_arabic {
        return persian_year(text, number, value, follows, word, marks, hints);
    }
    if !YEARS.contains(&value) {
        return None;
    }
    let lead = word.as_ref().map(|word| text[word.clone()].to_lowercase()).unwrap_or_default();
    let is_joint = matches!(lead.as_str(), "and" | "to");
    let next = words::next(text, number.end, block.end).map(|word| &text[word]);
    // `in 2000 cases`, `the 1988 massacre`.
    let is_event = marks
        .beginning_behind(number.end)
        .is_some_and(|mark| mark.sign == Sign::Event && text[number.end..mark.range.start].trim().is_empty());
    let counts = next.is_some_and(|next| next.ends_with('s') && next.len() > 3 || next == "people");
    let leads = LEADS.contains(&lead.as_str()) && lead != "the" && (!is_joint || follows) && !counts;
    (leads || is_event || follows && !counts)
        .then(|| Spotted::new(&YEAR, number.clone()).with_normalised(digits))
}

/// A year in Persian digits: `کشتار ۶۷`, `از ۱۳۶۰ تا ۱۳۶۸`.
fn persian_year(
    text: &str,
    number: &Range<usize>,
    value: u32,
    follows: bool,
    before: Option<Range<usize>>,
    marks: &Marks,
    hints: &Hints,
) -> Option<Spotted> {
    let before = before?;
    let word = words::folded(&text[before.clone()]);
    let is_event = marks.ending_at(before.end).is_some_and(|mark| mark.sign == Sign::PersianEvent);
    let is_noun = matches!(word.as_str(), "سال" | "تابستان" | "زمستان" | "بهار" | "پاییز");
    let is_link = matches!(word.as_str(), "میان" | "بین" | "از" | "سالهای" | "تا" | "دهه");
    let year = match value {
        20..=99 if is_event || word == "سال" => value + 1300,
        1250..=1450 | 1900..=2049 if follows || is_event || is_link || is_noun => value,
        _ => return None,
    };
    let start = if word == "سال" { before.start } else { number.start };
    // In Persian digits it reads the same whatever language the text is said to be in.
    let digits: String = year.to_string().chars().filter_map(persian_digit).collect();
    let edtf =
        read_date(&format!("سال {digits}"), hints).and_then(|reading| reading.edtf).unwrap_or_default();
    Some(Spotted::new(&YEAR, start..number.end).with_normalised(edtf))
}

/// The value of a digit of the three scripts.
fn value_of(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        ['۰', '٠']
            .into_iter()
            .find_map(|zero| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10))
    })
}

/// A digit in Persian.
fn persian_digit(c: char) -> Option<char> {
    c.to_digit(10).and_then(|value| char::from_u32(u32::from('۰') + value))
}
