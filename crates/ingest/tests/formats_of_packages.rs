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

/// A compound file with these streams, all of which begin with the same octets.
///
/// The table of sectors is sector 0, the directory has as many sectors as it needs behind it, and
/// then every stream begins.
fn compound(streams: &[&str], first_octets: &[u8]) -> Vec<u8> {
    let sectors = u32::try_from(streams.len().div_ceil(4)).unwrap();
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(512, 0);
    (file[30], file[48]) = (9, 1);
    let next = |sector: u32| match sector {
        0 => 0xFFFF_FFFD,
        last if last >= sectors => 0xFFFF_FFFE,
        other => other + 1,
    };
    file.extend((0..128).flat_map(|sector| next(sector).to_le_bytes()));
    for stream in streams {
        let mut entry: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(entry.len()).unwrap() + 2;
        entry.resize(128, 0);
        entry[64] = length;
        entry[116..120].copy_from_slice(&(sectors + 1).to_le_bytes());
        file.extend(entry);
    }
    file.resize(1024 + usize::try_from(sectors).unwrap() * 512, 0);
    file.extend(first_octets);
    file
}

/// The beginning of a stream of Word with these flags, and the program that it is of.
fn word(flags: u16, program: &str) -> Vec<u8> {
    let program = format!("\x10\0\0\0{program}\0");
    [b"\xEC\xA5\xC1\0\0\0\0\0\0\0", &flags.to_le_bytes()[..], &[0; 40], program.as_bytes()].concat()
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
        ("openxmlformats-officedocument.wordprocessingml.template", "fmt/597"),
        ("openxmlformats-officedocument.spreadsheetml.sheet", "fmt/214"),
        ("openxmlformats-officedocument.spreadsheetml.template", "fmt/598"),
        ("openxmlformats-officedocument.presentationml.presentation", "fmt/215"),
        ("openxmlformats-officedocument.presentationml.slideshow", "fmt/629"),
        ("openxmlformats-officedocument.presentationml.template", "fmt/631"),
    ] {
        assert_eq!(office(part), (&*format!("application/vnd.{part}"), puid));
    }
    for (part, puid) in [
        ("ms-word.document.macroEnabled", "fmt/523"),
        ("ms-excel.sheet.macroEnabled", "fmt/445"),
        ("ms-excel.template.macroEnabled", "fmt/627"),
        ("ms-powerpoint.presentation.macroEnabled", "fmt/487"),
        ("ms-powerpoint.slideshow.macroEnabled", "fmt/630"),
        ("ms-powerpoint.template.macroEnabled", "fmt/632"),
    ] {
        assert_eq!(office(part), (&*format!("application/vnd.{part}.12"), puid));
    }
    let template = office("ms-word.template.macroEnabledTemplate");
    assert_eq!(template, ("application/vnd.ms-word.template.macroEnabled.12", "fmt/599"));
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
        ("graphics", "1.1", "fmt/296"),
        ("text", "1.4", "fmt/2044"),
        ("text-template", "1.2", "fmt/291"),
        ("formula", "1.2", "-"),
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
    let excel = |version: u8| vec![9, 8, 16, 0, 0, version, 5, 0];
    for (content, media_type, puid) in [
        (
            compound(&["Root Entry", "WordDocument"], &word(0x10, "Word.Document.8")),
            "application/msword",
            "fmt/40",
        ),
        (compound(&["WordDocument"], &word(0x11, "Word.Document.8")), "application/msword", "x-fmt/45"),
        (compound(&["WordDocument"], &word(0x110, "Word.Document.8")), "application/msword", "fmt/754"),
        (compound(&["WordDocument"], &word(0x10, "Word.Document.6")), "application/msword", "fmt/39"),
        (compound(&["Root Entry", "WordDocument"], b""), "application/msword", "-"),
        (compound(&["Workbook"], &excel(6)), "application/vnd.ms-excel", "fmt/61"),
        (compound(&["Book"], &excel(5)), "application/vnd.ms-excel", "fmt/59"),
        (compound(&["Workbook"], &excel(5)), "application/vnd.ms-excel", "-"),
        (compound(&["PowerPoint Document"], b""), "application/vnd.ms-powerpoint", "fmt/126"),
        (compound(&["EncryptionInfo", "EncryptedPackage"], b""), "application/x-ole-storage", "fmt/494"),
        (compound(&["Something"], b""), "application/x-ole-storage", "-"),
    ] {
        assert_eq!(told(whole("x", &content)), (media_type, puid));
    }
}

#[test]
fn a_long_directory_is_followed_and_a_circle_in_it_ends() {
    let names: Vec<String> = (0..30).map(|number| format!("__substg1.0_{number:08X}")).collect();
    let mut streams: Vec<&str> = names.iter().map(String::as_str).collect();
    streams.extend(["__nameid_version1.0", "__properties_version1.0"]);
    let mut message = compound(&streams, b"");
    assert_eq!(told(whole("x", &message)), ("application/vnd.ms-outlook", "x-fmt/430"));
    // The first sector of the directory follows itself.
    message[512 + 4] = 1;
    assert_eq!(told(whole("x", &message)), ("application/x-ole-storage", "-"));
}

#[test]
fn a_compound_file_whose_directory_is_behind_the_head_is_told_by_its_first_stream() {
    let mut word = compound(&["WordDocument"], b"");
    word[48] = 200;
    word[512..516].copy_from_slice(b"\xEC\xA5\xC1\0");
    let format = FormatIdentifier.identify("x", &word, 1 << 20);
    assert_eq!(told(format), ("application/msword", "-"));
    assert_eq!(format.basis, "signature, first stream begins as one of this format");
}

#[test]
fn web_captures_are_told_by_what_is_in_the_package() {
    let warc = entry("archive/data.warc.gz", "x");
    let pages = entry("pages/pages.jsonl", "{}");
    let described = entry("datapackage.json", "{\"wacz_version\": \"1.1.1\"}");
    let all = [&warc[..], &pages, &described].concat();
    assert_eq!(told(whole("x", &all)), ("application/wacz", "fmt/1840"));
    assert_eq!(told(whole("x", &[&warc[..], &pages].concat())), ("application/wacz", "-"));
    assert_eq!(told(whole("x.wacz", &warc)), ("application/wacz", "-"));
    assert_eq!(told(whole("x.zip", &warc)), ("application/zip", "x-fmt/263"));
    let other = entry("datapackage.json", "{\"name\": \"tides\"}");
    assert_eq!(told(whole("x", &other)), ("application/zip", "x-fmt/263"));
}
