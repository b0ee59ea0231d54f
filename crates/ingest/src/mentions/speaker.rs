//! Who said it: the person or body that is the subject of the verb. Where more than one could be, or
//! only a pronoun stands there that more than one could be meant by, nobody.

use std::ops::Range;

use super::marks::{english, persian};
use super::{Spotted, words};
use provenance::description::MentionKind;

/// Who said something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The name; empty where it is not settled.
    pub(super) name: String,
}

/// Whoever could speak, in the order of the text.
pub(super) struct Cast<'a> {
    named: Vec<&'a Spotted>,
    /// Whatever is named, in quotations, too.
    every: &'a [Spotted],
}

/// Pronouns that stand for one person.
const PRONOUNS: [&str; 5] = ["he", "she", "او", "وی", "ایشان"];

/// Persons among whom the whole name of one is sought.
const CAST: usize = 100;

/// Octets before a quotation in which its pronoun's person is named.
const REACH: usize = 500;

impl<'a> Cast<'a> {
    /// Who is named outside of quotations.
    pub(super) fn new(named: &'a [Spotted], quoted: &[Range<usize>]) -> Self {
        let is_quoted = |one: &Spotted| {
            let behind = quoted.partition_point(|range| range.end <= one.range.start);
            quoted.get(behind).is_some_and(|range| range.start < one.range.start)
        };
        let speaks = |one: &&Spotted| matches!(one.kind, MentionKind::Person | MentionKind::Organisation);
        Self { named: named.iter().filter(speaks).filter(|one| !is_quoted(one)).collect(), every: named }
    }

    /// Who is named in a part of the text.
    fn within(&self, range: &Range<usize>) -> &[&'a Spotted] {
        let from = self.named.partition_point(|one| one.range.start < range.start);
        let to = self.named.partition_point(|one| one.range.start < range.end);
        &self.named[from..to.max(from)]
    }

    /// The subject of a clause before a quotation, whose verb ends (or begins, in Persian) `verb` octets
    /// into it.
    pub(super) fn before(&self, text: &str, clause: Range<usize>, verb: Option<usize>) -> Speaker {
        let words = &text[clause.clone()];
        let first = words::all(words).next().unwrap_or_default();
        if words::is_arabic(first) {
            return self.persian(text, clause.clone(), clause.end..clause.end);
        }
        let verb = verb.map_or(clause.end, |verb| clause.start + verb);
        let lower = words.to_lowercase();
        if let Some(at) = lower.find("according to") {
            return self.behind_verb(text, clause.start + at + 12..clause.end, clause.start..clause.start);
        }
        self.subject(
            text,
            clause.start..verb,
            text[..clause.start].floor_char_boundary(clause.start.saturating_sub(REACH))..clause.start,
        )
    }

    /// Who stands behind a verb of saying: `said X`. A pronoun is looked for in `earlier`.
    pub(super) fn behind_verb(&self, text: &str, rest: Range<usize>, earlier: Range<usize>) -> Speaker {
        if let Some(word) = words::next(text, rest.start, rest.end)
            && PRONOUNS.contains(&text[word].to_lowercase().as_str())
        {
            return self.the_one(text, earlier);
        }
        let Some(first) = self.within(&rest).first() else { return Speaker::default() };
        let between = text[rest.start..first.outset.max(rest.start)].trim();
        let is_next = between.is_empty()
            || between.len() <= 60 && !between.contains([',', '.', ';', '“', '"']) && {
                let mut words = words::all(between);
                words.all(|word| english::DETERMINER.contains(word) || english::QUALITY.contains(word))
            };
        if is_next { self.speaker(text, first) } else { Speaker::default() }
    }

    /// The subject whose verb ends this clause. A pronoun is looked for in `earlier`.
    pub(super) fn subject(&self, text: &str, clause: Range<usize>, earlier: Range<usize>) -> Speaker {
        let words = text[clause.clone()].trim();
        let first = words::all(words).next().unwrap_or_default().to_lowercase();
        let named = self.within(&clause);
        if PRONOUNS.contains(&first.as_str()) {
            return if named.is_empty() { self.the_one(text, earlier) } else { Speaker::default() };
        }
        let Some(last) = named.last() else { return Speaker::default() };
        if is_behind_preposition(text, last, clause.start) {
            return Speaker::default();
        }
        // An organisation whose person goes before, or a person in another's apposition.
        let mut subject = *last;
        let mut others = named.iter().rev().skip(1);
        loop {
            if acts(text, subject, clause.end) {
                return self.speaker(text, subject);
            }
            match others.next() {
                Some(other) => subject = other,
                None => break,
            }
            if subject.kind != MentionKind::Person || is_behind_preposition(text, subject, clause.start) {
                return Speaker::default();
            }
        }
        Speaker::default()
    }

    /// The subject of a Persian clause: the verb stands at its end, and who stands behind a preposition
    /// does not act.
    pub(super) fn persian(&self, text: &str, clause: Range<usize>, behind: Range<usize>) -> Speaker {
        let words = &text[clause.clone()];
        if let Some(at) = ["به گفته", "به گفتهٔ", "به نقل از", "به نوشته"]
            .iter()
            .find_map(|lead| words.find(lead).map(|at| clause.start + at + lead.len()))
        {
            let rest = at..clause.end;
            let first =
                self.within(&rest).first().filter(|first| text[at..first.outset.max(at)].trim().len() <= 4);
            return first.map_or_else(Speaker::default, |first| self.speaker(text, first));
        }
        let acting: Vec<&&Spotted> = self
            .within(&clause)
            .iter()
            .chain(self.within(&behind))
            .filter(|one| one.kind == MentionKind::Person && !is_behind_preposition(text, one, clause.start))
            .collect();
        match acting.as_slice() {
            [one] => self.speaker(text, one),
            [] => {
                let first = words::all(words).next().map(words::folded).unwrap_or_default();
                let next = words::all(words).nth(1).map(words::folded);
                let is_hidden = PRONOUNS.contains(&first.as_str()) || persian::says(&first, next.as_deref());
                if is_hidden && self.within(&clause).is_empty() {
                    let from = text.floor_char_boundary(clause.start.saturating_sub(REACH));
                    return self.the_one(text, from..clause.start);
                }
                Speaker::default()
            }
            _ => Speaker::default(),
        }
    }

    /// Whether anybody is named in a clause, or a pronoun stands for somebody.
    pub(super) fn is_anyone(&self, text: &str, clause: &Range<usize>) -> bool {
        let is_pronoun = |word: &str| PRONOUNS.contains(&word.to_lowercase().as_str());
        !self.within(clause).is_empty() || words::all(&text[clause.clone()]).any(is_pronoun)
    }

    /// Whether a name that no rule knows may stand in a part of the text: a word in capitals that neither
    /// begins a sentence nor belongs to who is known.
    fn has_stranger(&self, text: &str, range: &Range<usize>) -> bool {
        let mut cursor = range.start;
        let mut begins = true;
        while cursor < range.end {
            let Some(c) = text[cursor..range.end].chars().next() else { break };
            let Some(word) = words::next(text, cursor, range.end).filter(|_| c.is_alphanumeric()) else {
                begins |= matches!(c, '.' | '!' | '?' | '“' | '"' | '‘' | ':');
                cursor += c.len_utf8();
                continue;
            };
            let found = words::base(text, &word);
            let lower = found.to_lowercase();
            let behind = self.every.partition_point(|one| one.range.start <= word.start);
            let near = behind.checked_sub(1).and_then(|at| self.every.get(at));
            let mut near = near.into_iter().chain(self.every.get(behind));
            let is_known = near.any(|one| one.outset <= word.start && word.end <= one.range.end + 3);
            let is_name = words::is_capitalised(found) && !english::IS_OPENER.contains(lower.as_str());
            let is_name = is_name && !begins && !english::QUALITY.contains(lower.as_str());
            if is_name && !is_known {
                return true;
            }
            begins = false;
            cursor = word.end;
        }
        false
    }

    /// The one person that is named in the sentence that ends there or the one before; else nobody.
    fn the_one(&self, text: &str, earlier: Range<usize>) -> Speaker {
        let reach = text.floor_char_boundary(earlier.end.saturating_sub(REACH)).max(earlier.start);
        let earlier = reach..earlier.end;
        let paragraph = text[earlier.clone()].rfind("\n\n").map_or(earlier.start, |at| earlier.start + at);
        let from = two_sentences(text, paragraph..earlier.end);
        if self.has_stranger(text, &(from..earlier.end)) {
            return Speaker::default();
        }
        let mut one: Option<Speaker> = None;
        for named in self.within(&(from..earlier.end)).iter().filter(|one| one.kind == MentionKind::Person) {
            let speaker = self.speaker(text, named);
            // Persian has no capitals that would tell of strangers: only who begins a sentence counts.
            let is_first = ends_sentence(text[from..named.outset].trim_end());
            if words::is_arabic(&text[named.range.clone()]) && !is_first {
                return Speaker::default();
            }
            match &one {
                None => one = Some(speaker),
                Some(known) if *known == speaker => {}
                Some(_) => return Speaker::default(),
            }
        }
        one.unwrap_or_default()
    }

    /// A person by the whole name under which they were named first.
    fn speaker(&self, text: &str, one: &Spotted) -> Speaker {
        let name = if one.normalised.is_empty() || one.kind == MentionKind::Organisation {
            words::on_one_line(&text[one.range.clone()])
        } else {
            one.normalised.clone()
        };
        // `Judge Corran` is the one whose whole name was told before, if only one was.
        let is_surname = one.kind == MentionKind::Person && !name.contains(' ');
        let cast = &self.named[..self.named.len().min(CAST)];
        let mut wholes =
            cast.iter().filter(|other| is_surname && other.kind == MentionKind::Person).filter_map(|other| {
                let whole = words::on_one_line(&text[other.range.clone()]);
                whole.strip_suffix(&name).is_some_and(|rest| rest.ends_with(' ')).then_some(whole)
            });
        let first = wholes.next();
        match first {
            Some(whole) if wholes.all(|other| other == whole) => Speaker { name: whole },
            _ => Speaker { name },
        }
    }
}

/// Whether a subject is followed by its verb: directly, behind adverbs, or behind an apposition between
/// commas.
fn acts(text: &str, subject: &Spotted, verb: usize) -> bool {
    let between = text[subject.range.end..verb.max(subject.range.end)].trim();
    let all_adverbs = |text: &str| {
        words::all(text).all(|word| {
            english::ADVERB.contains(word.to_lowercase().as_str())
                || english::SAYS.contains(word.to_lowercase().as_str())
        })
    };
    if !between.contains(',') {
        let is_of = between.strip_prefix("of ").is_some_and(|rest| {
            words::all(rest).all(|word| {
                words::is_capitalised(word)
                    || words::is_acronym(word)
                    || matches!(word, "the" | "of" | "for")
                    || all_adverbs(word)
            })
        });
        // `opened the hearing and warned`
        let joined = words::all(between).any(|word| word == "and") && between.len() <= 120 && {
            let before = between.rsplit(" and ").next().unwrap_or_default();
            all_adverbs(before)
        };
        return all_adverbs(between) || is_of || joined;
    }
    let Some((_, last)) = between.rsplit_once(',') else { return false };
    between.starts_with([',', '(']) && all_adverbs(last)
}

/// Whether the word before a name, or before its title, is a preposition: who stands there is spoken of.
fn is_behind_preposition(text: &str, one: &Spotted, floor: usize) -> bool {
    const ENGLISH: [&str; 16] = [
        "of", "for", "with", "to", "from", "by", "about", "against", "on", "at", "in", "near", "after",
        "before", "than", "told",
    ];
    let Some(word) = words::previous(text, one.outset, floor.min(one.outset)) else { return false };
    let word = words::folded(&text[word]);
    ENGLISH.contains(&word.as_str()) || persian::IS_PREPOSITION.contains(&word)
}

/// Whether nothing or the end of a sentence comes before.
fn ends_sentence(before: &str) -> bool {
    before.is_empty() || before.ends_with(['.', '!', '?', '؟', '»', '\n'])
}

/// Where the last two sentences of a text begin.
fn two_sentences(text: &str, range: Range<usize>) -> usize {
    let trimmed = text[range.clone()].trim_end();
    let inner = trimmed.trim_end_matches(['.', '!', '?', '؟', '…', ':']);
    let mut ends = inner.char_indices().rev().filter(|(at, c)| {
        matches!(c, '.' | '!' | '?' | '؟')
            && inner[at + c.len_utf8()..].starts_with(char::is_whitespace)
            && inner[..*at].chars().rev().take_while(|c| c.is_alphabetic()).count() > 2
    });
    ends.next().map_or(range.start, |(at, _)| range.start + at)
}
