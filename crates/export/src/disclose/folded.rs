//! Names in the one spelling in which they are sought: people write one name in many.

use fixity::twins::caseless_key;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text without case, accents and joiners, in compatible forms, with the letters and digits of Arabic
/// as in Persian: what differs only by keyboard, system or care is the same.
///
/// A slash stays a slash. To blank too much is safe here; to overlook a name is not.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return caseless_key(text);
    }
    let compatible: String = text.nfkd().collect();
    let key = caseless_key(&compatible);
    Cow::Owned(key.chars().filter(|c| !is_passed_over(*c)).map(plain).collect())
}

/// What two spellings of one name may differ by: accents and vowel signs, joiners, the stretched line, marks
/// of direction, soft hyphens.
fn is_passed_over(c: char) -> bool {
    let is_invisible = matches!(
        c,
        '\u{AD}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    );
    is_invisible || is_combining_mark(c)
}

/// The Persian of two letters, and the ASCII of three digits.
fn plain(c: char) -> char {
    let digit = |zero: u32| char::from_digit(u32::from(c) - zero, 10).unwrap_or(c);
    match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ة' => 'ه',
        'ٱ' => 'ا',
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6F0}'..='\u{6F9}' => digit(0x6F0),
        c => c,
    }
}
