//! Languages: declared tags in the form of BCP 47, and detection with a floor of confidence.

mod small;

use super::prose;
use small::by_small_words;
use whatlang::{Lang, Script};

/// Letters below which nothing is detected: short text is guessed wrong too often.
const LETTERS: usize = 120;
/// Confidence below which nothing is detected.
const CONFIDENCE: f64 = 0.9;
/// Characters that are looked at.
const SAMPLE: usize = 600;
/// The same where only their script is asked.
const LATIN: usize = 2_000;

/// A declared tag in the case of BCP 47, with `_` as `-`; nothing where it is not of its form.
pub(super) fn tag(declared: &str) -> Option<String> {
    let mut subtags = declared.trim().split(['-', '_']);
    let first = subtags.next()?;
    if !(2..=3).contains(&first.len()) || !first.bytes().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    if ["und", "zxx", "mul", "mis", "xx"].iter().any(|none| first.eq_ignore_ascii_case(none)) {
        return None;
    }
    let mut tag = String::with_capacity(declared.len());
    tag.extend(first.bytes().map(|octet| char::from(octet.to_ascii_lowercase())));
    for subtag in subtags.take(4) {
        if !(2..=8).contains(&subtag.len()) || !subtag.bytes().all(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        let (initial, rest) = subtag.split_at(1);
        match subtag.len() {
            2 => tag.extend(subtag.bytes().map(|octet| char::from(octet.to_ascii_uppercase()))),
            4 => tag.extend([initial.to_ascii_uppercase(), rest.to_ascii_lowercase()]),
            _ => tag.extend(subtag.bytes().map(|octet| char::from(octet.to_ascii_lowercase()))),
        }
    }
    Some(tag)
}

/// How many letters of ASCII there are: many are looked at at once.
pub(super) fn ascii_letters(text: &str) -> usize {
    let is_letter = |octet: &u8| u8::from(octet.is_ascii_alphabetic());
    let letters = |octets: &[u8]| usize::from(octets.iter().map(is_letter).sum::<u8>());
    text.as_bytes().chunks(128).map(letters).sum()
}

/// How many letters there are, counted no further than `most`.
pub(super) fn letters_up_to(text: &str, most: usize) -> usize {
    // Nearly all letters of most texts are of ASCII.
    if ascii_letters(prose::beginning(text, most.saturating_mul(2))) >= most {
        return most;
    }
    text.chars().filter(|c| c.is_alphabetic()).take(most).count()
}

/// The language of a tag, without script and region.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Detects the language of running text, if it can be told with confidence.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let text = &text[..text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at)];
    if letters_up_to(text, LETTERS) < LETTERS {
        return None;
    }
    if let Some(language) = by_small_words(text) {
        let may_be_another = matches!(language, "fa" | "ar");
        return Some(language).filter(|_| !(may_be_another && is_another_of_arabic_script(text)));
    }
    let info = whatlang::detect(text)?;
    if info.confidence() < CONFIDENCE || info.script() == Script::Arabic && is_another_of_arabic_script(text)
    {
        return None;
    }
    code(info.lang())
}

/// Whether text in Arabic script has letters of languages that the detector does not know and
/// takes for Persian, Arabic or Urdu: Kurdish, Pashto, Sindhi, Uyghur.
fn is_another_of_arabic_script(text: &str) -> bool {
    let (mut other, mut all) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        other += usize::from(is_of_another(c));
    }
    // Urdu shares a few of these letters; they are a twentieth of Kurdish and Pashto at least.
    other * 25 > all
}

fn is_of_another(letter: char) -> bool {
    matches!(
        letter,
        'ە' | 'ێ'
            | 'ۆ'
            | 'ڵ'
            | 'ڕ'
            | 'ڤ'
            | 'ښ'
            | 'ځ'
            | 'څ'
            | 'ږ'
            | 'ڼ'
            | 'ۍ'
            | 'ټ'
            | 'ډ'
            | 'ړ'
            | 'ګ'
            | 'ۀ'
            | 'ڀ'
            | 'ٺ'
            | 'ٽ'
            | 'ڦ'
            | 'ڄ'
            | 'ڃ'
            | 'ڇ'
            | 'ڏ'
            | 'ڌ'
            | 'ڳ'
            | 'ڱ'
            | 'ڻ'
            | 'ۇ'
            | 'ۈ'
            | 'ۋ'
            | 'ې'
    )
}

/// Whether a language is always written in Latin letters, unless its tag says otherwise.
pub(super) fn is_in_latin_letters(tag: &str) -> bool {
    const LATIN: [&str; 14] =
        ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "no", "fi", "cs"];
    LATIN.contains(&primary(tag)) && tag.split('-').all(|subtag| subtag.len() != 4)
}

/// Whether a text may be in Latin letters: not where enough others stand there, and twice as many.
pub(super) fn is_of_latin_letters(text: &str) -> bool {
    // Beyond U+024F every character begins with such an octet.
    let octets = &text.as_bytes()[..text.len().min(LATIN * char::MAX.len_utf8())];
    let beyond = |chunk: &[u8]| usize::from(chunk.iter().map(|octet| u8::from(*octet >= 0xC9)).sum::<u8>());
    if octets.chunks(128).map(beyond).sum::<usize>() < LETTERS {
        return true;
    }
    are_latin_letters(text)
}

/// The same, by all its letters.
fn are_latin_letters(text: &str) -> bool {
    let (mut latin, mut other) = (0_usize, 0_usize);
    for c in text.chars().take(LATIN).filter(|c| c.is_alphabetic()) {
        if u32::from(c) < 0x250 { latin += 1 } else { other += 1 }
    }
    other < LETTERS || other <= latin * 2
}

/// BCP 47 of a detected language: the shortest code of ISO 639. Those that the detector cannot
/// tell from a sister language stay blank.
fn code(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Heb => "he",
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Tur => "tr",
        Lang::Ell => "el",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Amh => "am",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Cat => "ca",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSIAN: &str = "شورای شهر روز چهارشنبه درباره پیشنهادهای کمیسیون بحث کرد و چند اصلاحیه را تصویب کرد که به گفته شهردار از سال آینده اجرا خواهد شد و ساکنان محله نیز در جلسه حضور داشتند.";
    const KURDISH: &str = "ئەنجومەنی شار ڕۆژی چوارشەممە گفتوگۆی لەسەر پێشنیارەکانی لیژنەکە کرد و چەند هەموارێکی پەسەند کرد کە بە وتەی سەرۆکی شارەوانی لە ساڵی داهاتوودا جێبەجێ دەکرێن و دانیشتووانی گەڕەکەکەش لە دانیشتنەکەدا بەشدار بوون.";

    #[test]
    fn tags_are_of_one_form() {
        assert_eq!(tag("en_us").as_deref(), Some("en-US"));
        assert_eq!(tag(" FA ").as_deref(), Some("fa"));
        assert_eq!(tag("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        for nonsense in ["", "x-default", "german", "{lang}", "de-", "en US", "und"] {
            assert_eq!(tag(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn languages_are_detected_with_confidence_only() {
        assert_eq!(detect(PERSIAN), Some("fa"));
        assert_eq!(detect(KURDISH), None);
        assert_eq!(detect("Too short to say."), None);
        assert_eq!(
            detect(
                "المجلس البلدي ناقش يوم الأربعاء مقترحات اللجنة واعتمد عدة تعديلات قال رئيس البلدية إنها ستدخل حيز التنفيذ في العام المقبل وقد حضر الجلسة عدد من سكان الحي الذين عبروا عن رأيهم."
            ),
            Some("ar")
        );
    }

    proptest::proptest! {
        #[test]
        fn letters_are_counted_up_to_a_number(text in "(a|B|é|گ|1| |\u{301}){0,300}", most in 0_usize..200) {
            proptest::prop_assert_eq!(letters_up_to(&text, most), prose::letters(&text).min(most));
        }

        #[test]
        fn latin_letters_are_told_by_octets_or_one_by_one(
            text in "((Letters |über |متن |ɐ|Привет |1|、|中文){1,12} ){1,9}",
            count in 1..40_usize,
        ) {
            let text = text.repeat(count);
            proptest::prop_assert_eq!(is_of_latin_letters(&text), are_latin_letters(&text));
        }
    }

    #[test]
    fn a_latin_language_is_not_written_in_arabic_letters() {
        assert!(is_in_latin_letters("en-US") && !is_of_latin_letters(&PERSIAN.repeat(2)));
        assert!(!is_in_latin_letters("fa") && !is_in_latin_letters("de-Arab"));
        assert!(is_of_latin_letters("English text") && is_of_latin_letters("متن"));
    }
}
