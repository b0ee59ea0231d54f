//! Letters and digits folded for matching: what was written is never changed.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The value of a decimal digit in Latin, Arabic or Persian script, and full-width.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - 0x30),
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        '\u{ff10}'..='\u{ff19}' => Some(u32::from(c) - 0xff10),
        _ => None,
    }
}

/// Whether a digit is one of ۰ to ۹.
pub(super) fn is_persian_digit(c: char) -> bool {
    ('\u{6f0}'..='\u{6f9}').contains(&c)
}

/// Marks of direction and joining, and soft hyphens: they have no width and mean nothing here.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a word goes on with this character.
pub(super) fn is_of_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        // Most letters of the documents here: accented Latin, Cyrillic, and Arabic ones.
        '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{400}'..='\u{481}' | '\u{620}'..='\u{64A}' => true,
        _ => digit(c).is_none() && (c.is_alphabetic() || is_combining_mark(c)),
    }
}

/// Punctuation in one form for each use.
pub(super) fn mark(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}' => '-',
        '\u{60c}' | '\u{ff0c}' | '\u{3001}' => ',',
        '\u{60d}' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{66b}' | '\u{ff0e}' => '.',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
        '\u{ff1a}' => ':',
        other => other,
    }
}

/// Folds a letter for a word: lower case, no accents, one form for each Arabic letter.
pub(super) fn fold(c: char, mut push: impl FnMut(char)) {
    if let Some(letter) = quick(c) {
        return push(letter);
    }
    decompose_compatible(c, |part| part.to_lowercase().filter_map(letter).for_each(&mut push));
}

/// The folded form of letters that most documents here are written in, without a look into tables.
fn quick(c: char) -> Option<char> {
    Some(match c {
        '\0'..='\x7F' => c.to_ascii_lowercase(),
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ß' => 'ß',
        // Most letters of Persian and Arabic are made of no other.
        '\u{627}'..='\u{63A}' | '\u{641}'..='\u{64A}' | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی' => {
            known(c).unwrap_or(c)
        }
        _ => return None,
    })
}

/// A decomposed letter in its folded form; `None` for what is dropped.
fn letter(c: char) -> Option<char> {
    match c {
        // Hamza on the line, tatweel, and the half rings of transliterations.
        'ء' | '\u{640}' | '\u{2be}' | '\u{2bf}' => None,
        _ if is_combining_mark(c) || is_invisible(c) => None,
        _ => Some(known(c).unwrap_or(c)),
    }
}

/// The form of a letter that others are folded to; `None` where it is its own.
fn known(c: char) -> Option<char> {
    Some(match c {
        // Alef wasla; the other alefs lost their signs in the decomposition.
        '\u{671}' => 'ا',
        'ي' | 'ى' | 'ې' | 'ێ' | 'ۍ' | 'ے' => 'ی',
        'ك' | 'ڪ' => 'ک',
        'ة' | 'ھ' | 'ہ' | 'ە' | 'ۃ' => 'ه',
        'ۆ' => 'و',
        'ڕ' => 'ر',
        'ڵ' => 'ل',
        'ګ' => 'گ',
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        _ => return None,
    })
}

/// A whole name folded; what is not a letter is dropped.
pub(super) fn name(text: &str) -> String {
    let mut folded = String::new();
    text.chars().filter(|c| is_of_word(*c)).for_each(|c| fold(c, |letter| folded.push(letter)));
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_fold_to_one() {
        for (a, b) in [
            ("يوليو", "یولیو"),
            ("أغسطس", "اغسطس"),
            ("ذو القعدة", "ذوالقعده"),
            ("مـــرداد", "مرداد"),
            ("مِرداد", "مرداد"),
            ("AOÛT", "aout"),
            ("Sha\u{2bf}bān", "shaban"),
            ("\u{feee}\u{feee}", "وو"),
            ("سه\u{200c}شنبه", "سه شنبه"),
        ] {
            assert_eq!(name(a), name(b), "{a} {b}");
        }
    }

    #[test]
    fn the_quick_ways_find_what_the_careful_ones_do() {
        for c in '\0'..=char::MAX {
            let is_of_word =
                digit(c).is_none() && (c.is_alphabetic() || c == '\u{640}' || is_combining_mark(c));
            assert_eq!(super::is_of_word(c), is_of_word, "{c:?}");
            let mut careful = String::new();
            decompose_compatible(c, |part| careful.extend(part.to_lowercase().filter_map(letter)));
            let mut quick = String::new();
            fold(c, |letter| quick.push(letter));
            assert_eq!(quick, careful, "{c:?}");
        }
    }

    #[test]
    fn digits_of_every_script() {
        assert_eq!("1٢۳４".chars().map(digit).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(digit('x'), None);
    }
}
