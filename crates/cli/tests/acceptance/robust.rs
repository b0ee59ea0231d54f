//! Documents made to harm whoever reads them: none of them fails a bundle, takes much memory or much time,
//! and what was given up of them is in the ledger.

use crate::bundles::AT;
use crate::place::Place;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

/// The most memory that `fonds` may have held at any time, in KiB: two workers, each with 64 MiB, and what any
/// bundle takes.
const MOST_KIB: u64 = 300 << 10;
/// How long packing and verifying may take together, in an unoptimised build.
const LONGEST: Duration = Duration::from_mins(1);
/// Octets of the page: as many as 1 GiB would be, for whoever asks for it, and else what a test can digest.
const PAGE: u64 = 256 << 20;
const LARGE_PAGE: u64 = 1 << 30;
/// How deep markup nests, and mail.
const DEEP: usize = 100_000;
const DEEP_MAIL: usize = 1_000;
/// Parts of a mail: more than 10,000.
const MANY: usize = 12_000;

/// Documents of which something is given up, and what the ledger says of it.
const GIVEN_UP: [(&str, &str); 17] = [
    ("broken.pdf", "extraction given up: PDF: broken or cut"),
    ("bomb.docx", "extraction given up: core-properties: "),
    ("bomb.odt", "extraction given up: "),
    ("deep.docx", "extraction given up: core-properties: XML that nests too deep"),
    ("deep.odt", "extraction given up: "),
    ("huge.html", "extraction given up: too long"),
    ("many.eml", "too many in one mail"),
    ("many.eml", "extraction given up: "),
    ("nested.eml", "too deep"),
    ("nested.eml", "extraction given up: "),
    ("bomb.warc.gz", "read no further"),
    ("loop.jpg", "extraction given up: "),
    ("loop.tif", "extraction given up: "),
    ("nothing.mp4", "extraction given up: "),
    ("beyond.mp4", "extraction given up: "),
    ("cut.docx", "extraction given up: "),
    ("objects.pdf", "extraction given up: "),
];

#[test]
fn no_document_fails_a_bundle_or_takes_much() {
    let place = Place::new();
    hostile_papers(&place);
    hostile_markup(&place);
    hostile_mail_and_captures(&place);
    hostile_media(&place);
    place.file(
        "source/letter.eml",
        "From: Ada <ada@example.org>\nSubject: The river rose\nMIME-Version: 1.0\n\nAt noon.\n",
    );

    let begun = Instant::now();
    let mut run = place.run(&format!("bundle source {AT} -o bag")).begin();
    let mut peak = 0;
    while run.is_running() {
        peak = peak.max(run.peak_kib());
        std::thread::sleep(Duration::from_millis(2));
    }
    run.end().ends(0).is_harmless();
    place.fonds("verify bag").ends(0).says("CONSISTENT");
    let took = begun.elapsed();

    let ledger = place.text("bag/metadata/events.csv");
    let warnings: Vec<&str> = ledger.lines().filter(|row| row.contains(",warning,")).collect();
    for (name, words) in GIVEN_UP {
        let is_told = |row: &&&str| row.contains(&format!(",data/{name},")) && row.contains(words);
        assert!(
            warnings.iter().any(|row| is_told(&row)),
            "`{name}`: `{words}` is not in\n{}",
            warnings.join("\n")
        );
    }
    // What cannot hurt is described beside them.
    assert!(place.text("bag/metadata/manifest.csv").contains(",The river rose,"));
    assert!(peak > 0 && peak < MOST_KIB, "{peak} KiB");
    assert!(took < LONGEST, "{took:?}");
    println!("{} MiB at most, {took:?}", peak >> 10);
}

/// Broken, cut, in a circle, and with more objects than anybody wrote.
fn hostile_papers(place: &Place) {
    place.file(
        "source/broken.pdf",
        [b"%PDF-1.7\n".as_slice(), &b"<</Type/Catalog obj\xFF\x00".repeat(5_000)].concat(),
    );
    // Pages whose kids are themselves, and no table that says where they are.
    place.file(
        "source/loop.pdf",
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 9/Parent 2 0 R\
         /Kids[2 0 R 3 0 R 2 0 R]>>\nendobj\n3 0 obj\n<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]>>\nendobj\n\
         trailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n",
    );
    place.file("source/objects.pdf", ["%PDF-1.4\n", &"1 0 obj<<".repeat((47 << 20) / 9)].concat());
    let core = |inner: &str| format!("<?xml version=\"1.0\"?>{inner}");
    let types = "<Types ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>";
    let word = |core: &str| {
        package(&[("[Content_Types].xml", types), ("docProps/core.xml", core), ("word/document.xml", "<a/>")])
    };
    let text = |meta: &str| {
        package(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("meta.xml", meta),
            ("content.xml", "<a/>"),
        ])
    };
    let title = "<a xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>&l9;</dc:title></a>";
    let bomb = core(&format!("{}{title}", laughs()));
    let deep = core(&nested(DEEP));
    place.file("source/bomb.docx", word(&bomb));
    place.file("source/bomb.odt", text(&bomb));
    place.file("source/deep.docx", word(&deep));
    place.file("source/deep.odt", text(&deep));
    let whole = word(title);
    place.file("source/cut.docx", &whole[..whole.len() - 30]);
    // Its comments are a bomb, too: 40 entries that each unfold to 8 MiB of references.
    let references = "&amp;".repeat((8 << 20) / 5);
    let names: Vec<String> = (0..40).map(|number| format!("word/comments{number}.xml")).collect();
    let mut entries = vec![("[Content_Types].xml", types)];
    entries.extend(names.iter().map(|name| (name.as_str(), references.as_str())));
    place.file("source/references.docx", package(&entries));
}

fn hostile_markup(place: &Place) {
    let page = place.file("source/huge.html", "<!DOCTYPE html><html><title>Huge</title><body>");
    let is_large = std::env::var_os("FONDS_BIG_TESTS").is_some();
    File::options()
        .append(true)
        .open(page)
        .unwrap()
        .set_len(if is_large { LARGE_PAGE } else { PAGE })
        .unwrap();
    place.file(
        "source/bomb.svg",
        format!("{}<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&l9;</text></svg>", laughs()),
    );
    place
        .file("source/deep.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", nested(DEEP)));
    place.file("source/deep.html", format!("<!DOCTYPE html><html>{}", "<div>".repeat(DEEP)));
    place.file("source/deep.json", format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP)));
}

fn hostile_mail_and_captures(place: &Place) {
    let mut many = String::from(
        "From: ada@example.org\nSubject: many\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n",
    );
    for number in 0..MANY {
        let _ = write!(many, "--b\nContent-Disposition: attachment; filename=a{number}.txt\n\nx{number}\n");
    }
    place.file("source/many.eml", many + "--b--\n");
    let mut nested = String::from("From: ada@example.org\nSubject: nested\nMIME-Version: 1.0\n");
    for number in 0..DEEP_MAIL {
        let _ = write!(nested, "Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n");
    }
    place.file("source/nested.eml", nested + "Content-Type: text/plain\n\nat last\n");
    let body = vec![b' '; 160 << 20];
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/\r\nWARC-Date: 2023-07-06T11:14:02Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        body.len() + 43
    );
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(head.as_bytes()).unwrap();
    gzip.write_all(&body).unwrap();
    place.file("source/bomb.warc.gz", gzip.finish().unwrap());
}

/// Directories in a circle; boxes of no length, to the end, and beyond it.
fn hostile_media(place: &Place) {
    // One directory, whose next is itself and whose Exif is, too.
    let pointer = [0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8];
    let tiff = [b"MM\0*\0\0\0\x08\0\x01".as_slice(), &pointer, &[0, 0, 0, 8]].concat();
    place.file("source/loop.tif", &tiff);
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let end = b"\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x55\xFF\xD9";
    place.file("source/loop.jpg", [b"\xFF\xD8\xFF\xE1".as_slice(), &length, &exif, end].concat());
    let kind = b"\0\0\0\x14ftypisom\0\0\0\0isom";
    let film = |boxes: &[u8]| [kind.as_slice(), boxes].concat();
    place.file("source/nothing.mp4", film(&b"\0\0\0\x04moov".repeat(50_000)));
    place.file(
        "source/to_the_end.mp4",
        film(&[b"\0\0\0\0moov".as_slice(), &b"\0\0\0\0trak".repeat(50_000)].concat()),
    );
    place.file(
        "source/beyond.mp4",
        film(b"\0\0\0\x01moov\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\x01mvhd\0\0\0\0\0\0\0\0"),
    );
}

/// Entities each of which is ten of the one before, as in the attack of a billion laughs.
fn laughs() -> String {
    let mut declared = String::from("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for number in 1..10 {
        let before = format!("&l{};", number - 1).repeat(10);
        let _ = write!(declared, "<!ENTITY l{number} \"{before}\">");
    }
    declared + "]>"
}

fn nested(depth: usize) -> String {
    format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth))
}

/// A ZIP of these entries; the one that is called `mimetype` is stored.
fn package(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let stored = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(stored)).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
