//! One header of a TAR: 512 octets, and what every reader takes from them alike.

use ::tar::Header;
use chrono::{DateTime, Utc};

/// Octets of a block; everything in a TAR begins at a multiple of it.
pub(super) const BLOCK: usize = 512;

/// A block that may be a header.
pub(super) struct Block(Header);

/// Which fields a header has besides those of 1979.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flavour {
    Old,
    Ustar,
    Gnu,
}

impl Block {
    pub(super) fn new(octets: &[u8; BLOCK]) -> Self {
        let mut header = Header::new_old();
        *header.as_mut_bytes() = *octets;
        Self(header)
    }

    fn octets(&self) -> &[u8; BLOCK] {
        self.0.as_bytes()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.octets().iter().all(|&octet| octet == 0)
    }

    /// Whether the octets sum to what is stated; old programs summed them as signed numbers.
    pub(super) fn is_header(&self) -> bool {
        let field = 148..156;
        let octets = || {
            let blank = |(place, &octet)| if field.contains(&place) { b' ' } else { octet };
            self.octets().iter().enumerate().map(blank)
        };
        let unsigned: i64 = octets().map(i64::from).sum();
        let signed: i64 = octets().map(|octet| i64::from(octet.cast_signed())).sum();
        let stated = number(&self.0.as_old().cksum).and_then(|stated| i64::try_from(stated).ok());
        stated.is_some_and(|stated| stated == unsigned || stated == signed)
    }

    /// Whether a file that begins so is a TAR, be its first header damaged.
    pub(super) fn begins_tar(&self) -> bool {
        !self.is_zero() && (self.flavour() != Flavour::Old || self.is_header())
    }

    fn flavour(&self) -> Flavour {
        match &self.octets()[257..265] {
            b"ustar  \0" => Flavour::Gnu,
            [b'u', b's', b't', b'a', b'r', 0, ..] => Flavour::Ustar,
            _ => Flavour::Old,
        }
    }

    /// The octet that tells what the entry is.
    pub(super) fn kind(&self) -> u8 {
        self.0.as_old().linkflag[0]
    }

    /// Whether numbers that are not looked at here are such to all; where one is not, Python takes the
    /// header for the end of the archive.
    pub(super) fn has_other_numbers(&self) -> bool {
        [100..108, 108..116, 116..124, 136..148, 329..337, 337..345].into_iter().all(|field| {
            let field = &self.octets()[field];
            let digits = until_zero(field).trim_ascii();
            matches!(field[0], 0x80 | 0xFF) || digits.iter().all(|octet| (b'0'..=b'7').contains(octet))
        })
    }

    /// Octets of content; `None` where readers would not agree.
    pub(super) fn size(&self) -> Option<u64> {
        number(&self.0.as_old().size)
    }

    /// Whether an extended header may state this size instead: one that the field cannot hold.
    pub(super) fn leaves_size(&self, size: u64) -> bool {
        const LARGEST: u64 = 0o77_777_777_777;
        self.size() == Some(size) || (size > LARGEST && matches!(self.size(), Some(0 | LARGEST)))
    }

    pub(super) fn modified(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(i64::try_from(number(&self.0.as_old().mtime)?).ok()?, 0)
    }

    /// The name in the header itself.
    pub(super) fn name(&self) -> Vec<u8> {
        let name = until_zero(&self.0.as_old().name);
        match self.prefix() {
            [] => name.to_vec(),
            prefix if self.flavour() == Flavour::Ustar => [prefix, b"/", name].concat(),
            _ => name.to_vec(),
        }
    }

    /// Octets where ustar alone has the beginning of the name; some readers take them for that in
    /// every header.
    pub(super) fn has_doubtful_prefix(&self) -> bool {
        self.flavour() != Flavour::Ustar && !self.prefix().is_empty()
    }

    fn prefix(&self) -> &[u8] {
        until_zero(&self.octets()[345..500])
    }

    /// For a sparse file of GNU: its size when it is filled up, and whether more blocks follow the
    /// header.
    pub(super) fn sparse(&self) -> (Option<u64>, bool) {
        (number(&self.octets()[483..495]), self.octets()[482] != 0)
    }

    /// For a block behind the header of a sparse file: whether another follows.
    pub(super) fn goes_on(&self) -> bool {
        self.octets()[504] != 0
    }
}

pub(super) fn until_zero(field: &[u8]) -> &[u8] {
    let end = field.iter().position(|&octet| octet == 0);
    &field[..end.unwrap_or(field.len())]
}

/// A number as every reader reads it: octal with spaces or zeros behind it and spaces before, or
/// binary behind an octet 0x80. What only some read is none.
fn number(field: &[u8]) -> Option<u64> {
    if let [0x80, binary @ ..] = field {
        let value = binary
            .iter()
            .try_fold(0_u64, |value, &octet| value.checked_mul(256)?.checked_add(u64::from(octet)))?;
        return (value <= i64::MAX.cast_unsigned()).then_some(value);
    }
    let digits = field.trim_ascii_start();
    let end = digits.iter().position(|octet| !(b'0'..=b'7').contains(octet)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    if digits.is_empty() || rest.iter().any(|&octet| octet != b' ' && octet != 0) {
        return None;
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_those_on_which_all_agree() {
        assert_eq!(number(b"00000000644\0"), Some(0o644));
        assert_eq!(number(b"  644 \0"), Some(0o644));
        assert_eq!(number(b"77777777777 "), Some(0o77_777_777_777));
        assert_eq!(number(&[0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1]), Some(0x2_0000_0001));
        for doubtful in [&b""[..], b"\0\0\0", b"   ", b"9", b"64 4", b"-1", b"+1", b"\xFF\xFF\xFF", b"\x81\0"]
        {
            assert_eq!(number(doubtful), None, "{doubtful:?}");
        }
        assert_eq!(number(&[0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(number(&[0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), None);
    }
}
