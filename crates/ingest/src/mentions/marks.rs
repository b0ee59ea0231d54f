//! Where a rule may begin: every known word and mark of a text, found in one pass.

mod begins;
pub(super) mod english;
mod known;
pub(super) mod persian;

use std::ops::Range;

use super::words;
use known::KNOWN;

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

/// Digits in a text, one behind the other, of Latin, Persian or Arabic script.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Octets of the text.
    pub(super) range: Range<usize>,
    /// Which block it stands in, by number.
    pub(super) block: usize,
}

/// All marks of a text.
pub(super) struct Marks {
    pub(super) blocks: Vec<Range<usize>>,
    pub(super) list: Vec<Mark>,
    pub(super) numbers: Vec<Number>,
    /// Whether the rules know the words of its language.
    pub(super) is_read: bool,
}

impl Marks {
    /// The marks in the blocks of a text.
    ///
    /// Of a language that `is_read` only marks that mean the same in many others.
    pub(super) fn of(text: &str, blocks: Vec<Range<usize>>, is_read: bool) -> Self {
        let known = &*KNOWN;
        let begins = known.begins_of(is_read);
        let (mut list, mut numbers) = (Vec::with_capacity(64), Vec::with_capacity(32));
        for (block, range) in blocks.iter().enumerate() {
            let (mut places, mut at) = (begins.places(text, range.clone()), range.start);
            while let Some(start) = places.next(at) {
                let rest = &text[start..range.end];
                if let digits @ 1.. = known::digits(rest) {
                    at = start + digits;
                    numbers.push(Number { range: start..at, block });
                    continue;
                }
                let Some((length, sign)) = known.longest(rest) else {
                    at = start + 1;
                    continue;
                };
                at = start + length;
                let is_known = is_read || sign.is_of_any_language();
                if is_known && (!sign.is_word() || words::is_whole(text, &(start..at))) {
                    list.push(Mark { sign, range: start..at, block });
                }
            }
        }
        Self { blocks, list, numbers, is_read }
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
        matches!(self, Self::Title | Self::KnownBody | Self::Country | Self::Bracket)
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
        )
    }
}
