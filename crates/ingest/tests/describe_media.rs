//! Descriptions of pictures: every file is made here, octet by octet; people and places are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod media;

use media::{
    Exif, ascii, camera, chunk, created, creators, describe, everything, exif_segment, given_up,
    iptc_segment, jpeg, octets, packet, part, png, png_chunk, riff, sensitive, title, xmp_segment,
};

const EVERYTHING: [&str; 9] = [
    "position in EXIF",
    "serial number in EXIF",
    "name of the owner in EXIF",
    "name of the creator in EXIF",
    "unique number in EXIF",
    "notes of the maker in EXIF",
    "thumbnail in EXIF",
    "name of a computer in EXIF",
    "",
];

fn all_of_exif() -> &'static [&'static str] {
    &EVERYTHING[..8]
}

#[test]
fn a_photograph_says_when_and_with_what_it_was_taken() {
    let description = describe("a.jpg", &jpeg(&[exif_segment(&camera())]));
    assert_eq!(created(&description), "2023-07-05T14:03:00+03:30");
    assert_eq!(description.dates.published, None);
    assert_eq!(description.dates.as_written.as_deref(), Some("2023:07:05 14:03:00 +03:30"));
    assert_eq!(description.dates.basis, "EXIF original time and GPS time agree; EXIF: changed 2023-07-06");
    assert_eq!(description.pixels, Some((640, 480)));
    assert_eq!(description.format_detail, "camera: Example E-100");
    assert_eq!(creators(&description), ["Jane Sample", "John Placeholder"]);
    assert_eq!(description.summary.as_ref().unwrap().value, "Water in the lower town");
    assert_eq!(title(&description), "");
    assert_eq!(sensitive(&description), all_of_exif());
    assert_eq!(given_up(&description), [""; 0]);
}

#[test]
fn no_position_number_or_owner_reaches_a_description() {
    for big in [true, false] {
        let exif = Exif { is_big_endian: big, ..camera() };
        let exif = if big {
            exif
        } else {
            Exif {
                gps: vec![(1, ascii("N")), (2, media::fractions(&[35, 41, 7], false))],
                thumbnail: Vec::new(),
                ..exif
            }
        };
        let text = everything(&describe("a.jpg", &jpeg(&[exif_segment(&exif)])));
        for value in ["35", "41", "4711", "4712", "Owner Sample", "janes-computer", "00ff"] {
            assert!(!text.contains(value), "{value} in {text}");
        }
    }
}

#[test]
fn the_same_in_every_container() {
    let tiff = camera().tiff();
    let webp = riff(
        b"WEBP",
        &[
            chunk(b"VP8X", &[8, 0, 0, 0, 0x7F, 2, 0, 0xDF, 1, 0]),
            chunk(b"VP8L", &[0x2F, 0, 0, 0, 0]),
            chunk(b"EXIF", &tiff),
        ],
    );
    let mut table = camera();
    table.main.push((0x0100, (3, 1, vec![2, 0x80])));
    table.main.push((0x0101, (3, 1, vec![1, 0xE0])));
    let files = [
        ("a.png", png(&[png_chunk(b"IDAT", &[0; 9]), png_chunk(b"eXIf", &tiff)])),
        ("a.webp", webp),
        ("a.tif", table.tiff()),
        ("a.heic", heic(&tiff, None)),
    ];
    for (name, octets) in files {
        let description = describe(name, &octets);
        assert_eq!(created(&description), "2023-07-05T14:03:00+03:30", "{name}");
        assert_eq!(description.pixels, Some((640, 480)), "{name}");
        assert_eq!(sensitive(&description), all_of_exif(), "{name}");
        assert_eq!(given_up(&description), [""; 0], "{name}");
        assert_eq!(description.format_detail, "camera: Example E-100", "{name}");
    }
}

/// A HEIC of 640 × 480 pixels with Exif, and an XMP packet.
fn heic(tiff: &[u8], xmp: Option<&str>) -> Vec<u8> {
    let exif = [&[0, 0, 0, 6][..], b"Exif\0\0", tiff].concat();
    let xmp = xmp.unwrap_or_default();
    let entry = |item: u8, kind: &[u8], more: &[u8]| {
        part(b"infe", &[&[2, 0, 0, 0, 0, item, 0, 0], kind, &[0], more].concat())
    };
    let items = [entry(1, b"hvc1", b""), entry(2, b"Exif", b""), entry(3, b"mime", b"application/rdf+xml\0")]
        .concat();
    let information = part(b"iinf", &[&[0, 0, 0, 0, 0, 3], &items[..]].concat());
    let size = |width: u32, height: u32| {
        part(b"ispe", &[[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat())
    };
    let properties =
        part(b"iprp", &part(b"ipco", &[size(512, 512), size(640, 480), size(160, 120)].concat()));
    let build = |exif_at: usize| {
        let place = |item: u8, at: usize, length: usize| {
            let mut octets = vec![0, item, 0, 0, 0, 1];
            octets.extend(u32::try_from(at).unwrap().to_be_bytes());
            octets.extend(u32::try_from(length).unwrap().to_be_bytes());
            octets
        };
        let places = [place(2, exif_at, exif.len()), place(3, exif_at + exif.len(), xmp.len())].concat();
        let places = part(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 2], &places[..]].concat());
        let meta = part(b"meta", &[&[0; 4], &information[..], &places, &properties].concat());
        [part(b"ftyp", b"heic\0\0\0\0mif1heic"), meta].concat()
    };
    let front = build(0).len() + 8;
    [build(front), part(b"mdat", &[&exif[..], xmp.as_bytes()].concat())].concat()
}

#[test]
fn xmp_and_iptc_say_what_a_picture_is() {
    let xmp = packet(
        r#"<dc:title><rdf:Alt><rdf:li xml:lang="x-default">آب در پایین شهر</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>آرش نمونه</rdf:li></rdf:Seq></dc:creator>
        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Water.</rdf:li></rdf:Alt></dc:description>
        <exif:DateTimeOriginal>2023-07-05T14:03:00</exif:DateTimeOriginal><exif:GPSLatitude>35,41.07N</exif:GPSLatitude>
        <aux:SerialNumber>4711</aux:SerialNumber><mwg-rs:Regions>Sample</mwg-rs:Regions>"#,
    );
    let expected = [
        "position in XMP",
        "serial number in XMP",
        "name of the creator in XMP",
        "name of a person shown in XMP",
    ];
    let files = [
        ("a.jpg", jpeg(&[xmp_segment(&xmp)])),
        (
            "a.png",
            png(&[png_chunk(b"iTXt", &[&b"XML:com.adobe.xmp\0\0\0\0\0"[..], xmp.as_bytes()].concat())]),
        ),
        (
            "a.webp",
            riff(b"WEBP", &[chunk(b"VP8X", &[4, 0, 0, 0, 9, 0, 0, 9, 0, 0]), chunk(b"XMP ", xmp.as_bytes())]),
        ),
        ("a.tif", Exif { main: vec![(0x02BC, octets(xmp.as_bytes()))], ..Exif::default() }.tiff()),
    ];
    for (name, octets) in files {
        let description = describe(name, &octets);
        assert_eq!(title(&description), "آب در پایین شهر", "{name}");
        assert_eq!(creators(&description), ["آرش نمونه"], "{name}");
        assert_eq!(created(&description), "2023-07-05T14:03:00", "{name}");
        assert_eq!(sensitive(&description), expected, "{name}");
        assert!(!everything(&description).contains("35,41"), "{name}");
    }
    let heic = describe(
        "a.heic",
        &heic(&Exif { main: vec![(0x0112, (3, 1, vec![1, 0]))], ..Exif::default() }.tiff(), Some(&xmp)),
    );
    assert_eq!(title(&heic), "آب در پایین شهر");

    let iptc = iptc_segment(&[
        (1, 90, "\u{1B}%G"),
        (2, 5, "River"),
        (2, 80, "Jane Sample"),
        (2, 120, "Wasser in der Unterstadt: Größe"),
        (2, 55, "20230705"),
        (2, 92, "Lower Town"),
    ]);
    let description = describe("a.jpg", &jpeg(&[iptc]));
    assert_eq!(title(&description), "River");
    assert_eq!(description.summary.as_ref().unwrap().value, "Wasser in der Unterstadt: Größe");
    assert_eq!(created(&description), "2023-07-05");
    assert_eq!(sensitive(&description), ["position in IPTC", "name of the creator in IPTC"]);
    assert!(!everything(&description).contains("Lower Town"));
}

#[test]
fn how_to_reach_whoever_made_it_is_noted_and_not_told() {
    const SPACE: &str = "xmlns:c=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\"";
    let fields = "<c:CiEmailWork>jane@a.example</c:CiEmailWork><c:CiTelWork>555 0100</c:CiTelWork>\
        <c:CiAdrExtadr>5 Example Road</c:CiAdrExtadr>";
    let reach = ["mail address in XMP", "telephone number in XMP", "postal address in XMP"];
    let structure =
        format!("<c:CreatorContactInfo {SPACE} rdf:parseType=\"Resource\">{fields}</c:CreatorContactInfo>");
    let described = |inner: &str| describe("a.jpg", &jpeg(&[xmp_segment(&packet(inner))]));
    let nested = described(&structure);
    assert_eq!(sensitive(&nested), [&["name of the creator in XMP"], &reach[..]].concat());
    let flat = format!("<c:CiEmailWork {SPACE}>jane@a.example</c:CiEmailWork>");
    assert_eq!(sensitive(&described(&flat)), ["mail address in XMP"]);
    for value in ["jane", "555", "Example Road"] {
        assert!(!everything(&nested).contains(value), "{value}");
    }
}

#[test]
fn what_cameras_write_by_themselves_is_no_title_and_an_unset_clock_no_date() {
    let exif = Exif {
        main: vec![
            (0x010E, ascii("OLYMPUS DIGITAL CAMERA         ")),
            (0x0132, ascii("1980:01:01 00:00:00")),
        ],
        taken: vec![(0x9003, ascii("0000:00:00 00:00:00")), (0x9004, ascii("1980:01:01 00:01:12"))],
        ..Exif::default()
    };
    let description = describe("a.jpg", &jpeg(&[exif_segment(&exif)]));
    assert_eq!(description.summary, None);
    assert_eq!(description.dates.created, None);
    assert_eq!(description.dates.basis, "EXIF time of digitizing 1980-01-01 is not enough: not settled");
    assert_eq!(sensitive(&description), [""; 0]);
}

#[test]
fn a_time_without_a_zone_stands_without_one() {
    let exif = Exif { taken: vec![(0x9003, ascii("2023:07:05 14:03:00"))], ..Exif::default() };
    let description = describe("a.jpg", &jpeg(&[exif_segment(&exif)]));
    assert_eq!(created(&description), "2023-07-05T14:03:00");
    // Only digitized: when a print was scanned is not surely when the picture was made, but its file was.
    let scan = Exif { taken: vec![(0x9004, ascii("2023:07:05 14:03:00"))], ..Exif::default() };
    assert_eq!(created(&describe("a.jpg", &jpeg(&[exif_segment(&scan)]))), "2023-07-05");
}

#[test]
fn satellites_contradict_a_clock() {
    let mut exif = Exif { is_big_endian: true, ..camera() };
    exif.gps.retain(|(tag, _)| *tag != 29);
    exif.gps.push((29, ascii("2021:02:01")));
    let description = describe("a.jpg", &jpeg(&[exif_segment(&exif)]));
    assert_eq!(created(&description), "2023-07-05T14:03:00+03:30");
    assert!(description.dates.basis.contains("GPS time 2021-02-01 disagrees"), "{}", description.dates.basis);
}

#[test]
fn sizes_of_pictures_without_anything_else() {
    let gif = [&b"GIF89a"[..], &[0x80, 2, 0xE0, 1, 0, 0, 0, 0x3B]].concat();
    let mut bitmap = b"BM".to_vec();
    bitmap.resize(14, 0);
    bitmap.extend([40, 0, 0, 0, 0x80, 2, 0, 0, 0x20, 0xFE, 0xFF, 0xFF, 1, 0, 24, 0, 0, 0, 0, 0]);
    bitmap.resize(60, 0);
    let lossy = riff(b"WEBP", &[chunk(b"VP8 ", &[0, 0, 0, 0x9D, 1, 0x2A, 0x80, 2, 0xE0, 1, 0, 0])]);
    let lossless = riff(b"WEBP", &[chunk(b"VP8L", &[0x2F, 0x7F, 0xC2, 0x77, 0])]);
    for (name, octets) in [
        ("a.gif", gif),
        ("a.bmp", bitmap),
        ("a.webp", lossy),
        ("a.webp", lossless),
        ("a.jpg", jpeg(&[])),
        ("a.png", png(&[])),
    ] {
        let description = describe(name, &octets);
        assert_eq!(description.pixels, Some((640, 480)), "{name}");
        assert_eq!(description.remarks, [], "{name}");
    }
}

#[test]
fn text_behind_the_pixels_of_a_large_png_is_found() {
    let pixels = vec![png_chunk(b"IDAT", &[7; 300]); 3_000].concat();
    let behind = [png_chunk(b"tEXt", b"Author\0Jane Sample"), png_chunk(b"eXIf", &camera().tiff())].concat();
    let description = describe("a.png", &png(&[pixels.clone(), behind]));
    assert_eq!(creators(&description), ["Jane Sample"]);
    assert_eq!(sensitive(&description).len(), 8);
    assert_eq!(given_up(&description), [""; 0]);
    assert_eq!(given_up(&describe("a.png", &png(&[pixels]))), [""; 0]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_read() {
    let mut exif = exif_segment(&camera());
    exif.truncate(exif.len() - 60);
    let length = u16::try_from(exif.len() - 2).unwrap().to_be_bytes();
    exif[2..4].copy_from_slice(&length);
    let xmp = xmp_segment(&packet("<dc:title>River</dc:title>"));
    let description = describe("a.jpg", &jpeg(&[exif, xmp]));
    assert_eq!(title(&description), "River");
    assert_eq!(description.pixels, Some((640, 480)));
    assert_eq!(given_up(&description).len(), 1);
    assert!(given_up(&description)[0].starts_with("broken: "), "{:?}", given_up(&description));
}

#[test]
fn somebody_else_reads_the_same_in_exif() {
    use exif::{In, Tag};
    for is_big_endian in [true, false] {
        let made = Exif { is_big_endian, gps: Vec::new(), thumbnail: Vec::new(), ..camera() };
        let tiff = made.tiff();
        let other = exif::Reader::new().read_raw(tiff.clone()).unwrap();
        let text = |tag| match &other.get_field(tag, In::PRIMARY).unwrap().value {
            exif::Value::Ascii(lines) => String::from_utf8(lines.concat()).unwrap(),
            other => panic!("{other:?}"),
        };
        let description = describe("a.jpg", &jpeg(&[exif_segment(&made)]));
        let written = format!("{} {}", text(Tag::DateTimeOriginal), text(Tag::OffsetTimeOriginal));
        assert_eq!(description.dates.as_written.as_deref(), Some(written.as_str()));
        assert_eq!(description.format_detail, format!("camera: {}", text(Tag::Model)));
        assert_eq!(description.summary.as_ref().unwrap().value, text(Tag::ImageDescription));
        assert_eq!(creators(&description).join("; "), text(Tag::Artist));
    }
}
