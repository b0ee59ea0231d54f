//! What belongs together, in many arrangements.

use super::part::Seen;
use super::*;
use fixity::PayloadPath;
use proptest::prelude::*;
use provenance::id::item_id;
use provenance::{Arrival, EventType, Given, Outcome};

const WIDE: Facts = Facts { is_tall: false, is_hollow: false, is_shortcut: false, is_saved: false };
const TALL: Facts = Facts { is_tall: true, ..WIDE };
const HOLLOW: Facts = Facts { is_hollow: true, ..WIDE };
const SHORTCUT: Facts = Facts { is_shortcut: true, ..WIDE };
const SAVED: Facts = Facts { is_saved: true, ..WIDE };

/// A document: path below `data/`, what is known of it, its address.
type Known<'a> = (&'a str, Facts, &'a str);

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" | "htm" => "text/html",
        "mhtml" => "multipart/related",
        "warc" => "application/warc",
        "gz" => "application/gzip",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "pdf" => "application/pdf",
        _ => "text/plain",
    }
}

/// The cells of the column with their paths, but for blank ones; and the tally.
fn judged(known: &[Known]) -> (Vec<String>, CaptureTally) {
    judged_after(known, &[])
}

/// The same, where these were looked into on arrival. What lies in `NAME.parts/` was taken out of NAME.
fn judged_after(known: &[Known], looked_into: &[&str]) -> (Vec<String>, CaptureTally) {
    let mut known = known.to_vec();
    known.sort_unstable_by_key(|&(path, ..)| path);
    let whole_of = |path: &str| {
        let whole =
            path.split_once(".parts/").map(|(whole, _)| item_id(&format!("data/{whole}")).to_string());
        whole.map(|value| Given { column: "derived_from", value, by: "WARC" })
    };
    let items: Vec<Item> = known
        .iter()
        .map(|&(path, ..)| Item {
            path: PayloadPath::new(format!("data/{path}")).unwrap(),
            received_as: None,
            size_octets: 1,
            modified: None,
            handle: 0,
            given: whole_of(path).into_iter().collect(),
        })
        .collect();
    let arrival = |path: &&str| Arrival {
        event_type: EventType::Unpacking,
        object_path: format!("data/{path}"),
        digest_before: None,
        outcome: Outcome::Success,
        detail: "0 captures of 1 records taken as documents of their own".to_owned(),
    };
    let arrivals = looked_into.iter().map(arrival).collect();
    let accession = Accession { items, arrivals, ..Accession::default() };
    let items = &accession.items;
    let seen = |file: usize| {
        let (path, facts, address) = known[file];
        let name = items[file].path.file_name();
        Seen::told(name, Some(media_type(path)), facts, address)
    };
    let captures = Captures::judge(&accession, &seen);
    let cells = (0..items.len()).map(|file| (known[file].0, captures.value(file, items)));
    (
        cells.filter(|(_, cell)| !cell.is_empty()).map(|(path, cell)| format!("{path}: {cell}")).collect(),
        captures.tally(),
    )
}

#[track_caller]
fn expect(known: &[Known], cells: &[&str], tally: (u64, u64)) {
    let (found, counted) = judged(known);
    assert_eq!(found, cells);
    assert_eq!((counted.complete, counted.groups), tally);
}

const URL: &str = "https://ellery-post.example/bells";

#[test]
fn address_html_and_full_image_are_the_court_minimum() {
    expect(
        &[("a/page.html", WIDE, URL), ("a/page.png", TALL, "")],
        &["a/page.html: 3 of 3: address, HTML, full-page image", "a/page.png: with page.html"],
        (1, 1),
    );
    expect(
        &[("page.html", WIDE, ""), ("page.url", SHORTCUT, URL), ("page_full.png", WIDE, "")],
        &[
            "page.html: 3 of 3: address, HTML, full-page image",
            "page.url: with page.html",
            "page_full.png: with page.html",
        ],
        (1, 1),
    );
    expect(
        &[("page.html", WIDE, URL), ("page.pdf", WIDE, "")],
        &["page.html: 3 of 3: address, HTML, full-page image", "page.pdf: with page.html"],
        (1, 1),
    );
}

#[test]
fn what_is_missing_is_said() {
    expect(&[("page.html", WIDE, URL)], &["page.html: 2 of 3: no full-page image"], (0, 1));
    expect(
        &[("page.html", WIDE, ""), ("page.png", TALL, "")],
        &["page.html: 2 of 3: no address", "page.png: with page.html"],
        (0, 1),
    );
    expect(
        &[("page.html", WIDE, URL), ("page.png", WIDE, "")],
        &["page.html: 2 of 3: an image that may show only a part", "page.png: with page.html"],
        (0, 1),
    );
    expect(
        &[("page.html", WIDE, ""), ("page.png", WIDE, "")],
        &["page.html: 1 of 3: no address, an image that may show only a part", "page.png: with page.html"],
        (0, 1),
    );
    expect(
        &[("post.txt", SHORTCUT, URL), ("post-screenshot.png", TALL, "")],
        &["post-screenshot.png: with post.txt", "post.txt: 2 of 3: no HTML"],
        (0, 1),
    );
}

#[test]
fn a_hollow_page_is_no_page() {
    expect(
        &[("page.html", HOLLOW, URL), ("page.png", TALL, "")],
        &["page.html: hollow: 2 of 3: no content in the page", "page.png: with page.html"],
        (0, 1),
    );
    expect(
        &[("page.html", HOLLOW, "")],
        &["page.html: hollow: 0 of 3: no content in the page, no address, no full-page image"],
        (0, 1),
    );
}

#[test]
fn what_is_no_capture_has_no_judgement() {
    expect(&[("letter.html", WIDE, "")], &[], (0, 0));
    expect(
        &[("bookmark.url", SHORTCUT, URL), ("portrait.png", TALL, ""), ("note.txt", WIDE, "")],
        &[],
        (0, 0),
    );
    expect(&[("drawing.html", WIDE, ""), ("drawing.svg", TALL, "")], &[], (0, 0));
}

#[test]
fn a_package_has_what_was_found_in_it() {
    let (cells, tally) = judged_after(
        &[
            ("crawl.warc.gz", WIDE, ""),
            ("crawl.warc.gz.parts/01 ellery.html", WIDE, URL),
            ("crawl.png", TALL, ""),
            ("empty.warc", WIDE, ""),
            ("icons.warc", WIDE, ""),
            ("icons.warc.parts/01 icon.png", WIDE, URL),
            ("walls.warc", WIDE, ""),
            ("walls.warc.parts/01 login.html", HOLLOW, URL),
            ("unseen.warc", WIDE, ""),
            ("unseen.png", TALL, ""),
            ("unseen.url", SHORTCUT, URL),
            ("x.gz", WIDE, ""),
        ],
        &["empty.warc"],
    );
    assert_eq!(
        cells,
        [
            "crawl.png: with crawl.warc.gz",
            "crawl.warc.gz: 3 of 3: address and HTML in the WARC, full-page image",
            "crawl.warc.gz.parts/01 ellery.html: 2 of 3: no full-page image",
            "empty.warc: 0 of 3: no HTML in the WARC, no address, no full-page image",
            "icons.warc: 1 of 3: no HTML in the WARC, no full-page image",
            "unseen.png: with unseen.warc",
            "unseen.url: with unseen.warc",
            "unseen.warc: 2 of 3: WARC not looked into",
            "walls.warc: hollow: 1 of 3: no content in the page, no full-page image",
            "walls.warc.parts/01 login.html: hollow: 1 of 3: no content in the page, no full-page image",
        ]
    );
    assert_eq!((tally.complete, tally.groups), (1, 7));
}

#[test]
fn a_page_that_a_browser_saved_in_one_file_has_what_its_description_says() {
    expect(
        &[("post.mhtml", SAVED, URL), ("post.png", TALL, "")],
        &["post.mhtml: 3 of 3: address and HTML in the MHTML, full-page image", "post.png: with post.mhtml"],
        (1, 1),
    );
    expect(
        &[("post.mhtml", SAVED, ""), ("post.png", TALL, ""), ("post.url", SHORTCUT, URL)],
        &[
            "post.mhtml: 3 of 3: address, HTML in the MHTML, full-page image",
            "post.png: with post.mhtml",
            "post.url: with post.mhtml",
        ],
        (1, 1),
    );
    expect(
        &[("post.mhtml", SAVED, "")],
        &["post.mhtml: 1 of 3: HTML in the MHTML, no address, no full-page image"],
        (0, 1),
    );
    // No page was found in it, or nobody could tell.
    expect(
        &[("a.mhtml", HOLLOW, URL), ("b.mhtml", WIDE, ""), ("b.png", TALL, "")],
        &[
            "a.mhtml: hollow: 1 of 3: no content in the page, no full-page image",
            "b.mhtml: 1 of 3: MHTML not looked into",
            "b.png: with b.mhtml",
        ],
        (0, 2),
    );
    // Beside a page it may have the address of it, and is no page twice.
    expect(
        &[("post.html", WIDE, ""), ("post.mhtml", SAVED, URL), ("post.png", TALL, "")],
        &[
            "post.html: 3 of 3: address, HTML, full-page image",
            "post.mhtml: with post.html",
            "post.png: with post.html",
        ],
        (1, 1),
    );
}

#[test]
fn a_page_beside_a_package_leads_it_even_if_nobody_looked_into_that() {
    expect(
        &[("page.html", WIDE, ""), ("page.warc", WIDE, "")],
        &["page.html: 1 of 3: no address, no full-page image", "page.warc: with page.html"],
        (0, 1),
    );
}

#[test]
fn names_of_one_capture_may_differ_in_normalization() {
    expect(
        &[("cafe\u{301}.html", WIDE, URL), ("caf\u{e9}.png", TALL, "")],
        &["cafe\u{301}.html: 3 of 3: address, HTML, full-page image", "caf\u{e9}.png: with cafe\u{301}.html"],
        (1, 1),
    );
}

#[test]
fn folders_are_apart_and_names_may_be_persian() {
    expect(
        &[
            ("a/ناقوس‌ها.html", WIDE, URL),
            ("a/ناقوس‌ها-full.png", WIDE, ""),
            ("a/b/ناقوس‌ها.png", TALL, ""),
            ("a.html", WIDE, URL),
            ("c/ناقوس‌ها.html", WIDE, URL),
        ],
        &[
            "a.html: 2 of 3: no full-page image",
            "a/ناقوس‌ها-full.png: with ناقوس‌ها.html",
            "a/ناقوس‌ها.html: 3 of 3: address, HTML, full-page image",
            "c/ناقوس‌ها.html: 2 of 3: no full-page image",
        ],
        (1, 3),
    );
}

#[test]
fn a_folder_of_one_page_need_not_repeat_its_name() {
    expect(
        &[
            ("1/article.html", WIDE, ""),
            ("1/Screenshot.png", TALL, ""),
            ("1/url.txt", SHORTCUT, URL),
            ("1/portrait.png", TALL, ""),
        ],
        &[
            "1/Screenshot.png: with article.html",
            "1/article.html: 3 of 3: address, HTML, full-page image",
            "1/url.txt: with article.html",
        ],
        (1, 1),
    );
    // Of two pages it is not known whose they are.
    expect(
        &[
            ("1/article.html", WIDE, URL),
            ("1/other.html", WIDE, URL),
            ("1/screenshot.png", TALL, ""),
            ("1/url.txt", SHORTCUT, URL),
        ],
        &["1/article.html: 2 of 3: no full-page image", "1/other.html: 2 of 3: no full-page image"],
        (0, 2),
    );
}

#[test]
fn two_pages_of_one_stem_share_no_image_unless_it_names_one() {
    expect(
        &[("page.htm", WIDE, URL), ("page.html", WIDE, URL), ("page.png", TALL, "")],
        &[
            "page.htm: 2 of 3: an image that may be of another page",
            "page.html: 2 of 3: an image that may be of another page",
        ],
        (0, 2),
    );
    expect(
        &[("page.htm", WIDE, URL), ("page.html", WIDE, URL), ("page.html.png", TALL, "")],
        &[
            "page.htm: 2 of 3: no full-page image",
            "page.html: 3 of 3: address, HTML, full-page image",
            "page.html.png: with page.html",
        ],
        (1, 2),
    );
    // The nearest name comes first.
    expect(
        &[("page.html", WIDE, URL), ("page-full.html", WIDE, URL), ("page-full.png", TALL, "")],
        &[
            "page-full.html: 3 of 3: address, HTML, full-page image",
            "page-full.png: with page-full.html",
            "page.html: 2 of 3: no full-page image",
        ],
        (1, 2),
    );
}

#[test]
fn what_a_browser_saved_with_a_page_is_no_capture_of_its_own() {
    expect(
        &[
            ("page.html", WIDE, URL),
            ("page_files/frame.html", WIDE, "https://ads.example/"),
            ("page_files/frame.png", TALL, ""),
            ("other_files/frame.html", WIDE, URL),
        ],
        &["other_files/frame.html: 2 of 3: no full-page image", "page.html: 2 of 3: no full-page image"],
        (0, 2),
    );
}

#[test]
fn a_picture_of_another_address_is_not_one_of_the_page() {
    expect(
        &[("page.html", WIDE, URL), ("page.png", TALL, "https://ellery-post.example/page.png")],
        &["page.html: 2 of 3: no full-page image"],
        (0, 1),
    );
    expect(
        &[("page.html", WIDE, URL), ("page.png", TALL, URL)],
        &["page.html: 3 of 3: address, HTML, full-page image", "page.png: with page.html"],
        (1, 1),
    );
}

proptest! {
    /// Whatever lies where: a member names a file that leads, and the counts are those of the cells.
    #[test]
    fn members_have_leaders(
        names in prop::collection::btree_set("([ab]/){0,2}(page|Page|full|url|p)(-full|_1|\\.html)?\\.(html|htm|png|pdf|txt|warc|mhtml)", 0..14),
        bits in prop::collection::vec(0..16_u8, 14),
    ) {
        let known: Vec<Known> = names.iter().zip(&bits).map(|(name, bits)| {
            let facts = Facts { is_tall: bits & 1 > 0, is_hollow: bits & 2 > 0, is_shortcut: bits & 4 > 0, is_saved: bits & 8 == 0 };
            (name.as_str(), facts, if bits & 8 > 0 { URL } else { "" })
        }).collect();
        let (cells, tally) = judged(&known);
        let leads = |cell: &&String| cell.contains(" of 3: ");
        prop_assert_eq!(cells.iter().filter(leads).count() as u64, tally.groups);
        prop_assert_eq!(cells.iter().filter(|cell| cell.contains("3 of 3: ")).count() as u64, tally.complete);
        for cell in cells.iter().filter(|cell| !leads(cell)) {
            let (path, leader) = cell.split_once(": with ").unwrap();
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let of_leader = format!("{folder}{leader}: ");
            prop_assert!(cells.iter().any(|cell| cell.starts_with(&of_leader) && leads(&cell)), "{}", cell);
        }
    }
}
