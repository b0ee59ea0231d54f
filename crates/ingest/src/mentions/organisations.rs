//! Organisations: those that are known, those whose acronym the text defines, and names with a word
//! for a body.

use std::ops::Range;

use super::marks::{Mark, Marks, Sign, english, persian};
use super::rule::{ACRONYM, HEAD_NOUN, KNOWN_BODY, LONG_FORM};
use super::{Spotted, words};

/// Words of a name before its acronym.
const MOST_WORDS: usize = 14;

/// All of them, but where an acronym stands again.
pub(super) fn find(text: &str, marks: &Marks) -> Vec<Spotted> {
    let mut bodies = Vec::new();
    for mark in &marks.list {
        let block = marks.block(mark);
        match mark.sign {
            Sign::KnownBody => bodies.extend(known(text, &block, mark)),
            Sign::Body => bodies.extend(with_head(text, &block, mark)),
            Sign::Bracket => bodies.extend(defined(text, &block, mark, marks).into_iter().flatten()),
            _ => {}
        }
    }
    bodies
}

/// A body that is known; an acronym before another name belongs to it.
fn known(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let words = &text[mark.range.clone()];
    let long = english::LONG_FORMS.get(words).copied().unwrap_or_default();
    let is_short = words.len() <= 5;
    let next = words::next(text, mark.range.end, block.end);
    if is_short && next.is_some_and(|next| words::is_capitalised(&text[next])) {
        return None;
    }
    Some(Spotted::new(&KNOWN_BODY, mark.range.clone()).with_normalised(long))
}

/// Whether a word is in capitals and no opener of a sentence: part of a body's name.
fn is_of_name(word: &str) -> bool {
    (words::is_capitalised(word) || words::is_acronym(word))
        && !english::IS_OPENER.contains(word.to_lowercase().as_str())
        || english_adjective(word)
}

/// Words that open sentences, and bodies' names, too.
fn english_adjective(word: &str) -> bool {
    matches!(
        word,
        "Special"
            | "General"
            | "Foreign"
            | "Prime"
            | "French"
            | "German"
            | "British"
            | "Italian"
            | "Swedish"
            | "Iranian"
            | "Russian"
            | "Chinese"
            | "Israeli"
            | "Ukrainian"
            | "American"
            | "English"
    )
}

/// `Halden Foundation`, `Ministry of Justice`, `Committee of Jurists for Velmora`.
fn with_head(text: &str, block: &Range<usize>, mark: &Mark) -> Option<Spotted> {
    let mut range = mark.range.clone();
    if is_headline(&text[block.clone()]) {
        return None;
    }
    for _ in 0..4 {
        let Some(word) = words::previous(text, range.start, block.start) else { break };
        let is_owner = words::base(text, &word).len() < word.len();
        if is_owner || !is_of_name(&text[word.clone()]) {
            break;
        }
        range.start = word.start;
    }
    let is_first = range.start < mark.range.start;
    for _ in 0..4 {
        let Some(more) = complement(text, block, range.end) else { break };
        range.end = more;
    }
    let is_named = is_first || range.end > mark.range.end;
    // In running capitals every word looks like a name.
    let shouts = text[range.clone()].chars().filter(|c| c.is_lowercase()).count() < 3;
    (is_named && !shouts).then(|| Spotted::new(&HEAD_NOUN, range))
}

/// Whether most words are in capitals, so that none tells where a name ends.
fn is_headline(block: &str) -> bool {
    let counted = words::all(block).take(60).filter(|word| word.len() > 3);
    let (all, capitals) = counted.fold((0, 0), |(all, capitals), word| {
        (all + 1, capitals + usize::from(word.chars().next().is_some_and(char::is_uppercase)))
    });
    all >= 4 && !block.ends_with('.') && capitals * 10 > all * 7
}

/// Where a name ends that goes on with `of Justice`, `for the Missing`, `for Memory and Justice`.
fn complement(text: &str, block: &Range<usize>, from: usize) -> Option<usize> {
    let mut cursor = from;
    let mut links = 0;
    loop {
        let word = words::next(text, cursor, block.end)?;
        if text[cursor..word.start].contains('\n') && links == 0 {
            return None;
        }
        match &text[word.clone()] {
            "of" | "for" if links == 0 => (links, cursor) = (1, word.end),
            "the" if links == 1 => (links, cursor) = (2, word.end),
            found if links > 0 => {
                let base = words::base(text, &word);
                if !words::is_capitalised(found) || base.len() < found.len() {
                    return None;
                }
                let mut end = word.end;
                // `and` joins two words of a name, where one went before.
                while let Some(next) = words::next(text, end, block.end) {
                    let is_more = is_of_name(&text[next.clone()]) && !text[end..next.start].contains('\n');
                    let joined = (&text[next.clone()] == "and")
                        .then(|| words::next(text, next.end, block.end))
                        .flatten()
                        .filter(|word| is_of_name(&text[word.clone()]));
                    match joined {
                        _ if is_more => end = next.end,
                        Some(joined) => end = joined.end,
                        None => break,
                    }
                }
                return Some(end);
            }
            _ => return None,
        }
    }
}

/// `Z Foundation (ZF)`: the long form and the acronym.
fn defined(text: &str, block: &Range<usize>, mark: &Mark, marks: &Marks) -> Option<[Spotted; 2]> {
    let acronym = words::next(text, mark.range.end, block.end)?;
    let letters = &text[acronym.clone()];
    if acronym.start != mark.range.end || !text[acronym.end..].starts_with(')') || !words::is_acronym(letters)
    {
        return None;
    }
    let long = english_long_form(text, block, mark.range.start, letters)
        .or_else(|| persian_long_form(text, block, mark.range.start, marks))?;
    let last = words::previous(text, long.end, long.start)?;
    let long = long.start..last.start + words::base(text, &last).len();
    let normalised = words::on_one_line(&text[long.clone()]);
    if !is_body(&normalised) {
        return None;
    }
    Some([Spotted::new(&LONG_FORM, long), Spotted::new(&ACRONYM, acronym).with_normalised(normalised)])
}

/// Whether a long form says that it is a body: methods and products have acronyms, too.
fn is_body(long: &str) -> bool {
    words::is_arabic(long)
        || words::all(long).any(|word| {
            let word = word.to_lowercase();
            english::IS_BODY.contains(&word)
        })
}

/// The words before a bracket whose first letters are the acronym in it.
fn english_long_form(
    text: &str,
    block: &Range<usize>,
    bracket: usize,
    acronym: &str,
) -> Option<Range<usize>> {
    let wanted: Vec<char> = acronym.chars().filter(char::is_ascii_uppercase).collect();
    let mut left = wanted.as_slice();
    let mut cursor = bracket;
    let mut end = None;
    for _ in 0..MOST_WORDS {
        let word = words::previous(text, cursor, block.start)?;
        let end = *end.get_or_insert(word.end);
        let found = &text[word.clone()];
        let initial = found.chars().next()?;
        if initial.is_uppercase() {
            // The last letter that is left must be that of this word; parts of a word may have one each.
            let mut parts = found.split('-').rev().filter_map(|part| part.chars().next());
            let rest = left.strip_suffix(&[initial]);
            left = match rest {
                Some(rest) => rest,
                None if found.contains('-') => {
                    parts.try_fold(left, |left, part| left.strip_suffix(&[part.to_ascii_uppercase()]))?
                }
                None => return None,
            };
            if left.is_empty() {
                return Some(word.start..end);
            }
        } else if !matches!(
            found,
            "of" | "for"
                | "the"
                | "and"
                | "in"
                | "on"
                | "de"
                | "or"
                | "against"
                | "to"
                | "des"
                | "du"
                | "with"
        ) {
            return None;
        }
        cursor = word.start;
    }
    None
}

/// The Persian words before a bracket, from a word for a body on; none where there are two such words.
fn persian_long_form(
    text: &str,
    block: &Range<usize>,
    bracket: usize,
    marks: &Marks,
) -> Option<Range<usize>> {
    let end = block.start + text[block.start..bracket].trim_end_matches(words::is_gap).len();
    if let Some(known) = marks.ending_at(end).filter(|mark| mark.sign == Sign::KnownBody) {
        return Some(known.range.clone());
    }
    let mut cursor = bracket;
    let mut head = None;
    for _ in 0..8 {
        let Some(word) = words::previous(text, cursor, block.start) else { break };
        let folded = words::folded(&text[word.clone()]);
        if !words::is_arabic(&folded) {
            break;
        }
        if persian::IS_HEAD.contains(&folded) {
            if head.is_some() {
                return None;
            }
            head = Some(word.start);
        }
        cursor = word.start;
    }
    let start = head?;
    (words::all(&text[start..end]).count() >= 2).then_some(start..end)
}
