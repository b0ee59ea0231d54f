//! Every day of two centuries, written in each calendar, language and script, is read back as itself;
//! and no text makes a reader panic, or take its time.

use chrono::{Datelike, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::{Hijri, Persian};
use icu_calendar::types::RataDie;
use ingest::dates::{Hints, Order, date_in_address, find_dates, read_date};
use proptest::prelude::*;

const ENGLISH: &str = "January|February|March|April|May|June|July|August|September|October|November|December";
const FRENCH: &str = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre";
const GERMAN: &str = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember";
const SPANISH: &str =
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre";
const EGYPTIAN: &str = "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر";
const LEVANTINE: &str =
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول";
const MAGHREBI: &str = "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر";
const PERSIAN: &str = "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر";
const SOLAR: &str = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند";
const SOLAR_IN_LATIN: &str =
    "Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand";
const AFGHAN: &str = "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت";
const LUNAR: &str =
    "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة";
const LUNAR_IN_LATIN: &str = "Muharram|Safar|Rabi' al-Awwal|Rabi' al-Thani|Jumada al-Awwal|Jumada al-Thani|Rajab|Sha'ban|Ramadan|Shawwal|Dhu al-Qa'dah|Dhu al-Hijjah";

/// Every day from 1900 to 2100.
fn days() -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1900, 1, 1);
    first.into_iter().flat_map(|first| first.iter_days()).take_while(|day| day.year() <= 2100)
}

/// The same digits in another script.
fn in_digits(text: &str, zero: char) -> String {
    let shift =
        |c: char| c.to_digit(10).map_or(c, |digit| char::from_u32(u32::from(zero) + digit).unwrap_or(c));
    text.chars().map(shift).collect()
}

/// What a text reads, if it is settled.
fn settled(text: &str, hints: &Hints<'_>) -> Option<String> {
    read_date(text, hints)?.edtf
}

#[test]
fn gregorian_days_read_back() {
    let hints = Hints::default();
    for day in days() {
        let (y, m, d) = (day.year(), day.month(), day.day());
        // One language each day, so that all of them meet all months and years.
        let language = day.num_days_from_ce() % 8;
        let text = match language {
            0 => format!("{}, {} {d}, {y}", day.format("%A"), name(ENGLISH, m)),
            1 => format!("le {d} {} {y}", name(FRENCH, m)),
            2 => format!("{d}. {} {y}", name(GERMAN, m)),
            3 => format!("{d} de {} de {y}", name(SPANISH, m)),
            4 => in_digits(&format!("{d} {} {y}", name(EGYPTIAN, m)), '٠'),
            5 => in_digits(&format!("{d} {} {y}", name(LEVANTINE, m)), '٠'),
            6 => format!("{d} {} {y}", name(MAGHREBI, m)),
            _ => in_digits(&format!("{d} {} {y}", name(PERSIAN, m)), '۰'),
        };
        let expected = Some(day.to_string());
        assert_eq!(settled(&text, &hints), expected, "{text}");
        let found = find_dates(&text, &hints);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].reading.edtf, expected, "{text}");
        for form in ["%Y-%m-%d", "%Y%m%d", "%G-W%V-%u", "%Y-%j", "%Y/%m/%d", "%a, %d %b %Y %H:%M:%S +0000"] {
            let text = day.and_hms_opt(10, 15, 30).unwrap().format(form).to_string();
            assert_eq!(settled(&text, &hints), expected, "{text}");
        }
    }
}

#[test]
fn numbers_read_back_in_the_order_that_is_told() {
    let told = |order| Hints { order: Some(order), ..Hints::default() };
    for day in days() {
        let expected = Some(day.to_string());
        assert_eq!(settled(&day.format("%d/%m/%Y").to_string(), &told(Order::DayMonth)), expected);
        assert_eq!(settled(&day.format("%m/%d/%Y").to_string(), &told(Order::MonthDay)), expected);
        // Untold, the day is always among the readings, and settled only where there is one.
        let reading = read_date(&day.format("%d/%m/%Y").to_string(), &Hints::default()).unwrap();
        if day.day() > 12 || day.day() == day.month() {
            assert_eq!(reading.edtf, expected);
        } else {
            assert_eq!(reading.edtf, None);
            assert_eq!(reading.alternatives.len(), 2);
            assert_eq!(reading.alternatives.first(), expected.as_ref());
        }
    }
}

/// The name of a month of a table.
fn name(table: &str, month: impl Into<u32>) -> &str {
    let month = month.into();
    (1..).zip(table.split('|')).find(|(number, _)| *number == month).map_or("", |(_, name)| name)
}

/// Year, month and day of a Gregorian day in another calendar.
fn parts<C: icu_calendar::Calendar>(day: NaiveDate, calendar: C) -> (i32, u8, u8) {
    let date = Date::from_rata_die(RataDie::new(day.num_days_from_ce().into()), calendar);
    (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
}

#[test]
fn solar_days_read_back() {
    let persian = Hints { language: Some("fa"), ..Hints::default() };
    for day in days() {
        let (y, m, d) = parts(day, Persian);
        let expected = Some(day.to_string());
        let named = format!("{d} {} {y}", name(SOLAR, m));
        for text in [
            named.clone(),
            in_digits(&named, '۰'),
            in_digits(&named, '٠'),
            format!("{d} {} {y}", name(SOLAR_IN_LATIN, m)),
            format!("{d} {} {y}", name(AFGHAN, m)),
            format!("{d} {}ماه سال {y}", name(SOLAR, m)),
        ] {
            assert_eq!(settled(&text, &Hints::default()), expected, "{text}");
        }
        // Before 1304 a bare number may be a lunar year; after 1420 it is no date of our time.
        if (1304..=1420).contains(&y) {
            for text in [format!("{y}/{m:02}/{d:02}"), in_digits(&format!("{y}/{m}/{d}"), '۰')] {
                assert_eq!(settled(&text, &persian), expected, "{text}");
            }
        }
        if (2500..=2560).contains(&(y + 1180)) {
            let text = format!("{d} {} {}", name(SOLAR, m), y + 1180);
            assert_eq!(settled(&text, &persian), expected, "{text}");
        }
    }
}

#[test]
fn lunar_days_read_back_within_a_day_and_with_a_weekday_exactly() {
    for day in days() {
        let (y, m, d) = parts(day, Hijri::new_umm_al_qura());
        for text in [
            in_digits(&format!("{d} {} {y}", name(LUNAR, m)), '٠'),
            format!("{d} {} {y} هـ", name(LUNAR, m)),
            format!("{d} {} {y} AH", name(LUNAR_IN_LATIN, m)),
        ] {
            assert_eq!(settled(&text, &Hints::default()), Some(format!("{day}~")), "{text}");
        }
        for told in [day.pred_opt().unwrap(), day, day.succ_opt().unwrap()] {
            let text = format!("{} {d} {} {y}", told.format("%A"), name(LUNAR_IN_LATIN, m));
            assert_eq!(settled(&text, &Hints::default()), Some(told.to_string()), "{text}");
        }
    }
}

/// Pieces that dates are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "5",
        "05",
        "2023",
        "1402",
        "۱۴",
        "١٤٤٤",
        "July",
        "مرداد",
        "ذو",
        "الحجة",
        "ذو القعدة",
        "/",
        "-",
        "–",
        ".",
        ",",
        " ",
        "\n",
        "\n\n",
        "T",
        "Z",
        ":",
        "10:15",
        "+02:00",
        "(",
        ")",
        "c.",
        "to",
        "تا",
        "الموافق",
        "summer",
        "سال",
        "1980s",
        "W27",
        "بیست و",
        "\u{200c}",
        "\u{200f}",
        "\u{301}",
        "'",
        "th",
        "م",
        "هـ",
        "999999999999999999999",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in prop_oneof![any::<String>(), pieces()]) {
        for hints in [
            Hints::default(),
            Hints { language: Some("fa"), unix: true, ..Hints::default() },
            Hints { language: Some("en-US"), order: Some(Order::MonthDay), ..Hints::default() },
        ] {
            let mut end = 0;
            for found in find_dates(&text, &hints) {
                prop_assert!(found.range.start >= end && found.range.end > found.range.start);
                prop_assert_eq!(&text[found.range.clone()], &found.reading.as_written);
                end = found.range.end;
                let reading = found.reading;
                prop_assert_eq!(reading.edtf.is_none(), !reading.alternatives.is_empty());
                for edtf in reading.edtf.iter().chain(&reading.alternatives).chain(&reading.timestamp) {
                    prop_assert!(edtf_core::is_valid(edtf), "{edtf}");
                }
            }
            let _ = (read_date(&text, &hints), date_in_address(&text, &hints));
        }
    }
}

/// Were any of these read in more than one pass, this test would not end.
#[test]
fn a_long_text_of_anything_is_read_in_one_pass() {
    for piece in [
        "5 ",
        "5/",
        "July ",
        "ذو ",
        "بیست و ",
        "1-",
        "2023-07-05 ",
        "c. ",
        "(",
        "5 July to ",
        "Monday, ",
        "\u{301}",
        "a",
        "1",
        "\u{200f}",
        " ",
        "م",
        "5 July 2023 - ",
    ] {
        let text = piece.repeat((1 << 17) / piece.len());
        let hints = Hints::default();
        let _ = (find_dates(&text, &hints), read_date(&text, &hints), date_in_address(&text, &hints));
    }
}
