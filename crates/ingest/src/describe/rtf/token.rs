//! RTF as tokens.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word, and its number.
    Word(&'t [u8], Option<i32>),
    /// An octet of text, in the code page of the document.
    Octet(u8),
    /// A character that a control symbol stands for.
    Character(char),
}

/// Tokens of a document, of which each takes one octet at least.
pub(super) struct Tokens<'t> {
    rest: &'t [u8],
}

impl<'t> Tokens<'t> {
    pub(super) fn over(octets: &'t [u8]) -> Self {
        Self { rest: octets }
    }

    fn step(&mut self, octets: usize) {
        self.rest = self.rest.get(octets..).unwrap_or_default();
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'t>> {
        let rest = self.rest;
        let letters = rest.iter().take(32).take_while(|octet| octet.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let (word, after) = rest.split_at(letters);
        let sign = usize::from(after.first() == Some(&b'-'));
        let digits = after.get(sign..)?.iter().take(10).take_while(|octet| octet.is_ascii_digit()).count();
        let number = if digits > 0 { after.get(..sign + digits) } else { None };
        let length = letters + number.map_or(0, <[u8]>::len);
        let space = usize::from(rest.get(length) == Some(&b' '));
        self.step(length + space);
        let value = number.and_then(|number| std::str::from_utf8(number).ok()?.parse().ok());
        if word == b"bin" {
            // So many octets follow that are no RTF.
            self.step(value.and_then(|octets: i32| usize::try_from(octets).ok()).unwrap_or(0));
        }
        Some(Token::Word(word, value))
    }

    fn symbol(&mut self) -> Option<Token<'t>> {
        let (&symbol, after) = self.rest.split_first()?;
        if symbol == b'\'' {
            let digit = |at: usize| after.get(at).and_then(|octet| char::from(*octet).to_digit(16));
            let octet = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
            self.step(if octet.is_some() { 3 } else { 1 });
            return Some(octet.map_or(Token::Character('\u{FFFD}'), Token::Octet));
        }
        self.step(1);
        Some(match symbol {
            b'\\' | b'{' | b'}' => Token::Octet(symbol),
            b'~' => Token::Character('\u{A0}'),
            b'_' => Token::Character('-'),
            b'\r' | b'\n' => Token::Word(b"par", None),
            _ => Token::Word(b"", None),
        })
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let (&octet, after) = self.rest.split_first()?;
            self.rest = after;
            return match octet {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                _ => Some(Token::Octet(octet)),
            };
        }
    }
}
