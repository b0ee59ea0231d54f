//! Persons: by title, by role, by apposition, and by what they are reported to say.

use std::ops::Range;

use super::marks::{Mark, Marks, Sign, english, persian};
use super::names::{english_after, english_before, persian_after};
use super::rule::{APPOSITION, ROLE, ROLE_APART, SAYING, TITLE};
use super::{Spotted, words};

/// Octets of an apposition.
const LONGEST_ROLE: usize = 160;
/// Words between the beginning of an apposition and what it says that somebody is.
const BEFORE_ROLE: usize = 6;

/// Small words that the beginning of an apposition does not hold.
const LINKS: [&str; 24] = [
    "that", "of", "where", "who", "which", "whose", "whom", "to", "in", "for", "with", "by", "from", "is",
    "was", "on", "at", "are", "were", "as", "but", "when", "after", "said",
];

/// All of them, but those that only a verb of saying tells.
pub(super) fn find(text: &str, marks: &Marks) -> Vec<Spotted> {
    let mut persons = Vec::new();
    for mark in &marks.list {
        let block = marks.block(mark);
        match mark.sign {
            Sign::Title | Sign::Role => {
                let is_title = mark.sign == Sign::Title;
                let titled = is_title.then(|| titled(text, &block, mark)).flatten();
                if !marks.is_read {
                    persons.extend(titled);
                    continue;
                }
                let person = titled
                    .or_else(|| before_name(text, &block, mark))
                    .or_else(|| apposition(text, &block, mark))
                    .or_else(|| role_apart(text, &block, mark));
                persons.extend(person);
            }
            Sign::PersianTitle => persons.extend(persian_title(text, &block, mark)),
            Sign::FirstName => persons.extend(persian_name(text, &block, mark)),
            _ => {}
        }
    }
    persons
}

/// `Dr. Y`, `Judge Y`.
fn titled(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let (name, _) = english_after(text, mark.range.end, block.end)?;
    let role = role_start(text, block, mark.range.start)..mark.range.end;
    Some(Spotted::new(&TITLE, name).with_role(text, role))
}

/// `Renowned Swedish lawyer Y`. Words in capitals behind some roles are of a department more often.
fn before_name(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    const OF_MANY: [&str; 11] = [
        "manager",
        "head",
        "member",
        "fellow",
        "officer",
        "general",
        "chair",
        "chief executive",
        "engineer",
        "executive director",
        "worker",
    ];
    let role = &text[mark.range.clone()];
    // In small letters a director and a deputy one are somebody.
    let is_of_many = OF_MANY.iter().any(|of_many| of_many.eq_ignore_ascii_case(role));
    if is_of_many || matches!(role, "Director" | "Deputy Director") {
        return None;
    }
    let (name, _) = english_after(text, mark.range.end, block.end).filter(|(_, count)| *count >= 2)?;
    let role = role_start(text, block, mark.range.start)..mark.range.end;
    Some(Spotted::new(&ROLE, name).with_role(text, role))
}

/// Where the words begin that belong to a role: `the former Swedish`.
fn role_start(text: &str, block: &Range<usize>, mut start: usize) -> usize {
    for _ in 0..BEFORE_ROLE {
        let Some(word) = words::previous(text, start, block.start) else { break };
        let lower = text[word.clone()].to_lowercase();
        if english::DETERMINER.contains(lower.as_str()) {
            return word.start;
        }
        if !(english::QUALITY.contains(lower.as_str()) || is_of_a_people(&text[word.clone()])) {
            break;
        }
        start = word.start;
    }
    start
}

/// `Swedish`, `Norwegian`, `Japanese`: by their endings.
fn is_of_a_people(word: &str) -> bool {
    let endings = ["ish", "ian", "ean", "ese", "can", "ani", "aqi"];
    words::is_capitalised(word) && word.len() > 4 && endings.iter().any(|ending| word.ends_with(ending))
}

/// `Y, former President of the Council,`.
fn apposition(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let mut first = mark.range.clone();
    let mut comma = None;
    for _ in 0..=BEFORE_ROLE {
        let before = text[block.start..first.start].trim_end_matches(words::is_gap);
        if before.ends_with(',') {
            comma = Some(block.start + before.len() - 1);
            break;
        }
        let word = words::previous(text, first.start, block.start)?;
        if LINKS.contains(&&text[word.clone()]) {
            return None;
        }
        first = word;
    }
    let opening = text[first.clone()].to_lowercase();
    let begins = first.start == mark.range.start
        || english::DETERMINER.contains(opening.as_str())
        || english::QUALITY.contains(opening.as_str())
        || is_of_a_people(&text[first.clone()]);
    let (name, count) = english_before(text, comma?, block.start)?;
    let end = role_end(text, mark.range.end, block.end)?;
    let is_followed_by_name = english_after(text, mark.range.end, block.end).is_some();
    (begins && count >= 2 && !is_followed_by_name)
        .then(|| Spotted::new(&APPOSITION, name.clone()).with_role(text, first.start..end))
        .map(|person| Spotted { outset: name.start, ..person })
}

/// Where an apposition ends: at a mark, or before a word that begins a clause.
fn role_end(text: &str, from: usize, limit: usize) -> Option<usize> {
    const CLAUSES: [&str; 9] =
        [" who ", " whose ", " which ", " that ", " said ", " told ", " has ", " was ", " is "];
    let rest = &text[from..limit.min(text.ceil_char_boundary(from + LONGEST_ROLE))];
    let is_mark =
        |c: char| matches!(c, ',' | ';' | ':' | '—' | '–' | '“' | '”' | '"' | '(' | ')' | '!' | '?' | '«');
    let mark = rest.find(is_mark);
    let point = rest
        .match_indices('.')
        .map(|(at, _)| at)
        .find(|at| rest[at + 1..].chars().next().is_none_or(char::is_whitespace));
    let begins = |at: &usize| CLAUSES.iter().any(|word| rest[*at..].starts_with(word));
    let clause = memchr::memchr_iter(b' ', rest.as_bytes()).find(begins);
    let end = [mark, point, clause].into_iter().flatten().min();
    let end = end.or_else(|| (from + rest.len() == limit).then_some(rest.len()))?;
    Some(from + rest[..end].trim_end().len())
}

/// `The defence lawyer, Y,` and `the secretary of the union, Y,`.
fn role_apart(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let start = role_start(text, block, mark.range.start);
    let determiner = words::next(text, start, block.end)?;
    if !english::DETERMINER.contains(text[determiner].to_lowercase().as_str()) {
        return None;
    }
    let end = role_end(text, mark.range.end, block.end)?;
    let complement = text[mark.range.end..end].trim();
    let is_complement = ["of ", "for ", "at "].iter().any(|link| complement.starts_with(link));
    if !(complement.is_empty() || is_complement && complement.split(' ').count() <= 8) {
        return None;
    }
    let rest = text[end..block.end].strip_prefix(',')?;
    let (name, count) = english_after(text, end + 1, block.end)?;
    let closes = text[name.end..block.end].starts_with([',', '.', ';', '–', '—']);
    let is_next = rest.len() - rest.trim_start().len() == name.start - end - 1;
    (count >= 2 && closes && is_next).then(|| Spotted::new(&ROLE_APART, name).with_role(text, start..end))
}

/// `دکتر ی`, also behind another title.
fn persian_title(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let mut role = mark.range.clone();
    // Titles and a role may follow each other: `آقای دکتر`.
    for _ in 0..3 {
        let Some(word) = words::next(text, role.end, block.end) else { break };
        if !persian::IS_TITLE.contains(&words::folded(&text[word.clone()])) {
            break;
        }
        role.end = word.end;
    }
    let (name, _) = persian_after(text, role.end, block.end)?;
    let title = words::folded(&text[mark.range.clone()]);
    let first = words::next(text, name.start, name.end)?;
    if persian::IS_OFFICE.contains(&title)
        && role == mark.range
        && !persian::IS_FIRST_NAME.contains(&words::folded(&text[first]))
    {
        return None;
    }
    Some(Spotted::new(&TITLE, name).with_role(text, role))
}

/// A name without a title, that a role follows behind a comma, or a verb of saying.
fn persian_name(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let before = words::previous(text, mark.range.start, block.start).map(|word| words::folded(&text[word]));
    let is_inside = before
        .as_ref()
        .is_some_and(|word| persian::IS_TITLE.contains(word) || persian::IS_FIRST_NAME.contains(word));
    let (name, count) = persian_after(text, mark.range.start, block.end)?;
    if is_inside || count < 2 || name.start != mark.range.start {
        return None;
    }
    let rest = &text[name.end..block.end];
    if let Some(behind) = rest.strip_prefix('،') {
        let start = name.end + '،'.len_utf8();
        let word = words::next(text, start, block.end)?;
        if !persian::IS_ROLE.contains(&words::folded(&text[word.clone()])) {
            return None;
        }
        let end = behind.find(['،', '.', '؛', ':', '«', '(']).filter(|end| *end <= LONGEST_ROLE)?;
        let end = start + behind[..end].trim_end().len();
        let person = Spotted::new(&APPOSITION, name.clone()).with_role(text, word.start..end);
        return Some(Spotted { outset: name.start, ..person });
    }
    let word = words::next(text, name.end, block.end)?;
    let next = words::next(text, word.end, block.end).map(|next| words::folded(&text[next]));
    persian::says(&words::folded(&text[word]), next.as_deref()).then(|| Spotted::new(&SAYING, name))
}

/// Names beside a verb of saying: `Jane Example said`, `” said Jane Example`.
pub(super) fn of_sayings(text: &str, marks: &Marks) -> Vec<Spotted> {
    let mut persons = Vec::new();
    for mark in marks.all(Sign::Saying) {
        let block = marks.block(mark);
        let before = english_before(text, mark.range.start, block.start).filter(|(_, count)| *count >= 2);
        let is_behind = text[block.start..mark.range.start].trim_end().ends_with(['”', '"', '’', ',', '»']);
        let after = || {
            english_after(text, mark.range.end, block.end)
                .filter(|(_, count)| is_behind && (2..=3).contains(count))
        };
        if let Some((name, _)) = before.or_else(after) {
            persons.push(Spotted::new(&SAYING, name));
        }
    }
    persons
}
