//! Weekdays, seasons, ordinals, eras, and the small words of dates.

use super::{Era, Sense};

/// From Monday on.
const WEEKDAYS: [&str; 7] = [
    "monday|mon|lundi|montag|lunes|lunedì|segunda-feira|pazartesi|poniedziałek|понедельник|الاثنين|الإثنين|اثنين|دوشنبه|دو شنبه|دووشەممە|maandag",
    "tuesday|tues|tue|mardi|dienstag|martes|martedì|terça-feira|wtorek|вторник|الثلاثاء|ثلاثاء|سه‌شنبه|سه شنبه|سێشەممە|dinsdag",
    "wednesday|wed|weds|mercredi|mittwoch|miércoles|mercoledì|quarta-feira|çarşamba|środa|среда|الأربعاء|أربعاء|چهارشنبه|چهار شنبه|چوارشەممە|woensdag",
    "thursday|thurs|thur|thu|jeudi|donnerstag|jueves|giovedì|quinta-feira|perşembe|czwartek|четверг|الخميس|خميس|پنجشنبه|پنج شنبه|پنج‌شنبه|پێنجشەممە|donderdag",
    "friday|fri|vendredi|freitag|viernes|venerdì|sexta-feira|piątek|пятница|الجمعة|جمعة|جمعه|آدینه|هەینی|vrijdag",
    "saturday|sat|samedi|samstag|sonnabend|sábado|sabato|cumartesi|sobota|суббота|السبت|سبت|شنبه|شەممە|zaterdag",
    "sunday|sun|dimanche|sonntag|domingo|domenica|niedziela|воскресенье|الأحد|أحد|یکشنبه|یک شنبه|یکشەممە|zondag",
];

/// Short forms that are words of other languages, too.
const WEAK_WEEKDAYS: [&str; 7] =
    ["lun|mo", "di|salı", "mer|mi|mié", "jeu|jue|do", "ven|fr|vie|cuma", "sam|sa|sáb", "dim|so|dom|pazar"];

/// From spring on.
const SEASONS: [&str; 4] = [
    "spring|printemps|frühling|frühjahr|primavera|ربيع|الربيع|بهار",
    "summer|été|sommer|verano|صيف|الصيف|تابستان",
    "autumn|fall|automne|herbst|otoño|خريف|الخريف|پاییز|پائیز|خزان",
    "winter|hiver|invierno|شتاء|الشتاء|زمستان",
];

/// Days of the month in Persian words.
const DAYS: [&str; 31] = [
    "اول|یکم|نخست",
    "دوم",
    "سوم",
    "چهارم",
    "پنجم",
    "ششم",
    "هفتم",
    "هشتم",
    "نهم",
    "دهم",
    "یازدهم",
    "دوازدهم",
    "سیزدهم",
    "چهاردهم",
    "پانزدهم",
    "شانزدهم",
    "هفدهم",
    "هجدهم|هیجدهم",
    "نوزدهم",
    "بیستم",
    "بیست و یکم",
    "بیست و دوم",
    "بیست و سوم",
    "بیست و چهارم",
    "بیست و پنجم",
    "بیست و ششم",
    "بیست و هفتم",
    "بیست و هشتم",
    "بیست و نهم",
    "سی‌ام|سی ام",
    "سی و یکم",
];

/// Everything else.
const WORDS: &[(Sense, &str)] = &[
    (Sense::Ordinal, "st|nd|rd|th|er|ère|re|e|ème|o|a|ام|م|مین|ُم"),
    (Sense::Of, "of|the|de|del|d|du|di|do|من|لشهر"),
    (Sense::MonthNoun, "ماه|شهر|month of|mois de|mes de"),
    (
        Sense::Year,
        "year|the year|année|l'année|l'an|jahr|jahre|jahres|año|anno|سال|عام|سنة|لعام|لسنة|بعام|سنوات|سالهای|ساڵی|کال|г|года|yılı",
    ),
    (Sense::Decade, "دهه|دهۀ|دههٔ|عقد|années|años|jahrzehnt"),
    (Sense::Week, "w"),
    (Sense::Tens, "s|er|ers|ern"),
    (
        Sense::Lead,
        "on|the|le|les|du|del|from|between|entre|zwischen|من|از|بين|بین|la|l|el|los|am|den|der|die|das|dem|vom|im|in|en|dal|il|op|em|fi|في|در|روز|يوم|به تاریخ|تاریخ|بتاريخ|تاريخ|تاريخ النشر|مورخ|مورخه|date|dated|datum|fecha|publié le|published|publicado|veröffentlicht|posted|published on|posted on|منتشر شده|منتشر شده در|تاریخ انتشار|نشر في|نُشر",
    ),
    (Sense::About, "c|ca|circa|approx|approximately|etwa|حدودا|تقریبا|تقريبا"),
    (
        Sense::WeakAbout,
        "about|around|roughly|environ|vers|um|ungefähr|gegen|hacia|alrededor de|aproximadamente|cerca de|حدود|در حدود|نحو|حوالي|حوالی|نزدیک به",
    ),
    (Sense::Until, "to|until|till|through|thru|bis|au|à|jusqu'au|al|a|hasta|تا|إلى|الى|حتى|لغاية"),
    (
        Sense::Same,
        "الموافق|الموافق ل|الموافقة ل|موافق|الموافق لـ|برابر با|برابر|مطابق با|مطابق|مصادف با|مصادف|معادل|corresponding to|corresponds to|correspondant au|entspricht|equivalente a",
    ),
    (Sense::Era(Era::Gregorian), "م|ميلادي|ميلادية|میلادی|ad|a.d.|ce|c.e.|للميلاد|n. chr.|d.c.|ز"),
    (
        Sense::Era(Era::Solar),
        "ش|شمسی|خورشیدی|هجری شمسی|هجری خورشیدی|هجري شمسي|ه.ش|هش|sh|s.h.|ap|a.p.|a.h.s.|ahs|هجری شمسی",
    ),
    (
        Sense::Era(Era::Lunar),
        "ق|قمری|هجری قمری|هجري قمري|هجرية قمرية|ه.ق|هق|ah|a.h.|للهجرة|lunar hijri|قمری هجری",
    ),
    (Sense::Era(Era::Hijri), "ه|هجری|هجري|هجرية|h|hijri"),
    (Sense::Era(Era::Imperial), "شاهنشاهی|شاهنشاهي"),
    (
        Sense::At,
        "at|um|à|a las|a la|alle|às|om|ساعت|در ساعت|الساعة|على الساعة|في الساعة|عند الساعة|در|kl|saat",
    ),
    (Sense::Clock, "uhr|h|hrs|heures|horas|hs|uur"),
    (Sense::Half(false), "am|a.m.|ص|صباحا|صباحًا|ق.ظ|صبح"),
    (Sense::Half(true), "pm|p.m.|م|مساء|مساءً|ب.ظ|بعد از ظهر"),
    (Sense::Zone(0), "z|utc|gmt|ut|wet"),
    (Sense::Zone(60), "cet|mez"),
    (Sense::Zone(120), "cest|mesz|eet"),
    (Sense::Zone(180), "eest|msk"),
    (Sense::Zone(210), "irst"),
    (Sense::Zone(270), "irdt"),
    (Sense::Zone(-300), "est"),
    (Sense::Zone(-240), "edt"),
    (Sense::Zone(-480), "pst"),
    (Sense::Zone(-420), "pdt|mst"),
    (Sense::Zone(-360), "mdt"),
];

/// Enters them.
pub(super) fn enter(add: &mut dyn FnMut(&str, Sense)) {
    for (number, names) in (1..).zip(WEEKDAYS) {
        add(names, Sense::Weekday(number));
    }
    for (number, names) in (1..).zip(WEAK_WEEKDAYS) {
        add(names, Sense::WeakWeekday(number));
    }
    for (number, names) in (21..).zip(SEASONS) {
        add(names, Sense::Season(number));
    }
    for (number, names) in (1..).zip(DAYS) {
        add(names, Sense::Day(number));
    }
    for (sense, names) in WORDS {
        add(names, *sense);
    }
}
