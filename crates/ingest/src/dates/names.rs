//! What names and small words mean in a date.

mod gregorian;
mod hijri;
mod words;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::{Calendar, fold};
use crate::fnv::Fnv;

/// What a word can mean in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A month of a calendar, by its number.
    Month(Calendar, u32),
    /// A month whose name is an everyday word, too.
    WeakMonth(Calendar, u32),
    /// A day of the week: Monday is 1.
    Weekday(u32),
    /// A day of the week in a short form that is a word elsewhere.
    WeakWeekday(u32),
    /// A season by its EDTF number: spring is 21.
    Season(u32),
    /// A day of the month, in words.
    Day(u32),
    /// What makes a number an ordinal: `th`, `er`, `ام`.
    Ordinal,
    /// Between day and month: `of`, `de`, `من`.
    Of,
    /// The noun month: `ماه`, `شهر`.
    MonthNoun,
    /// What makes a number a week: 2023-W27.
    Week,
    /// The noun year: `سال`, `عام`, `year`.
    Year,
    /// The noun decade.
    Decade,
    /// What makes a year a decade: the s of `1980s`.
    Tens,
    /// What leads to a date and says nothing: `le`, `am`, `on`, `مورخ`.
    Lead,
    /// Only about.
    About,
    /// Only about, where nothing else is to be read: `around`.
    WeakAbout,
    /// Between two ends.
    Until,
    /// The same day in another calendar: `الموافق`.
    Same,
    /// Of which calendar a year is.
    Era(Era),
    /// Between a day and its time: `at`, `um`, `ساعت`.
    At,
    /// Behind a time: `Uhr`.
    Clock,
    /// Before noon, or after it.
    Half(bool),
    /// A zone, in minutes east of Greenwich.
    Zone(i32),
}

/// What is written behind a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    /// `م`, `AD`.
    Gregorian,
    /// `ش`, `خورشیدی`.
    Solar,
    /// `ق`, `AH`.
    Lunar,
    /// `هجری`, which may be either.
    Hijri,
    /// `شاهنشاهی`.
    Imperial,
}

impl Sense {
    /// Whether it makes numbers beside it a date, so that few dates in running text are without one.
    fn is_heart(self) -> bool {
        matches!(
            self,
            Self::Month(..) | Self::WeakMonth(..) | Self::Season(_) | Self::Year | Self::Decade | Self::About
        )
    }
}

/// What is known of a folded word.
#[derive(Default)]
pub(super) struct Name {
    senses: Vec<Sense>,
    /// Of how many words the longest name is that begins so.
    words: usize,
    /// Whether it is a heart of dates, or begins one of many words none of which is a heart itself.
    pub(super) is_heart: bool,
}

impl Name {
    /// Whether it has a sense.
    pub(super) fn means(&self, sense: Sense) -> bool {
        self.senses.contains(&sense)
    }
}

/// All names.
struct Names {
    /// By their folded letters.
    known: HashMap<String, Name, BuildHasherDefault<Fnv>>,
    /// How long those hearts of dates, and ends of decades, are that begin with two letters of ASCII, as
    /// sets of bits.
    lengths: Vec<u32>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { known: HashMap::default(), lengths: vec![0; 26 * 26] };
    let mut of_many: Vec<Vec<String>> = Vec::new();
    let mut enter = |names_of: &str, sense: Sense| enter(&mut names, &mut of_many, names_of, sense);
    gregorian::enter(&mut enter);
    hijri::enter(&mut enter);
    words::enter(&mut enter);
    names.mark_hearts(&of_many);
    names
});

/// Enters names that are parted by bars. The hearts of dates among them that have many words are told.
fn enter(names: &mut Names, of_many: &mut Vec<Vec<String>>, names_of: &str, sense: Sense) {
    for name in names_of.split('|') {
        let known = names.known.entry(fold::name(name)).or_default();
        if !known.senses.contains(&sense) {
            known.senses.push(sense);
        }
        known.is_heart |= sense.is_heart();
        let words: Vec<&str> = name
            .split(|c| !fold::is_of_word(c) && !fold::is_invisible(c))
            .filter(|word| !word.is_empty())
            .collect();
        if let [first, _, ..] = words.as_slice() {
            let first = names.known.entry(fold::name(first)).or_default();
            first.words = words.len().max(first.words);
            if sense.is_heart() {
                of_many.push(words.into_iter().map(fold::name).collect());
            }
        }
    }
}

impl Names {
    /// Marks the words that hearts of dates with many words are known by.
    fn mark_hearts(&mut self, of_many: &[Vec<String>]) {
        for words in of_many {
            let has_another =
                words.iter().any(|word| self.known.get(word).is_some_and(|known| known.is_heart));
            if let Some(first) = words.first().filter(|_| !has_another) {
                self.known.entry(first.clone()).or_default().is_heart = true;
            }
        }
        let looked_for = |known: &Name| known.is_heart || known.senses.contains(&Sense::Tens);
        for (name, _) in self.known.iter().filter(|(_, known)| looked_for(known)) {
            if let Some(place) = first_two(name.as_bytes()) {
                self.lengths[place] |= bit(name.len());
            }
        }
    }
}

/// A number for the first two letters of ASCII of a word in any case; behind one letter, that one again.
fn first_two(word: &[u8]) -> Option<usize> {
    let letter = |octet: u8| octet.to_ascii_lowercase().checked_sub(b'a').filter(|letter| *letter < 26);
    let first = letter(*word.first()?)?;
    let second = word.get(1).map_or(Some(first), |octet| letter(*octet))?;
    Some(usize::from(first) * 26 + usize::from(second))
}

/// The bit of a length; the last is that of all that are longer.
fn bit(length: usize) -> u32 {
    1 << length.min(31)
}

/// The senses of a folded name, and of how many words the longest name is that begins with it.
pub(super) fn senses(folded: &str) -> (&'static [Sense], usize) {
    NAMES.known.get(folded).map_or((&[], 0), |name| (name.senses.as_slice(), name.words))
}

/// A folded name, if it is one.
pub(super) fn name(folded: &str) -> Option<&'static Name> {
    NAMES.known.get(folded)
}

/// Whether a word of ASCII letters alone looks as if it were a heart of dates or the end of a decade; most words
/// do not.
pub(super) fn looks_like_heart(word: &[u8]) -> bool {
    first_two(word).is_some_and(|place| NAMES.lengths[place] & bit(word.len()) > 0)
}

/// Every folded name.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    NAMES.known.keys().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_has_two_months() {
        for (name, Name { senses, .. }) in &NAMES.known {
            let months = senses
                .iter()
                .filter(|sense| matches!(sense, Sense::Month(..) | Sense::WeakMonth(..)))
                .count();
            assert!(months < 2, "{name} {senses:?}");
            let weekdays = senses.iter().filter(|sense| matches!(sense, Sense::Weekday(_))).count();
            assert!(weekdays < 2, "{name} {senses:?}");
        }
    }

    #[test]
    fn names_of_many_words_are_known_by_their_first() {
        assert!(senses("جمادی").1 >= 2);
        assert_eq!(senses(&fold::name("جمادى الآخرة")).0, [Sense::Month(Calendar::Islamic, 6)]);
        assert_eq!(senses("nothing"), (&[][..], 0));
    }
}
