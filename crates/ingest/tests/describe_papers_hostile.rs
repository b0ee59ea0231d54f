//! Papers made to hurt: bounded work, no panic, the same answer each time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "time is what is tested")]

mod papers;

use ingest::describe::ContentDescriber;
use papers::{Pdf, Value, compound, deflated, describe, given_up, property_set, title, zipped};
use proptest::prelude::*;
use provenance::Format;
use provenance::description::{Describer, Description, Look};
use std::cell::Cell;
use std::time::{Duration, Instant};

const TEXT: &str = "BT /F1 12 Tf 72 720 Td (The river rose again.) Tj ET";
const TYPES: &[u8] = b"<Types ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>";

/// Every format that has a reader of papers.
const FORMATS: [&str; 9] = [
    "application/pdf",
    "application/rtf",
    "application/epub+zip",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-outlook",
    "application/x-ole-storage",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
];

fn describe_as(media_type: &'static str, octets: &[u8]) -> Description {
    let format = Format { media_type: Some(media_type), puid: None, basis: "" };
    ContentDescriber.describe(&Look::whole("a", &format, octets))
}

fn report() -> Pdf {
    let mut pdf = Pdf::with_pages(2, |_| TEXT.into());
    pdf.stream(
        3,
        "/Type/Metadata",
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The river</dc:title></rdf:RDF>",
    );
    pdf.object(4, "<</Title(The river)/Author(Jane Sample)/CreationDate(D:20230705101530Z)>>");
    pdf.trailer = "/Info 4 0 R".into();
    pdf
}

/// Small documents of all formats, with the title `The river`.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let summary = property_set(&[
        (1, Value::CodePage(1252)),
        (2, Value::Narrow(b"The river")),
        (12, Value::Moment(1_688_552_130)),
    ]);
    let core = b"<a xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The river</dc:title></a>";
    let opf =
        b"<package xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The river</dc:title></package>";
    let container = b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfile full-path='a.opf'/></container>";
    let wide: Vec<u8> = "The river".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("application/pdf", report().with_table()),
        ("application/pdf", report().with_streams()),
        (
            "application/rtf",
            br"{\rtf1\ansi{\info{\title The river}{\author \u1570 ?\'e1}{\creatim\yr2023\mo7\dy5}}x}"
                .to_vec(),
        ),
        (
            "application/epub+zip",
            zipped(&[
                ("mimetype", b"application/epub+zip"),
                ("META-INF/container.xml", container),
                ("a.opf", opf),
            ]),
        ),
        (
            "application/msword",
            compound(&[("/WordDocument", &[0xC1; 900]), ("/\u{5}SummaryInformation", &summary)]),
        ),
        (
            "application/vnd.ms-outlook",
            compound(&[("/__properties_version1.0", &[0; 64]), ("/__substg1.0_0037001F", &wide)]),
        ),
        (
            "application/vnd.oasis.opendocument.text",
            zipped(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("meta.xml", core),
                ("content.xml", b"<a/>"),
            ]),
        ),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            zipped(&[
                ("[Content_Types].xml", TYPES),
                ("docProps/core.xml", core),
                ("word/document.xml", b"<a/>"),
            ]),
        ),
    ]
}

#[test]
fn what_is_cut_anywhere_gives_a_title_or_a_remark() {
    for (media_type, octets) in documents() {
        assert_eq!(title(&describe_as(media_type, &octets)), "The river", "{media_type}");
        // Compound files are mostly sectors that nothing is in.
        let step = if octets.len() > 8_000 { 13 } else { 1 };
        for end in (0..octets.len()).step_by(step) {
            let found = describe_as(media_type, &octets[..end]);
            assert!(
                ["", "The river"].contains(&title(&found)) || media_type == "application/rtf",
                "{media_type} {end}"
            );
            let is_told =
                !title(&found).is_empty() || !found.remarks.is_empty() || media_type == "application/rtf";
            assert!(is_told, "{media_type} {end}");
        }
    }
}

#[test]
fn every_octet_may_be_another() {
    for (media_type, octets) in documents() {
        let step = octets.len().div_ceil(500);
        for at in (0..octets.len()).step_by(step) {
            for other in [0, 0xFF, octets[at] ^ 1] {
                let mut changed = octets.clone();
                changed[at] = other;
                describe_as(media_type, &changed);
            }
        }
    }
}

#[test]
fn loops_end() {
    // Pages that are their own kids and parents, and forms that place themselves.
    let mut pdf = report();
    pdf.object(2, "<</Type/Pages/Count 9/Kids[2 0 R 100 0 R 2 0 R 100 0 R]>>");
    assert!(describe("a.pdf", &pdf.with_table()).format_detail.starts_with("1 page (9 by its own count)"));
    pdf.object(100, "<</Type/Page/Contents 101 0 R/Resources<</XObject<</A 6 0 R/B 6 0 R>>>>>>");
    pdf.folded(101, "", b"/A Do");
    pdf.stream(6, "/Subtype/Form/Resources<</XObject<</A 6 0 R/B 6 0 R/C 6 0 R>>>>", b"/A Do");
    assert!(describe("a.pdf", &pdf.with_table()).format_detail.contains("not encrypted"));
    // References that lead in circles, and lengths that are streams.
    pdf.object(1, "7 0 R").object(7, "8 0 R").object(8, "7 0 R");
    assert_eq!(
        given_up(&describe("a.pdf", &pdf.with_table())),
        ["PDF: broken or cut, its objects were not found"]
    );
    let mut pdf = report();
    pdf.object(3, "<</Length 3 0 R>>\nstream\nx\nendstream");
    assert_eq!(title(&describe("a.pdf", &pdf.with_table())), "The river");
}

#[test]
fn revisions_that_lead_back_end() {
    for octets in [report().with_table(), report().with_streams()] {
        let text = String::from_utf8_lossy(&octets).into_owned();
        let start: usize =
            text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        // The section names itself as the one before; its octets stay where they are.
        let mut looped = octets.clone();
        let root = octets[start..].windows(11).position(|found| found == b"/Root 1 0 R").unwrap() + start;
        let inserted = format!("/Prev {start}/X 1");
        looped.splice(root..root, inserted.bytes());
        assert_eq!(title(&describe("a.pdf", &looped)), "The river");
    }
}

#[test]
fn an_object_stream_that_holds_itself_ends() {
    let pdf = b"%PDF-1.5\n5 0 obj\n<</Type/ObjStm/N 2/First 10/Length 6 0 R>>\nstream\n5 0 6 5   <</A 1>>9\nendstream\nendobj\n\
                1 0 obj\n<</Type/Catalog/Pages 6 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n";
    assert!(!describe("a.pdf", pdf).remarks.is_empty());
}

#[test]
fn streams_that_unfold_without_end_are_cut() {
    let bomb = deflated(&vec![b' '; 60 << 20]);
    let twice = deflated(&bomb);
    let mut pdf = report();
    for number in 20..60 {
        pdf.stream(number, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb);
    }
    pdf.stream(3, "/Filter[/FlateDecode/FlateDecode]", &twice);
    pdf.stream(101, "/Filter/FlateDecode", &bomb);
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!(title(&found), "The river");
    // And where every object must be searched for.
    describe("a.pdf", &pdf.without_reference());
    let package = zipped(&[
        ("[Content_Types].xml", TYPES),
        ("docProps/core.xml", &vec![b' '; 60 << 20]),
        ("docProps/app.xml", &[b"<a>".as_slice(), &vec![b'x'; 60 << 20]].concat()),
        ("word/document.xml", &vec![b'x'; 60 << 20]),
    ]);
    let found = describe("a.docx", &package);
    assert_eq!((title(&found), found.format_detail.as_str()), ("", ""));
}

#[test]
fn lengths_and_counts_are_not_believed() {
    let mut pdf = report();
    pdf.object(3, "<</Length 4294967295>>\nstream\n<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The river</dc:title></rdf:RDF>\nendstream");
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!(found.title.unwrap().signals, ["pdf info", "xmp"]);
    pdf.object(2, "<</Type/Pages/Count 99999999999/Kids[100 0 R 102 0 R]>>");
    assert!(
        describe("a.pdf", &pdf.with_table())
            .format_detail
            .starts_with("2 pages (99999999999 by its own count)")
    );
    // A table of four thousand million entries, and a stream of as many objects.
    let octets =
        String::from_utf8_lossy(&report().with_table()).replace("xref\n0 1\n", "xref\n0 4294967295\n");
    assert_eq!(title(&describe("a.pdf", octets.as_bytes())), "The river");
    let mut pdf = report();
    pdf.stream(30, "/Type/ObjStm/N 4294967295/First 4294967295", b"1 0 2 0");
    assert_eq!(title(&describe("a.pdf", &pdf.without_reference())), "The river");
    // A central directory that says so.
    let mut package = documents().pop().unwrap().1;
    let end = package.len() - 22;
    for numbers in [8..12, 12..16] {
        package[end..][numbers].fill(0xFF);
        assert_eq!(title(&describe_as(FORMATS[8], &package)), "The river");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = 100_000;
    let mut pdf = report();
    pdf.object(4, &format!("<</Title(The river)/A{}{}>>", "[".repeat(deep), "]".repeat(deep)));
    assert_eq!(title(&describe("a.pdf", &pdf.with_table())), "The river");
    // A tree of pages each of which has one kid.
    let mut pdf = report();
    let first = 1_000;
    for number in first..first + 9_000 {
        pdf.object(number, &format!("<</Type/Pages/Kids[{} 0 R]>>", number + 1));
    }
    pdf.object(1, &format!("<</Type/Catalog/Pages {first} 0 R>>"));
    assert!(
        !given_up(&describe("a.pdf", &pdf.with_table())).is_empty()
            || title(&describe("a.pdf", &pdf.with_table())) == "The river"
    );
    let rtf = [b"{\\rtf1".as_slice(), &b"{".repeat(deep), b"{\\info{\\title x}}"].concat();
    assert_eq!(given_up(&describe("a.rtf", &rtf)), ["RTF: groups nest too deep, not all of it was read"]);
    let xml = ["<a>".repeat(deep), "</a>".repeat(deep)].concat();
    let package = zipped(&[("[Content_Types].xml", TYPES), ("docProps/core.xml", xml.as_bytes())]);
    assert_eq!(given_up(&describe("a.docx", &package)), ["core-properties: XML that nests too deep"]);
}

#[test]
fn a_great_many_of_everything_is_bounded() {
    let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
    let annotations: String = (0..40_000).map(|_| "5 0 R ").collect();
    pdf.object(100, &format!("<</Type/Page/Contents 101 0 R/Annots[{annotations}]>>"));
    pdf.object(5, "<</Subtype/Text/T(Jane Sample)>>");
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!(found.remarks.iter().filter(|remark| remark.detail == "author of an annotation").count(), 1);
    let pages = Pdf::with_pages(6_000, |_| String::new());
    let found = describe("a.pdf", &pages.with_table());
    assert!(found.format_detail.starts_with("6000 pages by its own count"), "{}", found.format_detail);
    let names: Vec<(String, Vec<u8>)> =
        (0..20_000).map(|at| (format!("word/comments{at}.xml"), b"<a/>".to_vec())).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", TYPES)];
    entries.extend(names.iter().map(|(name, content)| (name.as_str(), content.as_slice())));
    describe("a.docx", &zipped(&entries));
    let revisers = ["{\\rtf1{\\*\\revtbl", &"{Jane Sample;}".repeat(100_000), "}}"].concat();
    assert_eq!(describe("a.rtf", revisers.as_bytes()).remarks.len(), 1);
}

#[test]
fn work_grows_with_length_only() {
    for (media_type, start, piece) in [
        ("application/pdf", "%PDF-1.4\n", "1 0 obj\n"),
        ("application/pdf", "%PDF-1.4\n", "1 0 obj<<"),
        ("application/pdf", "%PDF-1.4\n", "trailer<<"),
        ("application/pdf", "%PDF-1.4\n", "7 0 obj<</Type/ObjStm/N 9/First 9/Length 9>>stream\n"),
        ("application/pdf", "%PDF-1.4\n", "trailer<</Root 1 0 R>>"),
        ("application/pdf", "%PDF-1.4\n", "startxref\n9\n"),
        ("application/pdf", "%PDF-1.4\n", "("),
        ("application/rtf", "{\\rtf1{\\info{\\title ", "\\'e1"),
        ("application/rtf", "{\\rtf1", "{\\info{\\title x}}"),
        ("application/rtf", "{\\rtf1", "\\bin9999999 "),
        ("application/epub+zip", "PK\x03\x04", "PK\x05\x06"),
        ("application/epub+zip", "PK\x03\x04", "PK\x01\x02"),
        ("application/msword", "\u{D0}\u{CF}", "\0"),
    ] {
        let octets = [start.to_owned(), piece.repeat((1 << 20) / piece.len())].concat();
        describe_as(media_type, octets.as_bytes());
    }
}

#[test]
fn the_worst_papers_end_in_time() {
    let many = |piece: &str| ["%PDF-1.4\n", &piece.repeat((47 << 20) / piece.len())].concat().into_bytes();
    let mut papers: Vec<(&str, Vec<u8>)> = [
        "1 0 obj<<",
        "1 0 obj\n",
        "trailer<</Root 1 0 R>>",
        "7 0 obj<</Type/ObjStm/N 9/First 9/Length 9>>stream\n",
    ]
    .map(|piece| (piece, many(piece)))
    .into();
    for kind in ["comments", "_rels/"] {
        let references = ["<a>", &"&amp;".repeat(1 << 20)].concat();
        let ending = if kind == "_rels/" { "xml.rels" } else { "xml" };
        let names: Vec<String> = (0..40).map(|number| format!("word/{kind}{number}.{ending}")).collect();
        let mut entries = vec![("[Content_Types].xml", TYPES)];
        entries.extend(names.iter().map(|name| (name.as_str(), references.as_bytes())));
        papers.push((kind, zipped(&entries)));
    }
    for (what, octets) in papers {
        let begun = Instant::now();
        let found = describe("a", &octets);
        // Not optimised, and on a busy machine; without bounds it was a minute.
        assert!(begun.elapsed() < Duration::from_secs(8), "{what}: {:?}", begun.elapsed());
        assert!(!given_up(&found).is_empty(), "{what}");
        println!("{what:?}: {:?}", begun.elapsed());
    }
}

#[test]
fn a_gigabyte_that_is_said_to_be_there_is_not_read() {
    for media_type in FORMATS {
        for fill in [0_u8, b'0', b'<', 0xFF] {
            let asked = Cell::new(0_u64);
            let again = |_: u64, room: &mut [u8]| {
                room.fill(fill);
                asked.set(asked.get() + room.len() as u64);
                Ok(room.len())
            };
            let format = Format { media_type: Some(media_type), puid: None, basis: "" };
            let head = [b"%PDF-1.4\n".as_slice(), &[fill; 2_000]].concat();
            let look = Look { size_octets: 1 << 30, again: &again, ..Look::whole("a", &format, &head) };
            let found = ContentDescriber.describe(&look);
            assert!(asked.get() <= 32 << 20, "{media_type} {}", asked.get());
            assert!(!found.remarks.is_empty() || media_type == "application/rtf", "{media_type}");
        }
    }
}

#[test]
fn what_cannot_be_read_again_is_told() {
    for (media_type, octets) in
        documents().into_iter().filter(|(media_type, _)| *media_type != "application/rtf")
    {
        let again = |_: u64, _: &mut [u8]| Err(std::io::ErrorKind::Unsupported.into());
        let format = Format { media_type: Some(media_type), puid: None, basis: "" };
        let look = Look { size_octets: 100 << 20, again: &again, ..Look::whole("a", &format, &octets) };
        let found = ContentDescriber.describe(&look);
        let is_told = given_up(&found).iter().any(|told| told.contains("only its beginning could be had"));
        // The parts of a compound file may all lie in its beginning.
        let is_compound = ["application/msword", "application/vnd.ms-outlook"].contains(&media_type);
        assert!(is_told || is_compound && title(&found) == "The river", "{media_type} {:?}", found.remarks);
    }
}

proptest! {
    #[test]
    fn any_octets_give_one_answer(octets in proptest::collection::vec(any::<u8>(), 0..2_000), format in 0..FORMATS.len()) {
        let describe = || describe_as(FORMATS[format], &octets);
        prop_assert_eq!(describe(), describe());
    }

    #[test]
    fn any_pieces_of_a_pdf_give_one_answer(pieces in proptest::collection::vec(prop::sample::select(vec![
        "1 0 obj", "2 0 obj", "3 0 obj", "endobj\n", "<<", ">>", "[", "]", "/Type", "/Catalog", "/Pages", "/Kids", "/Count", " 1 0 R ", " 2 0 R ", " 3 0 R ", "/Root",
        "/Info", "/Title", "(a", ")", "\\", "<FEFF0041>", "<", ">", "trailer", "xref\n", "0 3\n", "0000000009 00000 n \n", "startxref\n", "9\n", "%%EOF", "stream\n",
        "\nendstream", "/Length", "/Filter", "/FlateDecode", "/ASCII85Decode", "/LZWDecode", "/ObjStm", "/XRef", "/W[1 2 1]", "/Index", "/N 2", "/First 8", "/Contents", "/Page ",
        "/Prev 9", "/Size 9", " 9 ", "-1", "4294967296", "\n", "BT", "Tj", "/Metadata", "/Encrypt", "/Resources", "/XObject", "/Annots", "/DecodeParms", "/Predictor 12",
    ]), 0..80)) {
        let octets = [b"%PDF-1.4\n".as_slice(), pieces.concat().as_bytes()].concat();
        let describe = || describe_as("application/pdf", &octets);
        prop_assert_eq!(describe(), describe());
    }

    #[test]
    fn any_pieces_of_an_rtf_give_one_answer(pieces in proptest::collection::vec(prop::sample::select(vec![
        "{", "}", "\\info", "\\title ", "\\author ", "\\creatim", "\\yr2023", "\\mo7", "\\dy5", "\\yr-2147483648", "\\'e1", "\\'", "\\u1586 ?", "\\u-10179", "\\uc9", "\\ansicpg1256",
        "\\bin3 ", "\\*", "\\ud", "\\revtbl", "x;", "\\\\", "\\", "é", "\\nofpages-1",
    ]), 0..60)) {
        let octets = ["{\\rtf1", &pieces.concat()].concat();
        let describe = || describe_as("application/rtf", octets.as_bytes());
        prop_assert_eq!(describe(), describe());
    }
}
