//! Descriptions of mail and of pages saved as mail; every person in them is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod media;

use ingest::FormatIdentifier;
use media::{created, creators, describe, everything, given_up, sensitive, title};
use provenance::Identifier;
use provenance::description::{Description, RemarkKind};
use std::fmt::Write as _;

const ENGLISH: &str = "The council of the harbour heard the families on Wednesday evening, and promised once more to \
     open the books. Nobody who had been there that night was willing to speak to this paper.";

const PERSIAN: &str = "شورای شهر روز چهارشنبه درباره پیشنهادهای کمیسیون بحث کرد و چند اصلاحیه را تصویب کرد که به گفته شهردار از سال آینده اجرا خواهد شد و ساکنان محله نیز در جلسه حضور داشتند.";

fn base64(octets: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (at, group) in octets.chunks(3).enumerate() {
        if at > 0 && at % 19 == 0 {
            text.push_str("\r\n");
        }
        let number = group.iter().fold(0_u32, |number, octet| number << 8 | u32::from(*octet))
            << (8 * (3 - group.len()));
        for digit in 0..4 {
            let value = number >> (18 - 6 * digit) & 63;
            text.push(if digit > group.len() { '=' } else { char::from(DIGITS[value as usize]) });
        }
    }
    text
}

#[test]
fn a_circular_to_thousands_is_described() {
    let people: String = (0..2_400).fold(String::new(), |mut people, number| {
        let _ = write!(people, "Reader {number} <reader{number}@post.example.org>,\r\n ");
        people
    });
    let mail = format!(
        "From: \"Jane Sample\" <jane@example.org>\r\nTo: {people}end@example.org\r\nSubject: The books of the harbour\r\n\
         Date: Wed, 5 Jul 2023 14:03:00 +0330\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{ENGLISH}\r\n--b--\r\n"
    );
    let description = describe("a.eml", mail.as_bytes());
    assert_eq!(title(&description), "The books of the harbour");
    assert_eq!(creators(&description), ["Jane Sample"]);
    assert_eq!(description.language.as_ref().unwrap().value, "en");
    let format = FormatIdentifier.identify("a.eml", mail.as_bytes(), mail.len() as u64);
    assert_eq!(format.media_type, Some("message/rfc822"));
    assert_eq!(
        FormatIdentifier.identify("a.txt", mail.as_bytes(), mail.len() as u64).media_type,
        Some("text/plain")
    );
}

#[test]
fn a_letter_with_everything_in_its_header() {
    let mail = format!(
        "Received: from janes-laptop (unknown [192.0.2.7])\r\n by mx.example.org; Wed, 5 Jul 2023 14:03:05 +0200\r\n\
         From: \"Jane Sample\" <jane@example.org>\r\nTo: John Placeholder <john@example.org>\r\nSubject: The books of\r\n the harbour\r\n\
         Date: Wed, 5 Jul 2023 14:03:00 +0330\r\nMessage-ID: <4711@janes-laptop>\r\nUser-Agent: Example Mail 7\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{ENGLISH}\r\n> {PERSIAN}\r\n"
    );
    let description = describe("a.eml", mail.as_bytes());
    assert_eq!(title(&description), "The books of the harbour");
    assert_eq!(creators(&description), ["Jane Sample"]);
    assert_eq!(created(&description), "2023-07-05T14:03:00+03:30");
    assert_eq!(description.dates.published, None);
    assert_eq!(description.dates.as_written.as_deref(), Some("Wed, 5 Jul 2023 14:03:00 +0330"));
    assert_eq!(description.language.as_ref().unwrap().value, "en");
    assert_eq!(description.summary, None);
    assert_eq!(
        sensitive(&description),
        [
            "name of a computer in the header of mail",
            "mail address in the header of mail",
            "network address in the header of mail",
            "mail program in the header of mail",
            "time zone in the header of mail"
        ]
    );
    let text = everything(&description);
    for value in ["jane@", "john@", "192.0.2.7", "4711", "laptop", "Example Mail"] {
        assert!(!text.contains(value), "{value} in {text}");
    }
}

#[test]
fn persian_words_in_utf_8_and_windows_1256() {
    let (octets, ..) = encoding_rs::WINDOWS_1256.encode("شوراى شهر");
    let subject = format!("=?windows-1256?B?{}?=", base64(&octets));
    let mail = format!(
        "From: =?utf-8?B?{}?= <a@example.org>\r\nSubject: {subject}\r\nDate: Wed, 05 Jul 2023 14:03:00 -0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64("آرش نمونه".as_bytes()),
        base64(PERSIAN.as_bytes())
    );
    let description = describe("a.eml", mail.as_bytes());
    assert_eq!(title(&description), "شوراى شهر");
    assert_eq!(creators(&description), ["آرش نمونه"]);
    assert_eq!(description.language.as_ref().unwrap().value, "fa");
    assert_eq!(created(&description), "2023-07-05T14:03:00Z");
}

#[test]
fn what_is_not_told_stays_blank() {
    let mail = "From: jane@example.org\nDate: Wed, 35 Jul 2023 14:03:00 +0000\nMIME-Version: 1.0\n\nhi\n";
    let description = describe("a.eml", mail.as_bytes());
    assert_eq!(title(&description), "");
    assert_eq!(creators(&description), [""; 0], "an address alone is no name");
    assert_eq!(description.dates.created, None);
    assert_eq!(description.language, None);
    assert_eq!(sensitive(&description), ["mail address in the header of mail"]);
    // Its weekday says that the day is wrong, or the weekday is.
    let mail = mail.replace("Wed, 35", "Mon, 5");
    assert_eq!(describe("a.eml", mail.as_bytes()).dates.created, None);
}

#[test]
fn the_text_is_found_among_parts() {
    let page = format!("<html><body><p>{PERSIAN} {PERSIAN}</p></body></html>");
    let related = format!(
        "--in\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}\n--in\nContent-Type: image/png\n\nx\n--in--\n",
        base64(page.as_bytes())
    );
    let mail = |first: &str| {
        format!(
            "From: Jane Sample <a@example.org>\nTo: b@example.org\nDate: Wed, 5 Jul 2023 14:03:00 +0000\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=\"out\"\n\npreamble\n--out\nContent-Type: application/pdf\n\nx\n--out\n\
             Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nAttached words only.\n{first}--out\n\
             Content-Type: multipart/related; boundary=in\n\n{related}--out--\n"
        )
    };
    let language = |mail: &str| describe("a.eml", mail.as_bytes()).language.map(|language| language.value);
    assert_eq!(language(&mail("")).as_deref(), Some("fa"));
    assert_eq!(language(&mail(&format!("--out\n\n{ENGLISH}\n"))).as_deref(), Some("en"));
}

#[test]
fn a_page_that_a_browser_saved() {
    let page = "<html lang=3D\"en\"><head><title>River rises again | Daily Example</title>\n\
        <link rel=3D\"canonical\" href=3D\"https://daily.example/2023/07/05/river\"></head>\n<body><h1>River rises again</h1><time datetime=3D\"2023-07-05\">5 July 2023</time><p>Text.</p></body></html>";
    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://daily.example/2023/07/05/river?from=home\r\nSubject: River rises again\r\n\
         Date: Thu, 6 Jul 2023 09:14:02 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Blink--47\"\r\n\r\n\r\n\
         ------Blink--47\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://daily.example/2023/07/05/river?from=home\r\n\r\n{page}\r\n------Blink--47--\r\n"
    );
    let description = describe("a.mhtml", saved.as_bytes());
    assert_eq!(title(&description), "River rises again");
    assert_eq!(description.title.as_ref().unwrap().signals, ["heading", "title", "mhtml"]);
    assert_eq!(
        description.source_url.as_ref().unwrap().value,
        "https://daily.example/2023/07/05/river?from=home"
    );
    assert_eq!(description.source_url.as_ref().unwrap().signals, ["mhtml"]);
    assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
    assert_eq!(description.dates.created, None);
    assert_eq!(description.format_detail, "web page saved at 2023-07-06T09:14:02Z");
    assert_eq!(description.language.as_ref().unwrap().value, "en");
    assert_eq!(creators(&description), [""; 0]);
    assert_eq!(sensitive(&description), [""; 0]);
}

#[test]
fn a_mailbox_says_how_many_messages_it_has() {
    let message = "From jane@example.org Wed Jul  5 14:03:00 2023\nFrom: jane@example.org\nTo: b@example.org\nSubject: Books\n\nFrom here on.\n>From there.\n\n";
    let description = describe("a.mbox", message.repeat(3).as_bytes());
    assert_eq!(description.format_detail, "3 messages");
    assert_eq!(sensitive(&description), ["mail address in messages of the mailbox"]);
    assert_eq!(title(&description), "");
}

#[test]
fn ten_thousand_parts() {
    let mut mail = "From: Jane Sample <a@example.org>\nTo: b@example.org\nMIME-Version: 1.0\nDate: Wed, 5 Jul 2023 14:03:00 +0000\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned();
    for part in 0..10_000 {
        let _ = write!(mail, "--b\nContent-Type: image/png\n\n{part}\n");
    }
    let description = describe("a.eml", mail.as_bytes());
    assert_eq!(created(&description), "2023-07-05T14:03:00Z");
    assert_eq!(given_up(&description), ["mail of more than 1000 parts: the rest was not looked at"]);
}

#[test]
fn parts_a_thousand_deep() {
    let head = "From: Jane Sample <a@example.org>\nTo: b@example.org\nMIME-Version: 1.0\nDate: Wed, 5 Jul 2023 14:03:00 +0000\n";
    let nested: String = (0..1_000).fold(String::new(), |mut text, depth| {
        let _ = write!(text, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
        text
    });
    let description = describe("a.eml", format!("{head}{nested}").as_bytes());
    assert_eq!(creators(&description), ["Jane Sample"]);
    assert_eq!(given_up(&description), ["mail with parts nested deeper than 10"]);
    // Messages within messages, which a recursive reader would not survive.
    let nested = "Content-Type: message/rfc822\n\n".repeat(60_000);
    let description = describe("a.eml", format!("{head}{nested}").as_bytes());
    assert_eq!(creators(&description), ["Jane Sample"]);
}

#[test]
fn a_saved_page_without_a_page_is_hollow() {
    let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ellery-post.example/bells\r\nSubject: Bells\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    let description = describe("a.mhtml", saved.as_bytes());
    let hollow = |description: &Description| {
        description.remarks.iter().any(|remark| remark.kind == RemarkKind::HollowCapture)
    };
    assert!(hollow(&description), "{:?}", description.remarks);
    assert_eq!(description.format_detail, "saved as a web page");
    assert_eq!(description.source_url.as_ref().unwrap().value, "https://ellery-post.example/bells");
    let text =
        "<p>The bells of Port Ellery rang at noon, as they had not done since the flood.</p>".repeat(20);
    let with_page = saved
        .replace("--b--", &format!("--b\r\nContent-Type: text/html\r\n\r\n<h1>Bells</h1>{text}\r\n--b--"));
    let description = describe("a.mhtml", with_page.as_bytes());
    assert!(!hollow(&description), "{:?}", description.remarks);
    assert_eq!(description.format_detail, "web page saved");
}
