//! Formats of text: content decides first, and then the extension.

use ingest::FormatIdentifier;
use provenance::{Format, Identifier};

fn whole(name: &str, content: &[u8]) -> Format {
    FormatIdentifier.identify(name, content, content.len() as u64)
}

/// Asserts what is told of each document: its name, content, media type, PRONOM identifier.
fn assert_told(documents: &[(&str, &str, &str, &str)]) {
    for (name, content, media_type, puid) in documents {
        let format = whole(name, content.as_bytes());
        let told = (format.media_type.unwrap_or("-"), format.puid.unwrap_or("-"));
        assert_eq!(told, (*media_type, *puid), "{content}");
    }
}

#[test]
fn markup() {
    let public = |version: &str| format!("<!DOCTYPE html PUBLIC \"-//W3C//DTD {version}//EN\">");
    let svg = |version: &str| {
        format!("<?xml version=\"1.0\"?>\n<svg xmlns=\"s\"\n version=\"{version}\"><g/></svg>")
    };
    let geo =
        |name: &str, space: &str| format!("<?xml version=\"1.0\"?>\n<{name} xmlns=\"{space}\"></{name}>");
    assert_told(&[
        ("a.txt", "<!DOCTYPE html>\n<html>", "text/html", "fmt/471"),
        ("a", "\u{FEFF}\n <!-- <svg> -->\n<!doctype HTML>", "text/html", "fmt/471"),
        ("a", &public("HTML 4.01"), "text/html", "fmt/100"),
        ("a", &public("HTML 4.0"), "text/html", "fmt/99"),
        ("a", &public("HTML 3.2 Final"), "text/html", "fmt/98"),
        ("a", &public("HTML 2.0"), "text/html", "fmt/97"),
        ("a", &public("XHTML 1.0 Strict"), "application/xhtml+xml", "fmt/102"),
        ("a", &public("XHTML 1.1"), "application/xhtml+xml", "fmt/103"),
        ("a", "<HTML><body>", "text/html", "fmt/96"),
        ("a", "<?xml version='1.0'?><letters/>", "application/xml", "fmt/101"),
        ("a", &svg("1.0"), "image/svg+xml", "fmt/91"),
        ("a", &svg("1.1"), "image/svg+xml", "fmt/92"),
        ("a", "<svg xmlns=\"s\"/>", "image/svg+xml", "-"),
        ("a", "<3 you", "text/plain", "x-fmt/111"),
        (
            "a",
            &geo("kml", "http://www.opengis.net/kml/2.2"),
            "application/vnd.google-earth.kml+xml",
            "fmt/244",
        ),
        ("a", &geo("gpx", "http://www.topografix.com/GPX/1/1"), "application/gpx+xml", "fmt/1134"),
        ("a", &geo("gpx", "http://www.topografix.com/GPX/1/0"), "application/gpx+xml", "fmt/243"),
        ("a", "<gpx/>", "application/gpx+xml", "-"),
    ]);
}

#[test]
fn mail() {
    let mime = "From: a\r\nTo: b\r\nDate: c\r\nMIME-Version: 1.0\r\nContent-Type: d\r\n\r\nhi\r\n";
    let sent = "From: <jane@a.example>\nTo: b\nDate: Wed, 5 Jul 2023 10:30:00 -0000\nSubject: c\n d\n\nhi\n";
    let mailbox = "From a@b Mon Jan  1 00:00:00 2024\nFrom: a\nTo: b\n\nhi\n";
    assert_told(&[
        ("a", mime, "message/rfc822", "fmt/950"),
        ("a", "Received: x\nFrom: a\nDate: b\n\nhi", "message/rfc822", "-"),
        ("a", "From: me\nTo: you\nDate: today\n\nA memorandum.\n", "text/plain", "x-fmt/111"),
        ("a", sent, "message/rfc822", "-"),
        ("a", &sent.replace('\n', "\r\n"), "message/rfc822", "-"),
        ("a", &sent.replace("10:30:00", "noon"), "text/plain", "x-fmt/111"),
        ("a", &sent.replace("<jane@a.example>", "Jane"), "text/plain", "x-fmt/111"),
        ("a", &sent.replace("To: b", "then we went"), "text/plain", "x-fmt/111"),
        ("a", &sent.replace("\n\nhi", "\nshe asked for more"), "text/plain", "x-fmt/111"),
        ("a", mailbox, "application/mbox", "fmt/720"),
        ("a", "From here on, 10:30\nwe walked.\n", "text/plain", "x-fmt/111"),
    ]);
}

#[test]
fn saved_pages_are_told_from_mail_with_pictures() {
    let rest = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n";
    let saved = format!("From: <Saved by Blink>\r\nDate: c\r\n{rest}");
    let old = format!("Date: c\r\nContent-Location: https://a.example/\r\n{rest}");
    let mail = format!("From: a\r\nTo: b\r\nDate: c\r\n{rest}");
    assert_told(&[
        ("a", &saved, "multipart/related", "x-fmt/429"),
        ("a", &old, "multipart/related", "x-fmt/429"),
        ("a", &mail, "message/rfc822", "fmt/950"),
    ]);
}

#[test]
fn formats_that_are_written_as_text() {
    let card = |version: &str| format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nEND:VCARD\r\n");
    let calendar = |version: &str| format!("BEGIN:VCALENDAR\r\nVERSION:{version}\r\nEND:VCALENDAR\r\n");
    assert_told(&[
        ("a", &card("2.1"), "text/vcard", "fmt/1879"),
        ("a", &card("3.0"), "text/vcard", "fmt/1880"),
        ("a", &card("4.0").replace('\r', ""), "text/vcard", "-"),
        ("a", &calendar("1.0"), "text/x-vcalendar", "fmt/387"),
        ("a", &calendar("2.0"), "text/calendar", "fmt/388"),
        ("a", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nhi\n", "text/vtt", "fmt/1454"),
        ("a", "WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n", "text/vtt", "-"),
        ("a", "WEBVTTING is a sport\n", "text/plain", "x-fmt/111"),
        ("a", "1\r\n00:00:01,000 --> 00:00:02,000\r\nhi\r\n", "application/x-subrip", "fmt/1218"),
        ("a", "1\nin the morning --> home\n", "text/plain", "x-fmt/111"),
        ("a", "-----BEGIN PGP MESSAGE-----\n\nhQ\n", "application/pgp-encrypted", "-"),
        ("a", "-----BEGIN PGP SIGNATURE-----\n\niQ\n", "application/pgp-signature", "-"),
        ("a", "-----BEGIN PGP SIGNED MESSAGE-----\n\niQ\n", "text/plain", "-"),
        ("a", "%!PS-Adobe-3.0\n", "application/postscript", "-"),
    ]);
}

#[test]
fn tables_are_told_by_their_rows_and_prose_is_not() {
    let table = "name,born,place\nAda,1950,\"Port Ellery, East\"\nBen,1951,Quay\nCyr,1952,Quay\n";
    let listed =
        "Ada, Ben, and I left.\nThey, too, went home.\nIt rained, it blew, it was dark.\nWe, all, slept.\n";
    assert_told(&[
        ("a", table, "text/csv", "x-fmt/18"),
        ("a.txt", &table.replace(", ", " ").replace(',', ";"), "text/csv", "-"),
        ("a", &table.replace(", ", " ").replace(',', "\t"), "text/tab-separated-values", "x-fmt/13"),
        ("a", &table.replace("1952,Quay", "1952"), "text/plain", "x-fmt/111"),
        ("a", &table.replace("born", "name"), "text/plain", "x-fmt/111"),
        ("a", listed, "text/plain", "x-fmt/111"),
        ("a.py", table, "text/x-python", "fmt/938"),
    ]);
}

#[test]
fn other_text() {
    assert_told(&[
        ("a", "گزارش ۱۳۶۷\n", "text/plain", "x-fmt/111"),
        ("a.CSV", "a,b\r\n", "text/csv", "x-fmt/18"),
        ("a.md", "# a\n", "text/markdown", "fmt/1149"),
        ("a.csv", "%PDF-1.4\n%%EOF", "application/pdf", "fmt/18"),
        ("a", "{\"a\": [1, null]}", "application/json", "fmt/817"),
        ("a", "[section]\nkey=1\n", "text/plain", "x-fmt/111"),
        ("a", "bell \u{7}", "-", "-"),
        ("a", "", "-", "-"),
    ]);
    assert_eq!(whole("a.csv", b"a,b").basis, "text: valid UTF-8, extension .csv");
    assert_eq!(whole("a.csv", b"").basis, "empty file");
}

#[test]
fn text_in_utf_16_and_text_that_is_cut_are_text() {
    let utf_16: Vec<u8> = "\u{FEFF}hello 😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(whole("a", &utf_16).basis, "text: UTF-16LE, by its byte order mark");
    let text = "گزارش".as_bytes();
    let cut = &text[..text.len() - 1];
    assert_eq!(FormatIdentifier.identify("a", cut, 100).basis, "text: valid UTF-8");
    assert_eq!(whole("a", cut), Format::UNKNOWN);
}
