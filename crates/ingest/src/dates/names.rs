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

/// Names by their folded letters: senses, and of how many words the longest name is that begins so.
type Names = HashMap<String, (Vec<Sense>, usize), BuildHasherDefault<Fnv>>;

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    gregorian::enter(&mut |names_of, sense| enter(&mut names, names_of, sense));
    hijri::enter(&mut |names_of, sense| enter(&mut names, names_of, sense));
    words::enter(&mut |names_of, sense| enter(&mut names, names_of, sense));
    names
});

/// Enters names that are parted by bars.
fn enter(names: &mut Names, names_of: &str, sense: Sense) {
    for name in names_of.split('|') {
        let senses = &mut names.entry(fold::name(name)).or_default().0;
        if !senses.contains(&sense) {
            senses.push(sense);
        }
        let words: Vec<&str> = name
            .split(|c| !fold::is_of_word(c) && !fold::is_invisible(c))
            .filter(|word| !word.is_empty())
            .collect();
        if let [first, _, ..] = words.as_slice() {
            let most = &mut names.entry(fold::name(first)).or_default().1;
            *most = words.len().max(*most);
        }
    }
}

/// The senses of a folded name, and of how many words the longest name is that begins with it.
pub(super) fn senses(folded: &str) -> (&'static [Sense], usize) {
    NAMES.get(folded).map_or((&[], 0), |(senses, most)| (senses.as_slice(), *most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_has_two_months() {
        for (name, (senses, _)) in NAMES.iter() {
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
