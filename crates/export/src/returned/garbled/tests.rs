//! Letters that were lost or misread on their way out and back.

use super::super::plan::{DateReading, Plan, ProblemKind};
use super::super::{Line, Table};
use super::LEGACY;
use crate::sheet::{DESCRIBED, Description, Row, SheetWriter};
use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};
use proptest::prelude::*;

const PERSIAN: &str = "گزارش فوری، «بامداد» ۱۳۶۷";

/// A sheet of one document with this title.
fn stored(title: &str) -> Vec<u8> {
    let mut described = [""; DESCRIBED];
    described[0] = title;
    let mut writer = SheetWriter::new(Vec::new()).unwrap();
    let row = Row { path: "data/a.txt", description: Description::of(&described), ..Row::default() };
    writer.row(&row).unwrap();
    writer.finish().unwrap()
}

fn plan(old: &str, table: &Table) -> Plan {
    Plan::make(&stored(old)[..], table, &|_| DateReading::Unreadable).unwrap()
}

/// What a title becomes in another, in a sheet that is read as it stands.
fn planned(old: &str, new: &str) -> Plan {
    let line = Line { number: 2, cells: ["data/a.txt", new].iter().collect() };
    let columns = ["path", "title"].map(str::to_owned).to_vec();
    plan(old, &Table { columns, rows: vec![line], ..Table::default() })
}

/// A text in an encoding, with `?` for what that lacks.
fn lossy(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    for c in text.chars() {
        let mut room = [0; 4];
        let (one, _, is_lost) = encoding.encode(c.encode_utf8(&mut room));
        octets.extend_from_slice(if is_lost { b"?" } else { &one });
    }
    octets
}

#[track_caller]
fn refused(old: &str, new: &str) {
    let plan = planned(old, new);
    let kinds: Vec<ProblemKind> = plan.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((plan.changes.len(), &kinds[..]), (0, &[ProblemKind::Garbled][..]), "{old} -> {new}");
}

#[track_caller]
fn taken(old: &str, new: &str) {
    let plan = planned(old, new);
    assert_eq!((plan.changes.len(), plan.problems), (1, vec![]), "{old} -> {new}");
}

#[test]
fn some_letters_that_became_question_marks_are_refused() {
    refused(PERSIAN, "گزارش فور?، «بامداد» ????");
    refused(PERSIAN, "????? ????? «??????» ????");
    refused(PERSIAN, "????? ????? Ť??????ť ????");
    refused("Łódź, “Tide”", "?ódz, \"Tide\"");
    refused("Bells 🔔 over", "Bells ?? over");
    refused("Bells 🔔 over Łódź", "Bells ?? over ?ód?");
    refused("Voilà", "Voil\u{FFFD}");
    refused("Voila", "Voil\u{FFFD}");
}

#[test]
fn a_question_mark_that_a_person_wrote_is_taken() {
    taken("Title", "Title?");
    taken("Title", "Titl?");
    taken("Is it a Título", "Is it a Título?");
    taken("Título!", "Título?");
    taken("Título", "Titulo");
    taken("Café?", "Cafè?");
    taken("گزارش", "گزارش?");
    taken("گزارش?", "گزارش");
    taken("“Who goes there”", "Who goes there?");
    // Whoever repairs what another garbled.
    taken("Miêdzynarodowy", "Międzynarodowy");
    taken("VoilÃ\u{A0}!", "Voilà!");
}

#[test]
fn utf8_that_was_read_as_another_encoding_is_refused() {
    for old in ["Voilà", "à Voilà", PERSIAN, "Łódź", "naïve"] {
        for encoding in LEGACY {
            let read = encoding.decode_without_bom_handling(old.as_bytes()).0;
            if !read.contains(|c: char| c.is_control() || c == '\u{FFFD}') {
                refused(old, &read);
            }
        }
    }
    refused("Voilà", "VoilÃ");
    // What Windows-1252 lacks, as LibreOffice reads it.
    refused("بندر و شهر", "Ø¨Ù†Ø¯Ø± Ùˆ Ø´Ù‡Ø±");
    refused("ف", "Ù\u{F181}");
    refused("ف", "Ù?");
}

#[test]
fn a_sheet_in_windows_1256_is_refused_where_it_lacks_letters() {
    let text = format!("path,title\r\ndata/a.txt,{PERSIAN}\r\n");
    for encoding in [WINDOWS_1256, WINDOWS_1252] {
        let table = Table::read("a.csv", &lossy(encoding, &text)).unwrap();
        let plan = plan(PERSIAN, &table);
        assert_eq!((plan.changes.len(), plan.problems.len()), (0, 1), "{table:?}");
    }
}

fn words() -> impl Strategy<Value = String> {
    let letters = "[ a-zA-Z0-9,.'؟?-]{0,3}";
    prop_oneof![
        "[ ابپتجچدرزسشعفقکگلمنوهیئآ،؛«»۰-۹\u{200C}]{1,12}",
        "[ ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآءؤئ،؟٠-٩]{1,12}",
        "[ а-яА-ЯёЁєіїґ№–—]{1,12}",
        "[ àâäçéèêëîïôöùûüÿœæÀÉÈ«»“”‘’…–—€ß¿¡ñ]{1,12}",
        "[ ąćęłńóśźżĄĆŁŚŹŻčďěňřšťůžőű]{1,12}",
        "[ α-ωΑ-Ωάέήίόύώ]{1,12}",
        "[ 日本語漢字かなカナ한국어中文書]{1,8}",
        "[ ğışİçöüŞĞ🔔😀]{1,6}",
    ]
    .prop_flat_map(move |word| {
        (letters, Just(word), letters).prop_map(|(before, word, behind)| format!("{before}{word}{behind}"))
    })
}

proptest! {
    /// Whatever encoding a program saves it in, and however that is read: nobody's change is made of it.
    #[test]
    fn what_another_encoding_makes_of_a_value_is_no_change(
        title in proptest::collection::vec(words(), 1..4),
        encoding in proptest::sample::select(LEGACY.to_vec()),
    ) {
        let title = title.join(" ").trim().to_owned();
        prop_assume!(!title.is_empty());
        let text = format!("path,title\r\ndata/a.txt,\"{title}\"\r\n");
        let octets = lossy(encoding, &text);
        // A few letters may by chance be others in UTF-8, and those be a person's, who repaired them.
        prop_assume!(octets.is_ascii() || std::str::from_utf8(&octets).is_err());
        if let Ok(table) = Table::read("a.csv", &octets)
            && table.columns == ["path", "title"]
        {
            let plan = plan(&title, &table);
            prop_assert!(plan.changes.is_empty(), "{:?} {:?}", plan.changes, table);
        }
    }
}
