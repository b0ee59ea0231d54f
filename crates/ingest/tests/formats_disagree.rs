//! Extensions that say another format than the content.

use ingest::FormatIdentifier;
use proptest::prelude::*;
use provenance::{Format, Identifier};

fn told(name: &str, content: &[u8]) -> Option<String> {
    let format = FormatIdentifier.identify(name, content, content.len() as u64);
    FormatIdentifier.disagreement(name, &format)
}

const PDF: &[u8] = b"%PDF-1.4\n%%EOF";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01";
const MP4: &[u8] = b"\0\0\0\x14ftypisom\0\0\0\0isom";
const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const PAGE: &[u8] = b"<html><body>hi</body></html>";

#[test]
fn both_are_named_where_they_disagree() {
    for (name, content, words) in [
        ("a.jpg", PDF, ".jpg, and the content is application/pdf"),
        ("A.PDF", JPEG, ".pdf, and the content is image/jpeg"),
        ("a.pdf", PAGE, ".pdf, and the content is text/html"),
        ("a.txt", JPEG, ".txt, and the content is image/jpeg"),
        ("a.txt", b"{\\rtf1\\ansi x}", ".txt, and the content is application/rtf"),
        ("a.doc", PAGE, ".doc, and the content is text/html, which Word opens, too"),
        ("a.doc", b"{\\rtf1\\ansi x}", ".doc, and the content is application/rtf, which Word opens, too"),
        ("a.csv", PAGE, ".csv, and the content is text/html"),
        ("a.eml", PAGE, ".eml, and the content is text/html"),
        ("a.exe", b"just text\n", ".exe, and the content is text/plain"),
        ("a.pdf", b"\x01\x02\x03", ".pdf, and the content is of no known format"),
        ("a.JPG", b"\x01\x02\x03", ".jpg, and the content is of no known format"),
        ("a.docx", PDF, ".docx, and the content is application/pdf"),
        ("a.mp3", MP4, ".mp3, and the content is video/mp4"),
        ("a.html", JPEG, ".html, and the content is image/jpeg"),
        ("letter.zip.pdf", ZIP, ".pdf, and the content is application/zip"),
    ] {
        assert_eq!(told(name, content).as_deref(), Some(words));
    }
}

#[test]
fn nothing_is_said_where_they_agree_or_one_says_nothing() {
    for (name, content) in [
        ("a.pdf", PDF),
        ("a.JPE", JPEG),
        ("a.mov", MP4),
        ("a.m4a", MP4),
        ("a.3gp", MP4),
        ("a.docx", ZIP),
        ("a.docx", COMPOUND),
        ("a.doc", COMPOUND),
        ("a.txt", PAGE),
        ("a.mbox", b"From a\n\nFrom: a\n\nc"),
        ("a.mp3", b"\x01\x02\x03"),
        ("a.txt", b"From: a\nReceived: b\n\nc"),
        ("a.htm", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>"),
        ("a.htm", b"<div>a piece</div>"),
        ("a.xml", b"<?xml version='1.0'?><svg/>"),
        ("a.warc", b"\x1F\x8B\x08\0"),
        ("a.dat", PDF),
        ("a.bin", JPEG),
        ("a.tmp", PAGE),
        ("a.unheard-of", PDF),
        ("no extension", PDF),
        (".pdf", JPEG),
        ("pdf", JPEG),
        ("a.", JPEG),
        ("", JPEG),
        ("a.pdf", b""),
    ] {
        assert_eq!(told(name, content), None, "{name}");
    }
}

proptest! {
    #[test]
    fn no_name_is_too_strange(name in "\\PC{0,40}", extension in "\\.?[a-zA-Z0-9ı.İ]{0,6}", basis in "\\PC{0,8}") {
        let basis: &'static str = if basis.is_empty() { "" } else { "text" };
        for media_type in [None, Some("application/pdf"), Some("text/plain"), Some("")] {
            let format = Format { media_type, puid: None, basis };
            FormatIdentifier.disagreement(&format!("{name}{extension}"), &format);
        }
    }
}
