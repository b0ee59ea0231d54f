//! Whether the letters of a text are those of the language that it is declared to be in.

use super::language::{is_in_latin_letters, is_of_latin_letters, primary};
use std::cell::OnceCell;

/// Letters below which a text of Arabic letters says nothing of its language.
const FEWEST: usize = 60;
/// Letters after which every text in Persian had one of its own, and one in Arabic a `ة`.
const MANY: usize = 300;
/// Characters that are looked at.
const SAMPLE: usize = 4_000;

/// Languages that are written in Arabic letters, unless their tag says otherwise.
const ARABIC: [&str; 9] = ["ar", "fa", "prs", "pes", "ur", "ps", "ckb", "sd", "ug"];
/// Those of them that are Persian.
const PERSIAN: [&str; 3] = ["fa", "prs", "pes"];

/// Letters of a text, by the alphabets that they tell of.
#[derive(Default)]
struct Letters {
    latin: usize,
    arabic: usize,
    /// Of Persian and its neighbours, and not of Arabic: with the forms of kaf and ya that Persian keyboards write.
    persian: usize,
    /// The four that Persian has more than Arabic, whatever the keyboard.
    four: usize,
    /// Of Urdu, and not of Persian.
    urdu: usize,
    /// The ta of Arabic, which Persian writes otherwise.
    ta: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for letter in text.chars().take(SAMPLE).filter(|c| c.is_alphabetic()) {
            letters.latin += usize::from(u32::from(letter) < 0x250);
            letters.arabic += usize::from(matches!(letter, '\u{620}'..='\u{6FF}'));
            let is_of_four = "پچژگ".contains(letter);
            letters.four += usize::from(is_of_four);
            letters.persian += usize::from(is_of_four || matches!(letter, 'ک' | 'ی'));
            letters.urdu += usize::from("ٹڈڑںےہ".contains(letter));
            letters.ta += usize::from(letter == 'ة');
        }
        letters
    }
}

/// A text, and whether it is in Latin letters once that was asked: a page declares its language several times.
pub(super) struct Written<'t> {
    text: &'t str,
    is_of_latin_letters: OnceCell<bool>,
}

impl<'t> Written<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, is_of_latin_letters: OnceCell::new() }
    }

    /// Whether the text is clearly not in the language of the tag `declared`: its letters are those of others.
    pub(super) fn contradicts(&self, declared: &str) -> bool {
        if is_in_latin_letters(declared) {
            return !self.is_of_latin_letters.get_or_init(|| is_of_latin_letters(self.text));
        }
        is_of_others(declared, self.text)
    }
}

/// The same of a language that is not always written in Latin letters.
fn is_of_others(declared: &str, text: &str) -> bool {
    let language = primary(declared);
    let has_script = declared.split('-').any(|subtag| subtag.len() == 4);
    if has_script || !ARABIC.contains(&language) {
        return false;
    }
    let letters = Letters::of(text);
    if letters.latin >= 2 * FEWEST && letters.arabic * 5 < letters.latin {
        return true;
    }
    if letters.arabic < FEWEST {
        return false;
    }
    let share = |some: usize, hundredths: usize| some * 100 >= letters.arabic * hundredths;
    match language {
        // Keyboards of Iran write Arabic with their kaf and ya, but not with these four.
        "ar" => share(letters.persian, 5) && share(letters.four, 1) || share(letters.urdu, 4),
        language if PERSIAN.contains(&language) => {
            let is_arabic = letters.arabic >= MANY && letters.four == 0 && share(letters.ta, 1);
            is_arabic || share(letters.urdu, 4)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSIAN_TEXT: &str = "شورای شهر روز چهارشنبه درباره پیشنهادهای کمیسیون بحث کرد و چند اصلاحیه را تصویب کرد که به گفته شهردار از سال آینده اجرا خواهد شد و ساکنان محله نیز در جلسه حضور داشتند. ";
    const ARABIC_TEXT: &str = "المجلس البلدي ناقش يوم الأربعاء مقترحات اللجنة واعتمد عدة تعديلات قال رئيس البلدية إنها ستدخل حيز التنفيذ في العام المقبل وقد حضر الجلسة عدد من سكان الحي الذين عبروا عن رأيهم. ";
    const URDU_TEXT: &str = "شہر کی کونسل نے بدھ کے روز کمیشن کی تجاویز پر بحث کی اور کئی ترامیم منظور کیں جو میئر کے مطابق اگلے سال سے نافذ ہوں گی اور محلے کے رہائشی بھی اجلاس میں موجود تھے۔ ";
    const ENGLISH_TEXT: &str = "The council of the harbour heard the families on Wednesday evening, and it promised them to open the books of that night, which they had asked for since the spring. ";

    fn contradicts(declared: &str, text: &str) -> bool {
        Written::of(text).contradicts(declared)
    }

    #[test]
    fn letters_speak_against_a_declaration() {
        let twice = |text: &str| text.repeat(3);
        for (declared, text) in [
            ("en-US", PERSIAN_TEXT),
            ("ar", PERSIAN_TEXT),
            ("ar-AE", PERSIAN_TEXT),
            ("ar", URDU_TEXT),
            ("fa", URDU_TEXT),
            ("fa-IR", ARABIC_TEXT),
            ("prs", ARABIC_TEXT),
            ("fa", ENGLISH_TEXT),
            ("ar", ENGLISH_TEXT),
            ("de", ARABIC_TEXT),
        ] {
            assert!(contradicts(declared, &twice(text)), "{declared}: {text}");
        }
        let iranian_keyboard = ARABIC_TEXT.replace('ي', "ی").replace('ك', "ک");
        let old_keyboard = PERSIAN_TEXT.replace('ی', "ي").replace('ک', "ك");
        for (declared, text) in [
            ("fa", PERSIAN_TEXT),
            ("fa-AF", PERSIAN_TEXT),
            ("prs", PERSIAN_TEXT),
            ("fa", &old_keyboard),
            ("ar", ARABIC_TEXT),
            ("ar", &iranian_keyboard),
            ("ur", URDU_TEXT),
            ("en", ENGLISH_TEXT),
            ("fa-Latn", ENGLISH_TEXT),
            ("ru", ENGLISH_TEXT),
        ] {
            assert!(!contradicts(declared, &twice(text)), "{declared}: {text}");
        }
        assert!(!contradicts("ar", "گزارش") && !contradicts("fa", "") && !contradicts("fa", "Port Ellery"));
    }
}
