//! What belongs together, in many arrangements.

use super::part::{Facts, Seen};
use super::*;
use fixity::PayloadPath;
use proptest::prelude::*;

const TALL: Facts = Facts { is_tall: true, is_hollow: false, is_shortcut: false };
const WIDE: Facts = Facts { is_tall: false, is_hollow: false, is_shortcut: false };
const HOLLOW: Facts = Facts { is_hollow: true, is_tall: false, is_shortcut: false };
const SHORTCUT: Facts = Facts { is_shortcut: true, is_hollow: false, is_tall: false };

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
    let mut known = known.to_vec();
    known.sort_unstable_by_key(|&(path, ..)| path);
    let items: Vec<Item> = known
        .iter()
        .map(|&(path, ..)| Item {
            path: PayloadPath::new(format!("data/{path}")).unwrap(),
            received_as: None,
            size_octets: 1,
            modified: None,
            handle: 0,
            given: Vec::new(),
        })
        .collect();
    let seen = |file: usize| {
        let (path, facts, address) = known[file];
        let name = items[file].path.file_name();
        Seen::told(name, Some(media_type(path)), facts, address)
    };
    let captures = Captures::judge(&items, &seen);
    let cells = (0..items.len()).map(|file| (known[file].0, captures.value(file, &items)));
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
fn packages_hold_address_and_html() {
    expect(
        &[("crawl.warc.gz", WIDE, ""), ("post.mhtml", WIDE, ""), ("post.png", TALL, ""), ("x.gz", WIDE, "")],
        &[
            "crawl.warc.gz: 2 of 3: address and HTML in the WARC, no full-page image",
            "post.mhtml: 3 of 3: address and HTML in the MHTML, full-page image",
            "post.png: with post.mhtml",
        ],
        (1, 2),
    );
    expect(
        &[("post.html", WIDE, ""), ("post.mhtml", WIDE, ""), ("post.png", TALL, "")],
        &[
            "post.html: 3 of 3: address, HTML, full-page image",
            "post.mhtml: with post.html",
            "post.png: with post.html",
        ],
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
            let facts = Facts { is_tall: bits & 1 > 0, is_hollow: bits & 2 > 0, is_shortcut: bits & 4 > 0 };
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
