//! Quotations: words in quotation marks that somebody is reported to have said. What no verb of saying
//! and no colon attributes is a title, a nickname or a word at arm's length, and is left out.

use std::borrow::Cow;
use std::ops::Range;

use super::marks::{Marks, Sign, english, persian};
use super::rule::{COLON, GOES_ON, Rule, VERB_AFTER, VERB_BEFORE};
use super::speaker::{Cast, Speaker};
use super::{Spotted, words};

/// Characters of the longest quotation.
const LONGEST: usize = 2_000;
/// Octets of a sentence that are looked at before a quotation, and behind one.
const BEFORE: usize = 400;
const BEHIND: usize = 200;
/// Words of a quotation that is attributed from further off than by a colon.
const LEAST_WORDS: usize = 3;

/// Words in quotation marks.
#[derive(Clone, Debug)]
struct Quoted {
    /// With its marks.
    whole: Range<usize>,
    /// Without.
    inner: Range<usize>,
    block: usize,
    is_single: bool,
}

/// What somebody is reported to have said; and whether any was left out for its length.
pub(super) fn find(text: &str, marks: &Marks, named: &[Spotted]) -> (Vec<Spotted>, bool) {
    let mut quotations: Vec<Spotted> = Vec::new();
    let mut is_cut = false;
    let quoted = quoted(text, marks);
    let cast = Cast::new(named, &quoted.iter().map(|quoted| quoted.whole.clone()).collect::<Vec<_>>());
    // The one before in the same block, its speaker, and whether it was attributed.
    let mut last: Option<(Range<usize>, usize, Option<Speaker>)> = None;
    for (number, one) in quoted.iter().enumerate() {
        let block = marks.blocks[one.block].clone();
        let before = last.as_ref().filter(|last| last.1 == one.block);
        let floor = before.map_or(block.start, |last| last.0.end);
        let limit = quoted
            .get(number + 1)
            .filter(|next| next.block == one.block)
            .map_or(block.end, |next| next.whole.start);
        let about = About { text, block: &block, one, floor, limit, cast: &cast };
        let attributed = about.attributed(before.and_then(|last| last.2.as_ref()));
        if one.inner.len() > LONGEST && text[one.inner.clone()].chars().nth(LONGEST).is_some() {
            is_cut |= attributed.is_some();
            last = Some((one.whole.clone(), one.block, None));
            continue;
        }
        let speaker = attributed.map(|(rule, speaker)| {
            let mut quotation = Spotted::new(rule, one.inner.clone());
            quotation.speaker.clone_from(&speaker.name);
            quotations.push(quotation);
            speaker
        });
        last = Some((one.whole.clone(), one.block, speaker));
    }
    (quotations, is_cut)
}

/// Everything in quotation marks, in order, none within another.
fn quoted(text: &str, marks: &Marks) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut open: Option<(Sign, usize, Range<usize>)> = None;
    for mark in &marks.list {
        if open.as_ref().is_some_and(|open| open.1 != mark.block) {
            open = None;
        }
        let sign = mark.sign;
        let opens = match sign {
            Sign::Opens => true,
            Sign::Straight => {
                open.as_ref().is_none_or(|open| open.0 != Sign::Straight) && opens_here(text, &mark.range)
            }
            Sign::OpensSingle => open.is_none(),
            _ => false,
        };
        let closes = match (&open, sign) {
            (Some((Sign::Opens, _, range)), Sign::Closes) => {
                pairs(&text[range.clone()], &text[mark.range.clone()])
            }
            (Some((Sign::Straight, ..)), Sign::Straight) => true,
            // An apostrophe stands behind a letter; the end of what was said behind a mark.
            (Some((Sign::OpensSingle, ..)), Sign::ClosesSingle) => {
                text[..mark.range.start].ends_with([',', '.', '?', '!', '…'])
            }
            _ => false,
        };
        if closes && let Some((sign, block, range)) = open.take() {
            let inner = &text[range.end..mark.range.start];
            let start = range.end + inner.len() - inner.trim_start().len();
            let inner = start..start + inner.trim().len();
            if !inner.is_empty() {
                let is_single = sign == Sign::OpensSingle;
                found.push(Quoted { whole: range.start..mark.range.end, inner, block, is_single });
            }
        } else if opens && open.as_ref().is_none_or(|open| open.0 != Sign::Straight || sign == Sign::Straight)
        {
            open = Some((sign, mark.block, mark.range.clone()));
        }
    }
    found
}

/// Whether two marks belong together.
fn pairs(opens: &str, closes: &str) -> bool {
    matches!((opens, closes), ("“", "”") | ("«", "»"))
}

/// Whether a straight mark opens: nothing or a space comes before, and a word behind.
fn opens_here(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let behind = text[range.end..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | ':' | '«' | '‘'))
        && behind.is_some_and(|c| !c.is_whitespace())
}

/// A quotation and what stands about it.
struct About<'a> {
    text: &'a str,
    block: &'a Range<usize>,
    one: &'a Quoted,
    /// Where the quotation before ends, or the block begins.
    floor: usize,
    /// Where the next quotation begins, or the block ends.
    limit: usize,
    cast: &'a Cast<'a>,
}

impl About<'_> {
    /// By which rule it is a quotation, and whose; nothing if it is none.
    fn attributed(&self, last: Option<&Speaker>) -> Option<(&'static Rule, Speaker)> {
        let text = self.text;
        let count = words::all(&text[self.one.inner.clone()]).take(5).count();
        let start = sentence_start(text, self.floor, self.one.whole.start);
        let before = start..self.one.whole.start;
        let clause = text[before.clone()].trim_end();
        let has_colon = clause.ends_with([':', '：']);
        let has_comma = clause.ends_with([',', '،']);
        // Single marks are put about words at arm's length most of all.
        let least = if self.one.is_single { 4 } else { LEAST_WORDS };
        if !has_colon && (is_titled(clause) || is_title(&text[self.one.inner.clone()])) {
            return None;
        }
        let says = says(clause);
        let joined = self.floor > self.block.start && start == self.floor;
        if has_colon || has_comma && says.is_some() {
            let is_intro = says.is_some() || count > LEAST_WORDS && self.cast.is_anyone(text, &before);
            if is_intro && count >= if says.is_some() { 1 } else { least } {
                let rule = if says.is_some() { &VERB_BEFORE } else { &COLON };
                // `“…,” she said, “…”`: one verb has both.
                let speaker = last.filter(|_| joined && !clause.contains(" و ")).cloned();
                return Some((rule, speaker.unwrap_or_else(|| self.cast.before(text, before, says))));
            }
        }
        if let Some(speaker) = self.behind(start, count, least) {
            return Some((&VERB_AFTER, speaker));
        }
        if let Some(verb) = says.filter(|_| count >= least) {
            return Some((&VERB_BEFORE, self.cast.before(text, before, Some(verb))));
        }
        // `“…,” she said. “…”`
        let last = last.filter(|_| clause.is_empty() && count >= least)?;
        let between = &text[self.floor..self.one.whole.start];
        let is_near = between.len() <= 120 && between.trim().ends_with(['.', ',', '؛', ';']);
        (is_near && says_anywhere(between)).then(|| (&GOES_ON, last.clone()))
    }

    /// Whose it is by the words behind it, if a verb of saying is among them.
    fn behind(&self, start: usize, count: usize, least: usize) -> Option<Speaker> {
        let text = self.text;
        let from = self.one.whole.end;
        let end = sentence_end(text, from, self.limit);
        let clause = &text[from..end];
        let inner = &text[self.one.inner.clone()];
        let is_closed =
            inner.ends_with([',', '!', '?', '،', '؟', '…', '—']) || clause.starts_with([',', '،']);
        let from = from + clause.len() - clause.trim_start_matches([',', '،', ' ', '\n']).len();
        let first = words::next(text, from, end)?;
        if words::is_arabic(&text[first.clone()]) {
            let says = persian_verb(&text[from..end])?;
            return (count >= least)
                .then(|| self.cast.persian(text, start..self.one.whole.start, from..from + says));
        }
        let is_verb =
            |word: &Range<usize>| english::SAYS.contains(text[word.clone()].to_lowercase().as_str());
        if is_verb(&first) && (is_closed || count >= least) {
            return Some(self.cast.behind_verb(text, first.end..end, self.block.start..self.one.whole.start));
        }
        if !is_closed {
            return None;
        }
        let mut cursor = from;
        for _ in 0..9 {
            let word = words::next(text, cursor, end)?;
            if is_verb(&word) {
                return Some(self.cast.subject(
                    text,
                    from..word.start,
                    self.block.start..self.one.whole.start,
                ));
            }
            cursor = word.end;
        }
        None
    }
}

/// Where the last verb of saying of a clause ends, or begins in Persian, in octets of it.
fn says(clause: &str) -> Option<usize> {
    let mut at = None;
    // The word before, folded where it is Persian: two words may be one verb.
    let mut last: Option<(Range<usize>, Cow<'_, str>)> = None;
    let mut offset = 0;
    while let Some(range) = next_word(clause, offset) {
        offset = range.end;
        let found = &clause[range.clone()];
        let word =
            if words::is_arabic(found) { Cow::Owned(words::folded(found)) } else { Cow::Borrowed(found) };
        let before = last.as_ref().map_or("", |(_, word)| word.as_ref());
        if before.eq_ignore_ascii_case("according") && word == "to"
            || before == "به" && matches!(word.as_ref(), "گفته" | "نوشته" | "نقل")
            || english::SAYS.contains(word.as_ref())
        {
            at = Some(range.end);
        } else if words::is_arabic(&word) {
            if persian::says(&word, None) {
                at = Some(range.start);
            } else if let Some((noun, _)) = last.as_ref().filter(|_| persian::says(before, Some(&word))) {
                at = Some(noun.start);
            }
        }
        last = Some((range, word));
    }
    at
}

/// The next word, whatever marks stand before it.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let skipped = text[from..].find(|c: char| c.is_alphanumeric())?;
    words::next(text, from + skipped, text.len())
}

fn says_anywhere(clause: &str) -> bool {
    says(clause).is_some()
}

/// Where a Persian verb of saying begins in a clause.
fn persian_verb(clause: &str) -> Option<usize> {
    let end = clause.find(['.', '؛', '«', ':']).unwrap_or(clause.len());
    says(&clause[..end]).filter(|at| *at <= 120)
}

/// Whether a quotation behind this clause is a title or a name.
fn is_titled(clause: &str) -> bool {
    let mut at = clause.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    (0..2).any(|_| {
        let Some(word) = words::previous(clause, at, 0) else { return false };
        at = word.start;
        let word = words::folded(&clause[word]);
        english::IS_TITLED.contains(word.as_str()) || persian::IS_TITLED.contains(&word)
    })
}

/// Whether the words are in capitals as those of a title are, but for small ones.
fn is_title(words: &str) -> bool {
    let is_large = |word: &&str| word.len() > 3;
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let count = || words::all(words).take(9).count();
    let large = || words::all(words).filter(is_large).count();
    !words.ends_with([',', '.', '!', '?'])
        && words::all(words).filter(is_large).all(capital)
        && count() <= 8
        && (large() >= 2 || count() == large())
}

/// Where the sentence begins that goes on here.
fn sentence_start(text: &str, floor: usize, at: usize) -> usize {
    let floor = text.ceil_char_boundary(floor.max(at.saturating_sub(BEFORE)));
    let before = &text[floor..at];
    let behind_end = |(place, c): (usize, char)| {
        if !matches!(c, '.' | '!' | '?' | '؟' | '…') {
            return None;
        }
        let behind = &before[place + c.len_utf8()..];
        let ends = behind.is_empty()
            || behind.starts_with(char::is_whitespace)
            || behind.starts_with(['”', '»', '"', '’']);
        (ends && !(c == '.' && is_abbreviation(&before[..place]))).then(|| {
            let behind = behind.trim_start_matches(['”', '»', '"', '’']);
            at - behind.trim_start().len()
        })
    };
    // From its end on: the last that ends is near.
    before.char_indices().rev().find_map(behind_end).unwrap_or(floor)
}

/// Where the sentence ends that goes on here.
fn sentence_end(text: &str, from: usize, limit: usize) -> usize {
    let limit = text.floor_char_boundary(limit.min(from + BEHIND));
    let behind = &text[from..limit];
    let ends = |(place, c): &(usize, char)| {
        matches!(c, '.' | '!' | '?' | '؟' | '…')
            && behind[place + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
            && !(*c == '.' && is_abbreviation(&behind[..*place]))
    };
    behind.char_indices().find(ends).map_or(limit, |(place, _)| from + place)
}

/// Whether the point behind these words is that of an abbreviation or an initial.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: [&str; 14] =
        ["Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Gen", "Col", "Sen", "Rep", "Rev", "Lt", "Sgt", "Capt"];
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    SHORT.contains(&last) || last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase())
}
