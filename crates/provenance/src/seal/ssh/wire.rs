//! The encoding of OpenSSH's structures (RFC 4251 §5): numbers, and strings with their lengths before them.

/// Reads structures from the front; `None` wherever there is less than there should be.
#[derive(Debug, Clone, Copy)]
pub struct Wire<'a>(&'a [u8]);

impl<'a> Wire<'a> {
    /// Some octets, to be read from their beginning.
    pub fn new(octets: &'a [u8]) -> Self {
        Self(octets)
    }

    /// So many octets.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// One octet.
    pub fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// `uint32`.
    pub fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// `uint64`.
    pub fn long(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.take(8)?.try_into().ok()?))
    }

    /// `string`: any octets.
    pub fn string(&mut self) -> Option<&'a [u8]> {
        let count = usize::try_from(self.number()?).ok()?;
        self.take(count)
    }

    /// A `string` that is UTF-8.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.string()?).ok()
    }

    /// A positive `mpint` in its one form, without the zero that only keeps it positive.
    pub fn positive(&mut self) -> Option<&'a [u8]> {
        match self.string()? {
            [0, rest @ ..] if rest.first().is_some_and(|first| *first >= 0x80) => Some(rest),
            rest @ [0x01..0x80, ..] => Some(rest),
            _ => None,
        }
    }

    /// What was not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// Nothing may be left.
    pub fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// Appends a `string`. One longer than `uint32` can say does not occur: all that comes here is bounded.
pub fn put_string(out: &mut Vec<u8>, octets: &[u8]) {
    out.extend_from_slice(&u32::try_from(octets.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(octets);
}

/// Appends a positive `mpint`.
pub fn put_positive(out: &mut Vec<u8>, number: &[u8]) {
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    let mut written = Vec::with_capacity(number.len() + 1);
    if number.get(zeros).is_some_and(|first| *first >= 0x80) {
        written.push(0);
    }
    written.extend(number.iter().skip(zeros));
    put_string(out, &written);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form() {
        for (octets, number) in [
            (&[0, 0, 0, 1, 0x7f][..], Some(&[0x7f][..])),
            (&[0, 0, 0, 2, 0, 0x80], Some(&[0x80])),
            (&[0, 0, 0, 2, 0, 0x7f], None),
            (&[0, 0, 0, 1, 0x80], None),
            (&[0, 0, 0, 1, 0], None),
            (&[0, 0, 0, 0], None),
            (&[0, 0, 0, 2, 1], None),
        ] {
            assert_eq!(Wire::new(octets).positive(), number, "{octets:?}");
        }
        for number in [&[1][..], &[0x80, 0], &[0x7f; 32]] {
            let mut out = Vec::new();
            put_positive(&mut out, &[&[0, 0], number].concat());
            assert_eq!(Wire::new(&out).positive(), Some(number));
        }
    }

    #[test]
    fn what_is_too_short_is_nothing() {
        assert_eq!(Wire::new(&[0, 0, 0, 5, 1, 2, 3, 4]).string(), None);
        assert_eq!(Wire::new(&[0xff; 4]).string(), None);
        assert_eq!(Wire::new(&[0, 0, 1]).number(), None);
        assert_eq!(Wire::new(&[0; 7]).long(), None);
        assert_eq!(Wire::new(&[]).byte(), None);
    }
}
