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
