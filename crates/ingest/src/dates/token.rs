//! Words, numbers and marks of a text, a few ahead at a time.

use super::fold;
use super::letters::Letters;
use super::names::{self, Sense};

/// Octets of white space that may lie within a date.
const WIDEST_GAP: usize = 64;
/// Octets of a word, with all its accents and joiners.
const WIDEST_WORD: usize = 160;
/// More tokens than any date has.
const AHEAD: usize = 96;
/// How many tokens may lie behind before they are dropped.
const BEHIND: usize = 512;

/// A number as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// Its value; the largest there is where it has too many digits.
    pub(super) value: u64,
    /// How many digits were written, leading zeros among them.
    pub(super) digits: usize,
    /// Whether one of ۰ to ۹ is among them.
    pub(super) persian: bool,
}

/// What a token is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Digits.
    Number(Number),
    /// A folded word, what it means, and of how many words the longest name is that it begins.
    Word(Letters, &'static [Sense], usize),
    /// Anything else, folded; a line feed for the end of a paragraph.
    Mark(char),
}

/// A piece of the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its first octet.
    pub(super) start: usize,
    /// One past its last.
    pub(super) end: usize,
    /// Whether there is white space before it.
    pub(super) gap: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// What it is.
    pub(super) kind: Kind,
}

/// Walks a text and keeps some tokens ahead. Every octet is looked at once.
pub(super) struct Window<'t> {
    text: &'t str,
    /// Where the next token begins.
    next: usize,
    tokens: Vec<Token>,
    /// The first token that was not passed.
    at: usize,
}

impl<'t> Window<'t> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'t str) -> Window<'t> {
        // Most texts that are read are short, and in timestamps every other octet begins a token.
        let tokens = Vec::with_capacity((text.len() / 2 + 3).min(AHEAD));
        Window { text, next: 0, tokens, at: 0 }
    }

    /// The tokens ahead; empty at the end of the text.
    pub(super) fn ahead(&mut self) -> &[Token] {
        if self.at > BEHIND {
            self.tokens.drain(..self.at);
            self.at = 0;
        }
        while self.tokens.len() - self.at < AHEAD {
            let Some(token) = token(self.text, self.next) else { break };
            self.next = token.end;
            self.tokens.push(token);
        }
        &self.tokens[self.at..]
    }

    /// Passes `count` tokens.
    pub(super) fn pass(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len());
    }
}

/// The token at `from` or behind the white space there.
fn token(text: &str, from: usize) -> Option<Token> {
    let mut gap = 0_usize;
    let mut lines = 0_usize;
    let mut rest = text[from..].char_indices();
    let (start, first) = rest.find(|(_, c)| {
        gap += usize::from(c.is_whitespace());
        lines += usize::from(*c == '\n');
        !c.is_whitespace() && !fold::is_invisible(*c)
    })?;
    let start = from + start;
    if lines > 1 || start - from > WIDEST_GAP {
        // A paragraph ends here, or a column: nothing reaches across.
        let kind = Kind::Mark('\n');
        return Some(Token { start, end: start, gap: true, capital: false, kind });
    }
    let (kind, length) = if fold::digit(first).is_some() {
        number(&text[start..])
    } else if fold::is_of_word(first) {
        word(&text[start..])
    } else {
        (Kind::Mark(fold::mark(first)), first.len_utf8())
    };
    Some(Token { start, end: start + length, gap: gap > 0, capital: first.is_uppercase(), kind })
}

/// The number that a text begins with.
fn number(text: &str) -> (Kind, usize) {
    let mut number = Number { value: 0, digits: 0, persian: false };
    let mut length = text.len();
    for (at, c) in text.char_indices() {
        let Some(digit) = fold::digit(c) else {
            length = at;
            break;
        };
        number.value = number.value.saturating_mul(10).saturating_add(u64::from(digit));
        number.digits += 1;
        number.persian |= fold::is_persian_digit(c);
    }
    (Kind::Number(number), length)
}

/// The word that a text begins with.
fn word(text: &str) -> (Kind, usize) {
    let mut folded = Letters::NONE;
    let length = fold_word(text, &mut folded);
    let (senses, words) = names::senses(folded.as_str());
    (Kind::Word(folded, senses, words), length)
}

/// Adds the word that a text begins with, folded, and tells its length. A joiner is part of it only between
/// letters; of what is too long to be a name nothing is added.
pub(super) fn fold_word(text: &str, folded: &mut Letters) -> usize {
    // Most words begin with letters of ASCII, or have no others.
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic);
    let plain = plain.map(|octet| folded.push_plain(octet.to_ascii_lowercase())).count();
    let mut length = plain;
    for (at, c) in text[plain..].char_indices() {
        if fold::is_of_word(c) {
            length = plain + at + c.len_utf8();
            fold::fold(c, |letter| folded.push(letter));
        } else if !fold::is_invisible(c) {
            break;
        }
    }
    if length > WIDEST_WORD {
        folded.clear();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whether its first letters are of ASCII or not.
        #[test]
        fn both_ways_of_folding_are_one(text in "([aBZ]|[7 .'-]|É|ß|ي|ك|ﬁ|\u{AD}|\u{200C}|\u{301}|[a-z]{30,60}){0,6}") {
            let (mut careful, mut length) = (Letters::NONE, 0);
            for (at, c) in text.char_indices() {
                if fold::is_of_word(c) {
                    length = at + c.len_utf8();
                    fold::fold(c, |letter| careful.push(letter));
                } else if !fold::is_invisible(c) {
                    break;
                }
            }
            if length > WIDEST_WORD {
                careful.clear();
            }
            let mut folded = Letters::NONE;
            proptest::prop_assert_eq!(fold_word(&text, &mut folded), length);
            proptest::prop_assert_eq!(folded.as_str(), careful.as_str());
        }
    }
}
