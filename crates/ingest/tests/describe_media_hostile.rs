//! Pictures, films, recordings and mail made to hurt: bounded work, no panic, the same answer each time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "time is what is tested")]

mod media;

use ingest::describe::ContentDescriber;
use media::{
    CREATED, Exif, ascii, camera, chunk, describe, ebml, element, exif_segment, film_header, given_up,
    iptc_segment, jpeg, keys, movie, packet, part, png, png_chunk, riff, segment, track, xmp_segment,
};
use proptest::prelude::*;
use provenance::Format;
use provenance::description::{Describer, Description, Look};
use std::fmt::Write as _;
use std::io;
use std::time::{Duration, Instant};

const KINDS: [&str; 14] = [
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/webp",
    "image/heic",
    "image/gif",
    "image/bmp",
    "video/mp4",
    "video/matroska",
    "video/vnd.avi",
    "audio/mpeg",
    "audio/flac",
    "audio/ogg",
    "audio/vnd.wave",
];

fn as_kind(kind: &'static str, octets: &[u8]) -> Description {
    let format = Format { media_type: Some(kind), puid: None, basis: "" };
    ContentDescriber.describe(&Look::whole("a", &format, octets))
}

/// A small file of every kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let xmp = packet("<dc:title>River</dc:title><exif:GPSLatitude>1</exif:GPSLatitude>");
    let tiff = camera().tiff();
    let film = movie(
        b"qt  ",
        &[film_header(CREATED), track(640, 480), keys(&[("com.apple.quicktime.creationdate", "2023-07-05")])],
    );
    let segment = element(
        0x1853_8067,
        &[element(0x1549_A966, &element(0x7BA9, b"River")), element(0x1F43_B675, &[1; 20])].concat(),
    );
    let comments = [&[0; 4][..], &[1, 0, 0, 0, 11, 0, 0, 0], b"TITLE=River"].concat();
    let page = |packet: &[u8]| {
        [&b"OggS\0\x02"[..], &[0; 20], &[1, u8::try_from(packet.len()).unwrap()], packet].concat()
    };
    let ogg = [
        page(&[&b"\x01vorbis\0\0\0\0"[..], &[0; 19]].concat()),
        page(&[&b"\x03vorbis"[..], &comments].concat()),
    ]
    .concat();
    let flac = [&b"fLaC\0\0\0\x22"[..], &[1; 34], &[0x84, 0, 0, 23], &comments].concat();
    let mp3 = [&b"ID3\x03\0\0\0\0\0\x10TIT2\0\0\0\x06\0\0\0River"[..], &[0xFF; 200]].concat();
    vec![
        ("image/jpeg", jpeg(&[exif_segment(&camera()), xmp_segment(&xmp), iptc_segment(&[(2, 5, "River"), (2, 80, "Jane")])])),
        ("image/png", png(&[png_chunk(b"tEXt", b"Title\0River"), png_chunk(b"eXIf", &tiff)])),
        ("image/tiff", tiff.clone()),
        ("image/webp", riff(b"WEBP", &[chunk(b"VP8X", &[8; 10]), chunk(b"EXIF", &tiff)])),
        ("video/quicktime", film),
        ("video/matroska", [ebml(), segment].concat()),
        ("video/vnd.avi", riff(b"AVI ", &[chunk(b"LIST", &[&b"INFO"[..], &chunk(b"INAM", b"River")].concat())])),
        ("audio/vnd.wave", riff(b"WAVE", &[chunk(b"fmt ", &[1; 16]), chunk(b"data", &[0; 8])])),
        ("audio/ogg", ogg),
        ("audio/flac", flac),
        ("audio/mpeg", mp3),
        ("message/rfc822", b"From: Jane Sample <a@b.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n--b--\n".to_vec()),
    ]
}

#[test]
fn files_cut_at_every_length() {
    for (kind, octets) in files() {
        for end in 0..octets.len() {
            as_kind(kind, &octets[..end]);
            // The same of a document that ends there for whoever reads further.
            let format = Format { media_type: Some(kind), puid: None, basis: "" };
            let never = |_: u64, _: &mut [u8]| Err(io::Error::from(io::ErrorKind::Unsupported));
            let look = Look::whole("a", &format, &octets[..end]);
            ContentDescriber.describe(&Look { size_octets: octets.len() as u64, again: &never, ..look });
        }
    }
}

#[test]
fn files_with_every_octet_changed() {
    for (kind, octets) in files() {
        for at in 0..octets.len() {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut changed = octets.clone();
                changed[at] = value;
                as_kind(kind, &changed);
            }
        }
    }
}

/// Fails where it takes too long for any document.
fn timed(kind: &'static str, what: &str, octets: &[u8]) -> Description {
    let begun = Instant::now();
    let description = as_kind(kind, octets);
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(2), "{kind}, {what}: {took:?}");
    description
}

#[test]
fn directories_that_overlap_and_lead_to_themselves() {
    // A directory of pointers into octets that are a directory at each offset: a reader that follows
    // all of them takes a gigabyte.
    let mut tiff =
        [b"MM\0*".to_vec(), 8_u32.to_be_bytes().to_vec(), 2_000_u16.to_be_bytes().to_vec()].concat();
    for number in 0..2_000_u32 {
        tiff.extend(
            [
                &0x8769_u16.to_be_bytes()[..],
                &4_u16.to_be_bytes(),
                &1_u32.to_be_bytes(),
                &(30_000 + number).to_be_bytes(),
            ]
            .concat(),
        );
    }
    tiff.resize(65_000, 0x0A);
    let file = jpeg(&[media::segment(0xE1, &[&b"Exif\0\0"[..], &tiff].concat())]);
    let description = timed("image/jpeg", "directories that overlap", &file);
    assert_eq!(description.pixels, Some((640, 480)));
    let mut endless = Exif { main: vec![(0x0112, (3, 1, vec![0, 1]))], ..Exif::default() }.tiff();
    let next = endless.len() - 4;
    endless[next..].copy_from_slice(&8_u32.to_le_bytes());
    timed("image/tiff", "a directory after itself", &endless);
    let values: Vec<_> = (0..900).map(|tag| (tag, ascii(&"x".repeat(60)))).collect();
    timed("image/tiff", "many entries", &Exif { main: values, ..Exif::default() }.tiff());
}

#[test]
fn boxes_of_all_sizes() {
    let header = |size: u32, kind: &[u8; 4]| [&size.to_be_bytes()[..], kind].concat();
    let nested = (0..20_000).fold(Vec::new(), |inner: Vec<u8>, _| {
        if inner.len() < 100_000 { part(b"udta", &part(b"meta", &inner)) } else { inner }
    });
    for (what, octets) in [
        ("size 0", header(0, b"moov").repeat(10_000)),
        ("size 1", [header(1, b"moov"), vec![0xFF; 8]].concat().repeat(10_000)),
        ("size 2", header(2, b"moov").repeat(10_000)),
        ("empty", header(8, b"moov").repeat(100_000)),
        ("tracks", part(b"moov", &part(b"trak", &[]).repeat(100_000))),
        (
            "items",
            part(
                b"moov",
                &part(
                    b"udta",
                    &part(
                        b"meta",
                        &[
                            &[0; 4],
                            &part(
                                b"ilst",
                                &part(b"\xA9nam", &part(b"data", &[0, 0, 0, 1, 0, 0, 0, 0, b'a']))
                                    .repeat(50_000),
                            )[..],
                        ]
                        .concat(),
                    ),
                ),
            ),
        ),
        ("nested", part(b"moov", &nested)),
    ] {
        timed("video/mp4", what, &octets);
        timed("image/heic", what, &octets);
    }
    // Places of items without width: as many as a number can say.
    let iloc = [&[1, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0, 9, 0, 0, 0, 0, 0xFF, 0xFF].repeat(65_535)].concat();
    let infe = part(b"infe", &[2, 0, 0, 0, 0, 1, 0, 0, b'E', b'x', b'i', b'f', 0]);
    let meta = part(
        b"meta",
        &[vec![0; 4], part(b"iinf", &[&[0, 0, 0, 0, 0, 1][..], &infe].concat()), part(b"iloc", &iloc)]
            .concat(),
    );
    timed("image/heic", "places without width", &meta);
}

#[test]
fn elements_of_all_sizes() {
    let endless =
        |id: u32| [&id.to_be_bytes()[..], &[0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]].concat();
    let tag = element(0x67C8, &[element(0x45A3, b"TITLE"), element(0x4487, b"a")].concat());
    for (what, octets) in [
        ("unknown sizes", endless(0x1853_8067).repeat(10_000)),
        ("unknown sizes of tags", [endless(0x1853_8067), endless(0x1254_C367).repeat(10_000)].concat()),
        ("empty", [endless(0x1853_8067), element(0xEC, b"").repeat(200_000)].concat()),
        ("tags", element(0x1853_8067, &element(0x1254_C367, &element(0x7373, &tag.repeat(400)).repeat(400)))),
        ("zeros", vec![0; 200_000]),
    ] {
        timed("video/matroska", what, &octets);
    }
}

#[test]
fn chunks_frames_and_comments_without_end() {
    timed("audio/vnd.wave", "chunks", &riff(b"WAVE", &vec![chunk(b"abcd", b""); 200_000]));
    timed(
        "video/vnd.avi",
        "lists",
        &riff(
            b"AVI ",
            &vec![chunk(b"LIST", &[&b"INFO"[..], &chunk(b"INAM", b"a").repeat(400)].concat()); 400],
        ),
    );
    let size = [0, 0x60, 0, 0];
    timed(
        "audio/mpeg",
        "frames",
        &[&b"ID3\x03\0\0"[..], &size, &b"TIT2\0\0\0\0\0\0".repeat(200_000)].concat(),
    );
    let comment = [&[3, 0, 0, 0][..], b"A=B"].concat();
    let comments = [&[0; 4][..], &u32::MAX.to_le_bytes(), &comment.repeat(30_000)].concat();
    let length = u32::try_from(comments.len()).unwrap() | 0x8400_0000;
    timed("audio/flac", "comments", &[&b"fLaC"[..], &length.to_be_bytes(), &comments].concat());
    timed("audio/flac", "blocks", &[&b"fLaC"[..], &[1, 0, 0, 0].repeat(300_000)].concat());
    let page = [&b"OggS\0\x02"[..], &[0; 20], &[255], &[255; 255], &vec![0; 255 * 255]].concat();
    timed("audio/ogg", "a packet without end", &page.repeat(30));
    timed("image/png", "chunks", &png(&vec![png_chunk(b"tEXt", b"Title\0a"); 200_000]));
    timed(
        "image/png",
        "names of chunks",
        &png(&[vec![png_chunk(b"IDAT", b""); 400].concat(), b"eXIf".repeat(200_000)]),
    );
    timed("image/jpeg", "fill", &[&[0xFF, 0xD8][..], &vec![0xFF; 1 << 20]].concat());
    timed(
        "image/jpeg",
        "packets",
        &jpeg(&vec![xmp_segment(&packet(&"<dc:title>a</dc:title>".repeat(2_000))); 250]),
    );
    timed("image/jpeg", "datasets", &jpeg(&vec![iptc_segment(&vec![(2, 5, ""); 10_000]); 250]));
}

#[test]
fn mail_that_is_all_header_or_all_boundary() {
    let head = "From: Jane Sample <a@b.example>\nTo: b@b.example\nMIME-Version: 1.0\n";
    for (what, mail) in [
        ("addresses", format!("From: {}\nMIME-Version: 1.0\n\n", "(((\"<a@".repeat(250_000))),
        ("a subject", format!("{head}Subject: {}\n\n", "=?utf-8?Q?=D8?= ".repeat(100_000))),
        ("words without end", format!("{head}Subject: {}\n\n", "=?".repeat(900_000))),
        ("attributes", format!("{head}Content-Type: text/plain; {}\n\n", "a*0*=b; ".repeat(200_000))),
        ("fields", format!("{head}{}\n", "Received: from a by b; 1\n".repeat(80_000))),
        (
            "boundaries",
            format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n".repeat(500_000)),
        ),
        (
            "boundaries that never come",
            format!(
                "{head}Content-Type: multipart/mixed; boundary=b\n\n{}",
                "--b\nContent-Type: multipart/mixed; boundary=never\n\n".repeat(35_000)
            ),
        ),
        (
            "nesting",
            format!(
                "{head}{}",
                (0..30_000).fold(String::new(), |mut mail, n| {
                    let _ = write!(mail, "Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
                    mail
                })
            ),
        ),
        ("messages in messages", format!("{head}{}", "Content-Type: message/rfc822\n\n".repeat(60_000))),
        (
            "quoted octets",
            format!(
                "{head}Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{}",
                "=".repeat(1_900_000)
            ),
        ),
        ("a page", format!("{head}Content-Type: text/html\n\n{}", "<div><p>a ".repeat(190_000))),
    ] {
        timed("message/rfc822", what, mail.as_bytes());
    }
}

#[test]
fn texts_full_of_paths() {
    for (kind, piece) in [
        ("text/csv", "/home/"),
        ("text/csv", "C:\\Users\\"),
        ("text/csv", "DeviceID,IPv4,IPv6,"),
        ("text/csv", "DeviceID,IPv4,IPv6\n"),
        ("text/csv", "\""),
        ("application/json", "\"DeviceID\":\"\","),
        ("application/json", "\"DeviceID\"      "),
        ("application/xml", "/Users/a/"),
    ] {
        timed(kind, piece, piece.repeat((2 << 20) / piece.len()).as_bytes());
    }
}

#[test]
fn directories_in_a_circle_are_told() {
    let pointer = [0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8];
    for (entry, next) in [(pointer, 0), ([0; 12], 8)] {
        let tiff = [b"MM\0*\0\0\0\x08\0\x01".as_slice(), &entry, &[0, 0, 0, next]].concat();
        let photograph = jpeg(&[segment(0xE1, &[b"Exif\0\0", &tiff[..]].concat())]);
        for (kind, octets) in [("image/tiff", &tiff), ("image/jpeg", &photograph)] {
            let found = as_kind(kind, octets);
            // The next directory of a TIFF file is another page, of which nothing is asked.
            let is_told = given_up(&found) == ["broken: directories of Exif that lead round in a circle"];
            assert!(is_told || kind == "image/tiff" && next == 8, "{kind} {next} {:?}", found.remarks);
        }
    }
}

proptest! {
    #[test]
    fn any_octets_give_one_answer(octets in proptest::collection::vec(any::<u8>(), 0..3_000), kind in prop::sample::select(KINDS.to_vec())) {
        prop_assert_eq!(as_kind(kind, &octets), as_kind(kind, &octets));
    }

    #[test]
    fn any_damage_gives_one_answer(at in any::<prop::sample::Index>(), damage in proptest::collection::vec(any::<u8>(), 1..12), file in 0..12_usize) {
        let (kind, mut octets) = files().swap_remove(file);
        let at = at.index(octets.len());
        let end = (at + damage.len()).min(octets.len());
        octets[at..end].copy_from_slice(&damage[..end - at]);
        prop_assert_eq!(as_kind(kind, &octets), as_kind(kind, &octets));
    }
}

#[test]
fn a_sound_file_has_no_remark_of_damage() {
    for (kind, octets) in files() {
        let description = as_kind(kind, &octets);
        assert_eq!(media::given_up(&description), [""; 0], "{kind}");
    }
    assert_eq!(describe("a.bin", b"\0\0\0").remarks, []);
}
