//! What the content of a page shows (ISO 32000-2, 7.8.2 and 9.4.3).

use super::object::{is_delimiter, is_space};

/// Whether a page shows text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Strings are shown.
    Text,
    /// None are.
    Nothing,
    /// It cannot be told.
    Unknown,
}

impl Shown {
    /// What two pieces show together.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Text, _) | (_, Self::Text) => Self::Text,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Nothing, Self::Nothing) => Self::Nothing,
        }
    }
}

/// Whether an operator of this content shows a string that is more than space. Text that is drawn
/// in no colour counts: so scans have that which was recognised in them.
pub(super) fn shown(content: &[u8]) -> Shown {
    let mut rest = content;
    // Whether there is something to show since the last operator.
    let mut has_string = false;
    while let Some(&octet) = rest.first() {
        match octet {
            b'(' => {
                let (is_filled, length) = literal(rest);
                has_string |= is_filled;
                rest = &rest[length..];
            }
            b'<' if rest.get(1) != Some(&b'<') => {
                let length = memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1);
                has_string |= rest[..length].iter().any(u8::is_ascii_hexdigit);
                rest = &rest[length..];
            }
            b'%' => rest = &rest[memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len())..],
            b'\'' | b'"' if has_string => return Shown::Text,
            b'/' => rest = &rest[1 + word(&rest[1..])..],
            _ if is_space(octet) || is_delimiter(octet) => rest = &rest[1..],
            _ => {
                let length = word(rest).max(1);
                let operator = &rest[..length];
                rest = &rest[length..];
                match operator {
                    b"Tj" | b"TJ" if has_string => return Shown::Text,
                    b"ID" => rest = after_picture(rest),
                    _ => {}
                }
                has_string &= !operator[0].is_ascii_alphabetic();
            }
        }
    }
    Shown::Nothing
}

fn word(octets: &[u8]) -> usize {
    octets.iter().position(|octet| is_space(*octet) || is_delimiter(*octet)).unwrap_or(octets.len())
}

/// Whether a string holds more than space, and how long it is with its brackets.
fn literal(octets: &[u8]) -> (bool, usize) {
    let (mut open, mut is_filled, mut at) = (0_usize, false, 0);
    while let Some(&octet) = octets.get(at) {
        at += 1;
        match octet {
            b'(' => open += 1,
            b')' if open == 1 => return (is_filled, at),
            b')' => open -= 1,
            b'\\' => (is_filled, at) = (true, at + 1),
            _ => is_filled |= !is_space(octet),
        }
    }
    (is_filled, octets.len())
}

/// What follows the octets of a picture that stands in the content.
fn after_picture(octets: &[u8]) -> &[u8] {
    let ends = memchr::memmem::find_iter(octets, b"EI").find(|at| {
        let before = at.checked_sub(1).and_then(|before| octets.get(before));
        before.is_some_and(|octet| is_space(*octet))
            && octets.get(at + 2).is_none_or(|octet| is_space(*octet))
    });
    ends.and_then(|at| octets.get(at + 2..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_that_are_shown_are_text() {
        for text in [
            "BT /F1 12 Tf 1 0 0 1 72 720 Tm (River) Tj ET",
            "BT [(R) -20 (iver)] TJ ET",
            "BT <0052> Tj ET",
            "(a\\)b) '",
            "1 2 (x) \"",
            "BT 3 Tr (hidden) Tj ET",
            "BI /W 1 ID (((( EI BT (x) Tj ET",
        ] {
            assert_eq!(shown(text.as_bytes()), Shown::Text, "{text}");
        }
        for nothing in [
            "q 612 0 0 792 0 0 cm /Im0 Do Q",
            "BT /F1 12 Tf ( ) Tj ET",
            "BT [() 3] TJ ET",
            "(x) pop Tj",
            "% (x) Tj\n",
            "/Tj (",
            "BI ID (x) Tj",
            "",
            "<</A(x)>> BDC",
        ] {
            assert_eq!(shown(nothing.as_bytes()), Shown::Nothing, "{nothing}");
        }
    }
}
