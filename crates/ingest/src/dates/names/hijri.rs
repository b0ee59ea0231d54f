//! Months of the solar and the lunar Hijri calendar.

use super::{Calendar, Sense};

/// Solar months from Farvardin on: Persian, transliterated, Kurdish, Pashto.
const SOLAR: [&str; 12] = [
    "فروردین|farvardin|farwardin|farvardine|خاکەلێوە|وری",
    "اردیبهشت|ordibehesht|ordībehesht|ordibehecht|گوڵان|بانەمەڕ|غویی",
    "خرداد|khordad|khordād|chordad|جۆزەردان|غبرگولی",
    "تیر|پووشپەڕ|چنگاښ",
    "مرداد|امرداد|mordad|amordad|گەلاوێژ|زمری",
    "شهریور|shahrivar|shahriwar|chahrivar|خەرمانان|وږی",
    "مهر|ڕەزبەر|تله",
    "آبان|aban|گەڵاڕێزان|خەزەڵوەر|لړم",
    "آذر|azar|سەرماوەز|لیندۍ",
    "دی|بەفرانبار|مرغومی",
    "بهمن|bahman|ڕێبەندان|سلواغه",
    "اسفند|اسپند|esfand|ڕەشەممە|کب",
];

/// Solar months whose name is an everyday word: those of Afghanistan, and some transliterations.
const WEAK_SOLAR: [(u32, &str); 12] = [
    (1, "حمل|hamal"),
    (2, "ثور|sawr|saur"),
    (3, "جوزا|jawza"),
    (4, "سرطان|saratan|tir"),
    (5, "اسد|asad"),
    (6, "سنبله|sonbola|sunbula"),
    (7, "میزان|mizan|mehr|mihr"),
    (8, "عقرب|aqrab"),
    (9, "قوس|qaws"),
    (10, "جدی|jadi|dey|dei|dai"),
    (11, "دلو|dalwa|dalw"),
    (12, "حوت|hut"),
];

/// Lunar months from Muharram on: Arabic, Persian and Urdu, transliterated.
const LUNAR: [&str; 12] = [
    "محرم|المحرم|محرم الحرام|muharram|moharram|mouharram|muharrem",
    "صفر|صفر المظفر|صفر الخير|safar|safer|saphar",
    "ربيع الأول|ربیع‌الاول|ربيع أول|rabi al-awwal|rabi ul-awwal|rabi al-awal|rabia al awal|rabi I|rabi-ul-avval",
    "ربيع الآخر|ربيع الثاني|ربیع‌الثانی|ربيع آخر|rabi al-thani|rabi ath-thani|rabi al-akhir|rabi ul-akhir|rabia ath-thani|rabia al thani|rabi II|rabi-us-sani",
    "جمادى الأولى|جمادى الأول|جمادی‌الاول|جمادی‌الاولی|jumada al-awwal|jumada al-ula|jumada al-oula|jumada I|joumada al oula|joumada al-awwal|jamadi ul-awwal",
    "جمادى الآخرة|جمادى الثانية|جمادى الآخر|جمادى الثاني|جمادی‌الثانی|جمادی‌الثانیه|جمادی‌الآخر|jumada al-thani|jumada ath-thani|jumada al-thaniyah|jumada al-akhirah|jumada al-akhira|jumada II|joumada ath-thania|joumada al thania|jamadi us-sani",
    "رجب|رجب المرجب|رجب الفرد|rajab|radjab|redscheb|recep",
    "شعبان|شعبان المعظم|shaban|sha'aban|chaabane|chaaban|schaban|şaban",
    "رمضان|رمضان المبارك|رمضان الکریم|رمضان المعظم|ramadan|ramadhan|ramazan|ramzan",
    "شوال|شوال المكرم|shawwal|shawal|chawwal|chaoual|schawwal|şevval",
    "ذو القعدة|ذي القعدة|ذو القعده الحرام|ذیقعده|ذی‌القعده|ذی قعده|dhu al-qadah|dhu al-qa'dah|dhu al-qadah|dhul qadah|dhu l-qa'da|dhu al-qida|dhul-qi'dah|dhou al qi'da|dhou al-qada|zilqad|zu al-qadah|dhū l-qaʿda",
    "ذو الحجة|ذي الحجة|ذو الحجه الحرام|ذیحجه|ذی‌الحجه|ذی حجه|dhu al-hijjah|dhu al-hijja|dhul hijjah|dhul hijja|dhu l-hijja|dhou al-hijja|dhou al hijja|zilhaj|zu al-hijjah|dhū l-ḥiddscha",
];

/// Enters them; with the noun month behind, too, as Persian writes it in one word.
pub(super) fn enter(add: &mut dyn FnMut(&str, Sense)) {
    let mut months = |names: &str, sense: Sense, joined: Sense| {
        for name in names.split('|') {
            add(name, sense);
            if !name.is_ascii() {
                add(&format!("{name}ماه"), joined);
            }
        }
    };
    for (number, names) in (1..).zip(SOLAR) {
        let sense = Sense::Month(Calendar::Persian, number);
        months(names, sense, sense);
    }
    for (number, names) in WEAK_SOLAR {
        months(names, Sense::WeakMonth(Calendar::Persian, number), Sense::Month(Calendar::Persian, number));
    }
    for (number, names) in (1..).zip(LUNAR) {
        let sense = Sense::Month(Calendar::Islamic, number);
        months(names, sense, sense);
    }
}
