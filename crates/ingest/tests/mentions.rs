//! Rules for what is mentioned: what they find, and what they leave alone.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and one that measures needs a clock"
)]

use ingest::FormatIdentifier;
use ingest::describe::{ContentDescriber, WithoutMentions};
use proptest::prelude::*;
use provenance::Identifier;
use provenance::description::{Describer, Description, Look, Mention, MentionKind, RemarkKind};
use std::time::Instant;

fn describe(name: &str, text: &str) -> Description {
    let format = FormatIdentifier.identify(name, text.as_bytes(), text.len() as u64);
    ContentDescriber.describe(&Look::whole(name, &format, text.as_bytes()))
}

/// Mentions of a kind: words, and role, speaker or normal form, whichever there is.
fn found(kind: MentionKind, text: &str) -> Vec<(String, String)> {
    let of_kind = |mention: &Mention| mention.kind == kind;
    let value = |mention: Mention| [mention.role, mention.speaker, mention.normalised].concat();
    let mentions = describe("a.txt", text).mentions.into_iter().filter(of_kind);
    mentions.map(|mention| (mention.text.clone(), value(mention))).collect()
}

#[track_caller]
fn expect(kind: MentionKind, text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(words, value)| ((*words).to_owned(), (*value).to_owned())).collect();
    assert_eq!(found(kind, text), expected, "{text}");
}

#[test]
fn persons_by_title_role_and_apposition() {
    let person = MentionKind::Person;
    expect(person, "We met Dr. Ann J. O’Brien-Lee in May.", &[("Ann J. O’Brien-Lee", "Dr.")]);
    expect(
        person,
        "The renowned Swedish lawyer Tor van der Linde spoke.",
        &[("Tor van der Linde", "The renowned Swedish lawyer")],
    );
    expect(
        person,
        "Ida Holm, former President of the Harbour Council, opened it.",
        &[("Ida Holm", "former President of the Harbour Council")],
    );
    expect(person, "The defence lawyer, Henrik Straube, left.", &[("Henrik Straube", "The defence lawyer")]);
    expect(person, "Judge Roswell’s court was full.", &[("Roswell", "Judge")]);
    expect(
        person,
        "Judge Ann Roswell sat. Then Roswell rose, and Judith Roswell did not.",
        &[("Ann Roswell", "Judge"), ("Roswell", "Ann Roswell")],
    );
}

#[test]
fn what_looks_like_a_person_and_is_none() {
    for text in [
        "The Justice Department and General Motors agreed.",
        "President of the Council since May.",
        "Halden Foundation, director of nothing, closed.",
        "A judge said so. The lawyer left on Monday.",
        "Velmora City, a city that the president visited, is old.",
        "Professor The Hague",
        "آقای رئیس گفت که وکیل نه نفر آمد.",
        "رئیس‌جمهور نامه نوشت.",
    ] {
        expect(MentionKind::Person, text, &[]);
    }
}

#[test]
fn persian_persons() {
    let person = MentionKind::Person;
    expect(person, "دکتر مریم صابری گفت که نمی‌آید.", &[("مریم صابری", "دکتر")]);
    expect(person, "آقاي علي كريمي پور در جلسه بود.", &[("علي كريمي پور", "آقاي")]);
    expect(person, "نسرین افشار، وکیل خانواده‌ها، آمد.", &[("نسرین افشار", "وکیل خانواده‌ها")]);
    expect(person, "آیت‌الله حسین نمونه‌ای رفت.", &[("حسین نمونه‌ای", "آیت‌الله")]);
}

#[test]
fn quotations_have_the_speaker_that_the_sentence_names() {
    let quotation = MentionKind::Quotation;
    expect(quotation, "Judge Ann Roswell said: “This is a court.”", &[("This is a court.", "Ann Roswell")]);
    expect(
        quotation,
        "“Nobody knows,” said Ida Holm, director of it. “Nobody asks them.”",
        &[("Nobody knows,", "Ida Holm"), ("Nobody asks them.", "Ida Holm")],
    );
    expect(
        quotation,
        "According to Dr. Pia Vant, “forty of them were old”.",
        &[("forty of them were old", "Pia Vant")],
    );
    expect(quotation, "\"We asked for chalk,\" the teachers said.", &[("We asked for chalk,", "")]);
    expect(quotation, "خانم مریم صابری گفت: «ما گچ خواستیم.»", &[("ما گچ خواستیم.", "مریم صابری")]);
    expect(quotation, "به گفته دکتر علی نوری، «چهل زخم از پشت بود».", &[("چهل زخم از پشت بود", "علی نوری")]);
    // Another person is near: a pronoun is not settled.
    expect(
        quotation,
        "Dr. Ann Roswell met Mr. Paul Quill. “It was cold that day,” she said.",
        &[("It was cold that day,", "")],
    );
    expect(quotation, "Relatives of Dr. Ann Roswell said: “We wait.”", &[("We wait.", "")]);
}

#[test]
fn what_stands_in_marks_and_was_not_said() {
    for text in [
        "Her book “A Country Without Doors” is long.",
        "He spoke of a “wall of silence” there.",
        "She called it “a so-called thing of them”.",
        "Never closed: “and then the text ends",
        "‘tis the survivors’ day, the guards’ too",
        "کتاب او «کشوری بی‌در» بلند است.",
        "آنان با «نظم» آمدند.",
    ] {
        expect(MentionKind::Quotation, text, &[]);
    }
}

#[test]
fn dates_years_and_what_is_only_a_number() {
    let date = MentionKind::Date;
    expect(
        date,
        "It was in 1988, and again on 5 July 1991.",
        &[("1988", "1988"), ("5 July 1991", "1991-07-05")],
    );
    expect(date, "between 1979 and 1986", &[("1979", "1979"), ("1986", "1986")]);
    expect(date, "On 05/07/2023 it rained.", &[("05/07/2023", "")]);
    expect(
        date,
        "کشتار ۶۷ و سال ۱۳۶۷",
        &[("۶۷", "1988-03-21/1989-03-20"), ("سال ۱۳۶۷", "1988-03-21/1989-03-20")],
    );
    expect(date, "in 2000 cases, 3,200 people, No. 1988, W-1988, 1988 kilometres, in 1988.5", &[]);
}

#[test]
fn organisations_known_defined_and_by_their_head() {
    let body = MentionKind::Organisation;
    expect(
        body,
        "The Harbour Families Union (HFU) met. The HFU left.",
        &[
            ("Harbour Families Union", ""),
            ("HFU", "Harbour Families Union"),
            ("HFU", "Harbour Families Union"),
        ],
    );
    expect(
        body,
        "He wrote to Amnesty International and the UN.",
        &[("Amnesty International", ""), ("UN", "United Nations")],
    );
    expect(
        body,
        "The Ministry of Justice and the Halden Foundation met.",
        &[("Ministry of Justice", ""), ("Halden Foundation", "")],
    );
    expect(
        body,
        "سازمان بین‌المللی کار (ILO) و ديده‌بان حقوق بشر",
        &[("سازمان بین‌المللی کار", ""), ("ILO", "سازمان بین‌المللی کار"), ("ديده‌بان حقوق بشر", "")],
    );
    expect(body, "Bone Density Measure (BDM), a court, (HFU), the union", &[]);
}

#[test]
fn places_and_events_by_firm_patterns_only() {
    let (place, event) = (MentionKind::Place, MentionKind::Event);
    expect(
        place,
        "GENEVA, 5 July 2023 – It was in Sweden and in Karvan Prison.",
        &[("GENEVA", ""), ("Sweden", ""), ("Karvan Prison", "")],
    );
    expect(place, "ژنو – ۱۴ تیر ۱۴۰۲: او در زندان کاروان بود.", &[("ژنو", ""), ("زندان کاروان", "")]);
    expect(place, "The Iranian team of Georgia Smith. The Paris Agreement. In prison.", &[]);
    expect(
        event,
        "the 1988 massacre and the massacre of San Olivo",
        &[("1988 massacre", ""), ("massacre of San Olivo", "")],
    );
    expect(
        event,
        "پس از اعتراضات آبان ۱۳۹۸ و اعدام‌های سال ۶۷",
        &[("اعتراضات آبان ۱۳۹۸", ""), ("اعدام‌های سال ۶۷", "")],
    );
    expect(event, "There were protests. He spoke of executions in general.", &[]);
}

#[test]
fn headers_and_what_is_for_sharing_are_no_text() {
    let text = "date 2023-07-05\nBy Jane Example\n\nIt was in 1988.\n\nFollow Dr. Jane Example on Facebook\n";
    let mentions = describe("a.txt", text).mentions;
    assert_eq!(mentions.iter().map(|mention| mention.text.as_str()).collect::<Vec<_>>(), ["1988"]);
}

#[test]
fn places_in_a_page_are_those_of_its_source() {
    let page = "<html><head><meta charset=utf-8><title>T</title></head><body><nav>Dr. Men U</nav><article><h1>On a day</h1>\
        <p>Grüße &amp; <b>Dr.&nbsp;<i>Ann</i>  Ros&shy;well</b> said: &ldquo;It was\n very &lt;cold&gt; there.&rdquo;</p></article></body></html>";
    let mentions = describe("a.html", page).mentions;
    let chars: Vec<char> = page.chars().collect();
    let slices: Vec<(String, String)> = mentions
        .iter()
        .map(|one| {
            let slice = &chars[usize::try_from(one.start).unwrap()..usize::try_from(one.end).unwrap()];
            (one.text.clone(), slice.iter().collect())
        })
        .collect();
    let expected = [
        ("Ann Roswell", "Ann</i>  Ros&shy;well"),
        ("It was very <cold> there.", "It was\n very &lt;cold&gt; there."),
    ];
    assert_eq!(slices, expected.map(|(text, slice)| (text.to_owned(), slice.to_owned())));
    assert_eq!(mentions[1].speaker, "Ann Roswell");
}

#[test]
fn a_byte_order_mark_and_a_charset_do_not_move_places() {
    let text = "Straße. It was in 1988.";
    let octets: Vec<u8> =
        [0xFEFF_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let format = FormatIdentifier.identify("a.txt", &octets, octets.len() as u64);
    let mentions = ContentDescriber.describe(&Look::whole("a.txt", &format, &octets)).mentions;
    assert_eq!(mentions.iter().map(|one| (one.start, one.end)).collect::<Vec<_>>(), [(18, 22)]);
}

#[test]
fn nobody_who_wants_no_names_gets_any() {
    let text = "Dr. Ann Roswell said: “It was in 1988.”";
    let format = FormatIdentifier.identify("a.txt", text.as_bytes(), text.len() as u64);
    let description = WithoutMentions.describe(&Look::whole("a.txt", &format, text.as_bytes()));
    assert!(description.mentions.is_empty() && !WithoutMentions.mentions() && ContentDescriber.mentions());
    assert_eq!(describe("a.txt", text).mentions.len(), 3);
}

#[test]
fn hostile_texts_cost_no_more_than_others() {
    let pieces = [
        "“",
        "”",
        "\"",
        "\" ",
        "« » ",
        "(",
        "(AB",
        "(AB) ",
        "سازمان (AB) ",
        "«الف ب ج» او گفت ",
        "Ann Bee said. “A b c,” he said. ",
        "Dr. ",
        "Dr. Ann ",
        "A. ",
        "said ",
        ", director ",
        "the ",
        "1",
        "1 ",
        "۱ ",
        "Ann Bee Cee ",
        "Union of ",
        "دکتر ",
        "علی ",
        "گفت «",
        "massacre of ",
        "زندان ",
        "x",
        "\n",
        "a b. “c d e,” said Dr. Ann Bee. ",
    ];
    for piece in pieces {
        let text = piece.repeat((1 << 20) / piece.len());
        for name in ["a.txt", "a.html"] {
            let page = if name == "a.html" {
                format!("<html><body><p>{text}</p></body></html>")
            } else {
                text.clone()
            };
            let start = Instant::now();
            let description = describe(name, &page);
            assert!(description.mentions.len() <= 2_000, "{piece}");
            assert!(
                start.elapsed().as_secs() < 20,
                "{piece:?} took {:?} without optimisation",
                start.elapsed()
            );
        }
    }
}

#[test]
fn what_is_too_long_or_too_many_is_told() {
    let is_told =
        |text: &str| describe("a.txt", text).remarks.iter().any(|one| one.kind == RemarkKind::Shortened);
    assert!(is_told(&"It was in 1988. ".repeat(3_000)));
    assert!(is_told(&format!("Dr. Ann Roswell said: “{}”", "word ".repeat(500))));
    assert!(!is_told("It was in 1988."));
}

proptest! {
    #[test]
    fn any_text_is_read_and_words_stand_where_they_are_said_to(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "Dr. ", "Ann Roswell", "، ", ", ", "said", " “", "” ", "«", "»", "گفت", " علی کریمی ", "آقای ", "1988", " in ",
                "۱۳۶۷", "سال ", "\n", "\r\n", "\n\n", "(AB)", "Alpha Board Union ", "é", "\u{200C}", "\u{202E}", "😀", "massacre of ", ". ", ": ",
                "Geneva", " – ", "زندان ", "the lawyer ", "’s ", "\u{a0}", "\u{0}",
            ]),
            0..60,
        ),
        more in "\\PC{0,60}",
    ) {
        let text = pieces.concat() + &more;
        let mentions = describe("a.txt", &text).mentions;
        let chars: Vec<char> = text.strip_prefix('\u{FEFF}').unwrap_or(&text).chars().collect();
        let mut last = (0, 0, MentionKind::Person);
        for one in mentions {
            let slice = &chars[usize::try_from(one.start).unwrap()..usize::try_from(one.end).unwrap()];
            let slice: String = slice.iter().collect();
            let plain = |text: &str| {
                text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}'))
                    .filter(|word| !word.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            prop_assert_eq!(&one.text, &plain(&slice));
            let place = (one.start, one.end, one.kind);
            prop_assert!(last <= place && one.start < one.end);
            last = place;
        }
        let page = format!("<html><body><p>{text}</p></body></html>");
        let length = page.chars().count() as u64;
        for one in describe("a.html", &page).mentions {
            prop_assert!(one.start < one.end && one.end <= length);
        }
    }
}
