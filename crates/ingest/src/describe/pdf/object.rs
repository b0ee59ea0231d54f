//! Objects as they are written in a PDF (ISO 32000-2, 7.3): numbers, strings, names, arrays,
//! dictionaries and references, of bounded depth and number.

/// Arrays and dictionaries within each other.
const DEEPEST: usize = 32;
/// Values of one object: the page tree of a careless program has all pages in one array.
const MOST: usize = 50_000;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// `null`, `true`, `false`, a fraction: nothing that is asked for.
    Other,
    Integer(i64),
    /// A string, without its brackets and escapes.
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Value>),
    Dictionary(Dictionary),
    /// The number of another object; generations do not matter to whoever reads.
    Reference(u32),
}

/// Keys and values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Value)>);

impl Dictionary {
    pub(super) fn get(&self, key: &[u8]) -> Option<&Value> {
        self.0.iter().find(|(found, _)| found == key).map(|(_, value)| value)
    }

    pub(super) fn has(&self, key: &[u8]) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn integer(&self, key: &[u8]) -> Option<i64> {
        self.get(key)?.integer()
    }

    /// Whether the value of a key is this name.
    pub(super) fn is(&self, key: &[u8], name: &[u8]) -> bool {
        self.get(key).and_then(Value::name) == Some(name)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl FromIterator<(Vec<u8>, Value)> for Dictionary {
    fn from_iter<I: IntoIterator<Item = (Vec<u8>, Value)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Value {
    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        if let Self::Dictionary(dictionary) = self { Some(dictionary) } else { None }
    }

    /// The values of an array; of anything else itself alone.
    pub(super) fn each(&self) -> &[Self] {
        if let Self::Array(values) = self { values } else { std::slice::from_ref(self) }
    }

    pub(super) fn reference(&self) -> Option<u32> {
        if let Self::Reference(number) = self { Some(*number) } else { None }
    }
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The octets end within it: there may be more of them.
    Cut,
    /// It is no value, too deep or too large.
    Bad,
}

/// Reads values from octets.
pub(super) struct Parser<'t> {
    octets: &'t [u8],
    at: usize,
    left: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn over(octets: &'t [u8]) -> Self {
        Self { octets, at: 0, left: MOST }
    }

    /// Octets that were read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// What was not read.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.octets.get(self.at..).unwrap_or_default()
    }

    /// Passes white space and comments.
    pub(super) fn space(&mut self) {
        while let Some(&octet) = self.rest().first() {
            if octet == b'%' {
                let rest = self.rest();
                self.at += memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            } else if is_space(octet) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Passes a word, if it stands here.
    pub(super) fn word(&mut self, word: &[u8]) -> bool {
        self.space();
        let is_here = self.rest().starts_with(word);
        if is_here {
            self.at += word.len();
        }
        is_here
    }

    /// Passes `7 0 obj`, and gives the number.
    pub(super) fn object_header(&mut self) -> Option<u32> {
        let number = self.integer()?;
        self.integer()?;
        self.word(b"obj").then_some(u32::try_from(number).ok()?)
    }

    /// Passes a number without sign and fraction.
    pub(super) fn integer(&mut self) -> Option<i64> {
        self.space();
        let digits = self.rest().iter().take_while(|octet| octet.is_ascii_digit()).count();
        let number = std::str::from_utf8(self.rest().get(..digits)?).ok()?.parse().ok()?;
        self.at += digits;
        Some(number)
    }

    /// Passes a value.
    pub(super) fn value(&mut self) -> Result<Value, Fault> {
        self.value_at(0)
    }

    fn value_at(&mut self, depth: usize) -> Result<Value, Fault> {
        self.left = self.left.checked_sub(1).ok_or(Fault::Bad)?;
        if depth > DEEPEST {
            return Err(Fault::Bad);
        }
        self.space();
        let rest = self.rest();
        match rest.first().ok_or(Fault::Cut)? {
            b'/' => self.name().map(Value::Name),
            b'(' => self.literal().map(Value::Text),
            b'<' if rest.get(1) == Some(&b'<') => self.dictionary(depth).map(Value::Dictionary),
            b'<' if rest.len() > 1 => self.hexadecimal().map(Value::Text),
            b'<' => Err(Fault::Cut),
            b'[' => self.array(depth).map(Value::Array),
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number(),
            octet if octet.is_ascii_alphabetic() => self.keyword(),
            _ => Err(Fault::Bad),
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, Fault> {
        self.at += 1;
        let length = self.regular()?;
        let written = self.rest().get(..length).unwrap_or_default();
        let mut name = Vec::with_capacity(length);
        let mut octets = written.iter();
        while let Some(&octet) = octets.next() {
            let ahead = octets.as_slice();
            match (octet, ahead.first().copied().and_then(digit), ahead.get(1).copied().and_then(digit)) {
                (b'#', Some(high), Some(low)) => {
                    name.push(high << 4 | low);
                    octets.nth(1);
                }
                _ => name.push(octet),
            }
        }
        self.at += length;
        Ok(name)
    }

    /// How many octets of a name or word are ahead; what ends it must be seen.
    fn regular(&self) -> Result<usize, Fault> {
        self.rest().iter().position(|octet| is_space(*octet) || is_delimiter(*octet)).ok_or(Fault::Cut)
    }

    fn keyword(&mut self) -> Result<Value, Fault> {
        let length = self.rest().iter().take_while(|octet| octet.is_ascii_alphabetic()).count();
        let word = self.rest().get(..length).unwrap_or_default();
        let is_value = matches!(word, b"true" | b"false" | b"null");
        if length == self.rest().len() {
            return Err(Fault::Cut);
        }
        self.at += if is_value { length } else { 0 };
        if is_value { Ok(Value::Other) } else { Err(Fault::Bad) }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let length = self.regular()?;
        let text =
            self.rest().get(..length).and_then(|text| std::str::from_utf8(text).ok()).ok_or(Fault::Bad)?;
        self.at += length;
        let Ok(number) = text.parse::<i64>() else {
            let is_number = text.bytes().all(|octet| octet.is_ascii_digit() || b"+-.".contains(&octet));
            return if is_number { Ok(Value::Other) } else { Err(Fault::Bad) };
        };
        // A reference is two numbers and a letter.
        let mut ahead = Parser { octets: self.octets, at: self.at, left: 0 };
        if let (Ok(number), Some(_)) = (u32::try_from(number), ahead.integer())
            && ahead.word(b"R")
            && ahead.rest().first().is_none_or(|next| is_space(*next) || is_delimiter(*next))
        {
            self.at = ahead.at;
            return Ok(Value::Reference(number));
        }
        Ok(Value::Integer(number))
    }

    fn literal(&mut self) -> Result<Vec<u8>, Fault> {
        let (mut text, mut open) = (Vec::new(), 0_usize);
        let mut octets = self.rest().iter();
        let left = |octets: &std::slice::Iter<'_, u8>| octets.as_slice().len();
        loop {
            match *octets.next().ok_or(Fault::Cut)? {
                b'(' => {
                    open += 1;
                    text.extend((open > 1).then_some(b'('));
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    text.push(b')');
                }
                b'\\' => match *octets.next().ok_or(Fault::Cut)? {
                    b'n' => text.push(b'\n'),
                    b'r' => text.push(b'\r'),
                    b't' => text.push(b'\t'),
                    b'b' => text.push(8),
                    b'f' => text.push(12),
                    b'\r' if octets.as_slice().first() == Some(&b'\n') => {
                        octets.next();
                    }
                    b'\r' | b'\n' => {}
                    first @ b'0'..=b'7' => {
                        let mut code = u32::from(first - b'0');
                        for _ in 0..2 {
                            let Some(next @ b'0'..=b'7') = octets.as_slice().first() else { break };
                            code = code * 8 + u32::from(next - b'0');
                            octets.next();
                        }
                        text.push(code.to_le_bytes()[0]);
                    }
                    other => text.push(other),
                },
                octet => text.push(octet),
            }
        }
        self.at = self.octets.len() - left(&octets);
        Ok(text)
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, Fault> {
        let end = memchr::memchr(b'>', self.rest()).ok_or(Fault::Cut)?;
        let digits: Vec<u8> =
            self.rest().get(1..end).unwrap_or_default().iter().copied().filter_map(digit).collect();
        self.at += end + 1;
        Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Value>, Fault> {
        self.at += 1;
        let mut values = Vec::new();
        while !self.word(b"]") {
            values.push(self.value_at(depth + 1)?);
        }
        Ok(values)
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dictionary, Fault> {
        self.at += 2;
        let mut pairs = Vec::new();
        while !self.word(b">>") {
            match self.rest().first() {
                None => return Err(Fault::Cut),
                Some(b'/') => {}
                Some(b'>') if self.rest().len() == 1 => return Err(Fault::Cut),
                Some(_) => return Err(Fault::Bad),
            }
            let key = self.name()?;
            pairs.push((key, self.value_at(depth + 1)?));
        }
        Ok(Dictionary(pairs))
    }
}

pub(super) fn is_space(octet: u8) -> bool {
    matches!(octet, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

pub(super) fn is_delimiter(octet: u8) -> bool {
    b"()<>[]{}/%".contains(&octet)
}

fn digit(octet: u8) -> Option<u8> {
    char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let mut parser = Parser::over(
            b"<< /A#42 (a\\(b\\051(c)\\\r\nd\\n) /C [1 -2.5 3 0 R<4a4>true] % x\n/D<</E/F>> >> ",
        );
        let Ok(Value::Dictionary(found)) = parser.value() else { panic!() };
        assert_eq!(found.get(b"AB"), Some(&Value::Text(b"a(b)(c)d\n".to_vec())));
        let Some(Value::Array(values)) = found.get(b"C") else { panic!() };
        assert_eq!(values[2], Value::Reference(3));
        assert_eq!(values[3], Value::Text(vec![0x4A, 0x40]));
        assert!(found.get(b"D").and_then(Value::dictionary).is_some_and(|inner| inner.is(b"E", b"F")));
        assert_eq!(Parser::over(b" 12 0 obj<<").object_header(), Some(12));
    }

    #[test]
    fn what_is_cut_is_told_from_what_is_bad() {
        let whole = b"<</A(b)/C[1 2 R]/D<00>/E true>> ";
        for end in 0..whole.len() - 2 {
            assert_eq!(Parser::over(&whole[..end]).value(), Err(Fault::Cut), "{end}");
        }
        for bad in [&b"<</A>>"[..], b">", b"<<(a)1>>", b"[endobj ]", b"R "] {
            assert_eq!(Parser::over(bad).value(), Err(Fault::Bad));
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        assert_eq!(Parser::over(&b"[".repeat(100_000)).value(), Err(Fault::Bad));
        assert_eq!(Parser::over(&b"<</A".repeat(100_000)).value(), Err(Fault::Bad));
        assert_eq!(
            Parser::over(&[&b"["[..], &b"1 ".repeat(100_000), b"]"].concat()).value(),
            Err(Fault::Bad)
        );
        assert_eq!(Parser::over(&b"(".repeat(100_000)).value(), Err(Fault::Cut));
    }
}
