//! What is suggested of documents: in the sheet, in the ledger, in the answer.

use crate::bundles::AT;
use crate::oracle::Oracle;
use crate::place::Place;

const ENGLISH: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>=Bells over the quay | The Ellery Post</title>
<meta property="og:title" content="=Bells over the quay">
<meta property="og:site_name" content="The Ellery Post">
<meta name="author" content="Ada Quillfeather">
<meta property="article:published_time" content="2023-07-05T08:00:00+02:00">
<link rel="canonical" href="https://ellery-post.example/2023/07/05/bells">
</head><body><article><h1>=Bells over the quay</h1>
<p class="byline">By Ada Quillfeather, 5 July 2023</p>
<p>The bells of Port Ellery rang at noon, as they had not done since the flood, and the people on the
quay took off their hats. Nobody had told them to. The council had asked for silence instead, and for
the names of those who were to be remembered, which a clerk read out for the better part of an hour.</p>
<p>The harbour was closed for the day. It will open again on Thursday.</p></article></body></html>"#;

const PERSIAN: &str = r#"<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8">
<title>ناقوس‌های بندر</title></head><body><article><h1>ناقوس‌های بندر</h1>
<p>۶ مرداد ۱۳۶۷</p>
<p>ناقوس‌های بندر ظهر دیروز پس از سال‌ها به صدا درآمدند و مردمی که بر اسکله ایستاده بودند کلاه از سر برداشتند.
کسی به آنان نگفته بود. شورای شهر تنها خواسته بود که نام درگذشتگان خوانده شود و منشی نزدیک یک ساعت نام‌ها را خواند.</p>
<p>بندر آن روز بسته بود و روز پنج‌شنبه دوباره باز می‌شود.</p></article></body></html>"#;

/// Cut off in the middle of a tag, after octets that are no text.
const BROKEN: &[u8] = b"<!DOCTYPE html><html><head><title></title><meta content=\"\xff\xfe\x00<<<<</p><scr";

fn packed(options: &str) -> (Place, String) {
    let place = Place::new();
    place.file("press/english.html", ENGLISH);
    place.file("press/persian.html", PERSIAN);
    place.file("press/broken.html", BROKEN);
    let answer = place.fonds(&format!("bundle press {AT} -o bag {options}"));
    let out = answer.ends(0).out.clone();
    (place, out)
}

#[test]
fn articles_are_described_and_a_broken_one_breaks_nothing() {
    let (place, out) = packed("--reread");
    assert!(out.contains("a title for 2, a date for 2, a creator for 1: to be confirmed"), "{out}");
    place.fonds("verify bag").ends(0).says("CONSISTENT");

    let Some(python) = Oracle::python(include_str!("oracles/suggested_cells.py")) else { return };
    let cells = python.agrees(place.root(), &["bag/metadata/manifest.csv"]);
    for expected in [
        "english.html\ttitle\t=Bells over the quay",
        "english.html\tcreator\tAda Quillfeather",
        "english.html\tpublisher\tThe Ellery Post",
        "english.html\tsource_url\thttps://ellery-post.example/2023/07/05/bells",
        "english.html\tdate_published\t2023-07-05",
        "english.html\tlanguage\ten",
        "persian.html\ttitle\tناقوس‌های بندر",
        "persian.html\tdate_published\t1988-07-28",
        "persian.html\tdate_as_written\t۶ مرداد ۱۳۶۷",
        "persian.html\tdate_calendar\tpersian",
        "persian.html\tlanguage\tfa",
    ] {
        assert!(cells.lines().any(|line| line == expected), "{expected} is not in\n{cells}");
    }
    let has = |part: &str| cells.contains(part);
    assert!(has("english.html\tdescription_basis\ttitle: ") && has("english.html\tdate_basis\t"), "{cells}");
    assert!(!has("persian.html\tcreator") && !has("broken.html\tdate"), "{cells}");
}

#[test]
fn what_is_to_be_looked_at_is_in_the_ledger_and_in_the_answer() {
    let (place, out) = packed("--format json");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let suggested = &json["suggested"];
    assert_eq!(
        (&suggested["titles"], &suggested["dates"], &suggested["confirmed"]),
        (&2.into(), &2.into(), &false.into())
    );
    assert_eq!(suggested["hollow_captures"], 1);
    let ledger = place.text("bag/metadata/events.csv");
    let warnings: Vec<_> = ledger.lines().filter(|row| row.contains(",warning,")).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(",metadata extraction,") && warnings[0].contains(",data/broken.html,"));
    assert!(warnings[0].contains("hollow capture: "), "{}", warnings[0]);
}

#[test]
fn nothing_is_suggested_where_nobody_asked() {
    let (place, out) = packed("--no-describe");
    assert!(!out.contains("suggested"), "{out}");
    assert!(!place.text("bag/metadata/events.csv").contains("metadata extraction"));
    assert!(!place.text("bag/metadata/manifest.csv").contains("Quillfeather"));
    assert!(!out.contains("mentioned") && !place.at("bag/metadata/mentions.csv").exists());
    let (_, out) = packed("--no-describe --format json");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["suggested"],
        serde_json::Value::Null
    );
}

#[test]
fn an_extension_that_is_not_of_the_content_is_told_whether_or_not_anything_is_described() {
    for options in ["", "--no-describe"] {
        let place = Place::new();
        place.file("press/minutes.jpg", "%PDF-1.4\n%%EOF");
        place.file("press/minutes.pdf", "%PDF-1.4\n%%EOF");
        place.file("press/album/cover.png", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01");
        let answer = place.fonds(&format!("bundle press {AT} -o bag --reread {options}"));
        let out = answer.ends(0).out.clone();
        assert!(out.contains("look at    2 with an extension that is not of their format"), "{out}");
        let ledger = place.text("bag/metadata/events.csv");
        let told: Vec<_> = ledger.lines().filter(|row| row.contains(",format identification,")).collect();
        let expected = [
            ",data/,,,success,",
            ",data/album/cover.png,,,warning,\"extension and content disagree: .png, and the content is image/jpeg\",",
            ",data/minutes.jpg,,,warning,\"extension and content disagree: .jpg, and the content is application/pdf\",",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        assert!(told.iter().zip(expected).all(|(row, part)| row.contains(part)), "{told:#?}");
        place.fonds("verify bag").ends(0).says("CONSISTENT");

        let json =
            place.fonds(&format!("bundle press {AT} -o again --format json {options}")).ends(0).out.clone();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["extension_disagrees"], 2);
    }
}

#[test]
fn a_disagreement_of_a_file_that_is_not_there_is_found() {
    let place = Place::new();
    place.file("press/minutes.jpg", "%PDF-1.4\n%%EOF");
    place.fonds(&format!("bundle press {AT} -o bag --no-describe")).ends(0);
    place.alter("bag/metadata/events.csv", |ledger| {
        let text = String::from_utf8(std::mem::take(ledger)).unwrap();
        *ledger = text.replace(",data/minutes.jpg,,,warning,", ",data/minuter.jpg,,,warning,").into();
    });
    place.fonds("verify bag").ends(1).says("E508").says("format identification of, found no such file");
}

#[test]
fn what_is_mentioned_is_told_and_can_be_left_out() {
    let (place, out) = packed("");
    assert!(out.contains("  mentioned  ") && out.contains("to be confirmed by a person"), "{out}");
    assert!(place.text("bag/metadata/mentions.csv").starts_with("\u{FEFF}item_id,kind,text,role,speaker,"));
    assert!(place.text("bag/metadata/FORMAT.txt").contains("  metadata/mentions.csv"));
    let (_, out) = packed("--format json");
    let answer = serde_json::from_str::<serde_json::Value>(&out).unwrap();
    assert_eq!(answer["mentioned"]["confirmed"], false);
    assert!(answer["mentioned"]["mentions"]["quotation"].is_u64());
    let (place, out) = packed("--no-mentions");
    assert!(!out.contains("mentioned") && out.contains("suggested"), "{out}");
    assert!(!place.at("bag/metadata/mentions.csv").exists());
    place.fonds("verify bag").ends(0);
}

#[test]
fn a_remark_about_a_file_that_is_not_there_is_found() {
    let (place, _) = packed("");
    place.alter("bag/metadata/events.csv", |ledger| {
        let text = String::from_utf8(std::mem::take(ledger)).unwrap();
        *ledger = text.replace(",data/broken.html,,,warning,", ",data/brokem.html,,,warning,").into();
    });
    place.fonds("verify bag").ends(1).says("E508").says("metadata extraction of, found no such file");
}
