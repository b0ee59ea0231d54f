//! Formats by content; the identifiers are those that siegfried (pygfried 2.2.0) gives for such files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ingest::FormatIdentifier;
use proptest::prelude::*;
use provenance::{Format, Identifier};
use std::io::Write as _;

fn whole(name: &str, content: &[u8]) -> Format {
    FormatIdentifier.identify(name, content, content.len() as u64)
}

/// Media type and PRONOM identifier, `-` for none.
fn told(format: Format) -> (&'static str, &'static str) {
    (format.media_type.unwrap_or("-"), format.puid.unwrap_or("-"))
}

/// Asserts what is told of each document: its octets, media type, PRONOM identifier.
fn assert_told(documents: &[(Vec<u8>, &str, &str)]) {
    for (content, media_type, puid) in documents {
        let start = content[..content.len().min(40)].escape_ascii();
        assert_eq!(told(whole("x", content)), (*media_type, *puid), "{start}");
    }
}

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &[0; 4]].concat()
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
    png.extend(chunk(b"IHDR", &[0; 13]));
    png.extend(chunks.concat());
    png.extend(chunk(b"IEND", b""));
    png
}

fn wave(before: &[u8], length: u8, kind: u16) -> Vec<u8> {
    let mut format = kind.to_le_bytes().to_vec();
    format.resize(usize::from(length), 0);
    [b"RIFF\0\0\0\0WAVE", before, b"fmt ", &[length, 0, 0, 0], &format, b"data\0\0\0\0"].concat()
}

fn ogg(packet: &[u8], length: usize) -> Vec<u8> {
    let mut page = b"OggS\0\x02".to_vec();
    page.resize(28, 0);
    page.extend(packet);
    page.resize(28 + length, 0);
    page.extend(b"OggS\0\0");
    page
}

fn ebml(kind: &[u8]) -> Vec<u8> {
    let length = 0x80 | u8::try_from(kind.len()).unwrap();
    [&b"\x1A\x45\xDF\xA3\xA3\x42\x86\x81\x01\x42\x82"[..], &[length], kind, b"\x42\x87\x81\x04"].concat()
}

fn tar() -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..4].copy_from_slice(b"name");
    header[257..262].copy_from_slice(b"ustar");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&octet: &u8| u32::from(octet)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// The beginning of an ISO base media file.
fn ftyp(brand: &str, compatible: &str) -> Vec<u8> {
    [b"\0\0\0\x14ftyp", brand.as_bytes(), b"\0\0\0\0", compatible.as_bytes()].concat()
}

#[test]
fn images() {
    let exif = |version: &str| {
        [b"\xFF\xD8\xFF\xE1\0\0Exif\0\0II*\0", &b"\0\x90\x07\0\x04\0\0\0"[..], version.as_bytes()].concat()
    };
    let bitmap = |header: u8, depth: u8| {
        let mut bitmap = b"BM".to_vec();
        bitmap.resize(54, 0);
        (bitmap[14], bitmap[26], bitmap[28]) = (header, 1, depth);
        bitmap
    };
    assert_told(&[
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01".to_vec(), "image/jpeg", "fmt/43"),
        (b"\xFF\xD8\xFF\xDB".to_vec(), "image/jpeg", "-"),
        (exif("0220"), "image/jpeg", "x-fmt/391"),
        (exif("0231"), "image/jpeg", "fmt/1507"),
        (png(&[]), "image/png", "fmt/11"),
        (png(&[chunk(b"sRGB", b"\0")]), "image/png", "fmt/12"),
        (png(&[chunk(b"sRGB", b"\0"), chunk(b"iTXt", b"a")]), "image/png", "fmt/13"),
        (b"GIF87a".to_vec(), "image/gif", "fmt/3"),
        (b"GIF89a".to_vec(), "image/gif", "fmt/4"),
        (b"II*\0\x08\0\0\0\x01\0\x00\x01\0\0\0\0\0\0\0\0\0\0".to_vec(), "image/tiff", "fmt/353"),
        (b"MM\0*\0\0\0\x08\0\x01\xC6\x12\0\0\0\0\0\0\0\0\0\0".to_vec(), "image/tiff", "-"),
        (bitmap(40, 24), "image/bmp", "fmt/116"),
        (bitmap(124, 32), "image/bmp", "fmt/119"),
        (b"RIFF\0\0\0\0WEBPVP8L".to_vec(), "image/webp", "fmt/567"),
        (ftyp("heic", "mif1"), "image/heic", "fmt/1101"),
        (ftyp("mif1", "heic"), "image/heic", "fmt/1101"),
        (ftyp("mif1", "mif1"), "image/heif", "fmt/1101"),
        (ftyp("mif1", "avif"), "image/avif", "-"),
        (ftyp("avif", "mif1"), "image/avif", "fmt/2062"),
        (b"\xFF\xD8\xFF\xDB\0\x03\0\xFF\xDA\0\x02\x01\xFF\xD9".to_vec(), "image/jpeg", "fmt/41"),
        (b"\xFF\xD8\xFF\xDB\0\x03\0\xFF\xE1\0\x02\x01\xFF\xD9".to_vec(), "image/jpeg", "-"),
        (b"\0\0\0\x0CjP  \r\n\x87\n\0\0\0\x14ftypjp2 ".to_vec(), "image/jp2", "x-fmt/392"),
        (b"AT&TFORM\0\0\0\x30DJVUINFO".to_vec(), "image/vnd.djvu", "fmt/255"),
        (b"AT&TFORM\0\0\0\x30DJVIINFO".to_vec(), "image/vnd.djvu", "-"),
    ]);
}

#[test]
fn sound_and_film() {
    let frame = [&b"\xFF\xFB\x90\x00"[..], &[0; 413]].concat();
    let adts = b"\xFF\xF1\x50\x80\x02\x1F\xFC\0\0\0\0\0\0\0\0\0".repeat(8);
    let windows_media = |stream: &[u8]| {
        let start = b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\0\xAA\0\x62\xCE\x6C\x30\0\0\0\0\0\0\0";
        [&start[..], stream, b"\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B", &[0; 20]].concat()
    };
    assert_told(&[
        (ftyp("isom", "isom"), "video/mp4", "fmt/199"),
        (ftyp("M4A ", "isom"), "audio/mp4", "fmt/2094"),
        (ftyp("qt  ", "isom"), "video/quicktime", "x-fmt/384"),
        (ftyp("iso5", "isom"), "video/mp4", "-"),
        (ftyp("3gp5", "isom"), "video/3gpp", "fmt/357"),
        (ftyp("3g2a", "isom"), "video/3gpp2", "-"),
        (adts.clone(), "audio/aac", "fmt/1812"),
        ([b"ID3\x04\0\0\0\0\0\0", &adts[..]].concat(), "audio/aac", "fmt/1812"),
        (b"ID3\x04\0\0\0\0\0\0fLaC\0\0\0\x22".to_vec(), "audio/flac", "-"),
        (b"#!AMR\n\x3C\x01\x02".to_vec(), "audio/AMR", "fmt/356"),
        (b"FORM\0\0\0\x40AIFFCOMM".to_vec(), "audio/x-aiff", "fmt/414"),
        (windows_media(b"\x40\x9E\x69\xF8"), "audio/x-ms-wma", "-"),
        (windows_media(b"\xC0\xEF\x19\xBC"), "video/x-ms-wmv", "-"),
        (windows_media(b"\0\0\0\0"), "application/vnd.ms-asf", "-"),
        ([&b"\x47\x40\0\x10"[..], &[0xFF; 184]].concat().repeat(8), "video/mp2t", "fmt/585"),
        ([&b"\x47\x40\0\x10"[..], &[0xFF; 184]].concat().repeat(2), "-", "-"),
        (frame.repeat(8), "audio/mpeg", "fmt/134"),
        ([b"ID3\x04\0\0\0\0\0\0", &frame.repeat(8)[..]].concat(), "audio/mpeg", "fmt/134"),
        (wave(b"", 16, 1), "audio/vnd.wave", "fmt/141"),
        (wave(b"", 18, 6), "audio/vnd.wave", "fmt/142"),
        (wave(b"", 40, 0xFFFE), "audio/vnd.wave", "fmt/143"),
        (wave(b"bext\x02\0\0\0  ", 16, 1), "audio/vnd.wave", "-"),
        (ogg(b"\x01vorbis\0\0\0\0\x02", 30), "audio/ogg", "fmt/203"),
        (ogg(b"OpusHead\x01", 19), "audio/ogg", "fmt/946"),
        (ogg(b"\x80theora\x03\x02\x01", 42), "video/ogg", "fmt/945"),
        (b"fLaC\0\0\0\x22".to_vec(), "audio/flac", "fmt/279"),
        (b"RIFF\0\0\0\0AVI LIST\0\0\0\0hdrlavih".to_vec(), "video/vnd.avi", "fmt/5"),
        (ebml(b"matroska"), "video/matroska", "fmt/569"),
        (ebml(b"webm"), "video/webm", "fmt/573"),
    ]);
}

/// A PDF whose metadata says that it is PDF/A.
fn archival(part: &str, level: &str) -> Vec<u8> {
    let metadata =
        format!("<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>");
    format!("%PDF-1.4\n{metadata}\n%%EOF").into()
}

#[test]
fn what_is_in_a_compressed_file_is_said_besides() {
    let packed = |content: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        whole("x", &encoder.finish().unwrap())
    };
    for (content, basis) in [
        (&b"WARC/1.0\r\nWARC-Type: warcinfo\r\n"[..], "signature, WARC 1.0 inside"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "signature, WARC 1.1 inside"),
        (b"WARC/ is a format", "signature"),
        (&tar(), "signature, TAR inside"),
        (b"", "signature"),
    ] {
        let format = packed(content);
        assert_eq!((told(format), format.basis), (("application/gzip", "x-fmt/266"), basis));
    }
}

#[test]
fn other_signatures() {
    assert_told(&[
        (b"%PDF-1.0\n%%EOF".to_vec(), "application/pdf", "fmt/14"),
        (b"%PDF-1.7\n%%EOF".to_vec(), "application/pdf", "fmt/276"),
        (b"%PDF-2.0\n%%EOF".to_vec(), "application/pdf", "fmt/1129"),
        (b"%PDF-1.4\n pdfaid:part".to_vec(), "application/pdf", "-"),
        (archival("1", "B"), "application/pdf", "fmt/354"),
        (archival("3", "U"), "application/pdf", "fmt/481"),
        (archival("9", "B"), "application/pdf", "-"),
        ([archival("1", "B"), archival("2", "B")].concat(), "application/pdf", "-"),
        (b"%PDF-2.0\n<x pdfaid:part='4' pdfaid:rev='2020'/>\n%%EOF".to_vec(), "application/pdf", "fmt/1910"),
        (tar(), "application/x-tar", "x-fmt/265"),
        (b"\x1F\x8B\x08\0".to_vec(), "application/gzip", "x-fmt/266"),
        (b"7z\xBC\xAF\x27\x1C".to_vec(), "application/x-7z-compressed", "fmt/484"),
        (b"Rar!\x1A\x07\x01\0".to_vec(), "application/vnd.rar", "fmt/613"),
        (b"BZh91AY&SY".to_vec(), "application/x-bzip2", "x-fmt/268"),
        (b"\xFD7zXZ\0".to_vec(), "application/x-xz", "fmt/1098"),
        (b"\x28\xB5\x2F\xFD\0".to_vec(), "application/zstd", "-"),
        (b"SQLite format 3\0".to_vec(), "application/vnd.sqlite3", "fmt/729"),
        (b"{\\rtf1\\ansi x}".to_vec(), "application/rtf", "fmt/45"),
        (b"{\\rtf1\\ansi\\ansicpg1252 x}".to_vec(), "application/rtf", "fmt/50"),
        (b"WARC/1.0\r\nWARC-Type: x".to_vec(), "application/warc", "fmt/1355"),
        (b"WARC/1.1\r\nWARC-Type: x".to_vec(), "application/warc", "fmt/1281"),
        (b"WARC/0.18\r\nWARC-Type: x".to_vec(), "application/warc", "fmt/289"),
        (b"\0asm\x01\0\0\0".to_vec(), "application/wasm", "-"),
        (b"\x01\x02\x03\x04".to_vec(), "-", "-"),
    ]);
}

#[test]
fn a_later_chunk_could_change_the_version_of_a_png_that_is_cut() {
    let png = png(&[chunk(b"IDAT", &[0; 100])]);
    assert_eq!(told(FormatIdentifier.identify("a", &png[..60], png.len() as u64)), ("image/png", "-"));
}

proptest! {
    #[test]
    fn no_octets_are_too_strange(
        start in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"RIFF\0\0\0\0WAVE", b"ID3", b"\xFF", b"II*\0",
            b"MM\0*", b"\x89PNG\r\n\x1A\n", b"\xFF\xD8\xFF\xE1", b"\0\0\0\x20ftyp", b"BM", b"OggS\0\x02", b"<", b"{",
            b"<!DOCTYPE", b"<?xml", b"From ", b"\xFF\xFE", b"%PDF-", b"{\\rtf", b"Rar!\x1A\x07", b"",
        ]),
        rest in proptest::collection::vec(any::<u8>(), 0..600),
        text in "\\PC{0,40}",
        more in 0..2_u64,
    ) {
        for rest in [&rest[..], text.as_bytes()] {
            let content = [start, rest].concat();
            FormatIdentifier.identify(&text, &content, content.len() as u64 + more);
        }
    }
}
