//! What in texts and paths could identify a source; every person and device is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod media;

use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use ingest::describe::sensitive::Clue;
use media::{describe, everything, sensitive};
use provenance::Identifier;
use provenance::description::{Describer, Look};

#[test]
fn a_proof_of_a_telephone_and_its_picture() {
    let proof = "File Path,File Hash SHA256,File Modified,Proof Generated,Language,Locale,DeviceID,Wifi MAC,IPv4,IPv6,DataType,Network,\
        NetworkType,Hardware,Manufacturer,ScreenSize,Location.Latitude,Location.Longitude,Location.Provider,CellInfo,Notes\n\
        \"/storage/a.jpg\",00ff,2023-07-05T10:33:00Z,2023-07-05T10:33:02Z,fa,IR,4711abcd,02:00:00:00:00:00,192.0.2.7,,mobile,LTE,4G,E-100,\
        Example,6.1,35.6892,51.3890,gps,\"[cell 4712]\",\n";
    let description = describe("a.csv", proof.as_bytes());
    let expected = [
        "position in values of a device",
        "unique number in values of a device",
        "network address in values of a device",
        "telephone network in values of a device",
    ];
    assert_eq!(sensitive(&description), expected);
    let text = everything(&description);
    for value in ["4711", "192.0", "35.68", "51.38", "4712"] {
        assert!(!text.contains(value), "{value}");
    }
    let json = r#"{"File Hash SHA256":"00ff","DeviceID":"4711abcd","IPv4":"192.0.2.7","Location.Latitude":"35.6892","CellInfo":"[cell]"}"#;
    assert_eq!(sensitive(&describe("a.json", json.as_bytes())), expected);
    let table = "Name,City\nExample,Nowhere\n";
    assert_eq!(sensitive(&describe("a.csv", table.as_bytes())), [""; 0]);
}

#[test]
fn users_in_paths_that_texts_hold() {
    for (name, text) in [
        ("a.txt", "Scanned to C:\\Users\\jane.sample\\Desktop\\list.pdf on Wednesday.\n"),
        ("a.csv", "path,size\n/home/jane/list.pdf,4\n"),
        ("a.json", "{\"path\": \"C:\\\\Users\\\\jane\\\\list.pdf\", \"size\": 4}"),
        ("a.xml", "<?xml version=\"1.0\"?><a href=\"file:///home/jane/a.png\"/>"),
        ("a.html", "<!doctype html><title>Books</title><img src=\"file:///C:/Users/jane/a.png\">"),
    ] {
        let description = describe(name, text.as_bytes());
        assert_eq!(sensitive(&description), ["user name in paths that it holds"], "{name}");
        assert!(!everything(&description).contains("jane"), "{name}");
    }
    let page = "<!doctype html><a href=\"/home/news/\">News</a><a href=\"https://a.example/Users/jane/profile\">Jane</a>";
    assert_eq!(sensitive(&describe("a.html", page.as_bytes())), [""; 0]);
}

#[test]
fn users_in_the_path_of_a_document() {
    let octets = b"\x89PNG\r\n\x1A\n";
    let format = FormatIdentifier.identify("a.bin", octets, 8);
    let said = |path: &str| {
        let description = ContentDescriber.describe(&Look { path, ..Look::whole("a.bin", &format, octets) });
        description.remarks.iter().filter_map(Clue::of).collect::<Vec<_>>()
    };
    assert_eq!(said("data/disk/Users/jane/Desktop/a.bin"), [Clue::UserName]);
    assert_eq!(said("data/disk/a.bin"), []);
}

#[test]
fn positions_in_maps_tracks_and_pages() {
    let gpx = "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\">";
    let kml = "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Placemark><Point>";
    let place = "position in coordinates that it holds";
    for (name, text, expected) in [
        ("a.gpx", &*format!("{gpx}<wpt lat=\"35.123456\" lon=\"51.654321\"/></gpx>"), place),
        (
            "a.gpx",
            &format!("{gpx}<trk><trkseg><trkpt lon='51.654321' lat='-35.123456'/></trkseg></trk></gpx>"),
            place,
        ),
        (
            "a.kml",
            &format!("{kml}<coordinates>\n 51.654321,35.123456,0</coordinates></Point></Placemark></kml>"),
            place,
        ),
        (
            "a.json",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[51.654321,35.123456]}}"#,
            place,
        ),
        ("a.geojson", r#"{"type" : "Polygon", "coordinates" : [ [[51.654321,35.123456],[0,0]]]}"#, place),
        ("a.json", r#"{"latitude": 35.123456, "longitude": "51.654321"}"#, place),
        (
            "a.html",
            "<!doctype html><title>Books</title><META NAME=\"geo.position\" CONTENT=\"35.123456;51.654321\">",
            "position in its meta elements",
        ),
        (
            "a.html",
            "<!doctype html><title>Books</title><meta name='ICBM' content='35.123456, 51.654321'>",
            "position in its meta elements",
        ),
    ] {
        let description = describe(name, text.as_bytes());
        assert_eq!(sensitive(&description), [expected], "{text}");
        let told = everything(&description);
        assert!(!told.contains("35.12") && !told.contains("51.65"), "{text}");
    }
}

#[test]
fn maps_without_a_position() {
    for (name, text) in [
        (
            "a.gpx",
            "<?xml version=\"1.0\"?><gpx version=\"1.1\"><metadata><name>wpt lat=\"1\"</name></metadata></gpx>",
        ),
        ("a.kml", "<?xml version=\"1.0\"?><kml><coordinates></coordinates></kml>"),
        ("a.json", r#"{"type":"Point","coordinates":[0.0, 0]}"#),
        ("a.json", r#"{"type":"graph","coordinates":[3, 4]}"#),
        ("a.json", r#"{"latitude": 0.0, "longitude": 0.0}"#),
        ("a.json", r#"{"lat": 3}"#),
        ("a.html", "<!doctype html><title>Books</title><meta name=\"ICBM\" content=\"\"><p>geo.position"),
        ("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>export-filename=</text></svg>"),
    ] {
        assert_eq!(sensitive(&describe(name, text.as_bytes())), [""; 0], "{text}");
    }
}

#[test]
fn people_in_calendars_and_address_books() {
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Jane: Sample\"\r\n :mailto:jane@a.example\r\n\
        GEO:35.123456;51.654321\r\nSUMMARY:Meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let description = describe("a.ics", calendar.as_bytes());
    let expected = ["position in a calendar", "mail address in a calendar", "name of a person in a calendar"];
    assert_eq!(sensitive(&description), expected);
    let card = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Sample\nitem1.EMAIL;TYPE=home:jane@a.example\nTEL:+1 555 0100\n\
        ADR;TYPE=home:;;5 Example Road;Nowhere;;;\nEND:VCARD\n";
    let of_card = describe("a.vcf", card.as_bytes());
    assert_eq!(
        sensitive(&of_card),
        [
            "mail address in an address book",
            "name of a person in an address book",
            "telephone number in an address book",
            "postal address in an address book",
        ]
    );
    let told = everything(&description) + &everything(&of_card);
    for value in ["jane", "Jane", "555", "Example Road", "35.12"] {
        assert!(!told.contains(value), "{value}");
    }
    let empty = "BEGIN:VCARD\nVERSION:3.0\nFN:\nN:;;;;\nTEL:\nADR:;;;;;;\nNOTE:TEL 5\nEND:VCARD\n";
    assert_eq!(sensitive(&describe("a.vcf", empty.as_bytes())), [""; 0]);
    for end in 0..card.len() {
        describe("a.vcf", &card.as_bytes()[..end]);
        describe("a.ics", &calendar.as_bytes()[..end]);
    }
}

#[test]
fn users_that_a_drawing_remembers() {
    for attribute in [
        "i:export-filename=\"/home/jane/s.png\"",
        "s:docbase='/Users/jane'",
        "s:absref=\"/home/jane/a.png\"",
        "x:href=\"file:///home/jane/a.png\"",
    ] {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attribute}><text>x</text></svg>");
        let description = describe("a.svg", text.as_bytes());
        assert_eq!(sensitive(&description), ["user name in paths that it holds"], "{attribute}");
        assert!(!everything(&description).contains("jane"));
    }
}

#[test]
fn mail_without_what_programs_add() {
    let mail = "From: <jane@a.example>\nTo: x@b.example\nDate: Wed, 5 Jul 2023 14:00:00 -0000\nSubject: hello\n\nhi\n";
    for text in [mail.to_owned(), mail.replace('\n', "\r\n")] {
        assert_eq!(sensitive(&describe("a.eml", text.as_bytes())), ["mail address in the header of mail"]);
    }
    let saved = mail.replace("14:00:00 -0000", "");
    let expected = ["mail address in lines like the header of mail"];
    assert_eq!(sensitive(&describe("a.txt", saved.as_bytes())), expected);
    let wide: Vec<u8> = format!("\u{FEFF}{saved}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(sensitive(&describe("a.txt", &wide)), expected);
    let prose = "We heard.\nFrom: here\n\nTo: x@b.example\nfrom a@ to @b\n";
    assert_eq!(sensitive(&describe("a.txt", prose.as_bytes())), [""; 0]);
}
