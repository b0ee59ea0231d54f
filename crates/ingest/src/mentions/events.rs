//! Events: a word for what happened, with its date or its place.

use std::ops::Range;

use super::marks::{Mark, Marks, Sign, english, persian};
use super::rule::{DATED_EVENT, EVENT_OF, NAMED_EVENT};
use super::{Spotted, words};

/// Those that a place before them is the name of.
const NAMED: [&str; 8] =
    ["massacre", "genocide", "uprising", "shootings", "pogrom", "revolution", "riots", "coup"];

/// All of them.
pub(super) fn find(text: &str, marks: &Marks, dates: &[Spotted]) -> Vec<Spotted> {
    let mut events = Vec::new();
    for mark in &marks.list {
        let block = marks.block(mark);
        match mark.sign {
            Sign::Event => events.extend(english(text, &block, mark, dates)),
            Sign::PersianEvent => events.extend(persian(text, &block, mark, dates)),
            _ => {}
        }
    }
    events
}

fn english(text: &str, block: &Range<usize>, mark: &Mark, dates: &[Spotted]) -> Option<Spotted> {
    let is_gap = |range: Range<usize>| {
        text.get(range).is_some_and(|gap| gap.chars().all(words::is_gap) && gap.len() <= 3)
    };
    if let Some(date) = date_ending_before(dates, mark.range.start)
        && is_gap(date.range.end..mark.range.start)
    {
        return Some(Spotted::new(&DATED_EVENT, date.range.start..mark.range.end));
    }
    let of = words::next(text, mark.range.end, block.end).filter(|of| &text[of.clone()] == "of");
    if let Some(of) = of {
        let date = date_beginning_behind(dates, of.end);
        if let Some(date) = date.filter(|date| is_gap(of.end..date.range.start)) {
            return Some(Spotted::new(&DATED_EVENT, mark.range.start..date.range.end));
        }
        let end = capitals(text, block, of.end)?;
        return Some(Spotted::new(&EVENT_OF, mark.range.start..end));
    }
    let kind = text[mark.range.clone()].to_lowercase();
    if !NAMED.iter().any(|named| kind.ends_with(named)) {
        return None;
    }
    let mut start = mark.range.start;
    for _ in 0..3 {
        let Some(word) = words::previous(text, start, block.start) else { break };
        let found = &text[word.clone()];
        if !words::is_capitalised(found)
            || english::IS_OPENER.contains(found.to_lowercase().as_str())
            || text[word.end..start].contains('\n')
        {
            break;
        }
        start = word.start;
    }
    (start < mark.range.start).then(|| Spotted::new(&NAMED_EVENT, start..mark.range.end))
}

/// Where words in capitals end that begin here.
fn capitals(text: &str, block: &Range<usize>, from: usize) -> Option<usize> {
    let mut end = None;
    let mut cursor = from;
    for _ in 0..4 {
        let Some(word) = words::next(text, cursor, block.end) else { break };
        let found = words::base(text, &word);
        let is_name =
            words::is_capitalised(found) && !english::IS_OPENER.contains(found.to_lowercase().as_str());
        if !is_name {
            break;
        }
        cursor = word.start + found.len();
        end = Some(cursor);
    }
    end
}

/// A Persian word for what happened, a word or two, and the date.
fn persian(text: &str, block: &Range<usize>, mark: &Mark, dates: &[Spotted]) -> Option<Spotted> {
    let date = date_beginning_behind(dates, mark.range.end).filter(|date| date.range.end <= block.end)?;
    let between = text.get(mark.range.end..date.range.start)?;
    let is_gap = |c: char| words::is_gap(c) || c == '\u{200C}';
    let is_words = between.chars().all(|c| c.is_alphanumeric() || is_gap(c));
    let folded: Vec<String> = words::all(between).map(words::folded).collect();
    let links = folded.iter().any(|word| persian::IS_STOP.contains(word));
    (is_words && folded.len() <= 2 && !links)
        .then(|| Spotted::new(&DATED_EVENT, mark.range.start..date.range.end))
}

fn date_ending_before(dates: &[Spotted], at: usize) -> Option<&Spotted> {
    let behind = dates.partition_point(|date| date.range.end <= at);
    behind.checked_sub(1).and_then(|last| dates.get(last))
}

fn date_beginning_behind(dates: &[Spotted], at: usize) -> Option<&Spotted> {
    dates.get(dates.partition_point(|date| date.range.start < at))
}
