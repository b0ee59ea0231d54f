//! Every word and mark that a rule begins at, as a sorted list.

use std::ops::Range;
use std::sync::LazyLock;

use super::begins::Begins;
use super::{Sign, english, persian};

/// The digits of three scripts, by their noughts.
const NOUGHTS: [char; 3] = ['0', '۰', '٠'];

/// All of them.
pub(super) struct Known {
    /// In the order of their octets, each once.
    list: Vec<(String, Sign)>,
    /// What each begins with, see [`key`].
    keys: Vec<u64>,
    /// Of each the longest other one that it begins with.
    shorter: Vec<Option<usize>>,
    /// Those that begin with an octet.
    beginning: Vec<Range<usize>>,
    /// Where it is worth asking for any, or for a number.
    any: Begins,
    /// The same for those that mean the same in every language.
    of_any_language: Begins,
}

pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

impl Known {
    fn new() -> Self {
        let mut list: Vec<(String, Sign)> = Vec::with_capacity(4_000);
        for (sign, marks) in [
            (Sign::Opens, "“«"),
            (Sign::Closes, "”»"),
            (Sign::Straight, "\""),
            (Sign::OpensSingle, "‘"),
            (Sign::ClosesSingle, "’"),
            (Sign::Bracket, "("),
        ] {
            list.extend(marks.chars().map(|mark| (mark.to_string(), sign)));
        }
        english::enter(&mut |word, sign| list.push((word, sign)));
        persian::enter(&mut |word, sign| list.push((word, sign)));
        // Of equal ones the first stays the first, and is kept.
        list.sort_by(|one, other| one.0.cmp(&other.0));
        list.dedup_by(|one, before| one.0 == before.0);
        let octets = |octet: u8| list.partition_point(|(word, _)| word.as_bytes()[0] < octet);
        let beginning = (0..=u8::MAX)
            .map(|octet| octets(octet)..octet.checked_add(1).map_or(list.len(), octets))
            .collect();
        let any = Self::begins(&list, |_, _| true);
        let of_any_language =
            Self::begins(&list, |word, sign| sign.is_of_any_language() || may_hide_another(word));
        let keys = list.iter().map(|(word, _)| key(word.as_bytes())).collect();
        Self { shorter: shorter(&list), keys, beginning, any, of_any_language, list }
    }

    /// Where one of those begins that are `wanted`, or a number.
    fn begins(list: &[(String, Sign)], wanted: impl Fn(&str, Sign) -> bool) -> Begins {
        let numbers: Vec<String> = NOUGHTS
            .into_iter()
            .flat_map(|zero| (0..10).filter_map(move |digit| char::from_u32(u32::from(zero) + digit)))
            .map(String::from)
            .collect();
        let wanted = list.iter().filter(|(word, sign)| wanted(word, *sign));
        let wanted = wanted.map(|(word, sign)| (word.as_bytes(), sign.is_word()));
        Begins::of(wanted.chain(numbers.iter().map(|digit| (digit.as_bytes(), false))))
    }

    /// Where one begins, or a number. Of a language that is not `is_read`, only what is of any language,
    /// and what may lie across that.
    pub(super) fn begins_of(&self, is_read: bool) -> &Begins {
        if is_read { &self.any } else { &self.of_any_language }
    }

    /// The longest one that a text begins with, as its octets and what it is.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Sign)> {
        let text = text.as_bytes();
        let beginning = self.beginning[usize::from(*text.first()?)].clone();
        // All that the text begins with come before it in this order, and the last of the list that does
        // begins with each of them.
        let before = beginning.start + self.before(text, beginning.clone());
        let mut at = before.checked_sub(1).filter(|last| *last >= beginning.start);
        while let Some(place) = at {
            let (word, sign) = &self.list[place];
            if text.starts_with(word.as_bytes()) {
                return Some((word.len(), *sign));
            }
            at = self.shorter[place];
        }
        None
    }

    /// How many of some stand before a text in the order of octets, or are what it is.
    fn before(&self, text: &[u8], some: Range<usize>) -> usize {
        let (keys, key) = (&self.keys[some.clone()], key(text));
        let below = keys.partition_point(|other| *other < key);
        let alike = keys[below..].iter().take_while(|other| **other == key).count();
        let alike = &self.list[some][below..below + alike];
        below + alike.partition_point(|(word, _)| word.as_bytes() <= text)
    }
}

/// The first eight octets as a number that is in their order; what is missing is nought.
fn key(octets: &[u8]) -> u64 {
    let eight = octets.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded[..octets.len()].copy_from_slice(octets);
        padded
    });
    u64::from_be_bytes(eight)
}

/// Whether another one may begin within this one, of many words.
fn may_hide_another(word: &str) -> bool {
    word.contains(|c: char| !c.is_alphanumeric())
}

/// Of each the longest other one that it begins with: of a sorted list that is one of those before it.
fn shorter(list: &[(String, Sign)]) -> Vec<Option<usize>> {
    let mut shorter: Vec<Option<usize>> = Vec::with_capacity(list.len());
    for (at, (word, _)) in list.iter().enumerate() {
        let mut before = at.checked_sub(1);
        while let Some(place) = before.filter(|place| !word.starts_with(&list[*place].0)) {
            before = shorter[place];
        }
        shorter.push(before);
    }
    shorter
}

/// Octets of the digits that a text begins with.
pub(super) fn digits(text: &str) -> usize {
    // Nearly all are of ASCII, and stand before more of it.
    let plain = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    let is_digit = |c: char| NOUGHTS.iter().any(|zero| u32::from(c).wrapping_sub(u32::from(*zero)) < 10);
    text.find(|c: char| !is_digit(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::marks::{Mark, Marks};
    use crate::mentions::words;
    use proptest::prelude::*;

    /// Marks, and numbers.
    type Found = (Vec<(Sign, Range<usize>)>, Vec<Range<usize>>);

    /// The same as [`Marks::of`], by asking everywhere for everything.
    fn carefully(text: &str, is_read: bool) -> Found {
        let (mut marks, mut numbers) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            let known = KNOWN.list.iter().filter(|(word, sign)| {
                rest.starts_with(word.as_str()) && !(sign.is_word() && words::goes_on_before(text, at))
            });
            let known = known.max_by_key(|(word, _)| word.len());
            let start = at;
            if digits(rest) > 0 {
                at += digits(rest);
                numbers.push(start..at);
            } else if let Some((word, sign)) = known {
                at += word.len();
                let is_whole = !sign.is_word() || words::is_whole(text, &(start..at));
                if is_whole && (is_read || sign.is_of_any_language()) {
                    marks.push((*sign, start..at));
                }
            } else {
                at += first.len_utf8();
            }
        }
        (marks, numbers)
    }

    #[expect(clippy::single_range_in_vec_init, reason = "it is one block")]
    fn quickly(text: &str, is_read: bool) -> Found {
        let marks = Marks::of(text, vec![0..text.len()], is_read);
        let all = marks.list.into_iter().map(|Mark { sign, range, .. }| (sign, range)).collect();
        (all, marks.numbers.into_iter().map(|number| number.range).collect())
    }

    #[test]
    fn each_is_found_alone_and_between_marks() {
        for (word, sign) in &KNOWN.list {
            for text in
                [word.clone(), format!("a {word}’s"), format!("é, {word}.\u{A0}b"), format!("({word})")]
            {
                for is_read in [true, false] {
                    assert_eq!(quickly(&text, is_read), carefully(&text, is_read), "{text}");
                }
            }
            assert!(quickly(word, true).0.contains(&(*sign, 0..word.len())), "{word}");
            assert!(word.chars().all(|c| !c.is_numeric()), "{word}");
        }
    }

    /// Texts of known words and of what may stand about them, cut and joined anyhow.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            4 => (0..KNOWN.list.len()).prop_map(|at| KNOWN.list[at].0.clone()),
            2 => (0..KNOWN.list.len(), 0..12_usize).prop_map(|(at, count)| {
                KNOWN.list[at].0.chars().take(count).collect()
            }),
            5 => "[ ]{1,2}",
            2 => "[-.,’'()«»\"7۷٧é½ها\u{200C}\u{A0}n]{1,2}",
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(pieces, 0..16).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn digits_of_every_script_are_counted(text in "[07۷٧½a ]{0,6}") {
            let is_digit = |c: &char| matches!(c, '0' | '7' | '۷' | '٧');
            prop_assert_eq!(digits(&text), text.chars().take_while(is_digit).map(char::len_utf8).sum::<usize>());
        }

        #[test]
        fn the_quick_way_finds_what_the_careful_one_does(text in texts(), is_read: bool) {
            prop_assert_eq!(quickly(&text, is_read), carefully(&text, is_read));
        }
    }
}
