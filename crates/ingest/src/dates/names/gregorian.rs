//! Gregorian months, in the languages of documents.

use super::{Calendar, Sense};

/// From January on: Latin scripts first, then Arabic of Egypt, the Levant and the Maghreb, Persian
/// of Iran and Afghanistan, and Kurdish.
const MONTHS: [&str; 12] = [
    "january|jan|janvier|janv|januar|jänner|jän|enero|ene|janeiro|gennaio|gen|januari|ocak|stycznia|styczeń|января|январь|يناير|كانون الثاني|جانفي|ژانویه|جنوری|کانوونی دووەم",
    "february|feb|février|févr|fév|februar|feber|febrero|fevereiro|fev|febbraio|febbr|februari|şubat|lutego|luty|февраля|февраль|فبراير|شباط|فيفري|فوریه|فبروری|شوبات",
    "march|mars|märz|mrz|marzo|março|maart|mrt|mart|marca|marzec|марта|март|مارس|آذار|مارچ|ئازار",
    "april|apr|avril|avr|abril|abr|aprile|nisan|kwietnia|kwiecień|апреля|апрель|أبريل|إبريل|نيسان|أفريل|آوریل|آپریل|اپریل|نیسان",
    "mai|mayo|maio|maggio|mag|mei|mayıs|maja|maj|мая|май|مايو|أيار|ماي|ئایار",
    "june|jun|juin|juni|junio|junho|giugno|giu|haziran|czerwca|czerwiec|июня|июнь|يونيو|حزيران|جوان|ژوئن|جون|حوزەیران",
    "july|jul|juillet|juil|juli|julio|julho|luglio|lug|temmuz|lipca|lipiec|июля|июль|يوليو|يوليوز|تموز|جويلية|ژوئیه|ژوییه|جولای|جولایی|تەمموز",
    "august|aug|août|agosto|augustus|ağustos|sierpnia|sierpień|августа|август|أغسطس|غشت|آب|أوت|اوت|آگوست|اگست|ئاب",
    "september|sept|sep|septembre|septiembre|setiembre|setembro|settembre|eylül|września|wrzesień|сентября|сентябрь|سبتمبر|أيلول|شتنبر|سپتامبر|سپتمبر|سپتمبر|ئەیلوول",
    "october|oct|octobre|oktober|okt|octubre|outubro|ottobre|ott|ekim|października|październik|октября|октябрь|أكتوبر|تشرين الأول|اکتبر|اکتوبر|تشرینی یەکەم",
    "november|nov|novembre|noviembre|novembro|kasım|listopada|listopad|ноября|ноябрь|نوفمبر|تشرين الثاني|نونبر|نوامبر|نومبر|تشرینی دووەم",
    "december|dec|décembre|déc|dezember|dez|diciembre|dic|dezembro|dicembre|desember|aralık|grudnia|grudzień|декабря|декабрь|ديسمبر|كانون الأول|دجنبر|دسامبر|دسمبر|کانوونی یەکەم",
];

/// Months whose name is an everyday word in some language, or another thing of a date.
const WEAK: [(u32, &str); 5] = [(3, "mar"), (5, "may|مه|می"), (8, "ago"), (9, "set"), (10, "out")];

/// Enters them.
pub(super) fn enter(add: &mut dyn FnMut(&str, Sense)) {
    for (number, names) in (1..).zip(MONTHS) {
        add(names, Sense::Month(Calendar::Gregorian, number));
    }
    for (number, names) in WEAK {
        add(names, Sense::WeakMonth(Calendar::Gregorian, number));
    }
}
