//! Titles of texts in old encodings: right, or blank.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use encoding_rs::Encoding;
use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use provenance::Identifier;
use provenance::description::{Describer, Description, Look, RemarkKind};

const FRENCH: &str = "Le chœur de Port-Ellery a été accueilli à la mairie, où la présidente, émue, a déclaré que la recette de la soirée, soit 1 500 €, irait aux familles. Les sœurs du fondateur étaient présentes, et l'œuvre a été jouée jusqu'à la fin.";
const GERMAN: &str = "Über die Größe der Häuser am Hafen wurde gestern gesprochen. Die Behörde erklärte, dass künftig mehr Gebäude geöffnet würden, und zwar schon im nächsten März.";
const ARABIC: &str = "قال المتحدث باسم اللجنة إن التقرير الجديد يتضمن شهادات العائلات، وإن المحكمة سوف تنظر في القضية خلال الأسبوع المقبل.";

fn page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p><p>{text}</p></body></html>"
    )
}

fn describe(octets: &[u8]) -> Description {
    let format = FormatIdentifier.identify("page.html", octets, octets.len() as u64);
    ContentDescriber.describe(&Look::whole("page.html", &format, octets))
}

fn title(octets: &[u8]) -> String {
    describe(octets).title.map(|title| title.value).unwrap_or_default()
}

/// Text in an encoding; letters that it lacks are an error of the test.
fn encoded(text: &str, label: &str) -> Vec<u8> {
    let (octets, _, lacking) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!lacking, "{label} lacks letters of {text}");
    octets.into_owned()
}

/// Text as DOS wrote it in Western Europe (code page 850; these letters are the same in 437).
fn dos(text: &str) -> Vec<u8> {
    let letters = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ";
    let octet = |letter: char| match letters.chars().position(|known| known == letter) {
        Some(at) => u8::try_from(0x80 + at).unwrap(),
        None if letter == 'ß' => 0xE1,
        None => u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(b'?'),
    };
    text.chars().map(octet).collect()
}

#[test]
fn the_euro_and_the_oe_of_latin_9_are_read() {
    let page = page("Le chœur chante pour 1 500 €", FRENCH);
    for declared in ["", "<meta charset=iso-8859-1>", "<meta charset=iso-8859-15>"] {
        let octets = encoded(&page.replace("<head>", &format!("<head>{declared}")), "iso-8859-15");
        assert_eq!(title(&octets), "Le chœur chante pour 1 500 €", "{declared}");
    }
    // Windows has them elsewhere, and signs of its own there.
    let windows = page.replace("<p>", "<p>½ ¼ ");
    assert_eq!(title(&encoded(&windows, "windows-1252")), "Le chœur chante pour 1 500 €");
}

#[test]
fn what_an_old_macintosh_wrote_is_read_or_blank() {
    for (right, text) in [("Le chœur a été accueilli", FRENCH), ("Häuser für Ellery geöffnet", GERMAN)]
    {
        let found = title(&encoded(&page(right, text), "macintosh"));
        assert!(found.is_empty() || found == right, "{found}");
    }
}

#[test]
fn what_dos_wrote_is_blank_and_told() {
    for (right, text) in [("La présidente était émue", FRENCH), ("Häuser für Ellery geöffnet", GERMAN)]
    {
        let description = describe(&dos(&page(right, text)));
        assert_eq!(description.title, None);
        assert!(description.remarks.iter().any(|remark| {
            remark.kind == RemarkKind::GivenUp && remark.detail.contains("left out: title")
        }));
    }
    // A title of plain letters is not garbled by any encoding.
    let plain = dos(&page("Bells over Port Ellery", GERMAN));
    assert_eq!(title(&plain), "Bells over Port Ellery");
}

#[test]
fn arabic_is_read_in_either_encoding_whatever_is_declared() {
    let page = page("شهادات العائلات أمام المحكمة", ARABIC);
    for (declared, label) in [
        ("", "windows-1256"),
        ("", "iso-8859-6"),
        ("<meta charset=windows-1256>", "iso-8859-6"),
        ("<meta charset=iso-8859-6>", "windows-1256"),
    ] {
        let octets = encoded(&page.replace("<head>", &format!("<head>{declared}")), label);
        let found = title(&octets);
        assert!(found.is_empty() || found == "شهادات العائلات أمام المحكمة", "{declared} {label}: {found}");
        assert!(!declared.is_empty() || !found.is_empty(), "{label}");
    }
}

#[test]
fn octets_without_a_meaning_are_in_no_title() {
    let page = page("Bells at NOON", GERMAN).replace("NOON", "n\u{1}n");
    let octets: Vec<u8> =
        page.into_bytes().into_iter().map(|octet| if octet == 1 { 0xFE } else { octet }).collect();
    assert_eq!(title(&octets), "");
}
