//! Descriptions of PDFs, in the forms that programs write them in; everybody in them is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod papers;

use papers::{Pdf, creators, describe, given_up, language, sensitive, title};

const TEXT: &str = "BT /F1 12 Tf 72 720 Td (The river rose again.) Tj ET";
const PICTURE: &str = "q 612 0 0 792 0 0 cm /Im0 Do Q";

fn xmp(properties: &str) -> String {
    format!(
        "<?xpacket begin='\u{FEFF}' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' \
         xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>\
         <?xpacket end='w'?>"
    )
}

fn report() -> Pdf {
    let mut pdf = Pdf::with_pages(3, |_| TEXT.into());
    pdf.stream(
        3,
        "/Type/Metadata/Subtype/XML",
        xmp("<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>The river report</rdf:li></rdf:Alt></dc:title>\
             <dc:creator><rdf:Seq><rdf:li>Jane Sample</rdf:li></rdf:Seq></dc:creator>\
             <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Water in the lower town.</rdf:li></rdf:Alt></dc:description>\
             <xmp:CreateDate>2023-07-05T10:15:30+02:00</xmp:CreateDate><xmp:ModifyDate>2023-07-06T10:15:30+02:00</xmp:ModifyDate>\
             <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
        .as_bytes(),
    );
    pdf.object(
        4,
        "<</Title(The river report)/Author<FEFF004A0061006E0065002000530061006D0070006C0065>/Producer(Sample Writer)\
         /CreationDate(D:20230705101530+02'00')>>",
    );
    pdf.trailer = "/Info 4 0 R".into();
    pdf
}

fn is_the_report(octets: &[u8]) {
    let found = describe("a.pdf", octets);
    assert_eq!(title(&found), "The river report");
    assert_eq!(found.title.as_ref().unwrap().signals, ["pdf info", "xmp"]);
    assert_eq!(creators(&found), ["Jane Sample"]);
    assert_eq!(found.creators[0].signals, ["pdf info", "xmp"]);
    assert_eq!(
        (found.dates.created.as_deref(), found.dates.published.as_deref()),
        (Some("2023-07-05"), None)
    );
    assert_eq!(found.dates.as_written.as_deref(), Some("D:20230705101530+02'00'"));
    assert_eq!(found.dates.basis, "pdf info and xmp agree; xmp: changed 2023-07-06");
    assert_eq!(language(&found), "en-GB");
    assert_eq!(found.summary.as_ref().unwrap().value, "Water in the lower town.");
    assert_eq!(found.format_detail, "says it is PDF/A-2b, 3 pages, text layer, not encrypted");
    assert_eq!(sensitive(&found), ["author in the document properties"]);
}

#[test]
fn both_forms_of_cross_reference_lead_to_the_same() {
    is_the_report(&report().with_table());
    is_the_report(&report().with_streams());
    assert_eq!(given_up(&describe("a.pdf", &report().with_table())), [""; 0]);
    assert_eq!(given_up(&describe("a.pdf", &report().with_streams())), [""; 0]);
}

#[test]
fn a_crate_reads_what_is_written_here() {
    // The documents of these tests are PDF for somebody else, too.
    for octets in [report().with_table(), report().with_streams()] {
        let pdf = hayro_syntax::Pdf::new(octets).expect("a PDF");
        assert_eq!(pdf.pages().len(), 3);
        assert_eq!(pdf.metadata().title.as_deref(), Some(&b"The river report"[..]));
    }
}

#[test]
fn objects_are_searched_for_where_the_reference_is_gone() {
    let octets = report().without_reference();
    let found = describe("a.pdf", &octets);
    assert_eq!(found.format_detail, "says it is PDF/A-2b, 3 pages, text layer, not encrypted");
    assert_eq!(given_up(&found).len(), 1);
    // The trailer led to these; that of a cross-reference stream is found with the objects.
    assert_eq!(title(&found), "The river report");
    assert_eq!(found.title.as_ref().unwrap().signals, ["xmp"]);
    let mut streams = report().with_streams();
    let end = streams.len() - "%%EOF\n".len() - 5;
    streams.truncate(end);
    is_the_report(&streams);
    // Octets before everything else move what the table points to.
    let mut moved = b"%PDF-1.4\n% a line that somebody added\n".to_vec();
    moved.extend(report().with_table());
    is_the_report(&moved);
}

#[test]
fn later_revisions_count() {
    let mut octets = report().with_table();
    let first = octets.windows(9).rposition(|found| found == b"startxref").unwrap();
    let prev: usize =
        std::str::from_utf8(&octets[first + 10..]).unwrap().lines().next().unwrap().parse().unwrap();
    let at = octets.len();
    octets.extend(b"4 0 obj\n<</Title(The second river report)>>\nendobj\n");
    let start = octets.len();
    octets.extend(
        format!(
            "xref\n4 1\n{at:010} 00000 n \ntrailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev {prev}>>\nstartxref\n{start}\n%%EOF\n"
        )
        .bytes(),
    );
    let found = describe("a.pdf", &octets);
    assert_eq!(title(&found), "The second river report");
    assert!(found.format_detail.contains("3 pages"));
}

#[test]
fn references_to_nothing_stand_for_nothing() {
    let mut pdf = report();
    pdf.object(1, "<</Type/Catalog/Pages 2 0 R/Metadata 77 0 R>>");
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!(found.title.as_ref().unwrap().signals, ["pdf info"]);
    assert_eq!(given_up(&found), [""; 0]);
}

#[test]
fn encrypted_documents_are_told_and_nothing_else() {
    let mut pdf = report();
    pdf.object(5, "<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>");
    pdf.trailer.push_str("/Encrypt 5 0 R");
    for octets in [pdf.with_table(), pdf.with_streams()] {
        let found = describe("a.pdf", &octets);
        assert_eq!(found.format_detail, "encrypted");
        assert_eq!((title(&found), creators(&found).len(), found.dates.created.as_ref()), ("", 0, None));
        assert_eq!(given_up(&found), ["PDF: encrypted, so its properties and its text were not read"]);
    }
}

#[test]
fn the_text_layer_is_told_as_far_as_it_was_looked_at() {
    let detail = |pdf: &Pdf| describe("a.pdf", &pdf.with_table()).format_detail;
    let scan = Pdf::with_pages(2, |_| PICTURE.into());
    assert_eq!(detail(&scan), "2 pages, no text layer, not encrypted");
    let long = Pdf::with_pages(40, |_| PICTURE.into());
    assert_eq!(detail(&long), "40 pages, no text layer on 5 pages looked at, not encrypted");
    let mixed = Pdf::with_pages(5, |page| if page < 3 { TEXT } else { PICTURE }.into());
    assert_eq!(detail(&mixed), "5 pages, text layer on 3 of 5 pages looked at, not encrypted");
    assert_eq!(detail(&Pdf::with_pages(1, |_| TEXT.into())), "1 page, text layer, not encrypted");
    // What was recognised in a scan is drawn in no colour.
    let recognised = Pdf::with_pages(1, |_| format!("{PICTURE} BT 3 Tr /F1 9 Tf <0041> Tj ET"));
    assert_eq!(detail(&recognised), "1 page, text layer, not encrypted");
}

#[test]
fn text_within_drawings_is_text() {
    let mut pdf = Pdf::with_pages(1, |_| "/Fm0 Do".into());
    pdf.object(2, "<</Type/Pages/Count 1/Kids[100 0 R]/Resources<</XObject<</Fm0 6 0 R>>>>>>");
    pdf.folded(6, "/Type/XObject/Subtype/Form/Resources<</XObject<</Fm1 7 0 R>>>>", b"/Fm1 Do");
    assert_eq!(describe("a.pdf", &pdf.with_table()).format_detail, "1 page, no text layer, not encrypted");
    pdf.folded(7, "/Type/XObject/Subtype/Form", TEXT.as_bytes());
    assert_eq!(describe("a.pdf", &pdf.with_table()).format_detail, "1 page, text layer, not encrypted");
}

#[test]
fn a_count_that_is_false_is_told() {
    let mut pdf = Pdf::with_pages(2, |_| TEXT.into());
    pdf.object(2, "<</Type/Pages/Count 12/Kids[100 0 R 102 0 R]/Resources<</Font<</F1 9 0 R>>>>>>");
    let detail = describe("a.pdf", &pdf.with_table()).format_detail;
    assert_eq!(detail, "2 pages (12 by its own count), text layer, not encrypted");
}

#[test]
fn what_programs_filled_in_is_nobody_s() {
    let found = |info: &str| {
        let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
        pdf.object(4, info);
        pdf.trailer = "/Info 4 0 R".into();
        describe("Gozaresh.pdf", &pdf.with_table())
    };
    for info in [
        "(Microsoft Word - river.doc)",
        "(untitled)",
        "(PowerPoint Presentation)",
        "(river final.docx)",
        "(C:\\\\Users\\\\somebody\\\\river)",
        "(Gozaresh)",
        "( )",
    ] {
        assert_eq!(title(&found(&format!("<</Title{info}>>"))), "", "{info}");
    }
    let accounts = found("<</Author(Administrator)/CreationDate(D:19700101000000Z)>>");
    assert_eq!((creators(&accounts).len(), accounts.dates.created.as_ref()), (0, None));
    // A name of an account is no suggestion, and may be somebody's.
    assert_eq!(sensitive(&accounts), ["author in the document properties"]);
    for date in ["D:19040101000000Z", "D:20231345", "D:0", "today", "D:19790101"] {
        assert_eq!(found(&format!("<</CreationDate({date})>>")).dates.created, None, "{date}");
    }
    let path = found("<</Title(C:\\\\Users\\\\somebody\\\\river)>>");
    assert_eq!(sensitive(&path), ["user name in a path (title)"]);
}

#[test]
fn signals_that_contradict_leave_a_blank() {
    let mut pdf = report();
    pdf.object(4, "<</Title(Another title)/CreationDate(D:20190101000000Z)>>");
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!(found.title.as_ref().unwrap().signals, ["pdf info"]);
    assert_eq!(found.dates.created, None);
    assert!(found.dates.basis.contains("do not agree"), "{}", found.dates.basis);
}

#[test]
fn zones_and_calendars_are_as_written() {
    let created = |date: &str| {
        let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
        pdf.object(4, &format!("<</CreationDate({date})>>"));
        pdf.trailer = "/Info 4 0 R".into();
        describe("a.pdf", &pdf.with_table()).dates.created
    };
    assert_eq!(created("D:20230705233000-05'00'").as_deref(), Some("2023-07-05"));
    assert_eq!(created("D:20230705003000+03'30'").as_deref(), Some("2023-07-05"));
    assert_eq!(created("D:20230705101530Z00'00'").as_deref(), Some("2023-07-05"));
    assert_eq!(created("D:202307").as_deref(), Some("2023-07"));
}

#[test]
fn a_default_language_does_not_speak_for_another_script() {
    let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
    let wide = "گزارش رودخانه".encode_utf16().map(|unit| format!("{unit:04X}")).collect::<Vec<_>>().concat();
    pdf.object(4, &format!("<</Title<FEFF{wide}>>>"));
    pdf.trailer = "/Info 4 0 R".into();
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!((title(&found), language(&found)), ("گزارش رودخانه", ""));
}

#[test]
fn annotators_and_thumbnails_are_flagged() {
    let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
    pdf.object(100, "<</Type/Page/Parent 2 0 R/Contents 101 0 R/Annots[5 0 R 6 0 R]/Thumb 7 0 R>>");
    pdf.object(5, "<</Type/Annot/Subtype/Widget/T(field 1)>>");
    pdf.object(6, "<</Type/Annot/Subtype/Link/T(link)>>");
    assert_eq!(sensitive(&describe("a.pdf", &pdf.with_table())), ["embedded thumbnail (pages)"]);
    pdf.object(6, "<</Type/Annot/Subtype/Text/T(Jane Sample)/Contents(no)>>");
    let found = describe("a.pdf", &pdf.with_table());
    assert_eq!(sensitive(&found), ["author of an annotation", "embedded thumbnail (pages)"]);
    assert!(found.remarks.iter().all(|remark| !remark.detail.contains("Jane")));
}

#[test]
fn a_document_of_which_the_end_cannot_be_had_says_so() {
    use provenance::description::{Describer, Look};
    let octets = report().with_table();
    let format = provenance::Format { media_type: Some("application/pdf"), puid: None, basis: "" };
    let again = |_: u64, _: &mut [u8]| Err(std::io::ErrorKind::Unsupported.into());
    let look = Look { size_octets: 9 << 20, again: &again, ..Look::whole("a.pdf", &format, &octets) };
    let found = ingest::describe::ContentDescriber.describe(&look);
    assert_eq!(given_up(&found), ["PDF: only its beginning could be had here, and it is read from its end"]);
    // Where it can be had, what lies between is not asked for.
    let hole = 4_usize << 30;
    let table = octets.windows(6).rposition(|found| found == b"\nxref\n").unwrap_or(0);
    let tail = report().with_table();
    let start = octets.len() + hole;
    let end = format!(
        "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Info 4 0 R/Prev {}>>\nstartxref\n{start}\n%%EOF\n",
        prev(&octets)
    );
    let asked = std::cell::Cell::new(0);
    let read = |offset: u64, room: &mut [u8]| {
        let mut filled = 0;
        for (at, octet) in room.iter_mut().enumerate() {
            let at = usize::try_from(offset).unwrap() + at;
            let Some(&found) =
                tail.get(at).or_else(|| if at < start { Some(&0) } else { end.as_bytes().get(at - start) })
            else {
                break;
            };
            *octet = found;
            filled += 1;
        }
        asked.set(asked.get() + filled);
        Ok(filled)
    };
    let look = Look {
        size_octets: (start + end.len()) as u64,
        again: &read,
        ..Look::whole("a.pdf", &format, &octets[..table.min(1_000)])
    };
    let found = ingest::describe::ContentDescriber.describe(&look);
    assert_eq!(title(&found), "The river report");
    assert!(asked.get() < 100 << 10, "{}", asked.get());
}

fn prev(octets: &[u8]) -> String {
    let at = octets.windows(9).rposition(|found| found == b"startxref").unwrap();
    std::str::from_utf8(&octets[at + 10..]).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn of_pages_that_cannot_be_found_nothing_is_said() {
    for pages in [
        "<</Count 1>>",
        "<</Type/Catalog/Count 1>>",
        "<</Kids[9 0 R]/Count 1>>",
        "<</Type/Pages/Kids[]/Count 0>>",
        "[]",
    ] {
        let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
        pdf.object(2, pages);
        let found = describe("a.pdf", &pdf.with_table());
        assert!(!found.format_detail.contains("page"), "{pages}: {}", found.format_detail);
        assert!(found.format_detail.contains("not encrypted"), "{}", found.format_detail);
    }
    // Some programs leave out that a page is one.
    let mut pdf = Pdf::with_pages(1, |_| TEXT.into());
    pdf.object(2, "<</MediaBox[0 0 612 792]/Count 1>>");
    assert!(describe("a.pdf", &pdf.with_table()).format_detail.starts_with("1 page"));
}
