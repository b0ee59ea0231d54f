//! Languages that are told by their small words.

use crate::fnv::Fnv;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

/// Small words of a language.
struct Small {
    code: &'static str,
    /// One word in how many is small in any text.
    share: usize,
    /// Those without which nobody writes it for long.
    always: &'static [&'static str],
    others: &'static [&'static str],
}

/// Words that no other language has, or has so often.
const SMALL: [Small; 6] = [
    Small {
        code: "en",
        share: 5,
        always: &["the", "The", "and"],
        others: &[
            "of", "to", "that", "for", "with", "by", "from", "it", "are", "this", "his", "her", "has",
            "have", "had", "they", "were", "said", "not", "at", "be", "who", "which", "their", "its", "you",
            "your", "we", "can", "will", "or", "but", "more", "than", "when", "what", "there", "about",
            "into", "would", "been", "one", "if", "how", "out", "She", "He", "he", "she", "him", "them",
            "our", "could", "should", "other", "because", "these", "where", "through", "being", "did", "It",
            "This", "We", "You", "They", "For", "If", "as", "is", "was", "on", "an",
        ],
    },
    Small {
        code: "de",
        share: 5,
        always: &["der", "das", "und", "Der", "Das"],
        others: &[
            "die", "Die", "den", "dem", "des", "von", "mit", "ist", "sich", "auf", "für", "nicht", "ein",
            "eine", "einen", "einem", "einer", "im", "zu", "zum", "zur", "aus", "auch", "dass", "wird",
            "wurde", "sind", "nach", "über", "bei", "wie", "oder", "haben", "hat", "sie", "es", "als", "ich",
            "wir", "noch", "nur", "aber", "wenn", "vom", "dann", "wurden", "sein", "seine", "werden", "Sie",
            "Wir", "Ich", "Es", "Ein", "Eine", "Im",
        ],
    },
    Small {
        code: "fr",
        share: 5,
        always: &["les", "des", "du", "Les"],
        others: &[
            "et", "une", "est", "dans", "pour", "qui", "sur", "au", "aux", "pas", "avec", "ce", "cette",
            "sont", "ont", "ses", "leur", "mais", "été", "plus", "le", "il", "elle",
        ],
    },
    Small {
        code: "es",
        share: 4,
        always: &["los", "las", "Los", "Las"],
        others: &[
            "el", "El", "y", "del", "que", "para", "por", "con", "una", "su", "sus", "se", "como", "más",
            "pero", "al", "es", "fue", "lo", "ha", "entre", "sobre", "este", "esta", "también", "desde",
            "hasta", "muy", "ya", "hay", "sin", "son",
        ],
    },
    // Of all that is written in Arabic letters only Persian has these, and its neighbours two or three.
    Small {
        code: "fa",
        share: 5,
        always: &["که", "را", "است", "این", "كه", "اين"],
        others: &[
            "از", "در", "به", "با", "و", "آن", "برای", "یک", "شد", "شده", "بود", "تا", "هم", "بر", "خود",
            "کرد",
        ],
    },
    Small {
        code: "ar",
        share: 8,
        always: &["في", "على", "إلى", "أن"],
        others: &[
            "من", "التي", "الذي", "عن", "مع", "هذا", "هذه", "كان", "قد", "بين", "بعد", "كما", "إن", "ذلك",
            "لم", "عدد",
        ],
    },
];

/// Words of one text, for each language: those it always has, and all.
type Tally = [[usize; 2]; SMALL.len()];

/// What each word adds to the tally.
static WORDS: LazyLock<HashMap<&'static str, Tally, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut words = HashMap::default();
    for (number, small) in SMALL.iter().enumerate() {
        let always = small.always.iter().map(|word| (*word, 1));
        for (word, is_always) in always.chain(small.others.iter().map(|word| (*word, 0))) {
            words.entry(word).or_insert([[0; 2]; SMALL.len()])[number] = [is_always, 1];
        }
    }
    words
});

/// Whether a word goes on with this character.
fn is_of_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        // Most letters of Persian and Arabic.
        '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Octets of the longest of them.
const LONGEST: usize = 10;

/// The language whose small words a text is full of, as no other is: most pages are in one of a few,
/// and this tells sooner than all trigrams of all languages.
pub(super) fn by_small_words(text: &str) -> Option<&'static str> {
    let words_of_languages = &*WORDS;
    let (mut words, mut tally): (usize, Tally) = (0, [[0; 2]; SMALL.len()]);
    for word in text.split(|c: char| !is_of_word(c)) {
        // Numbers are of no language.
        if word.as_bytes().first().is_none_or(u8::is_ascii_digit) {
            continue;
        }
        words += 1;
        if word.len() <= LONGEST
            && let Some(more) = words_of_languages.get(word)
        {
            for (sum, more) in tally.as_flattened_mut().iter_mut().zip(more.as_flattened()) {
                *sum += more;
            }
        }
    }
    // A text of two languages has fewer, or those of both, and is none of them.
    let all: usize = tally.iter().map(|[_, all]| all).sum();
    let is_full = |small: &Small, [always, own]: [usize; 2]| {
        words > 0 && own * small.share >= words && always * 40 >= words && (all - own) * 4 <= own
    };
    SMALL.iter().zip(tally).find(|(small, counts)| is_full(small, *counts)).map(|(small, _)| small.code)
}

#[cfg(test)]
mod tests {
    use super::super::{code, detect};
    use super::*;

    const PERSIAN: &str = "شورای شهر روز چهارشنبه درباره پیشنهادهای کمیسیون بحث کرد و چند اصلاحیه را تصویب کرد که به گفته شهردار از سال آینده اجرا خواهد شد و ساکنان محله نیز در جلسه حضور داشتند.";

    #[test]
    fn every_word_is_looked_up() {
        for word in SMALL.iter().flat_map(|small| small.always.iter().chain(small.others)) {
            assert!(word.len() <= LONGEST && word.chars().all(char::is_alphanumeric), "{word}");
        }
    }

    #[test]
    fn words_are_of_letters_and_digits() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_of_word(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn languages_are_told_by_their_small_words() {
        let old_keyboard = PERSIAN.replace('ی', "ي").replace('ک', "ك");
        for (language, text) in [
            (
                "en",
                "The council of the harbour heard the families on Wednesday evening, and it promised them to open the books of that night, which they had asked for since the spring.",
            ),
            (
                "en",
                "Port Ellery residents gathered Thursday as prosecutors filed charges against two former officers, who were accused of beating protesters during last year’s strike; lawyers for both men declined comment, and none of the families would speak.",
            ),
            (
                "de",
                "Der Rat der Hafenstadt hat die Familien am Mittwoch gehört und ihnen zugesagt, die Bücher aus der Nacht zu öffnen, die sie seit dem Frühling sehen wollten.",
            ),
            (
                "fr",
                "Le conseil du port a entendu les familles mercredi soir, et il leur a promis d’ouvrir les registres de la nuit qui est au cœur des plaintes depuis le printemps.",
            ),
            (
                "es",
                "El consejo del puerto escuchó a las familias el miércoles por la noche y les prometió que abriría los libros de aquella noche, como pedían desde la primavera.",
            ),
            ("fa", PERSIAN),
            ("fa", &old_keyboard),
            (
                "fa",
                "شورای بندر عصر چهارشنبه به خانواده‌ها گفت که دفترهای آن شب را باز می‌کند. این وعده از بهار تکرار شده است و خانواده‌ها می‌گویند که هنوز هیچ کس با آنان دیدار نکرده است.",
            ),
            (
                "ar",
                "أعلن المجلس في المدينة أن اللجنة استمعت إلى أسر المفقودين مساء الأربعاء، ووعدتهم بأن تفتح السجلات التي طلبوها منذ الربيع، كما أكد رئيس البلدية على أن التحقيق في ما جرى تلك الليلة لم ينته بعد.",
            ),
        ] {
            assert_eq!(by_small_words(text), Some(language), "{text}");
            assert_eq!(whatlang::detect(text).and_then(|info| code(info.lang())), Some(language));
            assert_eq!(detect(text), Some(language));
        }
    }

    #[test]
    fn what_is_in_another_language_or_in_two_is_not_told() {
        for other in [
            "",
            "ئەنجومەنی شار ڕۆژی چوارشەممە گفتوگۆی لەسەر پێشنیارەکانی لیژنەکە کرد و چەند هەموارێکی پەسەند کرد کە بە وتەی سەرۆکی شارەوانی لە ساڵی داهاتوودا جێبەجێ دەکرێن.",
            "د ښار شورا د چهارشنبې په ورځ د کمېسیون د وړاندیزونو په اړه بحث وکړ او څو تعدیلونه یې تصویب کړل چې د ښاروال په وینا به له راتلونکي کال څخه پلي شي.",
            "شہر کی کونسل نے بدھ کے روز کمیشن کی تجاویز پر بحث کی اور کئی ترامیم منظور کیں جو میئر کے مطابق اگلے سال سے نافذ ہوں گی اور محلے کے رہائشی بھی اجلاس میں موجود تھے۔",
            "شورای شهر بحث کرد که این را از سال آینده در شهر اجرا کند. أعلن المجلس في المدينة أن اللجنة استمعت إلى أسر المفقودين كما أكد على أن التحقيق لم ينته بعد.",
            "The, of, and: so heißen drei kleine Wörter einer Sprache, die am Hafen nicht viele Leute sprechen.",
            "The council heard the families, and it promised them the books. Der Rat hat die Familien gehört und ihnen die Bücher zugesagt.",
            "De raad van de haven heeft woensdag the families of the harbour gehoord, en heeft hun beloofd dat de boeken zullen worden geopend.",
            "De raad van de haven heeft woensdagavond de families gehoord en beloofd dat het die boeken zal openen, waar zij sinds het voorjaar om hadden gevraagd.",
            "El consell del port va escoltar les famílies dimecres al vespre, i els va prometre que obriria els llibres d’aquella nit, que demanaven des de la primavera.",
            "O conselho do porto ouviu as famílias na quarta-feira à noite e prometeu que abriria os livros daquela noite, que elas pediam desde a primavera.",
            "O consello do porto escoitou as familias o mércores pola noite e prometeulles que abriría os libros daquela noite, que pedían desde a primavera.",
            "Lo conselh del pòrt escotèt las familhas dimècres de ser, e lor prometèt de dobrir los libres d’aquela nuèch, que demandavan dempuèi la prima.",
            "De Conseil vum Hafe huet d’Familljen e Mëttwoch den Owend gelauschtert, an et huet hinnen versprach, d’Bicher vun där Nuecht opzemaachen.",
            "Die raad van die hawe het Woensdagaand na die gesinne geluister, en hy het belowe om die boeke van daardie nag oop te maak, wat hulle sedert die lente wou sien.",
            "Il consiglio del porto ha ascoltato le famiglie mercoledì sera e ha promesso di aprire i registri di quella notte, che chiedevano dalla primavera.",
            "Havnens råd hørte familierne onsdag aften og lovede dem at åbne bøgerne for den nat, som de havde bedt om siden foråret.",
            "Hamnens råd hörde familjerna på onsdagskvällen och lovade dem att öppna böckerna från den natten, som de hade bett om sedan våren.",
            "Rada portu wysłuchała rodzin w środę wieczorem i obiecała im otworzyć księgi z tej nocy, o które prosiły od wiosny.",
            "Di goment of di town tok say dem go open di book wey di family don dey ask for since, but nobodi don see am.",
        ] {
            assert_eq!(by_small_words(other), None, "{other}");
        }
    }
}
