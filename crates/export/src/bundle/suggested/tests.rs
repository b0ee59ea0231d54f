//! Whatever is suggested, a sheet holds it, and gives it back.

use super::*;
use crate::sheet::{self, DESCRIBED, Row, SheetReader, SheetWriter, item_id};
use proptest::prelude::*;
use provenance::description::Dates;
use provenance::name::is_harmless;

fn suggestion(value: &str, signals: &[&'static str]) -> Suggestion {
    Suggestion { value: value.to_owned(), signals: signals.to_vec() }
}

/// The column's value.
fn value<'a>(suggested: &'a Suggested, column: &str) -> &'a str {
    let at = sheet::COLUMNS.iter().position(|known| known.name == column).unwrap();
    &suggested.values[at - sheet::MEASURED]
}

#[test]
fn each_suggestion_names_its_signals() {
    let suggested = Suggested::new(Description {
        title: Some(suggestion("  The\u{200F} bell\r\n rang ", &["og:title", "h1", "h1"])),
        creators: ["A. Mason", "B | C", "A. Mason", ""].map(|name| suggestion(name, &["byline"])).into(),
        publisher: Some(suggestion("\u{202E}\t", &["og:site_name"])),
        source_url: Some(suggestion("https://bell.example/\u{202E}", &["canonical"])),
        language: Some(suggestion("en", &[])),
        dates: Dates {
            published: Some("1988-06-13".into()),
            basis: "time 1988-06-13".into(),
            ..Dates::default()
        },
        remarks: [
            (RemarkKind::Sensitive, "an author"),
            (RemarkKind::HollowCapture, ""),
            (RemarkKind::Sensitive, "a path"),
        ]
        .map(|(kind, detail)| Remark { kind, detail: detail.into() })
        .into(),
        ..Description::default()
    });
    for (column, expected) in [
        ("title", "The bell rang"),
        ("creator", "A. Mason | B / C"),
        ("publisher", ""),
        ("source_url", ""),
        ("date_published", "1988-06-13"),
        ("date_basis", "time 1988-06-13"),
        ("language", "en"),
        ("description_basis", "title: og:title, h1; creator: byline"),
    ] {
        assert_eq!(value(&suggested, column), expected, "{column}");
    }
    assert_eq!(suggested.kinds, [RemarkKind::HollowCapture, RemarkKind::Sensitive]);
    assert_eq!(
        suggested.remark,
        "hollow capture; may identify a source: a path; may identify a source: an author"
    );
}

#[test]
fn what_is_too_long_is_cut_and_told_or_left_out_where_cutting_would_change_it() {
    let long = "باران ".repeat(1000);
    let suggested = Suggested::new(Description {
        title: Some(suggestion(&long, &["h1"])),
        creators: vec![suggestion("A. Mason", &["byline"]), suggestion(&long, &["byline"])],
        source_url: Some(suggestion(&format!("https://bell.example/{}", "a".repeat(9000)), &["canonical"])),
        format_detail: "12 pages\u{202E},\r\n text layer".into(),
        dates: Dates { published: Some("1".repeat(101)), ..Dates::default() },
        ..Description::default()
    });
    let title = value(&suggested, "title");
    assert!(title.ends_with('…') && title.len() <= LINE, "{title}");
    assert_eq!(value(&suggested, "creator"), "A. Mason | …");
    assert_eq!((value(&suggested, "source_url"), value(&suggested, "date_published")), ("", ""));
    assert_eq!(suggested.format_detail, "12 pages, text layer");
    let long = Description { format_detail: "page ".repeat(1000), ..Description::default() };
    let suggested_long = Suggested::new(long);
    assert!(
        suggested_long.format_detail.len() <= DETAIL && suggested_long.remark == "shortened: format_basis"
    );
    assert_eq!(suggested.remark, "shortened: title, creator, source_url, date_published");
}

/// Any text, now and then a long one.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[-=+@'|\u{200F}\u{202E}\r\n\0\"]{0,2}(?s:.{0,9})",
        1 => ("(?s:.{1,3})", 1..3000_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
}

fn any_suggestion() -> impl Strategy<Value = Suggestion> {
    let signals = prop::sample::subsequence(vec!["h1", "", "byline", "a\0b", "\u{202E}"], 0..5);
    (any_text(), signals).prop_map(|(value, signals)| Suggestion { value, signals })
}

prop_compose! {
    fn any_dates()(
        texts in prop::array::uniform3(prop::option::of(any_text())),
        calendar in prop::option::of(prop::sample::select(vec!["persian", "\0", "=1"])),
        basis in any_text(),
    ) -> Dates {
        let [published, created, as_written] = texts;
        Dates { published, created, as_written, calendar, basis }
    }
}

prop_compose! {
    fn any_description()(
        single in prop::array::uniform5(prop::option::of(any_suggestion())),
        creators in prop::collection::vec(any_suggestion(), 0..9),
        dates in any_dates(),
        remarks in prop::collection::vec((prop::sample::select(RemarkKind::ALL.to_vec()), any_text()), 0..9),
    ) -> Description {
        let [title, publisher, source_url, language, summary] = single;
        let remarks = remarks.into_iter().map(|(kind, detail)| Remark { kind, detail }).collect();
        Description { title, creators, publisher, source_url, dates, language, summary, remarks, ..Description::default() }
    }
}

proptest! {
    #[test]
    fn whatever_is_suggested_comes_back_from_the_sheet(description in any_description()) {
        let suggested = Suggested::new(description);
        let held: usize = suggested.values.iter().map(String::len).sum();
        prop_assert!(held + suggested.remark.len() <= 15_000, "{held}");
        prop_assert!(suggested.values.iter().chain([&suggested.remark]).all(|text| is_harmless(text)));
        prop_assert_eq!(suggested.kinds.is_empty(), suggested.remark.is_empty());

        let mut described = [""; DESCRIBED];
        for (cell, value) in described.iter_mut().zip(&suggested.values) {
            *cell = value;
        }
        let id = item_id("data/a");
        let mut writer = SheetWriter::new(Vec::new()).unwrap();
        writer.row(&Row {
            item_id: id.as_str(), path: "data/a", size_octets: Some(0),
            description: sheet::Description::of(&described), ..Row::default()
        }).unwrap();
        let octets = writer.finish().unwrap();
        let mut problems = Vec::new();
        let mut reader = SheetReader::new(&octets[..], &mut |problem| problems.push(problem)).unwrap();
        let row = reader.next_row(&mut |_| ()).unwrap().unwrap();
        prop_assert_eq!(row.description.values().collect::<Vec<_>>(), described);
        let end = reader.next_row(&mut |problem| problems.push(problem)).unwrap().is_none();
        prop_assert!(end && problems.is_empty(), "{:?}", problems);
    }
}
