//! How the octets of a text are read: decided here for the format that is told and the text that is described.

mod declared;
mod letters;

use declared::declared;
use encoding_rs::{Encoding, ISO_2022_JP, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
pub(crate) use letters::has_faults;
pub(super) use letters::{Text, is_text};
use std::borrow::Cow;

/// The fewest characters that tell UTF-16 without a byte order mark.
const FEWEST_UNMARKED: usize = 8;

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// One of the Encoding Standard, which has all but UTF-32.
    Standard(&'static Encoding),
    Utf32Le,
    Utf32Be,
}

impl Charset {
    /// Its usual name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Standard(encoding) => encoding.name(),
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
        }
    }

    /// The octets, without a byte order mark, as text; what is not in the encoding becomes U+FFFD.
    pub(crate) fn decode(self, octets: &[u8]) -> Cow<'_, str> {
        let number = match self {
            Self::Standard(encoding) => return encoding.decode_without_bom_handling(octets).0,
            Self::Utf32Le => u32::from_le_bytes,
            Self::Utf32Be => u32::from_be_bytes,
        };
        let characters = octets.chunks(4).map(|unit| {
            unit.try_into().ok().and_then(|unit| char::from_u32(number(unit))).unwrap_or('\u{FFFD}')
        });
        characters.collect::<String>().into()
    }
}

/// What speaks for an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A byte order mark.
    Mark,
    /// The octets are well-formed in it, and hardly would be by chance.
    Form,
    /// Far more of it is well-formed than not.
    NearlyForm,
    /// The document says so.
    Declaration,
    /// A guess from the frequency of letters.
    Guess,
}

/// How octets are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) charset: Charset,
    pub(crate) by: By,
    /// Octets of the byte order mark.
    pub(crate) mark: usize,
    /// What the document says it is in.
    pub(crate) declared: Option<&'static Encoding>,
}

/// How these octets are to be read, if they are text. A byte order mark decides, then well-formed
/// UTF-8 with anything in it that is not ASCII, then UTF-16 that cannot be anything else, then what is
/// declared, then a guess.
pub(crate) fn reading(octets: &[u8]) -> Reading {
    reading_and_text(octets).0
}

/// The same, with the text where it is UTF-8 by its form: it was seen already.
pub(crate) fn reading_and_text(octets: &[u8]) -> (Reading, Option<&str>) {
    let declared = declared(octets);
    if let Some(reading) = wide_or_marked(octets) {
        return (Reading { declared, ..reading }, None);
    }
    let read = |charset, by| Reading { charset, by, mark: 0, declared };
    let utf_8_by = |by| read(Charset::Standard(UTF_8), by);
    if let Some(text) = utf_8(octets) {
        // Escapes of ISO-2022-JP are ASCII.
        let escapes = declared == Some(ISO_2022_JP) && text.is_ascii() && text.contains('\u{1B}');
        if !escapes {
            return (utf_8_by(By::Form), Some(text));
        }
    }
    // A declaration of UTF-8 is a default that nobody chose; octets that are not UTF-8 are seldom
    // a broken page, and often one that was never in it. A few stray octets leave it UTF-8.
    let reading = match declared {
        // `ISO-8859-1` was declared, before everybody knew that the euro sign is not in it.
        Some(encoding) if encoding == WINDOWS_1252 && letters::is_latin_9(octets) => {
            read(Charset::Standard(ISO_8859_15), By::Guess)
        }
        Some(encoding) if encoding != UTF_8 => read(Charset::Standard(encoding), By::Declaration),
        _ if is_nearly_utf_8(octets) => utf_8_by(By::NearlyForm),
        _ => read(Charset::Standard(letters::guess(octets)), By::Guess),
    };
    (reading, None)
}

impl Reading {
    /// Whether octets that were read so do not look like words: their encoding was guessed, and cannot be told.
    pub(crate) fn is_doubtful(&self, octets: &[u8]) -> bool {
        match self.charset {
            Charset::Standard(encoding) => self.by == By::Guess && letters::is_doubtful(octets, encoding),
            _ => false,
        }
    }
}

/// The same where a byte order mark decides, or UTF-16 cannot be anything else: quick, whatever the octets are.
pub(crate) fn wide_or_marked(octets: &[u8]) -> Option<Reading> {
    let read = |charset, by, mark| Reading { charset, by, mark, declared: None };
    marked(octets)
        .map(|(charset, mark)| read(charset, By::Mark, mark))
        .or_else(|| unmarked_utf_16(octets).map(|charset| read(charset, By::Form, 0)))
}

/// The octets, if they are UTF-8; a character that is cut at the end is left off.
pub(crate) fn utf_8(octets: &[u8]) -> Option<&str> {
    // Nearly all is well-formed, and the standard library sees it five times as slowly.
    if let Some(Cow::Borrowed(text)) = UTF_8.decode_without_bom_handling_and_without_replacement(octets) {
        return Some(text);
    }
    match std::str::from_utf8(octets) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&octets[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// The encoding that a byte order mark says, and octets of the mark.
fn marked(octets: &[u8]) -> Option<(Charset, usize)> {
    match octets {
        // The same as UTF-16 and a NUL, which no text begins with.
        [0xFF, 0xFE, 0, 0, ..] => Some((Charset::Utf32Le, 4)),
        [0, 0, 0xFE, 0xFF, ..] => Some((Charset::Utf32Be, 4)),
        _ => Encoding::for_bom(octets).map(|(encoding, mark)| (Charset::Standard(encoding), mark)),
    }
}

/// UTF-16 without a mark, where the octets can hardly be anything else: nothing but letters of
/// alphabets, ASCII and common punctuation, with spaces between them.
fn unmarked_utf_16(octets: &[u8]) -> Option<Charset> {
    // Each space and each character of ASCII brings a NUL.
    let start = octets.get(..FEWEST_UNMARKED * 2)?;
    memchr::memchr(0, &octets[..octets.len().min(512)])?;
    let little_endian = start.iter().skip(1).step_by(2).filter(|&&octet| octet < 0x22).count();
    let big_endian = start.iter().step_by(2).filter(|&&octet| octet < 0x22).count();
    let (charset, number): (_, fn([u8; 2]) -> u16) = if little_endian > big_endian {
        (UTF_16LE, u16::from_le_bytes)
    } else {
        (UTF_16BE, u16::from_be_bytes)
    };
    let (mut all, mut letters, mut spaces) = (0_usize, 0_usize, 0_usize);
    let units = octets.chunks_exact(2).map(|pair| number([pair[0], pair[1]]));
    for character in char::decode_utf16(units) {
        // The last may be cut.
        let Ok(character) = character else { break };
        all += 1;
        match character {
            ' ' | '\n' | '\r' | '\t' => spaces += 1,
            '!'..='~' => letters += usize::from(character.is_ascii_alphabetic()),
            '\u{A0}'..='\u{FF}' | '\u{2000}'..='\u{206F}' | '\u{20AC}' => {}
            '\u{100}'..='\u{6FF}' | '\u{1E00}'..='\u{1FFF}' | '\u{FB50}'..='\u{FDFF}' => letters += 1,
            _ => return None,
        }
    }
    let is_whole = all + 1 >= octets.len() / 2;
    let is_prose = spaces > 0 && spaces * 50 >= all && letters * 2 >= all;
    (is_whole && is_prose).then_some(Charset::Standard(charset))
}

/// Whether there are many more characters of UTF-8 beyond ASCII than faults.
fn is_nearly_utf_8(octets: &[u8]) -> bool {
    let (mut good, mut faults) = (0_usize, 0_usize);
    // The first octet of each character, so many of them at a time as their number fits in one.
    let leads = |octets: &[u8]| usize::from(octets.iter().map(|octet| u8::from(*octet >= 0xC0)).sum::<u8>());
    let mut rest = octets;
    loop {
        // It sees ASCII many octets at a time, `utf8_chunks` does not.
        let fault = std::str::from_utf8(rest).err();
        let valid = fault.map_or(rest.len(), |fault| fault.valid_up_to());
        good += rest[..valid].chunks(128).map(leads).sum::<usize>();
        let Some(fault) = fault else { return good >= faults.saturating_mul(4) };
        faults += 1;
        rest = &rest[fault.error_len().map_or(rest.len(), |length| valid + length)..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn faults_are_counted_as_everywhere(pieces in prop::collection::vec(prop_oneof![
            "[aé‑😀]{0,9}".prop_map(String::into_bytes),
            prop::collection::vec(0x80..=0xFF_u8, 0..3),
        ], 0..9)) {
            let octets = pieces.concat();
            let (mut good, mut faults) = (0, 0);
            for chunk in octets.utf8_chunks() {
                good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
                faults += usize::from(!chunk.invalid().is_empty());
            }
            prop_assert_eq!(is_nearly_utf_8(&octets), good >= 4 * faults);
        }
    }
}
