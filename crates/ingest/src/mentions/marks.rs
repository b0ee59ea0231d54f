//! Where a rule may begin: every known word and mark of a text, found in one pass.

mod begins;
pub(super) mod english;
pub(super) mod persian;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use super::words;
use begins::Begins;

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sign {
    /// `“` or `«`.
    Opens,
    /// `”` or `»`.
    Closes,
    /// `"`, which may do either.
    Straight,
    /// `‘`.
    OpensSingle,
    /// `’`, which is an apostrophe, too.
    ClosesSingle,
    /// `(`.
    Bracket,
    /// A digit of any script.
    Digit,
    /// A title that stands before a name: `Dr.`, `Judge`.
    Title,
    /// What somebody is: `lawyer`, `President`.
    Role,
    /// A word for a body, in capitals: `Foundation`.
    Body,
    /// An organisation that is known.
    KnownBody,
    /// A country or a capital.
    Country,
    /// A word behind the name of a place: `Prison`.
    PlaceBehind,
    /// A word before the name of a place: `زندان`.
    PlaceBefore,
    /// A word for something that happened: `massacre`.
    Event,
    /// The same in Persian.
    PersianEvent,
    /// A title in Persian: `دکتر`.
    PersianTitle,
    /// An English verb of saying.
    Saying,
    /// A Persian first name.
    FirstName,
}

/// A mark in a text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) sign: Sign,
    /// Octets of the text.
    pub(super) range: Range<usize>,
    /// Which block it stands in, by number.
    pub(super) block: usize,
}

/// All marks of a text.
pub(super) struct Marks {
    pub(super) blocks: Vec<Range<usize>>,
    pub(super) list: Vec<Mark>,
    /// Whether the rules know the words of its language.
    pub(super) is_read: bool,
}

/// The automaton, and what each of its patterns is.
struct Known {
    automaton: Option<AhoCorasick>,
    signs: Vec<Sign>,
    /// Where it is worth asking.
    begins: Begins,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut patterns: HashMap<String, Sign> = HashMap::new();
    for (sign, mark) in [
        (Sign::Opens, "“"),
        (Sign::Opens, "«"),
        (Sign::Closes, "”"),
        (Sign::Closes, "»"),
        (Sign::Straight, "\""),
        (Sign::OpensSingle, "‘"),
        (Sign::ClosesSingle, "’"),
        (Sign::Bracket, "("),
    ] {
        patterns.insert(mark.to_owned(), sign);
    }
    for zero in ['0', '۰', '٠'] {
        let digits = (0..10).filter_map(|digit| char::from_u32(u32::from(zero) + digit));
        patterns.extend(digits.map(|digit| (digit.to_string(), Sign::Digit)));
    }
    english::enter(&mut |word, sign| {
        patterns.entry(word).or_insert(sign);
    });
    persian::enter(&mut |word, sign| {
        patterns.entry(word).or_insert(sign);
    });
    let mut patterns: Vec<(String, Sign)> = patterns.into_iter().collect();
    patterns.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Anchored)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .prefilter(false)
        .build(patterns.iter().map(|(word, _)| word))
        .ok();
    let begins = Begins::of(patterns.iter().map(|(word, sign)| (word.as_bytes(), sign.is_word())));
    Known { automaton, signs: patterns.into_iter().map(|(_, sign)| sign).collect(), begins }
});

impl Marks {
    /// The marks in the blocks of a text.
    ///
    /// Of a language that `is_read` only marks that mean the same in many others.
    pub(super) fn of(text: &str, blocks: &[Range<usize>], is_read: bool) -> Self {
        let mut list = Vec::with_capacity(64);
        let known = &*KNOWN;
        let Some(automaton) = &known.automaton else {
            return Self { blocks: blocks.to_vec(), list, is_read };
        };
        for (block, range) in blocks.iter().enumerate() {
            let mut at = range.start;
            while let Some(start) = known.begins.next(text, at..range.end) {
                let input = Input::new(text).span(start..range.end).anchored(Anchored::Yes);
                let Ok(Some(one)) = automaton.try_find(input) else {
                    at = start + 1;
                    continue;
                };
                at = one.end();
                let sign = known.signs[one.pattern().as_usize()];
                let is_known = is_read || sign.is_of_any_language();
                if is_known && (!sign.is_word() || words::is_whole(text, &one.range())) {
                    list.push(Mark { sign, range: one.range(), block });
                }
            }
        }
        Self { blocks: blocks.to_vec(), list, is_read }
    }

    /// The marks of one sign.
    pub(super) fn all(&self, sign: Sign) -> impl Iterator<Item = &Mark> {
        self.list.iter().filter(move |mark| mark.sign == sign)
    }

    /// The mark that ends there.
    pub(super) fn ending_at(&self, end: usize) -> Option<&Mark> {
        let at = self.list.partition_point(|mark| mark.range.end < end);
        self.list.get(at).filter(|mark| mark.range.end == end)
    }

    /// The first mark that begins there or further on.
    pub(super) fn beginning_behind(&self, start: usize) -> Option<&Mark> {
        self.list.get(self.list.partition_point(|mark| mark.range.start < start))
    }

    /// The block that a mark stands in.
    pub(super) fn block(&self, mark: &Mark) -> Range<usize> {
        self.blocks[mark.block].clone()
    }
}

impl Sign {
    fn is_of_any_language(self) -> bool {
        matches!(self, Self::Title | Self::KnownBody | Self::Country | Self::Bracket | Self::Digit)
    }

    fn is_word(self) -> bool {
        !matches!(
            self,
            Self::Opens
                | Self::Closes
                | Self::Straight
                | Self::OpensSingle
                | Self::ClosesSingle
                | Self::Bracket
                | Self::Digit
        )
    }
}
