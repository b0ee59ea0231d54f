//! Documents that are cut anywhere: what is told of the beginning is what is told of the whole, or less.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ingest::FormatIdentifier;
use provenance::{Format, Identifier};

/// What a beginning may be told to be where the whole is something that is built on it, or less sure.
const GENERAL: [(&str, &[Option<&str>]); 12] = [
    ("text/plain", &[None, Some("x-fmt/111")]),
    ("text/html", &[None, Some("fmt/96")]),
    ("application/zip", &[None, Some("x-fmt/263")]),
    ("application/x-ole-storage", &[None]),
    ("application/xml", &[None, Some("fmt/101")]),
    ("application/gzip", &[Some("x-fmt/266")]),
    ("application/ogg", &[None]),
    ("message/rfc822", &[None]),
    ("application/vnd.ms-asf", &[None]),
    ("application/mp4", &[None]),
    ("image/heif", &[None]),
    ("application/x-ebml", &[None]),
];

fn entry(name: &str, content: &str) -> Vec<u8> {
    let mut entry = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let size = u32::try_from(content.len()).unwrap().to_le_bytes();
    entry.extend([size, size].concat());
    entry.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    entry.extend([0, 0]);
    entry.extend(name.bytes().chain(content.bytes()));
    entry
}

/// A compound file with one stream, whose directory lies behind its table of sectors.
fn compound() -> Vec<u8> {
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(2048, 0);
    (file[30], file[48]) = (9, 1);
    file[512..524].copy_from_slice(b"\xFD\xFF\xFF\xFF\xFE\xFF\xFF\xFF\xFE\xFF\xFF\xFF");
    let name: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
    file[1024..1040].copy_from_slice(&name);
    (file[1088], file[1140]) = (18, 2);
    file[1536..1544].copy_from_slice(&[9, 8, 16, 0, 0, 6, 5, 0]);
    file
}

fn samples() -> Vec<Vec<u8>> {
    let types = "<Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>";
    let content = "<office:document-content office:version=\"1.2\">";
    let riff = |kind: &str, rest: &[u8]| [b"RIFF\0\0\0\0", kind.as_bytes(), rest].concat();
    let text = "Der Bericht über die Häuser am Hafen wurde gestern in der Stadt veröffentlicht. ".repeat(3);
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    vec![
        [entry("_rels/.rels", "x"), entry("[Content_Types].xml", types)].concat(),
        [entry("mimetype", "application/vnd.oasis.opendocument.text"), entry("content.xml", content)]
            .concat(),
        entry("mimetype", "application/epub+zip"),
        compound(),
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF".to_vec(),
        b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR0123456789012____\0\0\0\0iTXt____\0\0\0\0IEND____".to_vec(),
        b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xDA".to_vec(),
        b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0II*\0\x08\0\0\0\0\x90\x07\0\x04\0\0\x000231....".to_vec(),
        b"II*\0\x08\0\0\0\x01\0\x00\x01\0\0\0\0\0\0\0\0\0\0".to_vec(),
        b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\x08free".to_vec(),
        b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic\0\0\0\x08free".to_vec(),
        riff("WAVE", b"fmt \x10\0\0\0\x01\0\x02\0________\x04\0\x10\0data\0\0\0\0"),
        riff("WEBP", b"VP8X\x0A\0\0\0"),
        riff("AVI ", b"LIST\0\0\0\0hdrlavih"),
        b"\x1A\x45\xDF\xA3\xA3\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04".to_vec(),
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n".to_vec(),
        b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(),
        b"SQLite format 3\0\x10\0".to_vec(),
        b"<!DOCTYPE html>\n<html><head><title>a</title></head></html>".to_vec(),
        b"<?xml version=\"1.0\"?>\n<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"></gpx>".to_vec(),
        b"{\"a\": [1, 2, {\"b\": null}], \"c\": \"d\"}".to_vec(),
        b"From: a\r\nTo: b\r\nDate: c\r\nMIME-Version: 1.0\r\nContent-Type: d\r\n\r\nhi\r\n".to_vec(),
        b"From: <Saved by X>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; x\r\n\r\n".to_vec(),
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n".to_vec(),
        b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nhi\n".to_vec(),
        b"1\n00:00:01,000 --> 00:00:02,000\nhi\n".to_vec(),
        b"name,born,place\nA,1,Quay\nB,2,Quay\nC,3,Quay\nD,4,Quay\n".to_vec(),
        text.clone().into_bytes(),
        latin,
        wide(&text),
        wide(&format!("\u{FEFF}{text}")),
    ]
}

fn told(octets: &[u8], size: usize) -> Format {
    FormatIdentifier.identify("x", octets, size as u64)
}

#[test]
fn a_beginning_is_told_as_the_whole_or_less() {
    for sample in samples() {
        let whole = told(&sample, sample.len());
        let start = sample[..sample.len().min(30)].escape_ascii();
        assert!(whole.media_type.is_some(), "{start}");
        for length in 0..sample.len() {
            let cut = told(&sample[..length], sample.len());
            let is_general = GENERAL.iter().any(|(media_type, puids)| {
                cut.media_type == Some(media_type) && (puids.contains(&cut.puid) || cut.puid == whole.puid)
            });
            let is_less =
                cut.media_type == whole.media_type && (cut.puid.is_none() || cut.puid == whole.puid);
            let nothing = cut.media_type.is_none() && cut.puid.is_none();
            assert!(nothing || is_less || is_general, "{length} of {start}: {cut:?}, whole {whole:?}");
        }
    }
}

#[test]
fn a_document_that_ends_anywhere_and_one_that_is_damaged_break_nothing() {
    for sample in samples() {
        for length in 0..sample.len() {
            told(&sample[..length], length);
            let mut damaged = sample.clone();
            damaged[length] ^= 0xFF;
            told(&damaged, sample.len());
            told(&sample[length..], sample.len() - length);
        }
    }
}
