//! Descriptions of films and recordings, made here; people and places are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod media;

use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use media::{
    CREATED, chunk, created, creators, describe, ebml, element, everything, film_header, given_up, keys,
    movie, part, riff, sensitive, title, track,
};
use provenance::Identifier;
use provenance::description::{Describer, Look};
use std::cell::Cell;
use std::io;

const APPLE: [(&str, &str); 6] = [
    ("com.apple.quicktime.location.ISO6709", "+35.6892+051.3890+1189.123/"),
    ("com.apple.quicktime.make", "Example"),
    ("com.apple.quicktime.model", "Phone 12"),
    ("com.apple.quicktime.creationdate", "2023-07-05T14:03:00+0330"),
    ("com.apple.quicktime.content.identifier", "0F0F-4711"),
    ("com.apple.quicktime.title", "Water"),
];

#[test]
fn a_film_of_a_telephone() {
    let film = movie(b"qt  ", &[film_header(CREATED), track(1920, 1080), track(0, 0), keys(&APPLE)]);
    let description = describe("a.mov", &film);
    assert_eq!(created(&description), "2023-07-05T14:03:00+03:30");
    assert_eq!(description.dates.basis, "QuickTime creation date and film header agree");
    assert_eq!(description.format_detail, "3 min 13 s, 1920 × 1080, camera: Example Phone 12");
    assert_eq!(title(&description), "Water");
    assert_eq!(sensitive(&description), ["position in film metadata", "unique number in film metadata"]);
    let text = everything(&description);
    assert!(!text.contains("35.6") && !text.contains("4711"), "{text}");
    assert_eq!(given_up(&description), [""; 0]);
}

#[test]
fn the_header_of_a_film_tells_a_day_and_no_time() {
    let only = |seconds| describe("a.mp4", &movie(b"isom", &[film_header(seconds), track(640, 480)]));
    let description = only(CREATED);
    assert_eq!(created(&description), "2023-07-05");
    assert_eq!(description.dates.as_written.as_deref(), Some("2023-07-05T10:33:00Z"));
    assert_eq!(description.dates.basis, "film header");
    // Not set; and counted from 1970 by mistake.
    for seconds in [0, CREATED - 2_082_844_800, u32::MAX] {
        assert_eq!(only(seconds).dates.created, None, "{seconds}");
    }
}

#[test]
fn user_data_of_cameras() {
    let text = |kind: &[u8; 4], value: &str| {
        let length = u16::try_from(value.len()).unwrap().to_be_bytes();
        part(kind, &[&length[..], &[0x15, 0xC7], value.as_bytes()].concat())
    };
    let data = [
        text(b"\xA9xyz", "+35.6892+051.3890/"),
        text(b"\xA9day", "2023-07-05"),
        text(b"\xA9mak", "Example"),
        part(b"auth", &[&[0, 0, 0, 0, 0x15, 0xC7][..], "Jane Sample\0".as_bytes()].concat()),
        part(b"titl", &[&[0, 0, 0, 0, 0x15, 0xC7, 0xFE, 0xFF][..], &[0x06, 0x22, 0x06, 0x28, 0, 0]].concat()),
        part(b"CAME", &[0x47, 0x11]),
        vec![0; 4],
    ];
    let telemetry =
        part(b"mdia", &part(b"minf", &part(b"stbl", &part(b"stsd", &[&[0; 12][..], b"gpmd"].concat()))));
    let film = movie(b"mp42", &[film_header(0), part(b"trak", &telemetry), part(b"udta", &data.concat())]);
    let description = describe("a.mp4", &film);
    assert_eq!(created(&description), "2023-07-05");
    assert_eq!(creators(&description), ["Jane Sample"]);
    assert_eq!(title(&description), "آب");
    assert_eq!(
        sensitive(&description),
        [
            "position in a track of the camera's data and film metadata",
            "serial number in film metadata",
            "name of the creator in film metadata"
        ]
    );
}

#[test]
fn a_film_of_gigabytes_is_described_from_its_few_boxes() {
    let tail = part(b"moov", &[film_header(CREATED), keys(&APPLE)].concat());
    let gap = 5_u64 << 30;
    let front =
        [part(b"ftyp", b"mp42\0\0\0\0mp42"), [&[0, 0, 0, 1][..], b"mdat", &gap.to_be_bytes()].concat()]
            .concat();
    let begins = front.len() as u64 - 16 + gap;
    let size_octets = begins + tail.len() as u64;
    let (reads, octets) = (Cell::new(0), Cell::new(0));
    let again = |offset: u64, room: &mut [u8]| {
        reads.set(reads.get() + 1);
        octets.set(octets.get() + room.len());
        for (octet, at) in room.iter_mut().zip(offset..) {
            *octet = at
                .checked_sub(begins)
                .and_then(|at| tail.get(usize::try_from(at).unwrap()))
                .copied()
                .unwrap_or(7);
        }
        Ok(room.len())
    };
    let format = FormatIdentifier.identify("a.mp4", &front, size_octets);
    let look = Look { size_octets, again: &again, ..Look::whole("a.mp4", &format, &front) };
    let description = ContentDescriber.describe(&look);
    assert_eq!(created(&description), "2023-07-05T14:03:00+03:30");
    assert_eq!(title(&description), "Water");
    assert!(reads.get() < 10 && octets.get() < 20_000, "{} reads, {} octets", reads.get(), octets.get());

    // In a compressed archive there is nothing but its beginning.
    let never = |_: u64, _: &mut [u8]| Err(io::Error::from(io::ErrorKind::Unsupported));
    let description = ContentDescriber.describe(&Look { again: &never, ..look });
    assert_eq!(created(&description), "");
    assert_eq!(given_up(&description), ["only its beginning could be read where it lies"]);
}

/// A tag of Matroska.
fn tag(name: &str, value: &str) -> Vec<u8> {
    let simple = [element(0x45A3, name.as_bytes()), element(0x4487, value.as_bytes())].concat();
    element(0x7373, &element(0x67C8, &simple))
}

fn information() -> Vec<u8> {
    let nanoseconds = (i64::from(CREATED) - 2_082_844_800 - 978_307_200) * 1_000_000_000;
    let parts = [
        element(0x2A_D7B1, &1_000_000_u32.to_be_bytes()),
        element(0x4489, &192_500.0_f64.to_be_bytes()),
        element(0x4461, &nanoseconds.to_be_bytes()),
        element(0x7BA9, "Water".as_bytes()),
    ];
    element(0x1549_A966, &parts.concat())
}

fn tracks() -> Vec<u8> {
    let video = [element(0xB0, &[7, 0x80]), element(0xBA, &[4, 0x38])].concat();
    element(0x1654_AE6B, &element(0xAE, &element(0xE0, &video)))
}

#[test]
fn matroska_with_tags_behind_its_clusters() {
    let tags = element(
        0x1254_C367,
        &[
            tag("ARTIST", "Jane Sample"),
            tag("LOCATION", "+35.6892+051.3890/"),
            tag("DATE_RECORDED", "2023-07-05T14:03:00+03:30"),
        ]
        .concat(),
    );
    let cluster = element(0x1F43_B675, &vec![0x55; 40_000]);
    let seek = |at: u16| {
        element(
            0x114D_9B74,
            &element(
                0x4DBB,
                &[element(0x53AB, &0x1254_C367_u32.to_be_bytes()), element(0x53AC, &at.to_be_bytes())]
                    .concat(),
            ),
        )
    };
    let front = |at| [seek(at), information(), tracks()].concat();
    let at = u16::try_from(front(0).len() + cluster.len()).unwrap();
    let film = [ebml(), element(0x1853_8067, &[front(at), cluster, tags].concat())].concat();
    let description = describe("a.mkv", &film);
    assert_eq!(created(&description), "2023-07-05T14:03:00+03:30");
    assert_eq!(description.format_detail, "3 min 13 s, 1920 × 1080");
    assert_eq!((title(&description), creators(&description)), ("Water", vec!["Jane Sample"]));
    assert_eq!(
        sensitive(&description),
        ["position in film metadata", "name of the creator in film metadata"]
    );
    assert!(!everything(&description).contains("35.6"));
    assert_eq!(given_up(&description), [""; 0]);
}

#[test]
fn matroska_of_unknown_size_and_a_recording_that_broke_off() {
    let endless =
        |id: u32| [&id.to_be_bytes()[..], &[0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]].concat();
    let live =
        [ebml(), endless(0x1853_8067), information(), tracks(), endless(0x1F43_B675), vec![1; 100]].concat();
    let description = describe("a.webm", &live);
    assert_eq!(created(&description), "2023-07-05");
    assert_eq!(given_up(&description), [""; 0]);
    let cut = [
        ebml(),
        element(0x1853_8067, &[information(), tracks(), element(0x1F43_B675, &[1; 9_000])].concat()),
    ]
    .concat();
    let description = describe("a.mkv", &cut[..cut.len() - 4_000]);
    assert_eq!((created(&description), title(&description)), ("2023-07-05", "Water"));
    assert_eq!(given_up(&description), ["broken: it ends within an element"]);
}

#[test]
fn avi_and_wav() {
    let header = chunk(
        b"avih",
        &[
            &40_000_u32.to_le_bytes()[..],
            &[0; 12],
            &4_812_u32.to_le_bytes(),
            &[0; 12],
            &640_u32.to_le_bytes(),
            &480_u32.to_le_bytes(),
        ]
        .concat(),
    );
    let date = chunk(b"IDIT", b"WED JUL 05 14:03:00 2023\n\0");
    let list = |kind: &[u8], parts: &[Vec<u8>]| chunk(b"LIST", &[kind, &parts.concat()].concat());
    let film = riff(
        b"AVI ",
        &[
            list(b"hdrl", &[header, date]),
            list(b"INFO", &[chunk(b"INAM", b"Water\0"), chunk(b"IART", b"Jane Sample")]),
        ],
    );
    let description = describe("a.avi", &film);
    assert_eq!(created(&description), "2023-07-05T14:03:00");
    assert_eq!(description.format_detail, "3 min 12 s, 640 × 480");
    assert_eq!((title(&description), creators(&description)), ("Water", vec!["Jane Sample"]));

    let mut broadcast = vec![0; 602];
    broadcast[..9].copy_from_slice(b"Interview");
    broadcast[256..263].copy_from_slice(b"Example");
    broadcast[288..294].copy_from_slice(b"SN4711");
    broadcast[320..338].copy_from_slice(b"2023-07-0514:03:00");
    let sound = riff(
        b"WAVE",
        &[
            chunk(b"bext", &broadcast),
            chunk(
                b"fmt ",
                &[&[1, 0, 1, 0][..], &8_000_u32.to_le_bytes(), &16_000_u32.to_le_bytes(), &[2, 0, 16, 0]]
                    .concat(),
            ),
            chunk(b"data", &vec![0; 160_000]),
        ],
    );
    let description = describe("a.wav", &sound);
    assert_eq!(created(&description), "2023-07-05T14:03:00");
    assert_eq!(description.summary.as_ref().unwrap().value, "Interview");
    assert_eq!(description.format_detail, "10 s");
    assert_eq!(
        sensitive(&description),
        ["name of the creator in the broadcast chunk", "unique number in the broadcast chunk"]
    );
    assert!(!everything(&description).contains("4711"));
}

/// A tag of ID3 with these frames, and frames of sound behind it.
fn id3(version: u8, frames: &[Vec<u8>]) -> Vec<u8> {
    let frames = frames.concat();
    let size = u32::try_from(frames.len()).unwrap();
    let size: Vec<u8> = (0..4).rev().map(|at| u8::try_from(size >> (7 * at) & 0x7F).unwrap()).collect();
    let sound = [&[0xFF, 0xFB, 0x90, 0][..], &[0; 413]].concat().repeat(8);
    [b"ID3".to_vec(), vec![version, 0, 0], size, frames, sound].concat()
}

fn frame(name: &[u8], text: &[u8]) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap().to_be_bytes();
    if name.len() == 3 {
        [name, &length[1..], text].concat()
    } else {
        [name, &length[..], &[0, 0], text].concat()
    }
}

#[test]
fn tags_of_mp3() {
    let wide: Vec<u8> =
        [1, 0xFF, 0xFE].into_iter().chain("آب".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (version, title_frame, author, day) in [
        (2, &b"TT2"[..], &b"TP1"[..], &b"TYE"[..]),
        (3, b"TIT2", b"TPE1", b"TYER"),
        (4, b"TIT2", b"TPE1", b"TDRC"),
    ] {
        let tag = id3(
            version,
            &[
                frame(title_frame, &wide),
                frame(author, b"\x03Jane Sample\0"),
                frame(day, b"\x002023"),
                vec![0; 20],
            ],
        );
        let description = describe("a.mp3", &tag);
        assert_eq!(title(&description), "آب", "{version}");
        assert_eq!(creators(&description), ["Jane Sample"], "{version}");
        assert_eq!(created(&description), "2023", "{version}");
        assert_eq!(given_up(&description), [""; 0]);
    }
    let mut old = id3(3, &[]);
    let mut tag = [0; 128];
    tag[..8].copy_from_slice(b"TAGWater");
    tag[33..44].copy_from_slice(b"Jane Sample");
    tag[93..97].copy_from_slice(b"2023");
    old.extend(tag);
    let description = describe("a.mp3", &old);
    assert_eq!((title(&description), created(&description)), ("Water", "2023"));
}

#[test]
fn comments_of_flac_and_ogg() {
    let counted =
        |text: &str| [&u32::try_from(text.len()).unwrap().to_le_bytes()[..], text.as_bytes()].concat();
    let values = ["TITLE=Water", "artist=آرش نمونه", "DATE=2023-07-05", "LOCATION=Lower Town", "nothing"];
    let comments = [counted("maker"), 5_u32.to_le_bytes().to_vec(), values.map(counted).concat()].concat();

    let mut info = vec![0; 34];
    info[10..18].copy_from_slice(&((8_000_u64 << 44) | 0xF0_0000_0000 | 0x1_3880).to_be_bytes());
    let block = |kind: u8, content: &[u8]| {
        [&(u32::from(kind) << 24 | u32::try_from(content.len()).unwrap()).to_be_bytes()[..], content].concat()
    };
    let flac = [b"fLaC".to_vec(), block(0, &info), block(0x84, &comments)].concat();

    let page = |packet: &[u8]| {
        let mut lengths = vec![255; packet.len() / 255];
        lengths.push(u8::try_from(packet.len() % 255).unwrap());
        let count = u8::try_from(lengths.len()).unwrap();
        [&b"OggS\0\x02"[..], &[0; 20], &[count], &lengths, packet].concat()
    };
    let long = format!("PADDING={}", "x".repeat(700));
    let head = [&b"\x01vorbis\0\0\0\0"[..], &[0; 19]].concat();
    let padded =
        [counted("maker"), 6_u32.to_le_bytes().to_vec(), counted(&long), values.map(counted).concat()]
            .concat();
    let ogg = [page(&head), page(&[&b"\x03vorbis"[..], &padded].concat())].concat();
    for (name, octets) in [("a.flac", flac), ("a.ogg", ogg)] {
        let description = describe(name, &octets);
        assert_eq!(title(&description), "Water", "{name}");
        assert_eq!(creators(&description), ["آرش نمونه"], "{name}");
        assert_eq!(created(&description), "2023-07-05", "{name}");
        assert_eq!(
            sensitive(&description),
            ["position in comments of the recording", "name of the creator in comments of the recording"],
            "{name}"
        );
        assert_eq!(given_up(&description), [""; 0], "{name}");
        assert_eq!(description.format_detail, if name == "a.flac" { "10 s" } else { "" });
    }
}
