//! Legacy encodings, by what letters their octets make.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_15,
    KOI8_U, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
    WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use whatlang::Lang;

/// As much as an encoding is guessed from.
const GUESSED_FROM: usize = 16 << 10;

/// Octets whose letters are looked at.
const LOOKED_AT: usize = 8 << 10;

/// Characters whose language is looked at.
const LANGUAGE_OF: usize = 600;

/// Letters beyond ASCII below which a guess stays a guess.
const FEWEST_LETTERS: usize = 10;

/// How well octets read as text in an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Text {
    /// They are words of a language that is written in it.
    Certain,
    /// They could be words.
    Perhaps,
    /// Text for the most part, but not in this encoding.
    Unknown,
}

/// The encoding that the octets are most probably in.
pub(super) fn guess(octets: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample(octets, GUESSED_FROM), true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == WINDOWS_1252 && is_latin_9(octets) {
        return ISO_8859_15;
    }
    if !is_doubtful(octets, guessed) {
        return guessed;
    }
    // What the detector does not know, or confuses with another.
    let others = [ISO_8859_6, WINDOWS_1256, MACINTOSH];
    let is_certain = |other: &&'static Encoding| is_text(octets, other) == Some(Text::Certain);
    others.into_iter().find(is_certain).unwrap_or(guessed)
}

/// Whether octets that could be Windows-1252 are ISO-8859-15: they have nothing that only Windows has, and
/// where that has a currency sign or a fraction within a word, this one has `€`, `Œ` or `œ`.
pub(super) fn is_latin_9(octets: &[u8]) -> bool {
    // Without an early end within a chunk, many octets are compared at once.
    let is_of_windows =
        |chunk: &[u8]| chunk.iter().fold(false, |found, octet| found | matches!(octet, 0x80..=0x9F));
    if octets.chunks(512).any(is_of_windows) {
        return false;
    }
    let is_letter = |octet: Option<&u8>| octet.is_some_and(|o| o.is_ascii_alphabetic() || *o >= 0xC0);
    memchr::memchr3_iter(0xA4, 0xBC, 0xBD, octets).any(|at| {
        let (before, after) = (at.checked_sub(1).and_then(|at| octets.get(at)), octets.get(at + 1));
        octets[at] == 0xA4 || is_letter(after) && (is_letter(before) || octets[at] == 0xBC)
    })
}

/// Whether octets do not read as words in an encoding: letters and signs stand in them as in no language.
pub(super) fn is_doubtful(octets: &[u8], encoding: &'static Encoding) -> bool {
    let sample = sample(octets, LOOKED_AT);
    let text = encoding.decode_without_bom_handling(sample).0;
    let found = Found::of(text.strip_suffix('\u{FFFD}').unwrap_or(&text));
    found.faults * 50 > found.letters
}

/// Whether anything stands in a text as it does in no language.
pub(crate) fn has_faults(text: &str) -> bool {
    Found::of(text).faults > 0
}

/// Octets around the first that says anything: markup and ASCII come first.
fn sample(octets: &[u8], most: usize) -> &[u8] {
    let start = octets.iter().position(|octet| !octet.is_ascii()).unwrap_or(0).saturating_sub(64);
    &octets[start..octets.len().min(start + most)]
}

/// Whether octets without binary controls are text in an encoding that is not UTF-8; `None` if they
/// are rather no text at all. Any octets are letters in some encoding; but text has words, and words
/// are of one script and begin, not end, with a capital.
pub(in super::super) fn is_text(octets: &[u8], encoding: &'static Encoding) -> Option<Text> {
    let sample = sample(octets, LOOKED_AT);
    let text = encoding.decode_without_bom_handling(sample).0;
    // Its last character may be cut.
    let text = text.strip_suffix('\u{FFFD}').unwrap_or(&text);
    let found = Found::of(text);
    if !found.has_words(encoding) {
        return mostly_ascii(octets).then_some(Text::Unknown);
    }
    if found.letters < FEWEST_LETTERS {
        return Some(Text::Perhaps);
    }
    let sample = &text[..text.char_indices().nth(LANGUAGE_OF).map_or(text.len(), |(at, _)| at)];
    let certain = whatlang::detect(sample).is_some_and(|info| {
        let lang = info.lang();
        info.is_reliable() && languages(encoding).contains(&lang) && !is_of_macintosh(text, lang)
    });
    Some(if certain { Text::Certain } else { Text::Perhaps })
}

/// Whether letters that only Serbian and Macedonian have stand in another language: small letters are
/// the same in Windows-1251 and on an old Macintosh, and these are its capitals.
fn is_of_macintosh(text: &str, language: Lang) -> bool {
    ![Lang::Srp, Lang::Mkd].contains(&language) && text.contains(|letter| "ЂЃѓЉЊЌЋЏђљњќћџ".contains(letter))
}

/// Whether octets are text in ASCII, but for a few.
fn mostly_ascii(octets: &[u8]) -> bool {
    let octets = &octets[..octets.len().min(LOOKED_AT)];
    let plain = octets.iter().filter(|octet| octet.is_ascii()).count();
    let words = octets.iter().filter(|octet| octet.is_ascii_alphanumeric()).count();
    let spaces = octets.iter().filter(|octet| octet.is_ascii_whitespace()).count();
    octets.len() >= 24
        && plain * 10 >= octets.len() * 9
        && words * 2 >= octets.len()
        && spaces * 40 >= octets.len()
}

/// What a decoded text is made of.
#[derive(Default)]
struct Found {
    characters: usize,
    /// Letters beyond ASCII.
    letters: usize,
    /// Letters and digits, all of them.
    words: usize,
    spaces: usize,
    /// What no text has: controls, symbols, scripts or capitals mixed within a word.
    faults: usize,
}

impl Found {
    fn of(text: &str) -> Self {
        let mut found = Self::default();
        let (mut earlier, mut before) = (' ', ' ');
        for character in text.chars() {
            found.characters += 1;
            if character.is_whitespace() {
                found.spaces += 1;
            } else if character.is_alphanumeric() {
                found.words += 1;
                found.letters += usize::from(!character.is_ascii() && character.is_alphabetic());
                // Quotes stand around words, and not in them.
                let quoted = is_quote(before) && earlier.is_alphabetic() && character.is_alphabetic();
                found.faults += usize::from(quoted || is_broken(before, character));
            } else if !character.is_ascii() {
                found.faults += usize::from(!is_punctuation(character));
            }
            (earlier, before) = (before, character);
        }
        found
    }

    /// Whether these are words, as far as one can tell.
    fn has_words(&self, encoding: &'static Encoding) -> bool {
        let marks = self.characters - self.spaces;
        let spaced =
            !encoding.is_single_byte() || self.characters < 16 || self.spaces * 40 >= self.characters;
        // Where nothing but quotes and dashes is beyond ASCII, there must be more of it.
        let some = self.letters > 0 || self.characters >= 24;
        some && self.faults * 50 <= self.letters && self.words * 2 >= marks && spaced
    }
}

/// Whether two letters that stand side by side are of one word in no language.
fn is_broken(before: char, character: char) -> bool {
    if !before.is_alphabetic() || !character.is_alphabetic() {
        return false;
    }
    let beyond = !before.is_ascii() || !character.is_ascii();
    beyond && (is_latin(before) != is_latin(character) || before.is_lowercase() && character.is_uppercase())
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii()
        || ('\u{AA}'..='\u{24F}').contains(&letter)
        || ('\u{1E00}'..='\u{1EFF}').contains(&letter)
}

fn is_quote(character: char) -> bool {
    "‚„“”«»".contains(character)
}

/// Punctuation and signs that running text has beyond ASCII.
fn is_punctuation(character: char) -> bool {
    "“”„‘’‚«»‹›–—…•·¿¡€£°©®™§№،؛؟ـ۔٪\u{200C}\u{200D}\u{200E}\u{200F}\u{AD}ªº²³½¼¾×´、。「」・！？，：；（）"
        .contains(character)
        || ('\u{64B}'..='\u{65F}').contains(&character)
}

/// Languages that are written in an encoding.
fn languages(encoding: &'static Encoding) -> &'static [Lang] {
    use Lang::{
        Ara, Aze, Bel, Bul, Cat, Ces, Dan, Deu, Ell, Eng, Est, Fin, Fra, Heb, Hrv, Hun, Ita, Lav, Lit, Mkd,
        Nld, Nob, Pes, Pol, Por, Ron, Rus, Slk, Slv, Spa, Srp, Swe, Tur, Ukr, Urd, Vie,
    };
    let known: [(&[&Encoding], &[Lang]); 9] = [
        (
            &[WINDOWS_1252, ISO_8859_15, MACINTOSH],
            &[Eng, Deu, Fra, Spa, Por, Ita, Nld, Dan, Nob, Swe, Fin, Cat],
        ),
        (&[WINDOWS_1256, ISO_8859_6], &[Ara, Pes, Urd]),
        (&[WINDOWS_1250, ISO_8859_2], &[Pol, Ces, Slk, Hun, Ron, Hrv, Slv]),
        (&[WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5], &[Rus, Ukr, Bul, Srp, Mkd, Bel]),
        (&[WINDOWS_1253, ISO_8859_7], &[Ell]),
        (&[WINDOWS_1254], &[Tur, Aze]),
        (&[WINDOWS_1255, ISO_8859_8], &[Heb]),
        (&[WINDOWS_1257, ISO_8859_4], &[Est, Lav, Lit]),
        (&[WINDOWS_1258], &[Vie]),
    ];
    known.iter().find(|(encodings, _)| encodings.contains(&encoding)).map_or(&[], |(_, languages)| languages)
}
