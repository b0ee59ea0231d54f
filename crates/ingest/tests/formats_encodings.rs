//! Encodings of text: what is told of them, and that nothing binary becomes text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use encoding_rs::Encoding;
use ingest::FormatIdentifier;
use proptest::prelude::*;
use provenance::{Format, Identifier};

const PERSIAN: &str = "کمیته در باره زندانیان بندر گزارش داد. خانواده ها در میدان شهر گرد آمدند و گفتند که اسناد تازه ای به دست آمده است و این اسناد به دادگاه داده خواهد شد. ";
const ARABIC: &str = "قال المتحدث باسم اللجنة إن التقرير الجديد يتضمن شهادات العائلات، وإن المحكمة سوف تنظر في القضية خلال الأسبوع المقبل. ";
const FRENCH: &str = "Le rapport de la commission a été publié à Port-Ellery. Les familles étaient présentes et ont demandé que la vérité soit établie après le procès, a déclaré la présidente, émue. ";
const GERMAN: &str = "Über die Größe der Häuser am Hafen wurde gestern gesprochen. Die Behörde erklärte, dass künftig mehr Gebäude geöffnet würden, und zwar schon im nächsten März. ";
const POLISH: &str = "Komisja ogłosiła wczoraj sprawozdanie o więźniach. Rodziny zażądały wyjaśnień, a rzeczniczka powiedziała, że wszystkie dokumenty zostaną przekazane sądowi w przyszłym tygodniu. ";
const RUSSIAN: &str = "Комиссия опубликовала доклад о заключённых. Семьи потребовали ответа, а представитель сказал, что новые документы будут переданы в суд на следующей неделе. ";
const TURKISH: &str = "Komisyon, tutuklular hakkındaki raporunu dün yayımladı. Ailelerin sözcüsü, yeni belgelerin gelecek hafta mahkemeye verileceğini söyledi. ";

fn whole(name: &str, content: &[u8]) -> Format {
    FormatIdentifier.identify(name, content, content.len() as u64)
}

/// Text in an encoding; letters that it lacks are an error of the test.
fn encoded(text: &str, label: &str) -> Vec<u8> {
    let (octets, _, lacking) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!lacking, "{label} lacks letters of {text}");
    octets.into_owned()
}

fn wide(text: &str, mark: bool, little_endian: bool) -> Vec<u8> {
    let order = |unit: u16| if little_endian { unit.to_le_bytes() } else { unit.to_be_bytes() };
    mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn letters_tell_an_encoding_where_there_are_enough() {
    // Windows-1256 has not the two letters of Persian that Arabic typewriters lacked.
    let persian = PERSIAN.replace('ی', "ي");
    for (text, label, basis) in [
        (&*persian, "windows-1256", "text: Windows-1256, by its letters"),
        (ARABIC, "windows-1256", "text: Windows-1256, by its letters"),
        (ARABIC, "iso-8859-6", "text: ISO-8859-6, by its letters"),
        (FRENCH, "windows-1252", "text: ISO-8859-1 or Windows-1252, by its letters"),
        (&format!("{FRENCH}“…”"), "windows-1252", "text: Windows-1252, by its letters"),
        (GERMAN, "windows-1252", "text: ISO-8859-1 or Windows-1252, by its letters"),
        (POLISH, "windows-1250", "text: Windows-1250, by its letters"),
        (POLISH, "iso-8859-2", "text: ISO-8859-2, by its letters"),
        (RUSSIAN, "windows-1251", "text: Windows-1251, by its letters"),
        (RUSSIAN, "iso-8859-5", "text: ISO-8859-5, by its letters"),
        (&TURKISH.repeat(2), "windows-1254", "text: ISO-8859-9 or Windows-1254, by its letters"),
    ] {
        let format = whole("a", &encoded(text, label));
        assert_eq!((format.media_type, format.puid), (Some("text/plain"), Some("x-fmt/111")), "{label}");
        assert_eq!(format.basis, basis);
    }
}

#[test]
fn a_guess_is_called_one() {
    for (octets, basis) in [
        (&b"The caf\xE9 on the quay"[..], "text in an 8-bit encoding, perhaps ISO-8859-1 or Windows-1252"),
        (b"He said \x93never again\x94 and left the room", "text in an 8-bit encoding, perhaps Windows-1252"),
        // German under DOS, which is not known here.
        (
            b"Die Beh\x94rde erkl\x84rte gestern, wie das Haus am Hafen hei\xE1t.",
            "text in an unknown 8-bit encoding",
        ),
    ] {
        assert_eq!(whole("a", octets).basis, basis, "{}", octets.escape_ascii());
    }
}

#[test]
fn marks_and_wide_characters_are_told() {
    let utf_32 = |little_endian: bool| -> Vec<u8> {
        let order =
            |c: char| if little_endian { u32::from(c).to_le_bytes() } else { u32::from(c).to_be_bytes() };
        "\u{FEFF}گزارش 😀".chars().flat_map(order).collect()
    };
    for (octets, basis) in [
        (wide("گزارش", true, true), "text: UTF-16LE, by its byte order mark"),
        (wide("گزارش", true, false), "text: UTF-16BE, by its byte order mark"),
        (wide(PERSIAN, false, true), "text: UTF-16LE, without a byte order mark"),
        (wide(FRENCH, false, false), "text: UTF-16BE, without a byte order mark"),
        (utf_32(true), "text: UTF-32LE, by its byte order mark"),
        (utf_32(false), "text: UTF-32BE, by its byte order mark"),
        ("\u{FEFF}گزارش".into(), "text: UTF-8, by its byte order mark"),
        (PERSIAN.into(), "text: valid UTF-8"),
        ([PERSIAN.as_bytes(), b"\xFF", PERSIAN.as_bytes()].concat(), "text: UTF-8, but for some octets"),
    ] {
        assert_eq!(whole("a", &octets).basis, basis);
    }
    let mut broken = utf_32(true);
    broken[7] = 1;
    assert_eq!(whole("a", &broken), Format::UNKNOWN);
}

#[test]
fn what_the_text_is_is_told_in_any_encoding() {
    let page = format!("<html><head><meta charset=windows-1256></head><body>{ARABIC}");
    let undeclared = page.replace("<meta charset=windows-1256>", "");
    for (name, octets, media_type, basis) in [
        (
            "a",
            encoded(&page, "windows-1256"),
            "text/html",
            "text: Windows-1256, as it declares; element html",
        ),
        (
            "a",
            encoded(&undeclared, "windows-1256"),
            "text/html",
            "text: Windows-1256, by its letters; element html",
        ),
        (
            "a.csv",
            encoded(ARABIC, "windows-1256"),
            "text/csv",
            "text: Windows-1256, by its letters, extension .csv",
        ),
        (
            "a",
            wide("{\"a\": [1]}", true, true),
            "application/json",
            "text: UTF-16LE, by its byte order mark, JSON syntax",
        ),
    ] {
        let format = whole(name, &octets);
        assert_eq!((format.media_type, format.basis), (Some(media_type), basis));
    }
}

/// Octets as a generator of pseudo-random numbers gives them, without those that no text has: what is
/// compressed or encrypted looks so, and a little of it holds none by chance.
fn noise(seed: u64, length: usize, start: u8) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
    .filter(|octet| *octet >= start && *octet != 0x7F)
    .take(length)
    .collect()
}

#[test]
fn noise_is_no_text_even_where_it_holds_no_controls() {
    for length in [32, 64, 300, 4000] {
        let texts = (0..500).filter(|&seed| {
            let octets = noise(seed, length, 0x20);
            FormatIdentifier.identify("a.txt", &octets, length as u64 + 1).basis.starts_with("text")
        });
        assert_eq!(texts.count(), 0, "of {length} octets");
    }
}

#[test]
fn tables_of_small_numbers_are_no_wide_text() {
    for step in 1..40_u16 {
        let counted: Vec<u8> = (0..400_u16).flat_map(|n| (32 + n * step % 900).to_le_bytes()).collect();
        assert!(!whole("a", &counted).basis.starts_with("text"), "by {step}");
    }
}

proptest! {
    #[test]
    fn text_behind_a_mark_is_told_whatever_it_says(text in "[ -~\u{A0}-\u{6FF}\u{4E00}-\u{9FFF}😀\n]{0,80}", little_endian: bool) {
        let format = whole("a", &wide(&format!("-{text}"), true, little_endian));
        prop_assert!(format.basis.contains("by its byte order mark"), "{}", format.basis);
    }

    #[test]
    fn nothing_with_binary_controls_is_text(
        octets in proptest::collection::vec(any::<u8>(), 1..300),
        control in prop::sample::select(vec![0_u8, 1, 7, 8, 0x1B, 0x7F]),
        at in any::<prop::sample::Index>(),
    ) {
        let mut octets = octets;
        let at = at.index(octets.len());
        octets[at] = control;
        let is_wide = octets.starts_with(b"\xFF\xFE") || octets.starts_with(b"\xFE\xFF") || control == 0;
        prop_assert!(is_wide || !whole("a.txt", &octets).basis.starts_with("text"));
    }
}
