//! Captures in a WARC or WACZ become documents of their own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod holders;

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use holders::take;
use holders::warcs::{chunked, gzip, members, page, record, response, sha1};
use provenance::Outcome::{Fail, Success, Warning};
use provenance::id::item_id;
use std::io::Write;

const BELLS: &str = "<html><title>Bells</title><body>The bells of Port Ellery rang at noon.</body></html>";
const URL: &str = "https://ellery-post.example/2023/bells";
const NAME: &str = "01 ellery-post.example-2023-bells.html";

/// A WARC of a page, a picture without HTTP, and what is no document.
fn records() -> Vec<Vec<u8>> {
    vec![
        record(&[("WARC-Type", "warcinfo")], b"software: a test\r\n"),
        record(&[("WARC-Type", "request"), ("WARC-Target-URI", URL)], b"GET / HTTP/1.1\r\n\r\n"),
        page(URL, BELLS),
        record(
            &[
                ("WARC-Type", "resource"),
                ("WARC-Target-URI", "urn:thumbnail:https://ellery-post.example/"),
                ("WARC-Date", "2023-07-06"),
                ("Content-Type", "image/png"),
            ],
            b"\x89PNG\r\n\x1a\nand so on",
        ),
        record(&[("WARC-Type", "revisit"), ("WARC-Target-URI", URL)], b"HTTP/1.1 200 OK\r\n\r\n"),
        response("https://ellery-post.example/gone", "Location: /\r\n", b"", &[]),
        record(
            &[("WARC-Type", "response"), ("WARC-Target-URI", "dns:ellery-post.example")],
            b"20230706 192.0.2.1",
        ),
    ]
}

#[test]
fn each_capture_is_an_item_with_its_address_and_time() {
    let plain = records().concat();
    // One member for each record, one for all, and one that ends within a record.
    let halves = [gzip(&plain[..700]), gzip(&plain[700..])].concat();
    let forms = [
        ("a.warc", plain.clone()),
        ("a.warc.gz", members(&records())),
        ("a.warc.gz", gzip(&plain)),
        ("a.warc.gz", halves),
    ];
    for (name, octets) in forms {
        let taken = take(&[(name, &octets)]);
        assert_eq!(taken.parts(name), [NAME, "02 ellery-post.example.png"]);
        let page = format!("{name}.parts/{NAME}");
        assert_eq!(taken.octets(&page), BELLS.as_bytes());
        assert_eq!(taken.octets(name), octets, "the container stays what it is");
        let container = item_id(&format!("data/{name}")).to_string();
        for (column, value) in [
            ("source_url", Some(URL)),
            ("acquired_on", Some("2023-07-06T09:14:02Z")),
            ("acquired_how", Some("web capture, HTTP 200")),
            ("derived_from", Some(container.as_str())),
            ("copy_role", Some("derivative")),
            ("title", None),
        ] {
            assert_eq!(taken.given(&page, column), value, "{column}");
        }
        let picture = format!("{name}.parts/02 ellery-post.example.png");
        assert_eq!(taken.given(&picture, "source_url"), None);
        assert_eq!(taken.given(&picture, "acquired_on"), Some("2023-07-06"));
        let how = "web capture, resource urn:thumbnail:https://ellery-post.example/";
        assert_eq!(taken.given(&picture, "acquired_how"), Some(how));
        taken.told(Success, "2 captures of 7 records taken as documents of their own; 1 revisits");
        taken.told(Success, "1 captures without content");
        assert!(taken.arrivals().iter().all(|(path, ..)| *path == format!("data/{name}")));
    }
}

fn deflated(octets: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn zlib(octets: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

/// A stream of brotli with one block that is not compressed (RFC 7932 §9.2), and the empty last one.
fn brotli(octets: &[u8]) -> Vec<u8> {
    let length = u32::try_from(octets.len() - 1).unwrap();
    // A window of 16 bits (0), not the last block (0), four nibbles (00), the length, not compressed (1).
    let head = (length << 4 | 1 << 20).to_le_bytes();
    [&head[..3], octets, &[3]].concat()
}

/// A frame of zstd with one raw block (RFC 8878 §3.1.1).
fn zstd() -> Vec<u8> {
    let length = u32::try_from(BELLS.len()).unwrap();
    let mut octets = vec![0x28, 0xB5, 0x2F, 0xFD, 0x20, u8::try_from(length).unwrap()];
    octets.extend_from_slice(&(length << 3 | 1).to_le_bytes()[..3]);
    octets.extend_from_slice(BELLS.as_bytes());
    octets
}

#[test]
fn what_was_done_for_the_transfer_is_undone() {
    let bells = BELLS.as_bytes();
    let bodies: [(&str, Vec<u8>); 11] = [
        ("Content-Encoding: gzip\r\n", gzip(bells)),
        ("Content-Encoding: GZIP\r\n", bells.to_vec()),
        ("Content-Encoding: deflate\r\n", zlib(bells)),
        ("Content-Encoding: deflate\r\n", deflated(bells)),
        ("Content-Encoding: br\r\n", brotli(bells)),
        ("Content-Encoding: zstd\r\n", zstd()),
        ("Content-Encoding: gzip, identity, br\r\n", brotli(&gzip(bells))),
        ("Transfer-Encoding: chunked\r\n", chunked(bells)),
        ("Transfer-Encoding: chunked\r\n", bells.to_vec()),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(&gzip(bells))),
        ("Transfer-Encoding: gzip, chunked\r\n", chunked(&gzip(bells))),
    ];
    for (fields, body) in bodies {
        let fields = format!("{fields}Content-Type: text/html\r\n");
        for octets in [response(URL, &fields, &body, &[]), gzip(&response(URL, &fields, &body, &[]))] {
            let taken = take(&[("a.warc", &octets)]);
            let content = taken.octets(&format!("a.warc.parts/{NAME}"));
            assert_eq!(content.escape_ascii().to_string(), BELLS, "{fields}");
            taken.told(Success, "1 captures of 1 records");
        }
    }
}

#[test]
fn a_coding_that_cannot_be_undone_is_kept_and_told() {
    let mut cut = gzip(BELLS.as_bytes());
    cut.truncate(cut.len() - 9);
    let begun = zlib(BELLS.as_bytes())[..40].to_vec();
    let followed = [brotli(BELLS.as_bytes()), b"more".to_vec()].concat();
    let frames = [zstd(), zstd()].concat();
    let broken_chunks = [&chunked(BELLS.as_bytes())[..20], b"zz\r\n"].concat();
    for (fields, body, how) in [
        ("Content-Encoding: gzip\r\n", cut, "kept as it was transferred"),
        ("Content-Encoding: deflate\r\n", begun, "kept as it was transferred"),
        ("Content-Encoding: br\r\n", followed, "kept as it was transferred"),
        ("Content-Encoding: zstd\r\n", frames, "kept as it was transferred"),
        ("Transfer-Encoding: chunked\r\n", broken_chunks, "kept as it was transferred"),
        ("Content-Encoding: sdch\r\n", b"whatever".to_vec(), "still coded by sdch"),
        ("Content-Encoding: \x1b[2J\r\n", b"whatever".to_vec(), "still coded by an unknown coding"),
    ] {
        let taken = take(&[("a.warc", &response(URL, fields, &body, &[]))]);
        let path = "a.warc.parts/01 ellery-post.example-2023-bells";
        assert_eq!(taken.octets(path), body);
        assert!(taken.given(path, "acquired_how").unwrap().contains(how));
        taken.told(Warning, "1 bodies kept as they were transferred");
    }
}

#[test]
fn digests_are_held_against_what_they_are_of() {
    let body = chunked(BELLS.as_bytes());
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let block = sha1(&[head.as_bytes(), &body].concat());
    let write = |block: &str, payload: &str| {
        let digests = [("WARC-Block-Digest", block), ("WARC-Payload-Digest", payload)];
        response(URL, "Transfer-Encoding: chunked\r\n", &body, &digests)
    };
    // Some writers sum a payload as it was transferred, some without the chunks.
    for payload in [sha1(&body), sha1(BELLS.as_bytes())] {
        let taken = take(&[("a.warc", &[write(&block, &payload), page(URL, BELLS)].concat())]);
        taken.told(Success, "2 of 2 digests of records agree, 1 records have none");
    }
    let wrong = sha1(b"something else");
    let taken = take(&[("a.warc", &write(&block, &wrong))]);
    taken.told(Fail, "1 of 2 digests of records agree");
    let words = format!(
        "the payload of record <urn:uuid:0a1b2c3d-0000-4000-8000-000000000001> ({URL}) states {wrong}"
    );
    taken.told(Fail, &words);
    assert_eq!(taken.parts("a.warc").len(), 1, "it is taken all the same");
    let taken = take(&[("a.warc", &write("crc32:01234567", &sha1(&body)))]);
    taken.told(Warning, "1 of 1 digests of records agree, 1 are by algorithms that fonds does not know");
}

#[test]
fn a_flipped_bit_is_noticed() {
    let digest = sha1(&[b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", BELLS.as_bytes()].concat());
    let digests = [("WARC-Block-Digest", digest.as_str())];
    let sound = response(URL, "Content-Type: text/html\r\n", BELLS.as_bytes(), &digests);
    take(&[("a.warc", &sound)]).told(Success, "1 of 1 digests");
    for at in [sound.len() - 10, sound.len() - 40] {
        let mut altered = sound.clone();
        altered[at] ^= 1;
        take(&[("a.warc", &altered)]).told(Fail, "0 of 1 digests");
    }
}

#[test]
fn parts_of_records_and_truncated_ones_are_told() {
    let segment = [("WARC-Segment-Number", "1")];
    let truncated = [("WARC-Truncated", "length")];
    let octets = [
        response(URL, "", b"the first half", &segment),
        response(URL, "Content-Type: text/html\r\n", b"as far as it came", &truncated),
    ];
    let taken = take(&[("a.warc", &octets.concat())]);
    assert_eq!(taken.parts("a.warc"), [NAME]);
    taken.told(Warning, "1 captures truncated when they were made; 1 segments of captures");
    let how = taken.given(&format!("a.warc.parts/{NAME}"), "acquired_how");
    assert_eq!(how, Some("web capture, HTTP 200, truncated: length"));
}

/// A WACZ of these entries, stored or deflated.
fn zip_of(entries: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, octets) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(octets).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn sha256(octets: &[u8]) -> String {
    let sum = fixity::sum_of(octets, &[fixity::Algorithm::Sha256]);
    format!("sha256:{}", sum.digests[0])
}

fn package(warc: &[u8], pages: &[u8]) -> (String, String) {
    let list = format!(
        r#"{{"profile":"data-package","resources":[
            {{"path":"archive/data.warc.gz","hash":"{}","bytes":{}}},
            {{"path":"pages/pages.jsonl","hash":"{}","bytes":{}}}]}}"#,
        sha256(warc),
        warc.len(),
        sha256(pages),
        pages.len()
    );
    let digest = format!(
        r#"{{"path":"datapackage.json","hash":"{}","signedData":{{"signature":"x"}}}}"#,
        sha256(list.as_bytes())
    );
    (list, digest)
}

const PAGES: &str = r#"{"format":"json-pages-1.0","id":"pages"}
{"url":"https://ellery-post.example/2023/bells","ts":"2023-07-06T09:14:02Z","title":"Bells over  the quay"}
{"url":"https://ellery-post.example/two","title":"One"}
{"url":"https://ellery-post.example/two","title":"Another"}
"#;

#[test]
fn a_wacz_gives_its_captures_titles_and_digests() {
    let records = [page(URL, BELLS), page("https://ellery-post.example/two", "<html>two")];
    let warc = members(&records);
    let (list, digest) = package(&warc, PAGES.as_bytes());
    for method in [zip::CompressionMethod::Stored, zip::CompressionMethod::Deflated] {
        let entries = [
            ("archive/data.warc.gz", &warc[..]),
            ("archive/more.warc", &records[0]),
            ("pages/pages.jsonl", PAGES.as_bytes()),
            ("datapackage.json", list.as_bytes()),
            ("datapackage-digest.json", digest.as_bytes()),
        ];
        let taken = take(&[("a.wacz", &zip_of(&entries, method))]);
        assert_eq!(taken.parts("a.wacz").len(), 3);
        for (path, title) in [(NAME, Some("Bells over the quay")), ("02 ellery-post.example-two.html", None)]
        {
            assert_eq!(taken.given(&format!("a.wacz.parts/{path}"), "title"), title);
        }
        assert_eq!(taken.octets(&format!("a.wacz.parts/{NAME}")), BELLS.as_bytes());
        taken.read_all();
        taken.told(Success, "3 captures of 3 records");
        taken.told(Success, "2 of 2 files agree with their digests in `datapackage.json`");
        taken.told(Success, "`datapackage-digest.json`; it is signed, and the signature is not verified");
    }
}

#[test]
fn a_wacz_that_is_not_what_it_says_is_told() {
    let warc = members(&[page(URL, BELLS)]);
    let (list, digest) = package(b"another", PAGES.as_bytes());
    let list = list.replace("data-package", "data-packages");
    let entries = [
        ("archive/data.warc.gz", &warc[..]),
        ("archive/none.warc", b"no WARC at all"),
        ("datapackage.json", list.as_bytes()),
        ("datapackage-digest.json", digest.as_bytes()),
    ];
    let taken = take(&[("a.wacz", &zip_of(&entries, zip::CompressionMethod::Stored))]);
    taken.told(Fail, "0 of 2 files agree");
    taken.told(Fail, "`archive/data.warc.gz` in `datapackage.json`: it states sha256:");
    taken.told(Fail, "`pages/pages.jsonl` in `datapackage.json`: it is not there");
    taken.told(Fail, "`datapackage.json` is not what `datapackage-digest.json` states");
    taken.told(Warning, "`archive/none.warc` is not looked through: it is no WARC");
    assert_eq!(taken.parts("a.wacz").len(), 1);
}

#[test]
fn a_zip_that_is_no_wacz_is_a_document_like_any_other() {
    let zip = zip_of(&[("letter.txt", b"x")], zip::CompressionMethod::Stored);
    let taken = take(&[
        ("a.wacz", &zip),
        ("b.warc", b"no WARC"),
        ("c.warc.gz", b"\x1f\x8b\x08no gzip"),
        ("d.wacz", b"PK"),
    ]);
    assert_eq!(taken.paths(), ["a.wacz", "b.warc", "c.warc.gz", "d.wacz"]);
    let told: Vec<_> = taken.arrivals().iter().map(|(path, outcome, _)| (*path, *outcome)).collect();
    assert_eq!(told, [("data/d.wacz", Warning)], "only what begins as a ZIP and is none");
}

#[test]
fn an_address_that_opens_something_is_in_no_sheet_and_no_event() {
    let secrets = [
        "https://a.example/report?token=Pomegranate",
        "https://a.example/r.html?X-Amz-Date=20230705&X-Amz-Signature=Pomegranate",
        "https://a.example/?sig=Pomegranate",
        "https://ada:Pomegranate@a.example/",
        "https://a.example/r#access_token=Pomegranate",
    ];
    let mut warc = Vec::new();
    for url in secrets {
        warc.extend(response(
            url,
            "Content-Type: text/html\r\n",
            b"<p>The river",
            &[("WARC-Block-Digest", &sha1(b"another"))],
        ));
        warc.extend(record(
            &[("WARC-Type", "resource"), ("WARC-Target-URI", url), ("Content-Type", "text/plain")],
            b"The river",
        ));
    }
    let taken = take(&[("a.warc", &warc)]);
    assert_eq!(taken.parts("a.warc").len(), 2 * secrets.len());
    let said = format!("{:?} {:?}", taken.arrivals(), taken.received.accession.items);
    assert!(!said.contains("Pomegranate"), "{said}");
    let first = taken.parts("a.warc")[0].to_owned();
    let how = taken.given(&format!("a.warc.parts/{first}"), "acquired_how").unwrap();
    assert_eq!(how, "web capture, HTTP 200, with an address that opens something and is left out");
    // What is no secret stays.
    let taken = take(&[("a.warc", &page("https://a.example/?page=2&keyword=river", "The river"))]);
    let first = taken.parts("a.warc")[0].to_owned();
    assert_eq!(
        taken.given(&format!("a.warc.parts/{first}"), "source_url"),
        Some("https://a.example/?page=2&keyword=river")
    );
}

/// Not compressed, so that an octet can be altered which only the check at the end of a member tells.
fn stored(octets: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn arrests(number: usize) -> Vec<u8> {
    let rest = "The bells rang at noon. ".repeat(4);
    page(&format!("https://a.example/{number}"), &format!("<p>10{number} people were arrested. {rest}"))
}

#[test]
fn a_capture_in_a_member_that_fails_its_check_is_not_taken() {
    for damaged in 0..3 {
        let mut members: Vec<Vec<u8>> = (0..3).map(|number| stored(&arrests(number))).collect();
        let at = members[damaged].windows(7).position(|word| word == b" people").unwrap();
        members[damaged][at - 3] = b'9';
        let taken = take(&[("a.warc.gz", &members.concat())]);
        let expected: Vec<String> = (0..3)
            .filter(|number| *number != damaged)
            .enumerate()
            .map(|(at, number)| format!("0{} a.example-{number}.html", at + 1))
            .collect();
        assert_eq!(taken.parts("a.warc.gz"), expected);
        taken.told(Warning, "2 captures of 3 records taken as documents of their own");
        taken.told(Warning, "1 captures not taken, since the gzip member that they end in is damaged or cut");
        taken.told(Warning, "matching checksum");
        taken.read_all();
    }
}

#[test]
fn what_a_failed_check_is_of_is_withdrawn_and_nothing_else() {
    let records = [arrests(0), arrests(1), arrests(2)];
    // A record that reaches from a sound member into a damaged one, and one that is damaged in all.
    let plain = records.concat();
    let half = records[0].len() + records[1].len() / 2;
    let mut second = stored(&plain[half..]);
    let last = second.len();
    second[last - 8] ^= 1;
    let taken = take(&[("a.warc.gz", &[stored(&plain[..half]), second].concat())]);
    assert_eq!(taken.parts("a.warc.gz"), ["01 a.example-0.html"]);
    taken.told(Warning, "2 captures not taken, since the gzip member that they end in is damaged or cut");
    // What the file ends in is not taken; what stands before it in the same member is not known to be wrong.
    let one = stored(&plain);
    let each: Vec<u8> = records.iter().flat_map(|record| stored(record)).collect();
    for whole in [one, each] {
        for cut in 1..=8 {
            let taken = take(&[("a.warc.gz", &whole[..whole.len() - cut])]);
            assert_eq!(taken.parts("a.warc.gz"), ["01 a.example-0.html", "02 a.example-1.html"], "{cut}");
            taken.told(Warning, "1 captures not taken");
        }
    }
    // The next member is damaged in its first octets: those before it are sound.
    let mut behind = stored(&records[1]);
    behind[2] = 7;
    let taken = take(&[("a.warc.gz", &[stored(&records[0]), behind, stored(&records[2])].concat())]);
    assert_eq!(taken.parts("a.warc.gz"), ["01 a.example-0.html", "02 a.example-2.html"]);
}
