//! Whether a text may hold a date at all: most text about a number holds none, and reading costs.

use super::fold;
use super::names::{self, Sense};
use super::token;

/// Digits of the shortest date in one run.
const JOINED: usize = 7;

/// What went before, of what numbers can be a date with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Anything else.
    Other,
    /// One number.
    Number,
    /// One, and what may part it from the next: `5/`.
    Parted,
    /// Two of them: `5/7`.
    Two,
    /// Two, and what may part them from the next: `5/7/`.
    TwoParted,
}

/// What of dates was seen in a text.
#[derive(Default)]
struct Seen {
    /// What may be a date without more: a long run of digits, three numbers with marks between them, or
    /// the noun decade.
    is_enough: bool,
    /// The name of a month, of a season or the like, or the end of `1980s`.
    has_heart: bool,
    /// Four digits, or `'88`.
    has_year: bool,
}

/// Whether running text may hold a date: where it says no there is none.
pub(super) fn may_hold_date(text: &str) -> bool {
    look(text, |seen| seen.is_enough || seen.has_heart && seen.has_year)
}

/// The same of a text that is one date as a whole: there, a year may be short or stand alone.
pub(super) fn may_be_date(text: &str) -> bool {
    look(text, |seen| seen.is_enough || seen.has_heart || seen.has_year)
}

/// Looks at a text until what was seen `suffices`; whether it did.
fn look(text: &str, suffices: impl Fn(&Seen) -> bool) -> bool {
    let mut seen = Seen::default();
    let mut before = Before::Other;
    let mut is_behind_apostrophe = false;
    // Of a word that was folded.
    let mut folded = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let passed = if fold::is_of_word(first) {
            let is_behind_number = before != Before::Other;
            before = Before::Other;
            word(rest, is_behind_number, &mut folded, &mut seen)
        } else if fold::digit(first).is_some() {
            let (digits, length) = number(rest);
            seen.is_enough |= digits >= JOINED || before == Before::TwoParted;
            seen.has_year |= digits == 4 || digits == 2 && is_behind_apostrophe;
            before = if before == Before::Parted { Before::Two } else { Before::Number };
            length
        } else {
            if !first.is_whitespace() && !fold::is_invisible(first) {
                let mark = fold::mark(first);
                is_behind_apostrophe = mark == '\'';
                before = behind_mark(before, mark);
            }
            rest = &rest[first.len_utf8()..];
            continue;
        };
        if suffices(&seen) {
            return true;
        }
        is_behind_apostrophe = false;
        rest = &rest[passed..];
    }
    false
}

/// What a mark makes of what went before it.
fn behind_mark(before: Before, mark: char) -> Before {
    match (before, mark) {
        (Before::Number, '-' | '/' | '.' | '\'') => Before::Parted,
        (Before::Two, '-' | '/' | '.' | '\'') => Before::TwoParted,
        _ => Before::Other,
    }
}

/// How many digits a text begins with, and how many octets they are.
fn number(text: &str) -> (usize, usize) {
    let digits = text.chars().take_while(|c| fold::digit(*c).is_some());
    digits.fold((0, 0), |(count, octets), c| (count + 1, octets + c.len_utf8()))
}

/// Notes what the word is that a text begins with, and tells its length. Behind a number it may be the end of
/// a decade.
fn word(text: &str, is_behind_number: bool, folded: &mut String, seen: &mut Seen) -> usize {
    let octets = text.as_bytes();
    let length = octets.iter().position(|octet| !octet.is_ascii_alphabetic()).unwrap_or(octets.len());
    let goes_on = |c: char| fold::is_of_word(c) || fold::is_invisible(c);
    let is_plain = octets.get(length).is_none_or(u8::is_ascii) || !text[length..].starts_with(goes_on);
    folded.clear();
    let length = if is_plain {
        if !names::looks_like_either(&octets[..length]) {
            return length;
        }
        folded.push_str(&text[..length]);
        folded.make_ascii_lowercase();
        length
    } else {
        token::fold_word(text, folded)
    };
    let (is_heart, senses) = names::heart(folded);
    seen.has_heart |= is_heart || is_behind_number && senses.contains(&Sense::Tens);
    seen.is_enough |= senses.contains(&Sense::Decade);
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::context::Context;
    use crate::dates::cursor::Cursor;
    use crate::dates::token::Window;
    use crate::dates::{Hints, find, whole};
    use proptest::prelude::*;

    #[test]
    fn most_text_about_numbers_is_passed() {
        for text in [
            "",
            "Around 300 people",
            "in 2000 cases",
            "U$S 3.500",
            "12:30",
            "Artikel 5-7",
            "حدود ۳۰۰ نفر",
            "the 12 days",
            "an 8.5 % rise",
            "Version 2.0",
            "am 1. Mai kann",
            "etwa 300",
            "26 Jahre alt",
            "the March 3 primaries",
        ] {
            assert!(!may_hold_date(text), "{text}");
        }
    }

    #[test]
    fn every_form_of_a_date_is_let_through() {
        for text in [
            "5 July 2023",
            "JULY 5, 2023",
            "5. März 2023",
            "۱۴ تیر ۱۴۰۲",
            "5/7/2023",
            "2023 - 07 - 05",
            "2023\u{2013}07\u{2013}05",
            "20230705T101530",
            "c. 1988",
            "1980s",
            "1980's",
            "summer of 1988",
            "l'an 1988",
            "the year 1988",
            "7 Rabi al-Awwal 1445",
            "25 dhu al-hijja 1444",
            "Jahr 2021",
            "July ’88",
            "les années 80",
            "دهه ۶۰",
            "1980 ern",
        ] {
            assert!(may_hold_date(text), "{text}");
        }
    }

    /// Pieces that dates are made of, in any order.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            4 => "[0-9]{1,4}",
            1 => "[0-9۰-۹]{6,14}",
            2 => "[۰-۹]{1,4}",
            4 => "[ ]{1,2}",
            3 => "[-/.,:'–’٫،T]",
            3 => proptest::sample::select(names::all()),
            1 => "[a-z]{1,4}",
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_date_is_missed(text in texts(), language in proptest::option::of("en|de|fr|fa|ar")) {
            let hints = Hints { language: language.as_deref(), ..Hints::default() };
            let found = find::each(&Context { hints: &hints, whole: false }, &text);
            prop_assert!(found.is_empty() || may_hold_date(&text), "{:?}", found);
            let context = Context { hints: &Hints { unix: true, ..hints }, whole: true };
            let draft = whole::text(&context, &mut Cursor::new(Window::new(&text).ahead()));
            prop_assert!(draft.is_none() || may_be_date(&text));
        }
    }
}
