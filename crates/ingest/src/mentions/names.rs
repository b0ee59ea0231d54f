//! Names of persons: where one ends that begins here, and where the same name stands again.

use std::ops::Range;

use memchr::memmem;

use super::marks::{Marks, english, persian};
use super::rule::{ACRONYM, SURNAME};
use super::{Spotted, words};
use provenance::description::MentionKind;

/// Words of a name.
const MOST_WORDS: usize = 5;
/// Words of a name, its initials and small words counted.
const MOST_STEPS: usize = 12;
/// Names that are looked for again, of one document.
const MOST_NAMES: usize = 64;

/// Whether a word can be part of an English name.
fn is_of_name(word: &str) -> bool {
    // `al-Masri`
    let word = word
        .split_once('-')
        .map_or(word, |(before, after)| if english::PARTICLE.contains(before) { after } else { word });
    if !words::is_capitalised(word) {
        return false;
    }
    let lower = word.to_lowercase();
    !english::IS_OPENER.contains(lower.as_str()) && !english::IS_NO_PERSON.contains(&lower)
}

/// Whether a word in capitals says that what it belongs to is no person.
fn is_of_something_else(word: &str) -> bool {
    words::is_acronym(word)
        || words::is_capitalised(word) && english::IS_NO_PERSON.contains(&word.to_lowercase())
}

/// Whether a word is the initial of a name, with its point.
fn is_initial(text: &str, word: &Range<usize>) -> bool {
    word.len() == 1
        && text[word.clone()].bytes().all(|c| c.is_ascii_uppercase())
        && text[word.end..].starts_with('.')
}

/// Words of a name on one line, or on two that follow each other.
fn is_near(gap: &str) -> bool {
    gap.len() <= 8 && gap.matches('\n').count() <= 1
}

/// The English name that begins behind white space at `at`, and of how many words it is.
pub(super) fn english_after(text: &str, at: usize, limit: usize) -> Option<(Range<usize>, usize)> {
    let (mut start, mut end, mut count, mut cursor) = (None, at, 0, at);
    for _ in 0..MOST_STEPS {
        let Some(word) = words::next(text, cursor, limit).filter(|word| is_near(&text[cursor..word.start]))
        else {
            break;
        };
        let base = words::base(text, &word);
        if is_initial(text, &word) && count < MOST_WORDS {
            cursor = word.end + 1;
            start = start.or(Some(word.start));
            continue;
        }
        if is_of_name(base) && count < MOST_WORDS {
            start = start.or(Some(word.start));
            (end, count) = (word.start + base.len(), count + 1);
            cursor = word.end;
            if base.len() < word.len() {
                break;
            }
        } else if count > 0 && english::PARTICLE.contains(base) {
            cursor = word.end;
        } else {
            if is_of_something_else(base) && text[end..word.start].chars().all(words::is_gap) {
                return None;
            }
            break;
        }
    }
    (count > 0).then(|| (start.unwrap_or(at)..end, count))
}

/// The English name that ends before white space at `at`, and of how many words it is.
pub(super) fn english_before(text: &str, at: usize, floor: usize) -> Option<(Range<usize>, usize)> {
    let (mut start, mut end, mut count, mut cursor) = (at, at, 0, at);
    for _ in 0..MOST_STEPS {
        let before = text[floor..cursor].trim_end_matches(words::is_gap);
        if count > 0
            && let Some(initial) = words::previous(text, floor + before.trim_end_matches('.').len(), floor)
            && is_initial(text, &initial)
            && initial.end + 1 == floor + before.len()
        {
            (start, cursor) = (initial.start, initial.start);
            continue;
        }
        let Some(word) = words::previous(text, cursor, floor).filter(|word| is_near(&text[word.end..cursor]))
        else {
            break;
        };
        let base = words::base(text, &word);
        let is_whole = base.len() == word.len();
        if count < MOST_WORDS && is_whole && is_of_name(base) {
            if count == 0 {
                end = word.end;
            }
            (start, count, cursor) = (word.start, count + 1, word.start);
        } else if count > 0 && is_whole && english::PARTICLE.contains(base) {
            let before = words::previous(text, word.start, floor);
            if !before.is_some_and(|before| is_of_name(&text[before])) {
                break;
            }
            cursor = word.start;
        } else {
            if is_whole && is_of_something_else(base) {
                return None;
            }
            break;
        }
    }
    (count > 0).then_some((start..end, count))
}

/// Whether a folded Persian word can be part of a name.
fn is_of_persian_name(word: &str) -> bool {
    words::is_arabic(word)
        && !word.contains(|c: char| c.is_numeric())
        && word.chars().count() > 1
        && !persian::IS_STOP.contains(word)
        && !persian::IS_ROLE.contains(word)
        && !persian::IS_TITLE.contains(word)
}

/// The Persian name that begins behind white space at `at`, and of how many words it is. Where a name
/// ends is told by a first name that is known, or by a word or mark that none goes on with.
pub(super) fn persian_after(text: &str, at: usize, limit: usize) -> Option<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::with_capacity(4);
    let mut cursor = at;
    let mut ends_at_mark = true;
    while let Some(word) = words::next(text, cursor, limit).filter(|word| is_near(&text[cursor..word.start]))
    {
        let folded = words::folded(&text[word.clone()]);
        if found.len() == 4 || !is_of_persian_name(&folded) {
            ends_at_mark = false;
            break;
        }
        cursor = word.end;
        found.push((word, folded));
    }
    let firsts = found.iter().take_while(|(_, word)| persian::IS_FIRST_NAME.contains(word)).count().min(2);
    let count = match (firsts, found.len()) {
        (0, count @ 1..=2) => count,
        (0, 3) if ends_at_mark => 3,
        (0, _) | (_, 0) => return None,
        (firsts, count) => {
            let surname = (firsts + 1).min(count);
            surname
                + usize::from(found.get(surname).is_some_and(|(_, word)| persian::IS_ENDING.contains(word)))
        }
    };
    Some((found[0].0.start..found[count - 1].0.end, count))
}

/// A name that may stand again.
struct Known<'t> {
    words: &'t str,
    /// What the mention is then said to be.
    whole: &'t str,
    /// It counts only behind this place.
    from: usize,
    rule: &'static super::rule::Rule,
}

/// Where persons are named again, by name or surname, and bodies by the acronym that was defined.
pub(super) fn again(text: &str, marks: &Marks, named: &[Spotted]) -> Vec<Spotted> {
    let mut known: Vec<Known> = Vec::new();
    for one in named {
        let words = &text[one.range.clone()];
        match one.kind {
            MentionKind::Person => {
                let last = words.split(words::is_gap).next_back().unwrap_or(words);
                if last.len() < words.len() {
                    push(&mut known, Known { words, whole: "", from: 0, rule: &SURNAME });
                    if last.chars().count() >= 4 {
                        push(
                            &mut known,
                            Known { words: last, whole: words, from: one.range.end, rule: &SURNAME },
                        );
                    }
                }
            }
            MentionKind::Organisation if one.rule == &ACRONYM => {
                let whole = one.normalised.as_str();
                push(&mut known, Known { words, whole, from: one.range.end, rule: &ACRONYM });
            }
            _ => {}
        }
        if known.len() > MOST_NAMES {
            break;
        }
    }
    let mut found = Vec::new();
    for one in &known {
        let finder = memmem::Finder::new(one.words);
        for block in marks.blocks.iter().filter(|block| block.end > one.from) {
            let at = finder.find_iter(&text.as_bytes()[block.clone()]).map(|at| block.start + at);
            for start in at {
                let range = start..start + one.words.len();
                if start >= one.from && stands_alone(text, block, &range, one) {
                    found.push(Spotted::new(one.rule, range).with_normalised(words::on_one_line(one.whole)));
                }
            }
        }
    }
    found
}

/// Enters a name; one that two persons have stands for neither.
fn push<'t>(known: &mut Vec<Known<'t>>, one: Known<'t>) {
    match known.iter_mut().find(|other| other.words == one.words) {
        Some(other) if other.whole != one.whole => other.whole = "",
        Some(_) => {}
        None => known.push(one),
    }
}

/// Whether words are a name by themselves, and not part of another.
fn stands_alone(text: &str, block: &Range<usize>, range: &Range<usize>, one: &Known) -> bool {
    if !words::is_whole(text, range) {
        return false;
    }
    let is_part = one.rule == &SURNAME && !one.whole.is_empty();
    let before = words::previous(text, range.start, block.start);
    let after = words::next(text, range.end, block.end);
    if words::is_arabic(one.words) {
        let folded = |word: Range<usize>| words::folded(&text[word]);
        let is_of_another = before
            .map(folded)
            .is_some_and(|word| persian::IS_FIRST_NAME.contains(&word) || persian::IS_TITLE.contains(&word));
        return !(is_part && (is_of_another || persian::IS_STOP.contains(&words::folded(one.words))));
    }
    let is_name =
        |word: Range<usize>| is_of_name(words::base(text, &word)) || is_of_something_else(&text[word]);
    let is_of_another = is_part && before.is_some_and(is_name) || after.is_some_and(is_name);
    !is_of_another
}
