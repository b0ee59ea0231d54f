//! Web captures: what of address, HTML and full-page image is there, in sheet, ledger and answer.

use crate::bundles::AT;
use crate::oracle::Oracle;
use crate::place::Place;

fn page(head: &str) -> String {
    let text = "The bells of Port Ellery rang at noon, as they had not done since the flood. ".repeat(20);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Bells over the quay</title>{head}</head>\
         <body><h1>Bells over the quay</h1><p>{text}</p></body></html>"
    )
}

const CANONICAL: &str = "<link rel=\"canonical\" href=\"https://ellery-post.example/bells\">";

const WALL: &str = "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>\
    <p>Checking your browser. Are you a robot?</p></body></html>";

/// The beginning of a PNG that is so many pixels wide and high.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut octets = b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR".to_vec();
    octets.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    octets.extend(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82");
    octets
}

fn captured() -> Place {
    let place = Place::new();
    // Whole: the address stands in the page.
    place.file("web/1/bells.html", page(CANONICAL));
    place.file("web/1/bells-full-page.png", png(1200, 9000));
    // Whole: the address lies beside it.
    place.file("web/2/ناقوس.html", page(""));
    place.file("web/2/ناقوس.url", "[InternetShortcut]\r\nURL=https://ellery-post.example/bells\r\n");
    place.file("web/2/ناقوس.pdf", "%PDF-1.7\n%%EOF\n");
    // Only a part of the page is shown.
    place.file("web/3/bells.html", page(CANONICAL));
    place.file("web/3/bells.png", png(1200, 600));
    // A wall instead of the page, in a folder of its own.
    place.file("web/4/index.html", WALL);
    place.file("web/4/url.txt", "https://ellery-post.example/members\n");
    place.file("web/4/full-page.png", png(1200, 600));
    // Whole: the image is as long as a page.
    place.file("web/5/bells.html", page(CANONICAL));
    place.file("web/5/bells.png", png(1200, 9000));
    // No capture.
    place.file("web/letter.html", page(""));
    place
}

#[test]
fn the_sheet_says_what_each_capture_has() {
    let place = captured();
    let answer = place.fonds(&format!("bundle web {AT} -o bag --reread"));
    answer.ends(0).says("  captures   3 of 5 groups meet the usual court minimum");
    assert!(
        place.text("bag/metadata/events.csv").contains("3 of 5 web captures with the usual court minimum")
    );
    place.fonds("verify bag").ends(0);

    let Some(python) = Oracle::python(include_str!("oracles/suggested_cells.py")) else { return };
    let cells = python.agrees(place.root(), &["bag/metadata/manifest.csv"]);
    let mut found: Vec<_> = cells.lines().filter(|line| line.contains("\tcapture\t")).collect();
    let mut expected = [
        "1/bells.html\tcapture\t3 of 3: address, HTML, full-page image",
        "1/bells-full-page.png\tcapture\twith bells.html",
        "2/ناقوس.html\tcapture\t3 of 3: address, HTML, full-page image",
        "2/ناقوس.url\tcapture\twith ناقوس.html",
        "2/ناقوس.pdf\tcapture\twith ناقوس.html",
        "3/bells.html\tcapture\t2 of 3: an image that may show only a part",
        "3/bells.png\tcapture\twith bells.html",
        "4/index.html\tcapture\thollow: 2 of 3: no content in the page",
        "4/url.txt\tcapture\twith index.html",
        "4/full-page.png\tcapture\twith index.html",
        "5/bells.html\tcapture\t3 of 3: address, HTML, full-page image",
        "5/bells.png\tcapture\twith bells.html",
    ];
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let shortcut = "2/ناقوس.url\tsource_url\thttps://ellery-post.example/bells";
    assert!(cells.lines().any(|line| line == shortcut), "{cells}");
}

#[test]
fn machines_are_told_the_counts_and_nothing_is_judged_unasked() {
    let place = captured();
    let json = place.fonds(&format!("bundle web {AT} -o bag --format json")).ends(0).json();
    let suggested = &json["suggested"];
    assert_eq!((&suggested["captures"], &suggested["captures_with_court_minimum"]), (&5.into(), &3.into()));
    let answer = place.fonds(&format!("bundle web {AT} -o plain --no-describe"));
    assert!(!answer.ends(0).out.contains("captures"), "{answer}");
    assert!(!place.text("plain/metadata/manifest.csv").contains("of 3: "));
}

#[test]
fn a_package_counts_by_what_was_found_in_it() {
    let place = Place::new();
    let record = |kind: &str, block: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://ellery-post.example/bells\r\n\
             WARC-Date: 2023-07-05T12:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(""));
    place.file("web/bells.warc", record("response", &response));
    place.file("web/bells.png", png(1200, 9000));
    place.file("web/empty.warc", record("warcinfo", "software: none"));
    place.file("web/empty.png", png(1200, 9000));
    let cell = |bundle: &str, path: &str| {
        let sheet = place.text(format!("{bundle}/metadata/manifest.csv"));
        let row = sheet.lines().find(|row| row.contains(&format!(",data/{path},"))).unwrap().to_owned();
        [
            "3 of 3: address and HTML in the WARC",
            "1 of 3: no HTML in the WARC",
            "1 of 3: WARC not looked into",
        ]
        .into_iter()
        .find(|words| row.contains(words))
        .map(str::to_owned)
    };
    let is = |words: &str| Some(words.to_owned());
    place.fonds(&format!("bundle web {AT} -o bag")).ends(0).says("1 of 3 groups meet");
    assert_eq!(cell("bag", "bells.warc"), is("3 of 3: address and HTML in the WARC"));
    assert_eq!(cell("bag", "empty.warc"), is("1 of 3: no HTML in the WARC"));
    place.fonds(&format!("bundle web {AT} -o closed --no-parts")).ends(0).says("0 of 2 groups meet");
    for path in ["bells.warc", "empty.warc"] {
        assert_eq!(cell("closed", path), is("1 of 3: WARC not looked into"));
    }
}
