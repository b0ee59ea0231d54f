//! Containers that are damaged, lie or want to be too much: told, bounded, and never a failure.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod holders;

use fixity::{Observer, Step};
use flate2::Compression;
use flate2::write::GzEncoder;
use holders::warcs::{gzip, members, page, record, response, sha1};
use holders::{Taken, take};
use ingest::{ErrorKind, Options, receive};
use proptest::prelude::*;
use provenance::Outcome::{Fail, Success, Warning};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;

const URL: &str = "https://ellery-post.example/a";

fn pages(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| page(&format!("{URL}{number}"), &format!("<html>page {number}</html>"))).collect()
}

fn wacz() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, octets) in
        [("archive/a.warc", pages(2).concat()), ("datapackage.json", b"{\"resources\":[]}".to_vec())]
    {
        writer.start_file(name, options).unwrap();
        writer.write_all(&octets).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const MAIL: &str = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\n\
Content-Type: message/rfc822\n\nContent-Type: multipart/digest; boundary=c\n\n--c\n\nSubject: y\n\nz\n--c--\n--b\n\
Content-Type: a/b; name=n\nContent-Transfer-Encoding: quoted-printable\n\na=3D=\n b\n--b--\n\n";

/// Containers that are small, sound and of every kind.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mailbox = format!(
        "From x Thu Jul  6 09:14:02 2023\n{MAIL}From x Thu Jul  6 09:14:02 2023\nSubject: z\n\nend\n"
    );
    let coded =
        response(URL, "Content-Encoding: gzip\r\n", &gzip(b"coded"), &[("WARC-Block-Digest", &sha1(b"x"))]);
    vec![
        ("a.warc", pages(2).concat()),
        ("a.warc.gz", members(&[pages(1), vec![coded]].concat())),
        ("a.wacz", wacz()),
        ("a.eml", MAIL.as_bytes().to_vec()),
        ("a.mbox", mailbox.into_bytes()),
    ]
}

#[test]
fn a_container_may_be_cut_anywhere() {
    for (name, octets) in samples() {
        let whole = take(&[(name, &octets)]).parts(name).len();
        let cuts: Vec<(String, &[u8])> =
            (0..octets.len()).map(|cut| (format!("{cut}/{name}"), &octets[..cut])).collect();
        let cuts: Vec<(&str, &[u8])> = cuts.iter().map(|(path, octets)| (path.as_str(), *octets)).collect();
        let taken = take(&cuts);
        taken.read_all();
        for (path, _) in &cuts {
            assert!(taken.parts(path).len() <= whole, "{path}");
        }
        // A mail may end where it likes; the others are told to be damaged.
        if name.contains("warc") {
            let told = taken.arrivals().iter().filter(|(_, outcome, _)| *outcome == Warning).count();
            assert!(told > octets.len() / 2, "{name}: {told} of {}", octets.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn codings_of_any_octets_are_undone_or_kept(
        bodies in proptest::collection::vec(
            (prop::sample::select(vec!["br", "gzip", "deflate", "zstd", "br, gzip"]), proptest::collection::vec(any::<u8>(), 1..60)),
            1..40,
        ),
        chunked in any::<bool>(),
    ) {
        let records: Vec<u8> = bodies
            .into_iter()
            .flat_map(|(coding, mut body)| {
                // So that some go further than their first octets.
                match coding {
                    "gzip" => body.splice(..0, gzip(b"")[..10].iter().copied()).for_each(drop),
                    "zstd" => body.splice(..0, [0x28, 0xB5, 0x2F, 0xFD, 0x20]).for_each(drop),
                    _ => {}
                }
                let fields = format!("Content-Encoding: {coding}\r\n{}", if chunked { "Transfer-Encoding: chunked\r\n" } else { "" });
                response(URL, &fields, &if chunked { holders::warcs::chunked(&body) } else { body }, &[])
            })
            .collect();
        take(&[("a.warc", &records)]).read_all();
    }

    #[test]
    fn any_octets_may_be_altered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let altered: Vec<(&str, Vec<u8>)> = samples()
            .into_iter()
            .map(|(name, mut octets)| {
                for (place, octet) in &changes {
                    let at = place.index(octets.len());
                    octets[at] = *octet;
                }
                (name, octets)
            })
            .collect();
        let altered: Vec<(&str, &[u8])> = altered.iter().map(|(name, octets)| (*name, &**octets)).collect();
        take(&altered).read_all();
    }
}

#[test]
fn a_record_that_lies_about_its_length_costs_no_other() {
    let [first, last] = [&pages(2)[0], &pages(2)[1]];
    for length in ["0", "10", "100000", "18446744073709551615", "18446744073709551616", "-1", "x", ""] {
        let fields = [("WARC-Type", "resource"), ("WARC-Target-URI", URL), ("Content-Length", length)];
        let liar = record(&fields, b"twenty octets of lies");
        let records = [first.clone(), liar, last.clone()];
        let taken = take(&[("a.warc.gz", &members(&records)), ("b.warc", &records.concat())]);
        taken.read_all();
        taken.told(Warning, "");
        // Without members nothing says where the next record begins, and what a page says is believed by nobody.
        let least = if length.len() > 5 { 1 } else { 2 };
        assert!(taken.parts("a.warc.gz").len() >= least, "{length}: {:?}", taken.parts("a.warc.gz"));
        assert!(!taken.parts("b.warc").is_empty(), "{length}");
        assert!(taken.parts("b.warc")[0].ends_with("-a0.html"));
    }
}

#[test]
fn a_record_in_a_page_is_no_record() {
    let evil = page("https://evil.example/", "forged");
    let taken = take(&[("a.warc", &page(URL, &format!("\r\n\r\n{}", String::from_utf8(evil).unwrap())))]);
    assert_eq!(taken.parts("a.warc").len(), 1);
}

/// Compressed as far as gzip can: zeros come to a thousandth.
fn folded(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_unfolds_too_far_is_not_followed() {
    let inner = response(URL, "Content-Encoding: gzip\r\n", &folded(&vec![0; 150 << 20]), &[]);
    let outer = [gzip(&pages(1)[0]), folded(&response(URL, "", &vec![0; 150 << 20], &[]))].concat();
    let records = [pages(1)[0].clone(), inner, pages(2)[1].clone()].concat();
    let taken = take(&[("a.warc", &records), ("b.warc.gz", &outer)]);
    assert_eq!(taken.parts("a.warc").len(), 2, "those beside it are taken");
    taken.told(Warning, "1 captures not taken: the limit of parts or octets is reached");
    assert_eq!(taken.parts("b.warc.gz").len(), 1);
    taken.told(Warning, "it unfolds to more than 256 times its own octets and 64 MiB");
    taken.read_all();
}

#[test]
fn a_window_of_a_gibibyte_is_not_given() {
    // Large windows of brotli: 0010001, a reserved bit, then 30 bits of window, and some content.
    let taken =
        take(&[("a.warc", &response(URL, "Content-Encoding: br\r\n", b"\x11\x1e\x8b\x00\x80a", &[]))]);
    taken.told(Warning, "1 bodies kept as they were transferred");
    assert_eq!(taken.octets("a.warc.parts/01 ellery-post.example-a"), b"\x11\x1e\x8b\x00\x80a");
}

#[test]
fn many_small_bombs_are_followed_no_further_than_one() {
    // Each is followed only as far as there is room for it.
    let bomb = response(URL, "Content-Encoding: gzip\r\n", &folded(&vec![0; 60 << 20]), &[]);
    let records = [bomb.repeat(12), pages(1)[0].clone()].concat();
    let taken = take(&[("a.warc", &records)]);
    let budget = 256 * records.len() as u64 + (64 << 20);
    let octets: u64 = taken.received.accession.items.iter().map(|item| item.size_octets).sum();
    assert!(octets <= budget + records.len() as u64, "{octets} of {budget}");
    assert_eq!(taken.parts("a.warc").len() as u64, budget / (60 << 20) + 1, "and the page behind them");
    taken.told(Warning, "captures not taken: the limit of parts or octets is reached");
}

#[test]
fn many_parts_of_one_mail_are_bounded() {
    let mut mail = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned();
    for number in 0..10_020 {
        let _ = write!(mail, "--b\nContent-Type: a/b; name=n\n\n{number}\n");
    }
    let taken = take(&[("a.eml", mail.as_bytes())]);
    assert_eq!(taken.parts("a.eml").len(), 10_000);
    taken
        .told(Warning, "10000 attachments taken as documents of their own; 20 parts not looked at: too many");
    assert_eq!(taken.octets("a.eml.parts/10000 n"), b"9999");
}

#[test]
fn a_thousand_multiparts_within_each_other_are_not_followed_to_the_end() {
    let mut mail = "Content-Type: multipart/mixed; boundary=b0\n\n".to_owned();
    for depth in 1..1000 {
        let above = depth - 1;
        let _ = write!(mail, "--b{above}\nContent-Type: multipart/mixed; boundary=b{depth}\n\n");
    }
    mail.push_str(
        "--b999\nContent-Type: a/b; name=deep\n\nx\n--b0\nContent-Type: a/b; name=shallow\n\ny\n--b0--\n",
    );
    let mails = "Content-Type: message/rfc822\n\n".repeat(1000);
    let taken = take(&[("a.eml", mail.as_bytes()), ("b.eml", mails.as_bytes())]);
    assert_eq!(taken.parts("a.eml"), ["01 shallow"]);
    assert_eq!(taken.parts("b.eml").len(), 100);
    taken.told(Warning, "1 parts not looked at: too many in one mail, or too deep");
    taken.read_all();
}

#[test]
fn names_lead_nowhere_and_act_on_nothing() {
    let names = [
        "../../../etc/passwd",
        "/etc/shadow",
        "C:\\boot.ini",
        "CON",
        "nul.txt",
        "a\u{202E}fdp.exe",
        "..",
        "%41",
        " ",
        "x. ",
    ];
    let mut mail = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned();
    for name in names {
        let _ = write!(
            mail,
            "--b\nContent-Type: a/b\nContent-Disposition: attachment; filename=\"{name}\"\n\nx\n"
        );
    }
    let url = "http://a.example/../..//con/%00%0A%E2%80%AE/?q=../";
    let taken = take(&[("a.eml", mail.as_bytes()), ("b.warc", &page(url, "x"))]);
    assert_eq!(taken.parts("a.eml").len(), names.len());
    for path in taken.paths() {
        let name = path.rsplit('/').next().unwrap();
        assert_eq!(path.matches('/').count(), usize::from(path.contains(".parts/")), "{path}");
        assert_eq!(fixity::portable::name_problems(name.as_bytes()), [], "{path}");
        assert!(!name.contains(['<', '>', ':', '"', '|', '?', '*']), "{path}");
    }
    let titles: Vec<_> = taken
        .parts("a.eml")
        .iter()
        .map(|name| taken.given(&format!("a.eml.parts/{name}"), "title"))
        .collect();
    assert_eq!(titles[5], None, "a name that turns its letters round is no title");
}

#[test]
fn a_head_without_an_end_is_no_head() {
    let endless = [b"WARC/1.1\r\n".to_vec(), b"A: b\r\n".repeat(100_000)].concat();
    let http = record(
        &[("WARC-Type", "response"), ("Content-Type", "application/http")],
        &b"A: b\r\n".repeat(100_000),
    );
    let taken = take(&[("a.warc", &endless), ("b.warc", &[http, pages(1)[0].clone()].concat())]);
    assert!(taken.parts("a.warc").is_empty());
    taken.told(Warning, "read no further, in record 1");
    taken.read_all();
    assert_eq!(taken.parts("b.warc").len(), 2);
}

#[test]
fn a_hundred_wrong_digests_are_named_and_more_are_counted() {
    let wrong = sha1(b"something else");
    let records: Vec<u8> =
        (0..150).flat_map(|_| response(URL, "", b"x", &[("WARC-Payload-Digest", &wrong)])).collect();
    let taken = take(&[("a.warc", &records)]);
    assert_eq!(taken.arrivals().iter().filter(|(_, outcome, _)| *outcome == Fail).count(), 102);
    taken.told(Fail, "0 of 150 digests of records agree");
    taken.told(Fail, "50 further digests disagree");
}

/// Writes to a container after it was received, and reads what was found in it.
fn read_after(change: impl Fn(&mut Vec<u8>)) -> (Taken, Vec<std::io::Result<Vec<u8>>>) {
    let octets = members(&pages(3));
    let taken = take(&[("a.warc.gz", &octets)]);
    let mut changed = octets.clone();
    change(&mut changed);
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(taken.folder.path().join("a.warc.gz"), changed).unwrap();
    let parts = taken.received.accession.items.iter().filter(|item| item.path.as_str().contains(".parts/"));
    let read = parts.map(|item| taken.read(item)).collect();
    (taken, read)
}

#[test]
fn a_container_that_changes_after_it_was_found_fails_its_parts() {
    for change in [
        |_: &mut Vec<u8>| (),
        |octets: &mut Vec<u8>| octets.truncate(50),
        |octets: &mut Vec<u8>| octets[60] ^= 1,
    ] {
        let (_taken, read) = read_after(change);
        assert_eq!(read.len(), 3);
        for answer in read {
            assert!(answer.unwrap_err().to_string().contains("changed since it was found"));
        }
    }
}

struct Impatient;

impl Observer for Impatient {
    fn observe(&self, step: Step) -> ControlFlow<()> {
        // The first octets of a container are told as nothing new.
        if matches!(step, Step::Advanced { files: 0, octets: 0 }) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[test]
fn the_observer_may_stop_within_one_container() {
    for (name, octets) in samples() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), octets).unwrap();
        let options = Options { parts: true, ..Options::default() };
        let error = receive(&[folder.path().to_path_buf()], &options, &Impatient).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
    }
}

#[test]
fn entries_of_a_wacz_that_lie_upon_each_other_are_not_read() {
    let mut octets = wacz();
    // The sizes of the first central header: both readers of the crate take them from there.
    let central = octets.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    octets[central + 20..central + 24].copy_from_slice(&0x00FF_FFFF_u32.to_le_bytes());
    let taken = take(&[("a.wacz", &octets)]);
    assert_eq!(taken.paths(), ["a.wacz"]);
    taken.told(Warning, "not looked through: its ZIP cannot be read");
}

#[test]
fn a_sound_container_beside_a_broken_one_is_taken() {
    let taken = take(&[("a.warc", b"WARC/1.0\r\n\r\n"), ("b.warc", &pages(1)[0])]);
    assert!(taken.parts("a.warc").is_empty());
    assert_eq!(taken.parts("b.warc").len(), 1);
    taken.told(Warning, "0 captures of 1 records taken as documents of their own; read no further");
    taken.told(Success, "1 captures of 1 records");
}

#[test]
fn a_damaged_member_costs_its_own_record_alone() {
    let noise: String = (0..4_000_u32).map(|at| char::from(33 + (at * at % 89) as u8)).collect();
    let whole: Vec<Vec<u8>> = (0..5)
        .map(|number| gzip(&page(&format!("http://a.example/{number}"), &format!("{number}{noise}"))))
        .collect();
    for damaged in 0..5 {
        let mut members = whole.clone();
        let middle = members[damaged].len() / 2;
        members[damaged][middle..middle + 40].fill(0xFF);
        let taken = take(&[("a.warc.gz", &members.concat())]);
        taken.read_all();
        let urls: Vec<_> = taken
            .parts("a.warc.gz")
            .iter()
            .map(|name| taken.given(&format!("a.warc.gz.parts/{name}"), "source_url").unwrap().to_owned())
            .collect();
        let expected: Vec<_> = (0..5)
            .filter(|number| *number != damaged)
            .map(|number| format!("http://a.example/{number}"))
            .collect();
        assert_eq!(urls, expected);
        if damaged < 4 {
            let from: usize = members[..damaged].iter().map(Vec::len).sum();
            let octets = members[damaged].len();
            taken.told(Warning, &format!("{octets} octets passed over from octet {from} on, in record "));
        } else {
            taken.told(Warning, "read no further, in record 5");
        }
    }
    // A member that is lost at its first octets, and one that only looks like a beginning.
    let mut members = whole.clone();
    members[1] = [b"\x1f\x8b\x08".repeat(30), whole[1][10..].to_vec(), b"\x1f\x8b\x08\0".to_vec()].concat();
    let taken = take(&[("a.warc.gz", &members.concat())]);
    assert_eq!(taken.parts("a.warc.gz").len(), 4);
}

#[test]
fn what_only_looks_like_members_is_not_followed_without_end() {
    let begins = gzip(b"WARC/1.1\r\n");
    let cut = &begins[..begins.len() - 8];
    for octets in [cut.repeat(100_000), [cut, &b"\x1f\x8b\x08".repeat(700_000)].concat()] {
        let taken = take(&[("a.warc.gz", &octets)]);
        assert!(taken.parts("a.warc.gz").is_empty());
        taken.told(Warning, "read no further");
        let words = taken.arrivals()[0].2;
        let records: u64 = words.split_whitespace().nth(3).unwrap().parse().unwrap();
        assert!(records <= 1_001, "{words}");
    }
}
