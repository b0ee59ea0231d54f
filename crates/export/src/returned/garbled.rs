//! What a program has made of letters that it could not keep.

use encoding_rs::{EncoderResult, Encoding};

/// Encodings of several decades, in which programs save and open what is in UTF-8.
const LEGACY: [&Encoding; 32] = [
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1251,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1255,
    encoding_rs::WINDOWS_1256,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1258,
    encoding_rs::WINDOWS_874,
    encoding_rs::MACINTOSH,
    encoding_rs::X_MAC_CYRILLIC,
    encoding_rs::IBM866,
    encoding_rs::KOI8_R,
    encoding_rs::KOI8_U,
    encoding_rs::ISO_8859_2,
    encoding_rs::ISO_8859_3,
    encoding_rs::ISO_8859_4,
    encoding_rs::ISO_8859_5,
    encoding_rs::ISO_8859_6,
    encoding_rs::ISO_8859_7,
    encoding_rs::ISO_8859_8,
    encoding_rs::ISO_8859_10,
    encoding_rs::ISO_8859_13,
    encoding_rs::ISO_8859_14,
    encoding_rs::ISO_8859_15,
    encoding_rs::ISO_8859_16,
    encoding_rs::SHIFT_JIS,
    encoding_rs::EUC_JP,
    encoding_rs::EUC_KR,
    encoding_rs::GB18030,
    encoding_rs::BIG5,
];

/// Octets at the ends of a value that may have been read as spaces.
const MOST_TRIMMED: usize = 16;

/// What is said of letters that are gone.
const LOST: &str = "its letters were lost when it was saved; save it as UTF-8 or as a workbook";

/// How programs have garbled `old`, if `new` is what became of it: letters that became question marks,
/// or octets that were read in another encoding than they were written in. `read_in` is that in which a
/// sheet was read, where that is not one of Unicode.
pub(super) fn garbled(old: &str, new: &str, read_in: Option<&'static Encoding>) -> Option<&'static str> {
    let lost = |text: &str| text.matches(char::REPLACEMENT_CHARACTER).count();
    if lost(new) > lost(old) {
        return Some(LOST);
    }
    if old.is_ascii() {
        return None;
    }
    if is_marked(old, new) {
        return Some(LOST);
    }
    if LEGACY.iter().any(|encoding| is_misread(old, new, encoding)) {
        return Some("it was opened in another encoding than its own, which is UTF-8");
    }
    let read_in = read_in?;
    let is_of = |encoding: &&'static Encoding| {
        read_in.decode_without_bom_handling(&encoded(encoding, old)).0.trim() == new
    };
    LEGACY
        .iter()
        .any(is_of)
        .then_some("it was saved in another encoding than it is read in; save it as UTF-8")
}

/// Whether at least one letter beyond ASCII became a question mark, and every letter within it stayed:
/// other letters beyond it may be those of another encoding by now.
fn is_marked(old: &str, new: &str) -> bool {
    // Some programs write a mark for each octet, or for each half of a letter of UTF-16.
    [|_| 1, char::len_utf16, char::len_utf8].into_iter().any(|marks: fn(char) -> usize| {
        let (mut rest, mut has_marks) = (new.chars(), false);
        let mut is_what_became_of = |c: char| {
            if c.is_ascii() {
                return rest.next() == Some(c);
            }
            let count = marks(c);
            let is_marked = rest.clone().take(count).filter(|&c| c == '?').count() == count;
            has_marks |= is_marked;
            (is_marked || count == 1) && rest.by_ref().take(count).count() == count
        };
        old.chars().all(&mut is_what_became_of) && has_marks && rest.next().is_none()
    })
}

/// Whether the octets of `old` in UTF-8, read in an encoding, give `new`.
fn is_misread(old: &str, new: &str, encoding: &'static Encoding) -> bool {
    let octets = old.as_bytes();
    if !encoding.is_single_byte() {
        return encoding.decode_without_bom_handling(octets).0.trim() == new;
    }
    let count = new.chars().count();
    if count > octets.len() || octets.len() - count > MOST_TRIMMED {
        return false;
    }
    let read: Vec<(char, u8)> = octets
        .iter()
        .map(|&octet| {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&octet));
            (text.chars().next().unwrap_or_default(), octet)
        })
        .collect();
    // What is a space there is taken from the ends of a cell.
    let is_kept = |(c, _): &(char, u8)| !c.is_whitespace();
    let (first, last) = (read.iter().position(is_kept), read.iter().rposition(is_kept));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let is_same = |(&(read, octet), c): (&(char, u8), char)| {
        let is_none = read.is_control() || read == char::REPLACEMENT_CHARACTER;
        // What an encoding lacks LibreOffice puts among the characters of private use.
        let private = char::from_u32(0xF100 + u32::from(octet));
        read == c || (is_none && (c == '?' || Some(c) == private))
    };
    read[first..=last].len() == count && read[first..=last].iter().zip(new.chars()).all(is_same)
}

/// A text in an encoding, with question marks for what that lacks.
fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (mut encoder, mut octets, mut rest) = (encoding.new_encoder(), Vec::new(), text);
    loop {
        octets.reserve(rest.len() * 4 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut octets, true);
        rest = &rest[read..];
        match result {
            EncoderResult::InputEmpty => return octets,
            EncoderResult::Unmappable(_) => octets.push(b'?'),
            EncoderResult::OutputFull => {}
        }
    }
}

#[cfg(test)]
mod tests;
