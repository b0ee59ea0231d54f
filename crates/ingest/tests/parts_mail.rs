//! Attachments of mail and messages of mailboxes become documents of their own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

mod holders;

use holders::{Taken, take};
use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;
use provenance::Outcome::{Success, Warning};
use provenance::id::item_id;
use std::fmt::Write as _;
use std::process::Command;

/// A mail with a text, a page, attachments in all encodings, and a mail within it that has one, too.
const LETTER: &str = "From: Ada Quillfeather <ada@ellery.example>\r\n\
To: bo@ellery.example\r\n\
Subject: minutes\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=\"one\"\r\n\
\r\n\
for old programs only\r\n\
--one\r\n\
Content-Type: multipart/alternative; boundary=one-1\r\n\
\r\n\
--one-1\r\n\
Content-Type: text/plain\r\n\
\r\n\
Dear Bo,\r\n\
--one-1\r\n\
Content-Type: text/html\r\n\
\r\n\
<p>Dear Bo,</p>\r\n\
--one-1--\r\n\
\r\n\
--one\r\n\
Content-Type: application/pdf; name=\"=?utf-8?B?2q/Ystin2LHYtC5wZGY=?=\"\r\n\
Content-Disposition: attachment\r\n\
Content-Transfer-Encoding: base64\r\n\
\r\n\
JVBERi0x\r\n\
LjQK\r\n\
--one\r\n\
Content-Type: text/plain\r\n\
Content-Disposition: attachment; filename*=utf-8''n%C3%B6te.txt\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
\r\n\
a=3Db  \r\n\
soft=\r\n\
break\r\n\
--one \r\n\
Content-Type: image/png\r\n\
Content-ID: <picture>\r\n\
\r\n\
--two\r\nnot a boundary\r\n\r\n\
--one\r\n\
Content-Type: message/rfc822\r\n\
\r\n\
Subject: within\r\n\
Content-Type: multipart/mixed; boundary=two\r\n\
\r\n\
--two\r\n\
Content-Disposition: attachment; filename=\"../../etc/CON.txt\"\r\n\
\r\n\
inner\r\n\
--two--\r\n\
--one--\r\n\
an epilogue\r\n";

#[test]
fn attachments_are_decoded_and_named() {
    let taken = take(&[("a.eml", LETTER.as_bytes())]);
    let names = ["01 گزارش.pdf", "02 nöte.txt", "03 part.png", "04 message.eml", "05 CON.txt"];
    assert_eq!(taken.parts("a.eml"), names);
    let octets = names.map(|name| taken.octets(&format!("a.eml.parts/{name}")));
    let (begins, ends) = (LETTER.find("Subject: within").unwrap(), LETTER.find("\r\n--one--").unwrap());
    let within = &LETTER.as_bytes()[begins..ends];
    let expected: [&[u8]; 5] =
        [b"%PDF-1.4\n", b"a=b\r\nsoftbreak", b"--two\r\nnot a boundary\r\n", within, b"inner"];
    assert_eq!(octets, expected);
    assert_eq!(taken.octets("a.eml"), LETTER.as_bytes());

    let said = |name: &str, column| taken.given(&format!("a.eml.parts/{name}"), column).map(str::to_owned);
    assert_eq!(said(names[0], "title").as_deref(), Some("گزارش.pdf"));
    assert_eq!(said(names[2], "title"), None);
    assert_eq!(said(names[0], "acquired_how").as_deref(), Some("attachment of a mail"));
    assert_eq!(said(names[3], "acquired_how").as_deref(), Some("mail attached to a mail"));
    let id = |path: &str| Some(item_id(path).to_string());
    assert_eq!(said(names[3], "derived_from"), id("data/a.eml"));
    assert_eq!(said(names[4], "derived_from"), id("data/a.eml.parts/04 message.eml"));
    taken.told(Success, "5 attachments taken as documents of their own");
}

#[test]
fn a_mail_of_text_alone_is_nothing_but_itself() {
    let mails: [(&str, &[u8]); 4] = [
        ("a.eml", b"From: ada@ellery.example\n\nhello\n"),
        ("b.eml", b"no mail at all"),
        ("c.eml", b"Subject: no body"),
        ("d.mbox", b"no mailbox"),
    ];
    let taken = take(&mails);
    assert_eq!(taken.paths(), ["a.eml", "b.eml", "c.eml", "d.mbox"]);
    assert!(taken.arrivals().is_empty());
}

#[test]
fn a_mail_that_is_an_attachment_through_and_through_gives_it() {
    let mail = b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0x\nLjQK\n";
    let taken = take(&[("a.EML", mail)]);
    assert_eq!(taken.octets("a.EML.parts/01 part.pdf"), b"%PDF-1.4\n");
}

fn mailbox() -> String {
    let attachment = "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename=x.bin\nContent-Transfer-Encoding: base64\n\nAAECAw==\n--b--\n";
    format!(
        "From ada@ellery.example Thu Jul  6 09:14:02 2023\nSubject: one\n\n\
         >From here on it is quoted.\n\nFrom here on it is not.\n\n\
         From - Thu Jul  6 09:15:02 2023\nSubject: two\n{attachment}\n\
         From bo@ellery.example Thu Jul  6 09:16:02 2023\nSubject: three\n\nno blank line before this:\nFrom x Thu Jul  6 09:17:02 2023\nend"
    )
}

#[test]
fn a_mailbox_gives_its_messages_and_their_attachments() {
    let text = mailbox();
    let mailboxes: [(&str, &[u8]); 4] = [
        ("all.mbox", text.as_bytes()),
        ("Inbox", text.as_bytes()),
        ("Lists", text.as_bytes()),
        ("Lists.msf", b"index of a mail program"),
    ];
    let taken = take(&mailboxes);
    for name in ["all.mbox", "Inbox", "Lists"] {
        assert_eq!(taken.parts(name), ["01.eml", "02-01 x.bin", "02.eml", "03.eml"]);
        let octets = |part: &str| taken.octets(&format!("{name}.parts/{part}"));
        let first = "Subject: one\n\n>From here on it is quoted.\n\nFrom here on it is not.\n";
        assert_eq!(octets("01.eml"), first.as_bytes());
        assert_eq!(octets("02-01 x.bin"), [0, 1, 2, 3]);
        assert!(octets("02.eml").ends_with(b"--b--\n"));
        assert!(octets("03.eml").ends_with(b"09:17:02 2023\nend"));
        let message = item_id(&format!("data/{name}.parts/02.eml")).to_string();
        let attachment = format!("{name}.parts/02-01 x.bin");
        assert_eq!(taken.given(&attachment, "derived_from"), Some(message.as_str()));
        let whole = item_id(&format!("data/{name}")).to_string();
        assert_eq!(taken.given(&format!("{name}.parts/02.eml"), "derived_from"), Some(whole.as_str()));
        assert_eq!(taken.given(&attachment, "title"), Some("x.bin"));
    }
    taken.told(Success, "3 messages and 1 attachment taken as documents of their own");
}

#[test]
fn letters_behind_the_end_of_base64_are_left_out_and_told() {
    let mail = b"Content-Type: a/b\nContent-Transfer-Encoding: base64\n\nZm9vYg==\n_____\na list of mail\n";
    let taken = take(&[("a.eml", mail)]);
    assert_eq!(taken.octets("a.eml.parts/01 part"), b"foob");
    taken.told(Warning, "1 with letters behind the end of their base64");
}

/// All parts of all mails, by the name of the mail and their number.
/// A mail with one attachment that has this header and body.
fn with_attachment(header: &str, body: &str) -> String {
    format!(
        "From: ada@ellery.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nDear Bo,\r\n--b\r\n{header}\r\n\r\n{body}\r\n--b--\r\n"
    )
}

#[test]
fn a_text_whose_name_is_too_long_is_an_attachment_all_the_same() {
    for header in [
        "Content-Type: text/plain; name=\"NAME\"",
        "Content-Type: text/plain\r\nContent-Disposition: inline; filename=\"NAME\"",
    ] {
        let header = header.replace("NAME", &format!("{}.txt", "n".repeat(1_200)));
        let taken = take(&[("a.eml", with_attachment(&header, "inner").as_bytes())]);
        assert_eq!(taken.parts("a.eml"), ["01 part.txt"], "{header}");
        assert_eq!(taken.octets("a.eml.parts/01 part.txt"), b"inner");
    }
    let header = format!("Content-Type: image/{}", "x".repeat(1_200));
    let taken = take(&[("a.eml", with_attachment(&header, "inner").as_bytes())]);
    assert_eq!(taken.parts("a.eml").len(), 1);
}

#[test]
fn damage_of_an_attachment_is_told() {
    let header = "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64";
    for (body, outcome, said) in [
        ("JVBERi0x\r\nLjQK", Success, "taken as a document of its own"),
        ("JVBERi0x\r\n!!!\r\nLjQK", Warning, "1 with damage in their base64, decoded as far as it goes"),
        ("JVBERi0x\r\nLjQ", Warning, "1 with damage in their base64"),
    ] {
        let taken = take(&[("a.eml", with_attachment(header, body).as_bytes())]);
        taken.told(outcome, said);
        assert_eq!(taken.octets("a.eml.parts/01 a.pdf")[..6], b"%PDF-1"[..]);
    }
    let whole = with_attachment(header, "JVBERi0x\r\nLjQK");
    let cut = whole.strip_suffix("\r\nLjQK\r\n--b--\r\n").unwrap();
    take(&[("a.eml", cut.as_bytes())]).told(Warning, "1 cut short");
}

/// A circular to so many that its header is longer than any other: what stands behind them counts.
fn circular() -> String {
    let people: String = (0..2_400).fold(String::new(), |mut people, number| {
        let _ = write!(people, "Reader {number} <reader{number}@post.ellery.example>,\r\n ");
        people
    });
    format!(
        "From: Ada <ada@ellery.example>\r\nTo: {people}end@ellery.example\r\n{}",
        &LETTER[LETTER.find("Subject").unwrap()..]
    )
}

#[test]
fn a_header_of_any_length_loses_no_attachment() {
    let mail = circular();
    let long_line = mail.replace(",\r\n ", ", ");
    for mail in [&mail, &long_line] {
        let taken = take(&[("a.eml", mail.as_bytes())]);
        assert_eq!(taken.parts("a.eml").len(), 5);
        taken.told(Success, "5 attachments taken as documents of their own");
        let mailbox = format!("From ada@ellery.example Thu Jul  6 09:14:02 2023\n{mail}");
        let taken = take(&[("a.mbox", mailbox.as_bytes())]);
        taken.told(Success, "1 message and 5 attachments taken as documents of their own");
    }
}

#[test]
fn a_header_that_says_more_than_is_read_is_told() {
    for fold in ["\r\n ", ""] {
        let long = "n".repeat(70_000);
        let header = format!("Content-Type: application/pdf; name=a.pdf;{fold}x=\"{long}\"");
        let taken = take(&[("a.eml", with_attachment(&header, "inner").as_bytes())]);
        assert_eq!(taken.parts("a.eml").len(), 1);
        assert_eq!(taken.octets(&format!("a.eml.parts/{}", taken.parts("a.eml")[0])), b"inner");
        taken.told(Warning, "1 headers that say more of their body than is read");
    }
}

#[test]
fn an_encoding_that_nobody_undoes_is_told() {
    let coded = "begin 644 a.pdf\r\n#4$1&\r\n`\r\nend";
    for (coding, how) in [("X-UUencode", "x-uuencode"), ("\u{1b}[2J uu", "an unknown coding")] {
        let header =
            format!("Content-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: {coding}");
        let taken = take(&[("a.eml", with_attachment(&header, coded).as_bytes())]);
        assert_eq!(taken.octets("a.eml.parts/01 a.pdf"), coded.as_bytes());
        taken
            .told(Warning, "1 attachment taken as a document of its own; 1 still coded: fonds does not know");
        let said = taken.given("a.eml.parts/01 a.pdf", "acquired_how").unwrap();
        assert_eq!(said, format!("attachment of a mail, still coded by {how}"));
    }
    for coding in ["7bit", "8BIT", "binary", " "] {
        let header = format!("Content-Type: a/b; name=a.pdf\r\nContent-Transfer-Encoding: {coding}");
        take(&[("a.eml", with_attachment(&header, coded).as_bytes())])
            .told(Success, "1 attachment taken as a document of its own");
    }
}

#[test]
fn a_mail_that_ends_without_its_last_boundary_is_told() {
    let whole = with_attachment("Content-Type: application/pdf; name=a.pdf", "inner");
    let told = "mails that end without the boundary behind their last part";
    for end in ["Dear", "Dear Bo,\r\n", "--b\r\nContent-Type: app", "name=a.pdf\r\n"] {
        let cut = &whole[..whole.find(end).unwrap() + end.len()];
        take(&[("a.eml", cut.as_bytes())])
            .told(Warning, &format!("0 attachments taken as documents of their own; 1 {told}"));
    }
    let two = format!(
        "From x Thu Jul  6 09:14:02 2023\n{}\n\nFrom x Thu Jul  6 09:14:02 2023\n{whole}",
        &whole[..whole.find(",\r\n--b").unwrap()]
    );
    take(&[("a.mbox", two.as_bytes())])
        .told(Warning, &format!("2 messages and 1 attachment taken as documents of their own; 1 {told}"));
    take(&[("a.eml", whole.as_bytes())]).told(Success, "1 attachment taken as a document of its own");
}

#[test]
fn a_multipart_that_cannot_be_looked_through_is_told() {
    let coded = "Content-Type: multipart/mixed; boundary=c\r\nContent-Transfer-Encoding: base64";
    let bare = "Content-Type: multipart/mixed; boundary=c";
    for (header, body, why) in [
        (coded, "LS1jDQoNCg==", "1 multiparts not looked through: they are encoded as a whole"),
        (bare, "--d\r\n\r\nx\r\n--d--", "1 multiparts not looked through: their boundary is nowhere in them"),
        (
            "Content-Type: multipart/mixed",
            "--c\r\n\r\nx\r\n--c--",
            "1 multiparts not looked through: they name no boundary",
        ),
    ] {
        let said = format!("0 attachments taken as documents of their own; {why}");
        take(&[("a.eml", with_attachment(header, body).as_bytes())]).told(Warning, &said);
        take(&[("a.eml", format!("From: a@ellery.example\r\n{header}\r\n\r\n{body}\r\n").as_bytes())])
            .told(Warning, &said);
    }
    // Some programs say so of a multipart that is not encoded.
    let body = "--c\r\nContent-Type: a/b; name=n\r\n\r\nx\r\n--c--";
    let taken = take(&[("a.eml", with_attachment(coded, body).as_bytes())]);
    taken.told(Success, "1 attachment taken as a document of its own");
    assert_eq!(taken.octets("a.eml.parts/01 n"), b"x");
}

fn decoded(taken: &Taken) -> String {
    let mut lines = String::new();
    for item in &taken.received.accession.items {
        if item.given.is_empty() {
            continue;
        }
        let octets = taken.read(item).unwrap();
        let name = item.path.as_str().trim_start_matches("data/");
        let (name, is_mail) = (name.split(' ').next().unwrap(), name.ends_with(" message.eml"));
        let sum = fixity::sum_of(&octets, &[fixity::Algorithm::Sha256]).digests[0].to_string();
        let _ = writeln!(lines, "{name} {}", if is_mail { "a mail" } else { &sum });
    }
    lines
}

/// Python writes mails and mailboxes and takes them apart; we come to the same octets.
#[test]
fn python_finds_the_same_in_what_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let script = include_str!("holders/mails.py");
    let answer = Command::new("python3").args(["-c", script]).arg(folder.path()).output();
    let Ok(answer) = answer else {
        println!("passed over: there is no `python3` here");
        return;
    };
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let theirs = String::from_utf8(answer.stdout).unwrap();
    let files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, octets)| (&**name, &**octets)).collect();
    let ours = decoded(&take(&files));
    assert!(theirs.lines().count() > 100, "{theirs}");
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&ours), sorted(&theirs));
}

/// One part of a mail, as text.
fn part() -> impl Strategy<Value = String> {
    let encoded = prop_oneof![
        "[A-Za-z0-9+/]{4}{0,9}\\r\\n"
            .prop_map(|text| format!("Content-Transfer-Encoding: base64\r\n\r\n{text}")),
        "([a-z =]|=3D|\\r\\n){0,40}x".prop_map(|text| {
            let text = text.replace("= ", "=20").replace('=', "=3D");
            format!("Content-Transfer-Encoding: quoted-printable\r\n\r\n{text}")
        }),
        "[ -~]{0,30}(\\r\\n[ -,.-~]{1,30}){0,4}".prop_map(|text| format!("\r\n{text}")),
    ];
    encoded.prop_map(|text| format!("Content-Type: application/x-test\r\n{text}\r\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Somebody else's parser finds the same parts in sound mails.
    #[test]
    fn mail_parser_finds_the_same(parts in proptest::collection::vec(part(), 1..6)) {
        let mut mail = "Subject: x\r\nContent-Type: multipart/mixed; boundary=\"b-0\"\r\n\r\n".to_owned();
        for part in &parts {
            let _ = write!(mail, "--b-0\r\n{part}");
        }
        mail.push_str("--b-0--\r\n");
        let taken = take(&[("a.eml", mail.as_bytes())]);
        let theirs: Vec<Vec<u8>> = MessageParser::default().parse(mail.as_bytes()).unwrap()
            .attachments().map(|part| part.contents().to_vec()).collect();
        let ours: Vec<Vec<u8>> =
            taken.parts("a.eml").iter().map(|name| taken.octets(&format!("a.eml.parts/{name}"))).collect();
        prop_assert_eq!(ours, theirs, "{}", mail);
    }

    /// Whatever stands in a mail, its parts can be read as they were counted.
    #[test]
    fn any_text_can_be_taken_apart(
        lines in proptest::collection::vec(
            "(--b(--)?|--c(--)?|Content-Type: (multipart/(mixed|digest); boundary=[bc]|message/rfc822|image/png; name=\"[^\"\\r\\n]{0,9}\")|Content-Transfer-Encoding: (base64|quoted-printable)|From x Thu Jul  6 09:14:02 2023|[a-z=+ ]{0,12}|)\\r?\\n",
            0..60,
        ),
    ) {
        let text = format!("Subject: x\n{}", lines.concat());
        let mailbox = format!("From x\n{}", lines.concat());
        let taken = take(&[("a.eml", text.as_bytes()), ("b.mbox", mailbox.as_bytes())]);
        taken.read_all();
    }
}

#[test]
fn the_headers_of_mail_parser_are_those_that_are_used() {
    // If this crate no longer decodes names, attachments would lose theirs without a word.
    let text = b"Content-Disposition: attachment; filename==?utf-8?Q?n=C3=B6te=2Etxt?=\n\n";
    let message = MessageParser::new().with_mime_headers().parse_headers(text).unwrap();
    assert_eq!(message.attachment_name(), Some("nöte.txt"));
}
