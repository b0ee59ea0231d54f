//! Formats of documents that are packages: what is in them decides.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ingest::FormatIdentifier;
use provenance::{Format, Identifier};

fn whole(name: &str, content: &[u8]) -> Format {
    FormatIdentifier.identify(name, content, content.len() as u64)
}

/// Media type and PRONOM identifier, `-` for none.
fn told(format: Format) -> (&'static str, &'static str) {
    (format.media_type.unwrap_or("-"), format.puid.unwrap_or("-"))
}

/// One ZIP entry that is stored; only what is read of its header is filled.
fn entry(name: &str, content: &str) -> Vec<u8> {
    let mut entry = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let size = u32::try_from(content.len()).unwrap().to_le_bytes();
    entry.extend([size, size].concat());
    entry.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    entry.extend([0, 0]);
    entry.extend(name.bytes().chain(content.bytes()));
    entry
}

fn compound(streams: &[&str], first_octets: &[u8]) -> Vec<u8> {
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(1024, 0);
    file[30] = 9;
    for stream in streams {
        let mut entry: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(entry.len()).unwrap() + 2;
        entry.resize(128, 0);
        (entry[64], entry[116]) = (length, 1);
        file.extend(entry);
    }
    // The directory is sector 0 of the file, at 512; every stream begins in sector 1, at 1024.
    let directory = file.split_off(1024);
    file[512..512 + directory.len()].copy_from_slice(&directory);
    file.extend(first_octets);
    file
}

/// Told of an Office Open XML package with this main part.
fn office(part: &str) -> (&'static str, &'static str) {
    let types = format!("<Override ContentType=\"application/vnd.{part}.main+xml\"/>");
    told(whole("x", &[entry("_rels/.rels", "x"), entry("[Content_Types].xml", &types)].concat()))
}

/// Told of an `OpenDocument` of this kind and version.
fn open_document(kind: &str, version: &str) -> (&'static str, &'static str) {
    let content = format!("<office:document-content office:version=\"{version}\">");
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    told(whole("x", &[entry("mimetype", &kind), entry("content.xml", &content)].concat()))
}

#[test]
fn office_open_xml_is_told_by_its_main_part() {
    for (part, puid) in [
        ("openxmlformats-officedocument.wordprocessingml.document", "fmt/412"),
        ("openxmlformats-officedocument.spreadsheetml.sheet", "fmt/214"),
        ("openxmlformats-officedocument.presentationml.presentation", "fmt/215"),
        ("openxmlformats-officedocument.wordprocessingml.template", "fmt/597"),
    ] {
        assert_eq!(office(part), (&*format!("application/vnd.{part}"), puid));
    }
    for (part, puid) in [
        ("ms-word.document.macroEnabled", "fmt/523"),
        ("ms-excel.sheet.macroEnabled", "fmt/445"),
        ("ms-powerpoint.presentation.macroEnabled", "fmt/487"),
    ] {
        assert_eq!(office(part), (&*format!("application/vnd.{part}.12"), puid));
    }
    let cut = whole("report.XLSX", &entry("xl/workbook.xml", "x"));
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert_eq!(told(cut), (workbook, "-"));
    assert_eq!(cut.basis, "signature, entries in xl/, extension .xlsx");
}

#[test]
fn open_document_is_told_by_its_mimetype_and_version() {
    for (kind, version, puid) in [
        ("text", "1.2", "fmt/291"),
        ("spreadsheet", "1.3", "fmt/1755"),
        ("presentation", "1.0", "fmt/138"),
        ("text", "9.9", "-"),
    ] {
        let media_type = format!("application/vnd.oasis.opendocument.{kind}");
        assert_eq!(open_document(kind, version), (&*media_type, puid));
    }
    let epub = entry("mimetype", "application/epub+zip");
    assert_eq!(told(whole("x", &epub)), ("application/epub+zip", "fmt/483"));
    assert_eq!(told(whole("x", &entry("a.txt", "x"))), ("application/zip", "x-fmt/263"));
}

#[test]
fn compound_files_are_told_by_their_streams() {
    let word_97 = b"\x10\0\0\0Word.Document.8\0";
    let excel_97 = b"\x09\x08\x10\0\0\x06\x05\0";
    for (content, media_type, puid) in [
        (compound(&["Root Entry", "WordDocument"], word_97), "application/msword", "fmt/40"),
        (compound(&["Root Entry", "WordDocument"], b""), "application/msword", "-"),
        (compound(&["Workbook"], excel_97), "application/vnd.ms-excel", "fmt/61"),
        (compound(&["PowerPoint Document"], b""), "application/vnd.ms-powerpoint", "fmt/126"),
        (compound(&["Something"], b""), "application/x-ole-storage", "-"),
    ] {
        assert_eq!(told(whole("x", &content)), (media_type, puid));
    }
}
