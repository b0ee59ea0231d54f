//! Descriptions of Office documents old and new, of `OpenDocument`, RTF and EPUB; everybody in them
//! is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod papers;

use papers::{
    Value, compound, creators, describe, filetime, given_up, language, property_set, sensitive, title, zipped,
};

const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const SHEETS: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const CORE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>The river &amp; the town</dc:title><dc:creator>Jane Sample; آرش نمونه</dc:creator><cp:lastModifiedBy>John Placeholder</cp:lastModifiedBy><dc:description>Water in the lower town.</dc:description><dcterms:created xsi:type="dcterms:W3CDTF">2023-07-05T22:30:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2023-07-07T08:00:00Z</dcterms:modified></cp:coreProperties>"#;
const APP: &[u8] = br#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>C:\Users\somebody\AppData\Roaming\Microsoft\Templates\River.dotm</Template><Pages>12</Pages><Company>Council of the Lower Town</Company></Properties>"#;
const BODY: &[u8] = br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:ins w:id="1" w:author="Jane Sample"><w:r><w:t>The river rose again on Wednesday and the water stood in the streets of the lower town, where the council had asked everybody to leave their houses before the evening came and the bridge was closed.</w:t></w:r></w:ins></w:p></w:body></w:document>"#;

#[test]
fn word_with_all_that_may_identify_somebody() {
    let rels = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:\Users\somebody\River.dotm" TargetMode="External"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://a.example/users/x" TargetMode="External"/></Relationships>"#;
    let found = describe(
        "a.docx",
        &zipped(&[
            ("[Content_Types].xml", TYPES),
            ("docProps/core.xml", CORE.as_bytes()),
            ("docProps/app.xml", APP),
            ("docProps/thumbnail.jpeg", b"x"),
            (
                "docProps/custom.xml",
                br#"<Properties><property name="_AuthorEmail"><lpwstr>x</lpwstr></property></Properties>"#,
            ),
            ("word/document.xml", BODY),
            ("word/comments.xml", br#"<w:comments><w:comment w:author="Jane Sample"/></w:comments>"#),
            ("word/_rels/settings.xml.rels", rels),
        ]),
    );
    assert_eq!(title(&found), "The river & the town");
    assert_eq!(found.title.as_ref().unwrap().signals, ["core properties"]);
    assert_eq!(creators(&found), ["Jane Sample", "آرش نمونه"]);
    assert_eq!(
        (found.dates.created.as_deref(), found.dates.published.as_deref()),
        (Some("2023-07-05"), None)
    );
    assert_eq!(found.dates.as_written.as_deref(), Some("2023-07-05T22:30:00Z"));
    assert_eq!(found.dates.basis, "core properties; core properties: changed 2023-07-07");
    assert_eq!(language(&found), "en");
    assert_eq!(found.format_detail, "12 pages by its own count");
    assert_eq!(
        sensitive(&found),
        [
            "author in the document properties",
            "last editor in the document properties",
            "company in the document properties",
            "user name in a path (template)",
            "author or address in the custom properties",
            "author of a tracked change",
            "author of a comment",
            "embedded thumbnail",
        ]
    );
    assert_eq!(given_up(&found), [""; 0]);
    let told = format!("{:?}", found.remarks);
    assert!(
        ["Jane", "John", "somebody", "Council", "نمونه"].iter().all(|name| !told.contains(name)),
        "{told}"
    );
}

#[test]
fn properties_are_found_where_the_package_says() {
    let rels = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/package/services/metadata/core-properties/1.psmdcp"/></Relationships>"#;
    let entries: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", rels),
        ("package/services/metadata/core-properties/1.psmdcp", CORE.as_bytes()),
        ("word/document.xml", b"<w:document/>"),
    ];
    assert_eq!(title(&describe("a.docx", &zipped(entries))), "The river & the town");
}

#[test]
fn sheets_are_counted_and_templates_tell_no_day() {
    let core = |created: &str| {
        let core = CORE.replace("2023-07-05T22:30:00Z", created);
        describe(
            "a.xlsx",
            &zipped(&[
                ("[Content_Types].xml", SHEETS),
                ("docProps/core.xml", core.as_bytes()),
                ("xl/workbook.xml", br#"<workbook><absPath url="C:\Users\somebody\Desktop\"/></workbook>"#),
                ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
                ("xl/worksheets/sheet2.xml", b"<worksheet/>"),
                ("xl/printerSettings/printerSettings1.bin", b"S\0a\0m\0"),
            ]),
        )
    };
    let found = core("2023-07-05T22:30:00Z");
    assert_eq!(found.format_detail, "2 sheets");
    assert_eq!(found.dates.created.as_deref(), Some("2023-07-05"));
    assert!(sensitive(&found).contains(&"user name in a path (workbook)"));
    assert!(sensitive(&found).contains(&"printer named in the printer settings"));
    let template = core("2006-09-16T00:00:00Z");
    assert_eq!(template.dates.created, None);
    assert!(
        template.dates.basis.starts_with("core properties 2006-09-16 is not enough"),
        "{}",
        template.dates.basis
    );
}

#[test]
fn entities_of_its_own_are_not_taken() {
    let bomb = "<!DOCTYPE a [<!ENTITY b 'xxxxxxxxxx'><!ENTITY c '&b;&b;&b;'>]><a xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>&c;</dc:title></a>";
    let found = describe(
        "a.docx",
        &zipped(&[
            ("[Content_Types].xml", TYPES),
            ("docProps/core.xml", bomb.as_bytes()),
            ("word/document.xml", BODY),
        ]),
    );
    assert_eq!(title(&found), "");
    assert_eq!(given_up(&found), ["core-properties: XML with a document type, of which nothing is taken"]);
    // The rest was read for all that.
    assert_eq!(language(&found), "en");
}

fn odt(meta: &str, manifest: &str, content: &str) -> Vec<u8> {
    let meta = format!(
        r#"<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:meta>{meta}</office:meta></office:document-meta>"#
    );
    let settings = r#"<office:document-settings xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><config:config-item config:name="PrinterName">Sample 9</config:config-item></office:document-settings>"#;
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("meta.xml", meta.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("settings.xml", settings.as_bytes()),
        ("Thumbnails/thumbnail.png", b"x"),
    ])
}

#[test]
fn opendocument_tells_who_began_it_and_who_saved_it() {
    let meta = r#"<dc:title>The river report</dc:title><meta:initial-creator>Jane Sample</meta:initial-creator><dc:creator>John Placeholder</dc:creator><meta:creation-date>2023-07-05T10:15:30.123456789</meta:creation-date><dc:date>2023-07-06T11:00:00</dc:date><dc:language>en-GB</dc:language><dc:description>Water in the lower town.</dc:description><meta:template xlink:href="/home/somebody/river.ott"/><meta:document-statistic meta:page-count="3"/>"#;
    let content = "<office:document-content><office:body><office:annotation><dc:creator>Jane Sample</dc:creator></office:annotation></office:body></office:document-content>";
    let found = describe("a.odt", &odt(meta, "<manifest/>", content));
    assert_eq!((title(&found), language(&found)), ("The river report", "en-GB"));
    assert_eq!(creators(&found), ["Jane Sample"]);
    assert_eq!(found.dates.created.as_deref(), Some("2023-07-05"));
    assert_eq!(found.dates.basis, "meta.xml; meta.xml: changed 2023-07-06");
    assert_eq!(found.format_detail, "3 pages by its own count");
    assert_eq!(found.summary.as_ref().unwrap().value, "Water in the lower town.");
    assert_eq!(
        sensitive(&found),
        [
            "author in the document properties",
            "last editor in the document properties",
            "user name in a path (template)",
            "author of a comment",
            "printer named in the settings",
            "embedded thumbnail",
        ]
    );
    // Who saved it last did not write it.
    assert_eq!(
        creators(&describe("a.odt", &odt("<dc:creator>John Placeholder</dc:creator>", "", ""))),
        [""; 0]
    );
    let hidden = describe("a.odt", &odt(meta, "<manifest:encryption-data/>", content));
    assert_eq!((title(&hidden), hidden.format_detail.as_str()), ("", "encrypted"));
}

fn epub(metadata: &str) -> Vec<u8> {
    let opf = format!(
        r#"<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata></package>"#
    );
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        (
            "META-INF/container.xml",
            br#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>"#,
        ),
        ("OEBPS/a.opf", opf.as_bytes()),
    ])
}

#[test]
fn a_published_book_is_published_and_another_is_not() {
    let metadata = r##"<dc:title>The river, a history</dc:title><dc:creator id="c1">Jane Sample</dc:creator><dc:creator id="c2">Ill Ustrator</dc:creator><meta refines="#c2" property="role">ill</meta><dc:language>en</dc:language><dc:date>2019-03</dc:date><dc:identifier>urn:isbn:978-0-00-000000-2</dc:identifier><dc:description>&lt;p&gt;Water &amp;amp; mud.&lt;/p&gt;</dc:description><meta property="dcterms:modified">2020-01-02T00:00:00Z</meta>"##;
    let found = describe("a.epub", &epub(&format!("{metadata}<dc:publisher>Sample Press</dc:publisher>")));
    assert_eq!(title(&found), "The river, a history");
    assert_eq!(creators(&found), ["Jane Sample"]);
    assert_eq!(found.publisher.as_ref().unwrap().value, "Sample Press");
    assert_eq!((found.dates.published.as_deref(), found.dates.created.as_deref()), (Some("2019-03"), None));
    assert_eq!(found.dates.basis, "opf; opf: changed 2020-01-02");
    assert_eq!(language(&found), "en");
    assert_eq!(found.summary.as_ref().unwrap().value, "Water & mud.");
    assert_eq!(found.format_detail, "EPUB 3.0, ISBN 9780000000002");
    assert_eq!(sensitive(&found), [""; 0]);
    let own = describe("a.epub", &epub(metadata));
    assert_eq!((own.dates.published.as_deref(), own.dates.created.as_deref()), (None, Some("2019-03")));
    assert_eq!(sensitive(&own), ["author in the document properties"]);
}

#[test]
fn old_word_in_a_persian_code_page() {
    let (persian, ..) = encoding_rs::WINDOWS_1256.encode("گزارش رودخانه");
    let summary = property_set(&[
        (1, Value::CodePage(1256)),
        (2, Value::Narrow(&persian)),
        (4, Value::Narrow(b"Jane Sample")),
        (7, Value::Narrow(b"C:\\Documents and Settings\\somebody\\River.dot")),
        (8, Value::Narrow(b"John Placeholder")),
        (12, Value::Moment(1_104_537_600)),
        (13, Value::Moment(1_104_710_400)),
        (14, Value::Number(7)),
        (17, Value::Picture),
    ]);
    let more = property_set(&[(1, Value::CodePage(1252)), (15, Value::Narrow(b"Council of the Lower Town"))]);
    let mut word = vec![0_u8; 1_024];
    word[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
    // Lengths of the tables of commenters, of those who changed it, and of those who saved it.
    for table in [36, 51, 71] {
        word[0x9A + table * 8 + 4] = 99;
    }
    let streams: &[(&str, &[u8])] = &[
        ("/WordDocument", &word),
        ("/\u{5}SummaryInformation", &summary),
        ("/\u{5}DocumentSummaryInformation", &more),
    ];
    let found = describe("a.doc", &compound(streams));
    assert_eq!(title(&found), "گزارش رودخانه");
    assert_eq!(creators(&found), ["Jane Sample"]);
    assert_eq!(found.dates.created.as_deref(), Some("2005-01-01"));
    assert_eq!(found.dates.basis, "summary information; summary information: changed 2005-01-03");
    assert_eq!(found.format_detail, "7 pages by its own count");
    assert_eq!(
        sensitive(&found),
        [
            "author of a comment",
            "author of a tracked change",
            "names and paths of who saved it last (hidden history)",
            "author in the document properties",
            "last editor in the document properties",
            "user name in a path (template)",
            "embedded thumbnail",
            "company in the document properties",
        ]
    );
}

#[test]
fn what_a_code_page_does_not_explain_is_no_title() {
    let (persian, ..) = encoding_rs::WINDOWS_1256.encode("گزارش رودخانه");
    let summary = property_set(&[
        (1, Value::CodePage(9_999)),
        (2, Value::Narrow(&persian)),
        (4, Value::Narrow(&persian)),
    ]);
    let found =
        describe("a.doc", &compound(&[("/WordDocument", &[0; 900]), ("/\u{5}SummaryInformation", &summary)]));
    assert_eq!((title(&found), creators(&found).len()), ("", 0));
    assert_eq!(sensitive(&found), ["author in the document properties"]);
}

#[test]
fn encrypted_office_documents_are_told() {
    let package = describe("a.docx", &compound(&[("/EncryptedPackage", b"x"), ("/EncryptionInfo", b"x")]));
    assert_eq!(package.format_detail, "encrypted");
    assert_eq!(given_up(&package), ["Office document: encrypted, so its properties were not read"]);
    // A first record, then the one that says so.
    let book = [&[9, 8, 4, 0, 0, 6, 5, 0][..], &[0x2F, 0, 2, 0, 0, 0]].concat();
    assert_eq!(describe("a.xls", &compound(&[("/Workbook", &book)])).format_detail, "encrypted");
    let mut word = vec![0_u8; 900];
    word[..12].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(describe("a.doc", &compound(&[("/WordDocument", &word)])).format_detail, "encrypted");
}

#[test]
fn outlook_messages_tell_subject_sender_and_day() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let row = |id: u16, kind: u16, value: u64| {
        [&kind.to_le_bytes()[..], &id.to_le_bytes(), &[6, 0, 0, 0], &value.to_le_bytes()].concat()
    };
    let fixed = [vec![0; 32], row(0x3FFD, 3, 1256), row(0x0039, 0x40, filetime(1_688_552_130))].concat();
    let (sender, ..) = encoding_rs::WINDOWS_1256.encode("آرش نمونه");
    let found = describe(
        "a.msg",
        &compound(&[
            ("/__properties_version1.0", &fixed),
            ("/__substg1.0_0037001F", &wide("The river rises")),
            ("/__substg1.0_0C1A001E", &sender),
            ("/__substg1.0_007D001F", &wide("Received: x")),
            ("/__recip_version1.0_#00000000/__substg1.0_3001001F", &wide("John Placeholder")),
            ("/__attach_version1.0_#00000000/__substg1.0_3704001F", &wide("a.pdf")),
        ]),
    );
    // The sender's name was written for Arabic; Persian letters that it lacks would be lost.
    assert_eq!((title(&found), creators(&found)), ("The river rises", vec!["آرش نمونه"]));
    assert_eq!(found.dates.created.as_deref(), Some("2023-07-05"));
    assert_eq!(found.format_detail, "1 attachment");
    assert_eq!(
        sensitive(&found),
        [
            "author in the message (sender)",
            "recipients of the message",
            "mail headers with addresses and servers"
        ]
    );
}

#[test]
fn rtf_in_code_pages_and_unicode() {
    let rtf = br"{\rtf1\ansi\ansicpg1256\deff0{\fonttbl{\f0 Nazanin;}}{\*\template C:\\Users\\somebody\\River.dotm}{\*\revtbl{Unknown;}{Jane Sample;}}
{\info{\title {\upr{????}{\*\ud\uc1\u1711 ?\u1586 ?\u1575 ?\u1585 ?\u1588 ?}}}{\author Jane \'d3ample}{\operator John Placeholder}{\*\company Council}
{\creatim\yr2023\mo7\dy5\hr10\min15}{\revtim\yr2023\mo7\dy6}{\nofpages3}{\doccomm Water in the lower town.}}\pard The river \revised rose.\par}";
    let found = describe("a.rtf", rtf);
    assert_eq!(title(&found), "گزارش");
    assert_eq!(creators(&found), ["Jane سample"]);
    assert_eq!(
        (found.dates.created.as_deref(), found.dates.as_written.as_deref()),
        (Some("2023-07-05"), Some("2023-07-05T10:15:00"))
    );
    assert_eq!(found.dates.basis, "rtf info; rtf info: changed 2023-07-06");
    assert_eq!(found.summary.as_ref().unwrap().value, "Water in the lower town.");
    assert_eq!(found.format_detail, "3 pages by its own count, with tracked changes");
    let mut flagged = sensitive(&found);
    flagged.sort_unstable();
    assert_eq!(
        flagged,
        [
            "author in the document properties",
            "author of a tracked change",
            "company in the document properties",
            "last editor in the document properties",
            "user name in a path (template)",
        ]
    );
    let face =
        describe("a.rtf", br"{\rtf1\ansi{\info{\title Water \u-10179 ?\u-8694 ? mark}{\author \'ff\'fe}}}");
    assert_eq!(title(&face), "Water 😊 mark");
}

#[test]
fn text_of_an_rtf_is_no_property() {
    let found = describe("a.rtf", br"{\rtf1\ansi {\info{\title The river}}{\pict ffff} Jane Sample wrote {\b this}.\par {\*\atnauthor John}{\title Not this}}");
    assert_eq!((title(&found), creators(&found).len()), ("The river", 0));
    assert_eq!(sensitive(&found), ["author of a comment"]);
}

#[test]
fn pictures_in_documents_are_told_of_and_not_passed_over() {
    const TOLD: &str = "embedded pictures, whose own properties were not looked into";
    let said = |name: &str, parts: &[(&str, &[u8])]| {
        let found = describe(name, &zipped(parts));
        sensitive(&found).iter().filter(|what| **what == TOLD).count()
    };
    let types = ("[Content_Types].xml", TYPES);
    let body = ("word/document.xml", BODY);
    assert_eq!(
        said("a.docx", &[types, body, ("word/media/image1.JPG", b"x"), ("word/media/b.png", b"x")]),
        1
    );
    assert_eq!(
        said("a.docx", &[types, body, ("docProps/thumbnail.jpeg", b"x"), ("word/media/a.emf", b"x")]),
        0
    );
    let text = ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice());
    assert_eq!(said("a.odt", &[text, ("Pictures/1.jpg", b"x"), ("content.xml", b"<a/>")]), 1);
    assert_eq!(said("a.odt", &[text, ("Thumbnails/thumbnail.png", b"x"), ("content.xml", b"<a/>")]), 0);
    let book = ("mimetype", b"application/epub+zip".as_slice());
    assert_eq!(said("a.epub", &[book, ("OEBPS/cover.jpeg", b"x")]), 1);
}
