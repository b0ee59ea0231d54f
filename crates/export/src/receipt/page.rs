//! What stands on a receipt, whatever its form: rows, in one language or two.

use super::words::{self, Words};
use provenance::Sha256Hex;
use provenance::receipt::Receipt;

/// In which language a receipt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Persian, from right to left.
    Persian,
    /// English and Persian beside each other.
    Both,
}

impl Language {
    /// The words of each of its languages.
    pub(super) fn words(self) -> &'static [&'static Words] {
        match self {
            Self::English => &[&words::ENGLISH],
            Self::Persian => &[&words::PERSIAN],
            Self::Both => &[&words::ENGLISH, &words::PERSIAN],
        }
    }
}

/// A fact and its name.
pub(super) struct Row {
    /// Its name in a language.
    pub(super) label: fn(&Words) -> &'static str,
    /// The fact, as it stands for every language.
    pub(super) value: String,
    pub(super) kind: Kind,
}

/// How a fact is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In the letters that it has, in their direction.
    Words,
    /// From left to right; digits as Persian reads them beside it.
    Numbers,
    /// From left to right, and copied letter by letter.
    Exact,
}

/// Characters of a name that a page shows; the block has all of them.
const MOST_SHOWN: usize = 80;

/// Shortens a text that is too long for a line or two, and shows that it did.
fn shown(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The facts of a receipt, in their order.
pub(super) fn rows(receipt: &Receipt) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut put = |label: fn(&Words) -> &'static str, value: Option<String>, kind| {
        rows.extend(value.map(|value| Row { label, value, kind }));
    };
    let words = |text: &Option<String>| text.as_deref().map(shown);
    let exact_root = receipt.root.text();
    put(|w| w.bundle, Some(shown(&receipt.root.bundle)), Kind::Words);
    put(|w| w.organisation, words(&receipt.organisation), Kind::Words);
    put(|w| w.bagged, words(&receipt.bagged), Kind::Numbers);
    put(|w| w.files, Some(grouped(receipt.payload.streams)), Kind::Numbers);
    put(|w| w.octets, Some(grouped(receipt.payload.octets)), Kind::Numbers);
    put(|w| w.algorithms, Some(receipt.algorithms.join(", ")), Kind::Exact);
    put(|w| w.signatures, Some(grouped(receipt.signatures)), Kind::Numbers);
    put(|w| w.timestamps, Some(grouped(receipt.timestamps)), Kind::Numbers);
    put(|w| w.given_by, words(&receipt.given_by), Kind::Words);
    put(|w| w.received_by, words(&receipt.received_by), Kind::Words);
    put(|w| w.place, words(&receipt.place), Kind::Words);
    put(|w| w.made, Some(receipt.made.to_string().replace('T', " ").replace('Z', " UTC")), Kind::Numbers);
    put(|w| w.software, Some(shown(&receipt.software)), Kind::Exact);
    put(|w| w.root, Some(root_digits(receipt)), Kind::Exact);
    put(|w| w.digest, Some(Sha256Hex::of(exact_root.as_bytes()).as_str().to_owned()), Kind::Exact);
    rows
}

/// The root in hexadecimal.
fn root_digits(receipt: &Receipt) -> String {
    fixity::hex_of(&receipt.root.hash, &mut [0; 64]).to_owned()
}

/// A number with a thin mark between thousands, as both languages read it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The same digits as Persian writes them.
pub(super) fn persian_digits(text: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0x6F0 + digit));
    text.chars().map(|c| if c == ',' { '٬' } else { digit(c).unwrap_or(c) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_both_languages() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(persian_digits("1,234 UTC"), "۱٬۲۳۴ UTC");
        assert_eq!(shown(&"آ".repeat(81)).chars().count(), 81);
        assert_eq!(shown(&"آ".repeat(80)).chars().count(), 80);
    }
}
