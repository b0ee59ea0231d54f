//! Whether a text may hold a date at all: most text about a number holds none, and reading costs.

use super::fold;
use super::letters::Letters;
use super::names::{self, Name, Sense};
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

/// What the numbers of a text may be.
#[derive(Default)]
struct Numbers {
    /// A date without more: one long run of digits, or three numbers with marks between them.
    is_date: bool,
    /// A year beside the name of a month or the like: four digits, `'88`, `années 80`.
    has_year: bool,
}

/// Whether running text may hold a date: where it says no there is none.
pub(super) fn may_hold_date(text: &str) -> bool {
    let numbers = numbers(text);
    numbers.is_date || numbers.has_year && has_heart(text)
}

/// The same of a text that is one date as a whole: there, a year may be short or stand alone.
pub(super) fn may_be_date(text: &str) -> bool {
    let numbers = numbers(text);
    numbers.is_date || numbers.has_year || has_heart(text)
}

/// Whether a text may have a digit of any script.
pub(super) fn may_have_digits(text: &str) -> bool {
    next_digit(text, 0) < text.len()
}

fn numbers(text: &str) -> Numbers {
    let mut found = Numbers::default();
    let mut before = Before::Other;
    let mut at = next_digit(text, 0);
    while let Some(first) = text[at..].chars().next() {
        if fold::digit(first).is_some() {
            let (digits, length) = number(&text[at..]);
            if digits >= JOINED || before == Before::TwoParted {
                found.is_date = true;
                return found;
            }
            found.has_year |= digits == 4 || digits == 2 && leads_to_short_year(&text[..at]);
            before = if before == Before::Parted { Before::Two } else { Before::Number };
            at += length;
        } else {
            if !is_gap(first) {
                before = behind_mark(before, fold::mark(first));
            }
            at += first.len_utf8();
        }
        if before == Before::Other {
            at = next_digit(text, at);
        }
    }
    found
}

/// Where the next character is that may be a digit; the end of the text where none is.
pub(super) fn next_digit(text: &str, from: usize) -> usize {
    // Many octets at once: most text has few numbers.
    let (chunks, _) = text.as_bytes()[from..].as_chunks::<16>();
    let passed =
        chunks.iter().take_while(|chunk| !chunk.iter().fold(false, |any, octet| any | leads(*octet)));
    let from = from + 16 * passed.count();
    text.as_bytes()[from..].iter().position(|octet| leads(*octet)).map_or(text.len(), |at| from + at)
}

/// Whether a digit may begin with an octet: of ASCII, or the first of those of other scripts.
#[expect(clippy::needless_bitwise_bool, reason = "sixteen octets at a time, without a branch")]
fn leads(octet: u8) -> bool {
    octet.is_ascii_digit() | (octet == 0xD9) | (octet == 0xDB) | (octet == 0xEF)
}

/// Whether two digits behind these words may be a year or a decade: an apostrophe comes last, or the noun
/// decade.
fn leads_to_short_year(head: &str) -> bool {
    let head = head.trim_end_matches(is_gap);
    let word = &head[head.trim_end_matches(goes_on).len()..];
    if word.is_empty() {
        return head.chars().next_back().is_some_and(|last| fold::mark(last) == '\'');
    }
    meaning(word).is_some_and(|name| name.means(Sense::Decade))
}

/// Whether a text has the name of a month, of a season or the like, or the end of `1980s`.
fn has_heart(text: &str) -> bool {
    let mut at = 0;
    loop {
        at += text[at..].bytes().take_while(|octet| octet.is_ascii() && !octet.is_ascii_alphabetic()).count();
        let Some(first) = text[at..].chars().next() else { return false };
        if !fold::is_of_word(first) {
            at += first.len_utf8();
            continue;
        }
        let word = word(&text[at..]);
        let is_behind_number = || {
            let head = text[..at].trim_end_matches(|c| !goes_on(c) && fold::digit(c).is_none());
            head.chars().next_back().is_some_and(|last| fold::digit(last).is_some())
        };
        let is_heart = |name: &Name| name.is_heart || name.means(Sense::Tens) && is_behind_number();
        if meaning(word).is_some_and(is_heart) {
            return true;
        }
        at += word.len();
    }
}

/// The word that a text begins with, and what stands invisibly behind it.
fn word(text: &str) -> &str {
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    match text.as_bytes().get(plain) {
        Some(128..) => &text[..text.find(|c| !goes_on(c)).unwrap_or(text.len())],
        _ => &text[..plain],
    }
}

/// What may stand within a word or at its end.
fn goes_on(c: char) -> bool {
    fold::is_of_word(c) || fold::is_invisible(c)
}

/// What parts tokens and is none.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || fold::is_invisible(c)
}

/// What a word means, if it is a heart of dates or the end of a decade; or anything.
fn meaning(word: &str) -> Option<&'static Name> {
    let is_plain = word.bytes().all(|octet| octet.is_ascii_alphabetic());
    if is_plain && !names::looks_like_heart(word.as_bytes()) {
        return None;
    }
    let mut folded = Letters::NONE;
    token::fold_word(word, &mut folded);
    names::name(folded.as_str())
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
pub(super) fn number(text: &str) -> (usize, usize) {
    let plain = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return (plain, plain);
    }
    let digits = text.chars().take_while(|c| fold::digit(*c).is_some());
    digits.fold((0, 0), |(count, octets), c| (count + 1, octets + c.len_utf8()))
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
    fn no_digit_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|c| fold::digit(*c).is_some()) {
            for before in ["", "a", "a sentence of some length – "] {
                assert_eq!(next_digit(&format!("{before}{c}"), 0), before.len(), "{c:?}");
            }
        }
        assert_eq!(next_digit("1 a sentence of some length", 1), 27);
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

    #[test]
    fn what_is_one_date_as_a_whole_may_be_shorter() {
        for text in ["1988", "2023-07", "Jul 17", "5.7.23", "c. 1988", "1688515200"] {
            assert!(may_be_date(text), "{text}");
        }
        for text in ["", "4:00 PM", "24 Monate", "4.46 €", "12 minute read"] {
            assert!(!may_be_date(text), "{text}");
        }
    }

    /// Dates, nearly dates, and pieces of them, in any order.
    fn texts() -> impl Strategy<Value = String> {
        let year = "(['’]?[0-9]{2}|(13|19|20)[0-9]{2}|۱۳[۰-۹]{2})";
        let name = || proptest::sample::select(names::all());
        let dates = prop_oneof![
            "[1-9][-/.][1-9][-/.](19|20)?[0-9]{2}",
            "[0-2]?[1-9] ?[-/.] ?0?[1-9] ?[-/.] ?(13|19|20)?[0-9]{2}",
            "(13|19|20)[0-9]{2}[-/.–](0[1-9]|1[0-2])[-/.–](0[1-9]|[12][0-9])",
            "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|2[0-8])(T?[0-9]{4})?",
            "(19|20)[0-9]{5}",
            "(19|20)[0-9]0['’]?(s|er|ern)",
            "(années|años|دهه|jahrzehnt|the year|c\\.) ?([0-9]0|(19|20)[0-9]0|۶۰)",
            (name(), "[ ]?", year).prop_map(|(name, gap, year)| name + &gap + &year),
            ("[1-3]?[0-9][.]? ?", name(), "[ ,.]{1,2}", year)
                .prop_map(|(day, name, gap, year)| day + &name + &gap + &year),
        ];
        let pieces = prop_oneof![
            6 => dates,
            3 => "[0-9]{1,4}",
            1 => "[0-9۰-۹]{6,14}",
            1 => "[۰-۹]{1,4}",
            4 => "[ ]{1,2}",
            2 => "[-/.,:'–’٫،T]",
            2 => name(),
            1 => "[a-z]{1,4}",
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn words_and_numbers_are_passed_as_one_by_one(
            text in "([aZ7]|[ .'-]|é|گ|۷|٧|７|½|\u{AD}|\u{200C}|\u{301}){0,6}",
            before in "[a é]{0,40}",
        ) {
            let digits: Vec<char> = text.chars().take_while(|c| fold::digit(*c).is_some()).collect();
            let octets: usize = digits.iter().map(|c| c.len_utf8()).sum();
            prop_assert_eq!(number(&text), (digits.len(), octets));
            if text.starts_with(fold::is_of_word) {
                prop_assert_eq!(word(&text), &text[..text.find(|c| !goes_on(c)).unwrap_or(text.len())]);
            }
            let whole = before + &text;
            let first = whole.bytes().position(leads).unwrap_or(whole.len());
            prop_assert_eq!(next_digit(&whole, 0), first);
        }

        #[test]
        fn no_date_is_missed(text in texts(), language in proptest::option::of("en|de|fr|fa|ar")) {
            let hints = Hints { language: language.as_deref(), ..Hints::default() };
            let found = find::each(&Context { hints: &hints, whole: false }, &text);
            prop_assert!(found.is_empty() || may_hold_date(&text), "{:?}", found);
            let context = Context { hints: &Hints { unix: true, ..hints }, whole: true };
            let draft = whole::text(&context, &mut Cursor::new(Window::new(&text).ahead()));
            prop_assert!(draft.is_none() || may_be_date(&text) && may_have_digits(&text));
        }
    }
}
